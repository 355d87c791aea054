import type { ErrorObject } from 'ajv';
import type { Fault } from '../../base/problem.ts';
import { namesRequired } from '../rules/excluded.ts';
import { list, quoted } from '../../base/text.ts';
import { type Json, below, isArray, isObject, member, resolvePointer } from '../../json/json.ts';

/** A condition (`if`) that a record meets or fails, so that one of its branches applies. */
interface Condition {
  /** Path of the branch that applies, with a slash at the end. */
  readonly branch: string;
  /** JSON Pointer of the object under the condition. */
  readonly pointer: string;
  /** What is true of the record, in words. */
  readonly words: string;
  /** The field that decides; undefined if there are several, or it is missing. */
  readonly field: string | undefined;
}

/** The conditions behind errors, if they can be put into words: those that test named fields. */
export function conditionsOf(errors: readonly ErrorObject[], root: Json): readonly Condition[] {
  return errors.flatMap((error): readonly Condition[] => {
    if (error.keyword !== 'if') return [];
    const { instancePath: pointer, schemaPath, params, parentSchema } = error;
    const fields = fieldsTested(parentSchema?.['if']);
    const object = resolvePointer(root, pointer);
    if (fields.length === 0 || object === undefined || !isObject(object)) return [];
    const [only] = fields;
    const field = fields.length === 1 && only !== undefined && member(object, only) !== undefined ? only : undefined;
    const branch = `${schemaPath.replace(/\/if$/, '')}/${String(params['failingKeyword'])}/`;
    return [{ branch, pointer, words: list(fields.map((each) => stateOf(object, each))), field }];
  });
}

/** The fields of an object that a condition tests. */
function fieldsTested(test: unknown): readonly string[] {
  if (typeof test !== 'object' || test === null) return [];
  const properties = 'properties' in test && isRecord(test.properties) ? Object.keys(test.properties) : [];
  const required = 'required' in test && Array.isArray(test.required) ? test.required.map(String) : [];
  const isPlain = Object.keys(test).every((key) => ['properties', 'required', 'type'].includes(key));
  return isPlain ? [...new Set([...properties, ...required])] : [];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function stateOf(object: Json, field: string): string {
  const value = isObject(object) ? member(object, field) : undefined;
  if (value === undefined) return `there is no ${quoted(field)}`;
  if (isObject(value) || isArray(value)) return `there is ${quoted(field)}`;
  return `${quoted(field)} is ${typeof value === 'string' ? quoted(value) : String(value)}`;
}

/** A fault under a condition, with the condition in its message, at the field that decides or that must be removed. */
export function withCondition(fault: Fault, error: ErrorObject, root: Json, conditions: readonly Condition[]): Fault {
  const under = conditions.findLast(
    ({ branch, pointer }) => error.schemaPath.startsWith(branch) && error.instancePath.startsWith(pointer),
  );
  if (under === undefined) return fault;
  const { words, field, pointer } = under;
  const atField = field === undefined ? {} : { shownAt: below(pointer, field) };
  if (fault.missing !== undefined && fault.pointer === pointer)
    return { ...fault, message: `${words}, so ${quoted(fault.missing)} is needed`, ...atField };
  const forbidden = error.keyword === 'not' ? namesRequired(error.schema) : [];
  if (forbidden.length === 0) return { ...fault, message: `${fault.message}, because ${words}` };
  const object = resolvePointer(root, error.instancePath);
  const there = forbidden.find(
    (name) => object !== undefined && isObject(object) && member(object, name) !== undefined,
  );
  const names = list(
    (there === undefined ? forbidden : [there]).map((name) => quoted(name)),
    'or',
  );
  return {
    ...fault,
    message: `${words}, so ${names} must not be here`,
    hint: 'remove it, or correct the field that it depends on',
    ...(there === undefined ? atField : { pointer: below(error.instancePath, there), atKey: true }),
  };
}
