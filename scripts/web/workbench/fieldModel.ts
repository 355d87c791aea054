import { type Synonym, schemaLink } from '../../schema/extensions.ts';
import { recordName } from '../../schema/recordName.ts';
import { type RecordType, spansOf } from '../../schema/recordTypes.ts';
import { type Code, type JsonType, type Shape, permitsText } from '../../schema/shape.ts';
import { uncodedAt } from '../../verbs/blindSource.ts';
import { documentAt } from '../../verbs/newRecord.ts';
import { alternativesOf } from './alternatives.ts';
import { askedOf } from './askedFields.ts';
import type { CodeMessage, Field, FieldKind, ScalarType, TableMessage } from './messages.ts';
import { figuresOf } from './quantityRequests.ts';

/** The most fields in a model: beyond them, values of a recursive schema are edited as JSON. */
const mostFields = 20_000;

/** The longest text that has one line. */
const longestLine = 100;

/** The fields of all tables; a field of several tables is listed once. */
export interface FieldModel {
  readonly tables: readonly TableMessage[];
  readonly fields: readonly Field[];
}

/** Makes the model of the forms from the tables' shapes. `sources` are the tables that spans name. */
export function fieldModel(types: readonly RecordType[], sources: readonly string[]): FieldModel {
  const shapes: Shape[] = [];
  const numbers = new Map<Shape, number>();
  const numberOf = (shape: Shape): number => {
    const known = numbers.get(shape);
    if (known !== undefined) return known;
    numbers.set(shape, shapes.length);
    shapes.push(shape);
    return shapes.length - 1;
  };
  const roots = types.map((type) => numberOf(type.shape));
  const asked = types.map((type) => (documentAt(type) === undefined ? [] : askedOf(type)));
  for (const { shape } of asked.flat()) numberOf(shape);
  const fields: Field[] = [];
  // the list grows while it is read
  for (let i = 0; i < shapes.length; i++) {
    const shape = shapes[i];
    if (shape !== undefined) fields.push(fieldOf(shape, i < mostFields ? numberOf : undefined));
  }
  return {
    fields,
    tables: types.map((type, i) => ({
      name: type.name,
      title: type.shape.title ?? type.name,
      description: type.shape.description,
      key: type.key,
      label: recordName(type),
      field: roots[i] ?? 0,
      spansAt: spansOf(type),
      isSource: sources.includes(type.name),
      isAuthority: type.shape.authority,
      uncodedAt: uncodedAt(type),
      hasDocument: documentAt(type) !== undefined,
      hidden: [schemaLink],
      asked: (asked[i] ?? []).map(({ shape, ...each }) => ({ ...each, field: numberOf(shape) })),
    })),
  };
}

function fieldOf(shape: Shape, numberOf: ((shape: Shape) => number) | undefined): Field {
  const { title, description, unit, format, codes = [], references } = shape;
  const { evidence, verbatim, distinct, grounds, synonyms } = shape;
  const kind = numberOf === undefined ? 'any' : kindOf(shape);
  const isParent = kind === 'object' && numberOf !== undefined;
  return {
    kind,
    title,
    description,
    unit,
    whole: shape.types.has('integer') && !shape.types.has('number'),
    format,
    isLong: isLong(shape),
    ownWords: shape.ownWords,
    // no format allows lines
    hasLines: shape.format === undefined && permitsText(shape, 'Two\nlines'),
    codes: kind === 'code' ? codes.map((each) => ({ ...each, ...namesOf(each, synonyms) })) : [],
    tables: references,
    properties: isParent
      ? [...shape.properties.values()]
          .filter((property) => !property.shape.spans)
          .map(({ name, required, shape: inner }) => ({ name, required, field: numberOf(inner) }))
      : [],
    ...choiceOf(shape, numberOf),
    scalars: kind === 'scalar' ? scalarsOf(shape) : [],
    element: kind === 'list' && numberOf !== undefined && shape.items !== undefined ? numberOf(shape.items) : undefined,
    canBeEmpty: kind === 'list' && shape.minItems === 0,
    members: isParent && shape.members !== undefined ? numberOf(shape.members) : undefined,
    isQuantity: kind === 'object' && figuresOf(shape) !== undefined,
    atMost: shape.atMost,
    bounds: kind === 'code' ? shape.bounds : [],
    evidence,
    verbatim,
    distinct,
    grounds: kind === 'code' ? grounds : undefined,
  };
}

/** What people write instead of a code, unless it is a sentence that says which code is meant. */
function namesOf({ code }: Code, synonyms: readonly Synonym[]): Pick<CodeMessage, 'names'> {
  const names = synonyms.filter(({ meaning }) => meaning === code).map(({ text }) => text);
  return names.length === 0 ? {} : { names };
}

function isLong({ ownWords, constraints: { maxLength } }: Shape): boolean {
  return ownWords || (typeof maxLength === 'number' && maxLength > longestLine);
}

/** The alternatives of a value that the user chooses between. */
function choiceOf(shape: Shape, numberOf: ((shape: Shape) => number) | undefined): Pick<Field, 'branches' | 'told'> {
  const choice = numberOf === undefined ? undefined : alternativesOf(shape);
  if (numberOf === undefined || choice === undefined) return { branches: [], told: undefined };
  const branches = choice.list.map((each) => ({
    title: each.title,
    description: each.description,
    code: each.code,
    field: numberOf(each.shape),
  }));
  return { branches, told: choice.told };
}

const dates: ReadonlySet<string> = new Set(['edtf', 'date', 'date-time']);

function kindOf(shape: Shape): FieldKind {
  const types = new Set<JsonType>([...shape.types].filter((type) => type !== 'null'));
  if (types.has('integer')) types.delete('number');
  const [only] = types.size === 1 ? types : [];
  if (shape.codes !== undefined) return 'code';
  if (only === 'object') return 'object';
  if (only === 'array') return shape.items === undefined ? 'any' : 'list';
  if (only === 'boolean') return 'boolean';
  if (only === 'integer' || only === 'number') return 'number';
  if (only !== 'string') return scalarsOf(shape).length > 1 ? 'scalar' : 'any';
  if (shape.references.length > 0) return 'reference';
  return shape.format !== undefined && dates.has(shape.format) ? 'date' : 'text';
}

/** The types of a value that can be none of the others; none for a value that can. */
function scalarsOf({ types }: Shape): readonly ScalarType[] {
  if (types.has('object') || types.has('array')) return [];
  const found = (['number', 'string', 'boolean', 'null'] as const).filter((type) => types.has(type));
  return types.has('integer') && !types.has('number') ? ['number', ...found] : found;
}
