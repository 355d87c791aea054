import { parseEdtf } from '../edtf.ts';
import { type Json, type JsonObject, isArray, isObject, member, parseJson, textMember } from '../json/json.ts';
import { Failure } from '../problem.ts';
import { schemaLink } from '../vocabulary.ts';
import type { Cell } from './model.ts';
import type { CellPlan, RecordPlan, TablePlan, ValuePlan } from './plan.ts';
import { shortestUtc } from './timestamp.ts';

/** Takes a row of a table; the row may still be filled until the record is done. */
export type Sink = (plan: TablePlan, row: Cell[]) => void;

/** Stands for a value of which columns and child rows hold everything. */
const nothing = Symbol('nothing');
type Rest = Json | typeof nothing;

interface Place {
  readonly row: Cell[];
  /** The cells that children of this row begin with. */
  readonly keys: readonly Cell[];
  readonly sink: Sink;
  /** How many cells and child rows have been written for this record: tells whether a value left a trace. */
  readonly written: { count: number };
}

/** Gives the rows of a record to `sink`, parents before children. `place` is the key of a record without an identifier: its file and index. */
export function emitRecord(plan: RecordPlan, record: JsonObject, place: readonly Cell[], sink: Sink): void {
  const { root, type, spans } = plan;
  const row = newRow(root, type.key === undefined ? place : []);
  const keys = type.key === undefined ? place : [textMember(record, type.key)];
  fill(root, withoutOurs(record, spans), row, keys, sink, { count: 0 });
}

/** Spans and the link to the schema are kept elsewhere, or not at all. */
function withoutOurs(record: JsonObject, spans: readonly string[]): JsonObject {
  const ours = new Set([schemaLink, ...spans.map((pointer) => pointer.slice(1))]);
  return Object.keys(record).some((key) => ours.has(key))
    ? Object.fromEntries(Object.entries(record).filter(([key]) => !ours.has(key)))
    : record;
}

function newRow(plan: TablePlan, keys: readonly Cell[]): Cell[] {
  const row = Array.from<Cell>({ length: plan.table.columns.length }).fill(null);
  for (let i = 0; i < keys.length; i++) row[i] = keys[i] ?? null;
  return row;
}

function fill(
  plan: TablePlan,
  value: Json,
  row: Cell[],
  keys: readonly Cell[],
  sink: Sink,
  written: { count: number },
): void {
  sink(plan, row);
  const rest = hold(value, plan.value, { row, keys, sink, written });
  if (rest === nothing) return;
  if (plan.rest === undefined)
    throw new Failure(
      `table ${plan.table.name}, row ${keys.join(', ')}: its columns cannot hold ${JSON.stringify(rest).slice(0, 100)}`,
    );
  row[plan.rest] = JSON.stringify(rest);
}

/** Writes what columns and child rows can hold of a value, and gives back what they cannot. */
function hold(value: Json, plan: ValuePlan, place: Place): Rest {
  const { cell } = plan;
  if (cell?.type === 'json') return set(place, cell.index, JSON.stringify(value));
  if (value === null)
    return plan.required && plan.members === undefined && plan.elements === undefined ? nothing : null;
  if (isArray(value))
    return plan.elements === undefined ? value : holdElements(value, plan.required, plan.elements, place);
  if (isObject(value)) return plan.members === undefined ? value : holdMembers(value, plan, place);
  return cell === undefined ? value : holdScalar(value, cell, place);
}

function set(place: Place, index: number, cell: Cell): typeof nothing {
  place.row[index] = cell;
  place.written.count++;
  return nothing;
}

function holdElements(value: readonly Json[], required: boolean, elements: TablePlan, place: Place): Rest {
  if (value.length === 0) return required ? nothing : value;
  for (let i = 0; i < value.length; i++) {
    place.written.count++;
    const keys = [...place.keys, i];
    fill(elements, value[i] ?? null, newRow(elements, keys), keys, place.sink, place.written);
  }
  return nothing;
}

function holdMembers(value: JsonObject, plan: ValuePlan, place: Place): Rest {
  const before = place.written.count;
  let rest: Record<string, Json> | undefined;
  for (const key of Object.keys(value)) {
    const property = plan.members?.properties.get(key);
    const inner = member(value, key) ?? null;
    const left = property === undefined ? inner : hold(inner, property, place);
    if (left === nothing) continue;
    rest ??= {};
    Object.defineProperty(rest, key, { value: left, enumerable: true, configurable: true, writable: true });
  }
  if (rest !== undefined) return rest;
  return plan.required || place.written.count > before ? nothing : {};
}

function holdScalar(value: string | number | boolean, cell: CellPlan, place: Place): Rest {
  switch (cell.type) {
    case 'integer':
      return Number.isSafeInteger(value) ? set(place, cell.index, Number(value) + 0) : value;
    case 'number':
      return typeof value === 'number' ? set(place, cell.index, value + 0) : value;
    case 'boolean':
      return typeof value === 'boolean' ? set(place, cell.index, value) : value;
    case 'date':
      return typeof value === 'string' && isDay(value) ? set(place, cell.index, value) : value;
    case 'timestamp': {
      const utc = typeof value === 'string' ? shortestUtc(value) : undefined;
      if (utc === undefined) return value;
      set(place, cell.index, utc);
      return utc === value ? nothing : value;
    }
    default:
      return holdText(value, cell, place);
  }
}

/** A number or truth value in a column of texts stands there as text, and as itself in the rest. */
function holdText(value: string | number | boolean, cell: CellPlan, place: Place): Rest {
  set(place, cell.index, String(value));
  if (typeof value !== 'string') return value;
  if (cell.edtf) {
    const bounds = parseEdtf(value);
    place.row[cell.index + 1] = bounds?.earliest ?? null;
    place.row[cell.index + 2] = bounds?.latest ?? null;
    place.row[cell.index + 3] = bounds?.precision ?? null;
  }
  return nothing;
}

function isDay(text: string): boolean {
  return (
    text !== '' && /^\d{4}-\d\d-\d\d$/.test(text) && !text.startsWith('0000') && parseEdtf(text)?.precision === 'day'
  );
}

/** Reads a record again from its rows: the inverse of `emitRecord`. Key order and the spelling of numbers are not kept. */
export function decodeRecord(plan: RecordPlan, row: readonly Cell[], children: Children): JsonObject {
  const { root, type } = plan;
  const keys =
    type.key === undefined
      ? row.slice(0, root.keys)
      : [row[root.table.columns.findIndex((c) => c.name === type.key)] ?? null];
  const value = decodeRow(root, row, keys, children);
  return isObject(value) ? value : {};
}

/** The rows of a child table whose first cells are the given key, in order of position. */
export type Children = (plan: TablePlan, keys: readonly Cell[]) => readonly (readonly Cell[])[];

function decodeRow(plan: TablePlan, row: readonly Cell[], keys: readonly Cell[], children: Children): Json {
  const text = plan.rest === undefined ? null : row[plan.rest];
  const rest: Rest = typeof text === 'string' ? parse(text) : nothing;
  const value = decode(plan.value, row, keys, children, rest);
  return value === nothing ? null : value;
}

function parse(text: string): Json {
  const parsed = parseJson(text);
  return 'value' in parsed ? parsed.value : null;
}

function decode(plan: ValuePlan, row: readonly Cell[], keys: readonly Cell[], children: Children, rest: Rest): Rest {
  if (rest !== nothing && !(isObject(rest) && plan.members !== undefined)) return rest;
  const { cell, members, elements } = plan;
  const held = cell === undefined ? null : (row[cell.index] ?? null);
  if (cell !== undefined && held !== null) return cell.type === 'json' ? parse(String(held)) : held;
  if (elements !== undefined) {
    const rows = children(elements, keys);
    return rows.length > 0 || plan.required
      ? rows.map((r) => decodeRow(elements, r, [...keys, r[keys.length] ?? null], children))
      : nothing;
  }
  if (members === undefined) return plan.required && cell?.type !== 'json' ? null : nothing;
  const found: [string, Json][] = [];
  let trace = rest !== nothing || plan.required;
  for (const [name, property] of members.properties) {
    const inner = rest === nothing ? nothing : restOf(rest, name);
    const value = decode(property, row, keys, children, inner);
    if (value !== nothing) found.push([name, value]);
    trace ||= leavesTrace(property, row, keys, children);
  }
  if (!trace) return nothing;
  const unnamed = isRestObject(rest) ? Object.entries(rest).filter(([key]) => !members.properties.has(key)) : [];
  return Object.fromEntries([...found, ...unnamed]);
}

function isRestObject(rest: Rest): rest is JsonObject {
  return rest !== nothing && isObject(rest);
}

function restOf(rest: Json, name: string): Rest {
  const inner = isObject(rest) ? member(rest, name) : undefined;
  return inner === undefined ? nothing : inner;
}

/** Whether a value has left a cell or a child row. */
function leavesTrace(plan: ValuePlan, row: readonly Cell[], keys: readonly Cell[], children: Children): boolean {
  if (plan.cell !== undefined && (row[plan.cell.index] ?? null) !== null) return true;
  if (plan.elements !== undefined && children(plan.elements, keys).length > 0) return true;
  return (
    plan.members !== undefined && [...plan.members.properties.values()].some((p) => leavesTrace(p, row, keys, children))
  );
}
