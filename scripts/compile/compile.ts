import { isDay } from '../base/dateTime.ts';
import { type Json, isArray, isObject, member, resolvePointer } from '../json/json.ts';
import { toSpan, toWithdrawal } from '../schema/extensionValues.ts';
import { type RecordType, referredFirst, targetsOf } from '../schema/recordTypes.ts';
import { compareText } from '../base/text.ts';
import { type Withdrawal, reserved } from '../schema/extensions.ts';
import { type Batch, type Column, type Row, type Table, column } from './model.ts';
import { collecting, inBatches } from './batches.ts';
import { planRecords } from './plan.ts';
import { tableColumn } from './planCells.ts';
import type { RecordPlan, TablePlan } from './recordPlan.ts';
import { type Names, fold, tableFileName } from './names.ts';
import { type TableOf, emitRecord, keyCell } from './rows.ts';
import { useOf } from './use.ts';

/** A record to compile, with its place for records without an identifier: the file, and the index in it from 0. */
export interface PlacedRecord {
  readonly type: RecordType;
  readonly value: Json;
  readonly file: string;
  readonly index: number;
  /** The value in canonical print on one line, if that is known. */
  readonly print?: string | undefined;
}

export interface Compilation {
  /** All tables, parents first; the toolkit's own last. */
  readonly tables: readonly Table[];
  /** Record types in the order for compiling their records: those that others refer to first. */
  readonly order: readonly RecordType[];
  /** How the records of each type become rows, by the type's name. */
  readonly plans: ReadonlyMap<string, RecordPlan>;
  /**
   * The rows of records, in batches. Rows of a table come in the order of the records. An undefined record has no rows;
   * many of them give a batch without rows, so that the caller never waits long. The batches of a part that was
   * compiled elsewhere are passed on. `tableOf` takes and returns names of record types; it is called for references
   * that can point to several.
   */
  readonly rows: <B extends Named = never>(
    records: Iterable<PlacedRecord | CompiledPart<B> | undefined>,
    tableOf: TableOf,
  ) => Generator<Batch | B>;
}

/** Rows of a table, in any form. */
interface Named {
  readonly table: string;
}

/** Successive records that have been compiled: rows of their tables, in order. */
export interface CompiledPart<B extends Named> {
  readonly batches: readonly B[];
}

/** How many records without rows pass before a batch without rows. */
const mostPassedOver = 64;

/**
 * Whether the schemas are the project's own, what validate rejects, and SHA-256 in hexadecimal for names that are too
 * long.
 */
export interface CompileOptions extends Pick<Names, 'own' | 'enforced' | 'digest'> {
  /** The records of a type, valid or not: used if a schema allows so much that only what they use is planned. */
  readonly recordsOf: (type: RecordType) => Iterable<Json>;
}

/** Compiles record types into tables, and records into rows. Pure: equal schemas and records give equal tables. */
export function compile(types: readonly RecordType[], options: CompileOptions): Compilation {
  const roots = new Set(types.map(({ name }) => fold(tableFileName(name, name, options.digest))));
  const names: Names = { ...options, roots, tables: new Set(Object.values<string>(reserved)) };
  const order = referredFirst(types);
  const plans = new Map(order.map((type) => [type.name, planOf(type, names, options)]));
  const hasSpans = [...plans.values()].some((plan) => plan.spans.length > 0);
  const planned = [...plans.values()].flatMap((plan) => plan.tables.map((t) => linked(t.table, plan.type, plans)));

  const spans = hasSpans ? provenanceTable(plans) : undefined;
  const hasCodes = [...planned, ...(spans === undefined ? [] : [spans])].some((table) =>
    table.columns.some((c) => c.codes !== undefined),
  );
  const own = [
    ...(spans === undefined ? [] : [spans]),
    ...(types.some((type) => type.withdrawal !== undefined) ? [withdrawnTable(options.enforced)] : []),
    ...(hasCodes ? [{ ...codeListTable, optional: !options.own }] : []),
  ];
  return {
    tables: [...planned, ...own],
    order,
    plans,
    rows: (records, tableOf) => {
      const named: TableOf = (among, id) => plans.get(tableOf(among, id) ?? '')?.root.table.name;
      return rowsOf(records, plans, { planned, spans }, named);
    },
  };
}

/** The rows of records in batches, and those of the tables that need all records. */
function* rowsOf<B extends Named>(
  records: Iterable<PlacedRecord | CompiledPart<B> | undefined>,
  plans: ReadonlyMap<string, RecordPlan>,
  { planned, spans }: { readonly planned: readonly Table[]; readonly spans: Table | undefined },
  tableOf: TableOf,
): Generator<Batch | B> {
  const collected = collecting(planned);
  const withdrawn: Row[] = [];
  const present = new Set(planned.filter((table) => !table.optional).map((table) => table.name));
  const sourceTables = sourcesOf(plans);
  let passedOver = 0;
  for (const record of records) {
    if (record === undefined) {
      if (++passedOver % mostPassedOver === 0) yield { table: '', rows: [] };
      continue;
    }
    if ('batches' in record) {
      yield* collected.flush();
      for (const { table } of record.batches) present.add(table);
      yield* record.batches;
      continue;
    }
    const plan = plans.get(record.type.name);
    if (plan === undefined) continue;
    const id = recordId(plan, record);
    const gone = withdrawnRow(plan, record.value, id);
    if (gone !== undefined) {
      withdrawn.push(gone);
      continue;
    }
    const sink = (to: TablePlan, row: Row): void => {
      collected.add(to.table.name, row);
      present.add(to.table.name);
    };
    emitRecord(plan, record.value, [record.file, record.index], { sink, tableOf });
    for (const row of provenanceRows(plan, record.value, id, sourceTables, tableOf))
      collected.add(reserved.provenance, row);
    if (collected.isFull()) yield* collected.flush();
  }
  yield* collected.flush();
  yield* inBatches(reserved.withdrawn, withdrawn.toSorted(byKey));
  const shown = planned.filter((table) => present.has(table.name));
  const lists = codeLists(spans === undefined ? shown : [...shown, spans]);
  yield* inBatches(reserved.codeLists, lists);
}

function planOf(type: RecordType, names: Names, { recordsOf }: CompileOptions): RecordPlan {
  const plan = planRecords(type, names) ?? planRecords(type, names, useOf(recordsOf(type), type.shape));
  if (plan === undefined) throw new Error(`no plan for ${type.name}`);
  return plan;
}

/** By table and identifier, which are the first two cells. */
function byKey(a: Row, b: Row): number {
  return compareText(String(a[0]), String(b[0])) || compareText(String(a[1]), String(b[1]));
}

function reaches(from: string, to: string, plans: ReadonlyMap<string, RecordPlan>, seen = new Set<string>()): boolean {
  if (from === to) return true;
  if (seen.has(from)) return false;
  seen.add(from);
  const plan = plans.get(from);
  return plan !== undefined && targetsOf(plan.type).some((next) => reaches(next, to, plans, seen));
}

/** The table with the foreign keys that a database can hold: those with a single target, and without cycles. */
function linked(table: Table, type: RecordType, plans: ReadonlyMap<string, RecordPlan>): Table {
  const foreignKeys = table.foreignKeys.flatMap((fk) => {
    if (fk.tableColumns.length > 0) return [fk];
    const key = plans.get(fk.table)?.type.key;
    return key === undefined || reaches(fk.table, type.name, plans) ? [] : [{ ...fk, tableColumns: [key] }];
  });
  return { ...table, foreignKeys, columns: table.columns.map((c) => withTargets(c, plans)) };
}

/** A column that names the table of a record, with names of tables instead of those of record types. */
function withTargets(planned: Column, plans: ReadonlyMap<string, RecordPlan>): Column {
  const { tableFor } = planned;
  if (tableFor === undefined) return planned;
  const targets = tableFor.targets.flatMap(({ table }) => plans.get(table) ?? []);
  return {
    ...planned,
    codes: targets.map(({ root: { table } }) => ({ code: table.name, description: table.title ?? table.description })),
    tableFor: {
      column: tableFor.column,
      targets: targets.flatMap(({ root: { table }, type: { key } }) =>
        key === undefined ? [] : [{ table: table.name, column: key }],
      ),
    },
  };
}

/** The tables of the sources that spans refer to. */
function sourcesOf(plans: ReadonlyMap<string, RecordPlan>): readonly string[] {
  return [...new Set([...plans.values()].flatMap((plan) => plan.sources))];
}

const spanColumns: readonly Column[] = [
  column('span_start', 'integer', {
    title: 'Start',
    description: 'Offset of the span’s first character in the document’s file, in Unicode code points from 0.',
  }),
  column('span_end', 'integer', {
    title: 'End',
    description: 'Offset after the span’s last character, in Unicode code points.',
  }),
  column('span_sha256', 'string', {
    title: 'Digest',
    description: 'SHA-256 of the span’s UTF-8 bytes, in lower-case hexadecimal.',
  }),
  column('begins', 'string', { title: 'Begins', description: 'First words of the span.' }),
  column('ends', 'string', { title: 'Ends', description: 'Last words of the span.' }),
];

function provenanceTable(plans: ReadonlyMap<string, RecordPlan>): Table {
  const sources = sourcesOf(plans);
  const [source] = sources;
  const key = sources.length === 1 && source !== undefined ? plans.get(source)?.type.key : undefined;
  const sourceColumn = column('source_id', 'string', {
    title: 'Source',
    description: 'Identifier of the source document.',
    references: sources,
  });
  return {
    name: reserved.provenance,
    title: 'Provenance',
    description:
      'A row for each record, field and span of a source document that supports it: from any cell to the ' +
      'characters that support it.',
    columns: [
      column('table_name', 'string', {
        title: 'Table',
        description: 'Table of the record, without the path of a child table.',
      }),
      column('record_id', 'string', {
        title: 'Record',
        description: 'Identifier of the record.',
        tableColumn: 'table_name',
      }),
      column('field', 'string', {
        title: 'Field',
        description: 'JSON Pointer (RFC 6901) of the field in the record; it includes everything below it.',
      }),
      sourceColumn,
      ...spanColumns,
      ...(sources.length > 1 ? [withTargets(tableColumn(sourceColumn.name, sourceColumn), plans)] : []),
    ],
    primaryKey: ['table_name', 'record_id', 'field', 'source_id', 'span_start', 'span_end'],
    optional: false,
    foreignKeys:
      source !== undefined && key !== undefined ? [{ columns: ['source_id'], table: source, tableColumns: [key] }] : [],
  };
}

/** The identifier of a record in the toolkit's own tables: its key, else its file and the index in it. */
function recordId({ type }: RecordPlan, { value, file, index }: PlacedRecord): string {
  return type.key === undefined ? `${file} ${index}` : String(keyCell(value, type.key));
}

function provenanceRows(
  plan: RecordPlan,
  record: Json,
  id: string,
  sources: readonly string[],
  tableOf: TableOf,
): Row[] {
  const rows: Row[] = [];
  for (const pointer of plan.spans) {
    const spans = resolvePointer(record, pointer);
    for (const value of isArray(spans) ? spans : []) {
      const span = toSpan(value);
      for (const field of span?.supports ?? []) {
        if (span !== undefined)
          rows.push([
            plan.type.name,
            id,
            field,
            span.source,
            span.start,
            span.end,
            span.sha256,
            span.begins,
            span.ends,
            ...(sources.length > 1 ? [tableOf(sources, span.source) ?? null] : []),
          ]);
      }
    }
  }
  return rows;
}

const withdrawnTable = (enforced: boolean): Table => ({
  name: reserved.withdrawn,
  title: 'Withdrawn records',
  description: 'Withdrawn records, with the reason. They are in no other table; their identifiers are not used again.',
  columns: [
    column('table_name', 'string', { title: 'Table', description: 'Table that held the record.' }),
    column('record_id', 'string', { title: 'Record', description: 'Identifier of the record.' }),
    column('date', 'date', { nullable: !enforced, title: 'Date', description: 'When it was withdrawn.' }),
    column('reason', 'string', { title: 'Reason', description: 'Why it was withdrawn.' }),
    column('replaced_by', 'string', {
      nullable: true,
      title: 'Replaced by',
      description: 'Identifier of the record of the same table that replaces it, if one does.',
    }),
  ],
  primaryKey: ['table_name', 'record_id'],
  foreignKeys: [],
  optional: false,
});

/** Whether a record is in `withdrawn` and in no table of records. */
export function isWithdrawn({ type, value }: Pick<PlacedRecord, 'type' | 'value'>): boolean {
  return withdrawalIn(type, value) !== undefined;
}

function withdrawalIn({ withdrawal }: RecordType, value: Json): Withdrawal | undefined {
  return withdrawal === undefined || !isObject(value) ? undefined : toWithdrawal(member(value, withdrawal));
}

/** The row of a withdrawn record; undefined for one that is not withdrawn. */
function withdrawnRow({ type }: RecordPlan, record: Json, id: string): Row | undefined {
  const withdrawal = withdrawalIn(type, record);
  if (withdrawal === undefined) return undefined;
  const date = isDay(withdrawal.date) ? withdrawal.date : null;
  return [type.name, id, date, withdrawal.reason, withdrawal.replacedBy ?? null];
}

const codeListTable: Table = {
  name: reserved.codeLists,
  title: 'Code lists',
  description: 'Every code that a column allows, and what it means.',
  columns: [
    column('table_name', 'string', { title: 'Table', description: 'Table of the column.' }),
    column('column_name', 'string', { title: 'Column', description: 'Column that holds the code.' }),
    column('code', 'string', { title: 'Code', description: 'The code.' }),
    column('description', 'string', { title: 'Description', description: 'What the code means.', nullable: true }),
  ],
  primaryKey: ['table_name', 'column_name', 'code'],
  foreignKeys: [],
  optional: false,
};

/** The rows of the table of code lists, for the tables of the release. */
export function codeLists(tables: readonly Table[]): readonly Row[] {
  return tables.flatMap((table) =>
    table.columns.flatMap((c) =>
      (c.codes ?? []).map(({ code, description }): Row => [table.name, c.name, code, description ?? null]),
    ),
  );
}
