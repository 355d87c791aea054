import { type Json, isArray, isObject, member, pointerSteps, resolvePointer } from '../json/json.ts';
import { Failure } from '../base/problem.ts';
import { dialectOf, draftOf } from './dialect.ts';
import { didYouMean } from '../base/suggestions.ts';
import { quoted } from '../base/text.ts';
import { subschemas } from './keywords.ts';
import { decoded, encodeFragment, partsOfLocation, schemaUri, withoutFragment } from './location.ts';
import type { SchemaFile, SchemaSource } from './schemaSet.ts';

/** The schema files of a folder. Each is opened when something refers to it. */
export interface Library {
  /** The files opened so far, in that order, by their URIs. */
  readonly opened: ReadonlyMap<string, SchemaFile>;
  /** Opens a file by its path below the folder. @throws Failure if it does not load */
  readonly open: (name: string) => SchemaFile;
  /** The schema at a location; undefined if there is none. */
  readonly at: (location: string) => Json | undefined;
  /** The base URI at a location. */
  readonly baseAt: (location: string) => string;
  /** The location of a reference. It is never fetched, nor read from outside the folder. @throws Failure */
  readonly locate: (from: SchemaFile, base: string, reference: string) => string;
}

/** Opens the files of a schema folder as they are needed. */
export function openLibrary(source: SchemaSource): Library {
  const files = openedFiles(source);
  const { opened, open } = files;
  return {
    opened,
    open,
    at: (location) => schemaAt(opened, location),
    baseAt: (location) => baseOf(opened, location),
    locate: (from, base, reference) => locate(files, source.names, from, base, reference),
  };
}

/** The files that were opened, with their `$id`s and anchors. */
interface OpenedFiles extends Pick<Library, 'opened' | 'open'> {
  /** Locations by `$id` and anchor. */
  readonly index: ReadonlyMap<string, string>;
  /** The location of the root of what a URI names. Opens the file of the URI. */
  readonly rootOf: (uri: string) => string | undefined;
}

function openedFiles({ names, read, refs, standard }: SchemaSource): OpenedFiles {
  const opened = new Map<string, SchemaFile>();
  const index = new Map<string, string>();
  const nameOf = new Map(names.map((name) => [schemaUri(name), name]));
  const add = (file: SchemaFile): SchemaFile => {
    opened.set(schemaUri(file.name), file);
    indexIds(file, index);
    return file;
  };
  const open = (name: string): SchemaFile => opened.get(schemaUri(name)) ?? add(read(name));
  return {
    opened,
    index,
    open,
    rootOf(uri) {
      const wanted = mapped(uri, refs);
      const name = nameOf.get(uri) ?? (wanted === undefined ? undefined : nameOf.get(schemaUri(wanted)));
      if (name !== undefined) return `${schemaUri(open(name).name)}#`;
      const known = index.get(uri);
      if (known !== undefined) return known;
      const file = standard(uri);
      return file === undefined ? undefined : `${schemaUri(add(file).name)}#`;
    },
  };
}

function schemaAt(opened: OpenedFiles['opened'], location: string): Json | undefined {
  const [uri, pointer] = partsOfLocation(location);
  return resolvePointer(opened.get(uri)?.schema ?? null, pointer);
}

function baseOf(opened: OpenedFiles['opened'], location: string): string {
  const [uri, pointer] = partsOfLocation(location);
  const file = opened.get(uri);
  return file === undefined ? uri : baseAt(file, pointer);
}

/** The location of a URI; undefined if it points to nothing. */
function find({ opened, index, rootOf }: OpenedFiles, uri: string): string | undefined {
  const anchored = index.get(uri);
  if (anchored !== undefined) return anchored;
  const base = withoutFragment(uri);
  const root = rootOf(base);
  // an anchor can be in a file that was just opened
  const anchor = index.get(uri);
  if (anchor !== undefined || root === undefined) return anchor;
  const fragment = decoded(uri.slice(base.length + 1));
  const below = fragment === undefined ? undefined : index.get(`${withoutFragment(baseOf(opened, root))}#${fragment}`);
  if (below !== undefined) return below;
  if (fragment === undefined || (fragment !== '' && !fragment.startsWith('/'))) return undefined;
  const location = root + encodeFragment(fragment);
  return schemaAt(opened, location) === undefined ? undefined : location;
}

/** The location of a reference. @throws Failure if it points to nothing, or outside the folder */
function locate(
  files: OpenedFiles,
  names: readonly string[],
  from: SchemaFile,
  base: string,
  reference: string,
): string {
  if (/^(?:\.\.\/)+/.test(reference) && escapes(from.name, reference))
    throw new Failure(`${from.shown}: $ref ${quoted(reference)} points outside the schema folder`);
  const beside = reference.startsWith('#') ? [] : [resolveUri(schemaUri(from.name), reference, from)];
  const uris = [resolveUri(base, reference, from), ...beside];
  for (let tried = false; ; tried = true) {
    for (const uri of uris) {
      const found = find(files, uri);
      if (found !== undefined) return found;
    }
    if (tried || !openOthers(files, names)) break;
  }
  const hint = didYouMean(withoutFragment(reference), names);
  throw new Failure(
    `${from.shown}: $ref ${quoted(reference)} points to nothing in the schema folder` +
      (hint === undefined ? remoteHint(reference) : ` (${hint})`),
  );
}

/** Opens the remaining files, since one of them may have the `$id` that is wanted. Returns whether any were opened. */
function openOthers({ opened, open }: OpenedFiles, names: readonly string[]): boolean {
  const before = opened.size;
  for (const name of names) if (!opened.has(schemaUri(name))) openIfSound(() => open(name));
  return opened.size > before;
}

/** Nothing is fetched: the configuration has to name a copy of a schema on the web. */
function remoteHint(reference: string): string {
  return /^https?:/.test(reference)
    ? ': nothing is fetched; put a copy into the folder and name it under "refs" in demarche.config.json'
    : '';
}

/** The file that the configuration names for a URI, or for its prefix. */
function mapped(uri: string, refs: ReadonlyMap<string, string>): string | undefined {
  const exact = refs.get(uri) ?? refs.get(`${uri}#`);
  if (exact !== undefined) return exact;
  const prefixes = [...refs.keys()].filter((key) => key.endsWith('/') && uri.startsWith(key));
  const longest = prefixes.toSorted((a, b) => b.length - a.length)[0];
  return longest === undefined ? undefined : `${refs.get(longest) ?? ''}${uri.slice(longest.length)}`;
}

function openIfSound(open: () => unknown): void {
  try {
    open();
  } catch (error) {
    // nothing is known to refer to it, so it does not have to load
    if (!(error instanceof Failure)) throw error;
  }
}

/** Records the location of every `$id` and anchor, so that references by either are found. */
function indexIds(file: SchemaFile, index: Map<string, string>): void {
  const own = schemaUri(file.name);
  for (const { schema, pointer } of subschemas(file.schema)) {
    const id = idOf(schema, file);
    const anchors = [schema['$anchor'], schema['$dynamicAnchor']].filter((name) => typeof name === 'string');
    if (typeof id !== 'string' && anchors.length === 0) continue;
    const location = `${own}#${encodeFragment(pointer)}`;
    const base = baseAt(file, pointer);
    if (typeof id === 'string' && id.startsWith('#')) index.set(resolveUri(base, id, file), location);
    else if (typeof id === 'string') index.set(withoutFragment(base), location);
    for (const name of anchors) index.set(`${withoutFragment(base)}#${name}`, location);
  }
}

/** The base URI at a pointer: that of the nearest `$id` at or above it, else the file's own. */
function baseAt(file: SchemaFile, pointer: string): string {
  let base = schemaUri(file.name);
  let at: Json | undefined = file.schema;
  for (const step of [undefined, ...(pointerSteps(pointer) ?? [])]) {
    if (step !== undefined) at = isArray(at) ? at[Number(step)] : isObject(at) ? member(at, step) : undefined;
    const id = isObject(at) ? idOf(at, file) : undefined;
    if (typeof id === 'string' && !id.startsWith('#')) base = resolveUri(base, id, file);
  }
  return base;
}

/** Up to draft-07, an `$id` next to a `$ref` names nothing. */
function idOf(schema: Readonly<Record<string, unknown>>, file: SchemaFile): unknown {
  const { $id, $ref } = schema;
  if (typeof $id !== 'string' || typeof $ref !== 'string') return $id;
  return dialectOf(draftOf(file.schema, file.shown)) === 'draft-07' ? undefined : $id;
}

function resolveUri(base: string, reference: string, file: SchemaFile): string {
  if (reference.startsWith('#')) return withoutFragment(base) + reference;
  try {
    return new URL(reference, base).href;
  } catch {
    throw new Failure(`${file.shown}: ${quoted(reference)} is not a URI reference`);
  }
}

function escapes(name: string, reference: string): boolean {
  let depth = name.split('/').length - 1;
  for (const step of reference.split('#')[0]?.split('/') ?? []) {
    if (step === '..') depth--;
    if (depth < 0) return true;
  }
  return false;
}
