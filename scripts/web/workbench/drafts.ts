import path from 'node:path';
import { mostBytes } from '../../base/limits.ts';
import { Failure } from '../../base/problem.ts';
import { type FileSystem, kindAt } from '../../disk/fileSystem.ts';
import { replaceFile } from '../../disk/replace.ts';
import { type Json, type JsonObject, parseJson } from '../../json/json.ts';
import { sha256Of } from '../../read/documents.ts';
import { schemaLink } from '../../schema/extensions.ts';
import type { DraftSummary } from './messages.ts';
import { ownFolder } from './ownFolder.ts';
import { keptContent } from './request.ts';

/** Unsaved changes by table and identifier, in files outside the folder of records. */
export interface Drafts {
  readonly read: (table: string, id: string) => Json | undefined;
  readonly write: (table: string, id: string, draft: Json) => void;
  readonly remove: (table: string, id: string) => void;
  /** Table and identifier of each draft. */
  readonly list: () => readonly (readonly [table: string, id: string])[];
}

/**
 * Drafts in `.demarche/drafts` below the dataset's folder. A file that git tracks or that a link leads to is no
 * draft: it came with a commit, and the page would show it as this user's own work. The drafts of a second coding
 * are separate, by its folder: a blind coder must not see what the first coder has begun.
 */
export function draftsIn(fs: FileSystem, home: string, second?: string): Drafts {
  const own = ownFolder(fs, home);
  const parts = second === undefined ? ['drafts'] : ['second', sha256Of(second).slice(0, 16), 'drafts'];
  const folder = path.join(own.path, ...parts);
  const fileOf = (table: string, id: string): string => path.join(folder, encode(table), `${encode(id)}.json`);
  return {
    read(table, id) {
      const at = fileOf(table, id);
      if (own.isPlanted(at) || kindAt(fs, at) !== 'file') return undefined;
      const parsed = parseJson(Buffer.from(fs.read(at, mostBytes) ?? []).toString('utf8'));
      return 'value' in parsed ? parsed.value : undefined;
    },
    write(table, id, draft) {
      const at = fileOf(table, id);
      if (own.isPlanted(at))
        throw new Failure(`${at} came with a commit or through a link; remove it: it is not a draft`);
      own.make(path.dirname(at));
      replaceFile(fs, at, JSON.stringify(draft), { inside: home });
    },
    remove(table, id) {
      const at = fileOf(table, id);
      if (!own.isPlanted(at)) fs.remove(at);
    },
    list() {
      if (kindAt(fs, folder) !== 'folder' || own.isPlanted(folder)) return [];
      return fs.list(folder).flatMap(({ name: table, kind }) => {
        const files = kind === 'folder' ? fs.list(path.join(folder, table)) : [];
        return files.flatMap(({ name }) => draftNamed(table, name));
      });
    },
  };
}

/** Table and identifier of a draft; undefined for a name that `write` does not give. */
function draftNamed(folder: string, file: string): readonly (readonly [table: string, id: string])[] {
  try {
    const [table, id] = [decodeURIComponent(folder), decodeURIComponent(file.replace(/\.json$/, ''))];
    return encode(table) === folder && `${encode(id)}.json` === file ? [[table, id]] : [];
  } catch (error) {
    if (error instanceof URIError) return [];
    throw error;
  }
}

/** A name that cannot contain a path. */
function encode(name: string): string {
  return encodeURIComponent(name).replaceAll('.', '%2E');
}

/** The prefix of the names of drafts whose records have no file. */
export const newDraft = '~';

/** All drafts: those of new records with their first texts, those of saved ones with their identifiers. */
export function draftSummaries(drafts: Drafts): readonly DraftSummary[] {
  return drafts.list().flatMap(([table, draftName]) => {
    const content = keptContent(drafts.read(table, draftName));
    if (content === undefined) return [];
    if (!draftName.startsWith(newDraft)) return [{ table, id: draftName, draftName, label: draftName }];
    return [{ table, id: '', draftName, label: firstTexts(content.value) }];
  });
}

/** The most characters in a label. */
const longestLabel = 120;

function firstTexts(value: JsonObject): string {
  const texts = Object.entries(value).flatMap(([key, each]) =>
    typeof each === 'string' && key !== schemaLink ? [each] : [],
  );
  return texts.join(', ').slice(0, longestLabel);
}
