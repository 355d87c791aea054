import { type Json, type JsonObject, below, isArray, isObject, resolvePointer } from '../json/json.ts';
import { mostReferencesInARow } from '../base/limits.ts';
import { Failure } from '../base/problem.ts';
import { type Dialect, dialectOf, draftOf } from './dialect.ts';
import { holds, subschemas } from './keywords.ts';
import { type Library, openLibrary } from './library.ts';
import { encodeFragment, locationsAround, partsOfLocation, placeOf, schemaUri } from './location.ts';
import { type Extent, type Reached, type Referring, reach, shelves } from './reached.ts';

/** A schema file as read. `name` is its path below the schema folder, with `/`. */
export interface SchemaFile {
  readonly name: string;
  readonly shown: string;
  readonly schema: Json;
  /** A schema of JSON Schema itself, to which a schema of the folder refers. */
  readonly isStandard?: boolean;
}

/** Where the schemas of a folder come from. */
export interface SchemaSource {
  /** The files of the folder, below it. */
  readonly names: readonly string[];
  /** @throws Failure if the file does not load */
  readonly read: (name: string) => SchemaFile;
  /** Files of the folder for URIs on the web; if both end with `/`, for all URIs with this prefix. */
  readonly refs: ReadonlyMap<string, string>;
  /** The schemas of JSON Schema itself, by their URIs. */
  readonly standard: (uri: string) => SchemaFile | undefined;
}

/** A schema and where it is, as `schema:/file.json#/pointer`. */
export interface Located {
  readonly schema: Json;
  readonly location: string;
}

/** The schemas of a folder that count, each `$ref` resolved to an absolute location inside it. */
export interface SchemaSet {
  readonly files: readonly SchemaFile[];
  readonly dialect: (file: string) => Dialect;
  /** The schema at a location. */
  readonly at: (location: string) => Located;
  /** Whether there is a schema at a location. */
  readonly has: (location: string) => boolean;
  /** The toolkit's own keywords that occur; for others, there is nothing to look for. */
  readonly extensions: ReadonlySet<string>;
  /** The formats that the schemas use, with the location of one schema that does. */
  readonly formats: ReadonlyMap<string, string>;
}

/**
 * Links whole schema files (JSON Schema draft-06 to 2020-12): finds each `$id` and anchor, resolves each `$ref`, and
 * rejects references that leave the folder and misspelled keywords.
 * @param strict whether the schemas are the project's own: then an unknown `x-` keyword is an error too.
 * @throws Failure for the first fault
 */
export function linkSchemas(files: readonly SchemaFile[], strict: boolean): SchemaSet {
  const byName = new Map(files.map((file) => [file.name, file]));
  const read = (name: string): SchemaFile => {
    const file = byName.get(name);
    if (file === undefined) throw new Error(`no schema ${name}`);
    return file;
  };
  const names = [...byName.keys()];
  return linkWhole({ names, read, refs: new Map(), standard: () => undefined }, strict);
}

/** Links all files of a folder as a whole. */
export function linkWhole(source: SchemaSource, strict: boolean): SchemaSet {
  const library = openLibrary(source);
  const roots = source.names.map((name) => `${schemaUri(library.open(name).name)}#`);
  return link(library, roots, { whole: true, strict });
}

/** Links the schemas that can be reached from some locations; other files of the folder do not even have to load. */
export function linkReached(source: SchemaSource, locations: readonly string[]): SchemaSet {
  const library = openLibrary(source);
  for (const location of locations) {
    const [uri] = partsOfLocation(location);
    const name = source.names.find((each) => schemaUri(each) === uri);
    if (name !== undefined) library.open(name);
  }
  return link(library, locations, { whole: false, strict: false });
}

function link(library: Library, roots: readonly string[], extent: Extent): SchemaSet {
  const reached = reach(library, roots, extent);
  const inside = new Set<string>();
  for (const location of reached.references.keys())
    for (const around of locationsAround(location)) {
      if (inside.has(around)) break;
      inside.add(around);
    }
  const used = [...library.opened.values()].filter(({ name }) => inside.has(`${schemaUri(name)}#`));
  const dialects = new Map(used.map(({ name, shown, schema }) => [name, dialectOf(draftOf(schema, shown))]));
  const files = used.map((file) => ({
    ...file,
    schema: copyOf(file, { reached: reached.references, inside }, extent),
  }));
  const { extensions, formats } = reached;
  const set = schemaSetOf({ files, dialects, extensions, formats });
  for (const [location, references] of reached.references) {
    const schema: unknown = set.at(location).schema;
    if (isRecord(schema)) refer(schema, references, library, reached);
  }
  checkLoops(set);
  return set;
}

/** Linked schema files, and what is known about them. */
interface Linked extends Pick<SchemaSet, 'files' | 'extensions' | 'formats'> {
  readonly dialects: ReadonlyMap<string, Dialect>;
}

/** Finds schemas in files that are linked. */
export function schemaSetOf({ files, dialects, extensions, formats }: Linked): SchemaSet {
  const byUri = new Map(files.map((file) => [schemaUri(file.name), file]));
  const find = (location: string): Json | undefined => {
    const [uri, pointer] = partsOfLocation(location);
    return resolvePointer(byUri.get(uri)?.schema ?? null, pointer);
  };
  return {
    files,
    dialect: (name) => dialects.get(name) ?? '2020-12',
    at: (location) => ({ schema: find(location) ?? true, location }),
    has: (location) => find(location) !== undefined,
    extensions,
    formats,
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A copy of a file without what names its schemas, and without schemas that nothing refers to. */
function copyOf({ name, schema }: SchemaFile, counted: Counted, { whole }: Extent): Json {
  const copy: Json = structuredClone(whole ? schema : pruned(schema, `${schemaUri(name)}#`, counted));
  for (const { schema: each } of subschemas(copy)) {
    // draft-04 called it `id`; in any other draft ajv treats that as a mistake
    for (const key of ['$id', 'id', '$anchor']) if (typeof each[key] === 'string') delete each[key];
  }
  return copy;
}

/** The parts of a file that count. */
interface Counted {
  /** Locations of the schemas that are reached. */
  readonly reached: ReadonlyMap<string, unknown>;
  /** Those, and all that contain them. */
  readonly inside: ReadonlySet<string>;
}

/** A value with only the reached schemas in it: ajv would compile everything around a schema. */
function pruned(value: Json, location: string, counted: Counted): Json {
  const { reached, inside } = counted;
  const at = (key: string | number): string => `${location}${encodeFragment(below('', key))}`;
  if (reached.has(location)) return isObject(value) ? prunedSchema(value, at, counted) : value;
  if (!inside.has(location)) return value;
  if (isArray(value)) return value.map((inner, i) => (inside.has(at(i)) ? pruned(inner, at(i), counted) : true));
  return isObject(value) ? prunedMembers(value, at, counted) : value;
}

function prunedSchema(schema: JsonObject, at: (key: string) => string, counted: Counted): JsonObject {
  const kept = Object.entries(schema).map(([key, value]): [string, Json] => {
    if (holds(key) === undefined) return [key, value];
    const isShelf = shelves.includes(key) && isObject(value);
    const inner = (name: string): string => `${at(key)}${encodeFragment(below('', name))}`;
    return [key, isShelf ? prunedMembers(value, inner, counted) : pruned(value, at(key), counted)];
  });
  return Object.fromEntries(kept);
}

function prunedMembers(value: JsonObject, at: (key: string) => string, counted: Counted): JsonObject {
  const kept = Object.entries(value).filter(([key]) => counted.inside.has(at(key)));
  return Object.fromEntries(kept.map(([key, inner]) => [key, pruned(inner, at(key), counted)]));
}

/** Writes the locations of its references into a schema. */
function refer(
  schema: Record<string, unknown>,
  references: Readonly<Partial<Record<Referring, string>>>,
  library: Library,
  { anchors }: Reached,
): void {
  const { $ref, $dynamicRef, $recursiveRef } = references;
  if ($ref !== undefined) schema['$ref'] = $ref;
  const add = (key: Referring, location: string | undefined, isOverridden: boolean): void => {
    if (location === undefined || isOverridden) return;
    // if no other schema has the anchor, it means the same as $ref
    delete schema[key];
    if (schema['$ref'] === undefined) schema['$ref'] = location;
    else schema['allOf'] = [...(Array.isArray(schema['allOf']) ? schema['allOf'] : []), { $ref: location }];
  };
  const dynamic = schema['$dynamicRef'];
  const name = typeof dynamic === 'string' ? dynamic.slice(dynamic.indexOf('#') + 1) : '';
  add('$dynamicRef', $dynamicRef, (anchors.get(name) ?? 0) > 1);
  const target = $recursiveRef === undefined ? undefined : library.at($recursiveRef);
  const isRecursive = isObject(target) && target['$recursiveAnchor'] === true;
  add('$recursiveRef', $recursiveRef, isRecursive && (anchors.get('') ?? 0) > 1);
}

/** A location for messages: the file as the user knows it, and the pointer. */
export function placeIn({ files }: Pick<SchemaSet, 'files'>, location: string): string {
  const [uri, pointer] = partsOfLocation(location);
  const file = files.find(({ name }) => schemaUri(name) === uri);
  return placeOf(file?.shown ?? uri, pointer);
}

/**
 * Rejects schemas that refer back to themselves by `$ref` and `allOf` alone: no value could ever be checked against
 * them. Through properties or items, or under a condition, a schema can refer back to itself.
 */
function checkLoops(set: Pick<SchemaSet, 'files' | 'at'>): void {
  const heights = new Map<string, number>();
  const open = new Set<string>();
  const heightOf = (location: string): number => {
    const before = heights.get(location);
    if (before !== undefined) return before;
    if (open.has(location))
      throw new Failure(
        `${placeIn(set, location)}: the schema refers back to itself without a step into the value, ` +
          'so no value can be checked: remove one of the $refs',
      );
    open.add(location);
    const { schema } = set.at(location);
    const inner = isObject(schema) && open.size <= mostReferencesInARow ? conjunctsOf(schema, location) : [];
    const height = 1 + Math.max(0, ...inner.map(heightOf));
    if (height > mostReferencesInARow || open.size > mostReferencesInARow)
      throw new Failure(
        `${placeIn(set, location)}: more than ${mostReferencesInARow} schemas refer to each other in a row: ` +
          'point each $ref at the last of them',
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

/** Locations of the schemas that a value must always meet together with this one. */
export function conjunctsOf(schema: JsonObject, location: string): readonly string[] {
  const { $ref: reference, allOf } = schema;
  const all = isArray(allOf) ? [...allOf.keys()].map((i) => `${location}/allOf/${i}`) : [];
  return typeof reference === 'string' ? [reference, ...all] : all;
}
