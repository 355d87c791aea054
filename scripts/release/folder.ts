import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { type JsonObject, isArray, isObject, member, parseJson } from '../json/json.ts';
import { Failure } from '../base/problem.ts';
import type { FileSystem } from '../disk/fileSystem.ts';
import { type CsvFields, csvForm, isRow } from './csvRows.ts';

/** The descriptor of a release (datapackage.json), and its folder as the user would write it. */
export interface ReleaseFolder {
  readonly descriptor: JsonObject;
  /** Descriptors of the CSV files: one for each table, in order. */
  readonly tables: readonly JsonObject[];
  readonly path: string;
  /** The descriptor's path as the user would write it. */
  readonly shown: string;
}

/** Whether a resource holds the rows of a view, which are derived from tables. */
export function isDerived(resource: JsonObject): boolean {
  return member(resource, 'derived') === true;
}

const mostBytes = 1 << 30;

/** Opens a folder that holds a release. @throws Failure if it holds none */
export function openRelease(fs: FileSystem, folder: string, shown: string): ReleaseFolder {
  const text = readText(fs, path.join(folder, 'datapackage.json'), path.join(shown, 'datapackage.json'));
  const parsed = parseJson(text);
  const descriptor = 'value' in parsed && isObject(parsed.value) ? parsed.value : undefined;
  const resources = descriptor === undefined ? undefined : member(descriptor, 'resources');
  if (descriptor === undefined || !isArray(resources))
    throw new Failure(`${path.join(shown, 'datapackage.json')}: not the descriptor of a release`);
  const tables = resources
    .filter(isObject)
    .filter((resource) => member(resource, 'format') === 'csv' && !isDerived(resource));
  return { descriptor, tables, path: folder, shown: path.join(shown, 'datapackage.json') };
}

/** The rows of a table in its CSV, without the header: null for an empty field, the empty text for `""`. */
export function readCsv(fs: FileSystem, release: ReleaseFolder, file: string): readonly CsvFields[] {
  // a path from the descriptor must not leave the release
  if (!/^csv\/[^/\\]+$/.test(file)) throw new Failure(`${file}: not a CSV file of a release`);
  const text = readText(fs, path.join(release.path, file), file);
  const rows: unknown = parse(text, csvForm);
  return Array.isArray(rows) ? rows.slice(1).filter(isRow) : [];
}

function readText(fs: FileSystem, file: string, shown: string): string {
  try {
    const bytes = fs.read(file, mostBytes);
    if (bytes !== undefined) return Buffer.from(bytes).toString('utf8');
  } catch {
    throw new Failure(`${shown}: no such file`);
  }
  throw new Failure(`${shown}: larger than ${mostBytes} bytes`);
}
