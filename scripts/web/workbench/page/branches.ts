import { type Json, below, isArray, isObject, member } from '../../../json/json.ts';
import type { BranchMessage, Field, PropertyMessage } from '../messages.ts';
import { removeAt, setAt, valueAt } from '../edit.ts';
import type { RecordContent } from '../messages.ts';

/** Whether the user has added an empty field with this name to an object. */
export type IsAdded = (name: string) => boolean;

const nothingAdded: IsAdded = () => false;

/** The alternative that a value is; undefined if that is open. */
export function branchOf(
  fields: readonly Field[],
  { branches, told }: Field,
  value: Json | undefined,
  isAdded: IsAdded = nothingAdded,
): BranchMessage | undefined {
  if (told !== undefined) {
    const code = isObject(value) ? member(value, told) : undefined;
    return branches.find((branch) => code !== undefined && JSON.stringify(branch.code) === JSON.stringify(code));
  }
  const likeness = branches.map(({ field }) => likenessOf(fields[field], value, isAdded));
  const most = Math.max(0, ...likeness);
  const best = likeness.filter((each) => each === most);
  return most > 0 && best.length === 1 ? branches[likeness.indexOf(most)] : undefined;
}

/** How well a value fits an alternative: by its type, and for an object, by the number of properties. */
function likenessOf(field: Field | undefined, value: Json | undefined, isAdded: IsAdded): number {
  if (field === undefined) return 0;
  if (field.kind !== 'object') return value !== undefined && isOfKind(field, value) ? 1 : 0;
  if (value !== undefined && !isObject(value)) return 0;
  const names = field.properties.map(({ name }) => name);
  const known = names.filter((name) => isAdded(name) || (value !== undefined && member(value, name) !== undefined));
  const others = Object.keys(value ?? {}).filter((name) => !names.includes(name));
  return known.length - others.length;
}

function isOfKind({ kind, codes, scalars }: Field, value: Json): boolean {
  if (kind === 'list') return isArray(value);
  if (kind === 'number') return typeof value === 'number';
  if (kind === 'boolean') return typeof value === 'boolean';
  if (kind === 'code') return codes.some(({ code }) => JSON.stringify(code) === JSON.stringify(value));
  if (kind === 'scalar') return scalars.some((type) => (value === null ? type === 'null' : typeof value === type));
  return kind === 'any' || typeof value === 'string';
}

/** A field with the properties of the alternative that its value is. Those of others stay if the value has them. */
export function settled(
  fields: readonly Field[],
  field: Field,
  value: Json | undefined,
  isAdded: IsAdded = nothingAdded,
): Field {
  if (field.branches.length === 0 || field.kind !== 'object') return field;
  const branch = branchOf(fields, field, value, isAdded);
  const forms = (branch === undefined ? field.branches : [branch]).map((each) => fields[each.field]?.properties ?? []);
  const properties = field.properties.flatMap((property): readonly PropertyMessage[] => {
    const { name } = property;
    const own = forms.map((form) => form.find((each) => each.name === name));
    const required = own.every((each) => each?.required === true);
    // this field makes the choice, so it has the codes of all
    if (name === field.told) return [{ ...property, required }];
    const [first] = own;
    if (branch !== undefined && first !== undefined) return [first];
    const isThere = isObject(value) && member(value, name) !== undefined;
    return isThere || !own.includes(undefined) ? [{ ...property, required }] : [];
  });
  return { ...field, properties };
}

/** The codes of the property that tells alternatives apart, with their titles. */
export function toldField(field: Field, { branches }: Field): Field {
  const codes = field.codes.map((each) => {
    const branch = branches.find(({ code }) => JSON.stringify(code) === JSON.stringify(each.code));
    return branch === undefined
      ? each
      : { ...each, label: branch.title, description: each.description ?? branch.description };
  });
  return { ...field, codes };
}

/** The names of the properties that an alternative lacks and another one has. */
function otherNames(fields: readonly Field[], { branches }: Field, branch: BranchMessage): readonly string[] {
  const namesOf = (each: BranchMessage): readonly string[] =>
    fields[each.field]?.properties.map(({ name }) => name) ?? [];
  const own = new Set(namesOf(branch));
  return [...new Set(branches.flatMap(namesOf))].filter((name) => !own.has(name));
}

/** The properties that only an alternative has and must have, or else the first of its own. */
export function firstNames(fields: readonly Field[], { branches }: Field, branch: BranchMessage): readonly string[] {
  const others = branches.filter((each) => each !== branch).flatMap(({ field }) => fields[field]?.properties ?? []);
  const own = fields[branch.field]?.properties.filter(({ name }) => !others.some((each) => each.name === name)) ?? [];
  const required = own.filter((each) => each.required);
  return (required.length > 0 ? required : own.slice(0, 1)).map(({ name }) => name);
}

/** The record in which the value at a pointer is an alternative: without what only the others have. */
export function withBranch(
  content: RecordContent,
  pointer: string,
  {
    fields,
    field,
    branch,
  }: { readonly fields: readonly Field[]; readonly field: Field; readonly branch: BranchMessage },
): RecordContent {
  const target = fields[branch.field];
  const value = valueAt(content.value, pointer);
  const [only, other] = target?.kind === 'code' ? target.codes : [];
  if (only !== undefined && other === undefined) return setAt(content, pointer, only.code);
  if (value === undefined || target === undefined) return content;
  if (target.kind !== 'object') return isOfKind(target, value) ? content : removeAt(content, pointer);
  if (!isObject(value)) return removeAt(content, pointer);
  return otherNames(fields, field, branch)
    .map((name) => below(pointer, name))
    .filter((at) => valueAt(content.value, at) !== undefined)
    .reduce((record, at) => removeAt(record, at), content);
}
