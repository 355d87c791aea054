import { type Json, type JsonObject, isArray, isObject, member } from '../json/json.ts';
import type { TableConfig } from './config.ts';
import type { Place, ProjectOptions } from './options.ts';

/** The options of a project as JSON, for another process. */
export function storeOptions({ keys, refs, ...options }: ProjectOptions): string {
  return JSON.stringify({ ...options, keys: [...keys], refs: [...refs] });
}

/** Reads the output of `storeOptions`. @throws Error for anything else */
export function restoreOptions(value: Json): ProjectOptions {
  const stored = objectIn(value);
  const at = (name: string): Place => placeIn(objectIn(member(stored, name)));
  const sources = objectIn(member(stored, 'sources'));
  const config = member(stored, 'config');
  return {
    schema: at('schema'),
    raw: at('raw'),
    dist: at('dist'),
    sources: { ...placeIn(sources), named: member(sources, 'named') === true },
    config: config === undefined ? undefined : placeIn(objectIn(config)),
    tables: listIn(stored, 'tables').map((table) => tableIn(objectIn(table))),
    keys: new Map(pairsIn(stored, 'keys').map(([table, key]) => [table, key])),
    refs: new Map(pairsIn(stored, 'refs').map(([uri, file]) => [uri, file ?? ''])),
    layout: member(stored, 'layout') === 'any' ? 'any' : 'canonical',
    strict: member(stored, 'strict') === true,
    requireSources: member(stored, 'requireSources') === true,
  };
}

function objectIn(value: Json | undefined): JsonObject {
  if (isObject(value)) return value;
  throw new Error('not the options of a project');
}

function textIn(object: JsonObject, key: string): string {
  const value = member(object, key);
  if (typeof value === 'string') return value;
  throw new Error(`the options of the project have no ${key}`);
}

function listIn(object: JsonObject, key: string): readonly Json[] {
  const value = member(object, key);
  return isArray(value) ? value : [];
}

function pairsIn(object: JsonObject, key: string): readonly (readonly [string, string | null])[] {
  return listIn(object, key).map((pair) => {
    const [name, value] = isArray(pair) ? pair : [];
    if (typeof name === 'string') return [name, typeof value === 'string' ? value : null];
    throw new Error(`${key} of the options holds no pair`);
  });
}

function placeIn(object: JsonObject): Place {
  return { path: textIn(object, 'path'), shown: textIn(object, 'shown') };
}

function tableIn(object: JsonObject): TableConfig {
  const pointer = member(object, 'pointer');
  const table = { name: textIn(object, 'name'), schema: textIn(object, 'schema'), files: textIn(object, 'files') };
  return typeof pointer === 'string' ? { ...table, pointer } : table;
}
