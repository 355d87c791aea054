import type { RecordFile } from '../read/records.ts';
import { codePoint, foldedId } from '../base/text.ts';

/** The record that has an id. */
export interface Declared {
  readonly id: string;
  readonly file: RecordFile;
}

/** Whether two ids differ only in the Unicode form of their letters. */
export function sameText(a: string, b: string): boolean {
  return a.normalize('NFC') === b.normalize('NFC');
}

/** How two spellings of a text differ: `U+00E9 here, U+0065 U+0301 there`. */
export function inForms(here: string, there: string): string {
  const [a, b] = [here, there].map((text) => Array.from(text, codePoint));
  if (a === undefined || b === undefined) return '';
  const same = a.findIndex((point, i) => point !== b[i]);
  const start = same < 0 ? a.length : same;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  const part = (points: readonly string[]): string => points.slice(start, points.length - end).join(' ');
  return `${part(a)} here, ${part(b)} there`;
}

/**
 * Ids by the form in which they are compared. An object for each would be too many: an id in that form is stored as its
 * file alone.
 */
type IdIndex = ReadonlyMap<string, Declared | RecordFile>;

/** The ids of a table. */
export interface TableIds {
  readonly size: () => number;
  readonly index: () => IdIndex;
  /** What the index has for an id in the form in which ids are compared. */
  readonly find: (form: string) => Declared | RecordFile | undefined;
  /** Adds an id, or returns the record that already has it. */
  readonly add: (id: string, file: RecordFile) => Declared | undefined;
  /** Adds an id; whoever has it already loses it. */
  readonly put: (id: string, file: RecordFile) => void;
  /** Adds ids, if none of them is taken; returns whether it has. `ascending` is as for a part. */
  readonly addAll: (ids: readonly string[], ascending: boolean, file: RecordFile) => boolean;
}

/** The ids of all tables. */
export type DeclaredIds = ReadonlyMap<string, TableIds>;

/** Whether an id is in the form in which ids are compared, and greater than another one. */
export function ascends(id: string, before: string | undefined): boolean {
  return foldedId(id) === id && (before === undefined || before < id);
}

/** Ids that ascend, with the file of each. */
interface ListedIds {
  readonly follows: (id: string) => boolean;
  readonly add: (id: string, file: RecordFile) => void;
  readonly size: () => number;
  /** The file of an id, found without an index. */
  readonly find: (id: string) => RecordFile | undefined;
  readonly index: () => Map<string, Declared | RecordFile>;
}

function listedIds(): ListedIds {
  const ids: string[] = [];
  /** Where the ids of each file begin. */
  const runs: { readonly starts: number[]; readonly files: RecordFile[] } = { starts: [], files: [] };
  return {
    follows: (id) => ascends(id, ids.at(-1)),
    add(id, file) {
      if (runs.files.at(-1) !== file) {
        runs.starts.push(ids.length);
        runs.files.push(file);
      }
      ids.push(id);
    },
    size: () => ids.length,
    find(id) {
      const at = countWhile(ids, (each) => each < id);
      return ids[at] === id ? runs.files[countWhile(runs.starts, (start) => start <= at) - 1] : undefined;
    },
    index() {
      const index = new Map<string, RecordFile>();
      for (const [i, file] of runs.files.entries())
        for (const id of ids.slice(runs.starts[i], runs.starts[i + 1])) index.set(id, file);
      return index;
    },
  };
}

/** How many of the first elements fulfil a condition that none of the others fulfils. */
function countWhile<T>(sorted: readonly T[], holds: (element: T) => boolean): number {
  let [first, end] = [0, sorted.length];
  while (first < end) {
    const middle = (first + end) >> 1;
    const element = sorted[middle];
    if (element !== undefined && holds(element)) first = middle + 1;
    else end = middle;
  }
  return first;
}

/** To search for more ids in a list takes longer than to make an index. */
const mostSearches = 1000;

/**
 * No ids yet. As long as they ascend, none occurs twice, and they are only listed: an index of all of them is made when
 * many are looked up, which is never if few records refer to the table.
 */
export function noIds(): TableIds {
  let listed: ListedIds | undefined = listedIds();
  let made = new Map<string, Declared | RecordFile>();
  let searches = 0;
  const index = (): Map<string, Declared | RecordFile> => {
    if (listed !== undefined) made = new Map([...listed.index(), ...made]);
    listed = undefined;
    return made;
  };
  const find = (form: string): Declared | RecordFile | undefined => {
    if (listed !== undefined && ++searches > mostSearches) index();
    return made.get(form) ?? listed?.find(form);
  };
  /** Whether an id can be listed: after one that cannot, all others come into the index, in their order. */
  const follows = (id: string): boolean => made.size === 0 && listed?.follows(id) === true;
  const put = (id: string, file: RecordFile): void => {
    if (follows(id)) {
      listed?.add(id, file);
      return;
    }
    const form = foldedId(id);
    if (listed?.find(form) !== undefined) index();
    made.set(form, form === id ? file : { id, file });
  };
  const add = (id: string, file: RecordFile): Declared | undefined => {
    const form = foldedId(id);
    const before = follows(id) ? undefined : find(form);
    if (before === undefined) put(id, file);
    return before === undefined || 'id' in before ? before : { id: form, file: before };
  };
  return {
    size: () => (listed?.size() ?? 0) + made.size,
    index,
    find,
    add,
    put,
    addAll(ids, ascending, file) {
      if (ascending && follows(ids[0] ?? '')) {
        for (const id of ids) listed?.add(id, file);
        return true;
      }
      const taken = ids.findIndex((id) => add(id, file) !== undefined);
      const added = ids.slice(0, Math.max(taken, 0));
      for (const id of added) index().delete(foldedId(id));
      return taken < 0;
    },
  };
}

/** The id in its declared spelling. */
export function idOf(declared: Declared | RecordFile | undefined, wanted: string): string | undefined {
  if (declared === undefined) return undefined;
  return 'id' in declared ? declared.id : foldedId(wanted);
}
