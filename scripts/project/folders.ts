import { option, sentence } from '../base/sentence.ts';
import path from 'node:path';
import { Failure } from '../base/problem.ts';
import { type FileSystem, errorCode, kindAt } from '../disk/fileSystem.ts';
import { type Turn, takeTurn } from '../disk/turn.ts';
import type { Place, ProjectOptions } from './options.ts';

/**
 * Rejects an output folder that overlaps a folder that a build reads: a release there would be read as records, and
 * records as a release. Links are followed.
 * @throws Failure with the names of both folders
 */
export function refuseOverlap(fs: FileSystem, { dist, raw, schema, sources }: Omit<ProjectOptions, 'config'>): void {
  const found = overlapOf(fs, dist, [raw, schema, sources]);
  if (found === undefined) return;
  throw new Failure(
    sentence`the folder for the output, ${dist.shown}, is ${found.nearness} ${found.shown}, which a build reads; choose another with ${option('dist')}`,
  );
}

/**
 * Rejects a folder for a second coding that overlaps a folder of the dataset: its records would be among the others.
 * @throws Failure with the names of both folders
 */
export function refuseSecond(fs: FileSystem, second: Place, of: Omit<ProjectOptions, 'config'>): void {
  const found = overlapOf(fs, second, [of.raw, of.schema, of.sources, of.dist]);
  if (found === undefined) return;
  throw new Failure(
    sentence`the folder for the second coding, ${second.shown}, is ${found.nearness} ${found.shown}; choose another with ${option('second')}`,
  );
}

/** The first of some folders that a folder overlaps, and how. Links are followed. */
function overlapOf(
  fs: FileSystem,
  folder: Place,
  others: readonly Place[],
): { readonly nearness: string; readonly shown: string } | undefined {
  const own = resolved(fs, folder.path);
  for (const { shown, path: at } of others) {
    const other = resolved(fs, at);
    if (own === other) return { nearness: 'the same as', shown };
    if (isInside(own, other)) return { nearness: 'inside', shown };
    if (isInside(other, own)) return { nearness: 'around', shown };
  }
  return undefined;
}

/** The top of the repository that contains a folder; the folder itself if there is none. */
export function topOf(fs: FileSystem, home: string): string {
  for (let at = home; ; at = path.dirname(at)) {
    if (kindAt(fs, path.join(at, '.git')) !== undefined) return at;
    if (path.dirname(at) === at) return home;
  }
}

/**
 * A folder from the configuration or a default, with its target if it is a link out of the repository.
 * @throws Failure if it is outside the repository: a pull request can change the configuration
 */
export function insideOf(fs: FileSystem, top: string, name: string, given: Place): Place {
  if (!isInside(given.path, top) && given.path !== top)
    throw new Failure(
      `the configuration puts ${name} outside the repository, at ${given.shown}; ` +
        `if you trust that, name it with --${name}`,
    );
  const real = resolved(fs, given.path);
  const realTop = resolved(fs, top);
  return real === realTop || isInside(real, realTop) ? given : { ...given, leadsOutTo: real };
}

/** @throws Failure for a folder that is a link out of the repository, unless the user named it with a flag */
export function refuseLeadingOut({ shown, leadsOutTo }: Place, flag: string): void {
  if (leadsOutTo === undefined) return;
  throw new Failure(
    `${shown} is a link out of the repository, to ${leadsOutTo}, and nothing is written there; ` +
      `put a folder there, or name the folder with --${flag}`,
  );
}

/** A turn to write records. @throws Failure if they are not in the repository */
export function takeTurnAt(fs: FileSystem, { raw }: Pick<ProjectOptions, 'raw'>): Turn {
  refuseLeadingOut(raw, 'raw');
  return takeTurn(fs, raw.path);
}

function isInside(at: string, folder: string): boolean {
  return at.startsWith(folder.endsWith(path.sep) ? folder : folder + path.sep);
}

/** A path with every link resolved, as far as the path exists. */
function resolved(fs: FileSystem, at: string): string {
  try {
    return fs.realPath(at);
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    const above = path.dirname(at);
    if (above === at) return at;
    // a broken link is followed too: a build would create its target
    const target = fs.linkTarget(at);
    return target === undefined
      ? path.join(resolved(fs, above), path.basename(at))
      : path.resolve(resolved(fs, above), target);
  }
}
