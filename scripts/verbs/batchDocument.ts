import path from 'node:path';
import { Failure } from '../base/problem.ts';
import { option, sentence } from '../base/sentence.ts';
import { quoted } from '../base/text.ts';
import { type FileSystem, errorCode } from '../disk/fileSystem.ts';

/**
 * The file that an entry of a batch names as its document, relative to the batch's folder. Somebody else may have
 * written the batch: the file must be below one of the folders, links followed, and not hidden. Absolute paths.
 * @throws Failure for any other file
 */
export function batchDocument(fs: FileSystem, given: string, from: string, others: readonly string[]): string {
  const at = path.resolve(from, given);
  const folders = [from, ...others];
  const named = folders.flatMap((folder) => insideOf(folder, at) ?? []);
  const real = realOf(fs, at);
  const led = folders.flatMap((folder) => insideOf(realOf(fs, folder), real) ?? []);
  if (named.some(isOpen) && led.some(isOpen)) return at;
  if (named.length > 0 && led.length > 0)
    throw new Failure(`the document ${quoted(given)} is hidden; copy it under another name if you trust it`);
  throw new Failure(
    sentence`the document ${quoted(given)} is outside the folder of this file; if you trust it, name its folder with ${option('documents')}`,
  );
}

/** A path relative to a folder; undefined if it is not below it. */
function insideOf(folder: string, at: string): string | undefined {
  const inside = path.relative(folder, at);
  return inside === '' || inside.split(path.sep)[0] === '..' || path.isAbsolute(inside) ? undefined : inside;
}

/** Programs keep keys and settings in files whose names begin with a dot. */
function isOpen(inside: string): boolean {
  return !inside.split(path.sep).some((step) => step.startsWith('.'));
}

/** A path without links; if nothing is there, the path of its folder without links. */
function realOf(fs: FileSystem, at: string): string {
  try {
    return fs.realPath(at);
  } catch (error) {
    if (!isMissing.has(errorCode(error) ?? '') || path.dirname(at) === at) throw error;
    return path.join(realOf(fs, path.dirname(at)), path.basename(at));
  }
}

const isMissing: ReadonlySet<string> = new Set(['ENOENT', 'ENOTDIR']);
