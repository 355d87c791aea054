import { createHash } from 'node:crypto';
import path from 'node:path';
import { type JsonObject, isObject, parseJson } from '../json/json.ts';
import { placeJson, positionAt } from '../json/positions.ts';
import { Failure } from '../problem.ts';
import { linkSchemas, type SchemaFile, type SchemaSet } from '../schema/schemaSet.ts';
import { compareText, quoted } from '../text.ts';
import { type DatasetDescription, describeDataset } from './dataset.ts';
import { decode } from './decode.ts';
import type { FileSystem } from './fileSystem.ts';
import { sha256OfFile } from './sums.ts';

export interface View {
  readonly name: string;
  readonly description: string | undefined;
  /** The SELECT, without the comment before it and the semicolon behind. */
  readonly sql: string;
  readonly shown: string;
  /** The line of its file, from 1, on which the SELECT begins. */
  readonly line: number;
}

export interface SchemaFolder {
  readonly dataset: DatasetDescription;
  readonly schemas: SchemaSet;
  readonly views: readonly View[];
  /** SHA-256 over the lines `<SHA-256 of the file>  <path in the folder>` of the schemas, in code-point order of path; dataset.json is none. */
  readonly digest: string;
  /** The text of `LICENSE`, where the dataset has one. */
  readonly licenseText: string | undefined;
  /** Files that show how to use the dataset, by their name: `examples/<name>` goes into each release. */
  readonly examples: ReadonlyMap<string, string>;
}

const mostBytes = 64 * 1024 * 1024;

/** Reads a schema folder whole. @throws Failure where anything in it does not load */
export function readSchemas(fs: FileSystem, folder: string, shown: string): SchemaFolder {
  const names = walk(fs, folder, '');
  const description = names.includes('dataset.json') ? readObject(fs, folder, 'dataset.json', shown) : undefined;
  const own = description !== undefined;
  const isExample = (name: string): boolean => own && name.startsWith('examples/');
  const schemaNames = names.filter((name) => name.endsWith('.json') && name !== 'dataset.json' && !isExample(name));
  const files: SchemaFile[] = schemaNames.map((name) => ({
    name,
    shown: path.join(shown, name),
    schema: readJson(fs, folder, name, shown),
  }));
  if (files.length === 0) throw new Failure(`no schema in ${shown}: expected files named <table>.schema.json`);
  const views = names
    .filter((name) => /^views\/[^/]+\.sql$/.test(name))
    .map((name) => readView(fs, folder, name, shown));
  const folderName = path.basename(path.dirname(path.resolve(folder)));
  return {
    dataset: describeDataset(description, folderName, path.join(shown, 'dataset.json')),
    schemas: linkSchemas(files, own),
    views,
    digest: digestOf(fs, folder, schemaNames),
    // beside somebody else's schemas such files speak of the schemas, not of the data
    licenseText: own && names.includes('LICENSE') ? readText(fs, folder, 'LICENSE', shown) : undefined,
    examples: new Map(
      names.filter(isExample).map((name) => [exampleName(name, shown), readText(fs, folder, name, shown)]),
    ),
  };
}

function digestOf(fs: FileSystem, folder: string, names: readonly string[]): string {
  const line = (name: string): string => `${sha256OfFile(fs, path.join(folder, name))}  ${name}\n`;
  return createHash('sha256').update(names.toSorted(compareText).map(line).join('')).digest('hex');
}

/** The name that an example has in a release too. @throws Failure for one that is no plain name on every system */
function exampleName(name: string, shown: string): string {
  const plain = name.slice('examples/'.length);
  if (/^[A-Za-z0-9][A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]+)*$/.test(plain)) return plain;
  throw new Failure(
    `${path.join(shown, name)}: an example is a file in examples/ whose name is made of letters, digits, ".", "_" and "-" (${quoted(plain)})`,
  );
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
    line: head.length + 1,
  };
}
