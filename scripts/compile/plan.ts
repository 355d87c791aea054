import { precisions } from '../base/edtf.ts';
import { below } from '../json/json.ts';
import { mostColumns, mostColumnsUnused, mostShapesUnused, mostTables, mostTablesUnused } from '../base/limits.ts';
import { Failure } from '../base/problem.ts';
import type { Property, Shape } from '../schema/shape.ts';
import type { RecordType } from '../schema/recordTypes.ts';
import { quoted } from '../base/text.ts';
import { schemaLink, spanFields } from '../schema/extensions.ts';
import { type CodeOfText, type Column, type ColumnType, type Table, column } from './model.ts';
import { type Draft, type Names, addColumn, createDraft } from './names.ts';
import {
  type Ancestor,
  comesBack,
  comesBackWider,
  rowShape,
  rowsOf,
  standsAlone,
  standsInside,
  withItself,
} from './recursion.ts';
import { type Use, noUse } from './use.ts';

/**
 * How the instances of a schema become rows, and rows instances again. A plan follows the schema's structure: each property is a cell of the row,
 * an object in the same row, a child table, or several of these where the schema allows several types.
 * What none of them can hold goes to the row's `_rest`.
 */
export interface TablePlan {
  readonly table: Table;
  /** JSON Pointer, in the record, of what a row holds, `*` for any element; the first, where there are several. */
  readonly pointer: string;
  /** How many columns hold the key of the row above and the place in it. */
  readonly keys: number;
  /** What a row holds: the record, an element of a list, or a member of a map. */
  readonly value: ValuePlan;
  /** Index of the column `_rest`, undefined where the schema cannot need it. */
  readonly rest: number | undefined;
  /** Rows may hold rows of this same table: then the last key is a JSON Pointer from the row above the outermost. */
  readonly recursive: boolean;
  /** A row of NULLs to begin with. */
  readonly empty: readonly null[];
}

/** How a value is held. Several parts are there where the schema allows several types. */
export interface ValuePlan {
  /** The value must be there: then nothing written means its emptiest form. */
  readonly required: boolean;
  readonly cell: CellPlan | undefined;
  readonly members: ReadonlyMap<string, ValuePlan> | undefined;
  /** Elements of a list, a row each. */
  readonly elements: ChildPlan | undefined;
  /** Members of a map, or those that no property names, a row each. */
  readonly entries: ChildPlan | undefined;
}

export interface CellPlan {
  readonly index: number;
  readonly type: ColumnType;
  /** Uncertain dates have their bounds in the three columns behind the text. */
  readonly edtf: boolean;
}

export interface ChildPlan {
  /** The child table; a table that holds this one's row where the schema is recursive. */
  readonly rows: () => TablePlan;
  /** JSON Pointer of the list or map in its row. */
  readonly pointer: string;
  /** A value that stands alone, not in a list, has a row at position -1. */
  readonly orBare: boolean;
}

/** The plan of a record type, and its tables, parents first. */
export interface RecordPlan {
  readonly type: RecordType;
  readonly root: TablePlan;
  readonly tables: readonly TablePlan[];
  /** Pointers of spans; they become rows of `provenance`, not of a child table. */
  readonly spans: readonly string[];
  /** Tables of the sources that the spans name. */
  readonly sources: readonly string[];
  /** Members of the record that its tables do not hold: spans, a withdrawal, and in our own records the link to the schema. */
  readonly kept: ReadonlySet<string>;
}

interface Context {
  readonly type: RecordType;
  /** Columns and tables planned so far, and whether only what records use is. */
  readonly planned: { columns: number; tables: number; readonly byUse: boolean };
  readonly names: Names;
  readonly plans: TablePlan[];
  readonly spans: string[];
  readonly sources: string[];
  readonly kept: Set<string>;
}

/** Where in the tables, and in the record, a value stands. */
interface Spot {
  readonly draft: Draft;
  /** Path of column names inside the row; empty for what the row itself holds. */
  readonly path: string;
  /** JSON Pointer in the record, `*` for any element, and in the row. */
  readonly pointer: string;
  readonly inRow: string;
  /** Whether every row holds the value. */
  readonly sure: boolean;
  /** Whether every valid instance is of the shape that the schema gives here. */
  readonly trusted: boolean;
  /** Key columns that a row below this one begins with. */
  readonly keys: readonly Column[];
  /** Names of the lists and maps on the way from the record to the row. */
  readonly steps: readonly string[];
  /** The rows and objects that the value stands inside of, itself included where it is one. */
  readonly around: readonly Ancestor<() => TablePlan>[];
  /** What records use of the value; undefined where all is planned that its schema allows. */
  readonly use: Use | undefined;
}

/** A schema that is not our own would need more than is planned of one whether records use it or not. */
class TooWide extends Error {}

/**
 * Plans the tables of a record type: all that its schema allows, or only what `use` says that records use of it.
 * @returns undefined where a schema that is not our own allows so much that only what is used can be planned
 * @throws Failure where two paths of our own schemas give one name
 */
export function planRecords(type: RecordType, names: Names, use?: Use): RecordPlan | undefined {
  const tables = new Set(names.tables);
  try {
    const plan = planWithin(type, { ...names, tables }, use);
    for (const table of tables) names.tables.add(table);
    return plan;
  } catch (error) {
    if (error instanceof TooWide) return undefined;
    throw error;
  }
}

function planWithin(type: RecordType, names: Names, use: Use | undefined): RecordPlan {
  const planned = { columns: 0, tables: 0, byUse: use !== undefined };
  const context: Context = { type, names, planned, plans: [], spans: [], sources: [], kept: new Set() };
  const ownKey =
    type.key === undefined
      ? [
          column('_file', 'string', { title: 'File', description: 'File of the record, below the folder of records.' }),
          column('_index', 'integer', { title: 'Index', description: 'Index of the record in its file, from 0.' }),
        ]
      : [];
  const draft = createDraft(type.name, type.name, ownKey, names, true);
  const key = type.key === undefined ? ownKey : [column(type.key, keyType(type))];
  draft.primaryKey.push(...(type.key === undefined ? ownKey.map((c) => c.name) : [type.key]));
  const keys = key.map((c) => ({
    ...c,
    name: `${type.name}_${c.name.replace(/^_/, '')}`,
    title: `Record in ${type.name}`,
    description: `Identifier of the record in ${type.name} to which the row belongs.`,
  }));
  const around = withItself<() => TablePlan>([], type.shape, undefined);
  const top = { draft, path: '', pointer: '', inRow: '', sure: true, trusted: true };
  const spot: Spot = { ...top, keys, steps: [], around, use };
  const root = planTable(
    spot,
    ownKey.length,
    { name: '', required: true, shape: type.shape },
    type.shape,
    false,
    context,
  );
  const { plans: tables, spans, sources, kept } = context;
  return { type, root, tables, spans, sources, kept };
}

function keyType(type: RecordType): ColumnType {
  return type.key !== undefined && type.shape.properties.get(type.key)?.shape.types.has('integer') === true
    ? 'integer'
    : 'string';
}

/** Plans what a row holds, and closes its table; child tables stand behind it. `about` documents the table. */
function planTable(
  spot: Spot,
  keys: number,
  property: Property,
  about: Documented,
  recursive: boolean,
  context: Context,
): TablePlan {
  const { draft } = spot;
  countPlanned('tables', context);
  const slot = context.plans.length;
  const value = planValue(property, spot, context);
  const rest = draft.needsRest ? draft.columns.length : undefined;
  if (rest !== undefined) addColumn(draft, context.names, restColumn);
  const { name, columns, primaryKey, foreignKeys } = draft;
  const optional = !context.names.own && spot.steps.length > 0;
  const { title, description } = about;
  const table: Table = { name, title, description, columns, primaryKey, foreignKeys, optional };
  const empty = columns.map(() => null);
  const { pointer } = spot;
  const plan: TablePlan = { table, pointer, keys, value, rest, recursive, empty };
  context.plans.splice(slot, 0, plan);
  return plan;
}

/** A `$ref` in each property of each schema doubles the columns at each step: thirty of them would give a thousand million. */
function countPlanned(what: 'columns' | 'tables', { planned, type, names }: Context): void {
  planned[what]++;
  if (planned.byUse || planned[what] <= limits[what].unused) return;
  if (!names.own) throw new TooWide();
  const { most } = limits[what];
  if (planned[what] <= most) return;
  throw new Failure(
    `${type.file}: the table ${quoted(type.name)} would need more than ${most} ${what}: ` +
      'use lists or maps instead of objects inside objects, or leave "properties" out where one JSON column will do',
  );
}

const limits = {
  columns: { unused: mostColumnsUnused, most: mostColumns },
  tables: { unused: mostTablesUnused, most: mostTables },
};

/** Whether so much is used that what else has parts stays JSON. */
function isFull({ planned }: Context): boolean {
  return planned.byUse && (planned.columns >= mostColumns || planned.tables >= mostTables);
}

interface Documented {
  readonly title: string | undefined;
  readonly description: string | undefined;
}

const restColumn = column('_rest', 'json', {
  nullable: true,
  title: 'Rest',
  description: 'What columns and child tables do not hold of this row, as JSON to be merged over them.',
});

function planValue(
  property: Property,
  outer: Spot,
  context: Context,
  isJson = isOpaque(property.shape, outer, context),
): ValuePlan {
  const { shape } = property;
  const { types } = shape;
  // what only a branch says of the value need not hold: nothing is taken for granted at it and below it
  const spot = shape.sure ? outer : { ...outer, trusted: false };
  const required = property.required && (outer.trusted || outer.path === '');
  if (!spot.trusted) spot.draft.needsRest = true;
  const plan = { required, cell: undefined, members: undefined, elements: undefined, entries: undefined };
  const always = spot.sure && spot.trusted && required && shape.typed;
  if (isJson) return { ...plan, cell: addCell('json', shape, always, spot, context) };
  const only = always && types.size === 1 && (context.names.enforced || !mayMiss(shape));
  const scalar = types.has('array') && types.size > 1 ? undefined : scalarType(shape);
  const cell = scalar === undefined ? undefined : addCell(scalar, shape, only, spot, context);
  spot.draft.needsRest ||= canNeedRest(shape, required, scalar, context.names.enforced);
  if (types.has('array')) return { ...plan, cell, elements: planElements(shape, spot, context) };
  if (!types.has('object')) return { ...plan, cell };
  const members = planMembers(shape, { ...spot, sure: only }, context);
  return { ...plan, cell, members, entries: planEntries(shape, spot, context) };
}

/** Whether the value stands in one JSON column whatever it is. */
function isOpaque(shape: Shape, spot: Spot, context: Context): boolean {
  const { types, items } = shape;
  if (types.has('array')) {
    if (items === undefined || isFull(context)) return true;
    if (comesBackWider(rowShape(shape), spot.around)) return true;
    if (standsAlone(shape) && (items.types.has('array') || shape.oneOrItem === undefined || mayHoldMap(shape)))
      return true;
  } else if (types.has('object')) {
    if (spot.path !== '' && isFull(context)) return true;
    if (shape.properties.size > 0) return false;
    if (shape.members === undefined || comesBackWider(shape.members, spot.around)) return true;
  }
  return [...types].every((t) => t === 'null');
}

/** An object of which nothing is known can stand in a list, but not alone in place of one. */
function mayHoldMap(shape: Shape): boolean {
  return shape.types.has('object') && shape.properties.size === 0;
}

/** The type of the column for the scalars of a shape, undefined where it has none. Texts take whatever no other type can. */
function scalarType(shape: Shape): ColumnType | undefined {
  const scalars = [...shape.types].filter((t) => t !== 'null' && t !== 'object' && t !== 'array');
  if (scalars.length === 0) return undefined;
  if (scalars.every((t) => t === 'integer')) return 'integer';
  if (scalars.every((t) => t === 'integer' || t === 'number')) return 'number';
  if (scalars.every((t) => t === 'boolean')) return 'boolean';
  if (scalars.length > 1) return 'string';
  return shape.format === 'date' ? 'date' : shape.format === 'date-time' ? 'timestamp' : 'string';
}

/** Whether a valid instance can be one that no column takes: a date that is none (a warning), a number beyond 64 bits. */
function mayMiss(shape: Shape): boolean {
  return ['date', 'timestamp', 'integer'].includes(scalarType(shape) ?? '');
}

/** Whether an instance can hold something that columns and child rows do not give back. */
function canNeedRest(shape: Shape, required: boolean, scalar: ColumnType | undefined, enforced: boolean): boolean {
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

/** Whether an object always leaves something in its columns or child rows. Asked of many objects, answered once each. */
function alwaysFilled(shape: Shape): boolean {
  const before = filled.get(shape);
  if (before !== undefined) return before;
  // an object inside of itself stays JSON
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

function addCell(type: ColumnType, shape: Shape, always: boolean, spot: Spot, context: Context): CellPlan {
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
  return { index, type, edtf };
}

/** The codes of a shape whose every code is a text, null aside. */
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
      description: `${what} day that the date allows; empty where it is open or unknown.`,
    });
  // a text that is no such date has no precision and no qualifiers
  const nullable = !always || !context.names.enforced;
  const precision = column(`${name}_precision`, 'string', {
    nullable,
    pointer,
    codes,
    title: `Precision: ${of}`,
    description: 'How finely the date is given.',
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

function planMembers(shape: Shape, spot: Spot, context: Context): ReadonlyMap<string, ValuePlan> {
  const members = new Map<string, ValuePlan>();
  for (const property of shape.properties.values()) {
    const { name } = property;
    if (name === '__proto__')
      throw new Failure(`table ${quoted(spot.draft.name)}: a property cannot be called ${quoted(name)}`);
    const pointer = below(spot.pointer, name);
    if (spot.pointer === '' && name === schemaLink && context.names.own) {
      context.kept.add(name);
      continue;
    }
    if (spot.pointer === '' && name === context.type.withdrawal) {
      context.kept.add(name);
      continue;
    }
    if (property.shape.spans) {
      context.spans.push(pointer);
      if (spot.pointer === '') context.kept.add(name);
      context.sources.push(...(property.shape.items?.properties.get(spanFields[0])?.shape.references ?? []));
      continue;
    }
    const use = spot.use?.members.get(name);
    if (spot.use !== undefined && use === undefined) continue;
    const path = pathBelow(spot.path, name);
    const member = { ...spot, path, pointer, inRow: below(spot.inRow, name), use };
    members.set(name, planMember(property, member, context));
  }
  return members;
}

/** An object inside of itself, without a list or map between, is JSON. */
function planMember(property: Property, spot: Spot, context: Context): ValuePlan {
  const { shape } = property;
  if (standsInside(shape, spot.around)) return planValue(property, spot, context, true);
  return planValue(property, { ...spot, around: withItself(spot.around, shape, undefined) }, context);
}

/** The name of a column: the empty name of a property at the top of a row is `_`. */
function pathBelow(path: string, name: string): string {
  if (path === '') return name === '' ? '_' : name;
  return `${path}_${name}`;
}

function planElements(shape: Shape, spot: Spot, context: Context): ChildPlan | undefined {
  const orBare = standsAlone(shape);
  const items = rowShape(shape);
  if (items === undefined) return undefined;
  const step = spot.path === '' ? 'value' : spot.path;
  const bare = orBare ? ' A value without a list has position -1.' : '';
  const position = {
    name: 'position',
    title: 'Position',
    description: `Place in the list, from 0, as in JSON Pointer.${bare}`,
  };
  const use = spot.use && (spot.use.items ?? noUse());
  const last = column(position.name, 'integer', position);
  return { ...planChild(items, step, last, shape, { ...spot, use }, context), orBare };
}

function planEntries(shape: Shape, spot: Spot, context: Context): ChildPlan | undefined {
  const { members } = shape;
  if (members === undefined) return undefined;
  if (comesBackWider(members, spot.around)) {
    spot.draft.needsRest = true;
    return undefined;
  }
  const use = spot.use?.entries;
  if (spot.use !== undefined && use === undefined && rowsOf(members, spot.around) === undefined) return undefined;
  const beside = shape.properties.size > 0 || spot.path === '';
  const step = [spot.path, ...(beside ? ['entries'] : [])].filter((s) => s !== '').join('_');
  const key = column('key', 'string', { title: 'Key', description: 'Key in the map.' });
  return { ...planChild(members, step, key, shape, { ...spot, use }, context), orBare: false };
}

/** The child table of a list or map; where the schema has come back to that of a table it stands in, that table. */
function planChild(
  inner: Shape,
  step: string,
  last: Column,
  about: Shape,
  spot: Spot,
  context: Context,
): Omit<ChildPlan, 'orBare'> {
  const known = rowsOf(inner, spot.around);
  if (known !== undefined) return { rows: known, pointer: spot.inRow };
  const recursive = isRecursive(inner, spot.use, context);
  const steps = [...spot.steps, step];
  const ownKey = recursive
    ? column(`${steps.join('_')}_pointer`, 'string', {
        title: 'Pointer',
        description: 'JSON Pointer from the row above; a row whose pointer continues it is inside of it.',
      })
    : { ...last, name: `${steps.join('_')}_${last.name}` };
  const keys = [...spot.keys, ownKey];
  const draft = createDraft(
    [context.type.name, ...steps].join('_'),
    `${context.type.name}#${spot.pointer}`,
    keys,
    context.names,
  );
  draft.primaryKey.push(...draft.columns.map((c) => c.name));
  draft.foreignKeys.push({
    columns: draft.primaryKey.slice(0, -1),
    table: spot.draft.name,
    tableColumns: [...spot.draft.primaryKey],
  });
  const plan: { made?: TablePlan } = {};
  const rows = (): TablePlan => {
    if (plan.made === undefined) throw new Error(`table ${draft.name} is not planned yet`);
    return plan.made;
  };
  const property = { name: '', required: true, shape: inner };
  // members of an open map that match none of its patterns can be anything
  const covered = last.name !== 'key' || about.closed;
  const inside: Spot = {
    draft,
    path: '',
    pointer: `${spot.pointer}/*`,
    inRow: '',
    sure: covered,
    trusted: spot.trusted && covered,
    keys: draft.columns.slice(0, keys.length),
    steps,
    around: withItself(spot.around, inner, rows),
    use: spot.use,
  };
  const documented = { title: inner.title ?? about.title, description: about.description ?? inner.description };
  plan.made = planTable(inside, keys.length, property, documented, recursive, context);
  return { rows, pointer: spot.inRow };
}

/** Whether rows of a shape can hold rows of the same shape; of what is planned by use, whether they do. */
function isRecursive(shape: Shape, use: Use | undefined, { names }: Context): boolean {
  if (use !== undefined) return use.recursive;
  const found = comesBack(shape, names.own ? Infinity : mostShapesUnused);
  if (found === undefined) throw new TooWide();
  return found;
}
