import path from 'node:path';
import type { Problem } from '../base/problem.ts';
import { compareText, list, quoted } from '../base/text.ts';
import type { FileSystem } from '../disk/fileSystem.ts';
import { findRepository } from '../disk/git.ts';
import { isObject } from '../json/json.ts';
import type { RecordFile } from '../read/records.ts';
import { subschemas } from '../schema/keywords.ts';
import { schemaUri, withoutFragment } from '../schema/location.ts';
import { tableName } from '../schema/recordTypes.ts';
import type { SchemaFile } from '../schema/schemaSet.ts';
import type { Project } from './openProject.ts';
import type { ProjectOptions } from './options.ts';
import { leftOut } from './vanished.ts';

/**
 * A warning for each schema that describes records but has no folder of them: a release would silently lack the table.
 * A schema to which others refer may be only a part of them, and a sparse checkout leaves out folders on purpose.
 */
export function tablesWithoutFolder(project: Project): readonly Problem[] {
  const { folder, types, options } = project;
  const { layout, raw } = options;
  if (layout !== 'canonical' || options.tables.length > 0) return [];
  const { files } = folder.schemas;
  const tables = new Set(types.map(({ name }) => name));
  const alone = files.filter(
    ({ name, schema, isStandard }) =>
      isStandard !== true && !tables.has(tableName(name)) && isObject(schema) && 'properties' in schema,
  );
  const parts = alone.length === 0 ? new Set<string>() : referredTo(files);
  const whole = alone.filter(({ name }) => !parts.has(schemaUri(name)));
  const elsewhere = whole.length === 0 ? new Set<string>() : foldersLeftOut(project);
  return whole
    .filter(({ name }) => !elsewhere.has(tableName(name)))
    .map(({ name, shown }) => ({
      file: shown,
      line: 1,
      column: 1,
      pointer: '',
      rule: 'file',
      severity: 'warning',
      message: `no table is called ${quoted(tableName(name))}: the schema has no folder of records`,
      hint: `create ${path.join(raw.shown, tableName(name))}, and put an empty .gitkeep into it for git to keep it`,
    }));
}

/** The folders of records that a sparse checkout leaves out. */
function foldersLeftOut(project: Project): ReadonlySet<string> {
  const repository = findRepository([project.rawPath]);
  if ('why' in repository) return new Set();
  return new Set(Array.from(leftOut(repository, project), (file) => file.split('/')[0] ?? ''));
}

/** The URIs of the files to which other files refer. */
function referredTo(files: readonly SchemaFile[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { name, schema } of files)
    for (const { schema: inner } of subschemas(schema)) {
      const reference = inner['$ref'];
      const uri = typeof reference === 'string' ? withoutFragment(reference) : '';
      if (uri !== schemaUri(name)) found.add(uri);
    }
  return found;
}

/** A glob that matches no file is a mistake: a table's folder can be empty, but a written glob must match. */
export function tablesWithoutFiles(
  fs: FileSystem,
  { tables, raw }: ProjectOptions,
  files: readonly RecordFile[],
): readonly Problem[] {
  const filled = new Set(files.map((file) => file.table));
  return tables.flatMap(({ name, files: glob }): readonly Problem[] => {
    if (filled.has(name)) return [];
    const message = `table ${quoted(name)}: no file in ${raw.shown} matches ${quoted(glob)}`;
    const there = firstFiles(fs, raw.path, mostListed);
    const hint =
      there.length === 0 ? `${raw.shown} has no files` : `files there: ${list(there.map((each) => quoted(each)))}`;
    return [{ file: raw.shown, line: 1, column: 1, pointer: '', rule: 'file', severity: 'error', message, hint }];
  });
}

/** How many files are named if a glob matches none. */
const mostListed = 3;

/** The first files in a folder and below, by their paths there with `/`. */
function firstFiles(fs: FileSystem, folder: string, most: number, below = ''): readonly string[] {
  const found: string[] = [];
  for (const { name, kind } of fs.list(path.join(folder, below)).toSorted((a, b) => compareText(a.name, b.name))) {
    if (found.length >= most) break;
    if (name.startsWith('.')) continue;
    if (kind === 'folder') found.push(...firstFiles(fs, folder, most - found.length, `${below}${name}/`));
    else found.push(below + name);
  }
  return found;
}
