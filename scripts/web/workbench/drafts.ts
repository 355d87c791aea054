import path from 'node:path';
import { mostBytes } from '../../base/limits.ts';
import { type FileSystem, errorCode, kindAt } from '../../disk/fileSystem.ts';
import { replaceFile } from '../../disk/replace.ts';
import { type Json, parseJson } from '../../json/json.ts';
import { schemaLink } from '../../schema/extensions.ts';
import type { DraftSummary } from './messages.ts';
import { ownFolder } from './ownFolder.ts';
import { keptContent } from './request.ts';

/** What is not saved yet, by table and identifier: files of their own, outside the folder of records. */
export interface Drafts {
  readonly read: (table: string, id: string) => Json | undefined;
  readonly write: (table: string, id: string, draft: Json) => void;
  readonly remove: (table: string, id: string) => void;
  /** Table and identifier of each draft. */
  readonly list: () => readonly (readonly [table: string, id: string])[];
}

/** Drafts in `.demarche/drafts` below the dataset's folder. git ignores the folder. */
export function draftsIn(fs: FileSystem, home: string): Drafts {
  const own = ownFolder(fs, home);
  const folder = path.join(own.path, 'drafts');
  const fileOf = (table: string, id: string): string => path.join(folder, encode(table), `${encode(id)}.json`);
  return {
    read(table, id) {
      try {
        const bytes = fs.read(fileOf(table, id), mostBytes);
        const parsed = parseJson(Buffer.from(bytes ?? []).toString('utf8'));
        return 'value' in parsed ? parsed.value : undefined;
      } catch (error) {
        if (errorCode(error) !== 'ENOENT') throw error;
        return undefined;
      }
    },
    write(table, id, draft) {
      const at = fileOf(table, id);
      own.make(path.dirname(at));
      replaceFile(fs, at, JSON.stringify(draft), { inside: own.path });
    },
    remove: (table, id) => fs.remove(fileOf(table, id)),
    list() {
      if (kindAt(fs, folder) !== 'folder') return [];
      return fs
        .list(folder)
        .flatMap(({ name: table, kind }) =>
          kind === 'folder'
            ? fs
                .list(path.join(folder, table))
                .flatMap(({ name }): (readonly [string, string])[] =>
                  name.endsWith('.json') ? [[decodeURIComponent(table), decodeURIComponent(name.slice(0, -5))]] : [],
                )
            : [],
        );
    },
  };
}

/** A name that no path can be in. */
function encode(name: string): string {
  return encodeURIComponent(name).replaceAll('.', '%2E');
}

/** What the name of a draft begins with whose record has no file. */
export const newDraft = '~';

/** The drafts of records that have no file yet, each with its first texts. */
export function newDrafts(drafts: Drafts): readonly DraftSummary[] {
  return drafts.list().flatMap(([table, draftName]) => {
    if (!draftName.startsWith(newDraft)) return [];
    const content = keptContent(drafts.read(table, draftName));
    const texts = Object.entries(content?.value ?? {}).flatMap(([key, value]) =>
      typeof value === 'string' && key !== schemaLink ? [value] : [],
    );
    return content === undefined ? [] : [{ table, draftName, label: texts.join(', ').slice(0, 120) }];
  });
}
