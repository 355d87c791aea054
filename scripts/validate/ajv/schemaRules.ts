import { Ajv, type ErrorObject, type Options, type ValidateFunction } from 'ajv';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { Failure } from '../../base/problem.ts';
import { didYouMean } from '../../base/suggestions.ts';
import { quoted } from '../../base/text.ts';
import { resolvePointer } from '../../json/json.ts';
import type { Dialect } from '../../schema/dialect.ts';
import { keyword, keywords } from '../../schema/extensions.ts';
import { subschemas } from '../../schema/keywords.ts';
import { placeOf } from '../../schema/location.ts';
import { formats } from './formats.ts';

const classes = { 'draft-07': Ajv, '2019-09': Ajv2019, '2020-12': Ajv2020 };

export const commonOptions: Options = { allErrors: true, strict: false, verbose: true, logger: false };

/** An instance for a dialect that knows our formats. */
export function instanceOf(dialect: Dialect, options: Options): Ajv {
  const ajv = new classes[dialect](options);
  for (const [name, format] of Object.entries(formats)) ajv.addFormat(name, format);
  return ajv;
}

const rules = new Map<Dialect, Ajv>();

/** Checks schemas by the rules of their draft. One for each process, since a meta-schema takes long to compile. */
function rulesOf(dialect: Dialect): Ajv {
  const made = rules.get(dialect) ?? instanceOf(dialect, commonOptions);
  rules.set(dialect, made);
  return made;
}

const keywordRules = new Map<string, ValidateFunction>();

/** The rules for the value of one of our keywords. */
export function keywordRule(name: string): ValidateFunction {
  const made = keywordRules.get(name) ?? new Ajv({ formats }).compile(metaSchemas[name] ?? {});
  keywordRules.set(name, made);
  return made;
}

/**
 * Checks a schema by the rules of its draft, and the values of our keywords in it.
 * @throws Failure for the first fault
 */
export function checkRules(shown: string, schema: object, dialect: Dialect): void {
  const rulesOfDraft = rulesOf(dialect);
  if (rulesOfDraft.validateSchema(schema) !== true) {
    const faults = rulesOfDraft.errors ?? [];
    // the first fault is the most precise, except for a list where a name can stand alone
    const fault = faults.find(({ keyword: failed, data }) => failed !== 'enum' || !Array.isArray(data)) ?? faults[0];
    throw new Failure(
      `${placeOf(shown, fault?.instancePath ?? '')}: ${fault === undefined ? 'invalid' : worded(fault)}`,
    );
  }
  for (const { schema: each, pointer } of subschemas(schema))
    for (const name of keywords) {
      if (!(name in each)) continue;
      const rule = keywordRule(name);
      if (rule(each[name])) continue;
      const { instancePath = '', message = 'is invalid' } = rule.errors?.[0] ?? {};
      const inside = instancePath === '' ? '' : ` at ${instancePath}`;
      const found = JSON.stringify(resolvePointer(each[name] ?? null, instancePath));
      throw new Failure(`${placeOf(shown, pointer)}: ${quoted(name)}${inside} ${message}, not ${found}`);
    }
}

/** A fault of a schema in words. */
function worded({ data, keyword: failed, message = 'is invalid', params }: ErrorObject): string {
  const value = JSON.stringify(data) ?? 'it';
  const allowed: unknown = params['allowedValues'];
  if (failed !== 'enum' || !Array.isArray(allowed)) return `${value} ${message}`;
  const hint = typeof data === 'string' ? didYouMean(data, allowed.map(String)) : undefined;
  return `${value} is not one of ${allowed.map(String).join(', ')}${hint === undefined ? '' : ` (${hint})`}`;
}

/** A Relative JSON Pointer: a number of steps up, then a JSON Pointer from there. */
const relativePointer = '^(?:0|[1-9][0-9]*)(?:/.*)?$';

const aPointer = {
  anyOf: [
    { type: 'string', format: 'json-pointer' },
    { type: 'string', pattern: relativePointer },
  ],
};

const metaSchemas: Readonly<Record<string, object>> = {
  [keyword.key]: { type: 'string' },
  [keyword.authority]: { type: 'boolean' },
  [keyword.references]: { anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' }, minItems: 1 }] },
  [keyword.evidence]: { type: 'boolean' },
  [keyword.verbatim]: { type: 'boolean' },
  [keyword.ownWords]: { type: 'boolean' },
  [keyword.quoted]: { type: 'array', items: { type: 'string' }, minItems: 1 },
  [keyword.fewest]: {
    type: 'object',
    additionalProperties: { type: 'object', additionalProperties: { type: 'integer', minimum: 2 }, minProperties: 1 },
  },
  [keyword.distinct]: {
    anyOf: [
      { type: 'boolean' },
      { type: 'array', items: { type: 'string', format: 'json-pointer', minLength: 1 }, minItems: 1 },
    ],
  },
  [keyword.spans]: { type: 'boolean' },
  [keyword.document]: { type: 'boolean' },
  [keyword.uncoded]: { type: 'boolean' },
  [keyword.issued]: { type: 'boolean' },
  [keyword.language]: { type: 'boolean' },
  [keyword.review]: { type: 'boolean' },
  [keyword.withdrawal]: { type: 'boolean' },
  // not one of two alternatives: the message about the other one would be wrong
  [keyword.atMost]: {
    if: { type: 'object' },
    then: {
      type: 'object',
      additionalProperties: {
        type: 'object',
        propertyNames: aPointer,
        additionalProperties: aPointer,
        minProperties: 1,
      },
      minProperties: 1,
    },
    else: aPointer,
  },
  [keyword.unit]: { type: 'string' },
  [keyword.label]: { type: 'boolean' },
  [keyword.grounds]: {
    type: 'object',
    properties: {
      stated: { type: 'string' },
      resolved: { type: 'string' },
      inferred: { type: 'string' },
      reason: aPointer,
    },
    required: ['stated', 'resolved'],
    additionalProperties: false,
  },
  [keyword.synonyms]: { type: 'object', additionalProperties: { type: 'string', minLength: 1 } },
};
