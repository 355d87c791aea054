import { dateHint } from '../../base/edtfHint.ts';
import { type Json, isArray, pointerSteps } from '../../json/json.ts';
import { mostShapesUnused } from '../../base/limits.ts';
import { isNumberText, numberFault, withoutGroups } from '../../json/number.ts';
import { isOutsideYears } from '../../base/dateTime.ts';
import { type Nearest, nearest as nearestOf, suggest } from '../../base/suggestions.ts';
import { type Code, type Shape, shapeBelow } from '../../schema/shape.ts';
import { shapesBelow } from '../../schema/recordTypes.ts';
import { list, printable, quoted } from '../../base/text.ts';
import { keyword } from '../../schema/extensions.ts';

/** So many codes are listed beside the one that is spelt most alike. */
const fewCodes = 12;

const mostCodes = 30;

/** The code that was meant, where that can be told; else, or beside it, the codes. */
export function codesHint(
  value: Json,
  codes: readonly string[],
  listed: readonly Code[],
  nearest: Nearest = nearestOf,
): string {
  const more = codes.length > mostCodes ? ', …' : '';
  const all = `the codes are ${list(codes.slice(0, mostCodes).map(printable), 'or')}${more}`;
  if (typeof value !== 'string') return all;
  const near = suggest(nearest(value, codes));
  // what is spelt alike can mean something else: a short list is shown whole
  const hint = near !== undefined && codes.length <= fewCodes ? `${near} ${all}` : near;
  return codeHint(value, listed) ?? hint ?? all;
}

/** What the code list's own synonyms say of a value that is none of its codes: the code for it, or a sentence. */
export function synonymHint(value: Json, codes: readonly string[], schema: unknown): string | undefined {
  if (typeof value !== 'string' || !isRecord(schema)) return undefined;
  const synonyms = schema[keyword.synonyms];
  if (!isRecord(synonyms)) return undefined;
  const folded = value.toLowerCase();
  const found = Object.entries(synonyms).find(([text]) => text.toLowerCase() === folded)?.[1];
  if (typeof found !== 'string') return undefined;
  return codes.includes(found) ? `write ${quoted(found)}` : found;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What to do about a value that says nothing. */
export function emptyHint(shape: Shape, pointer: string): string {
  const slash = pointer.lastIndexOf('/');
  const key = pointerSteps(pointer)?.at(-1) ?? '';
  if (/^\d+$/.test(key)) return 'take the element out';
  const required = shapeBelow(shape, pointer.slice(0, slash))?.properties.get(key)?.required === true;
  return required
    ? 'it cannot be left out: say what is known'
    : 'say what is known, or leave the key out where it is optional';
}

/** How a value of another type is to be written. */
export function typeHint(value: Json, types: readonly string[], keys: readonly string[]): string | undefined {
  const wants = (...names: readonly string[]): boolean => names.some((name) => types.includes(name));
  if (value === null) return 'a key is left out where there is nothing to say';
  if (typeof value === 'string') {
    const isTruth = wants('boolean') && /^(?:true|false)$/i.test(value);
    const isNumber = wants('number', 'integer') && isNumberText(value) && numberFault(value, 'value') === undefined;
    const spelling = isNumber ? numberFault(value, 'spelling') : undefined;
    if (spelling !== undefined) return `${spelling.hint}; without quotes`;
    if (isTruth || isNumber) return `write ${value.toLowerCase()} without quotes`;
    const grouped = wants('number', 'integer') ? withoutGroups(value) : undefined;
    if (grouped !== undefined) return `write ${grouped} without quotes`;
  }
  if (wants('array') && !isArray(value)) return 'write what it holds between [ and ]';
  if (isArray(value) && value.length === 1 && !wants('object')) return 'write it without [ and ]';
  return wants('object') && keys.length > 0 ? `its keys are ${list(keys)}` : undefined;
}

export function formatHint(value: Json, format: unknown): string | undefined {
  if (typeof value === 'string' && format === 'json-pointer' && !value.startsWith('/'))
    return `write ${quoted(`/${value.replaceAll('.', '/')}`)}`;
  if (typeof value === 'string' && format === 'uri' && /^(?:www\.|[\w-]+(?:\.[\w-]+)+(?:\/|$))/.test(value))
    return `write ${quoted(`https://${value}`)}`;
  if (typeof value === 'string' && (format === 'date' || format === 'date-time') && isOutsideYears(value))
    return 'columns hold the years 0001 to 9999, in UTC';
  return typeof value === 'string' && (format === 'edtf' || format === 'date') ? dateHint(value, format) : undefined;
}

/** Where in a record a key of that name stands, else the keys that there are. */
export function keyHint(key: string, known: readonly string[], shape: Shape): string | undefined {
  const elsewhere = placesOf(shape).get(key) ?? [];
  if (elsewhere.length > 0) return `the key belongs in ${list(elsewhere.slice(0, 5), 'or')}`;
  return known.length === 0 ? undefined : `the keys here are ${list(known)}`;
}

const keyPlaces = new WeakMap<Shape, ReadonlyMap<string, readonly string[]>>();

/** In which objects of a record each key can stand. */
function placesOf(shape: Shape): ReadonlyMap<string, readonly string[]> {
  const before = keyPlaces.get(shape);
  if (before !== undefined) return before;
  const spots = new Map<string, string[]>();
  let looked = 0;
  for (const [inner, at] of shapesBelow(shape)) {
    if (++looked > mostShapesUnused) break;
    for (const key of inner.properties.keys()) {
      spots.set(key, [...(spots.get(key) ?? []), at === '' ? 'the record itself' : at]);
    }
  }
  keyPlaces.set(shape, spots);
  return spots;
}

/** The code whose description begins with what was written: the name of a country in place of its code. */
function codeHint(value: string, codes: readonly Code[]): string | undefined {
  const folded = value.toLowerCase();
  const named = codes.filter(({ description }) => value.length > 2 && description?.toLowerCase().startsWith(folded));
  const [only] = named;
  return named.length === 1 && typeof only?.code === 'string' ? `the code for it is ${quoted(only.code)}` : undefined;
}
