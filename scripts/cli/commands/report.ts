import path from 'node:path';
import { renderReport } from '../../comment/render.mjs';
import { Failure } from '../../base/problem.ts';
import type { FileSystem } from '../../disk/fileSystem.ts';
import { count, printable } from '../../base/text.ts';
import type { Command } from '../command.ts';
import { type Flag, flags, formatFlag, switchFlag, textFlag } from '../flags.ts';
import { openProject } from '../../project/openProject.ts';
import { projectFlagsWith, projectOptions } from '../options.ts';
import { report } from '../../verbs/report.ts';

const base = {
  name: 'base',
  value: 'REF',
  description: 'the commit, branch or tag that the change started from',
} as const satisfies Flag;

const format = formatFlag(['markdown', 'json']);

const summary = {
  name: 'summary',
  value: 'FILE',
  description: 'append the report to a file, in Markdown',
} as const satisfies Flag;

/** `report`: shows what a change does to the data, for a reviewer. */
export function reportCommand(fs: FileSystem): Command {
  return {
    name: 'report',
    summary:
      'Shows a reviewer what a change does: counts, the smallest version that fits, broken references, samples with ' +
      'their evidence, and, if the samples are not all, every change in a fold. It always fits into a comment on a ' +
      'pull request.',
    flags: [base, ...projectFlagsWith(format), summary],
    run(given, terminal) {
      const project = openProject(fs, projectOptions(fs, given, terminal));
      const name = textFlag(given, base);
      if (name === undefined) throw new Failure('--base is missing: name a commit, branch or tag');
      const made = report(project, {
        base: name,
        optionsIn: (tree) => projectOptions(fs, given, terminal, tree),
      });
      const markdown = renderReport(made.report);
      const file = textFlag(given, summary);
      if (file !== undefined) fs.append(path.resolve(terminal.cwd, file), markdown);
      terminal.out(textFlag(given, format) === 'json' ? `${printable(JSON.stringify(made.report))}\n` : markdown);
      if (!switchFlag(given, flags.quiet))
        terminal.err(
          `report: ${count(made.difference.records.length, 'record')} changed since ${made.commit.slice(0, 12)}\n`,
        );
      return 0;
    },
  };
}
