import path from 'node:path';
import { Failure } from '../../base/problem.ts';
import type { FileSystem } from '../../disk/fileSystem.ts';
import { list, printable, printableLines, quoted } from '../../base/text.ts';
import type { Command, Terminal } from '../command.ts';
import { type Flag, type Given, type Operand, flags, operandOf, switchFlag, textFlag } from '../flags.ts';
import { openProject } from '../../project/openProject.ts';
import { projectFlags, projectOptions } from '../options.ts';
import { cite } from '../../verbs/cite.ts';

export const recordOperand = {
  name: 'record',
  description: 'the record: its identifier, table/identifier, or the path of its file',
} as const satisfies Operand;

const sourceFlag = {
  name: 'source',
  value: 'ID',
  description: 'the source document; the only one that holds the quote, where none is named',
} as const satisfies Flag;
const quoteFlag = {
  name: 'quote',
  value: 'TEXT',
  description: 'the words of the source; - reads them from standard input',
} as const satisfies Flag;
const quoteFileFlag = {
  name: 'quote-file',
  value: 'FILE',
  description: 'a file that holds the words',
} as const satisfies Flag;
const supportsFlag = {
  name: 'supports',
  value: 'POINTERS',
  description: 'the fields that the words support: JSON Pointers, parted by commas',
} as const satisfies Flag;
const atFlag = {
  name: 'at',
  value: 'OFFSET',
  description: 'where the words begin, in code points, where they stand more than once',
} as const satisfies Flag;

/** `cite`: finds quoted words in a source document and writes them into a record as a span. */
export function citeCommand(fs: FileSystem): Command {
  return {
    name: 'cite',
    summary:
      'Finds words of a source document and adds them to a record as evidence: offsets, digest, first and last words. White space, quote marks and dashes of every kind are taken for one another; upper and lower case are not.',
    operand: recordOperand,
    flags: [sourceFlag, quoteFlag, quoteFileFlag, supportsFlag, atFlag, ...projectFlags],
    run(given, terminal) {
      const cited = cite(openProject(fs, projectOptions(fs, given, terminal)), {
        record: operandOf(given, recordOperand),
        quote: quotationOf(fs, given, terminal),
        supports: (textFlag(given, supportsFlag) ?? '').split(',').map((pointer) => pointer.trim()),
        source: textFlag(given, sourceFlag),
        at: offsetOf(given),
        from: terminal.cwd,
      });
      if ('refusal' in cited) {
        terminal.out(`${printableLines(cited.refusal)}\n`);
        return 1;
      }
      const { file, span, supports, joined } = cited;
      const way = joined ? 'joined to a span that was there' : 'a new span';
      const line = `cite: ${file}: ${span.source} ${span.start} to ${span.end} supports ${list(supports)}; ${way}`;
      if (!switchFlag(given, flags.quiet)) terminal.err(`${printable(line)}\n`);
      return 0;
    },
  };
}

function offsetOf(given: Given): number | undefined {
  const offset = textFlag(given, atFlag);
  if (offset !== undefined && !/^\d{1,15}$/.test(offset))
    throw new Failure(`--at takes an offset, not ${quoted(offset)}`);
  return offset === undefined ? undefined : Number(offset);
}

function quotationOf(fs: FileSystem, given: Given, terminal: Terminal): string {
  const text = textFlag(given, quoteFlag);
  const file = textFlag(given, quoteFileFlag);
  if ((text === undefined) === (file === undefined))
    throw new Failure('the quote is missing: give --quote or --quote-file');
  const words =
    file === undefined
      ? text === '-'
        ? terminal.stdin()
        : text
      : Buffer.from(fs.read(path.resolve(terminal.cwd, file), 1 << 20) ?? []).toString('utf8');
  if (words === undefined || words.trim() === '') throw new Failure('the quote is empty');
  return words;
}
