import { printCanonical } from '../json/canonical.ts';
import { isObject, member, parseJson } from '../json/json.ts';
import type { Fault } from '../problem.ts';
import type { FileSystem } from '../read/fileSystem.ts';
import { type RecordFile, readRecords } from '../read/records.ts';
import type { RecordType } from '../schema/tables.ts';
import { compareIds, count, printable } from '../text.ts';
import { type Incomplete, completeSpans } from '../validate/completeSpans.ts';
import { depthOffset } from '../json/depth.ts';
import { hiddenFaults } from '../validate/explain.ts';
import { mostBytes, mostDepth } from '../limits.ts';
import { structureOf, walk } from '../validate/structure.ts';
import { reportFaults } from '../validate/validate.ts';
import type { Command } from './command.ts';
import { flags, switchFlag } from './flags.ts';
import { type Project, commonFlags, openProject } from './project.ts';
import { replaceFile } from './records.ts';
import { type Report, createReport } from './report.ts';
import { formatOf } from './validate.ts';

const check = { name: 'check', description: 'write nothing; exit 1 if a file would be written' } as const;

/** `fix`: writes every record as `validate` wants it laid out, and fills in what its spans lack. */
export function fixCommand(fs: FileSystem): Command {
  return {
    name: 'fix',
    summary:
      'Rewrites records in canonical form, and completes spans of evidence where the source is at hand: write `begins` and `ends`, or `start` and `end`, and it fills in the rest.',
    flags: [...commonFlags, flags.key, flags.table, check],
    run(given, terminal) {
      const project = openProject(fs, given, terminal);
      const dry = switchFlag(given, check);
      const quiet = switchFlag(given, flags.quiet);
      const report = createReport();
      const tally = { changed: 0, refused: 0, incomplete: 0 };
      for (const file of project.files) {
        const fixed = fixFile(fs, file, project, report);
        if (fixed === refused) {
          tally.refused++;
          continue;
        }
        if (fixed.text === undefined) continue;
        tally.changed++;
        if (!dry) replaceFile(fs, file.path, fixed.text);
        if (!quiet) terminal.err(`${dry ? 'would rewrite' : 'rewrote'} ${printable(file.shown)}\n`);
      }
      terminal.out(report.print(formatOf(given), terminal.coloured));
      tally.incomplete = report.errors();
      if (!quiet) terminal.err(`fix: ${summarize(project.files.length, tally, dry)}\n`);
      return (dry && tally.changed > 0) || tally.incomplete > 0 ? 1 : 0;
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
  if (left > 0) parts.push(`${count(left, 'file')} left as they are, because a rewrite could lose data: see validate`);
  return parts.join('; ');
}

/** The file's proper text cannot be told without losing something. */
const refused = Symbol('refused');

/** The text that a file should have, undefined where it has it. Spans that could not be completed are reported. */
function fixFile(
  fs: FileSystem,
  file: RecordFile,
  project: Project,
  report: Report,
): { readonly text: string | undefined } | typeof refused {
  const type = project.types.find((t) => t.name === file.table);
  const texts: { readonly before: string; readonly after: string }[] = [];
  for (const raw of readRecords(fs, file, mostBytes)) {
    if (type === undefined || 'problem' in raw || file.select !== undefined) return refused;
    const fixed = fixText(raw.text, file.holds, type, project);
    if (fixed === undefined) return refused;
    reportFaults({ ...raw, text: fixed.text }, fixed.incomplete.map(toFault), report.add);
    texts.push({ before: raw.text, after: fixed.text });
  }
  const [only] = texts;
  if (file.holds === 'record')
    return { text: only === undefined || only.before === only.after ? undefined : only.after };
  const before = texts.map((text) => `${text.before}\n`).join('');
  const after = inOrder(
    texts.map((text) => text.after),
    type,
  )
    .map((text) => `${text}\n`)
    .join('');
  return { text: before === after ? undefined : after };
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
  return { rule: 'evidence', pointer, message: `the span cannot be completed: ${reason}` };
}

/** The text that a record should have, with the spans that could not be completed; undefined where it cannot be told without losing something. */
export function fixText(
  text: string,
  holds: RecordFile['holds'],
  type: RecordType,
  { validation }: Project,
): { readonly text: string; readonly incomplete: readonly Incomplete[] } | undefined {
  const parsed = parseJson(text);
  if (!('value' in parsed) || depthOffset(text, mostDepth) !== undefined || hiddenFaults(text).length > 0)
    return undefined;
  const structure = structureOf(type.shape);
  const layout = holds === 'record' ? 'file' : 'line';
  if (!isObject(parsed.value)) return { text: printCanonical(parsed.value, structure, layout), incomplete: [] };
  const { spans } = walk(parsed.value, structure);
  const { record, incomplete } = completeSpans(parsed.value, spans, validation.documentOf, validation.documents);
  return { text: printCanonical(record, structure, layout), incomplete };
}
