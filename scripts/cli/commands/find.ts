import type { FileSystem } from '../../disk/fileSystem.ts';
import { count, printable } from '../../base/text.ts';
import { openProject } from '../../project/openProject.ts';
import { type Found, find } from '../../verbs/find.ts';
import type { Command } from '../command.ts';
import { type Operand, flags, formatFlag, operandsOf, switchFlag, textFlag } from '../flags.ts';
import { projectFlagsWith, projectOptions } from '../options.ts';

const words = {
  name: 'words',
  description: 'words to search for: all of them, in any order, ignoring case and accents',
  many: true,
} as const satisfies Operand;

const format = formatFlag(['text', 'json']);

/** `find`: searches records and documents for words. */
export function findCommand(fs: FileSystem): Command {
  return {
    name: 'find',
    summary:
      'Searches the identifiers and texts of all records and the available documents for words, and names the records.',
    operands: [words],
    flags: [...projectFlagsWith(format)],
    run(given, terminal) {
      const project = openProject(fs, projectOptions(fs, given, terminal));
      const { found, more } = find(project, { words: operandsOf(given, words) });
      const line = textFlag(given, format) === 'json' ? jsonOf : lineOf;
      terminal.out(found.map((each) => `${printable(line(each))}\n`).join(''));
      if (!switchFlag(given, flags.quiet)) {
        const left = more === 0 ? '' : `, the likeliest ${found.length} printed: add a word for fewer`;
        terminal.err(`find: ${count(found.length + more, 'text')}${left}\n`);
      }
      return found.length === 0 ? 1 : 0;
    },
  };
}

function lineOf({ name, pointer, start, text }: Found): string {
  return pointer === undefined ? `${name} at ${start ?? 0}: “${text}”` : `${name} ${pointer}: ${text}`;
}

function jsonOf({ name, file, pointer, start, text }: Found): string {
  return JSON.stringify({ record: name, file, pointer: pointer ?? null, start: start ?? null, text });
}
