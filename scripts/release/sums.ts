import path from 'node:path';
import { sha256OfFile } from '../disk/digest.ts';
import type { FileSystem } from '../disk/fileSystem.ts';

/** The file of a release that lists the digests of all others. */
export const sumsFile = 'SHA256SUMS';

/** Its signature, by `ssh-keygen -Y sign`, if it has one: the only file that no list can contain. */
export const signatureFile = `${sumsFile}.sig`;

const mostBytes = 64 * 1024 * 1024;

/** The lines of `SHA256SUMS`: digest by path, and the invalid lines, by line number. */
export interface Sums {
  readonly digests: ReadonlyMap<string, string>;
  readonly faults: readonly { readonly line: number; readonly message: string }[];
}

/** Reads a release's `SHA256SUMS`. @throws the operating system's error if it is not there */
export function readSums(fs: FileSystem, folder: string): Sums {
  const bytes = fs.read(path.join(folder, sumsFile), mostBytes);
  const digests = new Map<string, string>();
  if (bytes === undefined) return { digests, faults: [{ line: 1, message: 'too large to be a list of digests' }] };
  const lines = Buffer.from(bytes).toString('utf8').split('\n');
  const faults: { line: number; message: string }[] = [];
  if (lines.pop() !== '') faults.push({ line: lines.length + 1, message: 'the last line does not end' });
  for (const [i, line] of lines.entries()) {
    const [, digest, name] = /^([0-9a-f]{64}) {2}(.+)$/.exec(line) ?? [];
    const fault = (message: string): void => void faults.push({ line: i + 1, message });
    if (digest === undefined || name === undefined) fault('not a digest, two spaces and a path');
    else if (!staysInside(name)) fault(`the path leaves the release, or is not in its plain form: ${name}`);
    else if (digests.has(name)) fault(`listed twice: ${name}`);
    else digests.set(name, digest);
  }
  return { digests, faults };
}

/** Whether a path is relative, in its shortest form, and stays below its folder on every system. */
export function staysInside(name: string): boolean {
  return (
    name !== '.' &&
    !/^\.\.(?:\/|$)/.test(name) &&
    !/^[/]|\\|^[A-Za-z]:/.test(name) &&
    path.posix.normalize(name) === name
  );
}

/** Every entry below a folder that is not a folder itself, as a path with `/`. */
export function filesBelow(fs: FileSystem, folder: string, below = ''): string[] {
  return fs
    .list(path.join(folder, below))
    .flatMap(({ name, kind }) => (kind === 'folder' ? filesBelow(fs, folder, `${below}${name}/`) : [below + name]));
}

/** The files of a release that are missing, not listed in `SHA256SUMS`, or have another digest. */
export function damagedFiles(fs: FileSystem, folder: string, sums: Sums): string[] {
  const present = new Set(filesBelow(fs, folder));
  present.delete(sumsFile);
  present.delete(signatureFile);
  const damaged = [...sums.digests]
    .filter(([name, digest]) => !present.has(name) || sha256OfFile(fs, path.join(folder, name)) !== digest)
    .map(([name]) => name);
  const unlisted = [...present].filter((name) => !sums.digests.has(name));
  return [...(sums.faults.length === 0 ? [] : [sumsFile]), ...damaged, ...unlisted];
}

/** A DuckDB file is never the same twice: `contentHash` in datapackage.json describes its content instead. */
export function isStable(name: string): boolean {
  return !name.endsWith('.duckdb');
}
