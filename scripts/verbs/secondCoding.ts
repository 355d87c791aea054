import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { mostBytes } from '../base/limits.ts';
import { type FileSystem, kindAt } from '../disk/fileSystem.ts';
import { createFile, replaceFile } from '../disk/replace.ts';
import { printCanonical } from '../json/canonical.ts';
import { type Json, isObject, member, parseJson } from '../json/json.ts';
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

/** How a difference between two codings was settled. */
export interface Decision {
  readonly table: string;
  /** Identifiers in the two codings; empty if one of them has no such record. */
  readonly first: string;
  readonly second: string;
  /** JSON Pointer of the field; empty if the question is whether there is a record at all. */
  readonly field: string;
  readonly chosen: 'first' | 'second';
  readonly reason: string;
  readonly by: string;
  /** The day, as ISO 8601. */
  readonly date: string;
}

/**
 * Decisions are in the folder of the second coding, one JSON object on each line. Its name is ignored in a folder of
 * records.
 */
export const decisionsFile = '.decisions.ndjson';

/** The decisions of a second coding, without invalid lines, which an edit by hand can leave. */
export function decisionsIn({ fs }: Pick<Project, 'fs'>, folder: string): readonly Decision[] {
  return textOf(fs, folder)
    .split('\n')
    .flatMap((line) => {
      const parsed = parseJson(line);
      const decision = 'value' in parsed ? toDecision(parsed.value) : undefined;
      return decision === undefined ? [] : [decision];
    });
}

/** Reads a decision; undefined if the value does not have its form. */
export function toDecision(value: Json): Decision | undefined {
  if (!isObject(value)) return undefined;
  const texts = ['table', 'first', 'second', 'field', 'reason', 'by', 'date'].map((name) => member(value, name));
  const [table, first, second, field, reason, by, date] = texts.filter((text) => typeof text === 'string');
  const chosen = member(value, 'chosen');
  if (date === undefined || table === undefined || first === undefined || second === undefined) return undefined;
  if (field === undefined || reason === undefined || by === undefined) return undefined;
  if (chosen !== 'first' && chosen !== 'second') return undefined;
  return { table, first, second, field, chosen, reason, by, date };
}

function textOf(fs: FileSystem, folder: string): string {
  const at = path.join(folder, decisionsFile);
  return kindAt(fs, at) === undefined ? '' : Buffer.from(fs.read(at, mostBytes) ?? []).toString('utf8');
}

/** Adds decisions to those of a second coding. */
export function keepDecisions({ fs }: Pick<Project, 'fs'>, folder: string, decisions: readonly Decision[]): void {
  if (decisions.length === 0) return;
  const lines = decisions.map((each) => `${JSON.stringify(each)}\n`).join('');
  replaceFile(fs, path.join(folder, decisionsFile), textOf(fs, folder) + lines, { inside: folder });
}
