import path from 'node:path';
import semver from 'semver';
import { changelog } from '../../compare/changelog.ts';
import { type ReasonOf, changeRows, changesTable } from '../../compare/changes.ts';
import { type Difference, compareEditions, leastBump } from '../../compare/difference.ts';
import { type Edition, recordKey } from '../../compare/edition.ts';
import { parseJson } from '../../json/json.ts';
import { placeJson, positionAt } from '../../json/positions.ts';
import { Failure, type Problem } from '../../base/problem.ts';
import { type Publication, inStaging, publishVersion } from '../../publish/publish.ts';
import { isVersion } from '../../publish/versions.ts';
import { type Origin, originOf } from '../../read/facts.ts';
import { type FileSystem, errorCode } from '../../disk/fileSystem.ts';
import { type Repository, findRepository } from '../../disk/git.ts';
import { count, list, quoted } from '../../base/text.ts';
import { reserved } from '../../schema/extensions.ts';
import { buildInto } from './build.ts';
import type { Command, ExitStatus, Terminal } from '../command.ts';
import { editionsSince } from '../../project/editions.ts';
import { type Given, flags, switchFlag } from '../flags.ts';
import { type Project, openProject } from '../../project/openProject.ts';
import { projectFlags, projectOptions } from '../options.ts';
import type { Place, ProjectOptions } from '../../project/options.ts';
import { type Report, createReport } from '../reporters/problems.ts';
import { vanishedRecords } from '../../project/vanished.ts';
import { lastRelease, tagOf } from '../../project/versionTags.ts';
import { formatOf } from './validate.ts';

/** `release`: builds the version that dataset.json names, once and for ever. */
export function releaseCommand(fs: FileSystem): Command {
  return {
    name: 'release',
    summary:
      'Builds the version that dataset.json names into dist/<version>, once and for ever, and tags its commit. Refuses a version that is too small for what has changed.',
    flags: projectFlags,
    async run(given, terminal) {
      const { schema, raw, config } = projectOptions(fs, given, terminal);
      const beside = config === undefined ? [] : [config.path];
      const origin = originOf(fs, [schema.path, raw.path], beside);
      const optionsIn = (tree: FileSystem): ProjectOptions => projectOptions(fs, given, terminal, tree);
      const project = openProject(origin.files, {
        ...projectOptions(origin.files, given, terminal),
        requireSources: true,
      });
      const repository = releasable(project, origin);
      const report = createReport();
      const since = sinceLastRelease(fs, project, repository, optionsIn, report);
      if (report.errors() > 0) {
        terminal.out(report.print(formatOf(given), terminal.coloured));
        return 1;
      }
      return publish(fs, project, repository, origin, since, given, terminal);
    },
  };
}

/** The repository of a project that can be released from it. @throws Failure with what stands in the way */
function releasable(project: Project, origin: Origin): Repository {
  const repository = findRepository([project.schemaPath, project.rawPath]);
  if ('why' in repository) throw new Failure(`a release is made from a commit, and ${repository.why}`);
  if (origin.unknown !== undefined) throw new Failure(`a release is made from a commit: ${origin.unknown}`);
  if (!project.folder.dataset.own)
    throw new Failure('a release needs a dataset.json in the schema folder: it names the version');
  const changed = repository.uncommitted();
  if (changed.length > 0) {
    const few = list(changed.slice(0, 3).map((file) => quoted(file)));
    throw new Failure(
      `the work tree is not clean: ${few}${changed.length > 3 ? ` and ${changed.length - 3} more` : ''}; commit or remove what is there first`,
    );
  }
  sameCommit(origin);
  return repository;
}

const mostShown = 3;

/** The commit that holds what has been read so far. @throws Failure where it does not, whatever git says of the work tree */
function sameCommit({ head, differences }: Origin): string {
  if (head.commit === null) throw new Failure('the schemas and the records are not in the commit: commit them first');
  const found = differences();
  if (found.length === 0) return head.commit;
  const few = found.slice(0, mostShown).map(({ file, difference }) => `${quoted(file)} (${difference})`);
  const named = list(found.length > mostShown ? [...few, `${found.length - mostShown} more`] : few);
  throw new Failure(
    `what was read is not what the commit ${head.commit.slice(0, 12)} holds: ${named}. Commit, restore or remove these ` +
      'files first. `git status` may hide them: ignored files, a sparse checkout, --assume-unchanged, ' +
      'and filters or line endings that git converts',
  );
}

/** What has changed since the last release, with the reasons; undefined for the first release. */
interface Since {
  readonly difference: Difference;
  readonly reasonOf: ReasonOf;
}

/** Compares with the last release before the version, and reports a version that is taken, or too small, and identifiers that vanished. */
function sinceLastRelease(
  fs: FileSystem,
  project: Project,
  repository: Repository,
  optionsIn: (tree: FileSystem) => ProjectOptions,
  report: Report,
): Since | undefined {
  const { version } = project.folder.dataset;
  const head = repository.commit('HEAD');
  const tagged = repository.tag(tagOf(version));
  const refuse = (message: string, hint: string): void => report.add(versionProblem(fs, project, message, hint));
  if (tagged !== undefined && tagged !== head) {
    refuse(
      `version ${version} was released from another commit, ${tagged.slice(0, 12)}`,
      `a version is immutable: raise it, or check out the tag ${tagOf(version)}`,
    );
    return undefined;
  }
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
    const why = least === undefined ? 'a version is released once' : list(least.reasons.slice(0, 20));
    refuse(`version ${version} is too small for what has changed since ${last}: ${why}`, `make it ${needed} or more`);
  }
  for (const problem of vanishedRecords(before, after, project, tagOf(last))) report.add(problem);
  return { difference, reasonOf: reasons(repository, project, commit, head, after) };
}

/** @throws Failure where there was a release before, of which this clone has no tag: nothing can be compared with it */
function needFirst(fs: FileSystem, repository: Repository, version: string, dist: Place): void {
  const left = repository.tagsLeftOut();
  if (left !== undefined)
    throw new Failure(
      `no version tag is here, and ${left.why}: whether this is the first release cannot be told. Run \`${left.command}\` first`,
    );
  const before = releasedIn(fs, dist.path).find((each) => each !== version);
  if (before !== undefined)
    throw new Failure(
      `${path.join(dist.shown, before)} was released before, but no tag ${tagOf(before)} leads to this commit: fetch it with \`git fetch --tags\` first`,
    );
}

/** The versions that stand in a folder of releases, which need not be there yet. */
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

/** The reason of a record's withdrawal, else the subject of the commit that changed its file, else of the one that changed the schemas. */
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

async function publish(
  fs: FileSystem,
  project: Project,
  repository: Repository,
  origin: Origin,
  since: Since | undefined,
  given: Given,
  terminal: Terminal,
): Promise<ExitStatus> {
  const { version } = project.folder.dataset;
  const { dist } = project.options;
  const { date } = origin.head;
  const reasonOf: ReasonOf = since?.reasonOf ?? (() => undefined);
  const rows = since === undefined ? [] : changeRows(since.difference, reasonOf);
  return inStaging(fs, dist.path, async (staging) => {
    const built = await buildInto(fs, staging, project, origin, given, terminal, 'release', {
      tables: [changesTable],
      rows: new Map([[changesTable.name, rows]]),
      files: new Map([['CHANGELOG.md', changelog(version, date?.slice(0, 10), since?.difference, reasonOf)]]),
    });
    if (built === undefined) return 1;
    const commit = sameCommit(origin);
    const publication = publishVersion(fs, dist.path, staging, version);
    const at = path.join(dist.shown, version);
    if (typeof publication !== 'string') {
      terminal.err(`release: ${at} ${whatDiffers(publication)}\n`);
      return 1;
    }
    if (repository.tag(tagOf(version)) === undefined) repository.createTag(tagOf(version), commit);
    if (!switchFlag(given, flags.quiet)) {
      const what =
        publication === 'same'
          ? 'was released before, with the same content'
          : `is released, and tagged ${tagOf(version)}`;
      terminal.err(
        `release: ${at} ${what}; ${since === undefined ? 'the first release' : `${count(rows.length, 'change')} since ${since.difference.from}`}\n`,
      );
    }
    return 0;
  });
}

function whatDiffers(publication: Exclude<Publication, string>): string {
  const few = (files: readonly string[]): string => list(files.slice(0, 5).map((file) => quoted(file)));
  return 'differs' in publication
    ? `is there with other content (${few(publication.differs)}); a version is immutable: raise it in dataset.json`
    : `is there, but damaged: ${few(publication.damaged)} is not what its SHA256SUMS says`;
}
