import type { Fault } from '../base/problem.ts';
import type { Json } from '../json/json.ts';
import { recordTypes } from '../schema/recordTypes.ts';
import { linkSchemas } from '../schema/schemaSet.ts';
import type { Cache } from './ajv/compiled.ts';
import { type SchemaCheck, schemaChecks } from './ajv/schemaCheck.ts';

/** A schema of the toolkit for a file with one document. */
export interface DocumentSchema {
  readonly file: string;
  readonly schema: Json;
}

/** The checks made so far in this process, by schema: commands in one process share them. */
const made = new WeakMap<DocumentSchema, SchemaCheck>();

/** What a schema of the toolkit rejects in a document, with the same words and hints as for records. */
export function documentFaults(value: Json, document: DocumentSchema, cache: Cache | undefined): readonly Fault[] {
  const check = made.get(document) ?? checkOf(document, cache);
  made.set(document, check);
  return check(value);
}

function checkOf({ file, schema }: DocumentSchema, cache: Cache | undefined): SchemaCheck {
  const schemas = linkSchemas([{ name: file, shown: file, schema }], false);
  const [type] = recordTypes(schemas, [{ name: 'document', file, pointer: '', key: undefined }]);
  if (type === undefined) throw new Error(`${file} describes no document`);
  return schemaChecks(schemas, cache, { whole: 'the file' })(type);
}
