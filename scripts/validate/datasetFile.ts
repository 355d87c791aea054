import type { Fault } from '../base/problem.ts';
import { type Json, isObject } from '../json/json.ts';
import type { DatasetFile } from '../read/dataset.ts';
import datasetSchema from '../read/dataset.schema.json' with { type: 'json' };
import type { Cache } from './ajv/compiled.ts';
import { type DocumentSchema, documentFaults } from './document.ts';

const datasetFile: DocumentSchema = { file: 'dataset.schema.json', schema: datasetSchema };

/** What the schema of `dataset.json` rejects in a value. */
export function datasetFaults(value: Json, cache: Cache | undefined): readonly Fault[] {
  return documentFaults(value, datasetFile, cache);
}

/** A value without faults is a description of a dataset, since the schema says what that is. */
export function isDatasetFile(value: Json, faults: readonly Fault[]): value is Json & DatasetFile {
  return isObject(value) && faults.length === 0;
}
