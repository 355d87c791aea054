import path from 'node:path';
import semver from 'semver';
import { changelog } from '../compare/changelog.ts';
import { type ReasonOf, changeRows, changesTable } from '../compare/changes.ts';
import { type Difference, compareEditions, leastBump } from '../compare/difference.ts';
import { type Edition, recordKey } from '../compare/edition.ts';
import { parseJson } from '../json/json.ts';
import { placeJson, positionAt } from '../json/positions.ts';
import { Failure, type Problem } from '../base/problem.ts';
import { refuseLeadingOut } from '../project/folders.ts';
import { type Publication, inStaging, publishVersion } from '../publish/publish.ts';
import { signFile } from '../disk/signature.ts';
import { sumsFile } from '../release/sums.ts';
import { isUnreleased } from '../release/unreleased.ts';
import { isVersion } from '../publish/versions.ts';
import type { Origin } from '../read/facts.ts';
import { type FileSystem, errorCode } from '../disk/fileSystem.ts';
import { type Repository, findRepository } from '../disk/git.ts';
import { list, quoted } from '../base/text.ts';
import { reserved } from '../schema/extensions.ts';
import { editionsSince } from '../project/editions.ts';
import { type Project, type ProjectSettings, openProject } from '../project/openProject.ts';
import type { Place } from '../project/options.ts';
import { vanishedRecords } from '../project/vanished.ts';
import { lastRelease, tagOf } from '../project/versionTags.ts';
import { buildInto, originOfProject } from './build.ts';
import type { Events } from './events.ts';
import type { Validation } from './validate.ts';

/** The result of a release. */
export interface Release {
  readonly version: string;
  /** The folder of the release. */
  readonly at: Place;
  readonly tag: string;
  /** Undefined if the version was rejected before anything was checked. */
  readonly validation: Validation | undefined;
  /**
   * `same` if it was released before with the same content; otherwise the files in which an older release differs, or
   * is damaged. Undefined if there were problems: then nothing is published.
   */
  readonly publication: Publication | undefined;
  /** What has changed since the last release; undefined for the first one. */
  readonly changes: { readonly since: string; readonly count: number } | undefined;
}

/**
 * Builds the version in dataset.json, permanently, and tags its commit. Rejects a version that is too small for what
 * has changed since the last release.
 * @param key path of an SSH key that signs the list of digests
 * @throws Failure if it cannot run; the signal's reason if it is cancelled
 */
export async function release(settings: ProjectSettings, events: Events = {}, key?: string): Promise<Release> {
  const origin = originOfProject(settings);
  const options = { ...settings.optionsIn(origin.files), requireSources: true };
  const project = openProject(origin.files, options);
  const repository = releasable(project, origin);
  const problems: Problem[] = [];
  const since = sinceLastRelease(settings, project, repository, (problem) => void problems.push(problem));
  const { version } = project.folder.dataset;
  const { dist } = options;
  const reasonOf: ReasonOf = since?.reasonOf ?? (() => undefined);
  const rows = since === undefined ? [] : changeRows(since.difference, reasonOf);
  const about = {
    version,
    at: { path: path.join(dist.path, version), shown: path.join(dist.shown, version) },
    tag: tagOf(version),
    changes: since === undefined ? undefined : { since: since.difference.from, count: rows.length },
  };
  if (problems.some(({ severity }) => severity === 'error')) {
    for (const problem of problems) events.onProblem?.(problem);
    return { ...about, validation: undefined, publication: undefined };
  }
  const { date } = origin.head;
  const text = changelog(version, date?.slice(0, 10), since?.difference, reasonOf);
  refuseLeadingOut(dist, 'dist');
  return inStaging(settings.fs, dist.path, async (staging) => {
    const { validation, tables, settled } = await buildInto(
      staging,
      { fs: settings.fs, project, origin, stage: 'release' },
      events,
      {
        tables: [changesTable],
        rows: new Map([[changesTable.name, rows]]),
        files: new Map([['CHANGELOG.md', text]]),
      },
    );
    if (tables === undefined) return { ...about, validation, publication: undefined };
    const commit = sameCommit(origin);
    if (key !== undefined) signFile(path.join(staging, sumsFile), key);
    const publication = publishVersion(settings.fs, dist.path, staging, version, settled);
    const isPublished = typeof publication === 'string';
    if (isPublished && repository.tag(about.tag) === undefined) repository.createTag(about.tag, commit);
    return { ...about, validation, publication };
  });
}

/** The repository of a project, ready for a release. @throws Failure with what prevents one */
function releasable(project: Project, origin: Origin): Repository {
  const repository = findRepository([project.schemaPath, project.rawPath]);
  if ('why' in repository) throw new Failure(`a release is made from a commit, and ${repository.why}`);
  if (origin.unknown !== undefined) throw new Failure(`a release is made from a commit: ${origin.unknown}`);
  if (!project.folder.dataset.described)
    throw new Failure('a release needs a dataset.json in the schema folder: it names the version');
  const changed = repository.uncommitted();
  if (changed.length > 0) {
    const few = list(changed.slice(0, 3).map((file) => quoted(file)));
    throw new Failure(
      `the work tree is not clean: ${few}${changed.length > 3 ? ` and ${changed.length - 3} more` : ''}; ` +
        'commit or remove these changes first',
    );
  }
  sameCommit(origin);
  return repository;
}

const mostShown = 3;

/**
 * The commit that holds everything read so far. @throws Failure if there is none, whatever git says about the work tree
 */
function sameCommit({ head, differences }: Origin): string {
  if (head.commit === null) throw new Failure('the schemas and records are not committed: commit them first');
  const found = differences();
  if (found.length === 0) return head.commit;
  const few = found.slice(0, mostShown).map(({ file, difference }) => `${quoted(file)} (${difference})`);
  const named = list(found.length > mostShown ? [...few, `${found.length - mostShown} more`] : few);
  throw new Failure(
    `what was read differs from the commit ${head.commit.slice(0, 12)}: ${named}. Commit, restore or remove these ` +
      'files first. `git status` may hide them: ignored files, a sparse checkout, --assume-unchanged, ' +
      'and filters or line endings that git converts',
  );
}

/** What has changed since the last release, with the reasons; undefined for the first release. */
interface Since {
  readonly difference: Difference;
  readonly reasonOf: ReasonOf;
}

/**
 * Compares with the last release before the version, and reports a version that is used or too small, and missing
 * identifiers.
 */
function sinceLastRelease(
  { fs, optionsIn }: ProjectSettings,
  project: Project,
  repository: Repository,
  report: (problem: Problem) => void,
): Since | undefined {
  const { version } = project.folder.dataset;
  const head = repository.commit('HEAD');
  const tagged = repository.tag(tagOf(version));
  const refuse = (message: string, hint: string): void => report(versionProblem(fs, project, message, hint));
  if (tagged !== undefined && tagged !== head) {
    refuse(
      `version ${version} was released from another commit, ${tagged.slice(0, 12)}`,
      `a version is immutable: raise it, or check out the tag ${tagOf(version)}`,
    );
    return undefined;
  }
  if (isUnreleased(version))
    refuse(`version ${version} is that of a build`, 'only builds have a version ending in “next”');
  const last = lastRelease(repository, version);
  if (last === undefined) {
    needFirst(fs, repository, version, project.options.dist);
    return undefined;
  }
  const commit = repository.commit(`refs/tags/${tagOf(last)}`);
  const { before, after } = editionsSince(fs, project, repository, commit, optionsIn);
  const difference = { ...compareEditions(before, after), from: last };
  const least = leastBump(difference);
  const needed = semver.inc(last, least?.bump ?? 'patch') ?? last;
  if (semver.lt(version, needed)) {
    const why = least === undefined ? 'a version can be released only once' : list(least.reasons.slice(0, 20));
    refuse(`version ${version} is too small for what has changed since ${last}: ${why}`, `make it ${needed} or more`);
  }
  for (const problem of vanishedRecords(before, after, project, tagOf(last))) report(problem);
  return { difference, reasonOf: reasons(repository, project, commit, head, after) };
}

/** @throws Failure if there was an earlier release whose tag this clone lacks: nothing can be compared with it */
function needFirst(fs: FileSystem, repository: Repository, version: string, dist: Place): void {
  const left = repository.tagsLeftOut();
  if (left !== undefined)
    throw new Failure(
      `there is no version tag, and ${left.why}, so this may not be the first release. Run \`${left.command}\` first`,
    );
  const before = releasedIn(fs, dist.path).find((each) => each !== version);
  if (before !== undefined)
    throw new Failure(
      `${path.join(dist.shown, before)} was released before, but the tag ${tagOf(before)} is not among ` +
        `those of this commit: fetch it with \`git fetch --tags\` first`,
    );
}

/** The versions in a folder of releases; the folder may not exist yet. */
function releasedIn(fs: FileSystem, folder: string): readonly string[] {
  try {
    return fs.list(folder).flatMap(({ name }) => (isVersion(name) ? [name] : []));
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return [];
  }
}

/** A problem with the version, at its place in dataset.json. */
function versionProblem(fs: FileSystem, project: Project, message: string, hint: string): Problem {
  const file = path.join(project.schemaPath, 'dataset.json');
  const text = Buffer.from(fs.read(file, 1 << 20) ?? []).toString('utf8');
  const placed = 'value' in parseJson(text) ? placeJson(text) : undefined;
  const offset = placed !== undefined && 'offsetOf' in placed ? placed.offsetOf('/version') : 0;
  return {
    file: path.join(project.schemaShown, 'dataset.json'),
    ...positionAt(text, offset),
    pointer: '/version',
    rule: 'version',
    severity: 'error',
    message,
    hint,
  };
}

/**
 * The reason for a record's withdrawal, else the subject of the commit that changed its file, else of the one that
 * changed the schemas.
 */
function reasons(repository: Repository, project: Project, from: string, to: string, after: Edition): ReasonOf {
  const withdrawn = new Map(
    (after.rows.get(reserved.withdrawn) ?? []).map(([table, id, , reason]) => [
      recordKey({ table: String(table), id: String(id) }),
      String(reason),
    ]),
  );
  const subjectOf = repository.subjectOf(from, to, [project.rawPath]);
  const [ofSchemas] = repository.subjectOf(from, to, [project.schemaPath]).values();
  const below = path.relative(repository.root, project.rawPath).split(path.sep).join('/');
  return (record) => {
    const key = recordKey(record);
    const file = after.records.get(key)?.file;
    return withdrawn.get(key) ?? (file === undefined ? undefined : subjectOf.get(`${below}/${file}`)) ?? ofSchemas;
  };
}
