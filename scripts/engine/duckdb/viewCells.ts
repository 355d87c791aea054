import type { Column } from '../../compile/model.ts';
import { type Json, type JsonObject, isArray, isObject, member } from '../../json/json.ts';
import { identifier, plainType } from './sql.ts';

/** A cell of a view with the type of its column in files. Negative zero becomes zero, as in compiled rows. */
export function typedCell(each: Column): string {
  const name = identifier(each.name);
  if (each.type === 'json') return `to_json(${name})`;
  const cell = `${name}::${plainType(each)}`;
  return each.type === 'number' ? `if(${cell} = 0, 0, ${cell})` : cell;
}

/** The rows of a view, in its own order; without one, ordered by all columns. */
export function orderedRows(cells: readonly string[], view: string, parsed: Json): string {
  return `SELECT ${cells.join(', ')} FROM release.main.${identifier(view)}${hasOrder(parsed) ? '' : ' ORDER BY ALL'}`;
}

/** A list in the outermost SELECT of a parse result (`json_serialize_sql`). */
export function partsOf(parsed: Json, key: string): readonly JsonObject[] {
  const parts = partOf(parsed, key);
  return isArray(parts) ? parts.filter(isObject) : [];
}

/** The FROM of the outermost SELECT. */
export function fromOf(parsed: Json): Json | undefined {
  return partOf(parsed, 'from_table');
}

function partOf(parsed: Json, key: string): Json | undefined {
  // the result has a list of parsed statements, and whether parsing failed
  const [statement] = (isObject(parsed) ? Object.values(parsed).find(isArray) : undefined) ?? [];
  const node = isObject(statement) ? member(statement, 'node') : undefined;
  return isObject(node) ? member(node, key) : undefined;
}

/** Whether the outermost SELECT of a statement orders its rows. */
export function hasOrder(parsed: Json): boolean {
  return partsOf(parsed, 'modifiers').some((each) => member(each, 'type') === 'ORDER_MODIFIER');
}
