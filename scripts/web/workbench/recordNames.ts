import { lazy } from '../../base/lazy.ts';
import { foldedId } from '../../base/text.ts';
import type { FileSystem } from '../../disk/fileSystem.ts';
import type { Project } from '../../project/openProject.ts';
import { type RecordLine, recordLines } from '../../project/recordLines.ts';
import type { RecordFile } from '../../read/records.ts';

/** The names of all records. Each table is read on first use, since others may be large. */
export interface RecordNames {
  /** The file that contains only this record. */
  readonly fileOf: (table: string, id: string) => RecordFile | undefined;
  readonly lines: () => readonly RecordLine[];
  /** Whether a record exists, in its own file or in a line. */
  readonly has: (table: string, id: string) => boolean;
  /** The identifiers of a table, with case and accents folded. */
  readonly taken: (table: string) => ReadonlySet<string>;
}

/** The names of the records of a project. */
export function recordNames(fs: FileSystem, project: Project): RecordNames {
  const lines = lazy(() => recordLines(fs, project));
  const stemsIn = perTable((table) => {
    const files = project.files.filter((file) => file.table === table);
    const inLines = files.some(({ holds }) => holds === 'lines') ? lines() : [];
    const named = inLines.flatMap((line) => (line.named.table === table ? [line.named] : []));
    return { files, named };
  });
  const filesIn = perTable(
    (table) =>
      new Map(stemsIn(table).files.flatMap((file) => (file.holds === 'record' ? [[file.stem, file] as const] : []))),
  );
  const idsInLines = perTable((table) => new Set(stemsIn(table).named.map(({ stem }) => stem)));
  const fileOf = (table: string, id: string): RecordFile | undefined => filesIn(table).get(id);
  return {
    fileOf,
    lines,
    has: (table, id) => fileOf(table, id) !== undefined || idsInLines(table).has(id),
    taken: perTable((table) => {
      const { files, named } = stemsIn(table);
      return new Set([...files, ...named].map(({ stem }) => foldedId(stem)));
    }),
  };
}

/** Computes something once for each table. */
function perTable<T>(work: (table: string) => T): (table: string) => T {
  const known = new Map<string, () => T>();
  return (table) => {
    const found = known.get(table) ?? lazy(() => work(table));
    known.set(table, found);
    return found();
  };
}
