import { mostBytes } from '../base/limits.ts';
import type { FileSystem } from '../disk/fileSystem.ts';
import { isObject, member, parseJson } from '../json/json.ts';
import { type RecordFile, plainFile, readRecords } from '../read/records.ts';
import { toWithdrawal } from '../schema/extensionValues.ts';
import type { Withdrawal } from '../schema/extensions.ts';
import type { Project } from './openProject.ts';

/** A record that is a line of NDJSON. */
export interface RecordLine {
  /** Its file, under the name that it would have if it held only this record. */
  readonly named: RecordFile;
  readonly withdrawal: Withdrawal | undefined;
}

/** The records of a project that are lines of NDJSON, without lines that are unreadable or have no identifier. */
export function recordLines(fs: FileSystem, { files, types }: Pick<Project, 'files' | 'types'>): readonly RecordLine[] {
  return files.filter(({ holds, select }) => holds === 'lines' && select === undefined).flatMap(linesOf);

  function linesOf(file: RecordFile): readonly RecordLine[] {
    const type = types.find(({ name }) => name === file.table);
    if (type?.key === undefined) return [];
    const found: RecordLine[] = [];
    for (const raw of readRecords(fs, file, mostBytes)) {
      const parsed = 'text' in raw ? parseJson(raw.text) : undefined;
      if (parsed === undefined || !('value' in parsed) || !isObject(parsed.value)) continue;
      const id = member(parsed.value, type.key);
      if (typeof id !== 'string' && typeof id !== 'number') continue;
      const named = { ...plainFile(file), stem: String(id) };
      const withdrawn = type.withdrawal === undefined ? undefined : member(parsed.value, type.withdrawal);
      found.push({ named, withdrawal: toWithdrawal(withdrawn) });
    }
    return found;
  }
}
