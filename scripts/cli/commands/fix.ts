import { breather } from '../../disk/breathe.ts';
import { changedMeanwhile, replaceFile } from '../../disk/replace.ts';
import { type Turn, takeTurn } from '../../disk/turn.ts';
import { isObject, member, parseJson } from '../../json/json.ts';
import type { Fault } from '../../base/problem.ts';
import type { FileSystem } from '../../disk/fileSystem.ts';
import { type RecordFile, readRecords } from '../../read/records.ts';
import type { RecordType } from '../../schema/recordTypes.ts';
import { compareIds, count, printable } from '../../base/text.ts';
import type { Incomplete } from '../../evidence/complete.ts';
import { mostBytes } from '../../base/limits.ts';
import { reportFaults } from '../../validate/run.ts';
import type { Command } from '../command.ts';
import { flags, switchFlag } from '../flags.ts';
import { type Project, openProject } from '../../project/openProject.ts';
import { projectFlags, projectOptions } from '../options.ts';
import { wholeFile } from '../../project/recordFiles.ts';
import { type Report, createReport } from '../reporters/problems.ts';
import { formatOf } from '../reporters/listen.ts';
import { fixText } from '../../verbs/fixText.ts';

const check = { name: 'check', description: 'write nothing; exit 1 if a file would be written' } as const;

/** `fix`: writes every record as `validate` wants it laid out, and fills in what its spans lack. */
export function fixCommand(fs: FileSystem): Command {
  return {
    name: 'fix',
    summary:
      'Rewrites records in canonical form, and completes spans of evidence where the source is at hand: write `begins` and `ends`, or `start` and `end`, and it fills in the rest.',
    flags: [check, ...projectFlags],
    async run(given, terminal) {
      const project = openProject(fs, projectOptions(fs, given, terminal));
      const dry = switchFlag(given, check);
      const quiet = switchFlag(given, flags.quiet);
      const report = createReport();
      const tally = { changed: 0, refused: 0, incomplete: 0 };
      const breathe = breather();
      let turn: Turn | undefined;
      try {
        for (const file of project.files) {
          await breathe();
          const fixed = fixFile(fs, file, project, report);
          if (fixed === refused) {
            tally.refused++;
            continue;
          }
          tally.incomplete += fixed.incomplete;
          if (fixed.text === undefined) continue;
          if (fs.linkTarget(file.path) !== undefined) {
            terminal.err(
              `left ${printable(file.shown)} as it is: it is a link, and nothing is written through a link\n`,
            );
            continue;
          }
          tally.changed++;
          if (!dry) {
            turn ??= takeTurn(fs, project.rawPath);
            rewrite(fs, file, fixed.before, fixed.text, project.rawPath);
          }
          if (!quiet) terminal.err(`${dry ? 'would rewrite' : 'rewrote'} ${printable(file.shown)}\n`);
        }
      } finally {
        turn?.end();
      }
      terminal.out(report.print(formatOf(given), terminal.coloured));
      if (!quiet) terminal.err(`fix: ${summarize(project.files.length, tally, dry)}\n`);
      return (dry && tally.changed > 0) || report.errors() > 0 ? 1 : 0;
    },
  };
}

function summarize(
  files: number,
  { changed, refused: left, incomplete }: Readonly<Record<'changed' | 'refused' | 'incomplete', number>>,
  dry: boolean,
): string {
  const parts = [`${count(files, 'file')}, ${changed} ${dry ? 'to rewrite' : 'rewritten'}`];
  if (incomplete > 0) parts.push(`${count(incomplete, 'span')} incomplete`);
  if (left > 0) parts.push(`${count(left, 'file')} left unchanged, because a rewrite could lose data: see validate`);
  return parts.join('; ');
}

/** The file's proper text cannot be told without losing something. */
const refused = Symbol('refused');

/** Writes a file that still holds the texts that were read from it. */
function rewrite(fs: FileSystem, file: RecordFile, texts: readonly string[], after: string, inside: string): void {
  const [text = ''] = texts;
  if (file.holds === 'record') return replaceFile(fs, file.path, after, { inside, before: text });
  const before = wholeFile(fs, file.path);
  const found = [...readRecords(fs, file, mostBytes)].map((raw) => ('text' in raw ? raw.text : undefined));
  if (found.length !== texts.length || found.some((each, i) => each !== texts[i])) throw changedMeanwhile(file.path);
  replaceFile(fs, file.path, after, { inside, before });
}

/** A file as it should be: its text, undefined where it has it, the texts of the records that it holds, and how many spans could not be completed. */
interface FixedFile {
  readonly text: string | undefined;
  readonly before: readonly string[];
  readonly incomplete: number;
}

/**
 * The text that a file should have, undefined where it has it. Reports spans that could not be completed, and what a
 * rewrite would lose: a key that stands twice, a number whose spelling says more than its value.
 */
function fixFile(fs: FileSystem, file: RecordFile, project: Project, report: Report): FixedFile | typeof refused {
  const type = project.types.find((t) => t.name === file.table);
  const texts: { readonly before: string; readonly after: string }[] = [];
  let incomplete = 0;
  for (const raw of readRecords(fs, file, mostBytes)) {
    if (type === undefined || 'problem' in raw || file.select !== undefined) return refused;
    const fixed = fixText(raw.text, file.holds, type, project);
    if ('lost' in fixed) {
      reportFaults(raw, fixed.lost, report.add);
      return refused;
    }
    incomplete += fixed.incomplete.length;
    reportFaults({ ...raw, text: fixed.text }, fixed.incomplete.map(toFault), report.add);
    texts.push({ before: raw.text, after: fixed.text });
  }
  const [only] = texts;
  const before = texts.map((text) => text.before);
  if (file.holds === 'record')
    return { text: only === undefined || only.before === only.after ? undefined : only.after, before, incomplete };
  const after = inOrder(
    texts.map((text) => text.after),
    type,
  )
    .map((text) => `${text}\n`)
    .join('');
  const same = before.map((text) => `${text}\n`).join('') === after;
  return { text: same ? undefined : after, before, incomplete };
}

/** Lines in order of their identifiers; as they are where one has none. */
function inOrder(lines: readonly string[], type: RecordType | undefined): readonly string[] {
  const { key } = type ?? {};
  if (key === undefined) return lines;
  const ids = lines.map((line) => {
    const parsed = parseJson(line);
    const id = 'value' in parsed && isObject(parsed.value) ? member(parsed.value, key) : undefined;
    return { line, id };
  });
  const known = ids.every(
    (each): each is { line: string; id: string | number } => typeof each.id === 'string' || typeof each.id === 'number',
  );
  return known ? ids.toSorted((a, b) => compareIds(a.id, b.id)).map(({ line }) => line) : lines;
}

function toFault({ pointer, reason }: Incomplete): Fault {
  return { rule: 'span-incomplete', pointer, message: `the span cannot be completed: ${reason}` };
}
