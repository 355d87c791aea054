import path from 'node:path';
import { describedRow } from '../../compile/describedTables.ts';
import type { Table } from '../../compile/model.ts';
import type { CommitFacts } from '../../read/facts.ts';
import { csvBatches } from '../../release/csvRows.ts';
import { reserved } from '../../schema/extensions.ts';
import { provWriter } from '../../write/metadata/prov.ts';
import { isTraced, provFile } from '../../write/write.ts';
import type { SparkBuild } from './sparkBuild.ts';

function csvFile(staging: string, table: string): string {
  return path.join(staging, 'csv', `${table}.csv`);
}

/** If `provenance` has more bytes of CSV than this, no prov.jsonld is written: no program reads a larger one. */
export const mostTraced = 1 << 30;

/** Writes prov.jsonld from the rows of `provenance`. @returns why it was not written; undefined if it was */
export async function writeProv(
  { fs, staging, project, events }: SparkBuild,
  tables: readonly Table[],
  { head, facts }: { readonly head: CommitFacts; readonly facts: CommitFacts },
): Promise<string | undefined> {
  if (!isTraced({ head, tables })) return undefined;
  const spans = tables.find(({ name }) => name === reserved.provenance);
  const file = csvFile(staging, reserved.provenance);
  if (spans !== undefined && fs.size(file) > mostTraced)
    return `${provFile} is left out: provenance has more than ${mostTraced / 1024 ** 3} GiB of CSV`;
  const at = path.join(staging, provFile);
  const { documentOf } = project.validation;
  const prov = provWriter((text) => fs.append(at, text), { dataset: project.folder.dataset, head, documentOf });
  if (spans !== undefined) {
    for await (const batch of csvBatches(fs, file)) {
      events.signal?.throwIfAborted();
      prov.add(batch.map((fields) => describedRow(spans, fields)));
    }
  }
  prov.end(facts.commit);
  return undefined;
}
