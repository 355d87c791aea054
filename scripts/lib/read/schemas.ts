import path from 'node:path';
import { type JsonObject, isObject, parseJson } from '../json/json.ts';
import { placeJson, positionAt } from '../json/positions.ts';
import { didYouMean } from '../nearest.ts';
import { Failure } from '../problem.ts';
import { linkSchemas, type SchemaFile, type SchemaSet } from '../schema/schemaSet.ts';
import { compareText, quoted } from '../text.ts';
import { decode } from './decode.ts';
import type { FileSystem } from './fileSystem.ts';

/** `schema/dataset.json`: what the dataset says of itself, after the Data Package standard. */
export interface DatasetDescription {
  readonly name: string;
  readonly version: string;
  readonly title: string | undefined;
  readonly description: string | undefined;
  readonly licenses: readonly License[];
  readonly keywords: readonly string[];
  /** Whether there is a dataset.json: then the schemas are the project's own, and held to more. */
  readonly own: boolean;
}

export interface License {
  readonly name: string;
  readonly title: string | undefined;
  readonly path: string | undefined;
  /** What it covers: `data` or `code`. */
  readonly scope: string | undefined;
}

export interface View {
  readonly name: string;
  readonly description: string | undefined;
  readonly sql: string;
  readonly shown: string;
}

export interface SchemaFolder {
  readonly dataset: DatasetDescription;
  readonly schemas: SchemaSet;
  readonly views: readonly View[];
  /** Text of the file `LICENSE`. */
  readonly license: string | undefined;
  /** Texts of the files in `examples/`, by their names: they come with each release. */
  readonly examples: ReadonlyMap<string, string>;
}

const mostBytes = 64 * 1024 * 1024;

/** Reads a schema folder whole. @throws Failure where anything in it does not load */
export function readSchemas(fs: FileSystem, folder: string, shown: string): SchemaFolder {
  const names = walk(fs, folder, '');
  const description = names.includes('dataset.json') ? readObject(fs, folder, 'dataset.json', shown) : undefined;
  // beside a dataset.json the folder is laid out as ours; elsewhere examples/ and LICENSE can be anything
  const own = description !== undefined;
  const isExample = (name: string): boolean => own && name.startsWith('examples/');
  const files: SchemaFile[] = names
    .filter((name) => name.endsWith('.json') && name !== 'dataset.json' && !isExample(name))
    .map((name) => ({ name, shown: path.join(shown, name), schema: readJson(fs, folder, name, shown) }));
  if (files.length === 0) throw new Failure(`no schema in ${shown}: expected files named <table>.schema.json`);
  const views = names
    .filter((name) => /^views\/[^/]+\.sql$/.test(name))
    .map((name) => readView(fs, folder, name, shown));
  return {
    dataset: describe(description, path.basename(path.dirname(path.resolve(folder))), path.join(shown, 'dataset.json')),
    schemas: linkSchemas(files, own),
    views,
    license: own && names.includes('LICENSE') ? readText(fs, folder, 'LICENSE', shown) : undefined,
    examples: new Map(names.filter(isExample).map((name) => readExample(fs, folder, name, shown))),
  };
}

function walk(fs: FileSystem, folder: string, below: string): string[] {
  const found: string[] = [];
  for (const { name, kind } of fs.list(path.join(folder, below)).toSorted((a, b) => compareText(a.name, b.name))) {
    if (name.startsWith('.') || name === 'node_modules') continue;
    if (kind === 'folder') found.push(...walk(fs, folder, `${below}${name}/`));
    if (kind === 'file') found.push(below + name);
  }
  return found;
}

function readText(fs: FileSystem, folder: string, name: string, shown: string): string {
  const bytes = fs.read(path.join(folder, name), mostBytes);
  if (bytes === undefined) throw new Failure(`${path.join(shown, name)}: larger than ${mostBytes} bytes`);
  const decoded = decode(bytes);
  if (!('text' in decoded)) throw new Failure(`${path.join(shown, name)}: ${decoded.message}`);
  return decoded.text;
}

function readJson(fs: FileSystem, folder: string, name: string, shown: string): SchemaFile['schema'] {
  const text = readText(fs, folder, name, shown);
  const parsed = parseJson(text);
  if ('value' in parsed) return parsed.value;
  const placed = placeJson(text);
  const fault = 'offset' in placed ? placed : { offset: parsed.offset ?? 0, message: parsed.message };
  const { line, column } = positionAt(text, fault.offset);
  throw new Failure(`${path.join(shown, name)}:${line}:${column}: not JSON: ${fault.message}`);
}

function readObject(fs: FileSystem, folder: string, name: string, shown: string): JsonObject {
  const value = readJson(fs, folder, name, shown);
  if (!isObject(value)) throw new Failure(`${path.join(shown, name)}: not an object`);
  return value;
}

/** A view's description is the comment at the head of its file. */
function readView(fs: FileSystem, folder: string, name: string, shown: string): View {
  const lines = readText(fs, folder, name, shown).split('\n');
  const code = lines.findIndex((line) => !/^\s*(?:--.*)?$/.test(line));
  const head = lines.slice(0, code < 0 ? lines.length : code);
  const description = head
    .map((line) => line.replace(/^\s*-- ?/, '').trim())
    .filter((line) => line !== '')
    .join(' ');
  return {
    name: path.basename(name, '.sql'),
    description: description === '' ? undefined : description,
    sql: lines.slice(head.length).join('\n').trim().replace(/;\s*$/, ''),
    shown: path.join(shown, name),
  };
}

/** @throws Failure where its name is not one that every system can hold */
function readExample(fs: FileSystem, folder: string, name: string, shown: string): [string, string] {
  const file = name.slice('examples/'.length);
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(file)) {
    throw new Failure(
      `${path.join(shown, name)}: an example is a file in examples/, named with letters, digits, ".", "_" and "-"`,
    );
  }
  return [file, readText(fs, folder, name, shown)];
}

function describe(given: JsonObject | undefined, folderName: string, shown: string): DatasetDescription {
  const text = (key: string): string | undefined => {
    const value = given?.[key];
    if (value === undefined || typeof value === 'string') return value;
    throw new Failure(`${shown}: "${key}" is not a text`);
  };
  if (given !== undefined) checkKeys(given, shown);
  const name = text('name') ?? folderName;
  const version = text('version') ?? '0.0.0';
  if (given !== undefined && !/^[a-z0-9][a-z0-9._-]*$/.test(name)) {
    throw new Failure(`${shown}: "name" must be lower-case letters, digits, ".", "_" and "-"`);
  }
  if (!/^\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?$/.test(version)) {
    throw new Failure(`${shown}: "version" must be a semantic version such as 1.2.3`);
  }
  return {
    name: given === undefined ? slug(name) : name,
    version,
    title: text('title'),
    description: text('description'),
    licenses: licenses(given, shown),
    keywords: keywordsOf(given, shown),
    own: given !== undefined,
  };
}

const knownKeys = ['name', 'version', 'title', 'description', 'licenses', 'keywords'];

/** A dataset that says who it is says it whole; a misspelt key would be lost without a word. */
function checkKeys(given: JsonObject, shown: string): void {
  for (const key of Object.keys(given).filter((k) => !knownKeys.includes(k))) {
    const hint = didYouMean(key, knownKeys);
    if (hint !== undefined) throw new Failure(`${shown}: unknown key ${quoted(key)} (${hint})`);
  }
  for (const key of ['name', 'version']) {
    if (given[key] === undefined) throw new Failure(`${shown}: "${key}" is missing`);
  }
}

function slug(name: string): string {
  const made = name
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_-]+/gu, '_')
    .replace(/^[^\p{L}\p{N}]+/u, '');
  return made === '' ? 'dataset' : made;
}

function licenses(given: JsonObject | undefined, shown: string): readonly License[] {
  const value = given?.['licenses'] ?? [];
  if (!Array.isArray(value)) throw new Failure(`${shown}: "licenses" is not a list`);
  return value.map((each: unknown) => {
    const field = (key: string): string | undefined => {
      const found =
        typeof each === 'object' && each !== null ? Object.entries(each).find(([k]) => k === key)?.[1] : undefined;
      return typeof found === 'string' ? found : undefined;
    };
    const name = field('name');
    if (name === undefined) throw new Failure(`${shown}: each of "licenses" needs a "name"`);
    return { name, title: field('title'), path: field('path'), scope: field('scope') };
  });
}

function keywordsOf(given: JsonObject | undefined, shown: string): readonly string[] {
  const value = given?.['keywords'] ?? [];
  if (!Array.isArray(value) || !value.every((v) => typeof v === 'string')) {
    throw new Failure(`${shown}: "keywords" is not a list of texts`);
  }
  return value;
}
