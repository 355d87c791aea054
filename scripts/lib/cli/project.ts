import { existsSync } from 'node:fs';
import path from 'node:path';
import { bundleFolder } from '../bundle.ts';
import type { CompileOptions } from '../compile/compile.ts';
import { isObject, parseJson, resolvePointer } from '../json/json.ts';
import { lazy } from '../lazy.ts';
import { guardedPatterns } from '../pattern/pattern.ts';
import { Failure, type Problem } from '../problem.ts';
import { toDocument } from '../provenance.ts';
import { type Documents, documentsIn, noDocuments, sha256Of } from '../read/documents.ts';
import { errorCode, type FileSystem } from '../read/fileSystem.ts';
import {
  type RawRecord,
  type RecordFile,
  type Unreadable,
  listRecords,
  readAllRecords,
  readRecords,
} from '../read/records.ts';
import { type SchemaFolder, readSchemas } from '../read/schemas.ts';
import { type RecordType, recordTypes, shapesBelow } from '../schema/tables.ts';
import { mostBytes } from '../limits.ts';
import type { ValidateOptions } from '../validate/validate.ts';
import { groupBy } from '../text.ts';
import type { SourceDocument } from '../vocabulary.ts';
import type { Cache } from '../validate/compiled.ts';
import { cacheIn } from './cache.ts';
import type { Terminal } from './command.ts';
import { tablesOf } from './tables.ts';
import { type Given, flags, switchFlag, textFlag } from './flags.ts';

/** Everything that the commands read before they look at the first record. */
export interface Project {
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
  /** The texts of all records, or of those in the files given, in the order of the tables given; `tick` is told the share of the files that has been read. */
  readonly records: (
    tick: (done: number) => void,
    order: readonly string[],
    files?: readonly RecordFile[],
  ) => Generator<RawRecord | Unreadable>;
  readonly validation: Omit<ValidateOptions, 'report'>;
}

/** How the schemas of a project become tables. */
export function compileOptions({ folder, validation }: Project): CompileOptions {
  return { own: folder.dataset.own, enforced: validation.layout === 'canonical', digest: sha256Of };
}

/** Flags that every command on a project takes, whether it needs them or not, so that they can stand in one place of a script. */
export const commonFlags = [flags.raw, flags.schema, flags.dist, flags.sources, flags.format, flags.quiet];

/** Flags that say how a project is read. */
export const readingFlags = [flags.layout, flags.key, flags.table];

/** The folder of the package, in which the default folders stand: the nearest one above this module, be it a source or bundled, that holds a package.json. */
export const packageFolder = folderOfPackage(import.meta.dirname);

function folderOfPackage(folder: string): string {
  const above = path.dirname(folder);
  return existsSync(path.join(folder, 'package.json')) || above === folder ? folder : folderOfPackage(above);
}

/** What a bundle keeps beside itself: another one does not see it, and it goes when the bundle goes. Sources that are run as they are keep nothing. */
export function bundleCache(fs: FileSystem): Cache | undefined {
  return bundleFolder === undefined ? undefined : cacheIn(fs, path.join(bundleFolder, 'kept'));
}

/** A folder's path, and how to show it to a user who stands in `cwd`. */
export interface Place {
  readonly path: string;
  readonly shown: string;
}

export function folderAt(terminal: Terminal, given: string | undefined, byDefault: string): Place {
  const absolute = given === undefined ? path.join(packageFolder, byDefault) : path.resolve(terminal.cwd, given);
  const relative = path.relative(terminal.cwd, absolute);
  return {
    path: absolute,
    shown: relative.startsWith(`..${path.sep}..`) ? absolute : relative === '' ? '.' : relative,
  };
}

/** The folders of schemas and records, in this order. */
export function projectFolders(given: Given, terminal: Terminal): readonly [string, string] {
  return [
    folderAt(terminal, textFlag(given, flags.schema), 'schema').path,
    folderAt(terminal, textFlag(given, flags.raw), 'raw').path,
  ];
}

/** Reads the schemas and lists the records. @throws Failure where a folder is missing or a schema does not load */
export function openProject(fs: FileSystem, given: Given, terminal: Terminal): Project {
  const schema = folderAt(terminal, textFlag(given, flags.schema), 'schema');
  const raw = folderAt(terminal, textFlag(given, flags.raw), 'raw');
  needFolder(fs, schema, 'schemas', '--schema');
  needFolder(fs, raw, 'records', '--raw');
  const patterns = guardedPatterns();
  const folder = readSchemas(fs, schema.path, schema.shown, patterns);
  const tables = tablesOf(fs, folder, raw.path, given);
  const types = recordTypes(folder.schemas, tables);
  const listing = listRecords(fs, raw.path, raw.shown, tables);
  const documents = openSources(fs, given, terminal);
  const { files, problems } = listing;
  const sources = documentsOfSources(fs, types, files);
  return {
    folder,
    schemaPath: schema.path,
    rawPath: raw.path,
    schemaShown: schema.shown,
    rawShown: raw.shown,
    types,
    files,
    sources,
    problems,
    records(tick, order, chosen = files) {
      const byTable = groupBy(chosen, (file) => file.table);
      const ordered = order.flatMap((table) => byTable.get(table) ?? []);
      return readAllRecords(fs, ordered, mostBytes, tick);
    },
    validation: {
      schemas: folder.schemas,
      cache: bundleCache(fs),
      patterns,
      types,
      documents,
      documentOf: (source) => sources.get(source),
      strayDocuments: strayDocuments(fs, sourcesFolder(given, terminal).path, sources),
      requireSources: switchFlag(given, flags.requireSources),
      layout: textFlag(given, flags.layout) === 'any' ? 'any' : 'canonical',
      linkOf: (file, type) =>
        path.relative(path.dirname(file.path), path.join(schema.path, type.file)).split(path.sep).join('/'),
      reread: (file, line) => readAgain(fs, file, line),
    },
  };
}

function needFolder(fs: FileSystem, at: Place, what: string, flag: string): void {
  try {
    if (fs.kind(at.path) === 'folder') return;
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
  }
  throw new Failure(`no folder of ${what} at ${at.shown}; name it with ${flag}`);
}

/** The folder of source documents; nobody says that it is there. */
export function sourcesFolder(given: Given, terminal: Terminal): Place {
  return folderAt(terminal, sourcesNamed(given, terminal), 'sources');
}

function sourcesNamed(given: Given, terminal: Terminal): string | undefined {
  const fromEnvironment = terminal.env['SOURCES'];
  return textFlag(given, flags.sources) ?? (fromEnvironment === '' ? undefined : fromEnvironment);
}

/** The source documents at hand. @throws Failure where a folder is named that is not there */
export function openSources(fs: FileSystem, given: Given, terminal: Terminal): Documents {
  const named = sourcesNamed(given, terminal);
  const at = sourcesFolder(given, terminal);
  if (named !== undefined) needFolder(fs, at, 'source documents', '--sources');
  return documentsIn(fs, at.path) ?? noDocuments;
}

/** Each source's document by the source's id, read ahead of the check: a span can stand before its source. */
function documentsOfSources(
  fs: FileSystem,
  types: readonly RecordType[],
  files: readonly RecordFile[],
): ReadonlyMap<string, SourceDocument> {
  const found = new Map<string, SourceDocument>();
  for (const type of types) {
    const at = [...shapesBelow(type.shape)].find(([shape, pointer]) => shape.document && !pointer.includes('*'))?.[1];
    if (at === undefined || type.key === undefined) continue;
    for (const file of files.filter((f) => f.table === type.name)) {
      for (const raw of readRecords(fs, file, mostBytes)) {
        const parsed = 'text' in raw ? parseJson(raw.text) : undefined;
        if (parsed === undefined || !('value' in parsed) || !isObject(parsed.value)) continue;
        const id = resolvePointer(parsed.value, `/${type.key}`);
        const document = toDocument(resolvePointer(parsed.value, at));
        if (typeof id === 'string' && document !== undefined) found.set(id, document);
      }
    }
  }
  return found;
}

/** So many files are looked through for one that is called almost like another: each is compared with each. */
const mostStray = 200;

/** Files of the folder of source documents that no source names, listed when they are first asked for; none where there are many. */
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

function readAgain(fs: FileSystem, file: RecordFile, line: number): string | undefined {
  for (const raw of readRecords(fs, file, mostBytes)) if ('text' in raw && raw.line === line) return raw.text;
  return undefined;
}
