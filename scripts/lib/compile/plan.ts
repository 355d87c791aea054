import { precisions } from '../edtf.ts';
import { below } from '../json/json.ts';
import { Failure } from '../problem.ts';
import type { Property, Shape } from '../schema/shape.ts';
import type { RecordType } from '../schema/tables.ts';
import { quoted } from '../text.ts';
import { schemaLink, spanFields } from '../vocabulary.ts';
import { type CodeOfText, type Column, type ColumnType, type ForeignKey, type Table, column } from './model.ts';

/**
 * How the instances of a schema become rows, and rows instances again. A plan follows the schema's structure: each property is a cell of the row,
 * an object in the same row, a child table, or any of these at once where the schema allows several.
 * What none of them can hold goes to the row's `_rest`.
 */
export interface TablePlan {
  readonly table: Table;
  /** Columns that hold the key of the row above and the place in it. */
  readonly keys: number;
  /** What a row holds: the record, an element of an array, or a member of a map. */
  readonly value: ValuePlan;
  /** Index of the column `_rest`, undefined where the schema cannot need it. */
  readonly rest: number | undefined;
}

/** How a value is held. Several parts are there where the schema allows several types. */
export interface ValuePlan {
  /** The value must be there: then nothing written means its emptiest form. */
  readonly required: boolean;
  readonly cell: CellPlan | undefined;
  readonly members: ObjectPlan | undefined;
  /** Elements of an array, a row each. */
  readonly elements: TablePlan | undefined;
  /** Members of a map, a row each. */
  readonly entries: TablePlan | undefined;
}

export interface CellPlan {
  readonly index: number;
  readonly type: ColumnType;
  /** Uncertain dates have their bounds in the three columns behind the text. */
  readonly edtf: boolean;
}

export interface ObjectPlan {
  readonly properties: ReadonlyMap<string, ValuePlan>;
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
}

/** A table while its columns are being collected. */
interface Draft {
  readonly name: string;
  readonly columns: Column[];
  readonly primaryKey: string[];
  readonly foreignKeys: ForeignKey[];
  needsRest: boolean;
}

interface Context {
  readonly type: RecordType;
  readonly plans: TablePlan[];
  readonly spans: string[];
  readonly sources: string[];
  readonly names: Set<string>;
}

/** Key columns of the row in which something stands, in the order from the root. */
type Keys = readonly Column[];

/** Plans the tables of a record type. @throws Failure where two paths give one name */
export function planRecords(type: RecordType, names: Set<string>): RecordPlan {
  const context: Context = { type, plans: [], spans: [], sources: [], names };
  const draft = createDraft(type.name, [], context);
  const key = type.key ?? undefined;
  const rootKey =
    key === undefined
      ? [
          column('_file', 'string', { description: 'File of the record.' }),
          column('_index', 'integer', { description: 'Index of the record in its file, from 0.' }),
        ]
      : [];
  for (const c of rootKey) addColumn(draft, c);
  const inherited = key === undefined ? rootKey : [column(key, 'string')];
  draft.primaryKey.push(...inherited.map((c) => c.name));
  const keys = inherited.map((c) => ({
    ...c,
    title: `Record in ${type.name}`,
    description: `Identifier of the record in ${type.name} to which the row belongs.`,
    name: `${type.name}_${c.name.replace(/^_/, '')}`,
  }));
  const slot = context.plans.length;
  const value = planValue({ name: '', required: true, shape: type.shape }, '', '', true, draft, keys, context, []);
  const root = finish(draft, rootKey.length, value, type.shape);
  context.plans.splice(slot, 0, root);
  return { type, root, tables: context.plans, spans: context.spans, sources: context.sources };
}

function createDraft(name: string, keys: Keys, context: Context): Draft {
  if (context.names.has(name.toLowerCase())) throw new Failure(`two tables would be called ${quoted(name)}`);
  context.names.add(name.toLowerCase());
  const draft: Draft = { name, columns: [], primaryKey: keys.map((c) => c.name), foreignKeys: [], needsRest: false };
  for (const c of keys) addColumn(draft, c);
  return draft;
}

function finish(draft: Draft, keys: number, value: ValuePlan, shape: Shape): TablePlan {
  const rest = draft.needsRest ? draft.columns.length : undefined;
  if (rest !== undefined) {
    addColumn(
      draft,
      column('_rest', 'json', {
        nullable: true,
        title: 'Rest',
        description: 'What the columns and child tables do not hold of this row, as JSON to be merged over them.',
      }),
    );
  }
  const { name, columns, primaryKey, foreignKeys } = draft;
  return {
    table: { name, title: shape.title, description: shape.description, columns, primaryKey, foreignKeys },
    keys,
    value,
    rest,
  };
}

function addColumn(draft: Draft, added: Column): number {
  const twin = draft.columns.find((c) => c.name.toLowerCase() === added.name.toLowerCase());
  if (twin !== undefined) {
    const of = (c: Column): string => c.pointer ?? 'the key of the table';
    throw new Failure(
      `table ${quoted(draft.name)}: ${of(twin)} and ${of(added)} would both be the column ${quoted(added.name)}`,
    );
  }
  draft.columns.push(added);
  return draft.columns.length - 1;
}

/** @param path column path of the value inside its row; empty for the row itself. @param sure whether the row always holds it */
function planValue(
  property: Property,
  path: string,
  pointer: string,
  sure: boolean,
  draft: Draft,
  keys: Keys,
  context: Context,
  above: readonly string[],
): ValuePlan {
  const { shape, required } = property;
  const always = sure && required;
  const plan = { required, cell: undefined, members: undefined, elements: undefined, entries: undefined };
  if (isOpaque(shape)) {
    return { ...plan, cell: addCell(draft, 'json', path, pointer, shape, always) };
  }
  const types = shape.types;
  const scalar = scalarType(shape);
  const cell =
    scalar === undefined ? undefined : addCell(draft, scalar, path, pointer, shape, always && types.size === 1);
  const members =
    types.has('object') && shape.properties.size > 0
      ? planMembers(shape, path, pointer, always && types.size === 1, draft, keys, context, above)
      : undefined;
  const elements = types.has('array') ? planElements(shape, path, pointer, draft, keys, context, above) : undefined;
  draft.needsRest ||= canNeedRest(shape, required, scalar);
  return { ...plan, cell, members, elements };
}

/** Whether the value stands in one JSON column whatever it is. */
function isOpaque(shape: Shape): boolean {
  if (shape.recursions.length > 0) return true;
  const { types } = shape;
  if (types.has('array') && shape.items === undefined) return true;
  if (types.has('array') && types.size > 1) return true;
  if (types.has('object') && (shape.properties.size === 0 || shape.members !== undefined)) return true;
  return [...types].filter((t) => t !== 'null').length === 0;
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

/** Whether an instance can hold something that columns and child rows do not give back. */
function canNeedRest(shape: Shape, required: boolean, scalar: ColumnType | undefined): boolean {
  const { types } = shape;
  const parts = (scalar === undefined ? 0 : 1) + (types.has('object') ? 1 : 0) + (types.has('array') ? 1 : 0);
  if (types.has('null') && (!required || parts > 1 || scalar === undefined)) return true;
  if (
    scalar === 'timestamp' ||
    (scalar === 'string' && [...types].some((t) => t !== 'string' && t !== 'null' && t !== 'object' && t !== 'array'))
  )
    return true;
  if (types.has('array') && (!required || parts > 1) && shape.minItems === 0) return true;
  if (types.has('object')) {
    if (!shape.closed) return true;
    if ((!required || parts > 1) && !alwaysFilled(shape)) return true;
  }
  return false;
}

/** Whether an object always leaves something in its columns or child rows. */
function alwaysFilled(shape: Shape): boolean {
  for (const { required, shape: inner } of shape.properties.values()) {
    if (!required || inner.types.has('null')) continue;
    if (isOpaque(inner) || scalarType(inner) !== undefined) return true;
    if (inner.types.has('array') ? inner.minItems > 0 : alwaysFilled(inner)) return true;
  }
  return false;
}

function addCell(
  draft: Draft,
  type: ColumnType,
  path: string,
  pointer: string,
  shape: Shape,
  always: boolean,
): CellPlan {
  const name = path === '' ? 'value' : path;
  const codes = type === 'string' ? codesOfTexts(shape) : undefined;
  const { title, description, unit, constraints } = shape;
  const index = addColumn(
    draft,
    column(name, type, {
      nullable: !always,
      title,
      description,
      unit,
      codes,
      constraints,
      pointer,
      references: type === 'string' ? shape.references : [],
    }),
  );
  if (type === 'string' && shape.references.length === 1 && shape.references[0] !== undefined) {
    draft.foreignKeys.push({ columns: [name], table: shape.references[0], tableColumns: [] });
  }
  const edtf = type === 'string' && shape.format === 'edtf';
  if (edtf) addBounds(draft, name, pointer, title, always);
  return { index, type, edtf };
}

/** The codes of a shape whose every code is a text. */
function codesOfTexts(shape: Shape): readonly CodeOfText[] | undefined {
  const texts = shape.codes?.flatMap(({ code, description }) =>
    typeof code === 'string' ? [{ code, description }] : [],
  );
  return texts === undefined || texts.length === 0 || texts.length < (shape.codes?.length ?? 0) ? undefined : texts;
}

function addBounds(draft: Draft, name: string, pointer: string, title: string | undefined, always: boolean): void {
  const of = title === undefined ? name : title.toLowerCase();
  const codes = Object.entries(precisions).map(([code, description]) => ({ code, description }));
  addColumn(
    draft,
    column(`${name}_earliest`, 'date', {
      nullable: true,
      pointer,
      title: `Earliest day: ${of}`,
      description: 'First day that the date allows; empty where it is open or unknown.',
    }),
  );
  addColumn(
    draft,
    column(`${name}_latest`, 'date', {
      nullable: true,
      pointer,
      title: `Latest day: ${of}`,
      description: 'Last day that the date allows; empty where it is open or unknown.',
    }),
  );
  addColumn(
    draft,
    column(`${name}_precision`, 'string', {
      nullable: !always,
      pointer,
      codes,
      title: `Precision: ${of}`,
      description: 'How finely the date is given.',
    }),
  );
}

function planMembers(
  shape: Shape,
  path: string,
  pointer: string,
  sure: boolean,
  draft: Draft,
  keys: Keys,
  context: Context,
  above: readonly string[],
): ObjectPlan {
  const properties = new Map<string, ValuePlan>();
  for (const property of shape.properties.values()) {
    const at = below(pointer, property.name);
    if (pointer === '' && property.name === schemaLink) continue;
    if (property.shape.spans) {
      context.spans.push(at);
      context.sources.push(...(property.shape.items?.properties.get(spanFields[0])?.shape.references ?? []));
      continue;
    }
    properties.set(
      property.name,
      planValue(property, join(path, property.name), at, sure, draft, keys, context, above),
    );
  }
  return { properties };
}

function planElements(
  shape: Shape,
  path: string,
  pointer: string,
  draft: Draft,
  keys: Keys,
  context: Context,
  above: readonly string[],
): TablePlan | undefined {
  const { items } = shape;
  if (items === undefined) return undefined;
  const steps = [...above, ...(path === '' ? ['value'] : [path])];
  const name = [context.type.name, ...steps].join('_');
  const position = column(`${steps.join('_')}_position`, 'integer', {
    title: 'Position',
    description: 'Place in the list, from 0, as in JSON Pointer.',
  });
  const childKeys = [...keys.map((c) => ({ ...c, nullable: false })), position];
  const child = createDraft(name, childKeys, context);
  child.foreignKeys.push({ columns: keys.map((c) => c.name), table: draft.name, tableColumns: [...draft.primaryKey] });
  const slot = context.plans.length;
  const value = planValue(
    { name: '', required: true, shape: items },
    '',
    `${pointer}/*`,
    true,
    child,
    childKeys,
    context,
    steps,
  );
  const { title = shape.title, description } = items;
  const plan = finish(child, childKeys.length, value, {
    ...items,
    title,
    description: shape.description ?? description,
  });
  context.plans.splice(slot, 0, plan);
  return plan;
}

function join(path: string, name: string): string {
  return path === '' ? name : `${path}_${name}`;
}
