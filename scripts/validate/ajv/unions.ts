import type { ErrorObject } from 'ajv';
import { type Json, type JsonObject, below, isArray, isObject, member, resolvePointer } from '../../json/json.ts';
import type { Fault } from '../../base/problem.ts';
import { count, list, quoted } from '../../base/text.ts';
import type { ListedValues } from '../../schema/listedValues.ts';

/**
 * Added next to `oneOf`, `anyOf` and `contains` for ajv: the location of the schema. No schema can use this name
 * itself.
 */
export const unionKeyword = '$union:location';

/** The errors of a value, and which of them count: not those that exist only because formats are left out. */
export interface Checked {
  readonly errors: readonly ErrorObject[];
  readonly counts: (error: ErrorObject) => boolean;
}

/** What must be known about the branches of unions, each by its location. */
export interface Branches {
  /** The errors of a value in one branch; undefined if that takes too long. */
  readonly check: (location: string, value: Json) => Checked | undefined;
  readonly listed: (location: string) => ListedValues;
  /** Its name for people. */
  readonly nameOf: (location: string) => string | undefined;
}

/** An error, and the reason why it counts although other alternatives would not report it. */
export interface Told {
  readonly error: ErrorObject;
  readonly because: Because | undefined;
}

type Because =
  /** Constants that the value shares with one branch, in words; `pointer` is that of the value. */
  | { readonly kind: 'constants'; readonly pointer: string; readonly words: string }
  /** No constant decides: this branch has the fewest errors. */
  | { readonly kind: 'nearest'; readonly words: string };

/**
 * The errors of a value. Of each `oneOf` and `anyOf` that fails, only those of the branch that was meant remain. ajv
 * lists the errors of all branches before that of the union. Each branch is checked alone to find how many it has,
 * since behind a `$ref` the paths of errors do not say to which branch they belong. Of a `contains` that fails, no
 * error of an element remains: each would read as if every element had to match.
 */
export function ofBranchesMeant({ errors, counts }: Checked, value: Json, branches: Branches): readonly Told[] {
  const backwards: Told[] = [];
  for (let i = errors.length - 1; i >= 0; i--) {
    const error = errors[i];
    if (error === undefined) continue;
    const found = isUnion(error) ? unionOf(error, value, branches) : undefined;
    const union = found !== undefined && errorsOf(found) <= i ? found : undefined;
    const told = union === undefined ? [{ error, because: undefined }] : tellUnion(union, branches);
    if (counts(error)) for (const each of told.toReversed()) backwards.push(each);
    if (union !== undefined) i -= errorsOf(union);
    else if (isUnion(error)) while (i > 0 && isBelow(errors[i - 1], error)) i--;
    else if (error.keyword === 'contains') i -= Math.min(i, errorsOfElements(error, value, branches));
  }
  return backwards.toReversed();
}

function isUnion({ keyword }: ErrorObject): boolean {
  return keyword === 'oneOf' || keyword === 'anyOf';
}

function errorsOf({ branches }: Union): number {
  return branches.reduce((sum, { checked }) => sum + checked.errors.length, 0);
}

/** How many errors of elements ajv lists before that of a `contains`; 0 if they take too long to check. */
function errorsOfElements(
  { instancePath, parentSchema, params }: ErrorObject,
  root: Json,
  { check }: Branches,
): number {
  const location: unknown = parentSchema?.[unionKeyword];
  const elements = resolvePointer(root, instancePath);
  if (typeof location !== 'string' || !isArray(elements)) return 0;
  const [least, most] = [Number(params['minContains']), Number(params['maxContains'] ?? Infinity)];
  // then ajv checks no element
  if (least > most) return 0;
  let [fitting, errors] = [0, 0];
  for (const element of elements) {
    const checked = check(`${location}/contains`, element);
    if (checked === undefined) return 0;
    errors += checked.errors.length;
    if (checked.errors.length === 0) fitting++;
    // then ajv does not check the rest
    if (fitting > most) break;
  }
  return errors;
}

/** Whether an error is about the same value as another, or about one inside it. */
function isBelow(error: ErrorObject | undefined, { instancePath }: ErrorObject): boolean {
  return error !== undefined && `${error.instancePath}/`.startsWith(`${instancePath}/`);
}

interface Branch {
  readonly location: string;
  readonly checked: Checked;
}

/** A union that a value fails. */
interface Union {
  readonly error: ErrorObject;
  readonly value: Json;
  /** Those that ajv has checked. */
  readonly branches: readonly Branch[];
}

/** Undefined if its branches take too long to check. */
function unionOf(error: ErrorObject, root: Json, { check }: Branches): Union | undefined {
  const { keyword, schema, parentSchema, params } = error;
  const location: unknown = parentSchema?.[unionKeyword];
  const value = resolvePointer(root, error.instancePath);
  if (typeof location !== 'string' || !Array.isArray(schema) || value === undefined) return undefined;
  const passing: unknown = params['passingSchemas'];
  const last = Array.isArray(passing) ? Number(passing[1]) + 1 : schema.length;
  const branches: Branch[] = [];
  for (const i of schema.slice(0, last).keys()) {
    const at = `${location}/${keyword}/${i}`;
    const checked = check(at, value);
    if (checked === undefined) return undefined;
    branches.push({ location: at, checked });
  }
  return { error, value, branches };
}

function tellUnion(union: Union, about: Branches): readonly Told[] {
  const { error, value, branches } = union;
  const passing: unknown = error.params['passingSchemas'];
  if (Array.isArray(passing)) {
    const fitting = passing.map((i) => nameOrNumber(branches[Number(i)], Number(i), about));
    return [{ error: { ...error, params: { ...error.params, fitting } }, because: undefined }];
  }
  const listed = branches.map(({ location }) => about.listed(location));
  const deciding = decidingNames(listed);
  if (isObject(value)) {
    const fitting = branches.flatMap((branch, i) => {
      const fits = fittingNames(value, listed[i], deciding);
      return fits === undefined || fits.length === 0 ? [] : [{ branch, fits }];
    });
    const most = Math.max(0, ...fitting.map(({ fits }) => fits.length));
    const best = nearest(fitting.filter(({ fits }) => fits.length === most));
    if (best !== undefined) {
      const words = list(best.fits.map((name) => `${quoted(name)} is ${shown(member(value, name))}`));
      return errorsInside(union, best.branch, { kind: 'constants', pointer: error.instancePath, words }, about);
    }
    const decider = deciderFault(union, value, listed, deciding);
    if (decider !== undefined) return [{ error: decider, because: undefined }];
  } else {
    const simple = scalarFault(union);
    if (simple !== undefined) return [{ error: simple, because: undefined }];
  }
  const possible = branches.filter((branch) => !failsAtOnce(branch)).map((branch) => ({ branch }));
  const best = nearest(possible);
  if (best === undefined) return [{ error: typeFault(union) ?? error, because: undefined }];
  const name = about.nameOf(best.branch.location);
  const what = name === undefined ? '' : `${quoted(name)}, `;
  const words = `to fit ${what}the nearest of ${count(branches.length, 'alternative')}`;
  return errorsInside(union, best.branch, possible.length === 1 ? undefined : { kind: 'nearest', words }, about);
}

function nameOrNumber(branch: Branch | undefined, index: number, { nameOf }: Branches): string {
  const name = branch === undefined ? undefined : nameOf(branch.location);
  return name === undefined ? `alternative ${index + 1}` : quoted(name);
}

function shown(value: Json | undefined): string {
  return typeof value === 'string' ? quoted(value) : JSON.stringify(value);
}

/** Names of members for which branches list different values. */
function decidingNames(listed: readonly ListedValues[]): ReadonlySet<string> {
  const names = new Set(listed.flatMap((each) => [...each.keys()]));
  const differs = (name: string): boolean => new Set(listed.map((each) => JSON.stringify(each.get(name)))).size > 1;
  return new Set([...names].filter(differs));
}

/**
 * The deciding members whose value is listed by a branch; undefined if one has a value that the branch does not list.
 */
function fittingNames(
  value: JsonObject,
  listed: ListedValues | undefined,
  deciding: ReadonlySet<string>,
): readonly string[] | undefined {
  const names = [...(listed?.keys() ?? [])].filter((name) => deciding.has(name) && member(value, name) !== undefined);
  return names.every((name) => listed?.get(name)?.includes(member(value, name) ?? null)) ? names : undefined;
}

function nearest<T extends { readonly branch: Branch }>(candidates: readonly T[]): T | undefined {
  return candidates.toSorted((a, b) => a.branch.checked.errors.length - b.branch.checked.errors.length)[0];
}

/** The errors of one branch, as errors of the whole. */
function errorsInside(union: Union, branch: Branch, because: Because | undefined, about: Branches): readonly Told[] {
  const { error, value } = union;
  const { checked, location } = branch;
  const index = location.slice(location.lastIndexOf('/'));
  return ofBranchesMeant(checked, value, about).map((told) => ({
    because: (told.because === undefined ? undefined : moved(told.because, error.instancePath)) ?? because,
    error: {
      ...told.error,
      instancePath: error.instancePath + told.error.instancePath,
      schemaPath: `${error.schemaPath}${index}${told.error.schemaPath.replace(/^#/, '')}`,
    },
  }));
}

function moved(because: Because, to: string): Because {
  return because.kind === 'constants' ? { ...because, pointer: to + because.pointer } : because;
}

/** The fault of the member that would decide, if each branch for an object lists values for it. */
function deciderFault(
  { error, branches }: Union,
  value: JsonObject,
  listed: readonly ListedValues[],
  deciding: ReadonlySet<string>,
): ErrorObject | undefined {
  const ofObjects = branches.flatMap((branch, i) => (failsAtOnce(branch) ? [] : [{ branch, listed: listed[i] }]));
  const name = [...deciding].find((each) => ofObjects.every((of) => of.listed?.has(each)));
  if (name === undefined) return undefined;
  const values = [...new Set(ofObjects.flatMap((of) => of.listed?.get(name) ?? []))];
  if (member(value, name) !== undefined)
    return { ...error, keyword: 'enum', instancePath: below(error.instancePath, name), ...listing(values) };
  const isRequired = ofObjects.every(({ branch }) => branch.checked.errors.some((e) => isMissing(e, name)));
  if (!isRequired) return undefined;
  const description = `it says which alternative is meant: ${list(values.map(shown), 'or')}`;
  const parentSchema = { properties: { [name]: { description } } };
  return { ...error, keyword: 'required', params: { missingProperty: name }, parentSchema };
}

function listing(values: readonly Json[]): Pick<ErrorObject, 'params' | 'schema' | 'parentSchema'> {
  return { params: { allowedValues: values }, schema: values, parentSchema: {} };
}

function isMissing({ keyword, instancePath, params }: ErrorObject, name: string): boolean {
  return keyword === 'required' && instancePath === '' && params['missingProperty'] === name;
}

/** Whether the value is not of a type that the branch allows, or the branch allows nothing. */
function failsAtOnce({ checked }: Branch): boolean {
  return checked.errors.some((e) => e.instancePath === '' && (e.keyword === 'type' || e.keyword === 'false schema'));
}

/** For a text or number that all branches reject: the values that they list. */
function scalarFault({ error, branches }: Union): ErrorObject | undefined {
  const own = branches.map(({ checked }) => checked.errors.filter((e) => e.instancePath === ''));
  const values = own.flat().flatMap((e): readonly Json[] => {
    if (e.keyword === 'const') return [e.params['allowedValue']];
    return e.keyword === 'enum' ? e.params['allowedValues'] : [];
  });
  const isListed = own.every((errors) => errors.some((e) => ['const', 'enum', 'type'].includes(e.keyword)));
  if (!isListed || values.length === 0) return undefined;
  return { ...error, keyword: 'enum', ...listing([...new Set(values)]) };
}

/** For a value whose type all branches reject: the types that they allow. */
function typeFault({ error, branches }: Union): ErrorObject | undefined {
  const types = branches.map(({ checked }) =>
    checked.errors.filter((e) => e.instancePath === '' && e.keyword === 'type').flatMap((e) => e.params['type']),
  );
  if (types.some((each) => each.length === 0)) return undefined;
  return { ...error, keyword: 'type', params: { type: [...new Set(types.flat())] } };
}

/** A fault of one branch, with the reason why that branch counts in its message. */
export function withReason(fault: Fault, because: Because | undefined): Fault {
  if (because === undefined) return fault;
  if (because.kind === 'nearest') return { ...fault, message: `${because.words}: ${fault.message}` };
  const { words, pointer } = because;
  if (fault.missing !== undefined && fault.pointer === pointer)
    return { ...fault, message: `${words}, so ${quoted(fault.missing)} is needed` };
  const isMember = fault.atKey === true && fault.pointer.slice(0, fault.pointer.lastIndexOf('/')) === pointer;
  return isMember ? { ...fault, message: `${fault.message}, because ${words}` } : fault;
}
