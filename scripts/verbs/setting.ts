import { type Sentence, joined, option, sentence } from '../base/sentence.ts';
import { type Json, below, codeName, isArray, isObject, parseJson, pointerSteps } from '../json/json.ts';
import { depthOffset } from '../json/depth.ts';
import { mostDepth } from '../base/limits.ts';
import { integerFault, isNumberText, numberFault } from '../json/number.ts';
import { placeJson } from '../json/positions.ts';
import { didYouMean } from '../base/suggestions.ts';
import { Failure } from '../base/problem.ts';
import type { Shape } from '../schema/shape.ts';
import type { Known } from '../schema/skeleton.ts';
import { codesHint } from '../validate/rules/enum.ts';
import { list, quoted } from '../base/text.ts';

/** A value for a place in a record, from the option `set`. */
export interface Setting {
  readonly pointer: string;
  readonly value: Json;
  readonly shape: Shape;
}

/**
 * Reads `path=value`: the path with dots or as a JSON Pointer, the value in the type that the schema requires there.
 * @throws Failure if the schema does not allow the path, or the value there
 */
function parseSetting(record: Shape, text: string): Setting {
  const equals = text.indexOf('=');
  if (equals < 1) throw new Failure(`a value is given as path=value, not ${quoted(text)}`);
  const path = text.slice(0, equals).trim();
  const steps = path.startsWith('/') ? pointerSteps(path) : path.split('.');
  if (steps === undefined) throw new Failure(`${quoted(path)} is not a JSON Pointer`);
  let pointer = '';
  let shape = record;
  for (const step of steps) {
    shape = stepInto(shape, step, pointer);
    pointer = below(pointer, step);
  }
  return { pointer, shape, value: typedValue(shape, text.slice(equals + 1), pointer) };
}

function stepInto(shape: Shape, step: string, pointer: string): Shape {
  const named = shape.properties.get(step)?.shape ?? (shape.items === undefined ? shape.members : undefined);
  if (named !== undefined) return named;
  const where = pointer === '' ? 'the record' : pointer;
  if (shape.items !== undefined) {
    if (/^(?:0|[1-9]\d{0,3})$/.test(step)) return shape.items;
    throw new Failure(`${where} is a list: its first element is ${below(pointer, 0)}, not ${below(pointer, step)}`);
  }
  const keys = [...shape.properties.keys()];
  const deeper = pointer === '' ? pathsTo(step, shape).slice(0, 4) : [];
  if (deeper.length > 0)
    throw new Failure(`${where} has no field ${quoted(step)} (did you mean ${list(deeper, 'or')}?)`);
  const hint =
    didYouMean(step, keys) ?? (keys.length === 0 ? `${where} has no fields` : `its fields are ${list(keys)}`);
  throw new Failure(`${where} has no field ${quoted(step)} (${hint})`);
}

const mostLevels = 4;

/** Paths with dots of all fields with this name below the record. */
function pathsTo(name: string, shape: Shape, above: readonly string[] = []): readonly string[] {
  if (above.length >= mostLevels || shape.spans) return [];
  const inside = [...shape.properties.values()].flatMap((property) => {
    const path = [...above, property.name];
    return [...(property.name === name ? [path.join('.')] : []), ...pathsTo(name, property.shape, path)];
  });
  return shape.items === undefined ? inside : [...inside, ...pathsTo(name, shape.items, [...above, '0'])];
}

/** A text as a value of the shape. @throws Failure if it does not match */
function typedValue(shape: Shape, text: string, pointer: string): Json {
  if (shape.codes !== undefined) return codeOf(shape, text, pointer);
  const { types } = shape;
  if (types.has('boolean') && (text === 'true' || text === 'false')) return text === 'true';
  const number = types.has('number') || types.has('integer') ? numberOf(shape, text, pointer) : undefined;
  if (number !== undefined) return number;
  if (types.has('string')) return text;
  if (types.has('null') && text === 'null') return null;
  const structure = structureOf(text, types, pointer);
  if (structure !== undefined) return structure;
  if (types.has('array'))
    throw new Failure(`${pointer} is a list: set its elements, as in ${below(pointer, 0)}, or all of it as JSON`);
  if (types.has('object')) {
    const [first = '…'] = shape.properties.keys();
    throw new Failure(`${pointer} is an object: set its fields, as in ${below(pointer, first)}, or all of it as JSON`);
  }
  const wanted = [...types].map((type) => typeNames[type] ?? type);
  throw new Failure(`${quoted(text)} is not ${list(wanted, 'or')}, which ${pointer} must be`);
}

/**
 * A list or an object in JSON; undefined if the text is neither, or the shape allows neither.
 * @throws Failure for invalid JSON, a number that would change when written, or a key that occurs twice
 */
function structureOf(text: string, types: Shape['types'], pointer: string): Json | undefined {
  const parsed = parseJson(text);
  if (!('value' in parsed) && /^\s*[[{]/.test(text) && (types.has('array') || types.has('object')))
    throw new Failure(`${pointer}: this is not valid JSON (check its brackets, commas and quotes)`);
  if (!('value' in parsed) || depthOffset(text, mostDepth) !== undefined) return undefined;
  const wanted = isArray(parsed.value) ? types.has('array') : isObject(parsed.value) && types.has('object');
  const placed = wanted ? placeJson(text) : undefined;
  if (placed === undefined || !('numbers' in placed)) return undefined;
  const [number] = placed.numbers.flatMap(({ pointer: at, text: written }) => {
    const fault = numberFault(written, 'spelling');
    return fault === undefined ? [] : [`${at}: ${fault.message} (${fault.hint})`];
  });
  if (number !== undefined) throw new Failure(`${pointer}${number}`);
  const [repeated] = placed.duplicates;
  if (repeated !== undefined) throw new Failure(`${pointer}: the key ${quoted(repeated.key)} is used twice`);
  return parsed.value;
}

function codeOf({ codes = [] }: Shape, text: string, pointer: string): Json {
  const names = codes.map(({ code }) => codeName(code));
  const found = codes[names.indexOf(text)];
  if (found !== undefined) return found.code;
  throw new Failure(`${quoted(text)} is not one of the codes of ${pointer} (${codesHint(text, names, codes)})`);
}

/**
 * A text as the number that the shape requires; undefined if it is not such a number.
 * @throws Failure for a number that would change when written
 */
function numberOf({ types }: Shape, text: string, pointer: string): number | undefined {
  const value = Number(text);
  if (!isNumberText(text) || (!types.has('number') && !Number.isInteger(value))) return undefined;
  const fault = numberFault(text, 'spelling') ?? (types.has('number') ? undefined : integerFault(value));
  if (fault === undefined) return value;
  // digits that no number can hold are kept as text
  if (types.has('string') && numberFault(text, 'value') !== undefined) return undefined;
  throw new Failure(`${pointer}: ${fault.message} (${fault.hint})`);
}

const typeNames: Readonly<Record<string, string>> = {
  boolean: 'true or false',
  integer: 'a whole number',
  number: 'a number',
  null: 'null',
};

/** The values to set. `label` begins each message. @throws Failure with all invalid ones */
export function parseSettings(
  record: Shape,
  texts: readonly string[],
  label: string | Sentence = sentence`${option('set')}: `,
): readonly Setting[] {
  const faults: Sentence[] = [];
  const settings = texts.flatMap((text) => {
    try {
      return [parseSetting(record, text)];
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      faults.push(sentence`${label}${error.words}`);
      return [];
    }
  });
  if (faults.length > 0) throw new Failure(joined(faults, '; '));
  return settings;
}

/** Settings as one structure. @throws Failure if a list would have a gap, or one setting is inside another */
export function joinSettings(settings: readonly Pick<Setting, 'pointer' | 'value'>[]): Known {
  const root: Growing = { inner: new Map() };
  for (const { pointer, value } of settings) {
    let at = root;
    for (const step of pointerSteps(pointer) ?? []) {
      if (at.value !== undefined)
        throw new Failure(sentence`${option('set')}: ${pointer} is inside a value that is set too`);
      const next = at.inner.get(step) ?? { inner: new Map() };
      at.inner.set(step, next);
      at = next;
    }
    if (at.value !== undefined || at.inner.size > 0)
      throw new Failure(sentence`${option('set')}: ${pointer} is set twice`);
    at.value = value;
  }
  return root;
}

interface Growing {
  value?: Json;
  readonly inner: Map<string, Growing>;
}
