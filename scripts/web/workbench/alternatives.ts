import { type Json, codeName } from '../../json/json.ts';
import { schemaLink } from '../../schema/extensions.ts';
import type { Branch, JsonType, Shape } from '../../schema/shape.ts';

/** One of several forms of a value, as a choice for people. */
export interface Alternative {
  readonly title: string;
  readonly description: string | undefined;
  /** The code of the property that tells it from the others; undefined if none does. */
  readonly code: Json | undefined;
  readonly shape: Shape;
}

/** The alternatives of a value, and the property whose code tells them apart. */
export interface Alternatives {
  readonly told: string | undefined;
  readonly list: readonly Alternative[];
}

/**
 * The alternatives that a user can choose from before there is a value: none of their values can be another one too.
 * Undefined if the schema has none, such as one that only requires one of several properties.
 */
export function alternativesOf({ branches }: Shape): Alternatives | undefined {
  // a text or a number shows by itself which it is
  if (!branches.some(({ shape }) => isObjectOnly(shape))) return undefined;
  const told = toldBy(branches);
  const isApart = branches.every((one, i) => branches.slice(i + 1).every((other) => areApart(one, other, told)));
  if (!isApart) return undefined;
  const list = branches.map((branch): Alternative => {
    const code = told === undefined ? undefined : codeAt(branch, told);
    const { title, description, shape } = branch;
    return { title: title ?? nameOf(branch, branches, code), description, code, shape };
  });
  return { told, list };
}

function isObjectOnly({ types }: Shape): boolean {
  return types.size === 1 && types.has('object');
}

/** The property that has a constant in each alternative, always another one. */
function toldBy(branches: readonly Branch[]): string | undefined {
  const [first] = branches;
  if (first === undefined || !branches.every(({ shape }) => isObjectOnly(shape))) return undefined;
  return [...first.shape.properties.keys()].find((name) => {
    const codes = branches.map((branch) => codeAt(branch, name));
    return !codes.includes(undefined) && new Set(codes.map((code) => JSON.stringify(code))).size === codes.length;
  });
}

function codeAt({ shape }: Branch, name: string): Json | undefined {
  const codes = shape.properties.get(name)?.shape.codes;
  return codes?.length === 1 ? codes[0]?.code : undefined;
}

function areApart(one: Branch, other: Branch, told: string | undefined): boolean {
  if (told !== undefined) return true;
  const shared = [...one.shape.types].filter((type) => other.shape.types.has(type));
  if (shared.length === 0) return true;
  if (!isObjectOnly(one.shape) || !isObjectOnly(other.shape)) return false;
  const isOne = one.exclusive || (one.shape.closed && other.shape.closed);
  return isOne && (ownNames(one, [other]).length > 0 || ownNames(other, [one]).length > 0);
}

/** The properties that the other alternatives lack. */
function ownNames({ shape }: Branch, others: readonly Branch[]): readonly string[] {
  return [...shape.properties.keys()].filter(
    (name) => name !== schemaLink && !others.some((other) => other.shape.properties.has(name)),
  );
}

/** A name for an alternative without a title: its code, its type, or what only it has. */
function nameOf(branch: Branch, branches: readonly Branch[], code: Json | undefined): string {
  if (code !== undefined) return codeName(code);
  const { shape } = branch;
  if (!isObjectOnly(shape)) return [...shape.types].map((type) => typeNames[type]).join(' or ');
  const others = branches.filter((each) => each !== branch);
  const titles = ownNames(branch, others).map((name) => shape.properties.get(name)?.shape.title ?? name);
  return titles.length === 0 ? 'Without these' : titles.slice(0, 3).join(', ');
}

const typeNames: Readonly<Record<JsonType, string>> = {
  null: 'None',
  boolean: 'Yes or no',
  integer: 'Whole number',
  number: 'Number',
  string: 'Text',
  object: 'Fields',
  array: 'List',
};
