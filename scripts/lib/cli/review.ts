import { compareEditions } from '../compare/difference.ts';
import { reviewReport } from '../compare/report.ts';
import { Failure } from '../problem.ts';
import type { FileSystem } from '../read/fileSystem.ts';
import { openRepository } from '../read/git.ts';
import { count } from '../text.ts';
import type { Command } from './command.ts';
import { editionsSince } from './editions.ts';
import { type Flag, flags, switchFlag, textFlag } from './flags.ts';
import { commonFlags, openProject, readingFlags } from './project.ts';
import { vanishedRecords } from './vanished.ts';

const base = {
  name: 'base',
  value: 'REF',
  description: 'the commit, branch or tag from which the change has left',
} as const satisfies Flag;

/** `report`: what a change does to the data, as a reviewer wants to read it. */
export function reportCommand(fs: FileSystem): Command {
  return {
    name: 'report',
    summary:
      'Tells a reviewer in Markdown what a change does: counts, the least bump of the version, samples with their evidence, and every change folded. Never more than a comment holds.',
    flags: [base, ...commonFlags, ...readingFlags],
    run(given, terminal) {
      const project = openProject(fs, given, terminal);
      const name = textFlag(given, base);
      if (name === undefined) throw new Failure('--base is missing: name a commit, branch or tag');
      const repository = openRepository(project.rawPath);
      if (repository === undefined) throw new Failure('there is no git repository here');
      const commit = repository.mergeBase(name, 'HEAD');
      const { before, after } = editionsSince(fs, project, repository, commit, given, terminal);
      const difference = compareEditions(before, after);
      const gone = vanishedRecords(before, after, project, commit.slice(0, 12));
      const warning =
        gone.length === 0
          ? ''
          : `> ${count(gone.length, 'record')} that stood before ${gone.length === 1 ? 'is' : 'are'} gone. Once published, a record is withdrawn in spot instead.\n\n`;
      terminal.out(warning + reviewReport(difference, after));
      if (!switchFlag(given, flags.quiet))
        terminal.err(`report: ${count(difference.records.length, 'record')} changed since ${commit.slice(0, 12)}\n`);
      return 0;
    },
  };
}
