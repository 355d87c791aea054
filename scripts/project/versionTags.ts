import compare from 'semver/functions/compare.js';
import valid from 'semver/functions/valid.js';

/** The tag of a released version. */
export function tagOf(version: string): string {
  return `v${version}`;
}

/** The highest version among the names of tags, except the given one. */
export function lastRelease(tags: readonly string[], version?: string): string | undefined {
  const versions = tags.flatMap((name) =>
    name.startsWith('v') && valid(name.slice(1)) === name.slice(1) ? [name.slice(1)] : [],
  );
  return versions
    .filter((each) => each !== version)
    .toSorted(compare)
    .at(-1);
}
