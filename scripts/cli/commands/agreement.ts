import type { FieldAgreement } from '../../compare/agreement.ts';
import { Failure } from '../../base/problem.ts';
import { count, printable } from '../../base/text.ts';
import type { FileSystem } from '../../disk/fileSystem.ts';
import { openProject } from '../../project/openProject.ts';
import { type Agreement, agreement } from '../../verbs/agreement.ts';
import type { Command } from '../command.ts';
import { type Flag, flags, formatFlag, listFlag, switchFlag, textFlag } from '../flags.ts';
import { folderAt, projectFlagsWith, projectOptions } from '../options.ts';

const against = {
  name: 'against',
  value: 'DIR',
  description: 'folder of the records of the other coding, with a folder for each table',
} as const satisfies Flag;

const only = {
  name: 'only',
  value: 'TABLE',
  description: 'a table to compare (all); can be repeated',
  many: true,
} as const satisfies Flag;

const format = formatFlag(['text', 'json']);

/** `agreement`: how well two independent codings of the same sources agree. */
export function agreementCommand(fs: FileSystem): Command {
  return {
    name: 'agreement',
    summary:
      'Compares two independent codings, of the sources that both cover: pairs their records by evidence and ' +
      'fields, and gives percent agreement and Krippendorff’s alpha for each coded field, with the disagreements.',
    flags: [against, only, ...projectFlagsWith(format)],
    async run(given, terminal) {
      const folder = textFlag(given, against);
      if (folder === undefined) throw new Failure('--against is missing: name the folder of the other coding');
      const options = projectOptions(fs, given, terminal);
      const tables = listFlag(given, only);
      const found = await agreement(openProject(fs, options), {
        against: folderAt(terminal, terminal.cwd, folder, folder),
        ...(tables.length === 0 ? {} : { tables }),
      });
      const json = textFlag(given, format) === 'json';
      terminal.out(json ? `${JSON.stringify(found, null, 2)}\n` : describe(found));
      if (!switchFlag(given, flags.quiet)) terminal.err(remarksOn(found).join(''));
      return found.invalid > 0 ? 1 : 0;
    },
  };
}

/** What a reader of the figures has to know. */
function remarksOn({ decisions, invalid }: Agreement): readonly string[] {
  return [
    ...(decisions === 0
      ? []
      : [
          `agreement: ${count(decisions, 'decision')} made already: the figures are those after the decisions. ` +
            'For independent codings, measure the commit before them\n',
        ]),
    ...(invalid === 0
      ? []
      : [`agreement: ${count(invalid, 'record')} left out, because of errors: run validate on both\n`]),
  ];
}

function describe({ tables, sources, copied }: Agreement): string {
  const named = sources.length === 0 ? 'none' : sources.map(printable).join(', ');
  const left = copied === 0 ? '' : `left out: ${count(copied, 'record')} that both codings have unchanged\n`;
  return `sources coded twice: ${named}\n${left}\n${tablesOf(tables)}`;
}

function tablesOf(tables: Agreement['tables']): string {
  return tables
    .filter(({ pairs, onlyA, onlyB }) => pairs + onlyA.length + onlyB.length > 0)
    .map(({ table, pairs, onlyA, onlyB, fields, disagreements }) =>
      [
        `${table}: ${count(pairs, 'pair')}, ${onlyA.length} only in the first coding, ${onlyB.length} only ` +
          'in the second',
        ...(fields.length === 0 ? [] : columns([header, ...fields.map(row)])).map((line) => `  ${line}`),
        ...onlyA.map((id) => `  only in the first: ${printable(id)}`),
        ...onlyB.map((id) => `  only in the second: ${printable(id)}`),
        ...disagreements.map(
          ({ a, b, field, valuesOfA, valuesOfB }) =>
            `  ${printable(field)}: ${values(valuesOfA)} in ${printable(a)}, ${values(valuesOfB)} in ${printable(b)}`,
        ),
      ].join('\n'),
    )
    .join('\n\n')
    .concat('\n');
}

const header = ['field', 'pairs', 'agreement', 'alpha'];

function row({ field, pairs, agreement: share, alpha }: FieldAgreement): readonly string[] {
  return [
    printable(field),
    String(pairs),
    `${(100 * share).toFixed(1)} %`,
    alpha === undefined ? '–' : alpha.toFixed(3),
  ];
}

function values(found: readonly string[]): string {
  return found.length === 0 ? 'nothing' : found.map(printable).join(', ');
}

/** Cells as lines: the first column is left-aligned, the others right-aligned. */
function columns(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((cells) => (cells[i] ?? '').length)));
  return rows.map((cells) =>
    cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  '),
  );
}
