import type { ErrorObject } from 'ajv';
import { type Json, below, resolvePointer } from '../../json/json.ts';
import { mostFaults } from '../../base/limits.ts';
import type { Nearest } from '../../base/suggestions.ts';
import type { Patterns } from '../../pattern/matcher.ts';
import type { Fault } from '../../base/problem.ts';
import { type Shape, shapeBelow } from '../../schema/shape.ts';
import { count, groupBy, quoted } from '../../base/text.ts';
import { conditionsOf, withCondition } from './conditions.ts';
import { namesWanted, refusedName, withoutNameErrors } from './keyNames.ts';
import { type Told, withReason } from './unions.ts';
import { ruleOfKeyword } from '../rules/keywordRules.ts';

export function isFormat({ keyword: failed }: ErrorObject): boolean {
  return failed === 'format';
}

/** The errors of formats, one for each value. */
export function explainFormats(
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

/** What a value should be, and its name in messages. */
export interface Explained {
  readonly shape: Shape;
  readonly whole: string;
  readonly patterns: Patterns;
}

/**
 * The errors of ajv as faults, in the reader's words, without consequences of other errors and without those beyond the
 * limit.
 */
export function explain(told: readonly Told[], value: Json, of: Explained, nearest: Nearest): readonly Fault[] {
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
 * Leaves out an `if` that only repeats its `then`, a pattern that an empty text fails too, and keys that no branch of a
 * union has evaluated because none matches.
 */
function withoutEchoes(errors: readonly ErrorObject[], shape: Shape): readonly ErrorObject[] {
  const empty = new Set(errors.filter((e) => e.keyword === 'minLength' && e.data === '').map((e) => e.instancePath));
  const uncoded = new Set(errors.filter((e) => e.keyword === 'enum').map((e) => e.instancePath));
  const repeated = errors.some((e) => e.keyword === 'if') ? countBelow(errors) : undefined;
  const atFault = errors.some(isUnevaluated) ? pathsOf(errors.filter((e) => !isUnevaluated(e))) : new Set();
  return errors.filter(
    (e) =>
      // for a value that is not a code, the list of codes says everything
      !(e.keyword === 'type' && uncoded.has(e.instancePath)) &&
      // for an empty text, "is empty" says everything
      !(e.keyword === 'pattern' && empty.has(e.instancePath)) &&
      // a known key would have been evaluated if there were no other error
      !(isUnevaluated(e) && atFault.has(e.instancePath) && isKnownKey(e, shape)) &&
      // one of the errors below is the `if` itself
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

/** How many errors there are under each path of schemas, which ends with a slash. */
function countBelow(errors: readonly ErrorObject[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const [path, of] of groupBy(errors, (e) => e.schemaPath))
    for (const above of prefixesOf(path)) counts.set(`${above}/`, (counts.get(`${above}/`) ?? 0) + of.length);
  return counts;
}

/** The part before each slash of a path. */
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

/** The key of the value at a pointer; for an element of a list, the whole pointer, which says more. */
export function nameOf(pointer: string): string {
  const last = pointer.slice(pointer.lastIndexOf('/') + 1);
  return quoted(/^\d+$/.test(last) ? pointer : last);
}
