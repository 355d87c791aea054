import { type Json, type JsonObject, isArray, isObject, member, pointerSteps, resolvePointer } from '../json/json.ts';
import { mostReferencesInARow } from '../base/limits.ts';
import { didYouMean } from '../base/suggestions.ts';
import { Failure } from '../base/problem.ts';
import { groupBy, quoted } from '../base/text.ts';
import { misspelt, subschemas, unknownExtension } from './keywords.ts';

/** A schema file as read. `name` is its path below the schema folder, with `/`. */
export interface SchemaFile {
  readonly name: string;
  readonly shown: string;
  readonly schema: Json;
}

export type Dialect = '2020-12' | 'draft-07';

/** A schema and where it stands, as `schema:/file.json#/pointer`. */
export interface Located {
  readonly schema: Json;
  readonly location: string;
}

/** All schemas of a folder, each `$ref` resolved to an absolute location inside it. */
export interface SchemaSet {
  readonly files: readonly SchemaFile[];
  readonly dialect: (file: string) => Dialect;
  /** The schema at a location. */
  readonly at: (location: string) => Located;
  /** Whether there is a schema at a location. */
  readonly has: (location: string) => boolean;
}

/** A JSON Pointer as a URI fragment. */
export function encodeFragment(pointer: string): string {
  return pointer.split('/').map(encodeURIComponent).join('/');
}

/** The URI of a schema file inside the set. */
export function schemaUri(file: string): string {
  return new URL(file.split('/').map(encodeURIComponent).join('/'), 'schema:/').href;
}

/**
 * Links the schemas of one folder (JSON Schema 2020-12 and draft-07): finds each `$id` and anchor, resolves each `$ref`,
 * refuses references that lead out of the folder and keywords that are misspelt.
 * @param strict whether the schemas are the project's own: then an unknown `x-` keyword is an error too.
 * @throws Failure for the first fault
 */
export function linkSchemas(files: readonly SchemaFile[], strict: boolean): SchemaSet {
  const index = new Map<string, string>();
  const byName = new Map(files.map((file) => [schemaUri(file.name), file]));
  for (const file of files) {
    checkKeywords(file, strict);
    indexIds(file, index);
  }
  const dynamic = groupBy(files.flatMap(dynamicAnchorsOf), (name) => name);
  const isOverridden = (reference: string): boolean =>
    (dynamic.get(reference.slice(reference.indexOf('#') + 1))?.length ?? 0) > 1;
  const linked = files.map((file) => ({ ...file, schema: linkFile(file, index, byName, isOverridden) }));
  const linkedByName = new Map(linked.map((file) => [schemaUri(file.name), file]));
  const at = (location: string): Located => ({ schema: find(location) ?? true, location });
  const find = (location: string): Json | undefined => {
    const [uri = '', fragment = ''] = location.split('#');
    return resolvePointer(linkedByName.get(uri)?.schema ?? null, decoded(fragment) ?? fragment);
  };
  checkLoops({ files: linked, at });
  return {
    files: linked,
    dialect: (name) => dialectOf(linkedByName.get(schemaUri(name))?.schema ?? true),
    at,
    has: (location) => find(location) !== undefined,
  };
}

/** Where a location is, in the words of messages: the file as the user knows it, and the pointer. */
export function placeIn({ files }: Pick<SchemaSet, 'files'>, location: string): string {
  const [uri = '', fragment = ''] = location.split('#');
  const file = files.find(({ name }) => schemaUri(name) === uri);
  return placeOf(file?.shown ?? uri, decoded(fragment) ?? fragment);
}

function placeOf(shown: string, pointer: string): string {
  return `${shown}: ${pointer === '' ? 'at the root' : `at ${pointer}`}`;
}

/** A text without its percent-escapes; undefined where they are none of UTF-8. */
function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function checkKeywords(file: SchemaFile, strict: boolean): void {
  for (const { schema, pointer } of subschemas(file.schema)) {
    for (const key of Object.keys(schema)) {
      const meant = misspelt(key);
      const where = placeOf(file.shown, pointer);
      if (meant !== undefined) {
        throw new Failure(`${where}: unknown keyword ${quoted(key)} (did you mean "${meant}"?)`);
      }
      if (strict && unknownExtension(key)) {
        throw new Failure(`${where}: ${quoted(key)} is no keyword of this toolkit`);
      }
    }
  }
}

/** Notes the location of every `$id` and anchor, so that references by either are found. */
function indexIds(file: SchemaFile, index: Map<string, string>): void {
  const own = schemaUri(file.name);
  for (const { schema, pointer } of subschemas(file.schema)) {
    const location = `${own}#${encodeFragment(pointer)}`;
    const base = baseAt(file, pointer);
    const id = schema['$id'];
    if (typeof id === 'string' && id.startsWith('#')) index.set(resolveUri(base, id, file), location);
    else if (typeof id === 'string') index.set(withoutFragment(base), location);
    for (const anchor of ['$anchor', '$dynamicAnchor']) {
      const name = schema[anchor];
      if (typeof name === 'string') index.set(`${withoutFragment(base)}#${name}`, location);
    }
  }
}

/** The base URI in force at a pointer: that of the nearest `$id` at or above it, else the file's own. */
function baseAt(file: SchemaFile, pointer: string): string {
  let base = schemaUri(file.name);
  let at: Json | undefined = file.schema;
  for (const step of [undefined, ...(pointerSteps(pointer) ?? [])]) {
    if (step !== undefined) at = isArray(at) ? at[Number(step)] : isObject(at) ? member(at, step) : undefined;
    const id = isObject(at) ? member(at, '$id') : undefined;
    if (typeof id === 'string' && !id.startsWith('#')) base = resolveUri(base, id, file);
  }
  return base;
}

/**
 * Refuses schemas that lead back to themselves by `$ref` and `allOf` alone: no value could ever be checked against them.
 * Through properties or items, or under a condition, a schema may well lead back.
 */
function checkLoops(set: Pick<SchemaSet, 'files' | 'at'>): void {
  const heights = new Map<string, number>();
  const open = new Set<string>();
  const heightOf = (location: string): number => {
    const before = heights.get(location);
    if (before !== undefined) return before;
    if (open.has(location))
      throw new Failure(
        `${placeIn(set, location)}: the schema leads back to itself without a step into the value, ` +
          'so no value could be checked: take one of the $refs out',
      );
    open.add(location);
    const { schema } = set.at(location);
    const inner = isObject(schema) && open.size <= mostReferencesInARow ? conjunctsOf(schema, location) : [];
    const height = 1 + Math.max(0, ...inner.map(heightOf));
    if (height > mostReferencesInARow || open.size > mostReferencesInARow)
      throw new Failure(
        `${placeIn(set, location)}: more than ${mostReferencesInARow} schemas refer to each other in a row: ` +
          'let each $ref lead to the last of them',
      );
    open.delete(location);
    heights.set(location, height);
    return height;
  };
  for (const { name, schema } of set.files) {
    for (const { schema: inner, pointer } of subschemas(schema)) {
      if (typeof inner['$ref'] === 'string') heightOf(`${schemaUri(name)}#${encodeFragment(pointer)}`);
    }
  }
}

/** Locations of the schemas that a value must meet with this one, always. */
function conjunctsOf(schema: JsonObject, location: string): readonly string[] {
  const { $ref: reference, allOf } = schema;
  const all = isArray(allOf) ? [...allOf.keys()].map((i) => `${location}/allOf/${i}`) : [];
  return typeof reference === 'string' ? [reference, ...all] : all;
}

function withoutFragment(uri: string): string {
  const hash = uri.indexOf('#');
  return hash < 0 ? uri : uri.slice(0, hash);
}

function resolveUri(base: string, reference: string, file: SchemaFile): string {
  if (reference.startsWith('#')) return withoutFragment(base) + reference;
  try {
    return new URL(reference, base).href;
  } catch {
    throw new Failure(`${file.shown}: ${quoted(reference)} is no URI reference`);
  }
}

function dynamicAnchorsOf(file: SchemaFile): readonly string[] {
  return [...subschemas(file.schema)].flatMap(({ schema }) =>
    typeof schema['$dynamicAnchor'] === 'string' ? [schema['$dynamicAnchor']] : [],
  );
}

function linkFile(
  file: SchemaFile,
  index: ReadonlyMap<string, string>,
  byName: ReadonlyMap<string, SchemaFile>,
  isOverridden: (reference: string) => boolean,
): Json {
  const linked: Json = structuredClone(file.schema);
  for (const { schema } of subschemas(linked)) {
    const reference = schema['$dynamicRef'];
    if (typeof reference !== 'string' || isOverridden(reference)) continue;
    // where no other schema has the anchor, it means what $ref does
    delete schema['$dynamicRef'];
    if (schema['$ref'] === undefined) schema['$ref'] = reference;
    else schema['allOf'] = [...(Array.isArray(schema['allOf']) ? schema['allOf'] : []), { $ref: reference }];
  }
  for (const { schema, pointer } of subschemas(linked)) {
    const reference = schema['$ref'];
    if (typeof reference !== 'string') continue;
    schema['$ref'] = target(file, baseAt(file, pointer), reference, index, byName);
  }
  for (const { schema } of subschemas(linked)) {
    if (typeof schema['$id'] === 'string') delete schema['$id'];
    delete schema['$anchor'];
  }
  return linked;
}

/** The location that a `$ref` means. It is never fetched, nor read from outside the folder. */
function target(
  file: SchemaFile,
  base: string,
  reference: string,
  index: ReadonlyMap<string, string>,
  byName: ReadonlyMap<string, SchemaFile>,
): string {
  if (/^(?:\.\.\/)+/.test(reference) && escapes(file.name, reference)) {
    throw new Failure(`${file.shown}: $ref ${quoted(reference)} leads out of the schema folder`);
  }
  const beside = reference.startsWith('#') ? undefined : resolveUri(schemaUri(file.name), reference, file);
  for (const uri of [resolveUri(base, reference, file), beside]) {
    if (uri === undefined) continue;
    const found = locate(uri, index, byName);
    if (found !== undefined) return found;
  }
  const hint = didYouMean(
    withoutFragment(reference),
    [...byName.values()].map((f) => f.name),
  );
  throw new Failure(
    `${file.shown}: $ref ${quoted(reference)} leads to nothing in the schema folder${hint === undefined ? '' : ` (${hint})`}`,
  );
}

function escapes(name: string, reference: string): boolean {
  let depth = name.split('/').length - 1;
  for (const step of reference.split('#')[0]?.split('/') ?? []) {
    if (step === '..') depth--;
    if (depth < 0) return true;
  }
  return false;
}

function locate(
  uri: string,
  index: ReadonlyMap<string, string>,
  byName: ReadonlyMap<string, SchemaFile>,
): string | undefined {
  const anchored = index.get(uri);
  if (anchored !== undefined) return anchored;
  const base = withoutFragment(uri);
  const fragment = uri.slice(base.length + 1);
  const root = byName.has(base) ? `${base}#` : index.get(base);
  if (root === undefined) return undefined;
  if (fragment !== '' && !fragment.startsWith('/')) return undefined;
  const [rootFile = '', rootPointer = ''] = root.split('#');
  const below = decoded(fragment);
  if (below === undefined) return undefined;
  const pointer = (decoded(rootPointer) ?? rootPointer) + below;
  const found = resolvePointer(byName.get(rootFile)?.schema ?? null, pointer);
  return found === undefined ? undefined : `${rootFile}#${encodeFragment(pointer)}`;
}

const oldKeywords = ['definitions', 'dependencies'];

/** By `$schema`; without it, draft-07 where keywords of that draft occur (2020-12 has others in their place). */
function dialectOf(root: Json): Dialect {
  const named = isObject(root) ? root['$schema'] : undefined;
  if (typeof named === 'string') return /draft-0[4-7]\//.test(named) ? 'draft-07' : '2020-12';
  for (const { schema } of subschemas(root)) {
    if (oldKeywords.some((key) => key in schema) || Array.isArray(schema['items'])) return 'draft-07';
  }
  return '2020-12';
}
