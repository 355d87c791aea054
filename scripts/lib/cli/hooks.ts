import path from 'node:path';
import { Failure } from '../problem.ts';
import type { FileSystem } from '../read/fileSystem.ts';
import { openRepository } from '../read/git.ts';
import type { Command } from './command.ts';
import { flags, switchFlag } from './flags.ts';
import { packageFolder } from './project.ts';

const hook = `#!/bin/sh
# Written by \`npm run -s hooks\`: fixes and checks what is staged. \`git commit --no-verify\` goes round it.
exec node --import tsx scripts/staged.ts
`;

/** `hooks`: lets git fix and check what is staged before each commit. */
export function hooksCommand(fs: FileSystem): Command {
  return {
    name: 'hooks',
    summary: 'Installs a git hook that fixes and checks what is staged before each commit.',
    flags: [flags.quiet],
    run(given, terminal) {
      const repository = openRepository(packageFolder);
      if (repository === undefined) throw new Failure('there is no git repository here');
      const folder = repository.hooks();
      const file = path.join(folder, 'pre-commit');
      const before = readText(fs, file);
      if (before !== undefined && before !== hook && !before.includes('Written by `npm run -s hooks`'))
        throw new Failure(
          `${file} is there and was not written by this command: let it run \`node --import tsx scripts/staged.ts\`, or remove it`,
        );
      fs.makeFolder(folder);
      fs.write(file, hook);
      fs.setMode(file, 0o755);
      if (!switchFlag(given, flags.quiet))
        terminal.err(`hooks: ${path.relative(packageFolder, file)} fixes and checks what is staged\n`);
      return 0;
    },
  };
}

function readText(fs: FileSystem, file: string): string | undefined {
  try {
    return Buffer.from(fs.read(file, 1 << 20) ?? []).toString('utf8');
  } catch {
    return undefined;
  }
}
