import { type JsonObject, below } from '../json/json.ts';
import { schemaLink } from './extensions.ts';
import { type RecordName, nameIn } from './nameIn.ts';
import type { RecordType } from './recordTypes.ts';
import { type Property, type Shape, permitsText } from './shape.ts';

const known = new WeakMap<Shape, RecordName>();

/**
 * Where the names of a table's records are: the texts with `x-label`; else the first required text, also in an object,
 * and for alternatives the first of each; else the first text of the record itself. Another one would mislead.
 */
export function recordName(type: RecordType): RecordName {
  const found = known.get(type.shape) ?? findName(type);
  known.set(type.shape, found);
  return found;
}

/** The name of a record; undefined if it has none. */
export function nameOf(type: RecordType, record: JsonObject): string | undefined {
  return nameIn(recordName(type), record);
}

/** Objects further down are not part of a name: a recursive schema has no last one. */
const deepest = 4;

function findName(type: RecordType): RecordName {
  const isOther = ({ name, shape }: Property): boolean =>
    [schemaLink, type.key, type.withdrawal].includes(name) || shape.spans || shape.document || shape.review;
  const own = { ...type.shape, properties: without(type.shape, isOther) };
  const marked = markedIn(own, '', 0);
  if (marked.length > 0) return { pointers: [...new Set(marked)], isWhole: true };
  const branches = type.shape.branches.map(({ shape }) => ({ ...shape, properties: without(shape, isOther) }));
  const required = [...new Set(requiredIn({ ...own, branches }, '', 0))];
  if (required.length > 0) return { pointers: required, isWhole: false };
  const text = [...own.properties.values()].find(({ shape }) => isPlainText(shape));
  return { pointers: text === undefined ? [] : [below('', text.name)], isWhole: false };
}

function without(shape: Shape, isOther: (property: Property) => boolean): Shape['properties'] {
  return new Map([...shape.properties].filter(([, property]) => !isOther(property)));
}

function markedIn({ properties }: Pick<Shape, 'properties'>, pointer: string, depth: number): readonly string[] {
  if (depth > deepest) return [];
  return [...properties.values()].flatMap(({ name, shape }) => {
    const at = below(pointer, name);
    return shape.label ? [at] : markedIn(shape, at, depth + 1);
  });
}

interface Inner extends Pick<Shape, 'properties'> {
  readonly branches: readonly (Inner | { readonly shape: Inner })[];
}

function requiredIn({ properties, branches }: Inner, pointer: string, depth: number): readonly string[] {
  if (depth > deepest) return [];
  const required = [...properties.values()].filter((property) => property.required);
  const text = required.find(({ shape }) => isPlainText(shape));
  if (text !== undefined) return [below(pointer, text.name)];
  const inBranches = branches.flatMap((each) =>
    requiredIn({ ...('shape' in each ? each.shape : each), branches: [] }, pointer, depth + 1),
  );
  if (inBranches.length > 0) return inBranches;
  const inner = required.map(({ name, shape }) => requiredIn(shape, below(pointer, name), depth + 1));
  return inner.find((found) => found.length > 0) ?? [];
}

/** Whether a value is a text for people: a pattern that allows no space is that of a code. */
export function isPlainText(shape: Shape): boolean {
  const { types, format, codes, references } = shape;
  const isText = types.has('string') && format === undefined && codes === undefined && references.length === 0;
  return isText && permitsText(shape, 'Two words');
}
