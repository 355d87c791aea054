import { type Json, type JsonObject, below, defined, unlessEmpty } from '../json/json.ts';
import { spanFields } from '../schema/extensions.ts';
import type { ColumnType } from './model.ts';
import type { ChildPlan, RecordPlan, TablePlan, ValuePlan } from './recordPlan.ts';

/** The file of a release that holds the validated records of a table, one on each line. */
export function recordsFile(table: string): string {
  return `records/${table}.ndjson`;
}

/** How the columns of a type store a value; uncertain dates are texts. */
const kinds: Readonly<Record<ColumnType, string>> = {
  string: 'text',
  integer: 'integer',
  number: 'number',
  boolean: 'boolean',
  date: 'date',
  timestamp: 'timestamp',
  json: 'json',
};

/**
 * How to read records back from tables: the content of `mapping.json`, which MAPPING.md explains.
 * @param present tables of the release; a part of a record whose table is missing holds nothing
 */
export function mappingOf(plans: Iterable<RecordPlan>, present: ReadonlySet<string>): JsonObject {
  const all = [...plans].filter(({ root }) => present.has(root.table.name));
  return {
    format: 1,
    records: all.map(recordMapping),
    tables: all.flatMap((plan) =>
      plan.tables.filter(({ table }) => present.has(table.name)).map((table) => tableMapping(table, plan, present)),
    ),
  };
}

function recordMapping({ root, type, spans, kept }: RecordPlan): JsonObject {
  const { name: table } = root.table;
  const list = spans.find((pointer) => [...kept].some((name) => below('', name) === pointer));
  const elsewhere = new Set([...spans, below('', type.withdrawal ?? '')]);
  return defined({
    table,
    file: recordsFile(table),
    schema: type.location.replace(/^schema:\//, 'schema/').replace(/#$/, ''),
    key: keyOfRecord(root, type.key),
    spans: list === undefined ? undefined : { pointer: list, fields: [...spanFields] },
    left_out: unlessEmpty([...kept].filter((member) => !elsewhere.has(below('', member)))),
  });
}

/** The columns that hold the key of a record. */
function keyOfRecord({ table, keys, value }: TablePlan, key: string | undefined): readonly string[] {
  if (key === undefined) return table.columns.slice(0, keys).map(({ name }) => name);
  const cell = value.members?.get(key)?.cell;
  const name = cell === undefined ? undefined : table.columns[cell.index]?.name;
  return name === undefined ? [] : [name];
}

function tableMapping(plan: TablePlan, record: RecordPlan, present: ReadonlySet<string>): JsonObject {
  const { table, keys, rest, recursive, value, pointer } = plan;
  const isRoot = plan === record.root;
  return defined({
    name: table.name,
    record: record.root.table.name,
    pointer,
    key: isRoot ? keyOfRecord(plan, record.type.key) : table.columns.slice(0, keys).map(({ name }) => name),
    recursive: recursive ? true : undefined,
    rest: rest === undefined ? undefined : table.columns[rest]?.name,
    derived: unlessEmpty(derivedColumns(plan)),
    value: valueMapping(value, plan, pointer, present) ?? {},
  });
}

/** The columns of a row that hold no part of a record, because they are derived from others. */
function derivedColumns({ table, keys, rest, value }: TablePlan): readonly string[] {
  const held = new Set(cellsIn(value));
  return table.columns.flatMap(({ name }, i) => (i < keys || i === rest || held.has(i) ? [] : [name]));
}

function* cellsIn({ cell, members }: ValuePlan): Generator<number> {
  if (cell !== undefined) yield cell.index;
  for (const inner of members?.values() ?? []) yield* cellsIn(inner);
}

/** Undefined for a value that no column, table or rule describes. */
function valueMapping(
  plan: ValuePlan,
  row: TablePlan,
  pointer: string,
  present: ReadonlySet<string>,
): JsonObject | undefined {
  const { cell, elements, entries, members } = plan;
  const column = cell === undefined ? undefined : row.table.columns[cell.index];
  const inside = [...(members ?? [])].flatMap(([name, inner]) => {
    const mapped = valueMapping(inner, row, below(pointer, name), present);
    return mapped === undefined ? [] : [{ name, ...mapped }];
  });
  const mapped = defined({
    column: column?.name,
    kind: column === undefined ? undefined : kinds[column.type],
    list: tableOf(elements, present),
    alone: elements?.orBare === true ? true : undefined,
    map: tableOf(entries, present),
    members: members === undefined ? undefined : inside,
    empty: emptyValue(plan, column?.nullable === true),
  });
  const saysNothing = mapped['empty'] === undefined && inside.length === 0;
  const holdsNothing = column === undefined && mapped['list'] === undefined && mapped['map'] === undefined;
  return saysNothing && holdsNothing ? undefined : { pointer, ...mapped };
}

function tableOf(child: ChildPlan | undefined, present: ReadonlySet<string>): string | undefined {
  const name = child?.rows().table.name;
  return name !== undefined && present.has(name) ? name : undefined;
}

/** The value if nothing of it is stored; undefined if it is then missing. */
function emptyValue({ required, cell, elements, members }: ValuePlan, nullable: boolean): Json | undefined {
  if (!required) return undefined;
  if (elements !== undefined) return [];
  if (members !== undefined) return {};
  return nullable && cell?.type !== 'json' ? null : undefined;
}
