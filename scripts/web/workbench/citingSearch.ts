import type { FileSystem } from '../../disk/fileSystem.ts';
import type { RecordFile } from '../../read/records.ts';
import type { UnlistedProject } from '../../project/openProject.ts';
import { type RecordIndex, emptyIndex, indexRecords, sourceTables } from '../../project/recordIndex.ts';
import type { CitingFiles } from './citingFiles.ts';
import { politely } from './politely.ts';
import type { RecordNames } from './recordNames.ts';

/** Finds the records that cite a source, without reading all records. */
export interface CitingSearch {
  /** Begins before the result is asked for. */
  readonly begin: (source: string) => void;
  /** The records that cite a source, and possibly others; maybe without files that were changed after `begin`. */
  readonly end: (source: string) => Promise<RecordIndex>;
}

interface Searched extends UnlistedProject {
  readonly names: RecordNames;
}

/** The folder of records, which can be searched before the project is opened. */
interface SearchedFolder {
  readonly fs: FileSystem;
  readonly folder: string;
}

export function citingSearch(opened: () => Searched, kept: CitingFiles, { fs, folder }: SearchedFolder): CitingSearch {
  const begun = new Map<string, Promise<RecordIndex>>();
  const search = async (source: string): Promise<RecordIndex> => {
    const before = kept.of(source);
    const found = before === undefined ? fs.holding?.(folder, source) : [[...before]];
    // the address is printed first
    await new Promise(setImmediate);
    return indexFound(opened(), found, source);
  };
  return {
    begin(source) {
      const found = search(source);
      // a request for the result gets the error
      found.catch(() => {});
      begun.set(source, found);
    },
    end(source) {
      const found = begun.get(source) ?? search(source);
      begun.delete(source);
      return found;
    },
  };
}

/** The names of files, in batches. */
type Names = AsyncIterable<readonly string[]> | Iterable<readonly string[]>;

/** Indexes the records of a source while the search for their files goes on. */
async function indexFound(
  { project, listing, names }: Searched,
  found: Names | undefined,
  source: string,
): Promise<RecordIndex> {
  const [into, breathe] = [emptyIndex(project), politely()];
  const isWanted = (text: string): boolean => text.includes(source);
  const index = async (files: readonly RecordFile[]): Promise<unknown> =>
    indexRecords(project, breathe, { files, isWanted, into });
  const unlisted = new Set<string>();
  const add = async (some: readonly string[]): Promise<void> => {
    const files = listing.named(new Set(some));
    if (files === undefined) for (const name of some) unlisted.add(name);
    else await index(files);
  };
  const own = sourceTables(project).flatMap((table) => names.fileOf(table, source)?.name ?? []);
  await add(own);
  const isWhole = found !== undefined && (await eachUntilFailure(found, add));
  if (isWhole && unlisted.size === 0) return into;
  await listing.ahead();
  // without threads, or if one failed, all files are searched
  await index(isWhole ? project.files.filter(({ name }) => unlisted.has(name)) : project.files);
  return into;
}

/** Does something with each file that is found. Returns whether the search was complete: its threads can fail. */
async function eachUntilFailure(found: Names, add: (names: readonly string[]) => Promise<void>): Promise<boolean> {
  let isWhole = true;
  const whatIsFound = async function* (): AsyncGenerator<readonly string[]> {
    try {
      yield* found;
    } catch {
      isWhole = false;
    }
  };
  for await (const names of whatIsFound()) await add(names);
  return isWhole;
}
