import type { Ajv, Options, ValidateFunction } from 'ajv';
import type { RegExpEngine } from 'ajv/dist/types/index.js';
import { type Json, isArray, isObject } from '../../json/json.ts';
import { Failure } from '../../base/problem.ts';
import { codeList } from '../../schema/ownFacts.ts';
import type { Dialect } from '../../schema/dialect.ts';
import { locationOf, schemaUri } from '../../schema/location.ts';
import type { SchemaFile, SchemaSet } from '../../schema/schemaSet.ts';
import { subschemas } from '../../schema/keywords.ts';
import { keywords } from '../../schema/extensions.ts';
import { keptCode } from './compiled.ts';
import { keepEvaluated } from './evaluated.ts';
import { addUnevaluatedItems } from './evaluatedItems.ts';
import { addLazyReferences, areVast, lazyKeyword } from './lazyReferences.ts';
import { addLinearKeywords, stepKeyword } from './linearKeywords.ts';
import { checkRules, commonOptions, instanceOf, keywordRule } from './schemaRules.ts';
import { unionKeyword } from './unions.ts';

export function isStackOverflow(error: unknown): boolean {
  return error instanceof RangeError && error.message === 'Maximum call stack size exceeded';
}

export function createAjv(schemas: SchemaSet, dialect: Dialect, regExp: RegExpEngine, formatted: boolean): Ajv {
  const options: Options = {
    ...commonOptions,
    validateSchema: false,
    validateFormats: formatted,
    // otherwise `constructor` would count as present in every object
    ownProperties: true,
    // to decide whether a schema can be inlined, ajv reads each list twice, lists inside it four times, and so on
    inlineRefs: schemas.files.every(({ schema }) => listDepth(schema) <= mostListDepth),
    code: { ...keptCode, regExp },
  };
  const ajv = instanceOf(dialect, options);
  addLinearKeywords(ajv);
  if (dialect !== 'draft-07' && asksFor(schemas.files, ['unevaluatedProperties', 'unevaluatedItems']))
    keepEvaluated(ajv);
  if (dialect !== 'draft-07' && asksFor(schemas.files, ['unevaluatedItems']))
    addUnevaluatedItems(ajv, {
      at: schemas.at,
      isValid: (location, value) => compile(ajv, location.replace(/#$/, ''), location)(value),
      countsContains: dialect === '2020-12',
    });
  const isVast = areVast(schemas.files);
  if (isVast) addLazyReferences(ajv, (location) => compile(ajv, location.replace(/#$/, ''), location));
  for (const name of keywords) ajv.addKeyword({ keyword: name, validateSchema: keywordRule(name) });
  for (const file of schemas.files) {
    const schema = forAjv(file, isVast);
    if (!isObject(schema) && typeof schema !== 'boolean') throw new Failure(`${file.shown}: a schema is an object`);
    // a file of another draft is only referred to; if it is a table, it is checked by the rules of its own draft
    const ours = schemas.dialect(file.name) === dialect;
    const undated = isObject(schema) ? withoutDialect(schema) : schema ? {} : { not: {} };
    if (ours) checkRules(file.shown, undated, dialect);
    try {
      ajv.addSchema(undated, schemaUri(file.name));
    } catch (error) {
      throw new Failure(`${file.shown}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return ajv;
}

/** Whether a schema uses one of some keywords. */
export function asksFor(files: readonly SchemaFile[], names: readonly string[]): boolean {
  const asks = (schema: object): boolean => names.some((name) => name in schema);
  return files.some(({ schema }) => [...subschemas(schema)].some((each) => asks(each.schema)));
}

/** Schemas with lists nested deeper than this are called, not inlined. */
const mostListDepth = 10;

/** How deeply lists are nested. */
function listDepth(value: Json): number {
  if (!isArray(value) && !isObject(value)) return 0;
  const deepest = Object.values(value).reduce<number>((most, inner) => Math.max(most, listDepth(inner)), 0);
  return isArray(value) ? deepest + 1 : deepest;
}

/**
 * The dialect was decided when the schemas were linked; if it were named again, it would be looked up under that exact
 * spelling.
 */
function withoutDialect(schema: object): object {
  return Object.fromEntries(Object.entries(schema).filter(([key]) => key !== '$schema'));
}

/**
 * A schema in the form for ajv. A code list becomes an `enum`: the same meaning, one lookup instead of a branch for
 * each code, and one error instead of one for each branch. Each `$ref` counts steps. Unions and `contains` carry their
 * location.
 */
function forAjv({ name, schema }: SchemaFile, isVast: boolean): Json {
  const copy: Json = structuredClone(schema);
  for (const { schema: each, pointer } of subschemas(copy)) {
    if (typeof each['$ref'] === 'string') {
      each[stepKeyword] = true;
      if (isVast) {
        each[lazyKeyword] = each['$ref'];
        delete each['$ref'];
      }
    }
    if (['oneOf', 'anyOf', 'contains', 'unevaluatedItems'].some((key) => key in each))
      each[unionKeyword] = locationOf(name, pointer);
    const branches = each['oneOf'];
    if (!isJsonArray(branches) || 'enum' in each) continue;
    const codes = codeList(branches)?.map(({ code }) => code);
    if (codes === undefined || new Set(codes.map((code) => JSON.stringify(code))).size < codes.length) continue;
    delete each['oneOf'];
    each['enum'] = codes;
  }
  return copy;
}

function isJsonArray(value: unknown): value is readonly Json[] {
  return Array.isArray(value);
}

export function compile(ajv: Ajv, uri: string, file: string): ValidateFunction {
  try {
    const validate = ajv.getSchema(uri);
    if (validate !== undefined) return validate;
  } catch (error) {
    if (isStackOverflow(error)) throw new Failure(`${file}: the schema is nested too deeply to be compiled`);
    throw new Failure(`${file}: ${compileFault(error)}`);
  }
  throw new Failure(`${file}: no such schema`);
}

/** What ajv reports about a schema that the rules of its draft do not cover, for example below an unknown keyword. */
function compileFault(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const isType = message.startsWith('type must be JSONType');
  return isType ? 'a "type" is neither the name of a type nor a list of such names' : message;
}
