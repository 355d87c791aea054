import { type Json, type JsonObject, below, isArray, isObject } from '../../json/json.ts';
import { lazy } from '../../base/lazy.ts';
import type { Layout } from '../../json/canonical.ts';
import { type ByteCheck, type ValueWatch, undecided, unwatched } from '../../json/byteCheck.ts';
import { membersAsPrinted } from '../../json/form.ts';
import { mostDepth } from '../../base/limits.ts';
import { unicodeWherePossible } from '../../pattern/matcher.ts';
import { keyword, schemaLink } from '../../schema/extensions.ts';
import { codeList, typeOf } from '../../schema/ownFacts.ts';
import type { RecordType } from '../../schema/recordTypes.ts';
import type { JsonType, Shape } from '../../schema/shape.ts';
import type { Reference } from '../../schema/walk.ts';
import type { ValidateOptions } from '../context.ts';
import { standsAlone } from '../part.ts';
import { formatTest } from '../ajv/formats.ts';
import {
  type MemberCheck,
  anyLiteral,
  formAt,
  listCheck,
  numberCheck,
  objectCheck,
  orNull,
  textCheck,
} from './byteChecks.ts';

/** What is found in a record. */
export interface FoundInBytes {
  id: string;
  /** References to records that are not known. */
  readonly references: Reference[];
}

/** Whether a reference leads to a known record, for certain. */
export type Settled = (tables: readonly string[], id: string) => boolean;

/** Checks the bytes of records. */
export interface RecordBytes {
  /** See `ByteCheck`. */
  readonly check: (bytes: Buffer, at: number, settled: Settled) => number;
  /** To be called if the record that was checked last is accepted. */
  readonly keep: () => void;
  /** What the last check has found, if it accepted the record. */
  readonly found: FoundInBytes;
}

/** What the check of the bytes depends on. */
export type BytesSettings = Pick<ValidateOptions, 'schemas' | 'patterns' | 'layout'>;

/** Keywords that say nothing about whether a value is valid. */
const annotations: ReadonlySet<string> = new Set([
  '$schema',
  '$comment',
  '$defs',
  'title',
  'description',
  'default',
  'examples',
  'deprecated',
  'readOnly',
  'writeOnly',
  keyword.key,
  keyword.authority,
  keyword.unit,
  keyword.label,
  keyword.synonyms,
  keyword.grounds,
  // the shape has them
  keyword.references,
]);

/** Schemas made into a check: a table with more is left to the other checks. */
const mostSchemas = 2000;

/** `$ref`s in a row that are followed: so few take no more steps than any record may. */
const mostReferences = 3;

interface Making extends Pick<BytesSettings, 'schemas' | 'patterns'> {
  readonly form: Layout;
  readonly key: string;
  readonly found: FoundInBytes;
  /** Passed to the check. */
  settled: Settled;
  /** How many schemas are in the check. */
  made: number;
}

/** A schema for a value in a record. */
interface Spot {
  readonly schema: Json | undefined;
  readonly shape: Shape | undefined;
  /** The objects and lists around the value. */
  readonly depth: number;
  readonly pointer: () => string;
  readonly isId: boolean;
  readonly watch: ValueWatch;
}

/**
 * A check of the bytes of a record, which accepts only what is certainly valid by every rule for single records. It
 * reads each byte once, and makes no value. Undefined if some rule of the schema, which concerns every record, is left
 * to the other checks.
 */
export function recordBytes(
  type: RecordType,
  form: Layout,
  { schemas, patterns, layout }: BytesSettings,
  watch = unwatched,
): RecordBytes | undefined {
  const { key, location, shape } = type;
  const isOld = schemas.files.some(({ name }) => schemas.dialect(name) === 'draft-07');
  if (key === undefined || layout === 'any' || isOld || !standsAlone(type)) return undefined;
  const found: FoundInBytes = { id: '', references: [] };
  const making: Making = { schemas, patterns, form, key, found, settled: () => false, made: 0 };
  const { schema } = schemas.at(location);
  const record = valueCheck({ schema, shape, depth: 0, pointer: () => '', isId: false, watch: watch.value }, making);
  if (record === undecided || making.made > mostSchemas) return undefined;
  return {
    found,
    keep: watch.keep,
    check(bytes, at, settled) {
      watch.begin();
      if (found.references.length > 0) found.references.length = 0;
      making.settled = settled;
      return record(bytes, at);
    },
  };
}

/** The checks of bytes of a table, by layout; undefined if there is none. */
export type BytesOfTable = (layout: Layout) => RecordBytes | undefined;

const known = new WeakMap<RecordType, BytesOfTable>();

/** The checks of the bytes of a table's records. Each is made once, so that V8 compiles it once. */
export function bytesOfTable(type: RecordType, settings: BytesSettings): BytesOfTable {
  const before = known.get(type);
  if (before !== undefined) return before;
  const file = lazy(() => recordBytes(type, 'file', settings));
  const line = lazy(() => recordBytes(type, 'line', settings));
  const made: BytesOfTable = (form) => (form === 'file' ? file() : line());
  known.set(type, made);
  return made;
}

/** The keywords of a schema by which values are valid, except for its type. */
type Rules = ReadonlyMap<string, Json>;

function valueCheck(spot: Spot, making: Making): ByteCheck {
  const check = checkAt(spot, making);
  return check === undecided ? undecided : spot.watch.follow(check);
}

function checkAt(spot: Spot, making: Making): ByteCheck {
  const rules = ++making.made > mostSchemas || spot.depth >= mostDepth ? undefined : rulesOf(spot.schema, making);
  if (rules === undefined) return undecided;
  const type = rules.get('type');
  const types = isArray(type) ? type : [type];
  rules.delete('type');
  const codes = codesIn(rules);
  if (codes !== undefined) return spot.isId || refers(spot) ? undecided : codeCheck(codes, types);
  const isOptional = types.includes('null');
  const [only, ...more] = types.filter((each) => each !== 'null');
  // the record itself, and its identifier, cannot be null
  if (more.length > 0 || (isOptional && (spot.isId || spot.depth === 0))) return undecided;
  const check = checkOf(only, rules, spot, making);
  return isOptional && check !== undecided ? orNull(check) : check;
}

function refers({ shape }: Spot): boolean {
  return shape === undefined || shape.references.length > 0;
}

/** The keywords of a schema and of those to which it refers; undefined if two of them have the same. */
function rulesOf(schema: Json | undefined, { schemas }: Making): Map<string, Json> | undefined {
  const rules = new Map<string, Json>();
  let at = schema;
  for (let followed = 0; followed <= mostReferences; followed++) {
    if (!isObject(at)) return undefined;
    const { $ref: target, ...own } = at;
    if (closesOthers(own, rules)) return undefined;
    for (const [name, value] of Object.entries(own)) {
      if (annotations.has(name)) continue;
      if (rules.has(name)) return undefined;
      rules.set(name, value);
    }
    if (typeof target !== 'string') return target === undefined ? rules : undefined;
    at = schemas.at(target).schema;
  }
  return undefined;
}

/**
 * Whether a schema rules out properties that another one names: `additionalProperties` knows only those of its own
 * schema, `unevaluatedProperties` also those of schemas to which it refers.
 */
function closesOthers(own: JsonObject, before: Rules): boolean {
  if ('additionalProperties' in own && !('properties' in own)) return true;
  return ('additionalProperties' in own || 'unevaluatedProperties' in own) && before.has('properties');
}

/** The values that a list of codes allows, if that is the only rule. */
function codesIn(rules: Rules): readonly Json[] | undefined {
  const [[name, value] = ['', null], ...others] = rules;
  if (others.length > 0) return undefined;
  if (name === 'const') return [value];
  if (name === 'enum') return isArray(value) ? value : undefined;
  const codes = name === 'oneOf' ? codeList(value)?.map(({ code }) => code) : undefined;
  // a value that occurs twice fails
  return new Set(codes?.map((code) => JSON.stringify(code))).size === codes?.length ? codes : undefined;
}

function codeCheck(codes: readonly Json[], types: readonly (Json | undefined)[]): ByteCheck {
  const fits = (type: JsonType): boolean => types.includes(type) || (type === 'integer' && types.includes('number'));
  const allowed = types.includes(undefined) ? codes : codes.filter((code) => fits(typeOf(code)));
  const prints = allowed.map((code) => JSON.stringify(code));
  if (allowed.some((code) => typeof code === 'object' && code !== null) || !prints.every(isPlain)) return undecided;
  return anyLiteral(prints);
}

/** Whether the check of the bytes accepts a text as its own print. */
function isPlain(print: string): boolean {
  return membersAsPrinted(Buffer.from(print), 'line') !== undefined;
}

function checkOf(type: Json | undefined, rules: Rules, spot: Spot, making: Making): ByteCheck {
  const allowed = typeof type === 'string' ? keywordsOf.get(type) : undefined;
  if (allowed === undefined || [...rules.keys()].some((name) => !allowed.includes(name))) return undecided;
  if (spot.isId && type !== 'string') return undecided;
  if (spot.depth === 0 && type !== 'object') return undecided;
  if (type === 'object') return objectOf(rules, spot, making);
  if (type === 'array') return listOf(rules, spot, making);
  if (type === 'string') return textOf(rules, spot, making);
  return type === 'boolean' ? anyLiteral(['true', 'false']) : numberOf(type === 'integer', rules);
}

/** The keywords that are known for values of each type. */
const keywordsOf: ReadonlyMap<string, readonly string[]> = new Map([
  // members that no property names are left to the other checks
  ['object', ['properties', 'required', 'additionalProperties', 'unevaluatedProperties']],
  ['array', ['items', 'minItems', 'maxItems', 'uniqueItems']],
  ['string', ['minLength', 'maxLength', 'pattern', 'format']],
  ['integer', ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum']],
  ['number', ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum']],
  ['boolean', []],
]);

function numberIn(rules: Rules, name: string, otherwise: number): number {
  const value = rules.get(name);
  return typeof value === 'number' ? value : otherwise;
}

function objectOf(rules: Rules, { shape, depth, pointer, watch }: Spot, making: Making): ByteCheck {
  const properties = rules.get('properties');
  const required = rules.get('required') ?? [];
  if (!isObject(properties) || !isArray(required)) return undecided;
  if (!required.every((name) => typeof name === 'string' && Object.hasOwn(properties, name))) return undecided;
  const members = Object.entries(properties).map(([key, schema]): MemberCheck => {
    // JavaScript puts numbers before other keys, and the link to the schema has a rule of its own
    const isCommon = key !== schemaLink && key !== '__proto__' && !/^\d/.test(key) && isPlain(JSON.stringify(key));
    const spot: Spot = {
      schema,
      shape: shape?.properties.get(key)?.shape,
      depth: depth + 1,
      pointer: () => below(pointer(), key),
      isId: depth === 0 && key === making.key,
      watch: watch.member(key),
    };
    return { key, required: required.includes(key), value: isCommon ? valueCheck(spot, making) : undecided };
  });
  const isHopeless = members.some((member) => member.required && member.value === undecided);
  return isHopeless
    ? undecided
    : objectCheck(
        members.filter(({ value }) => value !== undecided),
        formAt(making.form, depth),
      );
}

function listOf(rules: Rules, { shape, depth, pointer, watch }: Spot, making: Making): ByteCheck {
  let index = 0;
  const element = valueCheck(
    {
      schema: rules.get('items'),
      shape: shape?.items,
      depth: depth + 1,
      pointer: () => below(pointer(), index),
      isId: false,
      watch: watch.element(),
    },
    making,
  );
  return listCheck({
    form: formAt(making.form, depth),
    least: numberIn(rules, 'minItems', 0),
    most: numberIn(rules, 'maxItems', Number.POSITIVE_INFINITY),
    unique: rules.get('uniqueItems') === true,
    element,
    begin: (at) => {
      index = at;
    },
  });
}

function numberOf(whole: boolean, rules: Rules): ByteCheck {
  const infinite = Number.POSITIVE_INFINITY;
  const [least, above] = [numberIn(rules, 'minimum', -infinite), numberIn(rules, 'exclusiveMinimum', -infinite)];
  const [most, under] = [numberIn(rules, 'maximum', infinite), numberIn(rules, 'exclusiveMaximum', infinite)];
  const fits = (value: number): boolean => value >= least && value > above && value <= most && value < under;
  return numberCheck({ whole, fits: rules.size === 0 ? undefined : fits });
}

function textOf(rules: Rules, spot: Spot, making: Making): ByteCheck {
  const { found } = making;
  const tests: ((text: string) => boolean)[] = [];
  const pattern = rules.get('pattern');
  const controls = typeof pattern !== 'string' || !excludesControls(pattern);
  if (typeof pattern === 'string' && controls) tests.push(patternTest(pattern, making));
  const format = rules.get('format');
  const formatted = typeof format === 'string' ? formatTest(format) : undefined;
  if (formatted === undefined && format !== undefined) return undecided;
  if (formatted !== undefined) tests.push(formatted);
  const tables = spot.shape?.references ?? [];
  if (tables.length > 0)
    tests.push((id) => {
      if (!making.settled(tables, id)) found.references.push({ tables, id, pointer: spot.pointer() });
      return true;
    });
  if (spot.isId)
    tests.push((id) => {
      found.id = id;
      return true;
    });
  const most = numberIn(rules, 'maxLength', Number.POSITIVE_INFINITY);
  return textCheck({ least: numberIn(rules, 'minLength', 0), most, controls, tests });
}

/** A test of texts that are so short that the pattern is known to be fast. */
function patternTest(pattern: string, { patterns }: Making): (text: string) => boolean {
  const flags = unicodeWherePossible(pattern);
  const { units } = patterns.safetyOf(pattern, flags);
  const { test } = patterns.matcherOf(pattern, flags);
  return (text) => text.length <= units && test(text);
}

const exclusion = /^\^\[\^((?:\\u[\da-fA-F]{4}(?:-\\u[\da-fA-F]{4})?)+)\]\*\$$/;

/** Whether a pattern rules out nothing but control characters. Without an escape, a text that is accepted has none. */
function excludesControls(pattern: string): boolean {
  const ranges = exclusion.exec(pattern)?.[1]?.matchAll(/\\u(.{4})(?:-\\u(.{4}))?/g);
  if (ranges === undefined) return false;
  return [...ranges].every(([, from = '', to = from]) => {
    const [first, last] = [Number.parseInt(from, 16), Number.parseInt(to, 16)];
    return last <= 0x1f || (first >= 0x7f && last <= 0x9f);
  });
}
