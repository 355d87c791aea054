import type { ErrorObject } from 'ajv';
import { type Json, below } from '../../json/json.ts';
import { mostFaults } from '../../base/limits.ts';
import type { Nearest } from '../../base/suggestions.ts';
import type { Patterns } from '../../pattern/matcher.ts';
import type { Fault } from '../../base/problem.ts';
import type { Shape } from '../../schema/shape.ts';
import { count, groupBy, quoted } from '../../base/text.ts';
import { conditionsOf, withCondition } from './conditions.ts';
import { namesWanted, refusedName, withoutNameErrors } from './keyNames.ts';
import { explainOne } from './explainError.ts';

export function isFormat({ keyword: failed }: ErrorObject): boolean {
  return failed === 'format';
}

/** The errors of formats, one of each value. */
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

/** Errors without formats that are errors with them too: without, a value can fit more alternatives than it may. */
export function shared(errors: readonly ErrorObject[], formatted: readonly ErrorObject[]): readonly ErrorObject[] {
  const keyOf = ({ instancePath, schemaPath }: ErrorObject): string => JSON.stringify([instancePath, schemaPath]);
  const known = new Set(formatted.map(keyOf));
  return errors.filter((error) => known.has(keyOf(error)));
}

/** What a value should be, and what messages call it. */
export interface Explained {
  readonly shape: Shape;
  readonly whole: string;
  readonly patterns: Patterns;
}

/** The errors of ajv as faults, in the reader's words; consequences of other errors are left out, and so are those beyond the limit. */
export function explain(
  errors: readonly ErrorObject[],
  value: Json,
  of: Explained,
  nearest: Nearest,
): readonly Fault[] {
  const names = withoutNameErrors(errors);
  const kept = withoutEchoes(names.kept);
  const conditions = conditionsOf(errors, value);
  const faults = kept.slice(0, mostFaults).map((error) => {
    const fault = error.keyword === 'propertyNames' ? nameFault(error, names.reasons) : undefined;
    return withCondition(fault ?? explainOne(error, value, of, nearest), error, value, conditions);
  });
  const left = kept.length - faults.length;
  if (left === 0) return faults;
  return [
    ...faults,
    { rule: 'schema', pointer: '', message: `${of.whole} has ${count(left, 'more fault')} of this kind` },
  ];
}

function nameFault(error: ErrorObject, reasons: ReadonlyMap<string, ErrorObject>): Fault {
  const name = refusedName(error);
  const pointer = below(error.instancePath, name);
  const hint = namesWanted(error, reasons);
  return { rule: 'schema', message: `the key ${quoted(name)} is not allowed here`, pointer, atKey: true, hint };
}

/** Leaves out the `if` that only repeats its `then`, the pattern that an empty text fails too, and, of alternatives, all branches but the one that came nearest. */
function withoutEchoes(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  const empty = new Set(errors.filter((e) => e.keyword === 'minLength' && e.data === '').map((e) => e.instancePath));
  const uncoded = new Set(errors.filter((e) => e.keyword === 'enum').map((e) => e.instancePath));
  const repeated = errors.some((e) => e.keyword === 'if') ? countBelow(errors) : undefined;
  const kept = errors.filter(
    (e) =>
      // of what is no code the codes say all
      !(e.keyword === 'type' && uncoded.has(e.instancePath)) &&
      // of an empty text that it is empty says all
      !(e.keyword === 'pattern' && empty.has(e.instancePath)) &&
      // one of those below is the `if` itself
      (e.keyword !== 'if' || repeated?.get(parentOf(e.schemaPath)) === 1),
  );
  const dropped = new Set<ErrorObject>();
  for (const [union, inside] of insideOfUnions(kept)) {
    const inBranches = inside.filter((e) => !dropped.has(e));
    const branches = groupBy(inBranches, (e) => e.schemaPath.slice(union.schemaPath.length + 1).split('/')[0]);
    const deeper = [...branches.values()].filter((b) =>
      b.some((e) => e.instancePath !== union.instancePath || e.keyword !== 'type'),
    );
    // a constant that fits says which branch is meant
    const meant = deeper.filter((b) => !b.some((e) => decides(e, union)));
    const nearest = new Set((meant.length > 0 ? meant : deeper).toSorted((a, b) => a.length - b.length)[0]);
    for (const e of inBranches) if (!nearest.has(e)) dropped.add(e);
    if (nearest.size > 0) dropped.add(union);
  }
  return dropped.size === 0 ? kept : kept.filter((e) => !dropped.has(e));
}

/** Whether an error tells that another branch of a union is meant: a constant of one of the value's fields is another. */
function decides({ keyword: failed, instancePath }: ErrorObject, union: ErrorObject): boolean {
  if (failed !== 'const' && failed !== 'enum') return false;
  return parentOf(instancePath) === `${union.instancePath}/`;
}

/** How many errors there are below each path of schemas, which ends with a slash. */
function countBelow(errors: readonly ErrorObject[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const [path, of] of groupBy(errors, (e) => e.schemaPath))
    for (const above of prefixesOf(path)) counts.set(`${above}/`, (counts.get(`${above}/`) ?? 0) + of.length);
  return counts;
}

/** Each `oneOf` and `anyOf` that failed, in order, with the errors of its branches. Each error is looked at once a level. */
function insideOfUnions(errors: readonly ErrorObject[]): ReadonlyMap<ErrorObject, readonly ErrorObject[]> {
  const unions = errors.filter((e) => e.keyword === 'oneOf' || e.keyword === 'anyOf');
  const inside = new Map<ErrorObject, ErrorObject[]>(unions.map((union) => [union, []]));
  if (unions.length === 0) return inside;
  const byPath = new Map<string, Map<string, ErrorObject>>();
  for (const union of unions) {
    const at = byPath.get(union.schemaPath) ?? new Map<string, ErrorObject>();
    byPath.set(union.schemaPath, at.set(union.instancePath, union));
  }
  for (const e of errors) {
    const around = prefixesOf(e.schemaPath).flatMap((path) => byPath.get(path) ?? []);
    if (around.length === 0) continue;
    const pointers = [e.instancePath, ...prefixesOf(e.instancePath)];
    for (const union of around.flatMap((at) => pointers.flatMap((pointer) => at.get(pointer) ?? [])))
      inside.get(union)?.push(e);
  }
  return inside;
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
