import path from 'node:path';
import { lazy } from '../../base/lazy.ts';
import { mostBytes } from '../../base/limits.ts';
import { Failure } from '../../base/problem.ts';
import { type FileSystem, kindAt } from '../../disk/fileSystem.ts';
import { createFile, replaceFile } from '../../disk/replace.ts';
import { trackedFiles } from '../../disk/tracked.ts';
import { type Json, parseJson } from '../../json/json.ts';

/** What is not saved yet, by table and identifier: files of their own, outside the folder of records. */
export interface Drafts {
  readonly read: (table: string, id: string) => Json | undefined;
  readonly write: (table: string, id: string, draft: Json) => void;
  readonly remove: (table: string, id: string) => void;
  /** Table and identifier of each draft. */
  readonly list: () => readonly (readonly [table: string, id: string])[];
}

/** The folder below that of the dataset. git ignores it. */
const own = '.demarche';

/**
 * Drafts in `.demarche/drafts` below the dataset's folder. What git tracks there, or a link leads to, is no draft: it
 * came with a commit, and the page would show it as what this user has written.
 */
export function draftsIn(fs: FileSystem, home: string): Drafts {
  const folder = path.join(home, own, 'drafts');
  const planted = lazy(() => trackedFiles(home, [own]));
  const fileOf = (table: string, id: string): string => path.join(folder, encode(table), `${encode(id)}.json`);
  const isPlanted = (at: string): boolean => planted().has(at) || passesLink(fs, home, at);
  return {
    read(table, id) {
      const at = fileOf(table, id);
      if (isPlanted(at) || kindAt(fs, at) !== 'file') return undefined;
      const parsed = parseJson(Buffer.from(fs.read(at, mostBytes) ?? []).toString('utf8'));
      return 'value' in parsed ? parsed.value : undefined;
    },
    write(table, id, draft) {
      const at = fileOf(table, id);
      if (isPlanted(at)) throw new Failure(`${at} came with a commit or through a link; remove it: it is not a draft`);
      fs.makeFolder(path.dirname(at));
      const ignore = path.join(home, own, '.gitignore');
      if (kindAt(fs, ignore) === undefined) createFile(fs, ignore, '*\n', home);
      replaceFile(fs, at, JSON.stringify(draft), { inside: home });
    },
    remove(table, id) {
      const at = fileOf(table, id);
      if (!isPlanted(at)) fs.remove(at);
    },
    list() {
      if (kindAt(fs, folder) !== 'folder' || passesLink(fs, home, folder)) return [];
      return fs.list(folder).flatMap(({ name: table, kind }) => {
        const files = kind === 'folder' ? fs.list(path.join(folder, table)) : [];
        return files.flatMap(({ name }) => draftNamed(table, name));
      });
    },
  };
}

/** Whether a path leads through a link below a folder. */
function passesLink(fs: FileSystem, home: string, at: string): boolean {
  for (let step = at; step !== home; step = path.dirname(step)) if (fs.linkTarget(step) !== undefined) return true;
  return false;
}

/** Table and identifier of a draft; none where `write` gives no such name. */
function draftNamed(folder: string, file: string): readonly (readonly [table: string, id: string])[] {
  try {
    const [table, id] = [decodeURIComponent(folder), decodeURIComponent(file.replace(/\.json$/, ''))];
    return encode(table) === folder && `${encode(id)}.json` === file ? [[table, id]] : [];
  } catch (error) {
    if (error instanceof URIError) return [];
    throw error;
  }
}

/** A name that no path can be in. */
function encode(name: string): string {
  return encodeURIComponent(name).replaceAll('.', '%2E');
}
