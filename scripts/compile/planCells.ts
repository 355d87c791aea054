import { precisions } from '../base/edtf.ts';
import type { Shape } from '../schema/shape.ts';
import { type CodeOfText, type Column, type ColumnType, column } from './model.ts';
import { addColumn } from './names.ts';
import type { CellPlan } from './recordPlan.ts';
import { type Context, type Spot, countPlanned } from './planContext.ts';

/** The type of the column for the scalars of a shape, undefined if it has none. Text takes what no other type can. */
export function scalarType(shape: Shape): ColumnType | undefined {
  const scalars = [...shape.types].filter((t) => t !== 'null' && t !== 'object' && t !== 'array');
  if (scalars.length === 0) return undefined;
  if (scalars.every((t) => t === 'integer')) return 'integer';
  if (scalars.every((t) => t === 'integer' || t === 'number')) return 'number';
  if (scalars.every((t) => t === 'boolean')) return 'boolean';
  if (scalars.length > 1) return 'string';
  return shape.format === 'date' ? 'date' : shape.format === 'date-time' ? 'timestamp' : 'string';
}

/** Whether a valid instance may not fit any column: an invalid date (a warning), a number beyond 64 bits. */
export function mayMiss(shape: Shape): boolean {
  return ['date', 'timestamp', 'integer'].includes(scalarType(shape) ?? '');
}

/** Whether columns and child rows may lose something of an instance. */
export function canNeedRest(
  shape: Shape,
  required: boolean,
  scalar: ColumnType | undefined,
  enforced: boolean,
): boolean {
  const { types } = shape;
  if (!shape.typed) return true;
  const parts = (scalar === undefined ? 0 : 1) + (types.has('object') ? 1 : 0) + (types.has('array') ? 1 : 0);
  if (types.has('null') && (!required || parts > 1 || scalar === undefined)) return true;
  if (scalar === 'timestamp' || (!enforced && (scalar === 'date' || scalar === 'integer'))) return true;
  if (scalar === 'string' && ['boolean', 'integer', 'number'].some((t) => [...types].some((has) => has === t)))
    return true;
  if (types.has('array')) return (!required || types.size > 1) && shape.minItems === 0;
  if (!types.has('object')) return false;
  if (!shape.closed && shape.members === undefined) return true;
  return (!required || parts > 1) && !alwaysFilled(shape);
}

const filled = new WeakMap<Shape, boolean>();

/**
 * Whether an object always leaves something in its columns or child rows. Called for many objects; each answer is kept.
 */
function alwaysFilled(shape: Shape): boolean {
  const before = filled.get(shape);
  if (before !== undefined) return before;
  // an object inside itself stays JSON
  filled.set(shape, false);
  const is = isAlwaysFilled(shape);
  filled.set(shape, is);
  return is;
}

function isAlwaysFilled(shape: Shape): boolean {
  for (const { required, shape: inner } of shape.properties.values()) {
    if (!required || !inner.typed || inner.types.has('null') || inner.types.size !== 1) continue;
    if (scalarType(inner) !== undefined) return true;
    if (inner.types.has('array') ? inner.minItems > 0 : alwaysFilled(inner)) return true;
  }
  return false;
}

export function addCell(type: ColumnType, shape: Shape, always: boolean, spot: Spot, context: Context): CellPlan {
  const { draft, path, pointer } = spot;
  countPlanned('columns', context);
  const { title, description, unit, constraints } = shape;
  const references = type === 'string' ? shape.references : [];
  const codes = type === 'string' && spot.trusted ? codesOfTexts(shape) : undefined;
  const more = { nullable: !always, title, description, unit, codes, constraints, pointer, references };
  const index = addColumn(draft, context.names, column(path === '' ? 'value' : path, type, more));
  const name = draft.columns[index]?.name ?? path;
  const [target] = references;
  if (target !== undefined && references.length === 1) {
    draft.foreignKeys.push({ columns: [name], table: target, tableColumns: [] });
  }
  const edtf = type === 'string' && shape.format === 'edtf';
  if (edtf) addBounds(name, title, always, spot, context);
  const leadsTo =
    references.length > 1
      ? { tables: references, index: addColumn(draft, context.names, tableColumn(name, more)) }
      : undefined;
  return { index, type, edtf, leadsTo };
}

/**
 * The column that names the table of the record in another column. Its codes are the names of record types; `compile`
 * replaces them by names of tables.
 */
export function tableColumn(
  name: string,
  { title, pointer, nullable, references }: Pick<Column, 'title' | 'pointer' | 'nullable' | 'references'>,
): Column {
  const targets = references.map((table) => ({ table, column: '' }));
  return column(`${name}_table`, 'string', {
    nullable,
    pointer,
    title: `Table of ${(title ?? name).toLowerCase()}`,
    description: `Table that holds the record named in ${name}. Derived: no record has it.`,
    codes: references.map((code) => ({ code, description: undefined })),
    tableFor: { column: name, targets },
  });
}

/** The codes of a shape if all are texts, apart from null. */
function codesOfTexts(shape: Shape): readonly CodeOfText[] | undefined {
  const codes = shape.codes?.filter(({ code }) => code !== null) ?? [];
  const texts = codes.flatMap(({ code, description }) => (typeof code === 'string' ? [{ code, description }] : []));
  return texts.length === 0 || texts.length < codes.length || !scalarsAreTexts(shape) ? undefined : texts;
}

function scalarsAreTexts({ types }: Shape): boolean {
  return !types.has('boolean') && !types.has('integer') && !types.has('number');
}

function addBounds(name: string, title: string | undefined, always: boolean, spot: Spot, context: Context): void {
  const of = (title ?? name).toLowerCase();
  const codes = Object.entries(precisions).map(([code, description]) => ({ code, description }));
  const { pointer } = spot;
  const bounds = (which: string, what: string): Column =>
    column(`${name}_${which}`, 'date', {
      nullable: true,
      pointer,
      title: `${which === 'earliest' ? 'Earliest' : 'Latest'} day: ${of}`,
      description: `${what} day that the date allows; empty if it is open or unknown.`,
    });
  // a text that is not such a date has no precision and no qualifiers
  const nullable = !always || !context.names.enforced;
  const precision = column(`${name}_precision`, 'string', {
    nullable,
    pointer,
    codes,
    title: `Precision: ${of}`,
    description: 'How precisely the date is given.',
  });
  const qualified = (which: string, signs: string): Column =>
    column(`${name}_${which}`, 'boolean', {
      nullable,
      pointer,
      title: `${which === 'approximate' ? 'Approximate' : 'Uncertain'}: ${of}`,
      description: `Whether the date, or a part of it, is marked as ${which} (${signs}).`,
    });
  const added = [
    bounds('earliest', 'First'),
    bounds('latest', 'Last'),
    precision,
    qualified('approximate', '~ or %'),
    qualified('uncertain', '? or %'),
  ];
  for (const each of added) addColumn(spot.draft, context.names, each);
}
