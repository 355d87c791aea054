import { mostBytes } from '../base/limits.ts';
import { Failure } from '../base/problem.ts';
import { type FileSystem, kindAt } from '../disk/fileSystem.ts';
import { type Repository, findRepository } from '../disk/git.ts';
import { parseJson } from '../json/json.ts';
import type { Project } from '../project/openProject.ts';
import type { OpenRecord } from '../project/recordFiles.ts';
import { lastRelease, tagOf } from '../project/versionTags.ts';
import { type RecordFile, readRecords } from '../read/records.ts';
import type { RecordType } from '../schema/recordTypes.ts';
import { identifierOf, keyOf } from './referrers.ts';

/** The last version that published a record; undefined if none did. @throws Failure if git cannot tell */
export function publishedIn(project: Project, record: OpenRecord): string | undefined {
  const repository = repositoryOf(project);
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
 * The newest commit, on any branch, that changed a record; undefined if none holds it. Of a line, also one with another
 * line that names it. @throws Failure if git cannot tell
 */
export function committedIn(project: Project, record: OpenRecord): string | undefined {
  const { file, line } = record;
  const words = line === 0 ? undefined : JSON.stringify(identifierOf(record));
  return repositoryOf(project)?.lastChange(file.path, words);
}

/** Whether each file is in the last commit; none is outside a repository. */
export function inLastCommit(project: Project): (file: RecordFile) => boolean {
  const repository = repositoryOf(project);
  const tree = repository?.head() === undefined ? undefined : repository?.tree('HEAD');
  return ({ path }) => tree !== undefined && kindAt(tree, path) === 'file';
}

/** The repository of a dataset; undefined outside one, where nothing is committed or published. */
function repositoryOf({ schemaPath, rawPath }: Project): Repository | undefined {
  const repository = findRepository([schemaPath, rawPath]);
  if (!('why' in repository)) return repository;
  if (repository.plain) return undefined;
  throw new Failure(`git cannot tell whether the record was published: ${repository.why}`);
}

function hasLine(fs: FileSystem, file: RecordFile, type: RecordType, id: string): boolean {
  return [...readRecords(fs, file, mostBytes)].some((line) => {
    const parsed = 'text' in line ? parseJson(line.text) : undefined;
    return parsed !== undefined && 'value' in parsed && keyOf(type, parsed.value) === id;
  });
}
