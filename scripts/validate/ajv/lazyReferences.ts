import { type Ajv, type ValidateFunction, _ } from 'ajv';
import { callRef } from 'ajv/dist/vocabularies/core/ref.js';
import { subschemas } from '../../schema/keywords.ts';
import type { SchemaFile } from '../../schema/schemaSet.ts';

/**
 * Replaces `$ref` in schemas whose parts are compiled when a record first reaches them. No schema can use this name
 * itself.
 */
export const lazyKeyword = '$reference:lazy';

/** From this many references on, most of a schema is never reached, and compiling all of it takes seconds. */
const manyReferences = 1000;

/** Whether the parts of schemas are compiled only when records reach them. */
export function areVast(files: readonly SchemaFile[]): boolean {
  let references = 0;
  for (const { schema } of files)
    for (const { schema: each } of subschemas(schema))
      if (typeof each['$ref'] === 'string' && ++references >= manyReferences) return true;
  return false;
}

/** The keyword that calls the check of another schema, compiled when it is first called. */
export function addLazyReferences(ajv: Ajv, compiled: (location: string) => ValidateFunction): void {
  const known = new Map<string, ValidateFunction>();
  const checkOf = (location: string): ValidateFunction => {
    const check = known.get(location) ?? compiled(location);
    known.set(location, check);
    return check;
  };
  ajv.addKeyword({
    keyword: lazyKeyword,
    schemaType: 'string',
    code: (cxt) => {
      const { gen, schema: location } = cxt;
      const find = gen.scopeValue('func', { ref: checkOf });
      callRef(cxt, gen.const('check', _`${find}(${location})`), undefined, false);
    },
  });
}
