import path from 'node:path';
import type { ProcessOutput, ProcessPromise } from 'zx';
import { listenForSignals, onInterrupt } from '../files/interrupt.ts';
import { Failure } from '../problem.ts';
import { compareVersion, damageOf } from '../publish/publish.ts';
import type { FileSystem } from '../read/fileSystem.ts';
import { type Repository, openRepository } from '../read/git.ts';
import { gitEnvironment } from '../read/runGit.ts';
import { printable, quoted } from '../text.ts';
import type { Command, Terminal } from './command.ts';
import { type Flag, type Given, flags, listFlag, switchFlag, textFlag } from './flags.ts';
import {
  type Place,
  type Project,
  commonFlags,
  folderAt,
  openProject,
  packageFolder,
  readingFlags,
} from './project.ts';
import { tagOf } from './versionTags.ts';

const version = {
  name: 'version',
  value: 'VERSION',
  description: 'the released version to build again',
} as const satisfies Flag;

/** `reproduce`: builds a release again from its tag, with the toolkit as it was then, and compares the bytes. */
export function reproduceCommand(fs: FileSystem): Command {
  return {
    name: 'reproduce',
    summary:
      'Builds a released version again from its tag, in a clone of its own and with the toolkit that the tag holds, and compares it with dist/<version> byte for byte.',
    flags: [version, ...commonFlags, ...readingFlags],
    async run(given, terminal) {
      const project = openProject(fs, given, terminal);
      const wanted = textFlag(given, version);
      if (wanted === undefined) throw new Failure('--version is missing: name a released version');
      const repository = openRepository([project.schemaPath, project.rawPath]);
      const commit = repository.tag(tagOf(wanted));
      if (commit === undefined) throw new Failure(`there is no tag ${quoted(tagOf(wanted))}`);
      const published = placeBelow(folderAt(terminal, textFlag(given, flags.dist), 'dist'), wanted);
      if (!isFolder(fs, published.path)) throw new Failure(`there is no release at ${published.shown}`);
      // what is damaged cannot be what its tag builds: that is known before anything is built
      const damaged = damageOf(fs, published.path);
      if (damaged.length > 0) return tell({ damaged }, published, wanted, given, terminal);
      listenForSignals();
      const folder = fs.makeTemporaryFolder('reproduce');
      const forget = onInterrupt(() => fs.remove(folder));
      try {
        await rebuild(fs, folder, project, repository, commit, given, terminal);
        return tell(
          compareVersion(fs, published.path, path.join(folder, 'dist', wanted)),
          published,
          wanted,
          given,
          terminal,
        );
      } finally {
        fs.remove(folder);
        forget();
      }
    },
  };
}

function placeBelow(at: Place, name: string): Place {
  return { path: path.join(at.path, name), shown: path.join(at.shown, name) };
}

function isFolder(fs: FileSystem, at: string): boolean {
  try {
    return fs.kind(at) === 'folder';
  } catch {
    return false;
  }
}

/** Clones the repository at a commit and releases it there, into `dist` in the folder given. */
async function rebuild(
  fs: FileSystem,
  folder: string,
  project: Project,
  repository: Repository,
  commit: string,
  given: Given,
  terminal: Terminal,
): Promise<void> {
  const { $ } = await import('zx');
  const clone = path.join(folder, path.basename(repository.root));
  repository.cloneAt(commit, clone);
  const quiet = $({ ...ownGroup, env: gitEnvironment({ ...process.env, ...terminal.env }) });
  const toolkit = await toolkitOf(fs, clone, repository);
  const inClone = (at: string): string => path.join(clone, path.relative(repository.root, at));
  const sources = textFlag(given, flags.sources);
  const args = [
    '--schema',
    inClone(project.schemaPath),
    '--raw',
    inClone(project.rawPath),
    '--dist',
    path.join(folder, 'dist'),
    ...(sources === undefined ? defaultSources(fs, terminal) : ['--sources', path.resolve(terminal.cwd, sources)]),
    ...readingFlags.flatMap((flag) =>
      [...listFlag(given, flag), textFlag(given, flag)].flatMap((value) =>
        value === undefined ? [] : [`--${flag.name}`, value],
      ),
    ),
  ];
  const released = await untilSignal(quiet({ cwd: toolkit })`npm run --silent release -- ${args}`);
  if (released.exitCode !== 0)
    throw new Failure(`the tag does not build: ${released.stdout}${released.stderr}`.trimEnd());
}

/** For programs that are started as the first of a group of their own, so that all that they start can be ended with them. */
const ownGroup = { quiet: true, nothrow: true, detached: process.platform !== 'win32' };

/** Waits for another program. A signal that ends this process ends that one first, since it works in a folder that is removed then. */
async function untilSignal(running: ProcessPromise): Promise<ProcessOutput> {
  let isEnding = false;
  const forget = onInterrupt(async () => {
    isEnding = true;
    // the number of a group is that of its first process, with a minus
    if (running.pid !== undefined) process.kill(ownGroup.detached ? -running.pid : running.pid, 'SIGTERM');
    await running;
  });
  const output = await running;
  forget();
  // what it says of its end is no news
  return isEnding ? new Promise<never>(() => {}) : output;
}

/** The texts of the sources are not in git: those at hand serve the clone too. */
function defaultSources(fs: FileSystem, terminal: Terminal): readonly string[] {
  const folder = terminal.env['SOURCES'] ?? '';
  const at = folder === '' ? path.join(packageFolder, 'sources') : path.resolve(terminal.cwd, folder);
  return isFolder(fs, at) ? ['--sources', at] : [];
}

/** The folder of the toolkit that made a release: the one in the clone, with its packages, where the repository holds it, else this one. */
async function toolkitOf(fs: FileSystem, clone: string, repository: Repository): Promise<string> {
  if (path.relative(repository.root, packageFolder) !== '') return packageFolder;
  const lock = (folder: string): string =>
    Buffer.from(fs.read(path.join(folder, 'package-lock.json'), 1 << 26) ?? []).toString('utf8');
  if (lock(clone) === lock(packageFolder)) {
    // a link is no folder to what `.gitignore` says of it, and the clone must be clean
    fs.append(path.join(clone, '.git/info/exclude'), '/node_modules\n');
    fs.link(path.join(packageFolder, 'node_modules'), path.join(clone, 'node_modules'));
    return clone;
  }
  const { $ } = await import('zx');
  const quiet = $({ ...ownGroup, cwd: clone });
  const installed = await untilSignal(quiet`npm ci --no-audit --no-fund --loglevel=error`);
  if (installed.exitCode !== 0) throw new Failure(`the packages of the tag cannot be installed: ${installed.stderr}`);
  return clone;
}

function tell(
  found: ReturnType<typeof compareVersion>,
  { shown }: Place,
  wanted: string,
  given: Given,
  terminal: Terminal,
): 0 | 1 {
  const same = found === 'same';
  if (!same) {
    const [files, why] =
      'damaged' in found
        ? [found.damaged, 'not what SHA256SUMS says']
        : [found.differs, `not what ${tagOf(wanted)} builds`];
    terminal.out(files.map((file) => `${printable(path.join(shown, file))}: ${why}\n`).join(''));
  }
  if (!switchFlag(given, flags.quiet)) {
    const what = same
      ? 'is what its tag builds, byte for byte; of the database, the content'
      : 'is not what its tag builds';
    terminal.err(`reproduce: ${shown} ${what}\n`);
  }
  return same ? 0 : 1;
}
