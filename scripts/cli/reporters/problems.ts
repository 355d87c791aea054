import { mostPrinted, mostOfRule } from '../../base/limits.ts';
import { createColors } from 'picocolors';
import { codeSpan } from '../../comment/codeSpan.mjs';
import { type Problem, compareProblems } from '../../base/problem.ts';
import { count, groupBy, printable } from '../../base/text.ts';
import { printedHint, withHint } from './hint.ts';

export type Format = 'text' | 'json' | 'github';

/** The problems of a run. */
export interface Report {
  readonly add: (problem: Problem) => void;
  readonly errors: () => number;
  readonly warnings: () => number;
  /** The first thousand, sorted by file and position, in a format; the text ends with a newline, or is empty. */
  readonly print: (format: Format, coloured: boolean) => string;
  /** All problems in Markdown, folded, for the summary of a job; `checked` is a sentence on what was checked. */
  readonly summary: (checked: string) => string;
}

export function createReport(): Report {
  const problems: Problem[] = [];
  let errors = 0;
  return {
    add(problem) {
      problems.push(problem);
      if (problem.severity === 'error') errors++;
    },
    errors: () => errors,
    warnings: () => problems.length - errors,
    print(format, coloured) {
      const sorted = problems.toSorted(compareProblems);
      if (format === 'github') return annotations(sorted);
      return sorted
        .slice(0, mostPrinted)
        .map((problem) => `${printers[format](problem, coloured)}\n`)
        .join('');
    },
    summary: (checked) => summaryOf(problems.toSorted(compareProblems), checked),
  };
}

const printers: Readonly<Record<Format, (problem: Problem, coloured: boolean) => string>> = {
  text(problem, coloured) {
    const colours = createColors(coloured);
    const { file, line, column, rule, severity, message, hint } = problem;
    const mark = severity === 'error' ? colours.red(severity) : colours.yellow(severity);
    return `${printable(file)}:${line}:${column} ${mark} ${rule}: ${printable(withHint(message, hint))}`;
  },
  json: ({ file, line, column, pointer, rule, severity, message, hint }) =>
    printable(JSON.stringify({ file, line, column, pointer, rule, severity, message, ...printedHint(hint) })),
  github({ file, line, column, rule, severity, message, hint }) {
    const where = `file=${property(file)},line=${line},col=${column},title=${property(rule)}`;
    return `::${severity} ${where}::${data(withHint(message, hint))}`;
  },
};

function annotations(sorted: readonly Problem[]): string {
  const lines: string[] = [];
  for (const [rule, problems] of groupBy(sorted, (problem) => problem.rule)) {
    for (const problem of problems.slice(0, mostOfRule)) lines.push(printers.github(problem, false));
    const left = problems.length - mostOfRule;
    if (left > 0)
      lines.push(
        `::notice title=${property(rule)}::` +
          data(`${count(left, 'more problem')} of the rule ${rule}: see the summary of the job`),
      );
  }
  return lines.map((line) => `${line}\n`).join('');
}

/** GitHub limits the summary of a job to one MiB. Bytes. */
const mostSummary = 1000 * 1000;

function summaryOf(sorted: readonly Problem[], checked: string): string {
  const rules = [...groupBy(sorted, (problem) => problem.rule)];
  const table = [
    '',
    '| rule | problems |',
    '| --- | --- |',
    ...rules.map(([rule, of]) => `| ${rule} | ${of.length} |`),
  ];
  const head = ['### Data', '', checked, ...(rules.length === 0 ? [] : table)];
  if (sorted.length === 0) return `${head.join('\n')}\n`;
  let text = `${head.join('\n')}\n\n<details>\n<summary>${count(sorted.length, 'problem')}</summary>\n\n`;
  let room = mostSummary - Buffer.byteLength(text);
  let shown = 0;
  for (const { file, line, column, rule, severity, message, hint } of sorted) {
    const at = codeSpan(`${file}:${line}:${column}`);
    const entry = `- ${at} ${severity} ${rule}: ${codeSpan(withHint(message, hint))}\n`;
    room -= Buffer.byteLength(entry);
    if (room < 0) break;
    text += entry;
    shown++;
  }
  const left = sorted.length - shown;
  return `${text}${left > 0 ? `- … and ${left} more\n` : ''}\n</details>\n`;
}

/** The message of a workflow annotation: `%`, CR and LF would end it or be read as escapes. */
function data(text: string): string {
  return printable(text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A'));
}

/** A property of a workflow annotation: `:` and `,` would end it. */
function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

/** `3 errors and 1 warning`, and how many of them were not printed. */
export function tally(report: Report): string {
  const all = report.errors() + report.warnings();
  const found = `${count(report.errors(), 'error')} and ${count(report.warnings(), 'warning')}`;
  return all > mostPrinted ? `${found}, the first ${mostPrinted} printed` : found;
}
