import { mostBytes } from '../base/limits.ts';
import { Failure } from '../base/problem.ts';
import { type FileSystem, kindAt } from '../disk/fileSystem.ts';
import { findRepository } from '../disk/git.ts';
import { type Json, isObject, member, parseJson } from '../json/json.ts';
import { takeTurnAt } from '../project/folders.ts';
import type { Project } from '../project/openProject.ts';
import { type OpenRecord, deleteRecord } from '../project/recordFiles.ts';
import { sourceTables } from '../project/recordIndex.ts';
import { lastRelease, tagOf } from '../project/versionTags.ts';
import { type RecordFile, readRecords } from '../read/records.ts';
import { type RecordType, spansOf, targetsOf } from '../schema/recordTypes.ts';
import { structureOf, walk } from '../schema/walk.ts';

/** A place in a record that refers to another one. */
export interface Referrer {
  readonly file: RecordFile;
  readonly id: string;
  readonly pointer: string;
}

/** The result of a deletion: done, or refused because the record was published or is referred to. */
export type Removed =
  | { readonly removed: string }
  /** `withdrawal` is the property under which it can be withdrawn instead. */
  | { readonly version: string; readonly withdrawal: string | undefined }
  | { readonly referrers: readonly Referrer[] };

/**
 * Deletes a record that was never published and that no other record refers to.
 * @throws Failure if it has changed since it was read, or git cannot tell whether it was published
 */
export function removeRecord(project: Project, record: OpenRecord): Removed {
  const version = publishedIn(project, record);
  if (version !== undefined) return { version, withdrawal: record.type.withdrawal };
  const referrers = referrersOf(project, record);
  if (referrers.length > 0) return { referrers };
  const turn = takeTurnAt(project.fs, project.options);
  try {
    deleteRecord(project.fs, record, project.rawPath);
  } finally {
    turn.end();
  }
  return { removed: record.file.shown };
}

function identifierOf({ file, line, type, value }: Pick<OpenRecord, 'file' | 'line' | 'type' | 'value'>): string {
  return line === 0 ? file.stem : (keyOf(type, value) ?? file.stem);
}

/** The identifier in a line. */
function keyOf({ key }: RecordType, value: Json): string | undefined {
  const own = key === undefined || !isObject(value) ? undefined : member(value, key);
  return typeof own === 'string' || typeof own === 'number' ? String(own) : undefined;
}

/** The last version that published a record; undefined if none did. */
function publishedIn({ schemaPath, rawPath, files }: Project, record: OpenRecord): string | undefined {
  const repository = findRepository([schemaPath, rawPath]);
  if ('why' in repository) {
    // outside a repository there are no versions
    if (repository.plain) return undefined;
    throw new Failure(`git cannot tell whether the record was published: ${repository.why}`);
  }
  const version = lastRelease(repository);
  const left = version === undefined ? repository.tagsLeftOut() : undefined;
  if (left !== undefined) throw new Failure(`git cannot tell whether the record was published: ${left.why}`);
  if (version === undefined) return undefined;
  const tree = repository.tree(`refs/tags/${tagOf(version)}`);
  const id = identifierOf(record);
  const there = files.filter(({ table, path }) => table === record.type.name && kindAt(tree, path) === 'file');
  const isThere = there.some((file) =>
    file.holds === 'record' ? file.stem === id : hasLine(tree, file, record.type, id),
  );
  return isThere ? version : undefined;
}

function hasLine(fs: FileSystem, file: RecordFile, type: RecordType, id: string): boolean {
  return [...readRecords(fs, file, mostBytes)].some((line) => {
    const parsed = 'text' in line ? parseJson(line.text) : undefined;
    return parsed !== undefined && 'value' in parsed && keyOf(type, parsed.value) === id;
  });
}

/** Every reference to a record in other records. */
export function referrersOf(project: Project, record: OpenRecord): readonly Referrer[] {
  const id = identifierOf(record);
  // spans refer to sources too
  const isSource = sourceTables(project).includes(record.type.name);
  const types = project.types.filter(
    (type) => targetsOf(type).includes(record.type.name) || (isSource && spansOf(type) !== undefined),
  );
  const tables = new Map(types.map((type) => [type.name, type]));
  const found: Referrer[] = [];
  for (const raw of project.records(() => {}, [...tables.keys()])) {
    const type = tables.get(raw.file.table);
    // most records do not name it, and need no parsing
    if (type === undefined || !('text' in raw) || !raw.text.includes(JSON.stringify(id))) continue;
    const parsed = parseJson(raw.text);
    if (!('value' in parsed) || !isObject(parsed.value)) continue;
    const own = identifierOf({ file: raw.file, line: raw.line, type, value: parsed.value });
    if (type.name === record.type.name && own === id) continue;
    for (const { tables: targets, id: named, pointer } of walk(parsed.value, structureOf(type.shape)).references)
      if (named === id && targets.includes(record.type.name)) found.push({ file: raw.file, id: own, pointer });
  }
  return found;
}
