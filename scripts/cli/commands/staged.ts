import type { FileSystem } from '../../disk/fileSystem.ts';
import { printable } from '../../base/text.ts';
import { staged } from '../../verbs/staged.ts';
import type { Command } from '../command.ts';
import { flags, switchFlag } from '../flags.ts';
import { projectFlags, projectSettings } from '../options.ts';
import { describeChecked } from '../reporters/checked.ts';
import { listen, statusOf } from '../reporters/listen.ts';

/** `staged`: fixes and checks what the next commit will contain. What is not staged is neither read nor written. */
export function stagedCommand(fs: FileSystem): Command {
  return {
    name: 'staged',
    summary:
      'Fixes the layout of what is staged in git and checks what the staged change may have broken. What ' +
      'is not staged is left alone. The hook that `hooks` installs runs it before each commit.',
    flags: projectFlags,
    async run(given, terminal) {
      const { events, report, say, end } = listen('staged', given, terminal);
      const onFixed = (file: string): void => {
        if (!switchFlag(given, flags.quiet)) terminal.err(`staged ${printable(file)} in canonical form\n`);
      };
      const found = await staged(projectSettings(fs, given, terminal), { ...events, onFixed });
      if (found === undefined) return 0;
      end();
      say(describeChecked(found, report));
      if (!found.passed) {
        // a correction on the disk is not in the commit yet
        say('the staged version was checked: fix it, `git add` it, and commit again');
        for (const file of found.differing)
          say(`${printable(file)} differs from what is staged: \`git add\` it if you have fixed it`);
      }
      if (found.nothingLeft) {
        say('after the fix, what is staged equals the last commit: there is nothing to commit');
        return 1;
      }
      return statusOf(found);
    },
  };
}
