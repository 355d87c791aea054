import path from 'node:path';
import { nodeFileSystem } from '../../scripts/disk/fileSystem.ts';
import { readSchemaFolder } from '../../scripts/project/schemaFolder.ts';
import { type TableSchema, recordTypes, shapesBelow, tableName } from '../../scripts/schema/recordTypes.ts';
import { type SchemaCheck, schemaChecks } from '../../scripts/validate/ajv/schemaCheck.ts';
import { root } from './run.ts';

const { schemas } = readSchemaFolder(
  nodeFileSystem(),
  { path: path.join(root, 'schema'), shown: 'schema' },
  { own: true },
);
const tables = schemas.files
  .filter(({ name }) => name !== 'common.schema.json')
  .map(({ name }): TableSchema => ({ name: tableName(name), file: name, pointer: '', key: undefined }));
const types = recordTypes(schemas, tables);

/** The check of one table of the shipped dataset, by its schema's file. */
export function compileOne(file: string): SchemaCheck {
  const type = types.find((t) => t.file === file);
  if (type === undefined) throw new Error(`no table of ${file}`);
  return schemaChecks(schemas, undefined)(type);
}

/** Places in the shipped schemas that lack a title or description, and codes that lack a description. */
export function undocumented(): string[] {
  return types.flatMap((type) =>
    [...shapesBelow(type.shape)].flatMap(([shape, pointer]) => [
      ...(shape.title === undefined || shape.description === undefined ? [`${type.name} ${pointer}`] : []),
      ...(shape.codes ?? [])
        .filter((code) => code.description === undefined)
        .map(({ code }) => `${type.name} ${pointer} ${String(code)}`),
    ]),
  );
}
