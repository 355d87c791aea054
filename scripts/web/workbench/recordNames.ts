import { foldedId } from '../../base/text.ts';
import type { FileSystem } from '../../disk/fileSystem.ts';
import type { Project } from '../../project/openProject.ts';
import { type RecordLine, recordLines } from '../../project/recordLines.ts';
import type { RecordFile } from '../../read/records.ts';

/** What records there are. */
export interface RecordNames {
  /** The files that hold one record, by `table/identifier`. */
  readonly files: ReadonlyMap<string, RecordFile>;
  readonly lines: readonly RecordLine[];
  /** All records, as `table/identifier`. */
  readonly all: ReadonlySet<string>;
  /** The identifiers of each table, folded. */
  readonly taken: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Looks through the names of all files once, when one is first asked for. */
export function recordNames(fs: FileSystem, project: Project): () => RecordNames {
  let known: RecordNames | undefined;
  return () => {
    if (known !== undefined) return known;
    const files = new Map<string, RecordFile>();
    const taken = new Map<string, Set<string>>();
    const take = ({ table, stem }: RecordFile): void => {
      const ids = taken.get(table) ?? new Set();
      taken.set(table, ids.add(foldedId(stem)));
    };
    for (const file of project.files) {
      if (file.holds === 'record') files.set(`${file.table}/${file.stem}`, file);
      take(file);
    }
    const lines = recordLines(fs, project);
    for (const { named } of lines) take(named);
    const all = new Set([...files.keys(), ...lines.map(({ named }) => `${named.table}/${named.stem}`)]);
    known = { files, lines, all, taken };
    return known;
  };
}
