import { createRequire } from 'node:module';
import { type Json, isObject } from '../json/json.ts';
import { draftOf } from '../schema/dialect.ts';

const require = createRequire(import.meta.url);

/**
 * The schema to check by: one of draft-04 becomes an equivalent one of draft-07. @throws Failure for an unknown draft
 */
export function currentDraft(schema: Json, shown: string): Json {
  if (draftOf(schema, shown) !== 'draft-04' || !isObject(schema)) return schema;
  // loaded only if needed: it compiles a schema of its own
  const { draft7 }: typeof import('json-schema-migrate') = require('json-schema-migrate');
  const copy = { ...structuredClone(schema) };
  draft7(copy);
  return copy;
}
