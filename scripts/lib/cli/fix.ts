import { printCanonical } from '../json/canonical.ts';
import { isObject, parseJson } from '../json/json.ts';
import type { FileSystem } from '../read/fileSystem.ts';
import { type RecordFile, readRecords } from '../read/records.ts';
import type { RecordType } from '../schema/tables.ts';
import { count, printable } from '../text.ts';
import { type Incomplete, completeSpans } from '../validate/completeSpans.ts';
import { depthOffset, hiddenFaults } from '../validate/explain.ts';
import { mostBytes, mostDepth } from '../validate/limits.ts';
import { structureOf, walk } from '../validate/structure.ts';
import type { Command } from './command.ts';
import { flags, switchFlag } from './flags.ts';
import { type Project, openProject } from './project.ts';

const check = { name: 'check', description: 'write nothing; exit 1 if a file would be written' } as const;

/** `fix`: writes every record as `validate` wants it laid out, and fills in what its spans lack. */
export function fixCommand(fs: FileSystem): Command {
  return {
    name: 'fix',
    summary:
      'Rewrites records in canonical form, and completes spans of evidence where the source is at hand: write `begins` and `ends`, or `start` and `end`, and it fills in the rest.',
    flags: [flags.raw, flags.schema, flags.sources, flags.key, flags.table, check, flags.quiet],
    run(given, terminal) {
      const project = openProject(fs, given, terminal);
      const dry = switchFlag(given, check);
      const tally = { changed: 0, refused: 0, incomplete: 0 };
      for (const file of project.files) {
        const fixed = fixFile(fs, file, project);
        if (fixed === refused) {
          tally.refused++;
          continue;
        }
        for (const { pointer, reason } of fixed.incomplete)
          terminal.out(`${printable(`${file.shown}: ${pointer} is incomplete: ${reason}`)}\n`);
        tally.incomplete += fixed.incomplete.length;
        if (fixed.text === undefined) continue;
        tally.changed++;
        if (!dry) replaceFile(fs, file.path, fixed.text);
        terminal.out(`${dry ? 'would rewrite' : 'rewrote'} ${printable(file.shown)}\n`);
      }
      if (!switchFlag(given, flags.quiet)) terminal.err(`fix: ${summarize(project.files.length, tally, dry)}\n`);
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

/** A half-written record would be lost work: the new text takes the old one's place in one step. */
function replaceFile(fs: FileSystem, path: string, text: string): void {
  const target = fs.realPath(path);
  const beside = `${target}.fixed`;
  fs.write(beside, text);
  fs.rename(beside, target);
}

/** The file's proper text cannot be told without losing something. */
const refused = Symbol('refused');

/** The text that a file should have, undefined where it has it, and the spans that could not be completed. */
function fixFile(
  fs: FileSystem,
  file: RecordFile,
  project: Project,
): { readonly text: string | undefined; readonly incomplete: readonly Incomplete[] } | typeof refused {
  const type = project.types.find((t) => t.name === file.table);
  const texts: { readonly before: string; readonly after: string }[] = [];
  const incomplete: Incomplete[] = [];
  for (const raw of readRecords(fs, file, mostBytes)) {
    if (type === undefined || 'rule' in raw || file.select !== undefined) return refused;
    const fixed = fixText(raw.text, file.holds, type, project);
    if (fixed === undefined) return refused;
    incomplete.push(...fixed.incomplete);
    texts.push({ before: raw.text, after: fixed.text });
  }
  if (texts.every(({ before, after }) => before === after)) return { text: undefined, incomplete };
  const text = file.holds === 'record' ? texts[0]?.after : texts.map(({ after }) => `${after}\n`).join('');
  return { text, incomplete };
}

function fixText(
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
