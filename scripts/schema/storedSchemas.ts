import { type Json, isArray, isObject } from '../json/json.ts';
import type { Dialect } from './dialect.ts';
import { type SchemaFile, type SchemaSet, schemaSetOf } from './schemaSet.ts';

/** Linked schemas as a JSON value, from which `storedSchemas` makes them again. */
export function toStore({ files, dialect, extensions, formats }: SchemaSet): Json {
  return {
    files: files.map(({ name, shown, schema, isStandard = false }) => [name, shown, dialect(name), isStandard, schema]),
    extensions: [...extensions],
    formats: [...formats],
  };
}

/** The schemas in a value that `toStore` made; undefined for any other. */
export function storedSchemas(value: Json | undefined): SchemaSet | undefined {
  if (!isObject(value)) return undefined;
  const { files, extensions, formats } = value;
  if (!isArray(files) || !isArray(extensions) || !isArray(formats)) return undefined;
  const stored = files.map(storedFile);
  const found = stored.filter((each) => each !== undefined);
  const pairs = formats.filter(isPair);
  if (found.length < stored.length || pairs.length < formats.length || !extensions.every(isText)) return undefined;
  return schemaSetOf({
    files: found.map(([file]) => file),
    dialects: new Map(found.map(([file, dialect]) => [file.name, dialect])),
    extensions: new Set(extensions),
    formats: new Map(pairs),
  });
}

function storedFile(stored: Json): readonly [SchemaFile, Dialect] | undefined {
  if (!isArray(stored)) return undefined;
  const [name, shown, dialect, isStandard, schema] = stored;
  if (!isText(name) || !isText(shown) || !isDialect(dialect) || schema === undefined) return undefined;
  return [{ name, shown, schema, ...(isStandard === true ? { isStandard } : {}) }, dialect];
}

function isDialect(value: Json | undefined): value is Dialect {
  return value === '2020-12' || value === '2019-09' || value === 'draft-07';
}

function isText(value: Json | undefined): value is string {
  return typeof value === 'string';
}

function isPair(value: Json): value is readonly [string, string] {
  return isArray(value) && value.length === 2 && value.every(isText);
}
