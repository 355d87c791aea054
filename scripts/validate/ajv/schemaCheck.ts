import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { lazy } from '../../base/lazy.ts';
import { type Json, isObject, pointerSteps } from '../../json/json.ts';
import { mostCompared } from '../../base/limits.ts';
import { type Nearest, boundedNearest, nearest as nearestOf } from '../../base/suggestions.ts';
import { type Patterns, SlowMatch, trusting } from '../../pattern/matcher.ts';
import type { Fault } from '../../base/problem.ts';
import { sha256Of } from '../../read/documents.ts';
import type { Dialect } from '../../schema/dialect.ts';
import { decoded, partsOfLocation } from '../../schema/location.ts';
import { valuesListed } from '../../schema/listedValues.ts';
import type { SchemaSet } from '../../schema/schemaSet.ts';
import type { RecordType } from '../../schema/recordTypes.ts';
import { type Cache, compileOnce, regExpEngine } from './compiled.ts';
import { areVast } from './lazyReferences.ts';
import { type Branches, ofBranchesMeant } from './unions.ts';
import { slowPattern, tooManySteps } from '../rules/complexity.ts';
import { TooManySteps, allowSteps } from '../steps.ts';
import { isFormat, explainFormats, type Explained, explain } from './explain.ts';
import { asksFor, isStackOverflow, createAjv, compile } from './instances.ts';

/**
 * A check of one value against one schema; `units` is the length of its text. Returns the faults, none if the value is
 * valid.
 */
export type SchemaCheck = (value: Json, units?: number) => readonly Fault[];

/** How values are checked. */
export interface CheckSettings {
  readonly patterns?: Patterns;
  /** The name of the whole value in messages. */
  readonly whole?: string;
  /** A text that does not match its format is reported, but fails no alternative and no condition. */
  readonly softFormats?: boolean;
}

/**
 * Compiles the checks of a schema set. Each table's schema is compiled once, when it is first needed, or comes from the
 * cache.
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
  // compiled part by part, it would be kept part by part; and code that calls back cannot be kept
  const kept = areVast(schemas.files) || asksFor(schemas.files, ['unevaluatedItems']) ? undefined : cache;
  // where a file is shown depends on the current folder
  const contents = schemas.files.map(({ name, schema, isStandard }) => [name, schema, isStandard]);
  const all = kept === undefined ? '' : sha256Of(JSON.stringify(contents));
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
    const validators: Validators = {
      validate: compiled(true),
      // most records never need it
      validateUnformatted: lazy(() => compiled(false)),
      branches: branchesIn(schemas, listed, (at, formatted) => compile(instance(dialect, formatted), at, file)),
    };
    return checkWith(validators, { shape, whole, patterns }, nearest, softFormats);
  };
}

/** ajv's checks of a schema, with and without formats, and what is known about its branches in each case. */
interface Validators {
  readonly validate: ValidateFunction;
  readonly validateUnformatted: () => ValidateFunction;
  readonly branches: (formatted: boolean) => Branches;
}

/** What is known about branches, with or without formats; `compiled` is the check of a branch. */
function branchesIn(
  schemas: SchemaSet,
  listed: Branches['listed'],
  compiled: (at: string, formatted: boolean) => ValidateFunction,
): Validators['branches'] {
  const errorsAt = (at: string, value: Json, formatted: boolean): readonly ErrorObject[] => {
    const check = compiled(at, formatted);
    return check(value) ? [] : (check.errors ?? []);
  };
  return (formatted) => ({
    listed,
    nameOf: (at) => nameOfSchema(schemas, at),
    check: (at, value) =>
      unlessEndless(() => {
        const counts = lazy(() => unlessEndless(() => sharedWith(errorsAt(at, value, true))) ?? (() => true));
        const errors = errorsAt(at, value, formatted);
        return { errors, counts: (error) => formatted || counts()(error) };
      }),
  });
}

/** With `soft`, a text that does not match its format fails only the format. */
function checkWith(
  { validate, validateUnformatted, branches }: Validators,
  of: Explained,
  nearest: Nearest,
  soft: boolean,
): SchemaCheck {
  return (value, units = 0) => {
    allowSteps(units);
    try {
      if (validate(value)) return [];
      const errors = validate.errors ?? [];
      // checking each branch of a union takes as many steps again
      allowSteps(units);
      if (!soft || !errors.some(isFormat))
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
}

/**
 * Selects those errors found without formats that are also errors with them: without formats, a value can match too
 * many alternatives.
 */
function sharedWith(formatted: readonly ErrorObject[]): (error: ErrorObject) => boolean {
  const keyOf = ({ instancePath, schemaPath }: ErrorObject): string => JSON.stringify([instancePath, schemaPath]);
  const known = new Set(formatted.map(keyOf));
  return (error) => known.has(keyOf(error));
}

/** The result of a check; undefined if it takes too many steps. */
function unlessEndless<T>(check: () => T): T | undefined {
  try {
    return check();
  } catch (error) {
    if (error instanceof TooManySteps || isStackOverflow(error)) return undefined;
    throw error;
  }
}

/** The name of a schema for people: its title, else its name in `$defs`. */
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
