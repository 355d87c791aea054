import path from 'node:path';
import { type Edition, type PlacedName, recordKey } from '../compare/edition.ts';
import { type Compilation, type PlacedRecord, compile } from '../compile/compile.ts';
import { Malformed, describedRow, describedTable } from '../compile/describedTables.ts';
import type { Batch, Row, Table } from '../compile/model.ts';
import { type TableOf, keyCell } from '../compile/rows.ts';
import { type JsonObject, isObject, member, parseJson } from '../json/json.ts';
import { Failure } from '../base/problem.ts';
import { type FileSystem, kindAt } from '../disk/fileSystem.ts';
import type { Repository } from '../disk/git.ts';
import { type RecordFile, readRecords } from '../read/records.ts';
import { type ReleaseFolder, openRelease, readCsv } from '../release/folder.ts';
import { mostBytes } from '../base/limits.ts';
import { tableSchema } from '../write/metadata/dataPackage.ts';
import { recordsIn } from '../validate/selection.ts';
import type { Cache } from '../validate/ajv/compiled.ts';
import { reserved } from '../schema/extensions.ts';
import type { ProjectOptions } from './options.ts';
import { tableFinder } from './tableFinder.ts';
import { type Project, compileOptions, foldersOf, governs, openProject } from './openProject.ts';

/** Two editions to compare: rows that are known to be equal are in neither. */
export interface Editions {
  readonly before: Edition;
  readonly after: Edition;
}

/** Editions, with access to the rows of records that are equal in both. */
export interface EditionsSince extends Editions {
  /** The records of `after`. */
  readonly placed: readonly PlacedRecord[];
  /** The rows for some tables of records and their child tables; with `most`, from that many files, evenly spread. */
  readonly unchanged: (tables: ReadonlySet<string>, most?: number) => Iterable<Batch>;
}

/** The project as a commit holds it: its configuration, schemas and records. The work tree is not read. */
function projectIn(tree: FileSystem, options: ProjectOptions, commit: string, cache: Cache | undefined): Project {
  for (const { path: folder } of [options.schema, options.raw]) {
    if (kindAt(tree, folder) !== 'folder')
      throw new Failure(`the commit ${commit.slice(0, 12)} has no folder ${folder}`);
  }
  // the texts of the sources are rarely in git, and a commit does not need to be checked against them again
  const unchecked = { ...options, requireSources: false, sources: { ...options.sources, named: false } };
  return openProject(tree, unchecked, cache);
}

/**
 * The edition of a commit and that of the project as it is now, compiled only where they can differ.
 * @param optionsIn how to read a project from a tree of files
 */
export function editionsSince(
  fs: FileSystem,
  project: Project,
  repository: Repository,
  commit: string,
  optionsIn: (tree: FileSystem) => ProjectOptions,
): EditionsSince {
  const tree = repository.tree(commit);
  const past = projectIn(tree, optionsIn(tree), commit, project.validation.cache);
  const differing = differingFiles(repository, commit, project);
  const { edition: after, placed } = placedEdition(fs, project, (file) => differing(file.path));
  return {
    before: placedEdition(tree, past, (file) => differing(file.path)).edition,
    after,
    placed,
    unchanged: (tables, most) => {
      const files = [...tables].flatMap((table) =>
        spread(
          project.files.filter((file) => file.table === table && !differing(file.path)),
          most,
        ),
      );
      return unchangedRows(fs, project, files);
    },
  };
}

/** The rows of some records, as far as they are valid: what is wrong with them is not in question. */
function unchangedRows(fs: FileSystem, project: Project, files: readonly RecordFile[]): Iterable<Batch> {
  const compilation = compile(project.types, compileOptions(project));
  const records = placedRecords(fs, files, project, compilation, () => undefined);
  return compilation.rows(records, tableFinder(project));
}

/** At most so many of a list, evenly spread over it. */
function spread<T>(list: readonly T[], most = list.length): readonly T[] {
  const step = Math.max(1, list.length / Math.max(1, most));
  return list.filter((_, i) => Math.floor(i / step) !== Math.floor((i - 1) / step));
}

/** Whether a record file can have other rows than in a commit: all can where a schema has changed. */
function differingFiles(repository: Repository, commit: string, project: Project): (file: string) => boolean {
  const at = (file: string): string => path.join(repository.root, file);
  const changed = [...repository.changes(commit, foldersOf(project.options))].map(at);
  if (changed.some((file) => governs(project, file))) return () => true;
  const files = new Set(changed);
  return (file) => files.has(file);
}

/** An edition, and the records that it was made from. */
interface PlacedEdition {
  readonly edition: Edition;
  readonly placed: readonly PlacedRecord[];
}

function placedEdition(fs: FileSystem, project: Project, wanted: (file: RecordFile) => boolean): PlacedEdition {
  const { dataset, views } = project.folder;
  const compilation = compile(project.types, compileOptions(project));
  const placed = [...placedRecords(fs, project.files.filter(wanted), project, compilation)];
  const edition = {
    version: dataset.version,
    tables: compilation.tables,
    views,
    rows: rowsOf(placed, compilation, tableFinder(project)),
    records: new Map(placed.map(nameOf).map((name) => [recordKey(name), name])),
  };
  return { edition, placed };
}

/** The name of a record in an edition. */
export function nameOf({ type, value, file, index }: PlacedRecord): PlacedName {
  const id = type.key === undefined ? `${file} ${index}` : String(keyCell(value, type.key));
  return { table: type.name, id, file };
}

function rowsOf(
  records: readonly PlacedRecord[],
  compilation: Compilation,
  tableOf: TableOf,
): ReadonlyMap<string, readonly Row[]> {
  const rows = new Map<string, Row[]>();
  for (const batch of compilation.rows(records, tableOf)) {
    const known = rows.get(batch.table);
    if (known === undefined) rows.set(batch.table, [...batch.rows]);
    else for (const row of batch.rows) known.push(row);
  }
  return rows;
}

/** Records that have been validated before, with their places. By default an invalid one ends the run. */
function* placedRecords(
  fs: FileSystem,
  files: readonly RecordFile[],
  { types, options }: Project,
  { order }: Compilation,
  onInvalid: (file: RecordFile) => void = refuse,
): Generator<PlacedRecord> {
  for (const file of order.flatMap(({ name }) => files.filter((f) => f.table === name))) {
    const type = types.find((t) => t.name === file.table);
    if (type === undefined) continue;
    let index = 0;
    for (const raw of readRecords(fs, file, mostBytes)) {
      if (!('text' in raw) || 'message' in parseJson(raw.text)) {
        onInvalid(file);
        continue;
      }
      for (const [, value] of recordsIn(raw, type, options.layout)) {
        if (type.key !== undefined && !isObject(value)) onInvalid(file);
        else yield { type, value, file: file.name, index: index++ };
      }
    }
  }
}

function refuse(file: RecordFile): never {
  throw new Failure(`${file.shown} does not hold valid records in one of the two editions: run validate`);
}

/** The edition in a release folder, and that of the current project, both as a release describes itself. */
export function editionsAgainst(fs: FileSystem, project: Project, release: ReleaseFolder): Editions {
  const { edition: after } = placedEdition(fs, project, () => true);
  const { tables, rows } = describedEdition(fs, release);
  const version = member(release.descriptor, 'version');
  // a release leaves out an optional table that has no rows
  const written = after.tables.filter(({ name, optional }) => !optional || after.rows.has(name));
  return {
    // a release does not hold the text of its views in a form that can be compared
    before: {
      version: typeof version === 'string' ? version : '0.0.0',
      tables,
      views: after.views,
      rows,
      records: new Map(),
    },
    after: { ...after, tables: written.map(asDescribed) },
  };
}

function describedEdition(fs: FileSystem, release: ReleaseFolder): Pick<Edition, 'tables' | 'rows'> {
  const tables = release.tables.map((resource) => tableIn(release, resource));
  const rows = new Map(
    tables.map((table) => [
      table.name,
      readCsv(fs, release, `csv/${table.name}.csv`).map((fields) => describedRow(table, fields)),
    ]),
  );
  const meanings = new Map(
    (rows.get(reserved.codeLists) ?? []).map(([table, column, code, text]) => [
      JSON.stringify([table, column, code]),
      text,
    ]),
  );
  const withMeanings = tables.map((table) => ({
    ...table,
    columns: table.columns.map((column) => ({
      ...column,
      codes: column.codes?.map(({ code }) => {
        const meaning = meanings.get(JSON.stringify([table.name, column.name, code]));
        return { code, description: typeof meaning === 'string' ? meaning : undefined };
      }),
    })),
  }));
  return { tables: withMeanings.filter(({ name }) => name !== reserved.changes), rows };
}

function tableIn(release: ReleaseFolder, resource: JsonObject): Table {
  try {
    return describedTable(resource);
  } catch (error) {
    if (error instanceof Malformed) throw new Failure(`${release.shown}: ${error.message}`);
    throw error;
  }
}

/** A table as a release would describe it, with the meanings of its codes. */
function asDescribed(table: Table): Table {
  const { name, title, description } = table;
  const described = describedTable(
    Object.fromEntries(
      Object.entries({ name, title, description, schema: tableSchema(table) }).flatMap(([key, value]) =>
        value === undefined ? [] : [[key, value]],
      ),
    ),
  );
  const codes = new Map(table.columns.map((column) => [column.name, column.codes]));
  return { ...described, columns: described.columns.map((column) => ({ ...column, codes: codes.get(column.name) })) };
}

/** The release in a folder that a user names; undefined if there is no such folder. */
export function releaseAt(fs: FileSystem, folder: string, shown: string): ReleaseFolder | undefined {
  return kindAt(fs, folder) === 'folder' ? openRelease(fs, folder, shown) : undefined;
}
