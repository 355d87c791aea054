import { Ajv, type ValidateFunction } from 'ajv';
import { lazy } from '../../base/lazy.ts';
import type { Json } from '../../json/json.ts';
import { mostCompared } from '../../base/limits.ts';
import { boundedNearest, nearest as nearestOf } from '../../base/suggestions.ts';
import { type Patterns, SlowMatch, trusting } from '../../pattern/matcher.ts';
import type { Fault } from '../../base/problem.ts';
import type { Dialect } from '../../schema/dialect.ts';
import type { SchemaSet } from '../../schema/schemaSet.ts';
import type { RecordType } from '../../schema/recordTypes.ts';
import { type Cache, compileOnce, regExpEngine } from './compiled.ts';
import { areVast } from './lazyReferences.ts';
import { TooManySteps, allowSteps } from '../steps.ts';
import { isFormat, explainFormats, shared, explain } from './explain.ts';
import { isStackOverflow, createAjv, compile } from './instances.ts';

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
  // what is compiled part by part would be kept part by part
  const kept = areVast(schemas.files) ? undefined : cache;
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
    return (value, units = 0) => {
      allowSteps(units);
      try {
        if (validate(value)) return [];
        const errors = validate.errors ?? [];
        const of = { shape, whole, patterns };
        if (!softFormats || !errors.some(isFormat)) return explain(errors, value, of, nearest);
        allowSteps(units);
        const structural = validateUnformatted()(value) ? [] : (validateUnformatted().errors ?? []);
        return [
          ...explainFormats(errors, value, of, nearest),
          ...explain(shared(structural, errors), value, of, nearest),
        ];
      } catch (error) {
        if (error instanceof SlowMatch)
          return [{ rule: 'schema', message: error.message, pointer: '', hint: slowHint }];
        if (!(error instanceof TooManySteps) && !isStackOverflow(error)) throw error;
        return [{ rule: 'schema', message: endless, pointer: '' }];
      }
    };
  };
}

const endless =
  'the record takes too many steps to check: schemas that refer to each other under alternatives multiply the work at ' +
  'each level of nesting; let a "const" or a "type" decide between the alternatives, or nest less';

const slowHint = 'the schema needs a pattern in which no repetition is inside another that can match the same';
