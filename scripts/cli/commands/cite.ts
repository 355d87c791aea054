import { worded } from '../../base/sentence.ts';
import path from 'node:path';
import { Failure } from '../../base/problem.ts';
import type { FileSystem } from '../../disk/fileSystem.ts';
import { count, list, printable, printableLines, quoted } from '../../base/text.ts';
import type { Command, Terminal } from '../command.ts';
import {
  type Flag,
  type Given,
  type Operand,
  flagOf,
  flags,
  listFlag,
  operandOf,
  switchFlag,
  textFlag,
} from '../flags.ts';
import { openProject } from '../../project/openProject.ts';
import { projectFlags, projectOptions } from '../options.ts';
import { type Cited, citeAll } from '../../verbs/cite.ts';
import type { Quote } from '../../verbs/quotes.ts';

export const recordOperand = {
  name: 'record',
  description: 'the record: its identifier, table/identifier, or the path of its file',
} as const satisfies Operand;

const sourceFlag = {
  name: 'source',
  value: 'ID',
  description: 'the source document (the only one that contains the quote)',
  many: true,
} as const satisfies Flag;
const quoteFlag = {
  name: 'quote',
  value: 'TEXT',
  description: 'the words of the source; - reads them from standard input; can be repeated, each with its --supports',
  many: true,
} as const satisfies Flag;
const quoteFileFlag = {
  name: 'quote-file',
  value: 'FILE',
  description: 'a file that holds the words',
} as const satisfies Flag;
const supportsFlag = {
  name: 'supports',
  value: 'POINTERS',
  description: 'the fields that the words support: JSON Pointers, separated by commas; /name can be written name',
  many: true,
} as const satisfies Flag;
const atFlag = {
  name: 'at',
  value: 'OFFSET',
  description: 'where the words begin, in code points, if they occur more than once',
} as const satisfies Flag;

/** `cite`: finds quoted words in a source document and writes them into a record as a span. */
export function citeCommand(fs: FileSystem): Command {
  return {
    name: 'cite',
    summary:
      'Finds words of a source document and adds them to a record as evidence: offsets, digest, first and ' +
      'last words. All kinds of white space, quote marks and dashes count as equal; upper and lower case ' +
      'do not. It writes all quotes or none.',
    operands: [recordOperand],
    flags: [sourceFlag, quoteFlag, quoteFileFlag, supportsFlag, atFlag, ...projectFlags],
    run(given, terminal) {
      const project = openProject(fs, projectOptions(fs, given, terminal));
      const record = { record: operandOf(given, recordOperand), from: terminal.cwd };
      const cited = citeAll(project, record, quotesOf(fs, given, terminal));
      if ('refusal' in cited) {
        terminal.out(`${printableLines(worded(cited.words, flagOf))}\n`);
        return 1;
      }
      if (!switchFlag(given, flags.quiet)) for (const each of cited) terminal.err(`${printable(lineOf(each))}\n`);
      return 0;
    },
  };
}

function lineOf({ file, span, supports, joined }: Cited): string {
  const way = joined ? 'added to an existing span' : 'a new span';
  return `cite: ${file}: ${span.source} ${span.start} to ${span.end} supports ${list(supports)}; ${way}`;
}

/** The quotes, each with the flags at the same position; a flag that is given once applies to all. */
function quotesOf(fs: FileSystem, given: Given, terminal: Terminal): readonly Quote[] {
  const words = quotationsOf(fs, given, terminal);
  const supports = listFlag(given, supportsFlag);
  const sources = listFlag(given, sourceFlag);
  const at = offsetOf(given);
  if (at !== undefined && words.length > 1) throw new Failure('--at works with one quote only');
  for (const [name, values] of [
    ['supports', supports],
    ['source', sources],
  ] as const)
    if (values.length > 1 && values.length !== words.length)
      throw new Failure(
        `--${name} is given ${values.length} times for ${count(words.length, 'quote')}: give it once, or once for each`,
      );
  if (supports.length === 0) throw new Failure('--supports is missing: name the fields that the words support');
  return words.map((quote, i) => ({
    quote,
    supports: (supports.length === 1 ? supports[0] : supports[i])?.split(',').map((field) => field.trim()) ?? [],
    source: sources.length === 1 ? sources[0] : sources[i],
    at,
  }));
}

function offsetOf(given: Given): number | undefined {
  const offset = textFlag(given, atFlag);
  if (offset !== undefined && !/^\d{1,15}$/.test(offset))
    throw new Failure(`--at takes an offset, not ${quoted(offset)}`);
  return offset === undefined ? undefined : Number(offset);
}

function quotationsOf(fs: FileSystem, given: Given, terminal: Terminal): readonly string[] {
  const texts = listFlag(given, quoteFlag);
  const file = textFlag(given, quoteFileFlag);
  if ((texts.length === 0) === (file === undefined))
    throw new Failure('the quote is missing: give --quote or --quote-file');
  const words =
    file === undefined
      ? texts.map((text) => (text === '-' ? terminal.stdin() : text))
      : [Buffer.from(fs.read(path.resolve(terminal.cwd, file), 1 << 20) ?? []).toString('utf8')];
  if (words.some((each) => each.trim() === '')) throw new Failure('the quote is empty');
  return words;
}
