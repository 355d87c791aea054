import { Failure } from '../base/problem.ts';
import { type FileDifference, compareReads } from '../disk/comparedReads.ts';
import { type FileSystem, kindAt } from '../disk/fileSystem.ts';
import { type Repository, findRepository } from '../disk/git.ts';

/** The commit that a build is made from; nulls outside git. */
export interface CommitFacts {
  /** Full hash, followed by `-dirty` if what was read differs from the commit. */
  readonly commit: string | null;
  /** RFC 3339 in UTC. The only time in a release. */
  readonly date: string | null;
}

/** Where the data of a build comes from. */
export interface Origin {
  /** The file system for reading schemas and records: it compares them with the commit. */
  readonly files: FileSystem;
  /** The repository of the data; undefined outside git, and before the first commit. */
  readonly repository: Repository | undefined;
  /** The commit that is checked out, whatever is read. */
  readonly head: CommitFacts;
  /** The commit that was built. Call it after everything has been read. */
  readonly facts: () => CommitFacts;
  /** How what has been read so far differs from the commit. */
  readonly differences: () => readonly FileDifference[];
  /** Why no commit is recorded, if a reader would expect one. */
  readonly unknown: string | undefined;
}

/** Asks git about the folders of the data, and about single files besides them. */
export function originOf(fs: FileSystem, folders: readonly string[], beside: readonly string[] = []): Origin {
  // the code that opens the project reports what is wrong with its folders
  if (folders.some((folder) => kindAt(fs, folder) !== 'folder')) return nowhere(fs);
  const found = findRepository(folders);
  if ('why' in found) return nowhere(fs, found.plain ? undefined : found.why);
  try {
    return originIn(fs, found, folders, beside);
  } catch (error) {
    if (error instanceof Failure) return nowhere(fs, error.message);
    throw error;
  }
}

/** The facts of a commit, marked as dirty if what was read differs from it. */
export function dirtied(facts: CommitFacts, differs: boolean): CommitFacts {
  const { commit } = facts;
  if (!differs || commit === null || commit.endsWith('-dirty')) return facts;
  return { ...facts, commit: `${commit}-dirty` };
}

function nowhere(files: FileSystem, unknown?: string): Origin {
  const head = { commit: null, date: null };
  return { files, repository: undefined, head, facts: () => head, differences: () => [], unknown };
}

function originIn(
  fs: FileSystem,
  repository: Repository,
  folders: readonly string[],
  beside: readonly string[],
): Origin {
  const at = repository.head();
  if (at === undefined) return nowhere(fs, repository.tracks(folders) ? 'nothing is committed yet' : undefined);
  const compared = [...folders, ...beside];
  const entries = repository.entries(at.commit, compared);
  // a folder inside another project's checkout, not tracked there, is not that project's data
  if (entries.size === 0 && !repository.tracks(folders)) return nowhere(fs);
  const { root, objectFormat } = repository;
  const { files, differences } = compareReads(fs, { entries, root, compared, objectFormat });
  const head = { commit: at.commit, date: at.date.toISOString().replace('.000Z', 'Z') };
  const facts = (): CommitFacts => dirtied(head, differences().length > 0);
  return { files, repository, head, facts, differences, unknown: undefined };
}
