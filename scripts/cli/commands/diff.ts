import { compareEditions } from '../../compare/difference.ts';
import type { Difference } from '../../compare/difference.ts';
import { describeDifference } from '../../compare/describe.ts';
import { Failure } from '../../base/problem.ts';
import type { FileSystem } from '../../disk/fileSystem.ts';
import { findRepository } from '../../disk/git.ts';
import { printable, quoted } from '../../base/text.ts';
import type { Command, Terminal } from '../command.ts';
import { editionsAgainst, editionsSince, releaseAt } from '../../project/editions.ts';
import { type Flag, type Given, flags, switchFlag, textFlag } from '../flags.ts';
import { type Project, openProject } from '../../project/openProject.ts';
import { folderAt, projectFlags, projectOptions } from '../options.ts';

const base = {
  name: 'base',
  value: 'REF|DIR',
  description: 'what to compare with: a git commit, branch or tag, or the folder of a release',
} as const satisfies Flag;

const format = {
  name: 'format',
  value: 'text|json|markdown',
  description: 'form in which the difference is printed (text)',
  oneOf: ['text', 'json', 'markdown'],
} as const satisfies Flag;

/** `diff`: what has changed since a commit or a release, in the tables and in the records. */
export function diffCommand(fs: FileSystem): Command {
  return {
    name: 'diff',
    summary:
      'Tells what has changed since a commit or a release: tables, columns, codes, and records with their fields.',
    flags: [base, ...projectFlags.filter((flag) => flag.name !== format.name), format],
    run(given, terminal) {
      const project = openProject(fs, projectOptions(fs, given, terminal));
      const difference = differenceFrom(fs, project, given, terminal);
      const chosen = textFlag(given, format);
      terminal.out(describeDifference(difference, chosen === 'json' || chosen === 'markdown' ? chosen : 'text'));
      if (!switchFlag(given, flags.quiet)) {
        const { schema, records } = difference;
        terminal.err(
          `diff: ${schema.length} changes of the schemas, ${records.length} records changed since ${printable(difference.from)}\n`,
        );
      }
      return 0;
    },
  };
}

/** The difference of the project from what `--base` names. @throws Failure where that is nothing */
function differenceFrom(fs: FileSystem, project: Project, given: Given, terminal: Terminal): Difference {
  const name = textFlag(given, base);
  if (name === undefined)
    throw new Failure('--base is missing: name a commit, branch, tag, or the folder of a release');
  const folder = folderAt(terminal, terminal.cwd, name, '.');
  const release = releaseAt(fs, folder.path, folder.shown);
  if (release !== undefined) {
    const { before, after } = editionsAgainst(fs, project, release);
    return compareEditions(before, after);
  }
  const repository = findRepository([project.schemaPath, project.rawPath]);
  if ('why' in repository) throw new Failure(`${quoted(name)} is no folder of a release, and ${repository.why}`);
  const { before, after } = editionsSince(fs, project, repository, repository.commit(name), (tree) =>
    projectOptions(fs, given, terminal, tree),
  );
  return compareEditions(before, after);
}
