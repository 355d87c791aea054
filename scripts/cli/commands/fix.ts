import type { FileSystem } from '../../disk/fileSystem.ts';
import { count, printable } from '../../base/text.ts';
import type { Command } from '../command.ts';
import { flags, switchFlag } from '../flags.ts';
import { openProject } from '../../project/openProject.ts';
import { projectFlags, projectOptions } from '../options.ts';
import { createReport } from '../reporters/problems.ts';
import { type Fixed, fix } from '../../verbs/fix.ts';
import { formatOf } from '../reporters/listen.ts';

const check = { name: 'check', description: 'write nothing; exit 1 if a file would be written' } as const;

/** `fix`: writes every record in the layout that `validate` requires, and completes its spans. */
export function fixCommand(fs: FileSystem): Command {
  return {
    name: 'fix',
    summary:
      'Rewrites records in canonical form, and completes spans of evidence if the source is available: ' +
      'write `begins` and `ends`, or `start` and `end`, and it fills in the rest.',
    flags: [check, ...projectFlags],
    async run(given, terminal) {
      const project = openProject(fs, projectOptions(fs, given, terminal));
      const dry = switchFlag(given, check);
      const quiet = switchFlag(given, flags.quiet);
      const report = createReport();
      const fixed = await fix(
        project,
        { check: dry },
        {
          onProblem: report.add,
          onWritten(file) {
            if (!quiet) terminal.err(`${dry ? 'would rewrite' : 'rewrote'} ${printable(file)}\n`);
          },
          onLink(file) {
            terminal.err(`left ${printable(file)} as it is: it is a link, and fix does not write through links\n`);
          },
        },
      );
      terminal.out(report.print(formatOf(given), terminal.coloured));
      if (!quiet) terminal.err(`fix: ${summarize(fixed, dry)}\n`);
      const left = fixed.links.length > 0 || report.errors() > 0;
      return (dry && fixed.changed.length > 0) || left ? 1 : 0;
    },
  };
}

function summarize({ files, changed, links, readOnly, refused, incomplete }: Fixed, dry: boolean): string {
  const parts = [`${count(files, 'file')}, ${changed.length} ${dry ? 'to rewrite' : 'rewritten'}`];
  if (incomplete > 0) parts.push(`${count(incomplete, 'span')} incomplete`);
  if (links.length > 0) parts.push(`${count(links.length, 'link')} to replace with the file itself`);
  if (readOnly.length > 0) parts.push(`${count(readOnly.length, 'file')} left unchanged, because only JSON is written`);
  if (refused.length > 0)
    parts.push(`${count(refused.length, 'file')} left unchanged, because a rewrite could lose data: run validate`);
  return parts.join('; ');
}
