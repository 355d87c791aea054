import path from 'node:path';
import { type Json, isObject } from '../json/json.ts';
import { Failure, type Fault } from '../base/problem.ts';
import { type FileSystem, kindAt } from '../disk/fileSystem.ts';
import type { Cache } from '../validate/ajv/compiled.ts';
import { documentFaults } from '../validate/document.ts';
import configSchema from './config.schema.json' with { type: 'json' };
import { readDocument } from './readDocument.ts';

/** The name of the file that configures the dataset of a repository. */
export const configName = 'demarche.config.json';

/** A table as the configuration or `--table` defines it. */
export interface TableConfig {
  readonly name: string;
  /** File below the schema folder, with `#/pointer` if the record's schema is a part of it. */
  readonly schema: string;
  /** Glob below the folder of records. */
  readonly files: string;
  /** JSON Pointer to the records in each file, with `*` for any element or member. */
  readonly pointer?: string;
  /** The field that identifies a record; null says that there is none. */
  readonly key?: string | null;
}

/** The content of demarche.config.json; its schema documents each member. */
export interface Config {
  readonly schema?: string;
  readonly raw?: string;
  readonly dist?: string;
  readonly sources?: string;
  readonly layout?: 'canonical' | 'any';
  readonly strict?: boolean;
  readonly requireSources?: boolean;
  readonly tables?: readonly TableConfig[];
  readonly keys?: Readonly<Record<string, string | null>>;
  readonly refs?: Readonly<Record<string, string>>;
}

/** The folder of the nearest configuration, in a folder or above it; undefined if there is none. */
export function configFolder(fs: FileSystem, folder: string): string | undefined {
  if (isThere(fs, path.join(folder, configName))) return folder;
  const above = path.dirname(folder);
  return above === folder ? undefined : configFolder(fs, above);
}

/**
 * Reads a configuration; undefined if there is none.
 * @throws Failure at the line of what is wrong, or if it is not a file: to continue without it would check by other
 * rules
 */
export function readConfig(fs: FileSystem, file: string, shown: string, cache: Cache | undefined): Config | undefined {
  if (!isThere(fs, file)) return undefined;
  const kind = kindAt(fs, file);
  if (kind !== 'file') {
    const what = kind === undefined ? 'a broken link' : kind === 'folder' ? 'a folder' : 'not a regular file';
    throw new Failure(`${shown} is ${what}: put a file there, or remove it`);
  }
  return readDocument(fs, file, shown, (value) => documentFaults(value, configDocument, cache), conforms);
}

/** Whether anything has this name, even a broken link. */
function isThere(fs: FileSystem, at: string): boolean {
  return kindAt(fs, at) !== undefined || fs.linkTarget(at) !== undefined;
}

const configDocument = { file: 'config.schema.json', schema: configSchema };

/** A value without faults is a configuration, since the schema says what that is. */
function conforms(value: Json, faults: readonly Fault[]): value is Json & Config {
  return isObject(value) && faults.length === 0;
}
