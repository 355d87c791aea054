import type { Table } from '../compile/model.ts';
import type { ExportedTable, StoredRelease } from '../engine/engine.ts';
import type { Written } from './tables.ts';

/**
 * Verifies that all formats hold the compiled rows, in order. The database was filled from the CSV, so its rows have
 * the digest of the compiled rows only if both formats are right; the exported files are compared with the database.
 * @throws Error if they differ, which is a bug in this program
 */
export async function readBack(
  release: StoredRelease,
  tables: readonly Table[],
  written: ReadonlyMap<string, Written>,
  exported: ReadonlyMap<string, ExportedTable>,
): Promise<void> {
  // those that take longest begin first, so that no core is idle at the end
  const bytes = ({ name }: Table): number => written.get(name)?.bytes ?? 0;
  const largestFirst = tables.toSorted((a, b) => bytes(b) - bytes(a));
  try {
    const checks = largestFirst.map(async (table) => {
      const csv = written.get(table.name);
      if (csv === undefined) return;
      const found = await release.digest(table, csv, exported.get(table.name) ?? new Map());
      if (found.rows !== csv.digest) throw differs(table, `compiled: ${csv.digest}; CSV and database: ${found.rows}`);
      for (const [format, digest] of found.exported)
        if (digest !== found.database) throw differs(table, `database: ${found.database}; ${format}: ${digest}`);
    });
    await Promise.all(checks);
  } finally {
    await release.close();
  }
}

function differs({ name }: Table, found: string): Error {
  return new Error(`table ${name} does not read back as it was written (${found})`);
}
