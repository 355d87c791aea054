import path from 'node:path';
import type { FileSystem } from '../disk/fileSystem.ts';
import { type SchemaFolder, type SchemaReading, readSchemas } from '../read/schemas.ts';
import type { Cache } from '../validate/ajv/compiled.ts';
import { datasetFaults, isDatasetFile } from '../validate/datasetFile.ts';
import type { Place } from './options.ts';
import { readDocument } from './readDocument.ts';

const datasetName = 'dataset.json';

/**
 * Reads a schema folder with its `dataset.json`: all of it, or what `reach` leads to.
 * @throws Failure if anything in it does not load
 */
export function readSchemaFolder(fs: FileSystem, at: Place, reading: SchemaReading, cache?: Cache): SchemaFolder {
  const { path: folder, shown } = at;
  const described = fs.list(folder).some(({ name, kind }) => name === datasetName && kind === 'file');
  const file = described
    ? readDocument(
        fs,
        path.join(folder, datasetName),
        path.join(shown, datasetName),
        (value) => datasetFaults(value, cache),
        isDatasetFile,
      )
    : undefined;
  return readSchemas(fs, at, file, reading);
}
