import { createHash } from 'node:crypto';
import path from 'node:path';
import { type Json, isArray, isObject, parseJson } from '../json/json.ts';
import { mostSchemaBytes } from '../base/limits.ts';
import type { FileSystem } from '../disk/fileSystem.ts';
import { type Proof, addProofs, proofs } from '../pattern/pattern.ts';
import type { SchemaSet } from '../schema/schemaSet.ts';
import { storedSchemas, toStore } from '../schema/storedSchemas.ts';

/** Texts that took long to make, kept from run to run. Any of them can be lost. */
export interface Kept {
  readonly get: (key: string) => string | undefined;
  readonly set: (key: string, text: string) => void;
}

/** SHA-256 of the files of a folder, by name; undefined if one of them is too large for a schema. */
export function digestsOf(
  fs: FileSystem,
  folder: string,
  names: readonly string[],
): ReadonlyMap<string, string> | undefined {
  const found = new Map<string, string>();
  for (const name of names) {
    const bytes = fs.read(path.join(folder, name), mostSchemaBytes);
    if (bytes === undefined) return undefined;
    found.set(name, createHash('sha256').update(bytes).digest('hex'));
  }
  return found;
}

/**
 * The schemas that were linked in an earlier run, or are now: checking and linking takes most of the time of reading.
 * Schemas with a fault are not kept. With them are kept the proofs that their patterns are fast.
 * @param digests those of the files, without which nothing is kept
 * @param settings what else the result depends on, except the toolkit and its packages, which the cache covers
 */
export function linkedOnce(
  kept: Kept | undefined,
  digests: ReadonlyMap<string, string> | undefined,
  settings: Json,
  link: () => SchemaSet,
): SchemaSet {
  if (kept === undefined || digests === undefined) return link();
  const key = JSON.stringify(['linked schemas', settings, [...digests]]);
  const before = keptUnder(kept, key);
  if (before !== undefined) return before;
  const schemas = link();
  const stored: Json = { schemas: toStore(schemas), proofs: proofs() };
  kept.set(key, JSON.stringify(stored));
  return schemas;
}

function keptUnder(kept: Kept, key: string): SchemaSet | undefined {
  const text = kept.get(key);
  const parsed = text === undefined ? undefined : parseJson(text);
  if (parsed === undefined || !('value' in parsed) || !isObject(parsed.value)) return undefined;
  const { schemas, proofs: known } = parsed.value;
  if (isArray(known)) addProofs(known.filter(isProof));
  return storedSchemas(schemas);
}

function isProof(value: Json): value is Proof {
  if (!isArray(value)) return false;
  const [pattern, growth] = value;
  return typeof pattern === 'string' && (growth === 'linear' || growth === 'quadratic');
}
