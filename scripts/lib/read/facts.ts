import path from 'node:path';

/** The commit that a build is made from; nulls outside git. */
export interface CommitFacts {
  /** Full hash, with `-dirty` behind it where the folders hold changes that are not committed. */
  readonly commit: string | null;
  /** RFC 3339 in UTC. The only time that a release knows. */
  readonly date: string | null;
}

/** Asks git about the folders that the data comes from. zx is loaded here, off the path of whoever does not need it. */
export async function commitFacts(folders: readonly string[]): Promise<CommitFacts> {
  const { $ } = await import('zx');
  const [first = '.'] = folders;
  const git = $({ cwd: path.resolve(first), quiet: true, nothrow: true });
  const head = await git`git log -1 --format=%H%n%ct`;
  if (head.exitCode !== 0) return { commit: null, date: null };
  const [hash = '', seconds = ''] = head.stdout.trim().split('\n');
  // a folder inside some other project's checkout, not tracked there, is not that project's data
  const tracked = await git`git ls-files -- ${folders.map((folder) => path.resolve(folder))}`;
  if (tracked.exitCode !== 0 || tracked.stdout.trim() === '') return { commit: null, date: null };
  const changes = await git`git status --porcelain -- ${folders.map((folder) => path.resolve(folder))}`;
  const dirty = changes.stdout.trim() === '' ? '' : '-dirty';
  return { commit: `${hash}${dirty}`, date: new Date(Number(seconds) * 1000).toISOString().replace('.000Z', 'Z') };
}
