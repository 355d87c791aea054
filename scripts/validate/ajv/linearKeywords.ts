import { type Ajv, type CodeKeywordDefinition, type KeywordCxt, type Name, _ } from 'ajv';
import { Big } from 'big.js';
import { type Json, isArray, isObject } from '../../json/json.ts';
import { lessSteps } from '../steps.ts';

/** Added next to each `$ref` for ajv: counts how often it is followed. No schema can use this name itself. */
export const stepKeyword = '$steps:count';

/** Up to this length, a list of codes is compared one by one. */
const fewCodes = 200;

const kept = new WeakMap<readonly Json[], ReadonlySet<string>>();

/** The functions that compiled code calls, by the name under which kept code finds them. */
export const linearFunctions = { lessSteps, isListed, repetition, isLonger, isShorter, isMultiple };

/** Whether a value is one of many. The list is indexed once for all values. */
function isListed(values: readonly Json[], value: Json): boolean {
  const before = kept.get(values);
  const keys = before ?? new Set(values.map(keyOf));
  if (before === undefined) kept.set(values, keys);
  return keys.has(keyOf(value));
}

/** The last element that equals an earlier one, and the nearest such earlier one; undefined if all differ. */
function repetition(values: readonly Json[]): { readonly i: number; readonly j: number } | undefined {
  const indices = new Map<string, number>();
  let last: { readonly i: number; readonly j: number } | undefined;
  for (const [i, value] of values.entries()) {
    const key = keyOf(value);
    const j = indices.get(key);
    if (j !== undefined) last = { i, j };
    indices.set(key, i);
  }
  return last;
}

/**
 * Whether a text has more code points than a limit. It has at least as many UTF-16 units, so few texts need counting.
 */
function isLonger(text: string, most: number): boolean {
  return text.length > most && codePointsOf(text) > most;
}

/** Whether a text has fewer code points than a limit. It has at most twice as many UTF-16 units. */
function isShorter(text: string, least: number): boolean {
  return text.length < least || (text.length < 2 * least && codePointsOf(text) < least);
}

const pairs = /[\ud800-\udbff][\udc00-\udfff]/g;

function codePointsOf(text: string): number {
  return text.length - (text.match(pairs)?.length ?? 0);
}

/** Whether a number is a multiple of another, both as written in decimal: 19.99 is a multiple of 0.01. */
function isMultiple(value: number, of: number): boolean {
  if (Number.isSafeInteger(value) && Number.isSafeInteger(of)) return value % of === 0;
  return Big(value).mod(of).eq(0);
}

/** The same text for values that JSON Schema treats as equal, in any order of members. */
function keyOf(value: Json): string {
  if (isArray(value)) return `[${value.map(keyOf).join()}]`;
  if (!isObject(value)) return typeof value === 'number' ? String(value) : JSON.stringify(value);
  const members = Object.keys(value).toSorted();
  return `{${members.map((key) => `${JSON.stringify(key)}:${keyOf(value[key] ?? null)}`).join()}}`;
}

/**
 * Replaces keywords: linear-time versions where ajv compares all pairs, lengths, which ajv counts in full; adds the
 * count of steps.
 */
export function addLinearKeywords(ajv: Ajv): void {
  ajv.addKeyword({
    keyword: stepKeyword,
    before: '$ref',
    code: ({ gen }) => void gen.code(_`${called(gen, 'lessSteps')}()`),
  });
  replace(ajv, 'enum', (cxt, original) => {
    const { gen, data, schema, schemaCode } = cxt;
    // ajv rejects an empty list of codes, which no value matches
    if (Array.isArray(schema) && schema.length === 0) cxt.pass(_`false`);
    else if (!Array.isArray(schema) || schema.length < fewCodes) original(cxt);
    else cxt.pass(_`${called(gen, 'isListed')}(${schemaCode}, ${data})`);
  });
  replace(ajv, 'multipleOf', (cxt) => {
    cxt.pass(_`${called(cxt.gen, 'isMultiple')}(${cxt.data}, ${cxt.schemaCode})`);
  });
  replace(ajv, 'uniqueItems', (cxt) => {
    const { gen, data, schema } = cxt;
    if (schema !== true) return;
    const found = gen.const('found', _`${called(gen, 'repetition')}(${data})`);
    cxt.setParams({ i: _`${found}.i`, j: _`${found}.j` });
    cxt.pass(_`${found} === undefined`);
  });
  replace(ajv, 'maxLength', (cxt) => cxt.fail(_`${called(cxt.gen, 'isLonger')}(${cxt.data}, ${cxt.schemaCode})`));
  replace(ajv, 'minLength', (cxt) => cxt.fail(_`${called(cxt.gen, 'isShorter')}(${cxt.data}, ${cxt.schemaCode})`));
}

type KeywordCode = CodeKeywordDefinition['code'];

function replace(ajv: Ajv, keyword: string, code: (cxt: KeywordCxt, original: KeywordCode) => void): void {
  const standard = ajv.getKeyword(keyword);
  if (typeof standard === 'boolean' || !('code' in standard)) throw new Error(`ajv has no code for ${keyword}`);
  ajv.removeKeyword(keyword);
  ajv.addKeyword({
    keyword,
    type: standard.type,
    schemaType: standard.schemaType,
    ...(standard.error === undefined ? {} : { error: standard.error }),
    code: (cxt) => code(cxt, standard.code),
  });
}

/** The name by which the code of a schema calls one of our functions. */
function called(gen: KeywordCxt['gen'], name: keyof typeof linearFunctions): Name {
  return gen.scopeValue('func', { ref: linearFunctions[name], code: _`require("linear")[${name}]` });
}
