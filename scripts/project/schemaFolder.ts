import path from 'node:path';
import type { FileSystem } from '../disk/fileSystem.ts';
import { type Patterns, trusting } from '../pattern/matcher.ts';
import { type Reach, type SchemaFolder, readSchemas } from '../read/schemas.ts';
import type { Cache } from '../validate/ajv/compiled.ts';
import { datasetFaults, isDatasetFile } from '../validate/datasetFile.ts';
import { readDocument } from './readDocument.ts';

const datasetName = 'dataset.json';

/**
 * Reads a schema folder, with what `dataset.json` says: whole, or what `reach` leads to.
 * @param own whether the schemas are the project's own, and held to more than other people's
 * @throws Failure where anything in it does not load
 */
export function readSchemaFolder(
  fs: FileSystem,
  folder: string,
  shown: string,
  own: boolean,
  cache?: Cache,
  patterns: Patterns = trusting,
  reach?: Reach,
): SchemaFolder {
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
  return readSchemas(fs, folder, shown, file, own, patterns, reach);
}
