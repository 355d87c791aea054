import { isDay, shortestUtc } from '../base/dateTime.ts';
import { parseEdtf } from '../base/edtf.ts';
import { type Json, type JsonObject, below, isArray, isObject, member } from '../json/json.ts';
import { Failure } from '../base/problem.ts';
import type { Cell } from './model.ts';
import type { CellPlan, ChildPlan, RecordPlan, TablePlan, ValuePlan } from './recordPlan.ts';

/** Receives a row of a table; the row can still change until the record is done. */
export type Sink = (plan: TablePlan, row: Cell[]) => void;

/** The one of some tables that holds the record with an identifier; undefined if none is known to. */
export type TableOf = (tables: readonly string[], id: string) => string | undefined;

/** Marks a value that columns and child rows hold completely. */
const nothing = Symbol('nothing');
type Rest = Json | typeof nothing;

/** A row being written, and the keys of its children. */
interface Place {
  readonly row: Cell[];
  /** The first cells of each child row. */
  readonly keys: readonly Cell[];
  /** Recursive tables that contain the row: the key of the row above the outermost, and the pointer from there. */
  readonly frames: readonly Frame[];
  readonly sink: Sink;
  readonly tableOf: TableOf;
  /** How many cells and child rows have been written for this record: shows whether a value left a trace. */
  readonly written: { count: number };
}

interface Frame {
  readonly plan: TablePlan;
  readonly keys: readonly Cell[];
  readonly pointer: string;
}

/**
 * Passes the rows of a record to `sink`, parents before children. `at` is the key of a record without an identifier:
 * its file and index.
 */
export function emitRecord(
  plan: RecordPlan,
  record: Json,
  at: readonly Cell[],
  { sink, tableOf }: Pick<Place, 'sink' | 'tableOf'>,
): void {
  const { root, type, kept } = plan;
  const own = type.key === undefined ? at : [];
  const keys = type.key === undefined ? at : [keyCell(record, type.key)];
  const row = newRow(root, own);
  fill(root, isObject(record) ? withoutKept(record, kept) : record, {
    row,
    keys,
    frames: [],
    sink,
    tableOf,
    written: { count: 0 },
  });
}

/** The identifier of a record, as it is in the key columns. */
export function keyCell(record: Json, key: string): Cell {
  const value = isObject(record) ? member(record, key) : undefined;
  return typeof value === 'string' || typeof value === 'number' ? value : null;
}

function withoutKept(record: JsonObject, kept: ReadonlySet<string>): JsonObject {
  const entries = Object.entries(record);
  return entries.some(([key]) => kept.has(key))
    ? Object.fromEntries(entries.filter(([key]) => !kept.has(key)))
    : record;
}

function newRow(plan: TablePlan, keys: readonly Cell[]): Cell[] {
  const row: Cell[] = plan.empty.slice();
  for (let i = 0; i < keys.length; i++) row[i] = keys[i] ?? null;
  return row;
}

function fill(plan: TablePlan, value: Json, at: Place): void {
  at.sink(plan, at.row);
  const rest = hold(value, plan.value, at);
  if (rest === nothing) return;
  if (plan.rest === undefined) {
    const where = `table ${plan.table.name}, row ${at.keys.join(', ')}`;
    throw new Failure(`${where}: its columns cannot hold ${JSON.stringify(rest).slice(0, 100)}`);
  }
  at.row[plan.rest] = JSON.stringify(rest);
}

/** Writes what columns and child rows can hold of a value, and returns what they cannot. */
function hold(value: Json, plan: ValuePlan, at: Place): Rest {
  const { cell, elements } = plan;
  if (cell?.type === 'json') return set(at, cell.index, JSON.stringify(value));
  if (value === null) return plan.required && isScalar(plan) ? nothing : null;
  if (isArray(value)) return elements === undefined ? value : holdElements(value, plan.required, elements, at);
  if (elements?.orBare === true) {
    addRow(elements, -1, value, at);
    return nothing;
  }
  if (isObject(value)) return plan.members === undefined ? value : holdMembers(value, plan, at);
  return cell === undefined ? value : holdScalar(value, cell, at);
}

/** Whether an empty cell means null. */
function isScalar(plan: ValuePlan): boolean {
  return plan.members === undefined && plan.elements === undefined;
}

function set(at: Place, index: number, cell: Cell): typeof nothing {
  at.row[index] = cell;
  at.written.count++;
  return nothing;
}

function holdElements(value: readonly Json[], required: boolean, elements: ChildPlan, at: Place): Rest {
  if (value.length === 0) return required && !elements.orBare ? nothing : value;
  for (let i = 0; i < value.length; i++) addRow(elements, i, value[i] ?? null, at);
  return nothing;
}

function addRow(child: ChildPlan, step: number | string, value: Json, at: Place): void {
  at.written.count++;
  const plan = child.rows();
  const { keys, frames } = keysBelow(plan, child.pointer, step, at);
  fill(plan, value, { ...at, row: newRow(plan, keys), keys, frames });
}

/**
 * The key of a child row: that of its parent and the step, or, in a recursive table, a pointer from the row above the
 * outermost.
 */
function keysBelow(
  plan: TablePlan,
  pointer: string,
  step: number | string,
  { keys, frames }: Pick<Place, 'keys' | 'frames'>,
): Pick<Place, 'keys' | 'frames'> {
  if (!plan.recursive && frames.length === 0) return { keys: [...keys, step], frames };
  const tail = below(pointer, step);
  const inside = frames.map((frame) => ({ ...frame, pointer: frame.pointer + tail }));
  if (!plan.recursive) return { keys: [...keys, step], frames: inside };
  const known = inside.find((frame) => frame.plan === plan);
  const frame = known ?? { plan, keys, pointer: tail };
  return { keys: [...frame.keys, frame.pointer], frames: known === undefined ? [...inside, frame] : inside };
}

function holdMembers(value: JsonObject, plan: ValuePlan, at: Place): Rest {
  const before = at.written.count;
  let rest: Record<string, Json> | undefined;
  for (const key of Object.keys(value)) {
    const property = plan.members?.get(key);
    // the key is an own property: nothing can be inherited here
    const inner = value[key] ?? null;
    if (property === undefined && plan.entries !== undefined) {
      addRow(plan.entries, key, inner, at);
      continue;
    }
    const left = property === undefined ? inner : hold(inner, property, at);
    if (left === nothing) continue;
    rest ??= {};
    Object.defineProperty(rest, key, { value: left, enumerable: true, configurable: true, writable: true });
  }
  if (rest !== undefined) return rest;
  return plan.required || at.written.count > before ? nothing : {};
}

function holdScalar(value: string | number | boolean, cell: CellPlan, at: Place): Rest {
  switch (cell.type) {
    case 'integer':
      return Number.isSafeInteger(value) ? set(at, cell.index, Number(value) + 0) : value;
    case 'number':
      return typeof value === 'number' ? set(at, cell.index, value + 0) : value;
    case 'boolean':
      return typeof value === 'boolean' ? set(at, cell.index, value) : value;
    case 'date':
      return typeof value === 'string' && isDay(value) ? set(at, cell.index, value) : value;
    case 'timestamp': {
      const utc = typeof value === 'string' ? shortestUtc(value) : undefined;
      if (utc === undefined) return value;
      set(at, cell.index, utc);
      return utc === value ? nothing : value;
    }
    default:
      return holdText(value, cell, at);
  }
}

/** A number or boolean in a text column is stored there as text, and as itself in the rest. */
function holdText(value: string | number | boolean, cell: CellPlan, at: Place): Rest {
  set(at, cell.index, String(value));
  if (typeof value !== 'string') return value;
  if (cell.edtf) {
    const bounds = parseEdtf(value);
    at.row[cell.index + 1] = bounds?.earliest ?? null;
    at.row[cell.index + 2] = bounds?.latest ?? null;
    at.row[cell.index + 3] = bounds?.precision ?? null;
    at.row[cell.index + 4] = bounds?.approximate ?? null;
    at.row[cell.index + 5] = bounds?.uncertain ?? null;
  }
  const { leadsTo } = cell;
  if (leadsTo !== undefined) at.row[leadsTo.index] = at.tableOf(leadsTo.tables, value) ?? null;
  return nothing;
}
