import { createColors } from 'picocolors';
import { type Problem, compareProblems } from '../problem.ts';
import { count, printable } from '../text.ts';

/** So many problems are printed; all are counted. */
const mostPrinted = 1000;

export type Format = 'text' | 'json' | 'github';

/** The problems of a run. */
export interface Report {
  readonly add: (problem: Problem) => void;
  readonly errors: () => number;
  readonly warnings: () => number;
  /** The first thousand, sorted by file and position, in a format; the text ends with a newline, or is empty. */
  readonly print: (format: Format, coloured: boolean) => string;
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
      const first = problems.toSorted(compareProblems).slice(0, mostPrinted);
      return first.map((problem) => `${printers[format](problem, coloured)}\n`).join('');
    },
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
    printable(JSON.stringify({ file, line, column, pointer, rule, severity, message, hint: hint ?? null })),
  github({ file, line, column, rule, severity, message, hint }) {
    const where = `file=${property(file)},line=${line},col=${column},title=${property(rule)}`;
    return `::${severity} ${where}::${data(withHint(message, hint))}`;
  },
};

function withHint(message: string, hint: string | undefined): string {
  return hint === undefined ? message : `${message} (${hint})`;
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
