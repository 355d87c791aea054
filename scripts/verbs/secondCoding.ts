import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { kindAt } from '../disk/fileSystem.ts';
import { createFile } from '../disk/replace.ts';
import { printCanonical } from '../json/canonical.ts';
import type { Project } from '../project/openProject.ts';
import { openRecord, wholeFile } from '../project/recordFiles.ts';
import { sourceTables } from '../project/recordIndex.ts';
import type { RecordFile } from '../read/records.ts';
import { type RecordType, targetsOf } from '../schema/recordTypes.ts';
import { structureOf } from '../schema/walk.ts';
import { blindSource } from './blindSource.ts';

/**
 * The tables that a second coder codes again: not the sources, and not tables that records only refer to, such as lists
 * of persons. Tables that refer to each other are coded together.
 */
export function codedTables(project: Pick<Project, 'types'>): readonly string[] {
  const sources = new Set(sourceTables(project));
  const { types } = project;
  const reach = new Map(types.map((type) => [type.name, reachable(type, types)]));
  const isReference = ({ name }: RecordType): boolean =>
    types.some((other) => targetsOf(other).includes(name) && reach.get(name)?.has(other.name) !== true);
  return types.filter((type) => !sources.has(type.name) && !isReference(type)).map(({ name }) => name);
}

/** All tables that can be reached from one by references. */
function reachable(type: RecordType, types: readonly RecordType[]): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (each: RecordType): void => {
    for (const name of targetsOf(each)) {
      if (found.has(name)) continue;
      found.add(name);
      const target = types.find((t) => t.name === name);
      if (target !== undefined) visit(target);
    }
  };
  visit(type);
  return found;
}

/**
 * Fills a folder for a second, blind coding: a folder for each table, with the sources and the records that others
 * refer to, but without the first coder's records, and without what sources say about their coding. Changes no existing
 * file. Returns the number of new files.
 */
export function prepareSecondCoding(project: Project, folder: string): number {
  const { fs, rawPath, files, types } = project;
  const coded = new Set(codedTables(project));
  fs.makeFolder(folder);
  for (const { name } of types) fs.makeFolder(path.join(folder, path.relative(rawPath, project.folderOf(name))));
  let made = 0;
  for (const file of files) {
    const to = path.join(folder, path.relative(rawPath, file.path));
    if (coded.has(file.table) || kindAt(fs, to) !== undefined) continue;
    fs.makeFolder(path.dirname(to));
    createFile(fs, to, contentOf(project, file), folder);
    made++;
  }
  return made;
}

/** What a second coder gets of a file: a source without the decisions of the first, any other file as it is. */
function contentOf(project: Project, file: RecordFile): string | Uint8Array {
  const opened = sourceTables(project).includes(file.table) ? openRecord(project.fs, project, file) : undefined;
  const blind = opened === undefined ? undefined : blindSource(opened.type, opened.value);
  return opened === undefined || blind === undefined || isDeepStrictEqual(blind, opened.value)
    ? wholeFile(project.fs, file.path)
    : printCanonical(blind, structureOf(opened.type.shape), 'file');
}
