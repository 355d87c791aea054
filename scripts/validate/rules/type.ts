import { list, written } from '../../base/text.ts';
import type { Fault } from '../../base/problem.ts';
import { type Json, isArray } from '../../json/json.ts';
import { numberHint } from '../../json/number.ts';
import { shapeBelow } from '../../schema/shape.ts';
import { book, bookFile } from './example.ts';
import { type Explain, type KeywordRule, keysOf, typeNamed, typeOf } from './failedKeyword.ts';
import type { RuleDefinition } from './rule.ts';

const explain: Explain = ({ pointer, value, name, params, schema, shape }) => {
  const types = [params['type']].flat().map(String);
  const wanted = list(types.map(typeNamed), 'or');
  const own = shapeBelow(shape, pointer);
  const isListOfTexts = types.includes('array') && own?.items?.types.has('string') === true;
  const hint =
    isListOfTexts && typeof value === 'string' && value.length <= longestShown
      ? `write ${listOf(value)}`
      : typeHint(value, types, keysOf(schema, own), own?.unit);
  const isFraction = types.includes('integer') && typeof value === 'number';
  return { message: `${name} is ${isFraction ? value : typeOf(value)}, not ${wanted}`, pointer, hint };
};

/** How to write a value that has another type. */
function typeHint(
  value: Json,
  types: readonly string[],
  keys: readonly string[],
  unit: string | undefined,
): string | undefined {
  const wants = (...names: readonly string[]): boolean => names.some((name) => types.includes(name));
  if (value === null) return 'leave the key out if there is nothing to say';
  if (typeof value === 'string') {
    const isTruth = wants('boolean') && /^(?:true|false)$/i.test(value);
    if (isTruth) return `write ${value.toLowerCase()} without quotes`;
    const meant = wants('number', 'integer') ? numberHint(value, unit, !wants('number')) : undefined;
    if (meant !== undefined) return `${meant}${meant.includes(',') ? ';' : ''} without quotes`;
  }
  if (wants('boolean') && (value === 0 || value === 1 || typeof value === 'string'))
    return 'write true or false, without quotes';
  if (wants('array') && !isArray(value)) return 'put its elements between [ and ]';
  if (isArray(value) && value.length === 1 && !wants('object')) return 'write it without [ and ]';
  if (wants('string') && (typeof value === 'number' || typeof value === 'boolean'))
    return `write it in quotes: "${String(value)}"`;
  return wants('object') && keys.length > 0 ? `its keys are ${list(keys)}` : undefined;
}

/** Longer texts are not repeated as a list. Characters. */
const longestShown = 60;

/** A text as a list: of its words if commas separate them. */
function listOf(text: string): string {
  const parts = text.split(/\s*,\s*/);
  const elements = parts.every((part) => /^\S+$/.test(part)) ? parts : [text];
  return `[${elements.map((each) => written(each)).join(', ')}]`;
}

/** The fault of a record that has no place for an identifier, although the schema allows it. */
export const notAnObject: Fault = {
  rule: 'type',
  message: 'the record is not a JSON object, so it has no identifier',
  pointer: '',
};

export const rule = {
  name: 'type',
  phase: 'record',
  severity: 'error',
  description:
    'A value has the JSON type that its schema requires: text, number, whole number, true or false, list, object. ' +
    'The columns of a release have types, too. A field without a known value is left out, not null.',
  bad: { files: { [bookFile]: book({ full_price: '12' }) }, at: `${bookFile}:4:17` },
  good: { [bookFile]: book({ full_price: 12 }) },
  keywords: ['type'],
  explain,
} as const satisfies RuleDefinition & KeywordRule;
