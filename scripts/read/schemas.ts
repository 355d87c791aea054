import { createHash } from 'node:crypto';
import path from 'node:path';
import { type Json, below, isArrayIndex, parseJson } from '../json/json.ts';
import { depthOffset } from '../json/depth.ts';
import { placeJson, positionAt } from '../json/positions.ts';
import { syntaxFault } from '../json/syntaxFault.ts';
import { mostSchemaBytes, mostSchemaDepth } from '../base/limits.ts';
import { type Patterns, trusting, unicodeWherePossible } from '../pattern/matcher.ts';
import { Failure } from '../base/problem.ts';
import { subschemas } from '../schema/keywords.ts';
import { propertyOrder } from '../schema/propertyOrder.ts';
import { linkReached, linkWhole, type SchemaFile, type SchemaSet } from '../schema/schemaSet.ts';
import { currentDraft } from './currentDraft.ts';
import { standardSchema } from './standardSchemas.ts';
import { compareText, quoted } from '../base/text.ts';
import { type DatasetDescription, type DatasetFile, describeDataset } from './dataset.ts';
import { decode } from './decode.ts';
import { type Kept, digestsOf, linkedOnce } from './keptSchemas.ts';
import type { FileSystem } from '../disk/fileSystem.ts';
import { sha256OfFile } from '../disk/digest.ts';

export interface View {
  readonly name: string;
  readonly description: string | undefined;
  /** What the comment at the top of its file says about each column. */
  readonly columns: ReadonlyMap<string, string>;
  /** If the comment says so, the table whose records a column names, or the column that names that table. */
  readonly references: ReadonlyMap<string, string>;
  /** The SELECT, without the comment before it and the semicolon after it. */
  readonly sql: string;
  readonly shown: string;
  /** The line of its file, from 1, on which the SELECT begins. */
  readonly line: number;
}

/** A SELECT that returns the wrong rows: `checks/<name>.sql`. */
export type Check = View;

export interface SchemaFolder {
  readonly dataset: DatasetDescription;
  /** The schema files, below the folder, whether they count or not. */
  readonly names: readonly string[];
  readonly schemas: SchemaSet;
  readonly views: readonly View[];
  readonly checks: readonly Check[];
  /**
   * SHA-256 over the lines `<SHA-256 of the file> <path in the folder>` of the schemas, in code-point order of path;
   * dataset.json is not included.
   */
  readonly digest: string;
  /** The text of `LICENSE`, if the dataset has one. */
  readonly licenseText: string | undefined;
  /** Text of each Markdown file next to the schemas that goes into a release, by name. */
  readonly documents: ReadonlyMap<string, string>;
  /** Files that show how to use the dataset, by name: `examples/<name>` goes into each release. */
  readonly examples: ReadonlyMap<string, string>;
}

/** Which schemas of a folder count. */
export interface Reach {
  /** Locations of the schemas of the tables, given the names of the schema files. */
  readonly from: (names: readonly string[]) => readonly string[];
  /** Schema files for URIs on the web. */
  readonly refs: ReadonlyMap<string, string>;
}

/** How schemas are read. */
export interface SchemaReading {
  /** Whether the schemas are the project's own, and so checked more strictly than other people's. */
  readonly own: boolean;
  readonly patterns?: Patterns;
  readonly reach?: Reach;
  /** Keeps schemas that were found to be sound. */
  readonly kept?: Kept | undefined;
}

/**
 * Reads a schema folder; `description` is its dataset.json, if it has one. If the schemas are not our own, it reads
 * only those that `reach` gives, and what they refer to.
 * @throws Failure if anything that counts does not load
 */
export function readSchemas(
  fs: FileSystem,
  { path: folder, shown }: { readonly path: string; readonly shown: string },
  description: DatasetFile | undefined,
  { own, patterns = trusting, reach, kept }: SchemaReading,
): SchemaFolder {
  const names = walk(fs, folder, shown, '');
  const described = description !== undefined;
  const isExample = (name: string): boolean => described && name.startsWith('examples/');
  const schemaNames = names.filter((name) => name.endsWith('.json') && name !== 'dataset.json' && !isExample(name));
  if (schemaNames.length === 0) throw new Failure(`no schema in ${shown}: expected files named <table>.schema.json`);
  const read = (name: string): SchemaFile => readSchema(fs, folder, shown, name, own ? patterns : trusting);
  const source = { names: schemaNames, read, refs: reach?.refs ?? new Map(), standard: standardSchema };
  const everything = own || reach === undefined;
  const digests = everything ? digestsOf(fs, folder, schemaNames) : undefined;
  const schemas = everything
    ? linkedOnce(kept, digests, [shown, own, patterns === trusting, ...source.refs], () => linkWhole(source, own))
    : linkReached(source, reach.from(schemaNames));
  const files = new Set(schemas.files.map(({ name }) => name));
  const digestOf = (name: string): string => digests?.get(name) ?? sha256OfFile(fs, path.join(folder, name));
  const queriesIn = (inside: string): readonly View[] =>
    names
      .filter((name) => name.startsWith(`${inside}/`) && /^[^/]+\/[^/]+\.sql$/.test(name))
      .map((name) => readView(fs, folder, name, shown));
  const folderName = path.basename(path.dirname(path.resolve(folder)));
  return {
    dataset: describeDataset(description, folderName),
    names: schemaNames,
    schemas,
    views: queriesIn('views'),
    checks: queriesIn('checks'),
    digest: digestOfSchemas(
      new Map(schemaNames.filter((name) => files.has(name)).map((name) => [name, digestOf(name)])),
    ),
    // without a description of the dataset, such files describe the schemas, not the data
    licenseText: described && names.includes('LICENSE') ? readText(fs, folder, 'LICENSE', shown) : undefined,
    documents: new Map(
      names.filter((name) => described && isDocument(name)).map((name) => [name, readText(fs, folder, name, shown)]),
    ),
    examples: new Map(
      names.filter(isExample).map((name) => [exampleName(name, shown), readText(fs, folder, name, shown)]),
    ),
  };
}

/** The digest of all schemas, from the digest of each by its path in the folder. */
export function digestOfSchemas(digests: ReadonlyMap<string, string>): string {
  const lines = [...digests].toSorted(([a], [b]) => compareText(a, b)).map(([name, digest]) => `${digest}  ${name}\n`);
  return createHash('sha256').update(lines.join('')).digest('hex');
}

/** README.md describes the folder; a release uses the other names for its own files. */
const notShipped: ReadonlySet<string> = new Set(['readme.md', 'codebook.md', 'changelog.md']);

function isDocument(name: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9_-]*\.md$/.test(name) && !notShipped.has(name.toLowerCase());
}

/** The name of an example in a release. @throws Failure if some system does not allow it */
function exampleName(name: string, shown: string): string {
  const plain = name.slice('examples/'.length);
  if (/^[A-Za-z0-9][A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]+)*$/.test(plain)) return plain;
  throw new Failure(
    `${path.join(shown, name)}: an example is a file in examples/ whose name is made of letters, digits, ` +
      `".", "_" and "-" (${quoted(plain)})`,
  );
}

function walk(fs: FileSystem, folder: string, shown: string, inside: string): string[] {
  const found: string[] = [];
  for (const { name, kind } of fs.list(path.join(folder, inside)).toSorted((a, b) => compareText(a.name, b.name))) {
    if (name.startsWith('.') || name === 'node_modules') continue;
    if (name.endsWith('.schema.json') && kind !== 'file') {
      const what = { folder: 'a folder', link: 'a link', other: 'not a regular file' }[kind];
      throw new Failure(`${path.join(shown, inside + name)}: ${what}; a schema must be a regular file`);
    }
    if (kind === 'folder') found.push(...walk(fs, folder, shown, `${inside}${name}/`));
    if (kind === 'file') found.push(inside + name);
  }
  return found;
}

function readText(fs: FileSystem, folder: string, name: string, shown: string): string {
  const bytes = fs.read(path.join(folder, name), mostSchemaBytes);
  if (bytes === undefined) throw new Failure(`${path.join(shown, name)}: larger than ${mostSchemaBytes} bytes`);
  const decoded = decode(bytes);
  if (!('text' in decoded)) throw new Failure(`${path.join(shown, name)}: ${decoded.message}`);
  return decoded.text;
}

function readJson(fs: FileSystem, folder: string, name: string, shown: string): SchemaFile['schema'] {
  const text = readText(fs, folder, name, shown);
  const tooDeep = depthOffset(text, mostSchemaDepth);
  if (tooDeep !== undefined) {
    const { line, column } = positionAt(text, tooDeep);
    throw new Failure(`${path.join(shown, name)}:${line}:${column}: nested deeper than ${mostSchemaDepth} levels`);
  }
  const parsed = parseJson(text);
  if ('value' in parsed) return parsed.value;
  const { offset, message, hint } = syntaxFault(text, parsed, 'file');
  const { line, column } = positionAt(text, offset);
  const advice = hint === undefined ? '' : ` (${hint})`;
  throw new Failure(`${path.join(shown, name)}:${line}:${column}: ${message}${advice}`);
}

function readSchema(fs: FileSystem, folder: string, shown: string, name: string, patterns: Patterns): SchemaFile {
  const file = { name, shown: path.join(shown, name), schema: readJson(fs, folder, name, shown) };
  checkSchemaFile(fs, folder, shown, file, patterns);
  return { ...file, schema: currentDraft(withPropertyOrder(fs, folder, shown, file), file.shown) };
}

/** A schema with the order of its properties in the file, if JSON.parse would lose it. */
function withPropertyOrder(fs: FileSystem, folder: string, shown: string, { name, schema }: SchemaFile): Json {
  const hasIndices = ({ properties }: Readonly<Record<string, unknown>>): boolean =>
    typeof properties === 'object' && properties !== null && Object.keys(properties).some(isArrayIndex);
  if (![...subschemas(schema)].some((each) => hasIndices(each.schema))) return schema;
  const placed = placeJson(readText(fs, folder, name, shown));
  const copy: Json = structuredClone(schema);
  for (const { schema: each, pointer } of subschemas(copy))
    if (hasIndices(each) && 'keysAt' in placed) each[propertyOrder] = placed.keysAt(`${pointer}/properties`);
  return copy;
}

/** What a schema must not contain, whatever it means. @throws Failure with the line and column */
function checkSchemaFile(
  fs: FileSystem,
  folder: string,
  shown: string,
  { name, schema }: SchemaFile,
  patterns: Patterns,
): void {
  for (const { schema: inner, pointer } of subschemas(schema)) {
    const found = faultOfTexts(inner) ?? faultOfNumbers(inner) ?? faultOfPatterns(inner, patterns);
    if (found === undefined) continue;
    const text = readText(fs, folder, name, shown);
    const placed = placeJson(text);
    const at = pointer + found.pointer;
    const { line, column } = positionAt(text, 'offsetOf' in placed ? placed.offsetOf(at, found.atKey) : 0);
    throw new Failure(`${path.join(shown, name)}:${line}:${column}: ${found.message}`);
  }
}

interface SchemaFault {
  readonly pointer: string;
  readonly atKey?: boolean;
  readonly message: string;
}

/** Keywords whose texts go into tables and documents. */
const shownKeywords = ['title', 'description', 'enum', 'const', 'x-unit'];

/**
 * Texts that no output could hold: NUL, which databases cannot store, and half of a surrogate pair, which UTF-8 cannot
 * encode.
 */
function faultOfTexts(schema: Readonly<Record<string, unknown>>): SchemaFault | undefined {
  for (const holder of ['properties', 'patternProperties', '$defs', 'definitions', 'dependentSchemas']) {
    const map = schema[holder];
    const name =
      typeof map === 'object' && map !== null ? Object.keys(map).find((key) => !key.isWellFormed()) : undefined;
    if (name !== undefined)
      return {
        pointer: below(below('', holder), name),
        atKey: true,
        message: 'the name contains half of a surrogate pair',
      };
  }
  for (const key of shownKeywords) {
    const text = [schema[key]]
      .flat()
      .find((each) => typeof each === 'string' && (!each.isWellFormed() || each.includes('\0')));
    if (typeof text !== 'string') continue;
    const what = text.includes('\0') ? 'U+0000 (NUL)' : 'half of a surrogate pair';
    return { pointer: below('', key), message: `${quoted(text)} contains ${what}, which a database cannot store` };
  }
  return undefined;
}

/** JSON.parse reads a number that is too large as infinity, which cannot be written again. */
function faultOfNumbers(schema: Readonly<Record<string, unknown>>): SchemaFault | undefined {
  const key = Object.keys(schema).find((each) => [Infinity, -Infinity].some((endless) => schema[each] === endless));
  if (key === undefined) return undefined;
  return { pointer: below('', key), message: `${quoted(key)} is larger than any number that can be read` };
}

/** If a short text takes forever to match a pattern, one record could stop every run. */
function faultOfPatterns(schema: Readonly<Record<string, unknown>>, { safetyOf }: Patterns): SchemaFault | undefined {
  const { pattern, patternProperties } = schema;
  const found = typeof pattern === 'string' ? [{ pattern, pointer: '/pattern', atKey: false }] : [];
  if (typeof patternProperties === 'object' && patternProperties !== null)
    for (const key of Object.keys(patternProperties))
      found.push({ pattern: key, pointer: below('/patternProperties', key), atKey: true });
  for (const { pattern: source, pointer, atKey } of found) {
    const attack = isExpression(source) ? safetyOf(source, unicodeWherePossible(source)).attack : undefined;
    if (attack === undefined) continue;
    const message =
      `the pattern ${quoted(source)} takes exponential time, for example on ${quoted(attack)}: ` +
      'rewrite it so that no repetition is inside another that can match the same, as in "^[a-z]+(-[a-z]+)*$"';
    return { pointer, atKey, message };
  }
  return undefined;
}

function isExpression(source: string): boolean {
  try {
    return new RegExp(source, unicodeWherePossible(source)) instanceof RegExp;
  } catch {
    // the validator reports what is wrong with it
    return false;
  }
}

/**
 * Description, and after a line `Columns:` an entry `name: text` or `name -> table: text` for each; a line without a
 * name continues the last entry.
 */
function describedIn(lines: readonly string[]): {
  readonly description: string;
  readonly columns: ReadonlyMap<string, string>;
  readonly references: ReadonlyMap<string, string>;
} {
  const heading = lines.indexOf('Columns:');
  const end = heading < 0 ? lines.length : heading;
  const columns = new Map<string, string>();
  const references = new Map<string, string>();
  let last = '';
  for (const line of lines.slice(end + 1)) {
    const [, name, target, text] = /^(\w+)(?: -> (\S+))?: (.+)$/.exec(line) ?? [];
    if (name !== undefined && text !== undefined) {
      columns.set(name, text);
      if (target !== undefined) references.set(name, target);
      last = name;
    } else if (line !== '') columns.set(last, `${columns.get(last) ?? ''} ${line}`.trim());
  }
  return {
    description: lines
      .slice(0, end)
      .filter((line) => line !== '')
      .join(' '),
    columns,
    references,
  };
}

/** The comment at the top of its file describes a view or check, and the columns of a view. */
function readView(fs: FileSystem, folder: string, name: string, shown: string): View {
  const lines = readText(fs, folder, name, shown).split('\n');
  const code = lines.findIndex((line) => !/^\s*(?:--.*)?$/.test(line));
  const head = lines.slice(0, code < 0 ? lines.length : code);
  const { description, columns, references } = describedIn(head.map((line) => line.replace(/^\s*--/, '').trim()));
  return {
    name: path.basename(name, '.sql'),
    description: description === '' ? undefined : description,
    columns,
    references,
    sql: lines.slice(head.length).join('\n').trim().replace(/;\s*$/, ''),
    shown: path.join(shown, name),
    // a file without a SELECT has only its beginning
    line: code < 0 ? 1 : code + 1,
  };
}
