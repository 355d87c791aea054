import type { DuckDBConnection } from '@duckdb/node-api';
import type { Documents } from '../read/documents.ts';
import type { Fault } from '../base/problem.ts';
import { checkText } from '../evidence/compare.ts';
import { type SourceDocument, reserved } from '../schema/extensions.ts';
import { count, quoted } from '../base/text.ts';
import { guarded, literal, unguarded } from '../engine/duckdb/sql.ts';
import type { DescribedTable } from './descriptor.ts';
import type { Add } from './findings.ts';
import { ask } from './ask.ts';
import { cellOf, mostTold, rowFindings, tellRows, textsOf } from './rows.ts';

interface EvidenceOptions {
  readonly documents: Documents;
  readonly requireSources: boolean;
}

/** The number of spans, and how many of them have no available source document. */
interface EvidenceSummary {
  readonly spans: number;
  readonly unchecked: number;
}

/** Two connections: while one streams rows, the other runs queries. */
export interface Connections {
  readonly connection: DuckDBConnection;
  readonly streaming: DuckDBConnection;
}

/**
 * Checks that each row of `provenance` refers to an existing row and an existing source, and, if the source documents
 * are available, checks each span against its text.
 */
export async function checkProvenance(
  connections: Connections,
  tables: ReadonlyMap<string, DescribedTable>,
  options: EvidenceOptions,
  add: Add,
): Promise<EvidenceSummary> {
  const { connection } = connections;
  const provenance = tables.get(reserved.provenance);
  const nothing = { spans: 0, unchecked: 0 };
  const has = (name: string): boolean => provenance?.table.columns.some((c) => c.name === name) === true;
  if (provenance === undefined || !columnsNeeded.every(has)) return nothing;
  await checkRecords(connection, provenance, tables, add);
  const sources = sourcesOf(provenance, tables);
  if (sources.length === 0) return nothing;
  await checkSources(connection, provenance, sources, add);
  let spans = 0;
  let unchecked = 0;
  for (const source of sources) {
    const found = await checkSpans(connections, provenance, source, options, add);
    spans += found.spans;
    unchecked += found.unchecked;
  }
  return { spans, unchecked };
}

const columnsNeeded = [
  'table_name',
  'record_id',
  'source_id',
  'span_start',
  'span_end',
  'span_sha256',
  'begins',
  'ends',
];

/** Every (table_name, record_id) is a row. */
async function checkRecords(
  connection: DuckDBConnection,
  provenance: DescribedTable,
  tables: ReadonlyMap<string, DescribedTable>,
  add: Add,
): Promise<void> {
  const cell = (name: string): string => cellOf(provenance, name);
  const named = await ask(connection, `SELECT DISTINCT ${cell('table_name')} FROM ${textsOf(provenance)} ORDER BY 1`);
  // each name costs a pass through the table; only a forged release has many missing ones
  const missing = named.filter(([name]) => !tables.has(String(name))).slice(mostTold);
  const [file = ''] = provenance.csv.paths;
  if (missing.length > 0)
    add(file, 'reference', `it names ${count(missing.length, 'more table')} that the release lacks`);
  const passedOver = new Set(missing.map(([name]) => name));
  for (const [name] of named.filter(([each]) => !passedOver.has(each))) {
    const target = tables.get(String(name));
    const [key, second] = target?.table.primaryKey ?? [];
    const here = `${cell('table_name')} = ${literal(String(name))}`;
    // a table without a key of its own is keyed by file and position, which provenance does not show
    const unknown =
      target === undefined || key === undefined
        ? here
        : second !== undefined
          ? 'false'
          : `${here} AND n IN (SELECT own.n FROM ${textsOf(provenance)} AS own ANTI JOIN ${textsOf(target)} ` +
            `AS other ON own.${cell('record_id')} = other.${cellOf(target, key)})`;
    await tellRows(connection, provenance, add, {
      breach: unknown,
      value: cell('record_id'),
      rule: 'reference',
      message: (id) => `no row of ${quoted(String(name))} is ${id}`,
    });
  }
}

/** A table whose rows are source documents: cells of key, file and digest, and of start and end if they exist. */
export interface SourceTable {
  readonly described: DescribedTable;
  readonly key: string;
  readonly file: string;
  readonly sha256: string;
  readonly start: string;
  readonly end: string;
}

/** The table that `source_id` refers to, else every table with columns for the file and digest of a document. */
export function sourcesOf(
  provenance: DescribedTable,
  tables: ReadonlyMap<string, DescribedTable>,
): readonly SourceTable[] {
  const foreign = provenance.table.foreignKeys.find((fk) => fk.columns.join() === 'source_id')?.table;
  return [...tables.values()].flatMap((described): SourceTable[] => {
    const { name, columns, primaryKey } = described.table;
    const [key, second] = primaryKey;
    if ((foreign !== undefined && name !== foreign) || key === undefined || second !== undefined) return [];
    const at = (pointer: string): string | undefined => {
      const index = columns.findIndex((c) => c.pointer === pointer);
      return index < 0 ? undefined : `c${index}`;
    };
    for (const { pointer } of columns) {
      if (pointer?.endsWith('/file') !== true) continue;
      const parent = pointer.slice(0, -'/file'.length);
      const [file, sha256] = [at(pointer), at(`${parent}/sha256`)];
      if (file === undefined || sha256 === undefined) continue;
      const [start = 'NULL', end = 'NULL'] = [at(`${parent}/start`), at(`${parent}/end`)];
      return [{ described, key: cellOf(described, key), file, sha256, start, end }];
    }
    return [];
  });
}

async function checkSources(
  connection: DuckDBConnection,
  provenance: DescribedTable,
  sources: readonly SourceTable[],
  add: Add,
): Promise<void> {
  const own = cellOf(provenance, 'source_id');
  const known = sources.map(({ described, key }) => `SELECT ${key} FROM ${textsOf(described)}`).join(' UNION ');
  await tellRows(connection, provenance, add, {
    breach: `${own} NOT IN (${known})`,
    value: own,
    rule: 'reference',
    message: (id) => `no source document is ${id}`,
  });
}

async function checkSpans(
  { connection, streaming }: Connections,
  provenance: DescribedTable,
  source: SourceTable,
  { documents, requireSources }: EvidenceOptions,
  add: Add,
): Promise<EvidenceSummary> {
  const cell = (name: string): string => `p.${cellOf(provenance, name)}`;
  const words = ['begins', 'ends'].map((name) => guarded(cell(name)));
  const span = [...['source_id', 'span_start', 'span_end', 'span_sha256'].map(cell), ...words];
  const document = [source.file, source.sha256, source.start, source.end].map((c) => (c === 'NULL' ? c : `s.${c}`));
  const result = await streaming.stream(
    `SELECT min(p.n), ${[...span, ...document].join(', ')}, s.n FROM ${textsOf(provenance)} AS p ` +
      `JOIN ${textsOf(source.described)} AS s ON s.${source.key} = ${cell('source_id')} GROUP BY ALL ORDER ` +
      `BY ${document[0]}, 1`,
  );
  const told = new Set<string>();
  const [inSources, inSpans] = [rowFindings(source.described), rowFindings(provenance)];
  let spans = 0;
  let unchecked = 0;
  for (let chunk = await result.fetchChunk(); chunk !== null && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
    for (const [n, ...values] of chunk.getRows()) {
      const [id = '', start = '', end = '', sha256 = '', begins = '', ends = '', file = '', digest = '', from, to, at] =
        values.map((v) => (v === null ? '' : String(v)));
      spans++;
      const text = documents(file);
      const once = (message: string): void => {
        if (!told.has(id)) inSources.add(Number(at), 'document', message);
        told.add(id);
      };
      if (text === undefined || text.sha256 !== digest) {
        unchecked++;
        if (text !== undefined) once(`${quoted(file)} has the digest ${text.sha256}: it is not the same document`);
        else if (requireSources) once(`the text of ${quoted(file)} is not available`);
        continue;
      }
      const found = { source: id, start: Number(start), end: Number(end), sha256, supports: [] };
      const known = { ...found, begins: unguarded(begins), ends: unguarded(ends) };
      const range = rangeOf({ file, sha256: digest }, from, to);
      for (const { rule, message } of faultsOf(known, range, text)) inSpans.add(Number(n), rule, message);
    }
  }
  for (const findings of [inSources, inSpans]) await findings.tell(connection, add);
  return { spans, unchecked };
}

/** A document, with the offsets of the part that is the source, if there are any. */
function rangeOf(document: SourceDocument, from = '', to = ''): SourceDocument {
  return from === '' || to === '' ? document : { ...document, start: Number(from), end: Number(to) };
}

function faultsOf(
  span: Parameters<typeof checkText>[0],
  document: SourceDocument,
  text: Parameters<typeof checkText>[2],
): readonly Pick<Fault, 'rule' | 'message'>[] {
  if (span.end <= span.start) return [{ rule: 'span-range', message: 'the span ends before it starts' }];
  if (span.start < (document.start ?? 0) || span.end > (document.end ?? text.length))
    return [{ rule: 'span-range', message: `the span from ${span.start} to ${span.end} is not inside its document` }];
  return checkText(span, '', text).map(({ rule, pointer, message }) => ({
    rule,
    message: `${pointer.slice(1)}: ${message}`,
  }));
}
