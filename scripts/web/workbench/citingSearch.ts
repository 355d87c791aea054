import type { RecordFile } from '../../read/records.ts';
import type { UnlistedProject } from '../../project/openProject.ts';
import { type RecordIndex, indexRecords, sourceTables } from '../../project/recordIndex.ts';
import type { CitingFiles } from './citingFiles.ts';
import { politely } from './politely.ts';
import type { RecordNames } from './recordNames.ts';

/** Looks for the records that cite a source, without reading all records. */
export interface CitingSearch {
  /** Begins before the result is asked for. */
  readonly begin: (source: string) => void;
  /** The records that cite a source, others among them. */
  readonly end: (source: string) => Promise<RecordIndex>;
  /** Forgets what was begun: a search does not include what is saved or deleted later. */
  readonly forget: () => void;
}

interface Searched extends UnlistedProject {
  readonly names: RecordNames;
}

export function citingSearch(opened: () => Searched, kept: CitingFiles): CitingSearch {
  const begun = new Map<string, Promise<RecordIndex>>();
  const search = async (source: string): Promise<RecordIndex> => {
    const now = opened();
    const files = await candidates(now, kept.of(source), source);
    return indexRecords(now.project, politely(), { files, isWanted: (text) => text.includes(source) });
  };
  return {
    begin(source) {
      // the address is printed first
      const found = new Promise(setImmediate).then(() => search(source));
      // whoever asks for the result gets the error
      found.catch(() => {});
      begun.set(source, found);
    },
    end(source) {
      const found = begun.get(source) ?? search(source);
      begun.delete(source);
      return found;
    },
    forget: () => begun.clear(),
  };
}

/** The files that may cite a source: those that did before, or else those that contain its identifier. */
async function candidates(
  { project, listing, names }: Searched,
  before: ReadonlySet<string> | undefined,
  source: string,
): Promise<readonly RecordFile[]> {
  if (before !== undefined) {
    const own = sourceTables(project).flatMap((table) => names.fileOf(table, source)?.name ?? []);
    const wanted = new Set([...before, ...own]);
    const found = listing.named(wanted);
    if (found !== undefined) return found;
    await listing.ahead();
    return project.files.filter(({ name }) => wanted.has(name));
  }
  await listing.ahead();
  const { fs, files } = project;
  const isPlain = ({ holds, packed }: RecordFile): boolean => holds === 'record' && !packed;
  const paths = files.filter((file) => isPlain(file)).map(({ path }) => path);
  // without threads, or if one fails, search all files
  const holding = await fs.holding?.(paths, source).catch(() => undefined);
  if (holding === undefined) return files;
  return files.filter((file) => file.stem === source || !isPlain(file) || holding.has(file.path));
}
