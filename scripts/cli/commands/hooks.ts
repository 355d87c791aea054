import path from 'node:path';
import { replaceFile } from '../../disk/replace.ts';
import { Failure } from '../../base/problem.ts';
import type { FileSystem } from '../../disk/fileSystem.ts';
import { openRepository } from '../../disk/git.ts';
import { shellWord } from '../../base/text.ts';
import type { Command } from '../command.ts';
import { flags, switchFlag } from '../flags.ts';
import { entryIn, packageFolder } from '../../base/package.ts';
import { homeFolder, projectFlags } from '../options.ts';

/** Git gives a hook its own place of the repository, as seen from the top of the work tree, but does not say that this is the top. */
const hook = (below: string, program: string): string => `#!/bin/sh
# Written by \`npx demarche hooks\`: fixes and checks what is staged. \`git commit --no-verify\` goes round it.
if [ -n "$GIT_DIR" ]; then
  GIT_DIR=$(git rev-parse --absolute-git-dir) GIT_WORK_TREE=$PWD
  export GIT_DIR GIT_WORK_TREE
fi
case $GIT_INDEX_FILE in
  '' | /* | ?:*) ;;
  *) GIT_INDEX_FILE=$PWD/$GIT_INDEX_FILE; export GIT_INDEX_FILE ;;
esac
cd ${shellWord(below)} || exit 1
exec ${program} staged
`;

/** `hooks`: lets git fix and check what is staged before each commit. */
export function hooksCommand(fs: FileSystem): Command {
  return {
    name: 'hooks',
    summary: 'Installs a git hook that fixes and checks what is staged before each commit.',
    flags: projectFlags,
    run(given, terminal) {
      const home = homeFolder(fs, terminal);
      const repository = openRepository([home]);
      const program = programIn(home);
      const folder = repository.hooks();
      if (folder === undefined)
        throw new Failure(
          `core.hooksPath of git leads to a folder that other repositories share: let its pre-commit run \`${program} staged\`, or give this repository a folder of its own with \`git config core.hooksPath .git/hooks\``,
        );
      const file = path.join(folder, 'pre-commit');
      const before = readText(fs, file);
      if (before !== undefined && !/Written by `(?:npx demarche|npm run -s) hooks`/.test(before))
        throw new Failure(
          `${file} is there and was not written by this command: let it run \`${program} staged\`, or remove it`,
        );
      fs.makeFolder(folder);
      const below = path.relative(fs.realPath(repository.root), fs.realPath(home)).split(path.sep).join('/');
      replaceFile(fs, file, hook(below === '' ? '.' : below, program), { inside: folder, mode: 0o755 });
      if (!switchFlag(given, flags.quiet))
        terminal.err(`hooks: ${path.relative(home, file)} fixes and checks what is staged\n`);
      return 0;
    },
  };
}

/** What runs the toolkit from the top of a dataset: the toolkit itself where it is in there, else the package installed. */
function programIn(home: string): string {
  const below = path.relative(home, entryIn(packageFolder)).split(path.sep);
  const isOwn = !below.includes('..') && !below.includes('node_modules');
  return isOwn ? `node ${shellWord(below.join('/'))}` : 'npx --no-install demarche';
}

function readText(fs: FileSystem, file: string): string | undefined {
  try {
    return Buffer.from(fs.read(file, 1 << 20) ?? []).toString('utf8');
  } catch {
    return undefined;
  }
}
