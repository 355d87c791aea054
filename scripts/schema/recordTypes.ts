import { absolutePointer, below, codeName, isArray, isObject, pointerSteps } from '../json/json.ts';
import { didYouMean } from '../base/suggestions.ts';
import { Failure } from '../base/problem.ts';
import { compareText, quoted } from '../base/text.ts';
import { keyword, reserved, reviewFields, withdrawalFields } from './extensions.ts';
import { locationOf } from './location.ts';
import { type SchemaSet, placeIn } from './schemaSet.ts';
import { type Shape, shapeAt, shapeBelow } from './shape.ts';

/** A table of the dataset: a schema that has records. */
export interface RecordType {
  readonly name: string;
  /** The schema's file, below the schema folder. */
  readonly file: string;
  /** Where the schema of one record is, as `schema:/file.json#/pointer`. */
  readonly location: string;
  readonly shape: Shape;
  /** The toolkit's own keywords that occur in the schemas. */
  readonly extensions: ReadonlySet<string>;
  /** The property that holds a record's identifier; undefined if there is none. */
  readonly key: string | undefined;
  /** The property in which a record is withdrawn; undefined if there is none. */
  readonly withdrawal: string | undefined;
  /** The property in which a source is reviewed; undefined if there is none. */
  readonly review: string | undefined;
  /** JSON Pointer of the date on which the document of a source was published; undefined if there is none. */
  readonly issued: string | undefined;
  /** JSON Pointer of the language of the document of a source; undefined if there is none. */
  readonly language: string | undefined;
}

/** Which schema describes a table. */
export interface TableSchema {
  readonly name: string;
  readonly file: string;
  /** JSON Pointer of the record's schema in the file; empty for the whole. */
  readonly pointer: string;
  /** The property that holds the identifier, if the schema does not say; null says that there is none. */
  readonly key: string | null | undefined;
}

/** The record types of the given tables, in that order. @throws Failure if a schema cannot be a table */
export function recordTypes(schemas: SchemaSet, tables: readonly TableSchema[]): readonly RecordType[] {
  const shownName = (file: string): string => schemas.files.find((f) => f.name === file)?.shown ?? file;
  const types = tables.map(({ name, file, pointer, key }, i): RecordType => {
    const shown = shownName(file);
    const other = tables.slice(0, i).find((table) => table.name === name);
    if (other !== undefined)
      throw new Failure(`${shown}: ${shownName(other.file)} describes the table ${quoted(name)} too; remove one`);
    if (Object.values<string>(reserved).includes(name)) {
      throw new Failure(`${shown}: ${quoted(name)} is the name of a table that every build makes; choose another name`);
    }
    const location = locationOf(file, pointer);
    if (!schemas.has(location)) throw new Failure(`${shown}: there is nothing at ${quoted(pointer)}`);
    const shape = shapeAt(schemas, location);
    const own = {
      key: keyOf(shown, shape, key),
      withdrawal: withdrawalOf(shown, shape, schemas),
      review: reviewOf(shown, shape, schemas),
      issued: issuedAt(shown, shape, schemas),
      language: languageAt(shown, shape, schemas),
    };
    return { name, file, location, shape, extensions: schemas.extensions, ...own };
  });
  const known = [...new Set([...types.map((type) => type.name), ...schemas.files.map((file) => tableName(file.name))])];
  for (const type of types) {
    if (schemas.extensions.has(keyword.references)) checkReferences(type, known, schemas);
    if (schemas.extensions.has(keyword.atMost)) checkLimits(type, schemas);
    if (schemas.extensions.has(keyword.quoted) || schemas.extensions.has(keyword.fewest)) checkCodes(type, schemas);
    if (schemas.extensions.has(keyword.grounds)) checkGrounds(type, schemas);
    if (schemas.extensions.has(keyword.label)) checkLabels(type, schemas);
  }
  return types;
}

/** `species.schema.json`, `species.jsonschema.json` and `species.json` describe the table `species`. */
export function tableName(file: string): string {
  return file.replace(/^.*\//, '').replace(/(?:\.(?:schema|jsonschema))?\.json$/, '');
}

/** The tables of each reference in some types. */
const referenceLists = new WeakMap<readonly RecordType[], readonly (readonly string[])[]>();

/** The other tables that a reference can mean beside a table: no identifier should be in both. */
export function tablesNamedWith(types: readonly RecordType[], table: string): readonly string[] {
  const lists =
    referenceLists.get(types) ??
    types.flatMap(({ shape }) => [...shapesBelow(shape)].map(([{ references }]) => references));
  referenceLists.set(types, lists);
  return [...new Set(lists.filter((each) => each.includes(table)).flat())].filter((each) => each !== table);
}

/** The given key, else `x-key`, else a required `id`. Only a text or a whole number can be an identifier. */
function keyOf(shown: string, shape: Shape, given: string | null | undefined): string | undefined {
  if (given === null) return undefined;
  const wanted = given ?? shape.key;
  const property = shape.properties.get(wanted ?? 'id');
  if (wanted !== undefined && property === undefined) {
    const hint = didYouMean(wanted, shape.properties.keys());
    throw new Failure(`${shown}: the key ${quoted(wanted)} is not a property${hint === undefined ? '' : ` (${hint})`}`);
  }
  const types = [...(property?.shape.types ?? [])].join();
  const usable = property?.required === true && (types === 'string' || types === 'integer');
  if (wanted !== undefined && !usable)
    throw new Failure(`${shown}: the key ${quoted(wanted)} must be required, and a text or a whole number`);
  return usable ? property.name : undefined;
}

/** The property that withdraws a record. @throws Failure if it cannot say when and why */
function withdrawalOf(shown: string, shape: Shape, { extensions }: SchemaSet): string | undefined {
  if (!extensions.has(keyword.withdrawal)) return undefined;
  const property = [...shape.properties.values()].find((p) => p.shape.withdrawal);
  if (property === undefined) return undefined;
  const [date, reason] = withdrawalFields.map((field) => property.shape.properties.get(field));
  const dated = date?.required === true && date.shape.format === 'date';
  if (dated && reason?.required === true && !property.required) return property.name;
  throw new Failure(
    `${shown}: ${quoted(property.name)} is a withdrawal: it must be optional, and require "date" (format ` +
      'date) and "reason"',
  );
}

/** The property that marks a source as reviewed. @throws Failure if it cannot say who reviewed it and when */
function reviewOf(shown: string, shape: Shape, { extensions }: SchemaSet): string | undefined {
  if (!extensions.has(keyword.review)) return undefined;
  const property = [...shape.properties.values()].find((p) => p.shape.review);
  if (property === undefined) return undefined;
  const [by, date] = reviewFields.map((field) => property.shape.properties.get(field));
  const dated = date?.required === true && date.shape.format === 'date';
  if (dated && by?.required === true && !property.required) return property.name;
  throw new Failure(
    `${shown}: ${quoted(property.name)} is a review: it must be optional, and require "by" and "date" (format date)`,
  );
}

const dates: ReadonlySet<string> = new Set(['edtf', 'date', 'date-time']);

/** Where a source says when its document was published. @throws Failure if no date is there */
function issuedAt(shown: string, shape: Shape, { extensions }: SchemaSet): string | undefined {
  const [marked, pointer] = markedShape({ shape, extensions }, 'issued', ({ issued }) => issued) ?? [];
  if (marked === undefined || pointer === undefined) return undefined;
  const isDate = ({ format }: Shape): boolean => format !== undefined && dates.has(format);
  if (isDate(marked)) return pointer;
  const date = [...marked.properties.values()].find((property) => isDate(property.shape));
  if (date !== undefined) return below(pointer, date.name);
  throw new Failure(`${shown}: x-issued at ${quoted(pointer)} needs a date (format edtf, date or date-time)`);
}

/** Where a source says in which language its document is. @throws Failure if no text is there */
function languageAt(shown: string, shape: Shape, { extensions }: SchemaSet): string | undefined {
  const [marked, pointer] = markedShape({ shape, extensions }, 'language', ({ language }) => language) ?? [];
  if (marked === undefined || pointer === undefined || marked.types.has('string')) return pointer;
  throw new Failure(`${shown}: x-language at ${quoted(pointer)} needs a text`);
}

/** Without this, a label on something else would name no record, and nothing would say so. */
function checkLabels(type: RecordType, schemas: SchemaSet): void {
  for (const [shape, pointer] of shapesBelow(type.shape)) {
    if (!shape.label || shape.types.has('string')) continue;
    const file = schemas.files.find((f) => f.name === type.file);
    throw new Failure(
      `${file?.shown ?? type.file}: x-label ${pointer === '' ? 'at the root' : `at ${quoted(pointer)}`} needs a text`,
    );
  }
}

/** Without this, a reference to a table that does not exist would never be checked. */
function checkReferences(type: RecordType, tables: readonly string[], schemas: SchemaSet): void {
  for (const [shape, pointer] of shapesBelow(type.shape)) {
    for (const table of shape.references) {
      if (tables.includes(table)) continue;
      const hint = didYouMean(table, tables);
      const file = schemas.files.find((f) => f.name === type.file);
      throw new Failure(
        `${file?.shown ?? type.file}: x-references at ${pointer} names ${quoted(table)}, which is not a ` +
          `schema${hint === undefined ? '' : ` (${hint})`}`,
      );
    }
  }
}

const spansIn = new WeakMap<RecordType, { readonly at: string | undefined }>();

/** JSON Pointer of the record's list of spans; undefined if its schema has none. It is looked for once. */
export function spansOf(type: RecordType): string | undefined {
  const found = spansIn.get(type) ?? { at: markedShape(type, 'spans', (shape) => shape.spans)?.[1] };
  spansIn.set(type, found);
  return found.at;
}

/** Without this, a limit that the schema does not have, or that cannot be compared, would never be checked. */
function checkLimits(type: RecordType, schemas: SchemaSet): void {
  for (const [shape, pointer] of shapesBelow(type.shape)) {
    const codes = (shape.codes ?? []).map(({ code }) => codeName(code));
    const named = (to: string): Shape | undefined => {
      const at = absolutePointer(pointer, to);
      return at === undefined ? undefined : shapeAnywhere(type.shape, at);
    };
    const faults = [
      ...shape.atMost.map((limit) => limitFault({ limit, of: shape, to: named(limit) }, type)),
      unknownAmong(
        shape.bounds.map(({ code }) => code),
        codes,
      ),
      ...shape.bounds.map(({ value, limit }) => {
        const of = named(value);
        if (of === undefined) return `${quoted(value)} points to nothing in a record of ${type.name}`;
        return limitFault({ limit, of, to: named(limit), name: quoted(value) }, type);
      }),
    ];
    const fault = faults.find((each) => each !== undefined);
    if (fault === undefined) continue;
    const where = placeIn(schemas, shape.locations[0] ?? type.location);
    throw new Failure(`${where}: x-at-most on ${pointer}: ${fault}`);
  }
}

interface Limited {
  readonly limit: string;
  readonly of: Shape;
  /** The shape that the limit points to. */
  readonly to: Shape | undefined;
  readonly name?: string;
}

/** What is wrong with a limit of a value. */
function limitFault({ limit, of, to, name = 'it' }: Limited, type: RecordType): string | undefined {
  if (to === undefined) return `${quoted(limit)} points to nothing in a record of ${type.name}`;
  return comparedAs(of) === undefined || comparedAs(of) !== comparedAs(to)
    ? `${quoted(limit)} cannot be compared with ${name}: x-at-most compares numbers with numbers, dates with dates`
    : undefined;
}

/** Without this, what is expected of a code or a list that the schema does not have would never be checked. */
function checkCodes(type: RecordType, schemas: SchemaSet): void {
  for (const [shape, pointer] of shapesBelow(type.shape)) {
    const codes = (shape.codes ?? []).map(({ code }) => code).filter((code) => !isArray(code) && !isObject(code));
    const isList = (list: string): boolean => {
      const at = absolutePointer(pointer, list);
      return at !== undefined && shapeAnywhere(type.shape, at)?.types.has('array') === true;
    };
    const texts = codes.filter((code) => typeof code === 'string');
    const quotedFault = unknownAmong(shape.quoted, texts);
    const astray = shape.fewest.find(({ list }) => !isList(list))?.list;
    const fewestFault =
      unknownAmong(
        shape.fewest.map(({ code }) => code),
        codes.map(codeName),
      ) ?? (astray === undefined ? undefined : `${quoted(astray)} is not a list in a record of ${type.name}`);
    const fault = quotedFault ?? fewestFault;
    if (fault === undefined) continue;
    const name = quotedFault === undefined ? keyword.fewest : keyword.quoted;
    throw new Failure(`${placeIn(schemas, shape.locations[0] ?? type.location)}: ${name} on ${pointer}: ${fault}`);
  }
}

/** Without this, a code that the schema does not have would be filled in for dates. */
function checkGrounds(type: RecordType, schemas: SchemaSet): void {
  for (const [{ grounds, codes = [], locations }, pointer] of shapesBelow(type.shape)) {
    if (grounds === undefined) continue;
    const { stated, resolved, inferred = resolved, reason } = grounds;
    const texts = codes.flatMap(({ code }) => (typeof code === 'string' ? [code] : []));
    const at = reason === undefined ? undefined : absolutePointer(pointer, reason);
    const isText = at !== undefined && shapeAnywhere(type.shape, at)?.types.has('string') === true;
    const fault =
      unknownAmong([stated, resolved, inferred], texts) ??
      (reason === undefined || isText ? undefined : `${quoted(reason)} is not a text in a record of ${type.name}`);
    if (fault !== undefined)
      throw new Failure(`${placeIn(schemas, locations[0] ?? type.location)}: x-grounds on ${pointer}: ${fault}`);
  }
}

/** What to say about the first name that no code has; undefined if all are codes. */
function unknownAmong(names: readonly string[], codes: readonly string[]): string | undefined {
  const unknown = names.find((name) => !codes.includes(name));
  if (unknown === undefined) return undefined;
  const hint = didYouMean(unknown, codes);
  return `${quoted(unknown)} is not one of the codes${hint === undefined ? '' : ` (${hint})`}`;
}

/** How `x-at-most` compares the values of a shape; undefined if they have no order. */
function comparedAs({ types, format }: Shape): 'number' | 'date' | undefined {
  if (types.has('number') || types.has('integer')) return 'number';
  return types.has('string') && ['date', 'date-time', 'edtf'].includes(format ?? '') ? 'date' : undefined;
}

/** The shape at a pointer, in which `*` is any element or member. */
function shapeAnywhere(shape: Shape, pointer: string): Shape | undefined {
  return (pointerSteps(pointer) ?? []).reduce<Shape | undefined>(
    (at, step) =>
      step === '*' ? (at?.items ?? at?.members) : at === undefined ? undefined : shapeBelow(at, below('', step)),
    shape,
  );
}

/**
 * Every shape of a record type once, with the JSON Pointer of the first place where it occurs (`*` for any element or
 * member).
 * @param enter whether to look below a shape
 */
export function* shapesBelow(
  shape: Shape,
  enter: (shape: Shape) => boolean = () => true,
  pointer = '',
  seen = new Set<string>(),
): Generator<[Shape, string]> {
  if (seen.has(shape.identity)) return;
  seen.add(shape.identity);
  yield [shape, pointer];
  if (!enter(shape)) return;
  for (const { name, shape: inner } of shape.properties.values())
    yield* shapesBelow(inner, enter, below(pointer, name), seen);
  if (shape.members !== undefined) yield* shapesBelow(shape.members, enter, `${pointer}/*`, seen);
  if (shape.items !== undefined) yield* shapesBelow(shape.items, enter, `${pointer}/*`, seen);
}

/** The first shape that a keyword marks, outside lists and maps, with its JSON Pointer; undefined if none is marked. */
export function markedShape(
  type: Pick<RecordType, 'shape' | 'extensions'>,
  mark: keyof typeof keyword,
  isMarked: (shape: Shape) => boolean,
): readonly [Shape, string] | undefined {
  if (!type.extensions.has(keyword[mark])) return undefined;
  for (const found of shapesBelow(type.shape)) if (isMarked(found[0]) && !found[1].includes('*')) return found;
  return undefined;
}

/** Sorts types so that the targets of references come first; types that refer to each other in a cycle go by name. */
export function referredFirst(types: readonly RecordType[]): readonly RecordType[] {
  const ordered: RecordType[] = [];
  const visit = (type: RecordType, path: readonly string[]): void => {
    if (ordered.includes(type) || path.includes(type.name)) return;
    for (const target of targetsOf(type).toSorted(compareText)) {
      const found = types.find((t) => t.name === target);
      if (found !== undefined) visit(found, [...path, type.name]);
    }
    ordered.push(type);
  };
  for (const type of types.toSorted((a, b) => compareText(a.name, b.name))) visit(type, []);
  return ordered;
}

/** The tables to which a record type's columns refer; spans are not columns. */
export function targetsOf(type: RecordType): readonly string[] {
  if (!type.extensions.has(keyword.references)) return [];
  const shapes = [...shapesBelow(type.shape, (shape) => !shape.spans)];
  return [...new Set(shapes.flatMap(([shape]) => shape.references))];
}
