import { Failure } from '../base/problem.ts';
import { type Json, type JsonObject, isArray, isObject, member } from '../json/json.ts';
import {
  type Cell,
  type Column,
  type ColumnType,
  type ForeignKey,
  type PolymorphicKey,
  type Row,
  type Table,
  column,
} from './model.ts';

/** A descriptor that does not describe a release. */
export class Malformed extends Failure {}

/**
 * A table from its Table Schema (Data Package v2): the way back from a release to the model that it was written from.
 * Descriptions of codes are in the table `codelists`, and are left out here.
 * @throws Malformed if it does not describe a table
 */
export function describedTable(resource: JsonObject): Table {
  const name = textAt(resource, 'name');
  const schema = objectAt(member(resource, 'schema'), `the schema of ${name}`);
  const columns = listAt(schema, 'fields').map((f, i) => columnOf(objectAt(f, `field ${i} of ${name}`), name));
  if (columns.length === 0) throw new Malformed(`table ${name} has no fields`);
  const keys = member(schema, 'foreignKeys');
  return {
    name,
    title: optionalText(resource, 'title'),
    description: optionalText(resource, 'description'),
    columns,
    primaryKey: namesAt(schema, 'primaryKey'),
    foreignKeys: isArray(keys) ? keys.map((key) => foreignKeyOf(objectAt(key, `a foreign key of ${name}`), name)) : [],
    optional: false,
  };
}

function foreignKeyOf(key: JsonObject, table: string): ForeignKey {
  const reference = objectAt(member(key, 'reference'), `a foreign key of ${table}`);
  const resource = textAt(reference, 'resource');
  return {
    columns: namesAt(key, 'fields'),
    // the empty name means the table itself
    table: resource === '' ? table : resource,
    tableColumns: namesAt(reference, 'fields'),
  };
}

const types: Readonly<Record<string, ColumnType>> = {
  string: 'string',
  integer: 'integer',
  number: 'number',
  boolean: 'boolean',
  date: 'date',
  datetime: 'timestamp',
  any: 'json',
};

function columnOf(field: JsonObject, table: string): Column {
  const name = textAt(field, 'name');
  const typeName = textAt(field, 'type');
  const type = Object.hasOwn(types, typeName) ? types[typeName] : undefined;
  if (type === undefined) throw new Malformed(`the field ${name} of ${table} has the unknown type ${typeName}`);
  const constraints = constraintsAt(field, `field ${name} of ${table}`);
  const codes = member(constraints, 'enum');
  return column(name, type, {
    nullable: member(constraints, 'required') !== true,
    codes: isArray(codes)
      ? codes.filter((c) => typeof c === 'string').map((code) => ({ code, description: undefined }))
      : undefined,
    constraints,
    title: optionalText(field, 'title'),
    description: optionalText(field, 'description'),
    unit: optionalText(field, 'unit'),
    pointer: optionalText(field, 'pointer'),
    tableFor: polymorphicKeyOf(member(field, 'tableFor'), `tableFor of ${name} in ${table}`),
  });
}

function polymorphicKeyOf(value: Json | undefined, what: string): PolymorphicKey | undefined {
  if (value === undefined) return undefined;
  const given = objectAt(value, what);
  const targets = listAt(given, 'references').map((each) => {
    const target = objectAt(each, `a reference of ${what}`);
    const [key, ...more] = namesAt(target, 'fields');
    if (key === undefined || more.length > 0) throw new Malformed(`a reference of ${what} must have one field`);
    return { table: textAt(target, 'resource'), column: key };
  });
  return { column: textAt(given, 'field'), targets };
}

const isNumber = (value: Json): boolean => typeof value === 'number';
const isText = (value: Json): boolean => typeof value === 'string';
const isTruth = (value: Json): boolean => typeof value === 'boolean';

/** The Table Schema constraints that a release is checked against: a test of each value, and what it must be. */
const constraintTypes: Readonly<Record<string, readonly [(value: Json) => boolean, string]>> = {
  required: [isTruth, 'true or false'],
  unique: [isTruth, 'true or false'],
  enum: [isArray, 'a list'],
  pattern: [isText, 'a text'],
  minimum: [isNumber, 'a number'],
  maximum: [isNumber, 'a number'],
  minLength: [isNumber, 'a number'],
  maxLength: [isNumber, 'a number'],
};

/** @throws Malformed for a constraint that would have to be ignored */
function constraintsAt(field: JsonObject, what: string): JsonObject {
  const given = member(field, 'constraints');
  if (given === undefined) return {};
  const constraints = objectAt(given, `"constraints" of ${what}`);
  for (const [key, [isRight, wanted]] of Object.entries(constraintTypes)) {
    const value = member(constraints, key);
    if (value !== undefined && !isRight(value)) throw new Malformed(`"${key}" of ${what} is not ${wanted}`);
  }
  return constraints;
}

/** @throws Malformed for anything but an object */
export function objectAt(value: Json | undefined, what: string): JsonObject {
  if (!isObject(value)) throw new Malformed(`${what} is not an object`);
  return value;
}

/** @throws Malformed for anything but a list */
export function listAt(object: JsonObject, key: string): readonly Json[] {
  const value = member(object, key);
  if (!isArray(value)) throw new Malformed(`"${key}" is not a list`);
  return value;
}

/** @throws Malformed for anything but a text */
export function textAt(object: JsonObject, key: string): string {
  const value = member(object, key);
  if (typeof value !== 'string') throw new Malformed(`"${key}" is not a text`);
  return value;
}

/** One name or a list of them; empty if the key is missing. */
function namesAt(object: JsonObject, key: string): readonly string[] {
  const value = member(object, key);
  if (value === undefined) return [];
  const names = isArray(value) ? value : [value];
  if (!names.every((n) => typeof n === 'string')) throw new Malformed(`"${key}" is not a list of names`);
  return names;
}

function optionalText(object: JsonObject, key: string): string | undefined {
  const value = member(object, key);
  return typeof value === 'string' ? value : undefined;
}

/** The cells of a row of CSV; null for an empty field. */
export function describedRow({ columns }: Table, fields: readonly (string | null)[]): Row {
  return columns.map(({ type }, i): Cell => {
    const text = fields[i] ?? null;
    if (text === null) return null;
    if (type === 'integer' || type === 'number') return Number(text);
    return type === 'boolean' ? text === 'true' : text;
  });
}
