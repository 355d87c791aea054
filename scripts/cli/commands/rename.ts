import { count, printable } from '../../base/text.ts';
import type { FileSystem } from '../../disk/fileSystem.ts';
import { openProject } from '../../project/openProject.ts';
import { rename } from '../../verbs/renameRecord.ts';
import type { Command } from '../command.ts';
import { type Operand, flags, operandOf, switchFlag } from '../flags.ts';
import { projectFlags, projectOptions } from '../options.ts';
import { recordOperand } from './cite.ts';

const to = {
  name: 'identifier',
  description: 'its other identifier',
} as const satisfies Operand;

/** `rename`: gives a record that is not committed yet another identifier. */
export function renameCommand(fs: FileSystem): Command {
  return {
    name: 'rename',
    summary:
      'Gives a record that no commit holds another identifier, and changes every reference to it. Once a commit holds ' +
      'a record, its identifier never changes.',
    operands: [recordOperand, to],
    flags: projectFlags,
    run(given, terminal) {
      const record = operandOf(given, recordOperand);
      const project = openProject(fs, projectOptions(fs, given, terminal));
      const made = rename(project, { record, to: operandOf(given, to), from: terminal.cwd });
      if ('commit' in made) {
        const why = `commit ${made.commit.slice(0, 12)} holds it, so its identifier never changes`;
        terminal.err(`${printable(`rename: ${record}: ${why}`)}\n`);
        return 1;
      }
      if (switchFlag(given, flags.quiet)) return 0;
      const { renamed, referrers } = made;
      for (const { file, pointer } of referrers)
        terminal.err(`${printable(`rename: ${file.shown}: ${pointer} is ${made.id}`)}\n`);
      terminal.err(`${printable(`rename: ${renamed}, ${count(referrers.length, 'reference')} changed`)}\n`);
      return 0;
    },
  };
}
