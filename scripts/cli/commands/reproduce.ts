import path from 'node:path';
import type { ProcessOutput, ProcessPromise } from 'zx';
import { listenForSignals, onInterrupt } from '../../disk/interrupt.ts';
import { Failure } from '../../base/problem.ts';
import { compareVersion, damageOf } from '../../publish/publish.ts';
import { type FileSystem, kindAt } from '../../disk/fileSystem.ts';
import { type Repository, openRepository } from '../../disk/git.ts';
import { gitEnvironment } from '../../disk/runGit.ts';
import { printable, quoted } from '../../base/text.ts';
import type { Command, Terminal } from '../command.ts';
import { type Flag, type Given, flags, listFlag, switchFlag, textFlag } from '../flags.ts';
import { entryIn, packageFolder } from '../../base/package.ts';
import type { Place } from '../../project/options.ts';
import { type Project, openProject } from '../../project/openProject.ts';
import { homeFolder, projectFlags, projectOptions } from '../options.ts';
import { tagOf } from '../../project/versionTags.ts';

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
    flags: [version, ...projectFlags],
    async run(given, terminal) {
      const project = openProject(fs, projectOptions(fs, given, terminal));
      const wanted = textFlag(given, version);
      if (wanted === undefined) throw new Failure('--version is missing: name a released version');
      const repository = openRepository([project.schemaPath, project.rawPath]);
      const commit = repository.tag(tagOf(wanted));
      if (commit === undefined) throw new Failure(`there is no tag ${quoted(tagOf(wanted))}`);
      const published = placeBelow(project.options.dist, wanted);
      if (kindAt(fs, published.path) !== 'folder') throw new Failure(`there is no release at ${published.shown}`);
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
  const inClone = (at: string): string => path.join(clone, path.relative(repository.root, at));
  await installPackages(fs, clone, repository.root);
  const [program, ...first] = releaseProgram(fs, clone, repository.root);
  const { schema, raw, sources } = project.options;
  const args = [
    ...first,
    '--schema',
    inClone(schema.path),
    '--raw',
    inClone(raw.path),
    '--dist',
    path.join(folder, 'dist'),
    // the texts of the sources are not in git: those at hand serve the clone too
    ...(kindAt(fs, sources.path) === 'folder' ? ['--sources', sources.path] : []),
    ...[flags.layout, flags.key, flags.table].flatMap((flag) =>
      [...listFlag(given, flag), textFlag(given, flag)].flatMap((value) =>
        value === undefined ? [] : [`--${flag.name}`, value],
      ),
    ),
  ];
  const released = await untilSignal(quiet({ cwd: inClone(homeFolder(fs, terminal)) })`${program} ${args}`);
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

/** Gives a clone the packages that its lock file names: those at hand, where the lock file is the same. */
async function installPackages(fs: FileSystem, clone: string, root: string): Promise<void> {
  const lockOf = (folder: string): string | undefined => {
    const file = path.join(folder, 'package-lock.json');
    return kindAt(fs, file) === 'file' ? Buffer.from(fs.read(file, 1 << 26) ?? []).toString('utf8') : undefined;
  };
  const lock = lockOf(clone);
  if (lock === undefined) return;
  const installed = path.join(root, 'node_modules');
  if (lock === lockOf(root) && kindAt(fs, installed) === 'folder') {
    // a link is no folder to what `.gitignore` says of it, and the clone must be clean
    fs.append(path.join(clone, '.git/info/exclude'), '/node_modules\n');
    fs.link(installed, path.join(clone, 'node_modules'));
    return;
  }
  const { $ } = await import('zx');
  const npm = await untilSignal($({ ...ownGroup, cwd: clone })`npm ci --no-audit --no-fund --loglevel=error`);
  if (npm.exitCode !== 0) throw new Failure(`the packages of the tag cannot be installed: ${npm.stderr}`);
}

/** What releases in a clone: the toolkit that the clone is, or that it has installed, else this one. */
function releaseProgram(fs: FileSystem, clone: string, root: string): readonly [string, ...string[]] {
  if (path.relative(root, packageFolder) === '') return ['npm', '--prefix', clone, 'run', '--silent', 'release', '--'];
  const installed = path.join(clone, 'node_modules', 'demarche');
  return [process.execPath, entryIn(kindAt(fs, installed) === 'folder' ? installed : packageFolder), 'release'];
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
