import inc from 'semver/functions/inc.js';
import lte from 'semver/functions/lte.js';
import parse from 'semver/functions/parse.js';

/**
 * The version of a build that is not released, as a pre-release of semantic versioning: higher than the last release,
 * and lower than every version that can be released next.
 * @param version the one in dataset.json: the next release, or still the last one
 * @param last the last release; undefined if there is none
 */
export function unreleasedVersion(version: string, last: string | undefined): string {
  const [next, before] = [parse(version), last === undefined ? null : parse(last)];
  // numbers are lower than words: `1.1.0-0.next` is lower than `1.1.0-alpha.1`
  // `1.1.0-rc.1` is lower than `1.1.0-rc.1.next`, and that lower than `1.1.0-rc.2` and `1.1.0`
  if (before !== null && before.prerelease.length > 0 && (next === null || lte(next, before) || isSame(next, before)))
    return `${before.version}.next`;
  if (before !== null && (next === null || lte(next, before)))
    return `${inc(before.version, 'patch') ?? version}-0.next`;
  if (next === null || next.prerelease.length === 0) return `${version}-next`;
  return `${core(next)}-0.next`;
}

type Version = NonNullable<ReturnType<typeof parse>>;

function core({ major, minor, patch }: Version): string {
  return `${major}.${minor}.${patch}`;
}

function isSame(one: Version, other: Version): boolean {
  return core(one) === core(other);
}

/** Whether a version is that of a build, and not of a release. */
export function isUnreleased(version: string): boolean {
  return /[-.]next$/.test(version);
}
