import { type Json, type JsonObject, isArray, isObject, member } from '../json/json.ts';
import type { Cell, CodeOfText, Column, ColumnType, ForeignKey, Row, Table } from './model.ts';

/**
 * A table as its Table Schema describes it (Data Package v2): the way back from a release to the model that it was written from.
 * Codes have their descriptions in the table `codelists`; here they have none.
 */
export function describedTable(resource: JsonObject): Table {
  const schema = objectOf(member(resource, 'schema'));
  return {
    name: textOf(resource, 'name') ?? '',
    title: textOf(resource, 'title'),
    description: textOf(resource, 'description'),
    columns: listOf(member(schema, 'fields')).filter(isObject).map(describedColumn),
    primaryKey: textsOf(member(schema, 'primaryKey')),
    foreignKeys: listOf(member(schema, 'foreignKeys')).filter(isObject).map(describedKey),
    optional: false,
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

function describedColumn(field: JsonObject): Column {
  const { required, enum: codes, unique: _, ...constraints } = objectOf(member(field, 'constraints'));
  return {
    name: textOf(field, 'name') ?? '',
    type: types[textOf(field, 'type') ?? ''] ?? 'string',
    nullable: required !== true,
    title: textOf(field, 'title'),
    description: textOf(field, 'description'),
    unit: textOf(field, 'unit'),
    codes: isArray(codes) ? textsOf(codes).map((code): CodeOfText => ({ code, description: undefined })) : undefined,
    constraints,
    pointer: textOf(field, 'pointer'),
    references: [],
  };
}

function describedKey(key: JsonObject): ForeignKey {
  const reference = objectOf(member(key, 'reference'));
  return {
    columns: textsOf(member(key, 'fields')),
    table: textOf(reference, 'resource') ?? '',
    tableColumns: textsOf(member(reference, 'fields')),
  };
}

/** A row of CSV, null for an empty field, as the cells that it was written from. */
export function describedRow({ columns }: Table, fields: readonly (string | null)[]): Row {
  return columns.map(({ type }, i): Cell => {
    const text = fields[i] ?? null;
    if (text === null) return null;
    if (type === 'integer' || type === 'number') return Number(text);
    return type === 'boolean' ? text === 'true' : text;
  });
}

function objectOf(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}

function listOf(value: Json | undefined): readonly Json[] {
  return isArray(value) ? value : [];
}

function textOf(object: JsonObject, key: string): string | undefined {
  const value = member(object, key);
  return typeof value === 'string' ? value : undefined;
}

function textsOf(value: Json | undefined): readonly string[] {
  return typeof value === 'string' ? [value] : listOf(value).filter((v) => typeof v === 'string');
}
