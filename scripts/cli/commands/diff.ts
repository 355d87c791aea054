import { describeDifference } from '../../compare/describe.ts';
import { Failure } from '../../base/problem.ts';
import type { FileSystem } from '../../disk/fileSystem.ts';
import { count, printable } from '../../base/text.ts';
import type { Command } from '../command.ts';
import { type Flag, flags, formatFlag, switchFlag, textFlag } from '../flags.ts';
import { openProject } from '../../project/openProject.ts';
import { projectFlagsWith, projectOptions } from '../options.ts';
import { diff } from '../../verbs/diff.ts';

const base = {
  name: 'base',
  value: 'REF|DIR',
  description: 'what to compare with: a git commit, branch or tag, or the folder of a release',
} as const satisfies Flag;

const format = formatFlag(['text', 'json', 'markdown']);

/** `diff`: what has changed since a commit or a release, in the tables and in the records. */
export function diffCommand(fs: FileSystem): Command {
  return {
    name: 'diff',
    summary:
      'Shows what has changed since a commit or a release: tables, columns, codes, and records with their fields.',
    flags: [base, ...projectFlagsWith(format)],
    run(given, terminal) {
      const project = openProject(fs, projectOptions(fs, given, terminal));
      const name = textFlag(given, base);
      if (name === undefined)
        throw new Failure('--base is missing: name a commit, branch, tag, or the folder of a release');
      const difference = diff(project, {
        base: name,
        from: terminal.cwd,
        optionsIn: (tree) => projectOptions(fs, given, terminal, tree),
      });
      const chosen = textFlag(given, format);
      terminal.out(describeDifference(difference, chosen === 'json' || chosen === 'markdown' ? chosen : 'text'));
      if (!switchFlag(given, flags.quiet)) {
        const { schema, records } = difference;
        terminal.err(
          `diff: ${count(schema.length, 'change')} of the schemas, ${count(records.length, 'record')} ` +
            `changed since ${printable(difference.from)}\n`,
        );
      }
      return 0;
    },
  };
}
