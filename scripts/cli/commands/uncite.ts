import type { FileSystem } from '../../disk/fileSystem.ts';
import { list, printable } from '../../base/text.ts';
import { openProject } from '../../project/openProject.ts';
import { uncite } from '../../verbs/uncite.ts';
import type { Command } from '../command.ts';
import { type Flag, type Operand, flags, operandOf, switchFlag, textFlag } from '../flags.ts';
import { projectFlags, projectOptions } from '../options.ts';
import { recordOperand } from './cite.ts';

const span = {
  name: 'span',
  description:
    'the span: source and offset as trace shows them ("gazette 10"), its number in the list, or some of its words',
} as const satisfies Operand;

const supports = {
  name: 'supports',
  value: 'POINTERS',
  description: 'the fields that it no longer supports, separated by commas (all)',
} as const satisfies Flag;

/** `uncite`: removes a span of evidence. */
export function unciteCommand(fs: FileSystem): Command {
  return {
    name: 'uncite',
    summary: 'Removes a span of evidence from a record, or some of what it supports.',
    operands: [recordOperand, span],
    flags: [supports, ...projectFlags],
    run(given, terminal) {
      const fields = textFlag(given, supports)
        ?.split(',')
        .map((field) => field.trim());
      const removed = uncite(openProject(fs, projectOptions(fs, given, terminal)), {
        record: operandOf(given, recordOperand),
        span: operandOf(given, span),
        ...(fields === undefined ? {} : { supports: fields }),
        from: terminal.cwd,
      });
      if (switchFlag(given, flags.quiet)) return 0;
      const { file, span: of, gone, lacking } = removed;
      const what = gone ? 'is removed' : `no longer supports ${list(removed.supports)}`;
      const left = lacking.length === 0 ? '' : `; without evidence now: ${list(lacking)}`;
      terminal.err(`${printable(`uncite: ${file}: ${of.source} ${of.start} to ${of.end} ${what}${left}`)}\n`);
      return 0;
    },
  };
}
