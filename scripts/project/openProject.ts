import { option, sentence } from '../base/sentence.ts';
import path from 'node:path';
import type { CompileOptions } from '../compile/compile.ts';
import { type Json, isObject, parseJson, resolvePointer } from '../json/json.ts';
import { lazy } from '../base/lazy.ts';
import type { Patterns } from '../pattern/matcher.ts';
import { guardedPatterns } from '../pattern/pattern.ts';
import { Failure, type Problem } from '../base/problem.ts';
import { fileWithoutDigest, toDocument, withDigest } from '../schema/extensionValues.ts';
import { type Documents, documentsIn, noDocuments, sha256Of } from '../read/documents.ts';
import { errorCode, type FileSystem, kindAt } from '../disk/fileSystem.ts';
import { findRepository } from '../disk/git.ts';
import { rereading } from '../read/reread.ts';
import { type RawRecord, type RecordFile, type Unreadable, readAllRecords, readRecords } from '../read/records.ts';
import type { Listing } from '../read/recordFolder.ts';
import { type RecordList, recordList } from '../read/recordList.ts';
import type { SchemaFolder } from '../read/schemas.ts';
import { locationOf } from '../schema/location.ts';
import { type RecordType, markedShape, recordTypes } from '../schema/recordTypes.ts';
import { mostBytes } from '../base/limits.ts';
import type { ValidateOptions } from '../validate/context.ts';
import { recordsIn } from '../validate/selection.ts';
import { foldedId, groupBy } from '../base/text.ts';
import type { SourceDocument } from '../schema/extensions.ts';
import { bundleCache } from './cache.ts';
import { configName } from './config.ts';
import type { Place, ProjectOptions, SourcesPlace } from './options.ts';
import { readSchemaFolder } from './schemaFolder.ts';
import { type TableDefinition, tablesOf } from './tables.ts';
import { tablesWithoutFiles } from './tablesWithoutRecords.ts';
import { refuseMisplaced } from './refuseMisplaced.ts';
import { unknownFormats } from './unknownFormats.ts';

/** Everything that commands read before the first record. */
export interface Project {
  /** The file system that it was read from. */
  readonly fs: FileSystem;
  readonly folder: SchemaFolder;
  readonly schemaPath: string;
  readonly rawPath: string;
  /** The same folders as the user would write them. */
  readonly schemaShown: string;
  readonly rawShown: string;
  readonly types: readonly RecordType[];
  readonly files: readonly RecordFile[];
  /** Each source's document, by the source's identifier. */
  readonly sources: ReadonlyMap<string, SourceDocument>;
  /** Problems with files that cannot hold records. */
  readonly problems: readonly Problem[];
  /**
   * The texts of all records, or of those in the given files, in the order of the given tables; `tick` gets the share
   * of the files that has been read.
   */
  readonly records: (
    tick: (done: number) => void,
    order: readonly string[],
    files?: readonly RecordFile[],
  ) => Generator<RawRecord | Unreadable>;
  readonly validation: Omit<ValidateOptions, 'report'>;
  /** The folder in which a new record of a table belongs. */
  readonly folderOf: (table: string) => string;
  readonly options: ProjectOptions;
}

/** How to read a project: its options, for a file system or another state of the same folders. */
export interface ProjectSettings {
  readonly fs: FileSystem;
  readonly optionsIn: (tree: FileSystem) => ProjectOptions;
}

/** How the schemas of a project become tables. */
export function compileOptions({ fs, files, options }: Project): CompileOptions {
  return {
    ...namingOf(options),
    recordsOf: (type) => valuesIn(fs, files, type, options.layout),
  };
}

/** The same without what depends on records. */
export function namingOf(options: ProjectOptions): Omit<CompileOptions, 'recordsOf'> {
  return { own: isOwn(options), enforced: isOwn(options), digest: sha256Of };
}

/** The values of a table's records, without those that cannot be read. */
function* valuesIn(
  fs: FileSystem,
  files: readonly RecordFile[],
  type: RecordType,
  layout: ProjectOptions['layout'],
): Generator<Json> {
  for (const file of files) {
    if (file.table !== type.name) continue;
    for (const raw of readRecords(fs, file, mostBytes)) {
      if ('text' in raw) for (const [, value] of recordsIn(raw, type, layout)) yield value;
    }
  }
}

/**
 * Whether records and schemas are the project's own. Only the options say so: no description of a dataset changes the
 * rules.
 */
function isOwn({ layout }: Pick<ProjectOptions, 'layout'>): boolean {
  return layout === 'canonical';
}

/** The tables of a project, and what describes them. */
export interface Described extends Pick<Project, 'folder' | 'types'> {
  readonly patterns: Patterns;
  readonly tables: readonly TableDefinition[];
}

/** Reads the schemas. @throws Failure if a schema does not load */
export function openSchemas(fs: FileSystem, options: ProjectOptions, cache = bundleCache(fs)): Described {
  const patterns = guardedPatterns();
  const from = (names: readonly string[]): readonly string[] =>
    tablesOf(fs, names, options).map(({ file, pointer }) => locationOf(file, pointer));
  const reach = { from, refs: options.refs };
  const folder = readSchemaFolder(fs, options.schema, { own: isOwn(options), patterns, reach, kept: cache }, cache);
  const tables = tablesOf(fs, folder.names, options);
  const types = recordTypes(folder.schemas, tables);
  refuseMisplaced(fs, options.schema.path, types, folder.schemas);
  return { folder, patterns, tables, types };
}

/**
 * Reads the schemas and lists the records.
 * @param cache keeps the code of compiled schemas; file systems of a commit or an index cannot hold it
 * @throws Failure if a folder is missing or a schema does not load
 */
export function openProject(fs: FileSystem, options: ProjectOptions, cache = bundleCache(fs)): Project {
  const { project, listing } = openUnlisted(fs, options, () => () => undefined, cache);
  listing.all();
  return project;
}

/** A project whose files are listed when they are first needed. */
export interface UnlistedProject {
  readonly project: Project;
  readonly listing: RecordList;
}

/**
 * Reads the schemas; files are listed when they are first needed, for a program that stays open.
 * @param others finds the documents of sources without a record
 * @throws Failure if a folder is missing or a schema does not load
 */
export function openUnlisted(
  fs: FileSystem,
  options: ProjectOptions,
  others: (types: readonly RecordType[]) => (source: string) => SourceDocument | undefined,
  cache = bundleCache(fs),
): UnlistedProject {
  const { schema, raw, layout, requireSources } = options;
  needFolders(fs, options);
  const { folder, patterns, tables, types } = openSchemas(fs, options, cache);
  const listing = recordList(fs, { ...raw, sources: tables, layout });
  const documents = openSources(fs, options.sources);
  const sources = documentsOfSources(fs, types, listing, documents);
  const otherDocument = others(types);
  const problems = lazy(() => problemsWithFiles(fs, options, folder, listing.all()));
  const all = (): readonly RecordFile[] => listing.all().files;
  const project: Project = {
    fs,
    options,
    folderOf: (table) => path.join(raw.path, tables.find(({ name }) => name === table)?.base ?? ''),
    folder,
    ...foldersShown(options),
    types,
    get files() {
      return all();
    },
    sources,
    get problems() {
      return problems();
    },
    records: (tick, order, chosen = all()) => readAllRecords(fs, inOrder(chosen, order), mostBytes, tick),
    validation: {
      schemas: folder.schemas,
      cache,
      patterns,
      types,
      documents,
      documentOf: (source) => sources.get(source) ?? otherDocument(source),
      strayDocuments: strayDocuments(fs, options.sources.path, sources),
      requireSources,
      layout,
      linkOf: linksTo(schema.path),
      fileNamed: filesByName(all),
      isNewer,
      reread: rereading(fs),
    },
  };
  return { project, listing };
}

function foldersShown({
  schema,
  raw,
}: ProjectOptions): Pick<Project, 'schemaPath' | 'rawPath' | 'schemaShown' | 'rawShown'> {
  return { schemaPath: schema.path, rawPath: raw.path, schemaShown: schema.shown, rawShown: raw.shown };
}

function problemsWithFiles(
  fs: FileSystem,
  options: ProjectOptions,
  { schemas }: SchemaFolder,
  { files, problems }: Listing,
): readonly Problem[] {
  return [...unknownFormats(fs, options.schema.path, schemas), ...problems, ...tablesWithoutFiles(fs, options, files)];
}

/** Files, in the order of the tables. */
function inOrder(files: readonly RecordFile[], order: readonly string[]): readonly RecordFile[] {
  const byTable = groupBy(files, (file) => file.table);
  return order.flatMap((table) => byTable.get(table) ?? []);
}

/** The path from a record to the schema of its table, with `/`. */
function linksTo(schemas: string): (file: RecordFile, type: RecordType) => string {
  return (file, type) =>
    path.relative(path.dirname(file.path), path.join(schemas, type.file)).split(path.sep).join('/');
}

/** The parts of a project that are in git: its folders, and its configuration. */
export function foldersOf({ schema, raw, config }: ProjectOptions): readonly string[] {
  return [schema.path, raw.path, ...(config === undefined ? [] : [config.path])];
}

/** Whether a change of a file can change the meaning of all records: a schema, or the configuration. */
export function governs({ schemaPath, options }: Project, file: string): boolean {
  if (file === options.config?.path) return true;
  return (
    file.startsWith(schemaPath + path.sep) &&
    file.endsWith('.json') &&
    path.relative(schemaPath, file) !== 'dataset.json'
  );
}

function needFolders(fs: FileSystem, { schema, raw }: ProjectOptions): void {
  needFolder(fs, schema, 'schemas', 'schema');
  needFolder(fs, raw, 'records', 'raw');
}

function needFolder(fs: FileSystem, at: Place, what: string, setting: string): void {
  if (kindAt(fs, at.path) === 'folder') return;
  throw new Failure(
    sentence`no folder of ${what} at ${at.shown}; name it with ${option(setting)}, or in ${configName}`,
  );
}

/** The available source documents. @throws Failure if a folder is named that does not exist */
export function openSources(fs: FileSystem, sources: SourcesPlace): Documents {
  if (sources.named) needFolder(fs, sources, 'source documents', 'sources');
  return documentsIn(fs, sources.path) ?? noDocuments;
}

/** Each source's document by the source's id, read before the checks: a span can come before its source. */
function documentsOfSources(
  fs: FileSystem,
  types: readonly RecordType[],
  listing: RecordList,
  documents: Documents,
): ReadonlyMap<string, SourceDocument> {
  const found = new Map<string, SourceDocument>();
  for (const type of types) {
    const at = markedShape(type, 'document', (shape) => shape.document)?.[1];
    if (at === undefined || type.key === undefined) continue;
    for (const file of listing.of(type.name)) {
      for (const raw of readRecords(fs, file, mostBytes)) {
        const parsed = 'text' in raw ? parseJson(raw.text) : undefined;
        if (parsed === undefined || !('value' in parsed) || !isObject(parsed.value)) continue;
        const id = resolvePointer(parsed.value, `/${type.key}`);
        const document = documentOf(resolvePointer(parsed.value, at), documents);
        if (typeof id === 'string' && document !== undefined) found.set(id, document);
      }
    }
  }
  return found;
}

/** A document; if it lacks its digest, it means the available file, since `fix` will add the digest. */
function documentOf(value: Json | undefined, documents: Documents): SourceDocument | undefined {
  const file = fileWithoutDigest(value);
  const digest = file === undefined ? undefined : documents(file)?.sha256;
  return toDocument(digest !== undefined && isObject(value) ? withDigest(value, digest) : value);
}

/** How many files are compared to find a similar name: each is compared with each. */
const mostStray = 200;

/** Files in the folder of source documents that no source names, listed when first needed; empty if there are many. */
export function strayDocuments(
  fs: FileSystem,
  folder: string,
  sources: ReadonlyMap<string, SourceDocument>,
): () => readonly string[] {
  const find = (): readonly string[] => {
    const named = new Set([...sources.values()].map(({ file }) => file));
    try {
      const stray = fs.list(folder).flatMap(({ name, kind }) => (kind === 'file' && !named.has(name) ? [name] : []));
      return stray.length > mostStray ? [] : stray;
    } catch (error) {
      if (errorCode(error) === undefined) throw error;
      return [];
    }
  };
  return lazy(find);
}

/** Finds the file of a record by its table and name; the names are indexed when they are first needed. */
function filesByName(files: () => readonly RecordFile[]): (table: string, id: string) => RecordFile | undefined {
  const nameOf = (table: string, id: string): string => `${table}/${foldedId(id)}`;
  let known: { readonly of: readonly RecordFile[]; readonly byName: ReadonlyMap<string, RecordFile> } | undefined;
  const byName = (): ReadonlyMap<string, RecordFile> => {
    const now = files();
    if (known?.of === now) return known.byName;
    const singles = now.filter(({ holds, select }) => holds === 'record' && select === undefined);
    known = { of: now, byName: new Map(singles.map((file) => [nameOf(file.table, file.stem), file])) };
    return known.byName;
  };
  return (table, id) => byName().get(nameOf(table, id));
}

/** Whether the first of two files is newer in git; undefined outside git, or if both have the same age. */
function isNewer(file: RecordFile, than: RecordFile): boolean | undefined {
  const repository = findRepository([path.dirname(file.path), path.dirname(than.path)]);
  if ('why' in repository) return undefined;
  const [own, other] = [file, than].map((each) => repository.addedAt(each.path));
  return own === other || own === undefined || other === undefined ? undefined : own > other;
}
