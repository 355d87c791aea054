import path from 'node:path';
import { replaceFile } from '../disk/replace.ts';
import { Failure } from '../base/problem.ts';
import { type FileSystem, nodeFileSystem } from '../disk/fileSystem.ts';
import { openRepository } from '../disk/git.ts';
import { shellWord } from '../base/text.ts';
import { entryIn, packageFolder } from '../base/package.ts';
import { configFolder } from '../project/config.ts';

/** Where to install the hooks. */
export interface HooksOptions {
  /** The folder of the dataset, or one below it. */
  readonly folder: string;
  /** The file system to read and write; that of this computer by default. */
  readonly fs?: FileSystem | undefined;
}

/** The hooks that were installed. */
export interface InstalledHooks {
  /** The top of the dataset, where the hooks run. Absolute path. */
  readonly folder: string;
  /** Absolute paths. */
  readonly files: readonly string[];
}

/** How to start the toolkit from the top of a dataset, and the path of its file in the first work tree. */
interface Program {
  readonly command: string;
  readonly entry: string;
}

/**
 * Git gives a hook the paths of the repository relative to the top of the work tree, but does not say where that is. A
 * linked work tree may have no packages installed: then those of the first work tree are used.
 */
const hook = (below: string, { command, entry }: Program): string => `#!/bin/sh
# Written by \`npx demarche hooks\`: fixes and checks what is staged. \`git commit --no-verify\` skips it.
if [ -n "$GIT_DIR" ]; then
  GIT_DIR=$(git rev-parse --absolute-git-dir) GIT_WORK_TREE=$PWD
  export GIT_DIR GIT_WORK_TREE
fi
case $GIT_INDEX_FILE in
  '' | /* | ?:*) ;;
  *) GIT_INDEX_FILE=$PWD/$GIT_INDEX_FILE; export GIT_INDEX_FILE ;;
esac
if ! command -v node >/dev/null 2>&1; then
  echo 'demarche: this hook needs Node.js, and there is no node on the PATH of git.' >&2
  echo 'demarche: commit from a terminal in which "node --version" works, or skip the hook with --no-verify.' >&2
  exit 1
fi
first=$(cd "$(git rev-parse --git-common-dir)/.." 2>/dev/null && pwd)
cd ${shellWord(below)} || exit 1
if [ ! -d node_modules ] && [ -f "$first/"${shellWord(`${below}/${entry}`)} ]; then
  exec node "$first/"${shellWord(`${below}/${entry}`)} staged
fi
exec ${command} staged
`;

/** Git runs these before a commit, and before a merge without conflicts. */
const names = ['pre-commit', 'pre-merge-commit'] as const;

/**
 * Makes git fix and check what is staged before each commit and each merge: installs two hooks that run `staged`.
 * Replaces hooks that it has written before.
 * @throws Failure outside git, if another hook exists, or if several repositories share their hooks
 */
export function hooks({ folder, fs = nodeFileSystem() }: HooksOptions): InstalledHooks {
  const cwd = path.resolve(folder);
  const home = configFolder(fs, cwd) ?? cwd;
  const repository = openRepository([home]);
  const program = programIn(home);
  const hooksFolder = repository.hooks();
  if (hooksFolder === undefined)
    throw new Failure(
      'core.hooksPath of git points to a folder that other repositories share: make its pre-commit run ' +
        `\`${program.command} staged\`, or give this repository a folder of its own with \`git config ` +
        `core.hooksPath .git/hooks\``,
    );
  const files = names.map((name) => path.join(hooksFolder, name));
  const foreign = files.find((file) => !isOwn(fs, file));
  if (foreign !== undefined)
    throw new Failure(
      `${foreign} exists and was not written by this command: make it run \`${program.command} staged\`, or remove it`,
    );
  fs.makeFolder(hooksFolder);
  const below = path.relative(fs.realPath(repository.root), fs.realPath(home)).split(path.sep).join('/');
  for (const file of files)
    replaceFile(fs, file, hook(below === '' ? '.' : below, program), { inside: hooksFolder, mode: 0o755 });
  return { folder: home, files };
}

/** Whether a hook is missing, or was written by `hooks`. */
function isOwn(fs: FileSystem, file: string): boolean {
  const before = readText(fs, file);
  return before === undefined || /Written by `(?:npx demarche|npm run -s) hooks`/.test(before);
}

/**
 * How to run the toolkit from the top of a dataset: from its checkout if it is in there, else from the installed
 * package.
 */
function programIn(home: string): Program {
  const below = path.relative(home, entryIn(packageFolder)).split(path.sep);
  const isInside = !below.includes('..') && !below.includes('node_modules');
  return isInside
    ? { command: `node ${shellWord(below.join('/'))}`, entry: below.join('/') }
    : { command: 'npx --no-install demarche', entry: 'node_modules/demarche/scripts/run.mjs' };
}

function readText(fs: FileSystem, file: string): string | undefined {
  try {
    return Buffer.from(fs.read(file, 1 << 20) ?? []).toString('utf8');
  } catch {
    return undefined;
  }
}
