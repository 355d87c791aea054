import { createColors } from 'picocolors';
import { codeSpan } from '../../comment/codeSpan.mjs';
import type { FileSystem } from '../../disk/fileSystem.ts';
import { count, printable } from '../../base/text.ts';
import type { Trace, TracedField, TracedSpan } from '../../evidence/trace.ts';
import { recordOperand } from './cite.ts';
import type { Command } from '../command.ts';
import { type Flag, flags, formatFlag, operandOf, switchFlag, textFlag } from '../flags.ts';
import { openProject } from '../../project/openProject.ts';
import { projectFlagsWith, projectOptions } from '../options.ts';
import { trace, traceAgainst } from '../../verbs/trace.ts';

const format = formatFlag(['text', 'markdown']);

const against = {
  name: 'against',
  value: 'FILE',
  description: 'compare the evidence with this copy of the source instead: text, HTML or PDF, in any layout',
} as const satisfies Flag;

/** `trace`: shows a record with its evidence. */
export function traceCommand(fs: FileSystem): Command {
  return {
    name: 'trace',
    summary:
      'Shows each field of a record with its evidence in context, from the available texts, and the fields ' +
      'that lack evidence. With --against and a source, shows every record that cites it.',
    operands: [recordOperand],
    flags: [...projectFlagsWith(format), against],
    async run(given, terminal) {
      const project = openProject(fs, projectOptions(fs, given, terminal));
      const options = { record: operandOf(given, recordOperand), from: terminal.cwd };
      const file = textFlag(given, against);
      const traces =
        file === undefined ? [trace(project, options)] : await traceAgainst(project, { ...options, against: file });
      const style = textFlag(given, format) === 'markdown' ? markdown : plain(terminal.coloured);
      for (const [i, { name, fields, spans }] of traces.entries()) {
        const shown = file === undefined ? fields : fields.filter((field) => field.spans.length > 0);
        const lines = [style.heading(style.safe(name)), ...shown.flatMap((field) => describe(field, style))];
        terminal.out(`${i === 0 ? '' : '\n'}${lines.join('\n')}\n`);
        const summary = file === undefined ? summarize({ fields, spans }) : compared(spans, file);
        if (!switchFlag(given, flags.quiet)) terminal.err(`trace: ${printable(name)}: ${summary}\n`);
      }
      const isFaulty = ({ fields, spans }: Trace): boolean =>
        (file === undefined && fields.some(({ lacks }) => lacks)) || spans.some(({ fault }) => fault);
      return traces.some(isFaulty) ? 1 : 0;
    },
  };
}

/** How many spans of a record are in the text that they were compared with. */
function compared(spans: readonly TracedSpan[], file: string): string {
  const same = spans.filter(({ passage, reason }) => passage !== undefined && reason === undefined).length;
  const alike = spans.filter(({ passage, reason }) => passage !== undefined && reason !== undefined).length;
  const missing = spans.filter(({ fault }) => fault).length;
  const others = spans.length - same - alike - missing;
  const parts = [`${same} of ${count(spans.length, 'span')} word for word in ${printable(file)}`];
  if (alike > 0) parts.push(`${alike} with the same first and last words`);
  if (missing > 0) parts.push(`${missing} not in it`);
  if (others > 0) parts.push(`${others} of another source`);
  return parts.join('; ');
}

function summarize({ fields, spans }: Trace): string {
  const lacking = fields.filter(({ lacks }) => lacks).length;
  const faulty = spans.filter(({ fault }) => fault).length;
  const unseen = spans.filter(({ fault, passage }) => !fault && passage === undefined).length;
  const parts = [
    count(fields.length, 'field'),
    lacking === 0 ? 'no evidence is missing' : `${lacking} ${lacking === 1 ? 'lacks' : 'lack'} evidence`,
    count(spans.length, 'span'),
  ];
  if (faulty > 0) parts.push(`${faulty} not in the text: run validate`);
  if (unseen > 0) parts.push(`${unseen} not shown, because the text is not available: name its folder with --sources`);
  return parts.join('; ');
}

/** How the parts of a trace are printed. */
interface Style {
  readonly heading: (text: string) => string;
  readonly field: (pointer: string, value: string | undefined) => string;
  readonly detail: (text: string) => string;
  readonly warning: (text: string) => string;
  /** The words of a span in their context. */
  readonly passage: (before: string, words: string, after: string) => string;
  /** Text from data. */
  readonly safe: (text: string) => string;
}

function plain(coloured: boolean): Style {
  const colours = createColors(coloured);
  return {
    heading: (text) => `${colours.bold(text)}\n`,
    field: (pointer, value) => (value === undefined ? colours.cyan(pointer) : `${colours.cyan(pointer)}: ${value}`),
    detail: (text) => `    ${text}`,
    warning: (text) => colours.red(text),
    passage: (before, words, after) => {
      const marked = coloured ? colours.inverse(printable(words)) : `【${printable(words)}】`;
      return printable(before) + marked + printable(after);
    },
    safe: printable,
  };
}

const markdown: Style = {
  heading: (text) => `### ${text}\n`,
  field: (pointer, value) => `- **${pointer}**${value === undefined ? '' : `: ${value}`}`,
  detail: (text) => `  - ${text}`,
  warning: (text) => `**${text}**`,
  passage: (before, words, after) => codeSpan(`${before}【${words}】${after}`),
  safe: codeSpan,
};

function describe({ pointer, value, spans, above, lacks }: TracedField, style: Style): readonly string[] {
  return [
    style.field(style.safe(pointer), value === undefined ? undefined : style.safe(JSON.stringify(value))),
    ...spans.map((span) => style.detail(describeSpan(span, style))),
    ...(above === undefined ? [] : [style.detail(`${spans.length > 0 ? 'and ' : ''}as ${style.safe(above)}`)]),
    ...(lacks ? [style.detail(style.warning('needs evidence and has none'))] : []),
  ];
}

function describeSpan({ spot, passage, reason, fault }: TracedSpan, style: Style): string {
  const at = style.safe(spot);
  if (passage === undefined) {
    const why = reason === undefined ? '' : style.safe(reason);
    return `${at}: ${fault ? style.warning(why) : why}`;
  }
  const { before, words, after } = passage;
  const hint = reason === undefined ? '' : ` (${style.safe(reason)})`;
  return `${at}: ${style.passage(before, words, after)}${hint}`;
}
