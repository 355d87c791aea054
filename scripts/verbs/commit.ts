import path from 'node:path';
import { Failure, type Problem } from '../base/problem.ts';
import { kindAt } from '../disk/fileSystem.ts';
import { type Repository, findRepository } from '../disk/git.ts';
import type { RecordChange } from '../compare/difference.ts';
import type { Project } from '../project/openProject.ts';
import { type ChangeReport, report } from './report.ts';
import { validate } from './validate.ts';

/** A record that was added, removed, withdrawn or changed. */
export type ChangedRecord = Pick<RecordChange, 'table' | 'id' | 'change'>;

/** Uncommitted changes, as a reviewer will see them. */
export interface PendingChanges {
  /** Paths below the top of the work tree. */
  readonly files: readonly string[];
  readonly branch: string | undefined;
  /** All local branches. */
  readonly branches: readonly string[];
  /** The folder of the texts of sources, if git ignores it or it is elsewhere; undefined if commits have them. */
  readonly keptBack: string | undefined;
  /** The records that differ; undefined if there is nothing to compare with. */
  readonly records: readonly ChangedRecord[] | undefined;
  /** What the changes do to the data; undefined if there is nothing to compare with. */
  readonly report: ChangeReport['report'] | undefined;
}

/**
 * What differs from the last commit in the folders of records and sources, and in another one, such as that of a
 * second coding.
 * @throws Failure without a repository
 */
export function pendingChanges(project: Project, other?: string): PendingChanges {
  const repository = repositoryOf(project);
  const files = changedFiles(project, repository, other);
  const made = files.length > 0 && hasBefore(project, repository) ? report(project, { base: 'HEAD' }) : undefined;
  const { sources } = project.options;
  const keeps = committed(project, repository).includes(sources.path);
  return {
    files,
    branch: repository.branch(),
    branches: repository.branches(),
    keptBack: keeps || kindAt(project.fs, sources.path) !== 'folder' ? undefined : sources.shown,
    records: made?.difference.records.map(({ table, id, change }) => ({ table, id, change })),
    report: made?.report,
  };
}

/** Whether the last commit has records to compare with: a second coding may begin after it. */
function hasBefore({ rawPath }: Project, repository: Repository): boolean {
  return repository.head() !== undefined && kindAt(repository.tree('HEAD'), rawPath) === 'folder';
}

/**
 * Commits the changes below the folders of records and sources, and of another one, on a branch. Nothing is pushed.
 * Returns the hash of the commit, or the problems that prevent it.
 * @throws Failure if nothing has changed, or in git's words
 */
export async function commitChanges(
  project: Project,
  { message, branch, other }: { readonly message: string; readonly branch: string; readonly other?: string },
): Promise<{ readonly commit: string } | { readonly problems: readonly Problem[] }> {
  if (message.trim() === '') throw new Failure('the message is empty: say what has changed');
  const repository = repositoryOf(project);
  if (changedFiles(project, repository, other).length === 0)
    throw new Failure('nothing has changed since the last commit');
  const problems: Problem[] = [];
  const { passed } = await validate(project, {}, { onProblem: (problem) => void problems.push(problem) });
  if (!passed) return { problems };
  return { commit: repository.commitChanges(committed(project, repository, other), message, branch) };
}

function repositoryOf({ schemaPath, rawPath }: Project): Repository {
  const found = findRepository([schemaPath, rawPath]);
  if ('why' in found) throw new Failure(`a commit needs a git repository, and ${found.why}`);
  return found;
}

/** The folders whose changes are committed: they include the sources and the other one unless git ignores them. */
function committed({ fs, rawPath, options }: Project, repository: Repository, other?: string): readonly string[] {
  const isKept = (at: string): boolean =>
    at.startsWith(repository.root + path.sep) && kindAt(fs, at) === 'folder' && !repository.ignores(at);
  return [rawPath, ...[options.sources.path, ...(other === undefined ? [] : [other])].filter(isKept)];
}

function changedFiles(project: Project, repository: Repository, other?: string): readonly string[] {
  return repository.uncommittedFiles(committed(project, repository, other));
}
