import { printable } from '../../base/text.ts';
import type { FileSystem } from '../../disk/fileSystem.ts';
import { openProject } from '../../project/openProject.ts';
import { type Removed, remove } from '../../verbs/removeRecord.ts';
import type { Command } from '../command.ts';
import { flags, operandOf, switchFlag } from '../flags.ts';
import { projectFlags, projectOptions } from '../options.ts';
import { recordOperand } from './cite.ts';

/** `remove`: deletes a record that was never published. */
export function removeCommand(fs: FileSystem): Command {
  return {
    name: 'remove',
    summary:
      'Deletes a record that no version has published and that no other record refers to. Otherwise it says which ' +
      'version or which records. The text of a source stays where it is.',
    operands: [recordOperand],
    flags: projectFlags,
    run(given, terminal) {
      const record = operandOf(given, recordOperand);
      const project = openProject(fs, projectOptions(fs, given, terminal));
      const made = remove(project, { record, from: terminal.cwd });
      if ('removed' in made && switchFlag(given, flags.quiet)) return 0;
      for (const line of linesOf(made, record)) terminal.err(`${printable(`remove: ${line}`)}\n`);
      return 'removed' in made ? 0 : 1;
    },
  };
}

function linesOf(made: Removed, record: string): readonly string[] {
  if ('removed' in made) return [`${made.removed} is deleted`];
  if ('referrers' in made)
    return made.referrers.map(({ file, pointer }) => `${file.shown}: ${pointer} refers to ${record}: change it first`);
  const instead = made.withdrawal === undefined ? '' : `: withdraw it under "${made.withdrawal}" instead`;
  return [`${record} is published in version ${made.version}${instead}`];
}
