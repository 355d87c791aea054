import path from 'node:path';
import type { ProcessOutput, ProcessPromise } from 'zx';
import { listenForSignals, onInterrupt } from '../disk/interrupt.ts';
import { entryIn, packageFolder } from '../base/package.ts';
import { Failure } from '../base/problem.ts';
import { compareVersion, damageOf } from '../publish/publish.ts';
import { type FileSystem, kindAt } from '../disk/fileSystem.ts';
import { type Repository, openRepository } from '../disk/git.ts';
import { gitEnvironment } from '../disk/runGit.ts';
import { quoted } from '../base/text.ts';
import type { Place } from '../project/options.ts';
import type { Project } from '../project/openProject.ts';
import { tagOf } from '../project/versionTags.ts';
import type { Events } from './events.ts';

/** What to reproduce, and how. */
export interface ReproduceSettings {
  /** The released version to build again. */
  readonly version: string;
  /**
   * The top of the dataset: absolute path of the folder in which the release is built. By default the folder of the
   * configuration, else the top of the repository.
   */
  readonly home?: string | undefined;
  /** Further arguments for the toolkit of the tag, besides the folders: it is another version, with its own flags. */
  readonly arguments?: readonly string[] | undefined;
  /** Variables of the environment, beyond those of this process. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
}

/** How a release compares with a build of its tag. */
export interface Reproduction {
  /** The folder of the release. */
  readonly at: Place;
  readonly tag: string;
  /** `same`, or the files that are damaged in the release, or those that differ. */
  readonly found: ReturnType<typeof compareVersion>;
}

/**
 * Builds a released version again from its tag, in a clone of its own, with the toolkit of the tag, and compares it
 * with the release byte for byte.
 * @throws Failure if there is no such tag or release, or the tag does not build; the signal's reason if it is cancelled
 */
export async function reproduce(
  project: Project,
  settings: ReproduceSettings,
  events: Events = {},
): Promise<Reproduction> {
  const { fs } = project;
  const { version } = settings;
  const repository = openRepository([project.schemaPath, project.rawPath]);
  const tag = tagOf(version);
  const commit = repository.tag(tag);
  if (commit === undefined) throw new Failure(`there is no tag ${quoted(tag)}`);
  const at = placeBelow(project.options.dist, version);
  if (kindAt(fs, at.path) !== 'folder') throw new Failure(`there is no release at ${at.shown}`);
  // a damaged release cannot equal a build of its tag: that is known before anything is built
  const damaged = damageOf(fs, at.path);
  if (damaged.length > 0) return { at, tag, found: { damaged } };
  listenForSignals();
  const folder = fs.makeTemporaryFolder('reproduce');
  const forget = onInterrupt(() => fs.remove(folder));
  try {
    events.signal?.throwIfAborted();
    const clone = path.join(folder, path.basename(repository.root));
    repository.cloneAt(commit, clone);
    await releaseIn(clone, project, repository, settings, events);
    return { at, tag, found: compareVersion(fs, at.path, path.join(folder, 'dist', version)) };
  } finally {
    fs.remove(folder);
    forget();
  }
}

function placeBelow(at: Place, name: string): Place {
  return { path: path.join(at.path, name), shown: path.join(at.shown, name) };
}

/** Releases the content of a clone of the repository, into `dist` next to it. */
async function releaseIn(
  clone: string,
  project: Project,
  repository: Repository,
  settings: ReproduceSettings,
  { signal }: Events,
): Promise<void> {
  const { fs } = project;
  const { $ } = await import('zx');
  const quiet = $({ ...ownGroup, env: gitEnvironment({ ...process.env, ...settings.env }) });
  const inClone = (at: string): string => path.join(clone, path.relative(repository.root, at));
  await installPackages(fs, clone, repository.root, signal);
  const [program, ...first] = releaseProgram(fs, clone, repository.root);
  const { schema, raw, sources, config } = project.options;
  const home = settings.home ?? (config === undefined ? repository.root : path.dirname(config.path));
  const args = [
    ...first,
    '--schema',
    inClone(schema.path),
    '--raw',
    inClone(raw.path),
    '--dist',
    path.join(path.dirname(clone), 'dist'),
    // the texts of the sources are not in git: the clone uses the available ones
    ...(kindAt(fs, sources.path) === 'folder' ? ['--sources', sources.path] : []),
    ...(settings.arguments ?? []),
  ];
  const released = await untilEnd(quiet({ cwd: inClone(home) })`${program} ${args}`, signal);
  if (released.exitCode !== 0)
    throw new Failure(`the tag does not build: ${released.stdout}${released.stderr}`.trimEnd());
}

/** Starts programs as the first of a process group, so that everything that they start can be ended with them. */
const ownGroup = { quiet: true, nothrow: true, detached: process.platform !== 'win32' };

/**
 * Waits for another program. If this process ends or the work is cancelled, that program is ended first, since it works
 * in a folder that is then removed.
 */
async function untilEnd(running: ProcessPromise, signal: AbortSignal | undefined): Promise<ProcessOutput> {
  let isEnding = false;
  const stop = (): void => {
    // the number of a group is that of its first process, with a minus
    if (running.pid !== undefined) process.kill(ownGroup.detached ? -running.pid : running.pid, 'SIGTERM');
  };
  const forget = onInterrupt(async () => {
    isEnding = true;
    stop();
    await running;
  });
  signal?.addEventListener('abort', stop);
  const output = await running;
  signal?.removeEventListener('abort', stop);
  forget();
  signal?.throwIfAborted();
  // its message about being ended is of no interest
  return isEnding ? new Promise<never>(() => {}) : output;
}

/** Gives a clone the packages of its lock file: the installed ones if the lock file is the same. */
async function installPackages(
  fs: FileSystem,
  clone: string,
  root: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  const lockOf = (folder: string): string | undefined => {
    const file = path.join(folder, 'package-lock.json');
    return kindAt(fs, file) === 'file' ? Buffer.from(fs.read(file, 1 << 26) ?? []).toString('utf8') : undefined;
  };
  const lock = lockOf(clone);
  if (lock === undefined) return;
  const installed = path.join(root, 'node_modules');
  if (lock === lockOf(root) && kindAt(fs, installed) === 'folder') {
    // `.gitignore` patterns for folders do not match a link, and the clone must be clean
    fs.append(path.join(clone, '.git/info/exclude'), '/node_modules\n');
    fs.link(installed, path.join(clone, 'node_modules'));
    return;
  }
  const { $ } = await import('zx');
  const npm = await untilEnd($({ ...ownGroup, cwd: clone })`npm ci --no-audit --no-fund --loglevel=error`, signal);
  if (npm.exitCode !== 0) throw new Failure(`the packages of the tag cannot be installed: ${npm.stderr}`);
}

/** The program that releases in a clone: the toolkit if the clone is one, else its installed toolkit, else this one. */
function releaseProgram(fs: FileSystem, clone: string, root: string): readonly [string, ...string[]] {
  if (path.relative(root, packageFolder) === '') return ['npm', '--prefix', clone, 'run', '--silent', 'release', '--'];
  const installed = path.join(clone, 'node_modules', 'demarche');
  return [process.execPath, entryIn(kindAt(fs, installed) === 'folder' ? installed : packageFolder), 'release'];
}
