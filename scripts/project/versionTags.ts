import compare from 'semver/functions/compare.js';
import valid from 'semver/functions/valid.js';
import type { Repository } from '../disk/git.ts';

/** The tag of a released version. */
export function tagOf(version: string): string {
  return `v${version}`;
}

/** The highest version whose tag can be reached from the checked-out commit, except the given one. */
export function lastRelease(repository: Repository, version?: string): string | undefined {
  const versions = repository
    .tags('HEAD')
    .flatMap((name) => (name.startsWith('v') && valid(name.slice(1)) === name.slice(1) ? [name.slice(1)] : []));
  return versions
    .filter((each) => each !== version)
    .toSorted(compare)
    .at(-1);
}
