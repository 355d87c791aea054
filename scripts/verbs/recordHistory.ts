import { mostBytes } from '../base/limits.ts';
import { Failure } from '../base/problem.ts';
import { type FileSystem, kindAt } from '../disk/fileSystem.ts';
import { type Repository, findRepository } from '../disk/git.ts';
import { parseJson } from '../json/json.ts';
import { escaped, memberPattern } from '../json/memberPattern.ts';
import type { Project } from '../project/openProject.ts';
import type { OpenRecord } from '../project/recordFiles.ts';
import { lastRelease, tagOf } from '../project/versionTags.ts';
import { type RecordFile, isSplittable, readRecords } from '../read/records.ts';
import type { RecordType } from '../schema/recordTypes.ts';
import { identifierOf, keyOf } from './referrers.ts';

/** The last version that published a record; undefined if none did. @throws Failure if git cannot tell */
export function publishedIn(project: Project, record: OpenRecord): string | undefined {
  const repository = repositoryOf(project, 'the record was published');
  const version = repository === undefined ? undefined : lastRelease(repository);
  const left = version === undefined ? repository?.tagsLeftOut() : undefined;
  if (left !== undefined) throw new Failure(`git cannot tell whether the record was published: ${left.why}`);
  if (repository === undefined || version === undefined) return undefined;
  const tree = repository.tree(`refs/tags/${tagOf(version)}`);
  const id = identifierOf(record);
  const there = project.files.filter(({ table, path }) => table === record.type.name && kindAt(tree, path) === 'file');
  const isThere = there.some((file) =>
    file.holds === 'record' ? file.stem === id : hasLine(tree, file, record.type, id),
  );
  return isThere ? version : undefined;
}

/**
 * The newest commit, on any branch, that changed a record; undefined if none holds it.
 * @throws Failure if git cannot tell
 */
export function committedIn(project: Project, record: OpenRecord): string | undefined {
  const { file, line, type } = record;
  const repository = repositoryOf(project, 'a commit holds the record');
  if (repository === undefined || line === 0) return repository?.changesOf(file.path)[0];
  const id = identifierOf(record);
  if (!isSplittable(file))
    return repository
      .changesOf(file.path, wordsOf(id))
      .find((commit) => holdsLine(repository.tree(commit), file, type, id));
  const member = memberPattern(type.key ?? '', id);
  return repository
    .changesOf(file.path, member)
    .find((commit) => repository.linesIn(commit, file.path, member).some((each) => isRecord(each, type, id)));
}

/** Whether each file is in the last commit; none is outside a repository. */
export function inLastCommit(project: Project): (file: RecordFile) => boolean {
  const repository = repositoryOf(project, 'the record is in the last commit');
  const tree = repository?.head() === undefined ? undefined : repository?.tree('HEAD');
  return ({ path }) => tree !== undefined && kindAt(tree, path) === 'file';
}

/**
 * The repository of a dataset; undefined outside one, where nothing is committed or published.
 * @throws Failure that names what git cannot tell
 */
function repositoryOf({ schemaPath, rawPath }: Project, what: string): Repository | undefined {
  const repository = findRepository([schemaPath, rawPath]);
  if (!('why' in repository)) return repository;
  if (repository.plain) return undefined;
  throw new Failure(`git cannot tell whether ${what}: ${repository.why}`);
}

/** Whether a file is there and has the line of a record. */
function holdsLine(fs: FileSystem, file: RecordFile, type: RecordType, id: string): boolean {
  return kindAt(fs, file.path) === 'file' && hasLine(fs, file, type, id);
}

function hasLine(fs: FileSystem, file: RecordFile, type: RecordType, id: string): boolean {
  const member = new RegExp(memberPattern(type.key ?? '', id));
  return [...readRecords(fs, file, mostBytes)].some(
    (line) => 'text' in line && member.test(line.text) && isRecord(line.text, type, id),
  );
}

function isRecord(line: string, type: RecordType, id: string): boolean {
  const parsed = parseJson(line);
  return 'value' in parsed && keyOf(type, parsed.value) === id;
}

/** What a record contains in a file of another notation, as patterns for git. */
function wordsOf(id: string): string {
  return [JSON.stringify(id).slice(1, -1), String.raw`\u`, String.raw`\/`].map(escaped).join('|');
}
