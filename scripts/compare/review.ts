import type { Line, RecordReport, Report, TableReport, Texts } from '../comment/render.mjs';
import type { Cell, Table } from '../compile/model.ts';
import { isObject } from '../json/json.ts';
import { groupBy, printable } from '../base/text.ts';
import { reserved } from '../schema/extensions.ts';
import { type CitedSpan, type Edge, cut, edgesOf, mostOfValue, quoteOf, wordsIn } from './edges.ts';
import type { Outlier } from './outliers.ts';
import { changeLine, schemaLine } from './describe.ts';
import { type Difference, type RecordChange, leastBump } from './difference.ts';
import { type Edition, recordKey } from './edition.ts';
import type { RowChange } from './rowChanges.ts';

/** A comment never shows more characters than this, so a report never holds more of names, or of what is below them. */
const mostCharacters = 60_000;
const mostOfName = 100;
const mostReasons = 5;
const mostSources = 5;
const mostSchemaChanges = 200;
const mostTables = 200;
const mostOutliers = 50;
const mostBroken = 50;
const mostAlike = 50;
/** How many spans are quoted after a value. */
const mostSpans = 2;

/** The spans of each record before and after, by record. */
interface Evidence {
  readonly before: ReadonlyMap<string, readonly Edge[]>;
  readonly after: ReadonlyMap<string, readonly Edge[]>;
}

/**
 * What the difference does not show: deleted records, sources that nobody compared, broken references, outliers,
 * records that look alike.
 */
export interface Findings {
  readonly deleted: number;
  readonly unseen: readonly string[];
  readonly outliers: readonly Outlier[];
  /** References to records that do not exist. */
  readonly broken: readonly string[];
  /** New records that look like another one, each with what they share. */
  readonly alike: readonly string[];
  /** The words of a span if its text is available. */
  readonly wordsOf: (span: CitedSpan) => string | undefined;
}

/**
 * A difference for a reviewer, as `scripts/comment/report.schema.json` describes it: counts, the minimum version bump,
 * and each record with its changes and the edges of the evidence for them. Its size is limited.
 */
export function reviewReport(
  difference: Difference,
  before: Edition,
  after: Edition,
  { deleted, unseen, broken, outliers, alike, wordsOf }: Findings,
): Report {
  const least = leastBump(difference);
  const names = createBudget();
  const schema = textsOf(difference.schema.map(schemaLine), mostSchemaChanges, names);
  const tables = [...groupBy(difference.records, (record) => record.table)];
  const evidence = { before: edgesOf(before, wordsOf), after: edgesOf(after, wordsOf) };
  return {
    format: '1',
    deleted,
    unseen: textsOf(
      unseen.map((id) => cut(id, mostOfName)),
      mostSources,
    ),
    ...(least === undefined ? {} : { bump: { least: least.bump, reasons: textsOf(least.reasons, mostReasons) } }),
    schema,
    ...(broken.length === 0 ? {} : { broken: textsOf(broken, mostBroken, names) }),
    ...(outliers.length === 0 ? {} : { outliers: textsOf(outliers.map(outlierLine), mostOutliers, names) }),
    ...(alike.length === 0 ? {} : { alike: textsOf(alike, mostAlike, names) }),
    tables: tablesOf(tables.slice(0, mostTables), after, evidence, names),
    more_tables: Math.max(0, tables.length - mostTables),
  };
}

/** `crossings/monday cars: 4000; the others are 3 to 60`. */
function outlierLine({ record, table, column, value, others: [least, greatest] }: Outlier): string {
  const child = table === record.table ? '' : `${table} `;
  const all =
    least === greatest ? `all others are ${String(least)}` : `the others are ${String(least)} to ${String(greatest)}`;
  return cut(`${record.table}/${record.id} ${child}${column}: ${String(value)}; ${all}`);
}

function tablesOf(
  tables: readonly (readonly [string, readonly RecordChange[]])[],
  after: Edition,
  evidence: Evidence,
  names: Budget,
): readonly TableReport[] {
  const details = createBudget();
  return tables.map(([table, records]) => ({
    name: cut(table, mostOfName),
    counts: countsOf(records),
    records: records
      .map((record) => ({ record, moved: movedEvidence(record, evidence) }))
      // changed evidence comes first, since readers look at the first records
      .toSorted((a, b) => Number(b.moved.length > 0) - Number(a.moved.length > 0))
      .filter(({ record }) => names.takes(cut(record.id)))
      .map(({ record, moved }) => {
        const edges = evidence.after.get(recordKey(record)) ?? [];
        const unseen = edges.some(({ seen }) => !seen);
        return {
          ...recordOf(record, [...moved, ...linesOf(record, after, edges)], details),
          ...(unseen ? { unseen: 1 } : {}),
        };
      }),
  }));
}

/** A record with as many of its lines as fit. */
function recordOf({ id, change }: RecordChange, lines: readonly Line[], details: Budget): RecordReport {
  const shown = lines.filter(({ text, evidence = '' }) => details.takes(text + evidence));
  return { id: cut(id), change, lines: shown, more: lines.length - shown.length };
}

function countsOf(records: readonly RecordChange[]): TableReport['counts'] {
  const groups = groupBy(records, (record) => record.change);
  return [...groups].map(([change, of]) => ({ change, records: of.length }));
}

function textsOf(all: readonly string[], most: number, budget?: Budget): Texts {
  const cutTexts = all.slice(0, most).map((text) => cut(text));
  const shown = cutTexts.filter((text) => budget?.takes(text) ?? true);
  return { shown, more: all.length - shown.length };
}

/** The least that a text needs besides itself in a comment: `- ` and the code span. Characters. */
const markup = 8;

interface Budget {
  /** Whether a text fits; if so, its room is used up. */
  readonly takes: (text: string) => boolean;
}

function createBudget(): Budget {
  let left = mostCharacters;
  return {
    takes(text) {
      // cheap once there is no room left
      if (text.length > left) return false;
      const size = printable(JSON.stringify(text)).length + markup;
      if (size > left) return false;
      left -= size;
      return true;
    },
  };
}

/** What changed in a record, each line with the edges of the spans that support it now. */
function linesOf(record: RecordChange, after: Edition, edges: readonly Edge[]): readonly Line[] {
  if (record.change === 'removed') return [];
  return record.rows.flatMap((row) => {
    if (row.table === reserved.provenance || row.change === 'withdrawn') return [];
    if (row.field === null) return rowLines(row, record, after, edges);
    if (isDerived(tableOf(row, after), row.field)) return [];
    return changeLine(row, record).map((text) => lineOf(text, row, after, edges));
  });
}

/**
 * A row that was added or removed: one line for each value of a new record's own row, one line for an element of a
 * list.
 */
function rowLines(row: RowChange, record: RecordChange, after: Edition, edges: readonly Edge[]): readonly Line[] {
  const table = tableOf(row, after);
  const values = row.new ?? row.old;
  if (table === undefined || !isObject(values)) return changeLine(row, record).map((text) => ({ text: cut(text) }));
  const shown = Object.entries(values).flatMap(([field, value]) =>
    value === null || table.primaryKey.includes(field) || isDerived(table, field) ? [] : [{ field, value }],
  );
  if (row.table === record.table) {
    if (record.change !== 'added') return changeLine(row, record).map((text) => ({ text: cut(text) }));
    return shown.map(({ field, value }) =>
      lineOf(`${field}: ${cut(JSON.stringify(value), mostOfValue)}`, { ...row, field }, after, edges),
    );
  }
  const sign = record.change === 'added' ? '' : row.change === 'added' ? '+ ' : '− ';
  const name = row.table.startsWith(`${record.table}_`) ? row.table.slice(record.table.length + 1) : row.table;
  const written = shown.map(({ field, value }) =>
    field === 'value' ? JSON.stringify(value) : `${field} ${JSON.stringify(value)}`,
  );
  const element = `${sign}${name} ${JSON.stringify(row.row.slice(1))}: ${cut(written.join(', '), mostOfValue)}`;
  return [lineOf(element, row, after, edges)];
}

function tableOf({ table }: RowChange, after: Edition): Table | undefined {
  return after.tables.find((t) => t.name === table);
}

/**
 * Whether a column is derived from the one before it, such as the bounds of an uncertain date: both have the same
 * property.
 */
function isDerived(table: Table | undefined, field: string | null): boolean {
  const column = table?.columns.find((c) => c.name === field);
  return column?.pointer !== undefined && table?.columns.find((c) => c.pointer === column.pointer) !== column;
}

/** A line with the edges of the spans that support its value. */
function lineOf(text: string, row: RowChange, after: Edition, edges: readonly Edge[]): Line {
  const table = tableOf(row, after);
  const pointer = table === undefined ? undefined : pointerOf(table, row);
  if (pointer === undefined) return { text: cut(text) };
  const behind = edges.filter(({ field }) => covers(field, pointer) || covers(pointer, field));
  const spans = [...new Map(behind.map((edge) => [quoteOf(edge), edge])).values()];
  if (spans.length === 0) return { text: cut(text) };
  const [shown, more] = [spans.slice(0, mostSpans), Math.max(0, spans.length - mostSpans)];
  const quotes = shown.map((edge, i) => (edge.source === shown[i - 1]?.source ? wordsIn(edge) : quoteOf(edge)));
  return { text: cut(text), evidence: cut(quotes.join(' and ')), ...(more === 0 ? {} : { more_spans: more }) };
}

/** The JSON Pointer in the record of the changed value: that of its column, with the row's positions in it. */
function pointerOf(table: Table, { field, row }: RowChange): string | undefined {
  const pattern =
    field === null
      ? table.columns.find((c) => c.pointer?.includes('*'))?.pointer?.replace(/(\*)[^*]*$/, '$1')
      : table.columns.find((c) => c.name === field)?.pointer;
  if (pattern === undefined) return undefined;
  const steps = pattern.split('/*');
  const places: readonly Cell[] = row.slice(row.length - (steps.length - 1));
  return steps.map((step, i) => (i === 0 ? step : `/${String(places[i - 1] ?? '')}${step}`)).join('');
}

function covers(outer: string, inner: string): boolean {
  return inner === outer || inner.startsWith(`${outer}/`);
}

/** A line for each field of a changed record whose evidence changed: the old words and the new. */
function movedEvidence(record: RecordChange, { before, after }: Evidence): readonly Line[] {
  if (record.change !== 'changed') return [];
  const key = recordKey(record);
  const [old, fresh] = [before.get(key) ?? [], after.get(key) ?? []];
  const fields = [...new Set([...old, ...fresh].map(({ field }) => field))];
  const moves = fields.flatMap((field): readonly (readonly [string, string])[] => {
    const [was, is] = [old, fresh].map((edges) => edges.filter((edge) => edge.field === field));
    const isSame = JSON.stringify(was) === JSON.stringify(is);
    return was === undefined || is === undefined || isSame ? [] : [[field, moveOf(was, is)]];
  });
  return [...groupBy(moves, ([, move]) => move)].map(([move, of]) => ({
    text: cut(`${of.map(([field]) => field).join(', ')}: ${move}`),
  }));
}

/** The words that support a field, before and after; with their sources if these differ. */
function moveOf(was: readonly Edge[], is: readonly Edge[]): string {
  const isOneSource = new Set([...was, ...is].map(({ source }) => source)).size === 1;
  const [before, after] = [was, is].map((edges) => {
    const words = edges.map((edge) => (isOneSource ? wordsIn(edge) : quoteOf(edge)));
    return words.length === 0 ? 'no evidence' : words.join(' and ');
  });
  return `${before} → ${after}`;
}
