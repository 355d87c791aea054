import { below } from '../json/json.ts';
import { mostShapesUnused } from '../base/limits.ts';
import { Failure } from '../base/problem.ts';
import type { Property, Shape } from '../schema/shape.ts';
import type { RecordType } from '../schema/recordTypes.ts';
import { quoted } from '../base/text.ts';
import { schemaLink, spanFields } from '../schema/extensions.ts';
import { type Column, type ColumnType, type Table, column } from './model.ts';
import { type Draft, type Names, addColumn, createDraft } from './names.ts';
import { comesBack, comesBackWider, rowShape, rowsOf, standsAlone, standsInside, withItself } from './recursion.ts';
import { type Use, noUse } from './use.ts';
import type { TablePlan, ValuePlan, ChildPlan, RecordPlan } from './recordPlan.ts';
import { type Context, Doubt, type Spot, TooWide, countPlanned, isFull } from './planContext.ts';
import { scalarType, mayMiss, canNeedRest, addCell } from './planCells.ts';

/**
 * Plans the tables of a record type: everything that its schema allows, or only what records use, according to `use`.
 * @returns undefined if a schema that is not our own allows so much that only used parts can be planned
 * @throws Failure if two paths of our own schemas give one name
 */
export function planRecords(type: RecordType, names: Names, use?: Use): RecordPlan | undefined {
  const doubted = new Set<Shape['identity']>();
  for (;;) {
    const tables = new Set(names.tables);
    try {
      const plan = planWithin(type, { ...names, tables }, use, doubted);
      for (const table of tables) names.tables.add(table);
      return plan;
    } catch (error) {
      if (error instanceof TooWide) return undefined;
      if (!(error instanceof Doubt)) throw error;
      doubted.add(error.identity);
    }
  }
}

function planWithin(type: RecordType, names: Names, use: Use | undefined, doubted: Context['doubted']): RecordPlan {
  const planned = { columns: 0, tables: 0, byUse: use !== undefined };
  const found = { plans: [], spans: [], sources: [], kept: new Set<string>() };
  const context: Context = { type, names, planned, ...found, doubted, relied: new Set() };
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
  const { shape } = type;
  const root = planTable(spot, { shape, keys: ownKey.length, about: shape, recursive: false }, context);
  const { plans: tables, spans, sources, kept } = context;
  return { type, root, tables, spans, sources, kept };
}

function keyType(type: RecordType): ColumnType {
  return type.key !== undefined && type.shape.properties.get(type.key)?.shape.types.has('integer') === true
    ? 'integer'
    : 'string';
}

/** What a row of a table holds. */
interface RowContent {
  readonly shape: Shape;
  /** The number of columns that are its key. */
  readonly keys: number;
  /** The schema that documents the table. */
  readonly about: Documented;
  /** Whether a row can hold rows of the same table. */
  readonly recursive: boolean;
}

/** Plans what a row holds, and completes its table; child tables follow it. */
function planTable(spot: Spot, { shape, keys, about, recursive }: RowContent, context: Context): TablePlan {
  const { draft } = spot;
  countPlanned('tables', context);
  const slot = context.plans.length;
  const value = planValue({ name: '', required: true, shape }, spot, context);
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

interface Documented {
  readonly title: string | undefined;
  readonly description: string | undefined;
}

const restColumn = column('_rest', 'json', {
  nullable: true,
  title: 'Rest',
  description: 'What the columns and child tables cannot hold of this row, as JSON to merge over them.',
});

function planValue(
  property: Property,
  outer: Spot,
  context: Context,
  isJson = isOpaque(property.shape, outer, context),
): ValuePlan {
  const { shape } = property;
  const { types } = shape;
  // what only a branch says about the value is not certain: nothing is assumed about it and below it
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

/** Whether the value is always in one JSON column. */
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

/** An object with unknown members can be in a list, but not alone instead of one. */
function mayHoldMap(shape: Shape): boolean {
  return shape.types.has('object') && shape.properties.size === 0;
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

/** An object inside itself, without a list or map between, is stored as JSON. */
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
  return { ...planChild({ inner: items, step, last, about: shape }, { ...spot, use }, context), orBare };
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
  return { ...planChild({ inner: members, step, last: key, about: shape }, { ...spot, use }, context), orBare: false };
}

/** A list or map that gets a table of its own. */
interface Child {
  /** The shape of its elements. */
  readonly inner: Shape;
  /** What the list or map adds to the name of the table. */
  readonly step: string;
  /** The last column of the key: the position or the key of an element. */
  readonly last: Column;
  /** The list or map itself, which documents the table. */
  readonly about: Shape;
}

/** The child table of a list or map; if the schema leads back to a table that contains it, that table. */
function planChild(child: Child, spot: Spot, context: Context): Omit<ChildPlan, 'orBare'> {
  const { inner, step, last, about } = child;
  // members of an open map that match none of its patterns can be anything
  const covered = last.name !== 'key' || about.closed;
  const known = rowsOf(inner, spot.around);
  if (known !== undefined) {
    if (!(spot.trusted && covered) && context.relied.has(inner.identity)) throw new Doubt(inner.identity);
    return { rows: known, pointer: spot.inRow };
  }
  const recursive = isRecursive(inner, spot.use, context);
  const steps = [...spot.steps, step];
  const keys = [...spot.keys, keyOfChild(steps, last, recursive)];
  const draft = childDraft(steps, keys, spot, context);
  const plan: { made?: TablePlan } = {};
  const rows = (): TablePlan => {
    if (plan.made === undefined) throw new Error(`table ${draft.name} is not planned yet`);
    return plan.made;
  };
  const sure = covered && !context.doubted.has(inner.identity);
  if (sure && spot.trusted) context.relied.add(inner.identity);
  const inside: Spot = {
    draft,
    path: '',
    pointer: `${spot.pointer}/*`,
    inRow: '',
    sure,
    trusted: spot.trusted && sure,
    keys: draft.columns.slice(0, keys.length),
    steps,
    around: withItself(spot.around, inner, rows),
    use: spot.use,
  };
  const documented = { title: inner.title ?? about.title, description: about.description ?? inner.description };
  plan.made = planTable(inside, { shape: inner, keys: keys.length, about: documented, recursive }, context);
  return { rows, pointer: spot.inRow };
}

/** The last column of the key of a child table. */
function keyOfChild(steps: readonly string[], last: Column, recursive: boolean): Column {
  if (!recursive) return { ...last, name: `${steps.join('_')}_${last.name}` };
  return column(`${steps.join('_')}_pointer`, 'string', {
    title: 'Pointer',
    description: 'JSON Pointer from the row above; a row whose pointer continues this one is inside this row.',
  });
}

/** A child table with its keys, which refers to the table above it. */
function childDraft(steps: readonly string[], keys: readonly Column[], spot: Spot, { type, names }: Context): Draft {
  const draft = createDraft([type.name, ...steps].join('_'), `${type.name}#${spot.pointer}`, keys, names);
  draft.primaryKey.push(...draft.columns.map((c) => c.name));
  draft.foreignKeys.push({
    columns: draft.primaryKey.slice(0, -1),
    table: spot.draft.name,
    tableColumns: [...spot.draft.primaryKey],
  });
  return draft;
}

/** Whether rows of a shape can hold rows of the same shape; if planned by use, whether they do. */
function isRecursive(shape: Shape, use: Use | undefined, { names }: Context): boolean {
  if (use !== undefined) return use.recursive;
  const found = comesBack(shape, names.own ? Infinity : mostShapesUnused);
  if (found === undefined) throw new TooWide();
  return found;
}
