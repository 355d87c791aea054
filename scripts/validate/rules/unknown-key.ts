import { mostShapesUnused } from '../../base/limits.ts';
import { suggest } from '../../base/suggestions.ts';
import { list, quoted } from '../../base/text.ts';
import { below } from '../../json/json.ts';
import { shapesBelow } from '../../schema/recordTypes.ts';
import { type Shape, shapeBelow } from '../../schema/shape.ts';
import { book, bookFile } from './example.ts';
import { type Explain, type KeywordRule, keysOf } from './failedKeyword.ts';
import type { RuleDefinition } from './rule.ts';

const explain: Explain = ({ pointer, params, schema, shape, nearest }) => {
  const key = String(params['additionalProperty'] ?? params['unevaluatedProperty']);
  const around = shapeBelow(shape, pointer);
  const known = keysOf(schema, around);
  const meant = nearest(key, known);
  return {
    message: `unknown key ${quoted(key)}`,
    pointer: below(pointer, key),
    hint: suggest(meant) ?? keyHint(key, known, around?.properties.has(key) === true ? undefined : shape),
    atKey: true,
    ...(meant === undefined ? {} : { meant }),
  };
};

/**
 * Where in a record a key of that name belongs, else the keys that are possible here. There is no shape to look in if
 * another alternative of the object has the key: it is in its place.
 */
function keyHint(key: string, known: readonly string[], shape: Shape | undefined): string | undefined {
  const elsewhere = shape === undefined ? [] : (placesOf(shape).get(key) ?? []);
  if (elsewhere.length > 0) return `the key belongs in ${list(elsewhere.slice(0, 5), 'or')}`;
  return known.length === 0 ? undefined : `the keys here are ${list(known)}`;
}

const keyPlaces = new WeakMap<Shape, ReadonlyMap<string, readonly string[]>>();

/** The objects of a record in which each key can be. */
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

export const rule = {
  name: 'unknown-key',
  phase: 'record',
  severity: 'error',
  description:
    'An object has only keys that its schema knows. A key that the schema does not know has no column, so its ' +
    'value would be left out of a release.',
  bad: { files: { [bookFile]: book({ writer: 'ida' }) }, at: `${bookFile}:4:3` },
  good: { [bookFile]: book({ author: 'ida' }) },
  keywords: ['additionalProperties', 'unevaluatedProperties'],
  explain,
} as const satisfies RuleDefinition & KeywordRule;
