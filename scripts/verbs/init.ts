import { option, sentence } from '../base/sentence.ts';
import path from 'node:path';
import { createFile } from '../disk/replace.ts';
import { print } from '../json/canonical.ts';
import { depthOffset } from '../json/depth.ts';
import { type Json, type JsonObject, below, defined, isArray, isObject, parseJson } from '../json/json.ts';
import { nameFault } from '../base/fileName.ts';
import { mostInferredDepth } from '../base/limits.ts';
import { packageFolder } from '../base/package.ts';
import { Failure } from '../base/problem.ts';
import { configName } from '../project/config.ts';
import { decode } from '../read/decode.ts';
import { type FileSystem, kindAt } from '../disk/fileSystem.ts';
import { compareText, foldedId, groupBy, quoted } from '../base/text.ts';
import { reserved } from '../schema/extensions.ts';
import { inferSchema } from './inferSchema.ts';

export interface InitOptions {
  /** The folder that becomes the top of the dataset; it does not have to exist. Absolute path. */
  readonly folder: string;
  /** A folder or file of JSON from which the schemas are inferred. Absolute path. */
  readonly from: string | undefined;
  /** The version of the toolkit that the dataset depends on. */
  readonly version: string;
  /**
   * The repository of the toolkit on GitHub, `owner/name` or `owner/name@ref`; by default with the tag of the version.
   * The workflows then call those of this repository. Without it, they contain all steps.
   */
  readonly toolkit?: string | undefined;
}

export interface InitResult {
  /** Paths below the folder: written files, and existing files that were left alone. */
  readonly written: readonly string[];
  readonly kept: readonly string[];
  /** Tables whose schemas were inferred, with their number of records. */
  readonly inferred: readonly { readonly table: string; readonly records: number; readonly key: string | null }[];
  /** The repository whose workflows are called; undefined if the workflows contain all steps. */
  readonly toolkit: Toolkit | undefined;
}

/** A repository of the toolkit on GitHub, and the tag or commit whose workflows are called. */
export interface Toolkit {
  readonly repository: string;
  readonly ref: string;
}

/** Files by path below the folder. */
type Files = ReadonlyMap<string, string>;

const mostBytes = 1 << 28;

/**
 * Makes a dataset in a folder: from the template, or with schemas inferred from records. Never replaces a file.
 * @throws Failure if the folder already holds a dataset, `from` holds no records, or `toolkit` is not a repository
 */
export function initDataset(fs: FileSystem, options: InitOptions): InitResult {
  const { folder, from, version } = options;
  const toolkit = toolkitOf(options);
  for (const name of [configName, 'schema', ...(from === undefined ? ['raw'] : [])]) {
    if (kindAt(fs, path.join(folder, name)) !== undefined)
      throw new Failure(`${path.join(folder, name)} exists: this folder already holds a dataset`);
  }
  const found = from === undefined ? undefined : recordsFrom(fs, folder, from);
  const raw = found?.raw ?? 'raw';
  const template = templateFiles(fs, { folder, raw, toolkit });
  const files = found === undefined ? template : inferredFiles(template, found);
  const all = new Map([...files, ['package.json', manifest(folder, version)]]);
  const written: string[] = [];
  const kept: string[] = [];
  for (const [name, text] of [...all].toSorted(([a], [b]) => compareText(a, b))) {
    const at = path.join(folder, name);
    if (kindAt(fs, at) !== undefined) kept.push(name);
    else {
      fs.makeFolder(path.dirname(at));
      createFile(fs, at, text, folder);
      written.push(name);
    }
  }
  return {
    written,
    kept,
    inferred: found?.tables.map(({ name, records, key }) => ({ table: name, records, key })) ?? [],
    toolkit,
  };
}

/** npm packs no file called .gitignore, so the template's dot-files have no dot. */
const dotted = /^(?=(?:gitignore$|vscode\/|github\/))/;

/** Workflows that contain all steps, and those that call the workflows of the toolkit. */
const workflows = { whole: 'github/workflows/', callers: 'callers/' };

/** The values for the texts of the template. */
interface Filling {
  readonly folder: string;
  /** The folder of records, below the top of the dataset. */
  readonly raw: string;
  readonly toolkit: Toolkit | undefined;
}

function templateFiles(fs: FileSystem, { folder, raw, toolkit }: Filling): Files {
  const template = path.join(packageFolder, 'scripts', 'template');
  const name = datasetName(folder);
  const values = { name, title: titleOf(name), raw, toolkit: toolkit?.repository ?? '', ref: toolkit?.ref ?? '' };
  const unused = toolkit === undefined ? workflows.callers : workflows.whole;
  const files = filesBelow(fs, template, '').filter((file) => !file.startsWith(unused));
  const texts = files.map((file): [string, string] => {
    const at = file.startsWith(workflows.callers) ? file.replace(workflows.callers, workflows.whole) : file;
    return [at.replace(dotted, '.'), filledIn(textOf(fs, path.join(template, file)), values)];
  });
  return new Map(texts);
}

/** A text with its `{{name}}`s replaced by values. */
function filledIn(text: string, values: Readonly<Record<string, string>>): string {
  return Object.entries(values).reduce((at, [name, value]) => at.replaceAll(`{{${name}}}`, value), text);
}

/** @throws Failure if it does not name a repository */
function toolkitOf({ toolkit, version }: InitOptions): Toolkit | undefined {
  if (toolkit === undefined) return undefined;
  const [, repository, ref = `toolkit-v${version}`] = /^([\w.-]+\/[\w.-]+)(?:@([\w./-]+))?$/.exec(toolkit) ?? [];
  if (repository !== undefined) return { repository, ref };
  throw new Failure(sentence`${option('toolkit')} is owner/name or owner/name@ref, not ${quoted(toolkit)}`);
}

/** The template without its own table, for tables that were inferred. */
function inferredFiles(template: Files, { raw, tables, copies }: Found): Files {
  const ofTemplate = [...template].filter(([file]) => !/^(?:raw\/|schema\/.*\.schema\.json$)/.test(file));
  const config = defined({
    $schema: './node_modules/demarche/lib/config.schema.json',
    raw: raw === 'raw' ? undefined : raw,
    // these records follow somebody else's rules; `canonical` is for those who adopt ours
    layout: 'any',
    tables: tables.map(({ name, files, pointer, key }) =>
      defined({ name, schema: `${name}.schema.json`, files, pointer, key: key === null ? null : undefined }),
    ),
  });
  const settings = {
    'json.schemas': tables.flatMap(({ name, files, pointer }) =>
      pointer === undefined ? [{ fileMatch: [`/${raw}/${files}`], url: `./schema/${name}.schema.json` }] : [],
    ),
  };
  return new Map([
    ...ofTemplate,
    ...copies,
    ...tables.map(({ name, schema }): [string, string] => [`schema/${name}.schema.json`, print(schema, 'file')]),
    [configName, print(config, 'file')],
    ['.vscode/settings.json', print(settings, 'file')],
  ]);
}

/** A table of records that was found, with the schema that describes them. */
interface FoundTable {
  readonly name: string;
  /** Glob below the folder of records. */
  readonly files: string;
  readonly pointer: string | undefined;
  readonly records: number;
  readonly schema: JsonObject;
  readonly key: string | null;
}

interface Found {
  /** The folder of records, below the top of the dataset. */
  readonly raw: string;
  readonly tables: readonly FoundTable[];
  /** Records from elsewhere, copied below the top of the dataset. */
  readonly copies: Files;
}

/** Finds the tables in a file or folder. Records outside the dataset's folder are copied into it. */
function recordsFrom(fs: FileSystem, folder: string, from: string): Found {
  const kind = kindAt(fs, from);
  if (kind !== 'file' && kind !== 'folder') throw new Failure(sentence`${option('from')}: nothing at ${from}`);
  const top = kind === 'file' ? path.dirname(from) : from;
  const files =
    kind === 'file'
      ? [path.basename(from)]
      : filesBelow(fs, from, '').filter((file) => /\.(?:json|ndjson|jsonl)$/.test(file));
  const relative = path.relative(folder, top).split(path.sep).join('/');
  const isInside = !/^(?:\.\.(?:\/|$)|\/)/.test(relative);
  if (relative === '')
    throw new Failure(
      sentence`${option('from')}: put the records into a folder of their own, such as raw, and name that`,
    );
  const groups = kind === 'file' ? groupsOfFiles(files) : groupsOf(fs, top, files);
  const tables = distinctNames(groups.flatMap((group) => tablesIn(fs, top, group)));
  if (tables.length === 0) throw new Failure(sentence`${option('from')}: no JSON objects in ${from}`);
  const copies = isInside ? [] : files.map((file) => [`raw/${file}`, textOf(fs, path.join(top, file))] as const);
  return { raw: isInside ? relative : 'raw', tables, copies: new Map(copies) };
}

/** Tables with distinct names, and without names that builds or Windows reserve: their schemas are files. */
function distinctNames(tables: readonly FoundTable[]): readonly FoundTable[] {
  const taken = new Set<string>(Object.values(reserved));
  return tables.map((table) => {
    let name = table.name;
    for (let i = 2; taken.has(foldedId(name)) || nameFault(name) !== undefined; i++) name = `${table.name}_${i}`;
    taken.add(foldedId(name));
    return { ...table, name, schema: { ...table.schema, title: name } };
  });
}

/** Files that have the same form, a glob that matches them, and a name for their table. */
interface Group {
  readonly files: readonly string[];
  readonly glob: string;
  readonly name: string;
}

/** The files of each folder at the top, and those next to the folders. */
function groupsOf(fs: FileSystem, top: string, files: readonly string[]): readonly Group[] {
  const byFolder = groupBy(files, (file) => (file.includes('/') ? file.slice(0, file.indexOf('/')) : ''));
  return [...byFolder].flatMap(([folder, group]): readonly Group[] => {
    if (folder === '') return groupsBeside(fs, top, group);
    const endings = [...new Set(group.map((file) => path.posix.extname(file)))];
    return endings.map((ending) => ({
      files: group.filter((file) => file.endsWith(ending)),
      glob: `${literal(folder)}/**/*${ending}`,
      name: tableNameOf(folder),
    }));
  });
}

/**
 * Files next to the folders are one table if each holds a record and the records are alike; otherwise each is its own.
 */
function groupsBeside(fs: FileSystem, top: string, files: readonly string[]): readonly Group[] {
  const single = files.filter((file) => file.endsWith('.json'));
  const values = single.flatMap((file) => valuesIn(textOf(fs, path.join(top, file)), file));
  if (single.length < 2 || !values.every(isObject) || !areAlike(values)) return groupsOfFiles(files);
  const others = files.filter((file) => !single.includes(file));
  return [{ files: single, glob: '*.json', name: tableNameOf(path.basename(top)) }, ...groupsOfFiles(others)];
}

/** A table for each file. */
function groupsOfFiles(files: readonly string[]): readonly Group[] {
  return files.map((file) => ({ files: [file], glob: literal(file), name: tableNameOf(file) }));
}

/** A glob that matches only this name. */
function literal(name: string): string {
  return name.replaceAll(/[\\$^*+?()[\]{}|!@]/g, '\\$&');
}

/** Whether each record shares more than half of its keys with more than half of the records. */
function areAlike(records: readonly JsonObject[]): boolean {
  const counts = new Map<string, number>();
  for (const key of records.flatMap((record) => Object.keys(record))) counts.set(key, (counts.get(key) ?? 0) + 1);
  const isUsual = (key: string): boolean => (counts.get(key) ?? 0) * 2 > records.length;
  return records.every((record) => {
    const keys = Object.keys(record);
    return keys.filter(isUsual).length * 2 > keys.length;
  });
}

/** The tables in files of one form: if there is only one file, with a list or several lists, a table for each list. */
function tablesIn(fs: FileSystem, top: string, { files, glob, name }: Group): readonly FoundTable[] {
  const values = files.flatMap((file) => valuesIn(textOf(fs, path.join(top, file)), file));
  if (values.every(isArray)) return tableOf(name, glob, '/*', values.flat());
  const objects = values.filter(isObject);
  const [only] = objects;
  const lists =
    objects.length === 1 && only !== undefined
      ? Object.entries(only).filter(([, value]) => isArray(value) && value.some(isObject))
      : [];
  if (lists.length === 0 || glob.includes('/**/')) return tableOf(name, glob, undefined, objects);
  return lists.flatMap(([key, list]) =>
    tableOf(tableNameOf(key), glob, `${below('', key)}/*`, isArray(list) ? list : []),
  );
}

function tableOf(
  name: string,
  files: string,
  pointer: string | undefined,
  values: readonly Json[],
): readonly FoundTable[] {
  const records = values.filter(isObject);
  if (records.length === 0) return [];
  return [{ name, files, pointer, records: records.length, ...inferSchema(name, records) }];
}

/** The JSON values of a file: one, or one on each line. @throws Failure for invalid JSON */
function valuesIn(text: string, file: string): readonly Json[] {
  const texts = /\.(?:ndjson|jsonl)$/.test(file) ? text.split('\n').filter((line) => line.trim() !== '') : [text];
  return texts.map((each) => {
    if (depthOffset(each, mostInferredDepth) !== undefined)
      throw new Failure(sentence`${option('from')}: ${file} is nested deeper than ${mostInferredDepth} levels`);
    const parsed = parseJson(each);
    if ('value' in parsed) return parsed.value;
    throw new Failure(sentence`${option('from')}: ${file} is not JSON: ${parsed.message}`);
  });
}

/** The name of a folder, or of a file without its extension, as the name of a table. */
function tableNameOf(file: string): string {
  return file.replace(/\.(?:json|ndjson|jsonl)$/, '').replace(/[^\p{L}\p{N}_-]+/gu, '_');
}

/** The package.json of a dataset, which depends on the toolkit. */
function manifest(folder: string, version: string): string {
  return print({ name: datasetName(folder), private: true, devDependencies: { demarche: version } }, 'file');
}

/** The folder's name in a form that Data Package and npm allow. */
function datasetName(folder: string): string {
  const name = path
    .basename(folder)
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[^a-z0-9]+/, '');
  return name === '' ? 'dataset' : name;
}

function titleOf(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1).replaceAll(/[-_.]+/g, ' ');
}

function filesBelow(fs: FileSystem, folder: string, prefix: string): readonly string[] {
  return fs
    .list(path.join(folder, prefix))
    .toSorted((a, b) => compareText(a.name, b.name))
    .flatMap(({ name, kind }) => {
      if (name.startsWith('.') || name === 'node_modules') return [];
      if (kind === 'folder') return filesBelow(fs, folder, `${prefix}${name}/`);
      return kind === 'file' ? [prefix + name] : [];
    });
}

/** @throws Failure for a file that is too large or not UTF-8 */
function textOf(fs: FileSystem, file: string): string {
  const bytes = fs.read(file, mostBytes);
  if (bytes === undefined) throw new Failure(`${file}: larger than ${mostBytes} bytes`);
  const decoded = decode(bytes);
  if ('text' in decoded) return decoded.text;
  throw new Failure(`${file}: ${decoded.message} (${decoded.hint})`);
}
