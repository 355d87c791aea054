import path from 'node:path';
import type { FileSystem } from '../../disk/fileSystem.ts';
import { list } from '../../base/text.ts';
import { hooks } from '../../verbs/hooks.ts';
import type { Command } from '../command.ts';
import { flags, switchFlag } from '../flags.ts';
import { homeFolder, projectFlags } from '../options.ts';

/** `hooks`: makes git fix and check what is staged before each commit. */
export function hooksCommand(fs: FileSystem): Command {
  return {
    name: 'hooks',
    summary: 'Installs git hooks that fix and check what is staged before each commit and each merge.',
    flags: projectFlags,
    run(given, terminal) {
      const { folder, files } = hooks({ folder: homeFolder(fs, terminal), fs });
      if (!switchFlag(given, flags.quiet)) {
        const written = list(files.map((file) => path.relative(folder, file)));
        terminal.err(`hooks: ${written} fix and check what is staged\n`);
      }
      return 0;
    },
  };
}
