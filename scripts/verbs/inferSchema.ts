import { createCompoundSchema } from 'genson-js';
import { parseEdtf } from '../base/edtf.ts';
import { type Json, type JsonObject, isArray, isObject, member } from '../json/json.ts';
import { count } from '../base/text.ts';

/** A schema that was inferred from records, and the field that identifies them; null if no field can. */
export interface Inferred {
  readonly schema: JsonObject;
  readonly key: string | null;
}

const dialect = 'https://json-schema.org/draft/2020-12/schema';

/** If objects have this many keys that hardly ever recur, they are maps, and the keys are not property names. */
const leastMapKeys = 20;
const mostMapShare = 0.1;

/**
 * Infers the schema of records: types and required properties from all of them, then guesses: formats, maps and the
 * key. Each guess is marked with a `$comment`.
 */
export function inferSchema(name: string, records: readonly JsonObject[]): Inferred {
  const inferred: Json = JSON.parse(JSON.stringify(createCompoundSchema([...records])));
  const key = keyOf(records);
  const guessed = withGuesses(inferred, records);
  return {
    schema: {
      $schema: dialect,
      $comment: `Inferred from ${count(records.length, 'record')}. A $comment below marks what is a guess.`,
      title: name,
      ...(key === null || key === 'id' ? {} : { 'x-key': key }),
      ...(isObject(guessed) ? guessed : {}),
    },
    key,
  };
}

/** Adds to an inferred schema what the values suggest beyond types. */
function withGuesses(schema: Json, values: readonly Json[]): Json {
  if (!isObject(schema)) return schema;
  const type = member(schema, 'type');
  // if all values are null, the type is unknown
  if (type === 'null') return { $comment: 'Guess: any type, because every value is null.' };
  if (type === 'object') return objectGuess(schema, values.filter(isObject));
  const items = member(schema, 'items');
  if (type === 'array' && items !== undefined) {
    return { ...schema, items: withGuesses(items, values.filter(isArray).flat()) };
  }
  return type === 'string' ? { ...schema, ...formatGuess(values) } : schema;
}

function objectGuess(schema: JsonObject, objects: readonly JsonObject[]): JsonObject {
  const properties = member(schema, 'properties');
  if (!isObject(properties)) return schema;
  const keys = Object.keys(properties);
  const values = valuesByKey(objects);
  const valuesOf = (key: string): readonly Json[] => values.get(key) ?? [];
  const isRare = (key: string): boolean => valuesOf(key).length <= objects.length * mostMapShare;
  if (keys.length >= leastMapKeys && keys.every(isRare)) {
    const all = keys.flatMap(valuesOf);
    const merged: Json = JSON.parse(JSON.stringify(createCompoundSchema(all)));
    return {
      $comment: `Guess: a map, because ${count(keys.length, 'key')} hardly ever recur.`,
      type: 'object',
      additionalProperties: withGuesses(merged, all),
    };
  }
  const guessed = Object.entries(properties).map(([key, inner]) => [key, withGuesses(inner, valuesOf(key))] as const);
  return { ...schema, properties: Object.fromEntries(guessed) };
}

/** The values under each key of objects, collected in one pass: a map has as many keys as objects. */
function valuesByKey(objects: readonly JsonObject[]): ReadonlyMap<string, readonly Json[]> {
  const found = new Map<string, Json[]>();
  for (const object of objects) {
    for (const [key, value] of Object.entries(object)) {
      const values = found.get(key);
      if (values === undefined) found.set(key, [value]);
      else values.push(value);
    }
  }
  return found;
}

/** Formats that all values match, the narrower ones first. */
const formats: readonly (readonly [format: string, matches: (text: string) => boolean])[] = [
  ['date', (text) => /^\d{4}-\d\d-\d\d$/.test(text) && parseEdtf(text)?.precision === 'day'],
  ['date-time', (text) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/.test(text)],
  ['edtf', (text) => /^\d{3}[\dX]/.test(text) && /-|~|X|\//.test(text) && parseEdtf(text) !== undefined],
  ['uri', (text) => /^https?:\/\/[^\s"<>\\^`{|}]+$/.test(text)],
  ['email', (text) => /^[\w.+-]+@[\w-]+(?:\.[\w-]+)+$/.test(text)],
  ['uuid', (text) => /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)],
];

function formatGuess(values: readonly Json[]): JsonObject {
  const texts = values.filter((value) => typeof value === 'string');
  const format = texts.length === 0 ? undefined : formats.find(([, matches]) => texts.every(matches))?.[0];
  if (format === undefined) return {};
  return { format, $comment: `Guess: every text here has this format (${count(texts.length, 'text')}).` };
}

/** `id`, else the first property that every record has, with texts or whole numbers that never repeat. */
function keyOf(records: readonly JsonObject[]): string | null {
  const [first = {}] = records;
  const isKey = (name: string): boolean => {
    const values = records.map((record) => member(record, name));
    const usable = (of: 'string' | 'number'): boolean =>
      values.every((value) => typeof value === of && value !== '' && (of === 'string' || Number.isInteger(value)));
    return (usable('string') || usable('number')) && new Set(values).size === records.length;
  };
  const named = Object.keys(first).filter((name) => /(?:^|_)(?:id|key|code|slug|name)$/i.test(name));
  return ['id', ...named, ...Object.keys(first)].find(isKey) ?? null;
}
