import path from 'node:path';
import type { FileSystem } from '../../disk/fileSystem.ts';
import { count, printable } from '../../base/text.ts';
import { openProject } from '../../project/openProject.ts';
import { addRecords } from '../../verbs/addRecords.ts';
import type { Command } from '../command.ts';
import { type Flag, type Operand, flags, operandOf, switchFlag, textFlag } from '../flags.ts';
import { projectFlags, projectOptions } from '../options.ts';
import { listen } from '../reporters/listen.ts';

const file = {
  name: 'file',
  description:
    'a YAML file: a list of new records (table, id, values, document, quotes) and of quotes for others (record)',
} as const satisfies Operand;

const example = `- table: people
  id: anna-berg
  values: { name: Anna Berg, born: '1960' }
  quotes:
    - { quote: 'Anna Berg, born in 1960', supports: [/name, /born], source: gazette }
- record: carl-lind
  quotes:
    - { quote: 'Carl Lind', supports: /name, source: gazette }`;

const check = {
  name: 'check',
  description: 'write nothing: say what is wrong, or what would be written',
} as const satisfies Flag;

const documents = {
  name: 'documents',
  value: 'DIR',
  description:
    'trust the documents of this folder too, in addition to those in the folder of the file and in the sources',
} as const satisfies Flag;

/** `add`: writes new records and their evidence from one file. */
export function addCommand(fs: FileSystem): Command {
  return {
    name: 'add',
    summary:
      'Writes the records and quotes of a YAML file. If one has an error, it writes none. Problems are ' +
      'shown at their lines in the file.',
    operands: [file],
    example,
    flags: [check, documents, ...projectFlags],
    async run(given, terminal) {
      const { events, report, say, end } = listen('add', given, terminal);
      const shown = operandOf(given, file);
      const folder = textFlag(given, documents);
      const added = await addRecords(openProject(fs, projectOptions(fs, given, terminal)), {
        file: path.resolve(terminal.cwd, shown),
        shown,
        documents: folder === undefined ? undefined : path.resolve(terminal.cwd, folder),
        check: switchFlag(given, check),
      });
      for (const problem of added.problems) events.onProblem?.(problem);
      end();
      const wrong = report.errors();
      if (wrong === 0 && !switchFlag(given, flags.quiet))
        for (const each of added.files) terminal.err(`${added.written ? 'wrote' : 'would write'} ${printable(each)}\n`);
      say(wrong > 0 ? `${count(wrong, 'error')}; nothing is written` : summary(added.files.length, added.written));
      return wrong > 0 ? 1 : 0;
    },
  };
}

function summary(records: number, written: boolean): string {
  return written
    ? `${count(records, 'record')} written`
    : `${count(records, 'record')} without errors; nothing is written`;
}
