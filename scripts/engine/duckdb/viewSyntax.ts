import { didYouMean } from '../../base/suggestions.ts';
import { type Json, type JsonObject, isArray, isObject, member } from '../../json/json.ts';
import { quoted } from '../../base/text.ts';
import { isAllowedInExpressions, isAllowedInFrom } from './viewFunctions.ts';

/** What SQL must not do, as a predicate, with the offset in its bytes; undefined if DuckDB gives none. */
export interface SyntaxFault {
  readonly message: string;
  readonly offset: number | undefined;
}

/**
 * Examines a view or check as DuckDB's parser reads it (`json_serialize_sql`). It can read the given names, which are
 * tables and views of the release, its own common table expressions, and results of allowed functions.
 * @returns the first fault, undefined if there is none
 */
export function syntaxFault(parsed: Json, readable: ReadonlySet<string>): SyntaxFault | undefined {
  if (!isObject(parsed)) return unreadable;
  if (member(parsed, 'error') === true) {
    const position = Number(member(parsed, 'position'));
    // only a SELECT can be serialized
    if (member(parsed, 'error_type') === 'not implemented') return { message: oneSelect, offset: undefined };
    const offset = Number.isNaN(position) ? undefined : position;
    return { message: `cannot be parsed: ${textOf(parsed, 'error_message')}`, offset };
  }
  // the result has a list of parsed statements, and whether parsing failed
  const parts = Object.values(parsed).find(isArray);
  if (parts?.length !== 1) return { message: oneSelect, offset: undefined };
  return faultIn(parts, new Set([...readable].map((name) => name.toLowerCase())));
}

const oneSelect = 'must be one SELECT';
const unreadable: SyntaxFault = { message: 'cannot be parsed', offset: undefined };

function faultIn(value: Json, known: ReadonlySet<string>): SyntaxFault | undefined {
  if (isArray(value)) {
    for (const each of value) {
      const fault = faultIn(each, known);
      if (fault !== undefined) return fault;
    }
    return undefined;
  }
  if (!isObject(value)) return undefined;
  const message = isExpression(value) ? ofExpression(value) : isRelation(value) ? ofRelation(value, known) : undefined;
  if (message !== undefined) return { message, offset: offsetOf(value) };
  const inside = withExpressions(value, known);
  return faultIn(Object.values(isRelation(value) ? withoutCall(value) : value), inside);
}

/** The call in FROM has been checked; its arguments are expressions like others. */
function withoutCall(from: JsonObject): JsonObject {
  const call = member(from, 'function');
  return isObject(call) ? { ...from, function: Object.values(call) } : from;
}

const isExpression = (value: JsonObject): boolean => typeof member(value, 'class') === 'string';

/** Whether a node is in FROM: unlike a query it has an alias, unlike an expression it has no class. */
const isRelation = (value: JsonObject): boolean =>
  Object.hasOwn(value, 'alias') && Object.hasOwn(value, 'query_location');

const expressions = new Set([
  'BETWEEN',
  'CASE',
  'CAST',
  'COLLATE',
  'COLUMN_REF',
  'COMPARISON',
  'CONJUNCTION',
  'CONSTANT',
  'FUNCTION',
  'LAMBDA',
  'LAMBDA_REF',
  'OPERATOR',
  'POSITIONAL_REFERENCE',
  'STAR',
  'SUBQUERY',
  'TYPE',
  'WINDOW',
]);

function ofExpression(expression: JsonObject): string | undefined {
  const kind = textOf(expression, 'class');
  if (!expressions.has(kind)) return `cannot hold an expression of the kind ${kind}`;
  if (kind !== 'FUNCTION' && kind !== 'WINDOW') return undefined;
  const name = textOf(expression, 'function_name');
  return isSystem(expression, 'schema', 'catalog') && isAllowedInExpressions(name) ? undefined : refused(expression);
}

const relationKinds = new Set([
  'BASE_TABLE',
  'EMPTY',
  'EXPRESSION_LIST',
  'JOIN',
  'PIVOT',
  'SUBQUERY',
  'TABLE_FUNCTION',
]);

function ofRelation(from: JsonObject, known: ReadonlySet<string>): string | undefined {
  const kind = textOf(from, 'type');
  if (kind === 'SHOW_REF') return 'cannot use DESCRIBE, SHOW or SUMMARIZE';
  if (!relationKinds.has(kind)) return `cannot read from ${kind}`;
  if (kind === 'BASE_TABLE') return ofTable(from, known);
  if (kind !== 'TABLE_FUNCTION') return undefined;
  const call = member(from, 'function');
  if (!isObject(call)) return 'cannot read from the result of this call';
  const name = textOf(call, 'function_name');
  return isSystem(call, 'schema', 'catalog') && isAllowedInFrom(name) ? undefined : refused(call);
}

function ofTable(table: JsonObject, known: ReadonlySet<string>): string | undefined {
  const name = textOf(table, 'table_name');
  const [catalog, schema] = [textOf(table, 'catalog_name'), textOf(table, 'schema_name').toLowerCase()];
  // a recursive expression refers to all of its rows as `recurring`
  const placed = catalog === '' && ['', 'main', 'recurring'].includes(schema);
  if (placed && known.has(name.toLowerCase())) return undefined;
  const full = [catalog, textOf(table, 'schema_name'), name].filter((part) => part !== '').join('.');
  const hint = didYouMean(full, known);
  const meant = hint === undefined ? '' : ` (${hint})`;
  return `cannot read ${quoted(full)}: that is neither a table of the release nor a view before this one${meant}`;
}

function refused(call: JsonObject): string {
  const name = quoted(textOf(call, 'function_name'));
  return `cannot call ${name.slice(1, -1)}(): only functions that use nothing but the release are allowed`;
}

const isSystem = (call: JsonObject, schema: string, catalog: string): boolean =>
  ['', 'main'].includes(textOf(call, schema)) && ['', 'system'].includes(textOf(call, catalog));

/** The names known inside a query, including its common table expressions. */
function withExpressions(query: JsonObject, known: ReadonlySet<string>): ReadonlySet<string> {
  const map = member(query, 'cte_map');
  const entries = isObject(map) ? member(map, 'map') : undefined;
  if (!isArray(entries) || entries.length === 0) return known;
  return new Set([...known, ...entries.filter(isObject).map((entry) => textOf(entry, 'key').toLowerCase())]);
}

function offsetOf(value: JsonObject): number | undefined {
  const at = member(value, 'query_location');
  return typeof at === 'number' && Number.isSafeInteger(at) ? at : undefined;
}

function textOf(value: JsonObject, key: string): string {
  const text = member(value, key);
  return typeof text === 'string' ? text : '';
}
