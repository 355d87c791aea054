import { type JsonObject, isObject } from '../json/json.ts';
import { Failure } from '../base/problem.ts';
import { quoted } from '../base/text.ts';
import { keywords } from './extensions.ts';
import { innerSchemas, misspelt, unknownExtension } from './keywords.ts';
import type { Library } from './library.ts';
import { encodeFragment, partsOfLocation, placeOf } from './location.ts';
import type { SchemaFile } from './schemaSet.ts';

/** The keywords that refer to another schema. */
export const referring = ['$ref', '$dynamicRef', '$recursiveRef'] as const;
export type Referring = (typeof referring)[number];

/** What can be reached from some schemas. */
export interface Reached {
  /** The references of each reached schema, by its location: the locations of their targets. */
  readonly references: ReadonlyMap<string, Readonly<Partial<Record<Referring, string>>>>;
  /** How many of them have a dynamic anchor of each name; a recursive anchor has the empty name. */
  readonly anchors: ReadonlyMap<string, number>;
  /** The toolkit's own keywords that occur. */
  readonly extensions: ReadonlySet<string>;
  /** The formats that they use, with the location of one schema that does. */
  readonly formats: ReadonlyMap<string, string>;
}

export interface Extent {
  /** Everything in a file counts, whether anything refers to it or not. */
  readonly whole: boolean;
  /** Unknown extension keywords are errors. */
  readonly strict: boolean;
}

/** Keywords that only hold schemas for others to refer to. */
export const shelves: readonly string[] = ['$defs', 'definitions'];

/**
 * Follows references from some locations to all schemas that they reach.
 * @throws Failure for a reference that points to nothing, and a misspelled keyword
 */
export function reach(library: Library, from: readonly string[], { whole, strict }: Extent): Reached {
  const references = new Map<string, Partial<Record<Referring, string>>>();
  const anchors = new Map<string, number>();
  const extensions = new Set<string>();
  const formats = new Map<string, string>();
  const open = [...from];
  const enter = (schema: JsonObject, location: string): void => {
    const [uri, pointer] = partsOfLocation(location);
    const file = library.opened.get(uri);
    if (file === undefined) throw new Error(`${uri} is not open`);
    checkKeywords(schema, file, pointer, strict);
    for (const name of keywords) if (name in schema) extensions.add(name);
    const { format } = schema;
    if (typeof format === 'string' && !formats.has(format)) formats.set(format, location);
    for (const name of anchorsOf(schema)) anchors.set(name, (anchors.get(name) ?? 0) + 1);
    const found: Partial<Record<Referring, string>> = {};
    for (const key of referring) {
      const reference = schema[key];
      if (typeof reference !== 'string') continue;
      found[key] = library.locate(file, library.baseAt(location), reference);
      open.push(found[key]);
    }
    references.set(location, found);
    for (const inner of innerSchemas(schema))
      if (whole || !shelves.includes(inner.keyword) || hasAnchor(inner.schema))
        open.push(location + encodeFragment(inner.pointer));
  };
  for (let location = open.pop(); location !== undefined; location = open.pop()) {
    if (references.has(location)) continue;
    const schema = library.at(location);
    if (isObject(schema)) enter(schema, location);
    else references.set(location, {});
  }
  return { references, anchors, extensions, formats };
}

function anchorsOf(schema: JsonObject): readonly string[] {
  const { $dynamicAnchor: name, $recursiveAnchor: recursive } = schema;
  return [...(typeof name === 'string' ? [name] : []), ...(recursive === true ? [''] : [])];
}

/** A dynamic anchor is found by its name, regardless of where the reference is. */
function hasAnchor(schema: unknown): boolean {
  return typeof schema === 'object' && schema !== null && '$dynamicAnchor' in schema;
}

function checkKeywords(schema: JsonObject, file: SchemaFile, pointer: string, strict: boolean): void {
  if (file.isStandard === true) return;
  for (const key of Object.keys(schema)) {
    const meant = misspelt(key);
    const where = placeOf(file.shown, pointer);
    if (meant !== undefined) throw new Failure(`${where}: unknown keyword ${quoted(key)} (did you mean "${meant}"?)`);
    if (strict && unknownExtension(key)) throw new Failure(`${where}: ${quoted(key)} is not a keyword of this toolkit`);
  }
}
