import type { FileSystem } from '../../disk/fileSystem.ts';
import { count, printable, quoted } from '../../base/text.ts';
import { Failure } from '../../base/problem.ts';
import type { Json } from '../../json/json.ts';
import { openProject } from '../../project/openProject.ts';
import { type SetField, setValues } from '../../verbs/setValues.ts';
import type { Command } from '../command.ts';
import { type Flag, type Operand, flags, listFlag, operandOf, operandsOf, switchFlag } from '../flags.ts';
import { projectFlags, projectOptions } from '../options.ts';
import { hintSentence } from '../reporters/hint.ts';
import { createReport } from '../reporters/problems.ts';
import { recordOperand } from './cite.ts';

const value = {
  name: 'path=value',
  description:
    'a value, or JSON for a list or an object, at a path with dots or a JSON Pointer; - after a list means ' +
    'its next element (names.-=Anna)',
  optional: true,
  many: true,
} as const satisfies Operand;

const remove = {
  name: 'remove',
  value: 'PATH',
  description: 'a field to remove, together with its evidence; can be repeated',
  many: true,
} as const satisfies Flag;

/** `set`: sets fields of a record. */
export function setCommand(fs: FileSystem): Command {
  return {
    name: 'set',
    summary:
      'Sets or removes fields of a record and writes it in canonical form. It writes nothing that the schema refuses. ' +
      'Other new errors, such as a reference to a record that does not exist, are listed: the record is written, and ' +
      'the exit status is 1.',
    operands: [recordOperand, value],
    flags: [remove, ...projectFlags],
    run(given, terminal) {
      const [set, removed] = [operandsOf(given, value), listFlag(given, remove)];
      if (set.length + removed.length === 0) throw new Failure('name a value as path=value, or a field with --remove');
      const project = openProject(fs, projectOptions(fs, given, terminal));
      const record = operandOf(given, recordOperand);
      const written = setValues(project, { record, set, remove: removed, from: terminal.cwd });
      const status = written.problems.some(({ severity }) => severity === 'error') ? 1 : 0;
      if (switchFlag(given, flags.quiet)) return status;
      for (const field of written.fields) terminal.err(`${printable(`set: ${written.file}: ${lineOf(field)}`)}\n`);
      const report = createReport();
      for (const problem of written.problems) report.add(problem);
      terminal.err(report.print('text', terminal.coloured));
      if (written.fields.some(({ spans, after }) => spans > 0 && after !== undefined)) {
        const next = {
          verb: 'trace',
          arguments: [written.name],
          before: 'check that its evidence still supports it: ',
        };
        terminal.err(`${printable(`set: ${hintSentence(next)}`)}\n`);
      }
      return status;
    },
  };
}

function lineOf({ pointer, before, after, spans }: SetField): string {
  if (after === undefined) return `${pointer} removed, was ${show(before)}`;
  const was = before === undefined ? '' : `, was ${show(before)}`;
  return `${pointer} is ${show(after)}${was}${spans === 0 ? '' : `; ${count(spans, 'span')} of evidence for it`}`;
}

function show(shown: Json | undefined): string {
  if (shown === undefined) return 'nothing';
  return typeof shown === 'string' ? quoted(shown) : JSON.stringify(shown);
}
