import path from 'node:path';
import { Failure, type Problem } from '../base/problem.ts';
import { mostBytes } from '../base/limits.ts';
import { type FileSystem, kindAt } from '../disk/fileSystem.ts';
import { type Repository, findRepository } from '../disk/git.ts';
import { withFiles } from '../disk/overlay.ts';
import type { RecordChange } from '../compare/difference.ts';
import { bundleCache } from '../project/cache.ts';
import { type Project, openProject } from '../project/openProject.ts';
import type { ProjectOptions } from '../project/options.ts';
import { type ChangeReport, report } from './report.ts';
import { validate } from './validate.ts';

/** A record that was added, removed, withdrawn or changed. */
export type ChangedRecord = Pick<RecordChange, 'table' | 'id' | 'change'>;

/** Uncommitted changes, as a reviewer will see them. */
export interface PendingChanges {
  /** Files of records and sources, as paths below the top of the work tree. */
  readonly files: readonly string[];
  /** The same for the schemas and the configuration, which a commit includes only if it is asked to. */
  readonly schemaFiles: readonly string[];
  /** Where commits can be sent. */
  readonly remotes: readonly string[];
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
    schemaFiles: changedSchemas(project, repository),
    remotes: repository.remotes(),
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

/** What to commit, and how. */
export interface CommitOptions {
  readonly message: string;
  readonly branch: string;
  /** Another folder to commit, such as that of a second coding. */
  readonly other?: string | undefined;
  /** Whether changed schemas, and the configuration, are committed too. */
  readonly withSchema?: boolean;
  /** How to read the project in another state of its files: by default as now. */
  readonly optionsIn?: (tree: FileSystem) => ProjectOptions;
}

/** The hash of the commit, or the problems that prevent it. */
export type Committed =
  | { readonly commit: string }
  | {
      readonly problems: readonly Problem[];
      /** Whether there would be none if the changed schemas were committed too. */
      readonly needsSchema: boolean;
    };

/**
 * Commits the changes below the folders of records and sources, and of another one, on a branch. All records are
 * checked first, as the commit will have them. Nothing is pushed.
 * @throws Failure if nothing has changed, or in git's words
 */
export async function commitChanges(project: Project, options: CommitOptions): Promise<Committed> {
  const { message, branch, other, withSchema = false } = options;
  if (message.trim() === '') throw new Failure('the message is empty: say what has changed');
  const repository = repositoryOf(project);
  const schemas = changedSchemas(project, repository);
  const included = withSchema ? schemas.map((file) => path.join(repository.root, file)) : [];
  if (changedFiles(project, repository, other).length + included.length === 0)
    throw new Failure('nothing has changed since the last commit');
  const ignored = repository.ignoredFiles([project.rawPath]);
  const problems = await problemsWith(project, repository, [...ignored, ...(withSchema ? [] : schemas)], options);
  if (problems !== undefined && problems.length === 0)
    return {
      commit: repository.commitChanges([...committed(project, repository, other), ...included], message, branch),
    };
  const others =
    withSchema || schemas.length === 0 ? problems : await problemsWith(project, repository, ignored, options);
  return { problems: problems ?? [], needsSchema: problems === undefined || others?.length === 0 };
}

/**
 * The problems of the records with some files as they are in the last commit; undefined if the dataset cannot be
 * opened so. @throws Failure if it does not open as it is now
 */
async function problemsWith(
  project: Project,
  repository: Repository,
  asCommitted: readonly string[],
  { optionsIn = () => project.options }: CommitOptions,
): Promise<readonly Problem[] | undefined> {
  const problems: Problem[] = [];
  const onProblem = (problem: Problem): void => void problems.push(problem);
  const before = asCommitted.length === 0 ? project : openedWith(project, repository, asCommitted, optionsIn);
  if (before === undefined) return undefined;
  const { passed } = await validate(before, {}, { onProblem });
  return passed ? [] : problems;
}

/** The project with some files as they are in the last commit; undefined if it does not open. */
function openedWith(
  { fs }: Project,
  repository: Repository,
  files: readonly string[],
  optionsIn: (tree: FileSystem) => ProjectOptions,
): Project | undefined {
  const head = repository.head();
  const tree = head === undefined ? undefined : repository.tree(head.commit);
  const contents = files.map((file): readonly [string, Uint8Array | undefined] => {
    const at = path.join(repository.root, file);
    return [at, tree === undefined || kindAt(tree, at) !== 'file' ? undefined : tree.read(at, mostBytes)];
  });
  const then = withFiles(fs, new Map(contents));
  try {
    return openProject(then, optionsIn(then), bundleCache(fs));
  } catch (error) {
    if (error instanceof Failure) return undefined;
    throw error;
  }
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

/** Changed files of the schemas, and of the configuration. */
function changedSchemas(project: Project, repository: Repository): readonly string[] {
  const { schemaPath, options } = project;
  const { config } = options;
  const others = new Set(repository.uncommittedFiles([...committed(project, repository), options.dist.path]));
  const isInside = config !== undefined && config.path.startsWith(repository.root + path.sep);
  const files = repository.uncommittedFiles([schemaPath, ...(isInside ? [config.path] : [])]);
  return files.filter((file) => !others.has(file));
}
