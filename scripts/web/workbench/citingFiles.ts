import path from 'node:path';
import { mostBytes } from '../../base/limits.ts';
import { newline } from '../../base/newlines.ts';
import { type FileSystem, errorCode } from '../../disk/fileSystem.ts';
import { replaceFile } from '../../disk/replace.ts';
import { isArray, parseJson } from '../../json/json.ts';
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

/**
 * Stores the files that cite a source below the dataset's folder, separately for each folder of records. Each line is a
 * JSON array of a source and of files that cite it; a source can have several lines.
 */
export function citingFilesIn(fs: FileSystem, home: string, raw: string): CitingFiles {
  const own = ownFolder(fs, home);
  const at = path.join(own.path, 'citing', `${sha256Of(raw).slice(0, 16)}.ndjson`);
  // without the list, all records are searched: that is slower, but not an error
  const read = (): Buffer | undefined => (own.isPlanted(at) ? undefined : readKept(fs, at));
  return {
    of(source) {
      const kept = read();
      return kept === undefined ? undefined : new Set(namesIn(kept, source));
    },
    keepAll(index) {
      if (own.isPlanted(at)) return;
      const text = linesOf(index);
      if (read()?.equals(Buffer.from(text)) === true) return;
      whereItCan(() => {
        own.make(path.dirname(at));
        replaceFile(fs, at, text, { inside: home });
      });
    },
    add({ file, spans }) {
      const kept = read();
      if (kept === undefined) return;
      const sources = [...new Set(spans.map(({ source }) => source))];
      const lines = sources.flatMap((source) =>
        namesIn(kept, source).includes(file.name) ? [] : [`${JSON.stringify([source, file.name])}\n`],
      );
      if (lines.length > 0) whereItCan(() => fs.append(at, lines.join('')));
    },
  };
}

/** Writes to the cache, unless the disk is full or not writable: its content can be computed again. */
function whereItCan(write: () => void): void {
  try {
    write();
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
  }
}

/** The files that cite each source, a line for each source. */
function linesOf(index: RecordIndex): string {
  const lists = new Map<string, Set<string>>();
  for (const records of index.values())
    for (const { file, spans } of records.values())
      for (const { source } of spans) {
        const names = lists.get(source) ?? new Set();
        lists.set(source, names.add(file.name));
      }
  return [...lists].map(([source, names]) => `${JSON.stringify([source, ...names])}\n`).join('');
}

/** The names in the lines of a source. Other lines are not parsed: they can be long. */
function namesIn(kept: Buffer, source: string): readonly string[] {
  const begins = Buffer.from(`[${JSON.stringify(source)},`);
  const names: string[] = [];
  for (let start = kept.indexOf(begins); start >= 0; start = kept.indexOf(begins, start + 1)) {
    const isLine = start === 0 || kept[start - 1] === newline;
    if (!isLine) continue;
    const end = kept.indexOf(newline, start);
    const parsed = parseJson(kept.toString('utf8', start, end < 0 ? kept.length : end));
    // a line that was not written to its end is no JSON
    const list = 'value' in parsed && isArray(parsed.value) ? parsed.value.slice(1) : [];
    for (const name of list) if (typeof name === 'string') names.push(name);
  }
  return names;
}

/** The cache; undefined if there is none. */
function readKept(fs: FileSystem, at: string): Buffer | undefined {
  try {
    const bytes = fs.read(at, mostBytes);
    return bytes === undefined ? undefined : Buffer.from(bytes);
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return undefined;
  }
}
