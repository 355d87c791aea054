import { codeSpan } from '../comment/codeSpan.mjs';
import type { Json } from '../json/json.ts';
import { count, groupBy, printable } from '../base/text.ts';
import { type Difference, type RecordChange, leastBump } from './difference.ts';
import type { RowChange } from './rowChanges.ts';
import type { SchemaChange } from './schemaChanges.ts';

/** A difference as plain text, as Markdown, or as one JSON object on each line. The text ends with a newline. */
export function describeDifference(difference: Difference, format: 'text' | 'json' | 'markdown'): string {
  if (format === 'json') return jsonLines(difference);
  return format === 'markdown' ? markdownOf(difference) : textOf(difference);
}

function jsonLines({ schema, rows }: Difference): string {
  const lines = [
    ...schema.map(({ bump, table, column, what }) => ({ kind: 'schema', bump, table, column: column ?? null, what })),
    ...rows.map(({ change, record, table, row, field, old, new: fresh }) => ({
      kind: 'row',
      change,
      record_table: record.table,
      record_id: record.id,
      table,
      row,
      field,
      old: old ?? null,
      new: fresh ?? null,
    })),
  ];
  return lines.map((line) => `${printable(JSON.stringify(line))}\n`).join('');
}

/** How headings for records and tables, and details below them, are printed. */
interface Style {
  readonly heading: (text: string) => readonly string[];
  readonly entry: (text: string) => string;
  readonly detail: (text: string) => string;
  /** Text from data. */
  readonly safe: (text: string) => string;
}

const plain: Style = {
  heading: (text) => [text],
  entry: (text) => `  ${text}`,
  detail: (text) => `    ${text}`,
  safe: printable,
};

const markdown: Style = {
  heading: (text) => ['', `### ${text}`, ''],
  entry: (text) => `- ${text}`,
  detail: (text) => `  - ${text}`,
  safe: codeSpan,
};

function textOf(difference: Difference): string {
  const lines = describe(difference, plain);
  return lines.length === 0 ? 'no difference\n' : `${lines.join('\n')}\n`;
}

function markdownOf(difference: Difference): string {
  const lines = describe(difference, markdown);
  return lines.length === 0 ? 'No difference.\n' : `${lines.join('\n').trim()}\n`;
}

function describe(difference: Difference, style: Style): readonly string[] {
  const { schema, records } = difference;
  const least = leastBump(difference);
  const tables = groupBy(records, (record) => record.table);
  return [
    ...(least === undefined ? [] : [`minimum version bump: ${least.bump}`]),
    ...(schema.length === 0
      ? []
      : [...style.heading('schema'), ...schema.map((change) => style.entry(style.safe(schemaLine(change))))]),
    ...[...tables].flatMap(([table, changes]) => [
      ...style.heading(`${style.safe(table)}: ${tally(changes)}`),
      ...changes.flatMap((record) => recordLines(record, style)),
    ]),
  ];
}

/** `crossings.kind: code ferry removed (major)`. */
export function schemaLine({ bump, table, column, what }: SchemaChange): string {
  return `${column === undefined ? table : `${table}.${column}`}: ${what} (${bump})`;
}

/** `2 records added, 1 record changed`. */
export function tally(records: readonly RecordChange[]): string {
  const groups = groupBy(records, (record) => record.change);
  return [...groups].map(([change, of]) => `${count(of.length, 'record')} ${change}`).join(', ');
}

function recordLines(record: RecordChange, style: Style): readonly string[] {
  const head = style.entry(`${style.safe(record.id)} ${record.change}`);
  if (record.change === 'added' || record.change === 'removed') return [head];
  const lines = record.rows.flatMap((row) => changeLine(row, record));
  return [head, ...lines.map((line) => style.detail(style.safe(line)))];
}

/** One change of a row in a line; none if it follows from the withdrawal of its record. */
export function changeLine(row: RowChange, record: RecordChange): readonly string[] {
  if (record.change === 'withdrawn' && (row.change === 'withdrawn' || row.field !== null)) return [];
  const where = row.table === record.table ? '' : `${row.table} ${JSON.stringify(row.row.slice(1))} `;
  if (row.field !== null) return [`${where}${row.field}: ${show(row.old)} → ${show(row.new)}`];
  return [`${where}${row.change === 'added' ? '+' : '−'} ${show(row.new ?? row.old)}`];
}

const mostShown = 300;

function show(value: Json | undefined): string {
  const text = value === undefined ? 'null' : JSON.stringify(value);
  return text.length > mostShown ? `${text.slice(0, mostShown)}…` : text;
}
