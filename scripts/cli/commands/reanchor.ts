import { worded } from '../../base/sentence.ts';
import { Failure } from '../../base/problem.ts';
import type { FileSystem } from '../../disk/fileSystem.ts';
import { count, list, printable, quoted } from '../../base/text.ts';
import type { Command } from '../command.ts';
import { type Flag, type Operand, flags, listFlag, flagOf, operandOf, switchFlag } from '../flags.ts';
import { openProject } from '../../project/openProject.ts';
import { projectFlags, projectOptions } from '../options.ts';
import { type Reanchored, type SourceRange, reanchor } from '../../verbs/reanchor.ts';

const sourceOperand = {
  name: 'source',
  description: 'identifier of the source whose text has been corrected',
} as const satisfies Operand;
const partial = {
  name: 'partial',
  description: 'write the spans that can be moved, even if others cannot',
} as const satisfies Flag;
const rangeFlag = {
  name: 'range',
  value: '[ID=]START-END',
  description: 'the new range of the document of the source, or of another one in its file; can be repeated',
  many: true,
} as const satisfies Flag;

/** `reanchor`: after a source's text has been corrected, moves its spans to the new places of their words. */
export function reanchorCommand(fs: FileSystem): Command {
  return {
    name: 'reanchor',
    summary:
      'After the text of a source has been corrected: moves its spans, and those of the other sources in ' +
      'its file, to the new positions of their words, and updates digest and range of the sources. If it ' +
      'cannot move a span, it says which and writes nothing.',
    operands: [sourceOperand],
    flags: [partial, rangeFlag, ...projectFlags],
    run(given, terminal) {
      const source = operandOf(given, sourceOperand);
      const done = reanchor(openProject(fs, projectOptions(fs, given, terminal)), {
        source,
        ranges: listFlag(given, rangeFlag).map(parseRange),
        partial: switchFlag(given, partial),
      });
      terminal.out(done.stuck.map(({ words }) => `${printable(worded(words, flagOf))}\n`).join(''));
      for (const line of done.reworded) terminal.err(`${printable(line)}\n`);
      if (!switchFlag(given, flags.quiet)) terminal.err(`reanchor: ${summarize(source, done)}\n`);
      return done.stuck.length === 0 ? 0 : 1;
    },
  };
}

function parseRange(value: string): SourceRange {
  const [, source, start, end] = /^(?:(.+)=)?(\d{1,15})-(\d{1,15})$/.exec(value) ?? [];
  if (start === undefined) throw new Failure(`--range takes [ID=]START-END, not ${quoted(value)}`);
  return { source, start: Number(start), end: Number(end) };
}

function summarize(source: string, { others, moved, stuck, written, sameDigest }: Reanchored): string {
  const beside = others.length === 0 ? '' : `, and in the same file ${list(others.map((id) => quoted(id)))}`;
  const stop = written ? '' : ', so nothing is written: fix them with cite, or use --partial';
  const left = stuck.length === 0 ? '' : `; ${stuck.length} cannot be moved${stop}`;
  const update = written ? 'its digest is updated' : 'its digest would change';
  const digest = sameDigest ? 'its digest is already right' : update;
  return `${quoted(source)}${beside}: ${count(moved, 'span')} ${written ? 'moved' : 'to move'}; ${digest}${left}`;
}
