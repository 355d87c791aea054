import { breather } from '../disk/breathe.ts';
import { changedMeanwhile, replaceFile } from '../disk/replace.ts';
import type { Turn } from '../disk/turn.ts';
import { takeTurnAt } from '../project/folders.ts';
import { isObject, member, parseJson } from '../json/json.ts';
import type { Fault, Problem } from '../base/problem.ts';
import type { FileSystem } from '../disk/fileSystem.ts';
import { type RecordFile, isWritable, readRecords, withoutByteOrderMark } from '../read/records.ts';
import type { RecordType } from '../schema/recordTypes.ts';
import { compareIds } from '../base/text.ts';
import type { Incomplete } from '../evidence/complete.ts';
import { mostBytes } from '../base/limits.ts';
import { reportFaults } from '../validate/reportFaults.ts';
import type { Project } from '../project/openProject.ts';
import { wholeFile } from '../project/recordFiles.ts';
import type { Events } from './events.ts';
import { fixText } from './fixText.ts';

/** Whether `fix` writes. */
export interface FixOptions {
  /** Writes nothing: `changed` lists the files that would be written. */
  readonly check?: boolean;
}

/** What was done with the files of a project. Files are named as the user would write them. */
export interface Fixed {
  readonly files: number;
  readonly changed: readonly string[];
  /** Links to files that need changes: `fix` never writes through links. */
  readonly links: readonly string[];
  /** Files in other notations than JSON, or compressed: they are never written. */
  readonly readOnly: readonly string[];
  /** Files whose rewrite could lose data. */
  readonly refused: readonly string[];
  /** Spans that could not be completed. */
  readonly incomplete: number;
}

/**
 * `onWritten` is called for each file that is written, or with `check` would be; `onLink` for each link that is left.
 */
export interface FixEvents extends Events {
  readonly onWritten?: (file: string) => void;
  readonly onLink?: (file: string) => void;
}

/** Rewrites records in canonical form and completes their spans; spans that it cannot complete are problems. */
export async function fix(
  project: Project,
  { check = false }: FixOptions = {},
  events: FixEvents = {},
): Promise<Fixed> {
  const { fs } = project;
  const changed: string[] = [];
  const links: string[] = [];
  const readOnly: string[] = [];
  const left: string[] = [];
  let incomplete = 0;
  const breathe = breather();
  let turn: Turn | undefined;
  try {
    for (const file of project.files) {
      events.signal?.throwIfAborted();
      await breathe();
      if (!isWritable(file)) {
        readOnly.push(file.shown);
        continue;
      }
      const fixed = fixFile(fs, file, project, (problem) => events.onProblem?.(problem));
      if (fixed === refused) {
        left.push(file.shown);
        continue;
      }
      incomplete += fixed.incomplete;
      if (fixed.text === undefined) continue;
      if (fs.linkTarget(file.path) !== undefined) {
        links.push(file.shown);
        events.onLink?.(file.shown);
        continue;
      }
      changed.push(file.shown);
      if (!check) {
        turn ??= takeTurnAt(fs, project.options);
        rewrite(fs, file, fixed.before, fixed.text, project.rawPath);
      }
      events.onWritten?.(file.shown);
    }
  } finally {
    turn?.end();
  }
  return { files: project.files.length, changed, links, readOnly, refused: left, incomplete };
}

/** The canonical text of the file cannot be made without losing something. */
const refused = Symbol('refused');

/** Writes a file if it still holds the texts that were read from it. */
function rewrite(fs: FileSystem, file: RecordFile, texts: readonly string[], after: string, inside: string): void {
  const [text = ''] = texts;
  if (file.holds === 'record') return replaceFile(fs, file.path, after, { inside, before: text });
  const before = wholeFile(fs, file.path);
  const found = [...readRecords(fs, file, mostBytes)].map((raw) => ('text' in raw ? raw.text : undefined));
  if (found.length !== texts.length || found.some((each, i) => each !== texts[i])) throw changedMeanwhile(file.path);
  replaceFile(fs, file.path, after, { inside, before });
}

/**
 * The result for a file: its new text, undefined if nothing changes, the texts of its records, and how many spans could
 * not be completed.
 */
interface FixedFile {
  readonly text: string | undefined;
  readonly before: readonly string[];
  readonly incomplete: number;
}

/**
 * The text that a file should have, undefined if it has it already. Reports spans that could not be completed, and what
 * a rewrite would lose: a key that occurs twice, a number whose spelling says more than its value.
 */
function fixFile(
  fs: FileSystem,
  file: RecordFile,
  project: Project,
  onProblem: (problem: Problem) => void,
): FixedFile | typeof refused {
  const type = project.types.find((t) => t.name === file.table);
  const texts: { readonly before: string; readonly after: string }[] = [];
  let incomplete = 0;
  for (const read of readRecords(fs, file, mostBytes)) {
    const raw = 'problem' in read ? withoutByteOrderMark(fs, file, mostBytes) : read;
    if (type === undefined || raw === undefined || file.select !== undefined) return refused;
    const fixed = fixText(raw.text, file.holds, type, project);
    if ('lost' in fixed) {
      reportFaults(raw, fixed.lost, onProblem);
      return refused;
    }
    incomplete += fixed.incomplete.length;
    reportFaults({ ...raw, text: fixed.text }, fixed.incomplete.map(toFault), onProblem);
    texts.push({ before: raw === read ? raw.text : `\ufeff${raw.text}`, after: fixed.text });
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

/** Lines in order of their identifiers; unchanged if one has none. */
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

function toFault({ pointer, reason, hint }: Incomplete): Fault {
  return { rule: 'span-incomplete', pointer, message: `the span cannot be completed: ${reason}`, hint };
}
