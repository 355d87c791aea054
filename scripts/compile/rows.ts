import { isDay, shortestUtc } from '../base/dateTime.ts';
import { parseEdtf } from '../base/edtf.ts';
import { type Json, type JsonObject, below, isArray, isObject, member, parseJson } from '../json/json.ts';
import { Failure } from '../base/problem.ts';
import type { Cell } from './model.ts';
import type { CellPlan, ChildPlan, RecordPlan, TablePlan, ValuePlan } from './plan.ts';

/** Takes a row of a table; the row may still be filled until the record is done. */
export type Sink = (plan: TablePlan, row: Cell[]) => void;

/** Stands for a value of which columns and child rows hold everything. */
const nothing = Symbol('nothing');
type Rest = Json | typeof nothing;

/** A row being written, and how its children are keyed. */
interface Place {
  readonly row: Cell[];
  /** The cells that children of this row begin with. */
  readonly keys: readonly Cell[];
  /** Recursive tables that the row stands in: the key of the row above the outermost, and the pointer from there. */
  readonly frames: readonly Frame[];
  readonly sink: Sink;
  /** How many cells and child rows have been written for this record: tells whether a value left a trace. */
  readonly written: { count: number };
}

interface Frame {
  readonly plan: TablePlan;
  readonly keys: readonly Cell[];
  readonly pointer: string;
}

/** Gives the rows of a record to `sink`, parents before children. `at` is the key of a record without an identifier: its file and index. */
export function emitRecord(plan: RecordPlan, record: Json, at: readonly Cell[], sink: Sink): void {
  const { root, type, kept } = plan;
  const own = type.key === undefined ? at : [];
  const keys = type.key === undefined ? at : [keyCell(record, type.key)];
  const row = newRow(root, own);
  fill(root, isObject(record) ? withoutKept(record, kept) : record, {
    row,
    keys,
    frames: [],
    sink,
    written: { count: 0 },
  });
}

/** The identifier of a record, as it stands in the key columns. */
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

/** Writes what columns and child rows can hold of a value, and gives back what they cannot. */
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

/** Whether nothing written means null. */
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
  fill(plan, value, { row: newRow(plan, keys), keys, frames, sink: at.sink, written: at.written });
}

/** The key of a child row: that of its parent and the step, or, in a recursive table, a pointer from the row above the outermost. */
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
    const inner = member(value, key) ?? null;
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

/** A number or truth value in a column of texts stands there as text, and as itself in the rest. */
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
  return nothing;
}

/** The rows of a table whose first cells are the given key, in order. */
export type Children = (plan: TablePlan, keys: readonly Cell[]) => readonly (readonly Cell[])[];

type Reader = Pick<Place, 'keys' | 'frames'> & { readonly row: readonly Cell[]; readonly children: Children };

/** Reads a record again from its rows: the inverse of `emitRecord`. Key order and the spelling of numbers are not kept. */
export function decodeRecord(plan: RecordPlan, row: readonly Cell[], children: Children): Json {
  const { root, type } = plan;
  const key = root.table.columns.findIndex((c) => c.pointer === `/${type.key ?? ''}`);
  const keys = type.key === undefined ? row.slice(0, root.keys) : [row[key] ?? null];
  return decodeRow(root, { row, keys, frames: [], children });
}

function decodeRow(plan: TablePlan, from: Reader): Json {
  const text = plan.rest === undefined ? null : from.row[plan.rest];
  const rest: Rest = typeof text === 'string' ? parse(text) : nothing;
  const value = decode(plan.value, from, rest);
  return value === nothing ? null : value;
}

function parse(text: string): Json {
  const parsed = parseJson(text);
  return 'value' in parsed ? parsed.value : null;
}

function decode(plan: ValuePlan, from: Reader, rest: Rest): Rest {
  if (rest !== nothing && !(isObject(rest) && plan.members !== undefined)) return rest;
  const { cell, elements } = plan;
  const held = cell === undefined ? null : (from.row[cell.index] ?? null);
  if (cell !== undefined && held !== null) return cell.type === 'json' ? parse(String(held)) : held;
  if (elements !== undefined) return decodeElements(elements, plan.required, from);
  if (plan.members === undefined) return plan.required && cell?.type !== 'json' ? null : nothing;
  return decodeMembers(plan, plan.members, from, isRestObject(rest) ? rest : undefined);
}

function decodeElements(elements: ChildPlan, required: boolean, from: Reader): Rest {
  const rows = rowsBelow(elements, from);
  const [first] = rows;
  if (first === undefined) return required ? [] : nothing;
  const values = rows.map(({ step, value }) => ({ bare: elements.orBare && step === '-1', value }));
  return values[0]?.bare === true ? values[0].value : values.map(({ value }) => value);
}

function decodeMembers(
  plan: ValuePlan,
  members: ReadonlyMap<string, ValuePlan>,
  from: Reader,
  rest: JsonObject | undefined,
): Rest {
  const found: [string, Json][] = [];
  for (const [name, property] of members) {
    const value = decode(property, from, restOf(rest, name));
    if (value !== nothing) found.push([name, value]);
  }
  if (rest === undefined && !plan.required && !leavesTrace(plan, from)) return nothing;
  const entries = plan.entries === undefined ? [] : rowsBelow(plan.entries, from);
  const unnamed = Object.entries(rest ?? {}).filter(([key]) => !members.has(key));
  return Object.fromEntries([...found, ...entries.map(({ step, value }): [string, Json] => [step, value]), ...unnamed]);
}

/** The rows of a child table that belong to a row, with the step that leads to each. */
function rowsBelow(child: ChildPlan, from: Reader): readonly { readonly step: string; readonly value: Json }[] {
  const plan = child.rows();
  const frame = plan.recursive ? from.frames.find((f) => f.plan === plan) : undefined;
  const prefix = `${frame?.pointer ?? ''}${child.pointer}/`;
  const parent = frame?.keys ?? from.keys;
  return from.children(plan, parent).flatMap((row) => {
    const last = String(row[parent.length]);
    const escaped = plan.recursive ? (last.startsWith(prefix) ? last.slice(prefix.length) : undefined) : last;
    if (escaped === undefined || (plan.recursive && escaped.includes('/'))) return [];
    const step = plan.recursive ? escaped.replaceAll('~1', '/').replaceAll('~0', '~') : escaped;
    const { keys, frames } = keysBelow(plan, child.pointer, step, from);
    const exact = plan.recursive ? keys : [...parent, row[parent.length] ?? null];
    return [{ step, value: decodeRow(plan, { row, keys: exact, frames, children: from.children }) }];
  });
}

function isRestObject(rest: Rest): rest is JsonObject {
  return rest !== nothing && isObject(rest);
}

function restOf(rest: JsonObject | undefined, name: string): Rest {
  const inner = rest === undefined ? undefined : member(rest, name);
  return inner === undefined ? nothing : inner;
}

/** Whether a value has left a cell or a child row. */
function leavesTrace(plan: ValuePlan, from: Reader): boolean {
  if (plan.cell !== undefined && (from.row[plan.cell.index] ?? null) !== null) return true;
  if (plan.elements !== undefined && rowsBelow(plan.elements, from).length > 0) return true;
  if (plan.entries !== undefined && rowsBelow(plan.entries, from).length > 0) return true;
  return plan.members !== undefined && [...plan.members.values()].some((p) => leavesTrace(p, from));
}
