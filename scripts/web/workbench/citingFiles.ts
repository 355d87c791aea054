import path from 'node:path';
import { mostBytes } from '../../base/limits.ts';
import { type FileSystem, errorCode } from '../../disk/fileSystem.ts';
import { replaceFile } from '../../disk/replace.ts';
import { type Json, isArray, isObject, member, parseJson } from '../../json/json.ts';
import type { IndexedRecord, RecordIndex } from '../../project/recordIndex.ts';
import { sha256Of } from '../../read/documents.ts';
import { ownFolder } from './ownFolder.ts';

/**
 * A cache of the files that cite each source, so that marks are shown before all records are read. Each of these files
 * is read again, so a file that no longer cites the source does no harm.
 */
export interface CitingFiles {
  /** The names of the files that cite a source; undefined if there is no cache yet. */
  readonly of: (source: string) => ReadonlySet<string> | undefined;
  /** Stores the result of an index of all records. */
  readonly keepAll: (index: RecordIndex) => void;
  /** Adds a record that was saved. */
  readonly add: (record: IndexedRecord) => void;
}

/** Milliseconds from a saved record to the file: several in a row are written once. */
const pause = 1000;

/** Stores the files that cite a source below the dataset's folder, separately for each folder of records. */
export function citingFilesIn(fs: FileSystem, home: string, raw: string): CitingFiles {
  const own = ownFolder(fs, home);
  const at = path.join(own.path, 'citing', `${sha256Of(raw).slice(0, 16)}.json`);
  let known = own.isPlanted(at) ? undefined : readKept(fs, at);
  let timer: NodeJS.Timeout | undefined;
  const write = (): void => {
    // without the list, all records are searched: that is slower, but not an error
    if (own.isPlanted(at)) return;
    own.make(path.dirname(at));
    const lists = [...(known ?? [])].map(([source, names]): [string, string[]] => [source, [...names]]);
    replaceFile(fs, at, JSON.stringify(Object.fromEntries(lists)), { inside: home });
  };
  return {
    of: (source) => (known === undefined ? undefined : (known.get(source) ?? new Set())),
    keepAll(index) {
      const before = known;
      known = citingIn(index);
      if (before === undefined || !isSame(before, known)) write();
    },
    add(record) {
      if (known === undefined || !addTo(known, record)) return;
      clearTimeout(timer);
      timer = setTimeout(write, pause).unref();
    },
  };
}

type Lists = Map<string, Set<string>>;

function citingIn(index: RecordIndex): Lists {
  const lists: Lists = new Map();
  for (const records of index.values()) for (const record of records.values()) addTo(lists, record);
  return lists;
}

/** Whether a list has changed. */
function addTo(lists: Lists, { file, spans }: IndexedRecord): boolean {
  let isNew = false;
  for (const { source } of spans) {
    const names = lists.get(source) ?? new Set();
    isNew ||= !names.has(file.name);
    lists.set(source, names.add(file.name));
  }
  return isNew;
}

function isSame(a: Lists, b: Lists): boolean {
  if (a.size !== b.size) return false;
  return [...a].every(([source, names]) => {
    const others = b.get(source);
    return others?.size === names.size && [...names].every((name) => others.has(name));
  });
}

/** The cache; undefined if it is missing or has another form, and must be made again. */
function readKept(fs: FileSystem, at: string): Lists | undefined {
  try {
    const bytes = fs.read(at, mostBytes);
    const parsed = bytes === undefined ? undefined : parseJson(Buffer.from(bytes).toString('utf8'));
    if (parsed === undefined || !('value' in parsed) || !isObject(parsed.value)) return undefined;
    const { value } = parsed;
    return new Map(Object.keys(value).map((source) => [source, new Set(namesIn(member(value, source)))]));
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return undefined;
  }
}

function namesIn(list: Json | undefined): readonly string[] {
  return isArray(list) ? list.filter((name) => typeof name === 'string') : [];
}
