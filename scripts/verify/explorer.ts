import { createHash } from 'node:crypto';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Row } from '../compile/model.ts';
import { mostDepth } from '../base/limits.ts';
import { quoted } from '../base/text.ts';
import type { FileSystem } from '../disk/fileSystem.ts';
import { depthOffset } from '../json/depth.ts';
import { type Json, type JsonObject, isArray, isObject, member, parseJson } from '../json/json.ts';
import { csvHeader, csvRows } from '../write/csv.ts';
import { mostRowsShown } from '../write/explorer/rows.ts';
import type { DescribedTable, Descriptor } from './descriptor.ts';
import type { Add } from './findings.ts';

const modelFile = 'explorer/model.js';
/** Bytes of a script, and of what it unpacks to. */
const [mostScriptBytes, mostUnpackedBytes] = [64 << 20, 512 << 20];

/**
 * Checks that the page of a release shows its rows: those of each table and view, printed as CSV, are its CSV file. No script is
 * run. A release without a page has nothing to check.
 */
export function checkExplorer(
  fs: FileSystem,
  release: string,
  { dataset, tables, derived }: Descriptor,
  digests: ReadonlyMap<string, string>,
  add: Add,
): void {
  if (!digests.has(modelFile)) return;
  const model = valueOf(fs, release, modelFile, digests);
  const about = model === undefined ? undefined : member(model, 'dataset');
  const shown = model === undefined ? undefined : member(model, 'tables');
  if (!isObject(about) || !isArray(shown)) {
    add(modelFile, 'release', 'it cannot be read as the data of a page');
    return;
  }
  if (member(about, 'version') !== dataset.version || member(about, 'title') !== (dataset.title ?? dataset.name))
    add(modelFile, 'release', 'its title or version is not that of datapackage.json');
  const all = [...tables, ...derived];
  const inPage = shown.filter(isObject);
  const names = inPage.flatMap((each) => member(each, 'name') ?? []);
  const extra = names.find((name) => !all.some(({ table }) => table.name === name));
  if (extra !== undefined)
    add(modelFile, 'release', `it shows the table ${JSON.stringify(extra)}, which datapackage.json does not have`);
  for (const described of all) {
    const message = tableFault(fs, release, described, inPage, digests);
    if (message !== undefined) add(modelFile, 'release', `the table ${quoted(described.table.name)}: ${message}`);
  }
}

/** What is wrong with the rows that the page has of a table; undefined if they are those of its CSV. */
function tableFault(
  fs: FileSystem,
  release: string,
  { table, csv }: DescribedTable,
  shown: readonly JsonObject[],
  digests: ReadonlyMap<string, string>,
): string | undefined {
  const own = shown.find((each) => member(each, 'name') === table.name);
  if (own === undefined) return 'the page does not have it';
  const [file = ''] = csv.paths;
  const parts = member(own, 'parts');
  const columns = member(own, 'columns');
  const names = isArray(columns) ? columns.map((each) => (isObject(each) ? member(each, 'name') : undefined)) : [];
  if (JSON.stringify(names) !== JSON.stringify(table.columns.map(({ name }) => name)))
    return 'its columns in the page are not those of datapackage.json';
  if (parts === undefined) {
    const isLarge = Number(csv.rowCount) > mostRowsShown || fs.size(path.join(release, file)) > mostUnpackedBytes / 2;
    return isLarge ? undefined : 'the page leaves out its rows, though they are few enough';
  }
  const hash = createHash('sha256').update(csvHeader(table));
  for (const part of isArray(parts) ? parts : []) {
    const rows = typeof part === 'string' ? rowsOf(valueOf(fs, release, part, digests)) : undefined;
    if (rows === undefined) return `${JSON.stringify(part)} cannot be read as rows`;
    hash.update(csvRows(rows).text);
  }
  return hash.digest('hex') === digests.get(file) ? undefined : `its rows in the page are not those of ${file}`;
}

/** The value that a data script hands over; undefined if it is no such script. */
function valueOf(
  fs: FileSystem,
  release: string,
  file: string,
  digests: ReadonlyMap<string, string>,
): JsonObject | undefined {
  const bytes = digests.has(file) ? fs.read(path.join(release, file), mostScriptBytes) : undefined;
  const text = bytes === undefined ? '' : Buffer.from(bytes).toString('latin1');
  const [, base64] =
    /^\(globalThis\.demarcheData\?\?=\[\]\)\.push\(\["[^"\n]*","([A-Za-z0-9+/=]*)"\]\);\n$/.exec(text) ?? [];
  if (base64 === undefined) return undefined;
  try {
    const json = gunzipSync(Buffer.from(base64, 'base64'), { maxOutputLength: mostUnpackedBytes }).toString('utf8');
    const parsed = depthOffset(json, mostDepth) === undefined ? parseJson(json) : undefined;
    return parsed !== undefined && 'value' in parsed && isObject(parsed.value) ? parsed.value : undefined;
  } catch {
    // not gzip, or larger than it may be
    return undefined;
  }
}

function rowsOf(value: JsonObject | undefined): readonly Row[] | undefined {
  const columns = value === undefined ? undefined : member(value, 'columns');
  const count = value === undefined ? undefined : member(value, 'rows');
  if (!isArray(columns) || typeof count !== 'number') return undefined;
  const cells = columns.map(cellsOf);
  const fits = (each: readonly Json[] | undefined): each is Row => each?.length === count && each.every(isCell);
  return cells.every(fits) ? Array.from({ length: count }, (_, i) => cells.map((each) => each[i] ?? null)) : undefined;
}

/** The cells of a packed column. */
function cellsOf(column: Json): readonly Json[] | undefined {
  if (isArray(column)) return column;
  const [dictionary, indices] = isObject(column) ? [member(column, 'dictionary'), member(column, 'indices')] : [];
  if (!isArray(dictionary) || !isArray(indices)) return undefined;
  return indices.map((index) => (typeof index === 'number' ? (dictionary[index] ?? null) : null));
}

function isCell(cell: Json): cell is Row[number] {
  return cell === null || typeof cell !== 'object';
}
