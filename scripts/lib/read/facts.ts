import { openRepository } from './git.ts';

/** The commit that a build is made from; nulls outside git. */
export interface CommitFacts {
  /** Full hash, with `-dirty` behind it where the folders hold changes that are not committed. */
  readonly commit: string | null;
  /** RFC 3339 in UTC. The only time that a release knows. */
  readonly date: string | null;
}

/** Asks git about the folders that the data comes from. */
export function commitFacts(folders: readonly string[]): CommitFacts {
  const [first = '.'] = folders;
  const repository = openRepository(first);
  const head = repository?.head();
  // a folder inside some other project's checkout, not tracked there, is not that project's data
  if (repository === undefined || head === undefined || !repository.tracks(folders))
    return { commit: null, date: null };
  const dirty = repository.uncommitted(folders).length === 0 ? '' : '-dirty';
  return { commit: `${head.commit}${dirty}`, date: head.date.toISOString().replace('.000Z', 'Z') };
}
