import { createHash } from 'node:crypto';
import path from 'node:path';
import { prerelease, rcompare, valid } from 'semver';
import { isObject, member, parseJson } from '../json/json.ts';
import { Failure } from '../base/problem.ts';
import { sha256OfFile } from '../disk/digest.ts';
import { type FileSystem, errorCode, kindAt } from '../disk/fileSystem.ts';
import { isStable, readSums, sumsFile } from '../release/sums.ts';
import { archiveOf } from './archive.ts';
import { atomFeed, feedFile } from './feed.ts';
import { replaceLinkOrFile, replaceText } from './durable.ts';
import { buildFolder } from './leftovers.ts';

/** A version in `dist/`, as in `versions.json`. */
export interface PublishedVersion {
  readonly version: string;
  readonly title: string;
  /** The address of its folder, if the dataset gives the address of its versions. */
  readonly url: string | null;
  /** Its archive next to the folder; null if it is too large for one. */
  readonly archive: ArchiveFile | null;
  /** Of the commit: RFC 3339 in UTC, null outside git, like the commit. */
  readonly date: string | null;
  readonly commit: string | null;
  /** SHA-256 over the lines of `SHA256SUMS` except those of DuckDB files: equal for all builds of one commit. */
  readonly digest: string;
  readonly files: readonly { readonly path: string; readonly bytes: number; readonly sha256: string }[];
}

/** An archive as in `versions.json`: its path in `dist/`. */
interface ArchiveFile {
  readonly path: string;
  readonly url: string | null;
  readonly bytes: number;
  readonly sha256: string;
}

const mostBytes = 256 * 1024 * 1024;

/** Whether a folder with this name is a version. Folders that `next` points to look similar, but are not. */
export function isVersion(name: string): boolean {
  return valid(name) === name && !buildFolder.test(name);
}

/**
 * The versions in `dist/`, newest first: every folder with a semantic version as name.
 * @throws Failure for one without readable datapackage.json and SHA256SUMS
 */
export function listVersions(fs: FileSystem, dist: string): readonly PublishedVersion[] {
  return versionNames(fs, dist).map((name) => describeVersion(fs, dist, name));
}

function versionNames(fs: FileSystem, dist: string): readonly string[] {
  const folders = fs.list(dist).filter(({ name, kind }) => kind === 'folder' && isVersion(name));
  return folders.map(({ name }) => name).toSorted(rcompare);
}

/**
 * Writes `versions.json` and the link `latest` from the content of `dist/`, until the list no longer changes: if
 * several runs write, each checks again after it has written, so that the last one has seen all versions. `latest`
 * points to the highest version that is not a pre-release; if there is none, it is left alone. If links cannot be made,
 * it is a file that names that version.
 */
export function writeVersions(fs: FileSystem, dist: string): void {
  for (let before: string | undefined; ;) {
    const names = versionNames(fs, dist);
    if (names.join('\n') === before) return;
    before = names.join('\n');
    for (const name of names) writeArchive(fs, dist, name);
    const versions = names.map((name) => describeVersion(fs, dist, name));
    const feed = atomFeed(versions);
    if (feed !== undefined) replaceText(fs, dist, feedFile, feed);
    replaceText(fs, dist, 'versions.json', `${JSON.stringify(versions, null, 2)}\n`);
    const latest = names.find((name) => prerelease(name) === null);
    if (latest !== undefined) replaceLinkOrFile(fs, dist, 'latest', latest);
  }
}

/** Makes the archive of a version if there is none. */
function writeArchive(fs: FileSystem, dist: string, version: string): void {
  const top = archiveName(fs, dist, version);
  if (top === undefined || kindAt(fs, path.join(dist, `${top}.tar.gz`)) !== undefined) return;
  const bytes = archiveOf(fs, path.join(dist, version), top);
  if (bytes !== undefined) replaceText(fs, dist, `${top}.tar.gz`, bytes);
}

/** The name of a version's archive without its extension; undefined if the release does not give its name. */
function archiveName(fs: FileSystem, dist: string, version: string): string | undefined {
  const file = path.join(dist, version, 'datapackage.json');
  const bytes = kindAt(fs, file) === 'file' ? fs.read(file, mostBytes) : undefined;
  const parsed = parseJson(Buffer.from(bytes ?? []).toString('utf8'));
  const name = 'value' in parsed && isObject(parsed.value) ? member(parsed.value, 'name') : undefined;
  return typeof name === 'string' && /^[\p{L}\p{N}][\p{L}\p{N}._-]*$/u.test(name) ? `${name}-${version}` : undefined;
}

function archiveFile(fs: FileSystem, dist: string, version: string, base: string | null): ArchiveFile | null {
  const name = `${archiveName(fs, dist, version) ?? ''}.tar.gz`;
  const at = path.join(dist, name);
  if (kindAt(fs, at) !== 'file') return null;
  const url = base === null ? null : `${base}${name}`;
  return { path: name, url, bytes: fs.size(at), sha256: sha256OfFile(fs, at) };
}

function describeVersion(fs: FileSystem, dist: string, version: string): PublishedVersion {
  const folder = path.join(dist, version);
  const damaged = (what: string): Failure =>
    new Failure(`${folder} is not a complete release: ${what}; restore it, or move it out of ${dist}`);
  try {
    const bytes = fs.read(path.join(folder, 'datapackage.json'), mostBytes);
    const parsed = bytes === undefined ? undefined : parseJson(Buffer.from(bytes).toString('utf8'));
    if (parsed === undefined || !('value' in parsed) || !isObject(parsed.value))
      throw damaged('its datapackage.json is not a JSON object');
    const { value } = parsed;
    const text = (key: string): string | null => {
      const found = member(value, key);
      return typeof found === 'string' ? found : null;
    };
    const { digests, faults } = readSums(fs, folder);
    const [fault] = faults;
    if (fault !== undefined) throw damaged(`${sumsFile}, line ${fault.line}: ${fault.message}`);
    const stable = [...digests].filter(([name]) => isStable(name)).map(([name, sha256]) => `${sha256}  ${name}\n`);
    const base = text('baseUrl');
    return {
      version,
      title: text('title') ?? text('name') ?? version,
      url: base === null ? null : `${base}${version}/`,
      archive: archiveFile(fs, dist, version, base),
      date: text('created'),
      commit: text('commit'),
      digest: createHash('sha256').update(stable.join('')).digest('hex'),
      files: [...digests].map(([name, sha256]) => ({ path: name, bytes: fs.size(path.join(folder, name)), sha256 })),
    };
  } catch (error) {
    if (errorCode(error) === 'ENOENT') throw damaged('files are missing');
    throw error;
  }
}
