import { createHash } from 'node:crypto';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { mostDepth } from '../base/limits.ts';
import { quoted } from '../base/text.ts';
import type { FileSystem } from '../disk/fileSystem.ts';
import { depthOffset } from '../json/depth.ts';
import { type Json, type JsonObject, isArray, isObject, member, parseJson } from '../json/json.ts';
import { bytesScript } from '../write/explorer/script.ts';
import { isTooLarge } from '../write/explorer/tableScripts.ts';
import type { DescribedTable, Descriptor } from './descriptor.ts';
import type { Add } from './findings.ts';

const modelFile = 'explorer/model.js';
/** Size of a script, and of the unpacked model, in bytes. */
const [mostScriptBytes, mostUnpackedBytes] = [64 << 20, 512 << 20];

/** The files of a release, read one by one. */
interface ReleaseFiles {
  readonly fs: FileSystem;
  readonly release: string;
  /** SHA-256 of each file that is there, by its path. */
  readonly digests: ReadonlyMap<string, string>;
}

/**
 * Checks that the page of a release shows its rows: its scripts hold the Parquet files of each table and view, which
 * are compared with the CSV elsewhere. No script is run. Without a page there is nothing to check.
 */
export function checkExplorer(
  fs: FileSystem,
  release: string,
  { dataset, tables, derived }: Descriptor,
  digests: ReadonlyMap<string, string>,
  add: Add,
): void {
  if (!digests.has(modelFile)) return;
  const files = { fs, release, digests };
  const model = modelIn(files);
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
    const message = tableFault(files, described, inPage);
    if (message !== undefined) add(modelFile, 'release', `the table ${quoted(described.table.name)}: ${message}`);
  }
}

/** What is wrong with a table in the page; undefined if the page has the bytes of its Parquet files. */
function tableFault(
  files: ReleaseFiles,
  { table, csv, exported }: DescribedTable,
  shown: readonly JsonObject[],
): string | undefined {
  const own = shown.find((each) => member(each, 'name') === table.name);
  if (own === undefined) return 'the page does not have it';
  const columns = member(own, 'columns');
  const names = isArray(columns) ? columns.map((each) => (isObject(each) ? member(each, 'name') : undefined)) : [];
  if (JSON.stringify(names) !== JSON.stringify(table.columns.map(({ name }) => name)))
    return 'its columns in the page are not those of datapackage.json';
  const parts = member(own, 'parts');
  if (parts === undefined) {
    const bytes = files.fs.size(path.join(files.release, csv.paths[0] ?? ''));
    return isTooLarge(Number(csv.rowCount), bytes)
      ? undefined
      : 'the page leaves out its rows, though they are few enough';
  }
  const paths = exported.get('parquet')?.paths ?? [];
  if (!isArray(parts) || parts.length !== paths.length) return 'the page does not have all of its Parquet files';
  for (const [i, file] of paths.entries()) {
    const message = fileFault(files, file, parts[i] ?? null);
    if (message !== undefined) return message;
  }
  return undefined;
}

/** What is wrong with the scripts of a Parquet file; undefined if they hold its bytes. */
function fileFault(files: ReleaseFiles, file: string, scripts: Json): string | undefined {
  const hash = createHash('sha256');
  for (const script of isArray(scripts) ? scripts : []) {
    const bytes = typeof script === 'string' ? bytesIn(files, script, script) : undefined;
    if (bytes === undefined) return `${JSON.stringify(script)} cannot be read as data of a page`;
    hash.update(bytes);
  }
  return hash.digest('hex') === files.digests.get(file) ? undefined : `its rows in the page are not those of ${file}`;
}

/** The bytes that a script passes to the page under a name; undefined if the script is not exactly of that form. */
function bytesIn({ fs, release, digests }: ReleaseFiles, file: string, name: string): Buffer | undefined {
  const read = digests.has(file) ? fs.read(path.join(release, file), mostScriptBytes) : undefined;
  const text = read === undefined ? '' : Buffer.from(read).toString('latin1');
  const [, base64] = /,"([A-Za-z0-9+/=]*)"\]\);\n$/.exec(text) ?? [];
  const bytes = base64 === undefined ? undefined : Buffer.from(base64, 'base64');
  return bytes !== undefined && bytesScript(name, bytes) === text ? bytes : undefined;
}

/** The page's description of the release; undefined if its script is not valid. */
function modelIn(files: ReleaseFiles): JsonObject | undefined {
  const packed = bytesIn(files, modelFile, 'model');
  if (packed === undefined) return undefined;
  try {
    const json = gunzipSync(packed, { maxOutputLength: mostUnpackedBytes }).toString('utf8');
    const parsed = depthOffset(json, mostDepth) === undefined ? parseJson(json) : undefined;
    return parsed !== undefined && 'value' in parsed && isObject(parsed.value) ? parsed.value : undefined;
  } catch {
    // not gzip, or too large
    return undefined;
  }
}
