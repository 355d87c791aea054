import path from 'node:path';
import { type Json, isObject, parseJson } from '../json/json.ts';
import { placeJson, positionAt } from '../json/positions.ts';
import { Failure, type Fault } from '../base/problem.ts';
import { decode } from '../read/decode.ts';
import { type FileSystem, kindAt } from '../disk/fileSystem.ts';
import { linkSchemas } from '../schema/schemaSet.ts';
import { recordTypes } from '../schema/recordTypes.ts';
import type { Cache } from '../validate/ajv/compiled.ts';
import { schemaChecks } from '../validate/ajv/schemaCheck.ts';
import configSchema from './config.schema.json' with { type: 'json' };

/** The name of the file that says how a repository holds its dataset. */
export const configName = 'demarche.config.json';

/** A table as the configuration or `--table` defines it. */
export interface TableConfig {
  readonly name: string;
  /** File below the schema folder, with `#/pointer` where the record's schema is a part of it. */
  readonly schema: string;
  /** Glob below the folder of records. */
  readonly files: string;
  /** JSON Pointer to the records in each file, with `*` for any element or member. */
  readonly pointer?: string;
  /** The field that identifies a record; null says that there is none. */
  readonly key?: string | null;
}

/** What demarche.config.json can say; its schema documents each member. */
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
}

const mostBytes = 1 << 20;

/** The folder of the nearest configuration file, in a folder or above it; undefined where there is none. */
export function configFolder(fs: FileSystem, folder: string): string | undefined {
  if (kindAt(fs, path.join(folder, configName)) === 'file') return folder;
  const above = path.dirname(folder);
  return above === folder ? undefined : configFolder(fs, above);
}

/** Reads a configuration; undefined where the file does not exist. @throws Failure at the line of what is wrong */
export function readConfig(fs: FileSystem, file: string, shown: string, cache: Cache | undefined): Config | undefined {
  if (kindAt(fs, file) !== 'file') return undefined;
  const bytes = fs.read(file, mostBytes);
  if (bytes === undefined) throw new Failure(`${shown}: larger than ${mostBytes} bytes`);
  const decoded = decode(bytes);
  if (!('text' in decoded)) throw new Failure(`${shown}: ${decoded.message}`);
  const { text } = decoded;
  const failAt = (offset: number, message: string): Failure => {
    const { line, column } = positionAt(text, offset);
    return new Failure(`${shown}:${line}:${column}: ${message}`);
  };
  const parsed = parseJson(text);
  if (!('value' in parsed)) {
    const placed = placeJson(text);
    const fault = 'offset' in placed ? placed : { offset: parsed.offset ?? 0, message: parsed.message };
    throw failAt(fault.offset, `not JSON: ${fault.message}`);
  }
  const { value } = parsed;
  const faults = faultsOf(value, cache);
  if (conforms(value, faults)) return value;
  const [{ pointer, atKey, message, hint } = missingFault] = faults;
  const placed = placeJson(text);
  const offset = 'offsetOf' in placed ? placed.offsetOf(pointer, atKey) : 0;
  throw failAt(offset, typeof hint !== 'string' ? message : `${message} (${hint})`);
}

const missingFault: Fault = { rule: 'schema', pointer: '', message: 'not an object' };

/** What the schema of the configuration refuses. */
function faultsOf(value: Json, cache: Cache | undefined): readonly Fault[] {
  const file = 'config.schema.json';
  const schemas = linkSchemas([{ name: file, shown: file, schema: configSchema }], false);
  const [type] = recordTypes(schemas, [{ name: 'config', file, pointer: '', key: undefined }]);
  if (type === undefined) throw new Error('the schema of the configuration describes no table');
  return schemaChecks(schemas, cache)(type)(value);
}

/** The schema says what a configuration is: what it does not refuse is one. */
function conforms(value: Json, faults: readonly Fault[]): value is Json & Config {
  return isObject(value) && faults.length === 0;
}
