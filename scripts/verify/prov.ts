import { mostDocumentBytes } from '../base/limits.ts';
import { createHash } from 'node:crypto';
import path from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { type SourceDocument, reserved } from '../schema/extensions.ts';
import { provWriter } from '../write/metadata/prov.ts';
import { guarded, unguarded } from '../engine/duckdb/sql.ts';
import { ask } from './ask.ts';
import type { DescribedTable, Descriptor } from './descriptor.ts';
import type { CheckedRelease } from './findings.ts';
import { sourcesOf } from './provenance.ts';
import { cellOf, textsOf } from './rows.ts';

const provFile = 'prov.jsonld';

/** Compares prov.jsonld with what the descriptor, the table `provenance` and the sources give. */
export async function checkProv(
  connection: DuckDBConnection,
  { fs, release, digests, add }: CheckedRelease,
  descriptor: Descriptor,
  tables: ReadonlyMap<string, DescribedTable>,
): Promise<void> {
  const provenance = tables.get(reserved.provenance);
  const traced =
    descriptor.commit !== null || descriptor.tables.some(({ table }) => table.name === reserved.provenance);
  const digest = digests.get(provFile);
  if (traced !== (digest !== undefined))
    add(
      provFile,
      'release',
      traced ? 'it is missing' : 'it exists, but datapackage.json has no commit and no table for it',
    );
  if (!traced || digest === undefined) return;
  const names = ['table_name', 'record_id', 'source_id'];
  const complete = names.every((name) => provenance?.table.columns.some((c) => c.name === name));
  // a table with other columns is not ours
  if (provenance !== undefined && !complete) return;
  const sources: ReadonlyMap<string, SourceDocument> =
    provenance === undefined ? new Map() : await documentsOf(connection, provenance, tables);
  const write = async (append: (text: string) => void, documents = sources): Promise<void> => {
    const { dataset, commit, date } = descriptor;
    const prov = provWriter(append, { dataset, head: { commit, date }, documentOf: (id) => documents.get(id) });
    if (provenance !== undefined) for await (const rows of rowsOf(connection, provenance)) prov.add(rows);
    prov.end(commit);
  };
  // a release does not say whether its schema marked the columns of a file and its digest as a document
  for (const documents of [sources, new Map()]) {
    const hash = createHash('sha256');
    await write((text) => void hash.update(text), documents);
    if (hash.digest('hex') === digest) return;
  }
  const found = fs.read(path.join(release, provFile), mostDocumentBytes);
  const lines = found === undefined ? [] : Buffer.from(found).toString('utf8').split('\n');
  let expected = '';
  // a text that is too large is reported without a position
  if (lines.length > 0) await write((text) => void (expected += text));
  const odd = expected.split('\n').findIndex((line, i) => line !== lines[i]);
  add(provFile, 'release', 'it is not what datapackage.json and the tables say', Math.max(odd, 0) + 1);
}

/** The document of each source, by the identifier of the source. */
async function documentsOf(
  connection: DuckDBConnection,
  provenance: DescribedTable,
  tables: ReadonlyMap<string, DescribedTable>,
): Promise<ReadonlyMap<string, SourceDocument>> {
  const documents = new Map<string, SourceDocument>();
  for (const { described, key, file, sha256 } of sourcesOf(provenance, tables)) {
    for (const [id, name, digest] of await ask(
      connection,
      `SELECT ${guarded(key)}, ${guarded(file)}, ${sha256} FROM ${textsOf(described)}
       WHERE ${file} IS NOT NULL AND ${sha256} IS NOT NULL`,
    ))
      documents.set(unguarded(String(id)), { file: unguarded(String(name)), sha256: String(digest) });
  }
  return documents;
}

/** Rows of provenance in order, reduced to what PROV uses: table, record, nothing, source. */
async function* rowsOf(connection: DuckDBConnection, provenance: DescribedTable): AsyncGenerator<string[][]> {
  const [table = '', record = '', source = ''] = ['table_name', 'record_id', 'source_id'].map((name) =>
    cellOf(provenance, name),
  );
  const cells = [table, record, "''", source];
  const result = await connection.stream(
    `SELECT ${cells.map(guarded).join(', ')} FROM ${textsOf(provenance)} ORDER BY n`,
  );
  for (let chunk = await result.fetchChunk(); chunk !== null && chunk.rowCount > 0; chunk = await result.fetchChunk())
    yield chunk.getRows().map((row) => row.map((cell) => unguarded(String(cell))));
}
