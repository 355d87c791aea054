import { Ajv, type ErrorObject, type Options, type ValidateFunction } from 'ajv';
import type { RegExpEngine } from 'ajv/dist/types/index.js';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { lazy } from '../../base/lazy.ts';
import { type Json, below, isArray, isObject, pointerSteps, resolvePointer } from '../../json/json.ts';
import { mostCompared, mostFaults } from '../../base/limits.ts';
import { type Nearest, boundedNearest, nearest as nearestOf } from '../../base/suggestions.ts';
import { type Patterns, SlowMatch, trusting } from '../../pattern/matcher.ts';
import { Failure, type Fault } from '../../base/problem.ts';
import { type Shape, codeList, shapeBelow } from '../../schema/shape.ts';
import type { Dialect } from '../../schema/dialect.ts';
import { decoded, locationOf, partsOfLocation, schemaUri } from '../../schema/location.ts';
import { valuesListed } from '../../schema/listedValues.ts';
import type { SchemaFile, SchemaSet } from '../../schema/schemaSet.ts';
import { subschemas } from '../../schema/keywords.ts';
import type { RecordType } from '../../schema/recordTypes.ts';
import { count, groupBy, quoted } from '../../base/text.ts';
import { keyword, keywords } from '../../schema/extensions.ts';
import { conditionsOf, withCondition } from './conditions.ts';
import { type Cache, compileOnce, keptCode, regExpEngine } from './compiled.ts';
import { keepEvaluated } from './evaluated.ts';
import { addUnevaluatedItems } from './evaluatedItems.ts';
import { formats } from './formats.ts';
import { namesWanted, refusedName, withoutNameErrors } from './keyNames.ts';
import { addLazyReferences, areVast, lazyKeyword } from './lazyReferences.ts';
import { addLinearKeywords, stepKeyword } from './linearKeywords.ts';
import { type Branches, type Told, ofBranchesMeant, unionKeyword, withReason } from './unions.ts';
import { slowPattern, tooManySteps } from '../rules/complexity.ts';
import { ruleOfKeyword } from '../rules/keywordRules.ts';
import { TooManySteps, allowSteps } from '../steps.ts';

/** A check of one value against one schema; `units` is the length of its text. Gives the faults, none where the value is valid. */
export type SchemaCheck = (value: Json, units?: number) => readonly Fault[];

/** How values are checked. */
export interface CheckSettings {
  readonly patterns?: Patterns;
  /** What messages call a value as a whole. */
  readonly whole?: string;
  /** A text that is not of its format is told, but fails no alternative and no condition. */
  readonly softFormats?: boolean;
}

/**
 * Compiles the checks of a schema set. Each table's schema is compiled once, when it is first asked for, or taken
 * from the cache.
 */
export function schemaChecks(
  schemas: SchemaSet,
  cache: Cache | undefined,
  { patterns = trusting, whole = 'the record', softFormats = false }: CheckSettings = {},
): (type: RecordType) => SchemaCheck {
  const regExp = regExpEngine(patterns);
  const instances = new Map<string, Ajv>();
  const instance = (dialect: Dialect, formatted: boolean): Ajv => {
    const name = JSON.stringify([dialect, formatted]);
    const ajv = instances.get(name) ?? createAjv(schemas, dialect, regExp, formatted);
    instances.set(name, ajv);
    return ajv;
  };
  const nearest = boundedNearest(mostCompared, nearestOf);
  const listed = valuesListed(schemas);
  // what is compiled part by part would be kept part by part, and what calls us back cannot be kept
  const kept = areVast(schemas.files) || asksFor(schemas.files, ['unevaluatedItems']) ? undefined : cache;
  const all = kept === undefined ? '' : JSON.stringify(schemas.files);
  return ({ file, location, shape }) => {
    const dialect = schemas.dialect(file);
    const compiled = (formatted: boolean): ValidateFunction => {
      const make = (): { readonly ajv: Ajv; readonly check: ValidateFunction } => {
        const ajv = instance(dialect, formatted);
        return { ajv, check: compile(ajv, location.replace(/#$/, ''), file) };
      };
      const key = JSON.stringify([dialect, location, formatted, all]);
      return kept === undefined ? make().check : compileOnce(kept, key, regExp, make);
    };
    const validate = compiled(true);
    // most records need it never
    const validateUnformatted = lazy(() => compiled(false));
    const errorsAt = (at: string, value: Json, formatted: boolean): readonly ErrorObject[] => {
      const check = compile(instance(dialect, formatted), at, file);
      return check(value) ? [] : (check.errors ?? []);
    };
    /** What is known of branches, where formats count or where they do not. */
    const branches = (formatted: boolean): Branches => ({
      listed,
      nameOf: (at) => nameOfSchema(schemas, at),
      check: (at, value) =>
        unlessEndless(() => {
          const counts = lazy(() => unlessEndless(() => sharedWith(errorsAt(at, value, true))) ?? (() => true));
          const errors = errorsAt(at, value, formatted);
          return { errors, counts: (error) => formatted || counts()(error) };
        }),
    });
    return (value, units = 0) => {
      allowSteps(units);
      try {
        if (validate(value)) return [];
        const errors = validate.errors ?? [];
        const of = { shape, whole, patterns };
        // to look at each branch of a union takes as many steps again
        allowSteps(units);
        if (!softFormats || !errors.some(isFormat))
          return explain(ofBranchesMeant({ errors, counts: () => true }, value, branches(true)), value, of, nearest);
        allowSteps(units);
        const structural = validateUnformatted()(value) ? [] : (validateUnformatted().errors ?? []);
        const checked = { errors: structural, counts: sharedWith(errors) };
        return [
          ...explainFormats(errors, value, of, nearest),
          ...explain(ofBranchesMeant(checked, value, branches(false)), value, of, nearest),
        ];
      } catch (error) {
        if (error instanceof SlowMatch) return [slowPattern(error.message)];
        if (!(error instanceof TooManySteps) && !isStackOverflow(error)) throw error;
        return [tooManySteps];
      }
    };
  };
}

function isFormat({ keyword: failed }: ErrorObject): boolean {
  return failed === 'format';
}

/** The errors of formats, one of each value. */
function explainFormats(
  errors: readonly ErrorObject[],
  value: Json,
  of: Explained,
  nearest: Nearest,
): readonly Fault[] {
  const first = new Map(
    errors
      .filter(isFormat)
      .toReversed()
      .map((error) => [error.instancePath, error]),
  );
  return [...first.values()]
    .toReversed()
    .slice(0, mostFaults)
    .map((error) => explainOne(error, value, of, nearest));
}

/**
 * Tells errors without formats that are errors with them too: without, a value can fit more alternatives than it may.
 */
function sharedWith(formatted: readonly ErrorObject[]): (error: ErrorObject) => boolean {
  const keyOf = ({ instancePath, schemaPath }: ErrorObject): string => JSON.stringify([instancePath, schemaPath]);
  const known = new Set(formatted.map(keyOf));
  return (error) => known.has(keyOf(error));
}

/** What a check gives; undefined where it takes too many steps. */
function unlessEndless<T>(check: () => T): T | undefined {
  try {
    return check();
  } catch (error) {
    if (error instanceof TooManySteps || isStackOverflow(error)) return undefined;
    throw error;
  }
}

/** What people call a schema: its title, else the name under which a `$ref` finds it. */
function nameOfSchema(schemas: SchemaSet, location: string): string | undefined {
  const { schema } = schemas.at(location);
  if (!isObject(schema)) return undefined;
  const { title, $ref: reference } = schema;
  if (typeof title === 'string') return title;
  if (typeof reference !== 'string') return undefined;
  const target = schemas.at(reference).schema;
  if (isObject(target) && typeof target['title'] === 'string') return target['title'];
  const [uri, pointer] = partsOfLocation(reference);
  return pointerSteps(pointer)?.at(-1) ?? decoded(uri.slice(uri.lastIndexOf('/') + 1));
}

function isStackOverflow(error: unknown): boolean {
  return error instanceof RangeError && error.message === 'Maximum call stack size exceeded';
}

const classes = { 'draft-07': Ajv, '2019-09': Ajv2019, '2020-12': Ajv2020 };

const commonOptions: Options = { allErrors: true, strict: false, verbose: true, logger: false };

function instanceOf(dialect: Dialect, options: Options): Ajv {
  const ajv = new classes[dialect](options);
  for (const [name, format] of Object.entries(formats)) ajv.addFormat(name, format);
  return ajv;
}

const rules = new Map<Dialect, Ajv>();

/** Holds schemas to the rules of their draft. There is one a process, since a meta-schema takes long to compile. */
function rulesOf(dialect: Dialect): Ajv {
  const made = rules.get(dialect) ?? instanceOf(dialect, commonOptions);
  rules.set(dialect, made);
  return made;
}

const keywordRules = new Map<string, ValidateFunction>();

/** The rules for the value of one of our keywords. */
function keywordRule(name: string): ValidateFunction {
  const made = keywordRules.get(name) ?? new Ajv({ formats }).compile(metaSchemas[name] ?? {});
  keywordRules.set(name, made);
  return made;
}

function createAjv(schemas: SchemaSet, dialect: Dialect, regExp: RegExpEngine, formatted: boolean): Ajv {
  const options: Options = {
    ...commonOptions,
    validateSchema: false,
    validateFormats: formatted,
    // else `constructor` would count as present in every object
    ownProperties: true,
    // to see whether a schema can be inlined, ajv reads each list twice, the lists inside it four times, and so on
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
    // a file of another draft is there for references; it is held to the rules of its own draft where it is a table
    const ours = schemas.dialect(file.name) === dialect;
    const undated = isObject(schema) ? withoutDialect(schema) : schema ? {} : { not: {} };
    try {
      if (ours) void rulesOf(dialect).validateSchema(undated, true);
      ajv.addSchema(undated, schemaUri(file.name));
    } catch (error) {
      throw new Failure(`${file.shown}: ${firstOf(error)}`);
    }
  }
  return ajv;
}

/** Whether a schema has one of some keywords. */
function asksFor(files: readonly SchemaFile[], names: readonly string[]): boolean {
  const asks = (schema: object): boolean => names.some((name) => name in schema);
  return files.some(({ schema }) => [...subschemas(schema)].some((each) => asks(each.schema)));
}

/** Schemas with lists nested deeper than this are called where they are referred to, not inlined. */
const mostListDepth = 10;

/** How many lists stand inside each other at most. */
function listDepth(value: Json): number {
  if (!isArray(value) && !isObject(value)) return 0;
  const deepest = Object.values(value).reduce<number>((most, inner) => Math.max(most, listDepth(inner)), 0);
  return isArray(value) ? deepest + 1 : deepest;
}

/** The first of the faults of a schema: ajv lists one several times. */
function firstOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split(', data/')[0] ?? message;
}

/** The dialect was decided when the schemas were linked; named again, it would be looked for under exactly that spelling. */
function withoutDialect(schema: object): object {
  return Object.fromEntries(Object.entries(schema).filter(([key]) => key !== '$schema'));
}

/** A Relative JSON Pointer: so many steps up, then a JSON Pointer from there. */
const relativePointer = '^(?:0|[1-9][0-9]*)(?:/.*)?$';

const metaSchemas: Readonly<Record<string, object>> = {
  [keyword.key]: { type: 'string' },
  [keyword.references]: { anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' }, minItems: 1 }] },
  [keyword.evidence]: { type: 'boolean' },
  [keyword.verbatim]: { type: 'boolean' },
  [keyword.ownWords]: { type: 'boolean' },
  [keyword.distinct]: {
    anyOf: [
      { type: 'boolean' },
      { type: 'array', items: { type: 'string', format: 'json-pointer', minLength: 1 }, minItems: 1 },
    ],
  },
  [keyword.spans]: { type: 'boolean' },
  [keyword.document]: { type: 'boolean' },
  [keyword.uncoded]: { type: 'boolean' },
  [keyword.review]: { type: 'boolean' },
  [keyword.withdrawal]: { type: 'boolean' },
  [keyword.atMost]: {
    anyOf: [
      { type: 'string', format: 'json-pointer' },
      { type: 'string', pattern: relativePointer },
    ],
  },
  [keyword.unit]: { type: 'string' },
  [keyword.synonyms]: { type: 'object', additionalProperties: { type: 'string', minLength: 1 } },
};

/**
 * A schema as ajv gets it. A code list is an `enum`: the same meaning, one lookup instead of a branch a code, and one error
 * instead of one a branch. Each `$ref` counts. Unions say where they are.
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
    if (['oneOf', 'anyOf', 'unevaluatedItems'].some((key) => key in each))
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

function compile(ajv: Ajv, uri: string, file: string): ValidateFunction {
  try {
    const validate = ajv.getSchema(uri);
    if (validate !== undefined) return validate;
  } catch (error) {
    if (isStackOverflow(error)) throw new Failure(`${file}: the schema is nested too deep to be compiled`);
    throw new Failure(`${file}: ${compileFault(error)}`);
  }
  throw new Failure(`${file}: no such schema`);
}

/** What ajv says of a schema that the rules of its draft do not reach, as below a keyword that the draft does not know. */
function compileFault(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const isType = message.startsWith('type must be JSONType');
  return isType ? 'a "type" is neither the name of a type nor a list of such names' : message;
}

/** What a value should be, and what messages call it. */
interface Explained {
  readonly shape: Shape;
  readonly whole: string;
  readonly patterns: Patterns;
}

/** The errors of ajv as faults, in the reader's words; consequences of other errors are left out, and so are those beyond the limit. */
function explain(told: readonly Told[], value: Json, of: Explained, nearest: Nearest): readonly Fault[] {
  const reasons = new Map(told.map(({ error, because }) => [error, because]));
  const errors = told.map(({ error }) => error);
  const names = withoutNameErrors(errors);
  const kept = withoutEchoes(names.kept, of.shape);
  const conditions = conditionsOf(errors, value);
  const faults = kept.slice(0, mostFaults).map((error) => {
    const fault = error.keyword === 'propertyNames' ? nameFault(error, names.reasons) : undefined;
    const plain = fault ?? explainOne(error, value, of, nearest);
    return withReason(withCondition(plain, error, value, conditions), reasons.get(error));
  });
  return [...faults, ...leftOut(kept.slice(mostFaults), of)];
}

/** How many more faults of each rule there are. */
function leftOut(errors: readonly ErrorObject[], { whole }: Explained): readonly Fault[] {
  return [
    ...groupBy(errors, ({ keyword: failed }) => (failed === 'propertyNames' ? 'key' : ruleOfKeyword(failed).name)),
  ].map(([rule, { length }]) => ({
    rule,
    pointer: '',
    message: `${whole} has ${count(length, 'more fault')} of this kind`,
  }));
}

function nameFault(error: ErrorObject, reasons: ReadonlyMap<string, ErrorObject>): Fault {
  const name = refusedName(error);
  const pointer = below(error.instancePath, name);
  const hint = namesWanted(error, reasons);
  return { rule: 'key', message: `the key ${quoted(name)} is not allowed here`, pointer, atKey: true, hint };
}

/**
 * Leaves out the `if` that only repeats its `then`, the pattern that an empty text fails too, and keys that no branch
 * of a union has looked at because none fits.
 */
function withoutEchoes(errors: readonly ErrorObject[], shape: Shape): readonly ErrorObject[] {
  const empty = new Set(errors.filter((e) => e.keyword === 'minLength' && e.data === '').map((e) => e.instancePath));
  const uncoded = new Set(errors.filter((e) => e.keyword === 'enum').map((e) => e.instancePath));
  const contains = errors.filter((e) => e.keyword === 'contains');
  const repeated = errors.some((e) => e.keyword === 'if') ? countBelow(errors) : undefined;
  const atFault = errors.some(isUnevaluated) ? pathsOf(errors.filter((e) => !isUnevaluated(e))) : new Set();
  return errors.filter(
    (e) =>
      // of a list that lacks some element, each element would be told as none of them
      !contains.some((of) => of !== e && isInside(e, of)) &&
      // of what is no code the codes say all
      !(e.keyword === 'type' && uncoded.has(e.instancePath)) &&
      // of an empty text that it is empty says all
      !(e.keyword === 'pattern' && empty.has(e.instancePath)) &&
      // what is known would have been looked at, were there no other error
      !(isUnevaluated(e) && atFault.has(e.instancePath) && isKnownKey(e, shape)) &&
      // one of those below is the `if` itself
      (e.keyword !== 'if' || repeated?.get(parentOf(e.schemaPath)) === 1),
  );
}

/** The places of errors, and those around them. */
function pathsOf(errors: readonly ErrorObject[]): ReadonlySet<string> {
  return new Set(errors.flatMap(({ instancePath }) => [instancePath, ...prefixesOf(instancePath)]));
}

function isUnevaluated({ keyword: failed }: ErrorObject): boolean {
  return failed === 'unevaluatedProperties';
}

function isKnownKey({ instancePath, params }: ErrorObject, shape: Shape): boolean {
  return shapeBelow(shape, instancePath)?.properties.has(String(params['unevaluatedProperty'])) === true;
}

/** Whether an error is about an element that a `contains` looked at. */
function isInside(error: ErrorObject, { instancePath, schemaPath }: ErrorObject): boolean {
  return error.schemaPath.startsWith(`${schemaPath}/`) && error.instancePath.startsWith(`${instancePath}/`);
}

/** How many errors there are below each path of schemas, which ends with a slash. */
function countBelow(errors: readonly ErrorObject[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const [path, of] of groupBy(errors, (e) => e.schemaPath))
    for (const above of prefixesOf(path)) counts.set(`${above}/`, (counts.get(`${above}/`) ?? 0) + of.length);
  return counts;
}

/** What stands before each slash of a path. */
function prefixesOf(path: string): readonly string[] {
  const found: string[] = [];
  for (let end = path.lastIndexOf('/'); end >= 0; end = end === 0 ? -1 : path.lastIndexOf('/', end - 1))
    found.push(path.slice(0, end));
  return found;
}

function parentOf(path: string): string {
  return `${path.slice(0, path.lastIndexOf('/'))}/`;
}

function explainOne(error: ErrorObject, root: Json, of: Explained, nearest: Nearest): Fault {
  const { shape, whole, patterns } = of;
  const { instancePath: pointer, keyword: failed, params, schema: wanted, parentSchema: schema } = error;
  const value = resolvePointer(root, pointer) ?? null;
  const name = pointer === '' ? whole : nameOf(pointer);
  const rule = ruleOfKeyword(failed);
  return {
    rule: rule.name,
    ...rule.explain({ keyword: failed, pointer, value, name, params, wanted, schema, shape, patterns, nearest }),
  };
}

/** The key of what a pointer leads to; for an element of a list the whole pointer says more. */
function nameOf(pointer: string): string {
  const last = pointer.slice(pointer.lastIndexOf('/') + 1);
  return quoted(/^\d+$/.test(last) ? pointer : last);
}
