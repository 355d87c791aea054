import type { Cell, Table } from '../compile/model.ts';
import { count, escapeMarkdown, groupBy, list } from '../text.ts';
import { reserved } from '../vocabulary.ts';
import { changeLine, schemaLine, tally } from './describe.ts';
import { type Difference, type RecordChange, leastBump } from './difference.ts';
import { type Edition, type RecordName, recordKey } from './edition.ts';
import type { RowChange } from './rowChanges.ts';

/** A comment on a pull request holds at most 65,536 characters. */
const mostCharacters = 60_000;
const mostSamples = 3;
const mostFields = 8;
const mostReasons = 5;

/** The words at the edges of a span, and the field of the record that it supports. */
interface Edge {
  readonly field: string;
  readonly words: string;
}

/**
 * A difference as a reviewer wants to read it, in Markdown: counts and the least bump of the version, samples of each table with the edges of the evidence behind each
 * value, and everything else folded. What does not fit into a comment is counted.
 */
export function reviewReport(difference: Difference, after: Edition): string {
  const { schema, records } = difference;
  if (schema.length + records.length === 0) return '**No record and no table changes.**\n';
  const tables = groupBy(records, (record) => record.table);
  const edges = edgesOf(after);
  const least = leastBump(difference);
  const parts = [
    `**${records.length === 0 ? 'No record changes' : [...tables].map(([table, of]) => `${escapeMarkdown(table)}: ${tally(of)}`).join('; ')}.**\n\n`,
    least === undefined ? '' : `Least bump of the version: **${least.bump}** (${reasons(least.reasons)}).\n`,
    schema.length === 0
      ? ''
      : `\n### Tables and columns\n\n${schema
          .slice(0, mostFields * 2)
          .map((change) => `- ${escapeMarkdown(schemaLine(change))}\n`)
          .join('')}`,
    ...[...tables].map(([table, of]) => sampleOf(table, of, after, edges)),
  ];
  return fitted(
    parts.filter((part) => part !== ''),
    folded(difference, tables, after, edges),
  );
}

function reasons(all: readonly string[]): string {
  const shown = all.slice(0, mostReasons).map(escapeMarkdown);
  return list(all.length > mostReasons ? [...shown, `${all.length - mostReasons} more`] : shown);
}

function sampleOf(
  table: string,
  records: readonly RecordChange[],
  after: Edition,
  edges: ReadonlyMap<string, readonly Edge[]>,
): string {
  const samples = records.slice(0, mostSamples).map((record) => {
    const lines = linesOf(record, after, edges.get(recordKey(record)) ?? []);
    const more = lines.length > mostFields ? [`  - … ${lines.length - mostFields} more\n`] : [];
    return [
      `- **${escapeMarkdown(record.id)}** ${record.change}\n`,
      ...lines.slice(0, mostFields).map((line) => `  - ${line}\n`),
      ...more,
    ].join('');
  });
  const left = records.length - samples.length;
  return `\n### ${escapeMarkdown(table)}\n\n${samples.join('')}${left > 0 ? `- … and ${count(left, 'more record')} below\n` : ''}`;
}

/** What changed in a record, each with the edges of the spans that support it now. */
function linesOf(record: RecordChange, after: Edition, edges: readonly Edge[]): readonly string[] {
  if (record.change === 'removed') return [];
  const rows = record.rows.filter((row) => row.table !== reserved.provenance);
  return rows.flatMap((row) => {
    if (row.field === null) return rowLines(row, record, after, edges);
    if (isDerived(tableOf(row, after), row.field)) return [];
    return changeLine(row, record).map((line) => escapeMarkdown(line) + supportOf(row, after, edges));
  });
}

/** A row that came or went: of a new record's own row a line a value, of an element of a list one line. */
function rowLines(row: RowChange, record: RecordChange, after: Edition, edges: readonly Edge[]): readonly string[] {
  const table = tableOf(row, after);
  const values = row.new ?? row.old;
  if (table === undefined || typeof values !== 'object' || values === null || Array.isArray(values))
    return changeLine(row, record).map((line) => escapeMarkdown(line));
  const shown = Object.entries(values).flatMap(([field, value]) =>
    value === null || table.primaryKey.includes(field) || isDerived(table, field) ? [] : [{ field, value }],
  );
  if (row.table === record.table) {
    if (record.change !== 'added') return changeLine(row, record).map((line) => escapeMarkdown(line));
    return shown.map(
      ({ field, value }) =>
        `${escapeMarkdown(`${field}: ${short(JSON.stringify(value))}`)}${supportOf({ ...row, field }, after, edges)}`,
    );
  }
  const sign = record.change === 'added' ? '' : row.change === 'added' ? '+ ' : '− ';
  const name = row.table.startsWith(`${record.table}_`) ? row.table.slice(record.table.length + 1) : row.table;
  const written = shown.map(({ field, value }) =>
    field === 'value' ? JSON.stringify(value) : `${field} ${JSON.stringify(value)}`,
  );
  const element = `${sign}${name} ${JSON.stringify(row.row.slice(1))}: ${short(written.join(', '))}`;
  return [escapeMarkdown(element) + supportOf(row, after, edges)];
}

function tableOf({ table }: RowChange, after: Edition): Table | undefined {
  return after.tables.find((t) => t.name === table);
}

/** Whether a column follows from the one before it, as the bounds of an uncertain date do: both hold one property. */
function isDerived(table: Table | undefined, field: string | null): boolean {
  const column = table?.columns.find((c) => c.name === field);
  return column?.pointer !== undefined && table?.columns.find((c) => c.pointer === column.pointer) !== column;
}

const mostShown = 160;

function short(text: string): string {
  return text.length > mostShown ? `${text.slice(0, mostShown)}…` : text;
}

/** The edges of the spans behind a value. */
function supportOf(row: RowChange, after: Edition, edges: readonly Edge[]): string {
  const table = tableOf(row, after);
  const pointer = table === undefined ? undefined : pointerOf(table, row);
  if (pointer === undefined) return '';
  const words = edges.filter(({ field }) => covers(field, pointer) || covers(pointer, field)).map((edge) => edge.words);
  const [first, ...others] = [...new Set(words)];
  if (first === undefined) return '';
  return ` — evidence: ${escapeMarkdown(first)}${others.length === 0 ? '' : ` and ${count(others.length, 'more span')}`}`;
}

/** The JSON Pointer in the record of the value that a change is about: that of its column, with the row's places in it. */
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

/** The edges of all spans, by record. */
function edgesOf({ rows, tables }: Edition): ReadonlyMap<string, readonly Edge[]> {
  const provenance = tables.find((table) => table.name === reserved.provenance);
  const spot = (name: string): number => provenance?.columns.findIndex((c) => c.name === name) ?? -1;
  const [table, id, field, source, begins, ends] = [
    'table_name',
    'record_id',
    'field',
    'source_id',
    'begins',
    'ends',
  ].map(spot);
  const found = new Map<string, Edge[]>();
  for (const row of rows.get(reserved.provenance) ?? []) {
    const text = (i: number | undefined): string => String(row[i ?? -1] ?? '');
    const name: RecordName = { table: text(table), id: text(id) };
    const known = found.get(recordKey(name)) ?? [];
    const words = `${text(begins)} … ${text(ends)}`.replace(/^[“”"„«]+|[“”"„»]+$/g, '');
    known.push({ field: text(field), words: `${text(source)}: “${words}”` });
    found.set(recordKey(name), known);
  }
  return found;
}

/** A part of the fold: what names it, and the same with all that it says. */
interface Section {
  readonly name: string;
  readonly whole: string;
}

/** Every change, a section a record. */
function folded(
  difference: Difference,
  tables: ReadonlyMap<string, readonly RecordChange[]>,
  after: Edition,
  edges: ReadonlyMap<string, readonly Edge[]>,
): readonly Section[] {
  const always = (text: string): Section => ({ name: text, whole: text });
  const sections = difference.schema
    .slice(mostFields * 2)
    .map((change) => always(`- ${escapeMarkdown(schemaLine(change))}\n`));
  for (const [table, records] of tables) {
    sections.push(always(`\n**${escapeMarkdown(table)}**\n\n`));
    for (const record of records) {
      const lines =
        record.change === 'changed' || record.change === 'withdrawn'
          ? record.rows.flatMap((row) => changeLine(row, record)).map(escapeMarkdown)
          : linesOf(record, after, edges.get(recordKey(record)) ?? []);
      const name = `- ${escapeMarkdown(record.id)} ${record.change}\n`;
      sections.push({ name, whole: name + lines.map((line) => `  - ${line}\n`).join('') });
    }
  }
  return sections;
}

const opening = '\n<details>\n<summary>Every change</summary>\n\n';
const closing = '\n</details>\n';

/** As much as fits: the parts that stand open, then in the fold the name of every record, then all that it says. What is left out is counted. */
function fitted(open: readonly string[], sections: readonly Section[]): string {
  let text = '';
  const room = mostCharacters - opening.length - closing.length - 200;
  let left = 0;
  for (const part of open) {
    if (text.length + part.length <= room) text += part;
    else left++;
  }
  let used = text.length;
  const named: Section[] = [];
  for (const section of sections) {
    if (used + section.name.length > room) break;
    used += section.name.length;
    named.push(section);
  }
  const fold = named.map(({ name, whole }) => {
    const more = whole.length - name.length;
    if (used + more > room) {
      left++;
      return name;
    }
    used += more;
    return whole;
  });
  const untold = sections.length - named.length + left;
  const told =
    untold === 0 ? '' : `\n… and ${count(untold, 'part')} more than a comment holds; \`npm run -s diff\` shows all.\n`;
  return sections.length === 0 ? text + told : `${text}${opening}${fold.join('')}${told}${closing}`;
}
