import { createHash } from 'node:crypto';
import path from 'node:path';
import type { Json } from '../json/json.ts';
import type { FileSystem } from '../disk/fileSystem.ts';
import { filesBelow, readSums, signatureFile, sumsFile } from '../release/sums.ts';
import { sha256OfFile } from '../disk/digest.ts';
import { compareText } from '../base/text.ts';
import { csvHeader } from '../write/csv.ts';
import type { Add } from './findings.ts';
import type { DescribedFile, Descriptor } from './descriptor.ts';

/**
 * Checks that a release has the files in `SHA256SUMS`, with those digests, and no others. @returns the digests found,
 * by path
 */
export function checkFiles(fs: FileSystem, release: string, add: Add): ReadonlyMap<string, string> {
  const sums = readSums(fs, release);
  for (const { line, message } of sums.faults) add(sumsFile, 'release', message, line);
  const present = filesBelow(fs, release).filter((name) => name !== sumsFile && name !== signatureFile);
  const found = new Map<string, string>();
  for (const name of present) {
    const at = path.join(release, name);
    if (fs.linkTarget(at) !== undefined || fs.kind(at) !== 'file') {
      add(name, 'release', 'not a regular file');
      continue;
    }
    const digest = sha256OfFile(fs, at);
    found.set(name, digest);
    const listed = sums.digests.get(name);
    if (listed === undefined) add(name, 'release', `${sumsFile} does not list it`);
    else if (listed !== digest) add(name, 'release', `its digest is ${digest}, but ${sumsFile} says ${listed}`);
  }
  for (const name of emptyFolders(fs, release)) add(name, 'release', 'an empty folder, but a release has none');
  const isPresent = new Set(present);
  for (const name of sums.digests.keys())
    if (!isPresent.has(name)) add(name, 'release', `${sumsFile} lists it, but it is missing`);
  return found;
}

/** Every folder below another that is empty, as a path that ends with `/`. */
function emptyFolders(fs: FileSystem, folder: string, below = ''): readonly string[] {
  const entries = fs.list(path.join(folder, below));
  if (entries.length === 0 && below !== '') return [below];
  return entries.flatMap(({ name, kind }) => (kind === 'folder' ? emptyFolders(fs, folder, `${below}${name}/`) : []));
}

/** Checks bytes and hash of each resource, the header of each CSV, and the content digest of the database. */
export function checkResources(
  fs: FileSystem,
  release: string,
  descriptor: Descriptor,
  digests: ReadonlyMap<string, string>,
  add: Add,
): void {
  const { tables, derived, formats, database } = descriptor;
  for (const { table, csv, exported } of [...tables, ...derived]) {
    checkResource(fs, release, csv, digests, add);
    for (const { name, title } of formats) {
      const file = exported.get(name);
      if (file === undefined) add('datapackage.json', 'release', `no resource holds ${table.name} as ${title}`);
      else checkResource(fs, release, file, digests, add);
    }
    const [file] = csv.paths;
    const header = csvHeader(table);
    if (file === undefined || !digests.has(file)) continue;
    if (!startsWith(fs, path.join(release, file), header))
      add(
        file,
        'release',
        `its header is not ${JSON.stringify(header.trimEnd())}, the fields of datapackage.json in order`,
      );
  }
  if (database === undefined) {
    if (!descriptor.withoutDatabase) add('datapackage.json', 'release', 'no resource holds the tables as DuckDB');
    return;
  }
  if (!digests.has(database.path)) add(database.path, 'release', 'datapackage.json names it, but it is missing');
  const lines = tables
    .flatMap(({ csv }) => csv.paths)
    .toSorted(compareText)
    .map((name) => `${digests.get(name)}  ${name}\n`);
  const expected = `sha256:${createHash('sha256').update(lines.join('')).digest('hex')}`;
  if (database.contentHash !== expected)
    add('datapackage.json', 'release', `the contentHash of ${database.path} is not ${expected}, that of the CSV files`);
}

function checkResource(
  fs: FileSystem,
  release: string,
  { paths, bytes, hash }: DescribedFile,
  digests: ReadonlyMap<string, string>,
  add: Add,
): void {
  const [first] = paths;
  if (first === undefined) return;
  const missing = paths.filter((name) => !digests.has(name));
  for (const name of missing) add(name, 'release', 'datapackage.json names it, but it is missing');
  if (missing.length > 0) return;
  const size = paths.reduce((sum, name) => sum + fs.size(path.join(release, name)), 0);
  // for exported formats it is not given
  if (bytes !== undefined) expectValue(first, 'bytes', bytes, size, add);
  // for several files, the digests are only in SHA256SUMS
  if (paths.length === 1) expectValue(first, 'hash', hash, `sha256:${digests.get(first)}`, add);
}

function expectValue(file: string, what: string, stated: Json | undefined, found: string | number, add: Add): void {
  if (stated !== found)
    add(file, 'release', `${what} is ${found}, but datapackage.json says ${JSON.stringify(stated) ?? 'nothing'}`);
}

function startsWith(fs: FileSystem, file: string, text: string): boolean {
  const wanted = Buffer.from(text);
  let seen = Buffer.alloc(0);
  for (const piece of fs.chunks(file)) {
    seen = Buffer.concat([seen, piece]);
    if (seen.length >= wanted.length) break;
  }
  return seen.subarray(0, wanted.length).equals(wanted);
}

/** Bytes of the longest record of a CSV file: DuckDB needs to know before it reads. */
export function longestRecord(fs: FileSystem, file: string): number {
  let longest = 0;
  let length = 0;
  let quoted = false;
  for (const piece of fs.chunks(file)) {
    for (const byte of piece) {
      length++;
      if (byte === 0x22) quoted = !quoted;
      else if (byte === 0x0a && !quoted) {
        if (length > longest) longest = length;
        length = 0;
      }
    }
  }
  return Math.max(longest, length);
}
