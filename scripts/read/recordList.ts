import path from 'node:path';
import { didYouMean } from '../base/suggestions.ts';
import { compareText, printable, quoted } from '../base/text.ts';
import { lazy } from '../base/lazy.ts';
import type { Entry, FileSystem } from '../disk/fileSystem.ts';
import { formOf } from './fileForm.ts';
import {
  type FileFault,
  type ListedPlace,
  type Listing,
  type RecordSource,
  compareFiles,
  listedIn,
  namedFiles,
} from './recordFolder.ts';
import { type RecordFile, fileProblem } from './records.ts';

/** The record files of each table, listed when they are first needed. */
export interface RecordList {
  readonly all: () => Listing;
  /** The files of one table: where each table has a folder of its own, only that one is listed. */
  readonly of: (table: string) => readonly RecordFile[];
  /**
   * Those of some files that exist, by their paths below the folder of records. Nothing is listed for that; undefined
   * where it has to be, or if they are too many.
   */
  readonly named: (names: ReadonlySet<string>) => readonly RecordFile[] | undefined;
  /** Lists all files while this thread goes on, if the file system can. */
  readonly ahead: () => Promise<void>;
  /** Adds a file that was made after the files were listed. */
  readonly add: (file: RecordFile) => void;
}

/** Finds the record files of each table. */
export function recordList(fs: FileSystem, listed: ListedPlace): RecordList {
  const list = listed.sources.some(({ folder }) => folder === '') ? listTogether(fs, listed) : listTables(fs, listed);
  const added: RecordFile[] = [];
  let known: Listing | undefined;
  const withAdded = ({ files, problems }: Listing): Listing => ({
    files: added.reduce((all, file) => withFile(all, file), files),
    problems,
  });
  const all = (folders?: FolderLists): Listing => (known ??= withAdded(list.all(folders)));
  return {
    all: () => all(),
    of: (table) =>
      known === undefined
        ? added.filter((file) => file.table === table).reduce((files, file) => withFile(files, file), list.of(table))
        : known.files.filter((file) => file.table === table),
    named: (names) => (names.size > mostLookedUp ? undefined : list.named(names)),
    ahead: lazy(async () => {
      if (known !== undefined || fs.listAhead === undefined) return;
      // whoever lists what cannot be listed gets the error
      const folders = await listedBelow(fs.listAhead, listed.path).catch(() => undefined);
      if (folders !== undefined) all(folders);
    }),
    add(file) {
      added.push(file);
      if (known !== undefined) known = { ...known, files: withFile(known.files, file) };
    },
  };
}

/** Most files that are looked up one by one: to list all takes less than to look up more. */
const mostLookedUp = 10_000;

/** What is in folders, by their paths. */
type FolderLists = ReadonlyMap<string, Entry[]>;

/** What is in a folder and below. */
async function listedBelow(
  list: NonNullable<FileSystem['listAhead']>,
  folder: string,
  lists = new Map<string, Entry[]>(),
): Promise<FolderLists> {
  const entries = await list(folder);
  lists.set(folder, entries);
  for (const { name, kind } of entries) if (kind === 'folder') await listedBelow(list, folder + path.sep + name, lists);
  return lists;
}

/** The files, in order, with another one. */
function withFile(files: readonly RecordFile[], file: RecordFile): readonly RecordFile[] {
  let [first, end] = [0, files.length];
  while (first < end) {
    const middle = (first + end) >> 1;
    const other = files[middle];
    if (other !== undefined && compareFiles(other, file) < 0) first = middle + 1;
    else end = middle;
  }
  const there = files[first];
  return there !== undefined && compareFiles(there, file) === 0 ? files : files.toSpliced(first, 0, file);
}

/** What the two layouts of folders have in common. */
interface Lists {
  readonly all: (folders?: FolderLists) => Listing;
  readonly of: (table: string) => readonly RecordFile[];
  readonly named: (names: ReadonlySet<string>) => readonly RecordFile[] | undefined;
}

/** The files of tables that can have files in the same folders. */
function listTogether(fs: FileSystem, { path: folder, shown, sources, layout }: ListedPlace): Lists {
  let known: Listing | undefined;
  const all = (folders?: FolderLists): Listing =>
    (known ??= listedIn(reading(fs, folders), { path: folder, shown, below: '' }, { sources, layout, top: folder }));
  return { all, of: (table) => all().files.filter((file) => file.table === table), named: () => undefined };
}

/** One folder for each table; anything next to them is reported. */
function listTables(fs: FileSystem, { path: folder, shown, sources, layout }: ListedPlace): Lists {
  const entries = lazy(() => fs.list(folder));
  const tables = sources.map((source) => source.folder);
  const known = new Map<string, Listing>();
  const inFolderOf = (source: RecordSource, folders?: FolderLists): Listing => {
    const name = source.folder;
    const at = { path: path.join(folder, name), shown: path.join(shown, name), below: `${name}/` };
    const found = known.get(name) ?? listedIn(reading(fs, folders), at, { sources: [source], layout, top: folder });
    known.set(name, found);
    return found;
  };
  const ofEntry = ({ name, kind }: Entry, folders?: FolderLists): Listing => {
    const at = path.join(shown, name);
    const source = sources.find((each) => each.folder === name);
    const faulty = (fault: FileFault): Listing => ({
      files: [],
      problems: [fileProblem(at, { rule: 'file', ...fault })],
    });
    if (kind !== 'folder')
      return faulty({ message: 'not in the folder of a table', hint: `records are in ${path.join(shown, '<table>')}` });
    if (source !== undefined) return inFolderOf(source, folders);
    const hint = didYouMean(name, tables) ?? `the schema folder has no ${printable(name)}.schema.json`;
    return faulty({ message: `no table is called ${quoted(name)}`, hint });
  };
  return {
    all(folders) {
      const found = entries().flatMap((entry) => (isPassedOver(entry) ? [] : [ofEntry(entry, folders)]));
      const files = found.toSorted((a, b) => compareText(tableIn(a), tableIn(b))).flatMap((listing) => listing.files);
      return { files, problems: found.flatMap(({ problems }) => problems) };
    },
    of(table) {
      const source = sources.find((each) => each.table === table);
      const isThere = entries().some(({ name, kind }) => kind === 'folder' && name === source?.folder);
      return isThere && source !== undefined ? inFolderOf(source).files : [];
    },
    named: (names) => namedFiles(fs, { path: folder, shown, sources, layout }, names),
  };
}

/** Whether an entry beside the folders of tables is none of records, and no mistake. */
function isPassedOver({ name, kind }: Entry): boolean {
  return name.startsWith('.') || (kind === 'file' && formOf(name) === undefined);
}

/** The table of a listing of one folder. */
function tableIn({ files: [first] }: Listing): string {
  return first?.table ?? '';
}

/** A file system that knows what is in some folders. */
function reading(fs: FileSystem, folders: FolderLists | undefined): FileSystem {
  return folders === undefined ? fs : { ...fs, list: (at) => folders.get(at) ?? fs.list(at) };
}
