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
  readonly index: () => Map<string, Declared | RecordFile>;
}

function listedIds(): ListedIds {
  const runs: { readonly ids: string[]; readonly file: RecordFile }[] = [];
  let last: string | undefined;
  return {
    follows: (id) => ascends(id, last),
    add(id, file) {
      let run = runs.at(-1);
      if (run?.file !== file) runs.push((run = { ids: [], file }));
      run.ids.push(id);
      last = id;
    },
    size: () => runs.reduce((sum, { ids }) => sum + ids.length, 0),
    index() {
      const index = new Map<string, RecordFile>();
      for (const { ids, file } of runs) for (const id of ids) index.set(id, file);
      return index;
    },
  };
}

/**
 * No ids yet. As long as they ascend, none occurs twice, and they are only listed: an index of all of them is made when
 * it is first needed, which is never if no record refers to the table.
 */
export function noIds(): TableIds {
  let listed: ListedIds | undefined = listedIds();
  let made: Map<string, Declared | RecordFile> | undefined;
  const index = (): Map<string, Declared | RecordFile> => {
    made ??= listed?.index() ?? new Map();
    listed = undefined;
    return made;
  };
  const put = (id: string, file: RecordFile): void => {
    const form = foldedId(id);
    index().set(form, form === id ? file : { id, file });
  };
  const add = (id: string, file: RecordFile): Declared | undefined => {
    if (listed?.follows(id) === true) {
      listed.add(id, file);
      return undefined;
    }
    const form = foldedId(id);
    const before = index().get(form);
    if (before === undefined) put(id, file);
    return before === undefined || 'id' in before ? before : { id: form, file: before };
  };
  return {
    size: () => listed?.size() ?? index().size,
    index,
    add,
    put,
    addAll(ids, ascending, file) {
      if (ascending && listed?.follows(ids[0] ?? '') === true) {
        for (const id of ids) listed.add(id, file);
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
