import { type Sentence, option, sentence, worded } from '../base/sentence.ts';
import { type Json, below, isObject, mayHold, parseJson, resolvePointer } from '../json/json.ts';
import type { Range } from '../evidence/findQuote.ts';
import { takeTurnAt } from '../project/folders.ts';
import { didYouMean } from '../base/suggestions.ts';
import { Failure } from '../base/problem.ts';
import { toSpan } from '../schema/extensionValues.ts';
import type { DocumentText } from '../read/documents.ts';
import type { FileSystem } from '../disk/fileSystem.ts';
import { isWritable, readRecords } from '../read/records.ts';
import { markedShape } from '../schema/recordTypes.ts';
import { quoted } from '../base/text.ts';
import { compareSpans, describeSpan } from '../evidence/complete.ts';
import { mostBytes } from '../base/limits.ts';
import { type Moves, moveSpans } from '../evidence/move.ts';
import type { SourceDocument, Span } from '../schema/extensions.ts';
import type { Project } from '../project/openProject.ts';
import { type OpenRecord, elementsAt, openRecord, withValueAt, writeRecord } from '../project/recordFiles.ts';
import { spansOf } from '../schema/recordTypes.ts';

/** Where the document of a source is now, in code points; the source is the corrected one by default. */
export interface SourceRange extends Range {
  readonly source?: string | undefined;
}

/** A source whose text has been corrected, and how its spans move. */
export interface ReanchorOptions {
  /** The identifier of the source whose text has been corrected. */
  readonly source: string;
  readonly ranges?: readonly SourceRange[];
  /** Writes what can be moved, even if something else cannot. */
  readonly partial?: boolean;
}

/** What `reanchor` moved, and what it could not move. */
export interface Reanchored {
  /** Other sources in the same file, which move with it. */
  readonly others: readonly string[];
  readonly moved: number;
  readonly stuck: readonly Stuck[];
  /** Spans whose words have changed, a sentence with its place for each. */
  readonly reworded: readonly string[];
  readonly written: boolean;
  /** Whether the source already has the digest of its text. */
  readonly sameDigest: boolean;
}

/** Something that could not be moved, with its place. `words` is for callers that name options otherwise. */
export interface Stuck {
  readonly message: string;
  readonly words: Sentence;
}

function stuck(...template: Parameters<typeof sentence>): Stuck {
  const words = sentence(...template);
  return { message: worded(words), words };
}

/**
 * Moves the spans of a corrected source to the new places of their words. Unless `partial` is set, writes nothing if
 * one cannot be moved.
 * @throws Failure if there is no such source, its text is not available, or a range does not fit
 */
export function reanchor(project: Project, options: ReanchorOptions): Reanchored {
  const { fs } = project;
  const turn = takeTurnAt(fs, project.options);
  try {
    return reanchorIn(fs, project, options);
  } finally {
    turn.end();
  }
}

function reanchorIn(fs: FileSystem, project: Project, options: ReanchorOptions): Reanchored {
  const { source, ranges = [], partial = false } = options;
  const corrected = correctedText(project, source);
  const { documents, text } = corrected;
  const { records, left: closed } = recordsOf(fs, project, documents);
  const held = records.flatMap((record) => spansIn(record, documents));
  const spans = held.map(({ span }) => span);
  const moves = moveSpans(spans, documents, knownRanges(ranges, corrected), text);
  const outcomes = records.map((record) => revise(record, held, moves, corrected));
  const left = [...closed, ...outcomes.flatMap((outcome) => outcome.left)];
  const written = left.length === 0 || partial;
  const changed = outcomes.filter(({ changed: c }) => c);
  if (written) for (const { record } of changed) writeRecord(fs, record, project.rawPath);
  return {
    others: [...documents.keys()].filter((id) => id !== source),
    moved: outcomes.reduce((sum, outcome) => sum + outcome.moved, 0),
    stuck: left,
    reworded: outcomes.flatMap(({ reworded }) => reworded),
    written,
    sameDigest: documents.get(source)?.sha256 === text.sha256,
  };
}

/** A corrected text, and its documents according to their sources: one file has one digest, so they move together. */
interface Corrected {
  readonly named: string;
  readonly documents: ReadonlyMap<string, SourceDocument>;
  readonly text: DocumentText;
}

function correctedText({ sources, validation }: Project, named: string): Corrected {
  const document = sources.get(named);
  if (document === undefined) {
    const hint = didYouMean(named, sources.keys());
    throw new Failure(`no source is called ${quoted(named)}${hint === undefined ? '' : ` (${hint})`}`);
  }
  const text = validation.documents(document.file);
  if (text?.slice === undefined)
    throw new Failure(
      sentence`the text of ${quoted(document.file)} is not available; name its folder with ${option('sources')}`,
    );
  const isBeside = (other: SourceDocument): boolean =>
    text.sha256 !== document.sha256 && other.file === document.file && other.sha256 === document.sha256;
  const documents = new Map([...sources].filter(([id, other]) => id === named || isBeside(other)));
  return { named, documents, text };
}

/** The given ranges, and those that are still right, because they were counted in this text. */
function knownRanges(given: readonly SourceRange[], { documents, text, named }: Corrected): ReadonlyMap<string, Range> {
  const ranges = new Map<string, Range>();
  for (const [id, { sha256, start = 0, end = text.length }] of documents)
    if (sha256 === text.sha256) ranges.set(id, { start, end });
  for (const { source = named, start, end } of given) {
    if (start >= end || end > text.length)
      throw new Failure(
        sentence`${option('ranges')}: a range must be between 0 and ${text.length}, not ${quoted(`${start}-${end}`)}`,
      );
    if (!documents.has(source))
      throw new Failure(sentence`${option('ranges')}: ${quoted(source)} is not a source of this file`);
    ranges.set(source, { start, end });
  }
  return ranges;
}

/** The records that name one of the sources, and those that cannot be rewritten. */
function recordsOf(
  fs: FileSystem,
  project: Project,
  documents: Corrected['documents'],
): { readonly records: readonly OpenRecord[]; readonly left: readonly Stuck[] } {
  const records: OpenRecord[] = [];
  const left: Stuck[] = [];
  for (const file of project.files) {
    // searching for the name is much cheaper than parsing
    const texts = [...readRecords(fs, file, mostBytes)].map((raw) => ('text' in raw ? raw.text : ''));
    if (!texts.some((text) => namesOne(text, [...documents.keys()]))) continue;
    const record = openRecord(fs, project, file);
    if (record !== undefined) records.push(record);
    else if (!isWritable(file)) left.push(stuck`${file.shown}: it is not plain JSON, and is not rewritten`);
    else if (file.holds === 'record')
      left.push(stuck`${file.shown}: it could lose data if it were rewritten: run validate`);
    else left.push(stuck`${file.shown}: it holds several records, and is not rewritten`);
  }
  return { records, left };
}

/** Whether a record has one of some texts. One with escapes by number is parsed, since they can stand for anything. */
function namesOne(text: string, ids: readonly string[]): boolean {
  if (!ids.some((id) => mayHold(text, id))) return false;
  const parsed = parseJson(text);
  const plain = 'value' in parsed ? JSON.stringify(parsed.value) : text;
  return ids.some((id) => plain.includes(JSON.stringify(id)));
}

interface HeldSpan {
  readonly record: OpenRecord;
  readonly index: number;
  readonly span: Span;
}

function spansIn(record: OpenRecord, documents: Corrected['documents']): readonly HeldSpan[] {
  const at = spansOf(record.type);
  const values = at === undefined ? [] : elementsAt(record.value, at);
  return values.flatMap((value, index): HeldSpan[] => {
    const span = toSpan(value);
    return span === undefined || !documents.has(span.source) ? [] : [{ record, index, span }];
  });
}

/** A record after the move, with what could not be moved, and the spans whose words have changed. */
interface Revision {
  readonly record: OpenRecord;
  readonly changed: boolean;
  readonly moved: number;
  readonly left: readonly Stuck[];
  readonly reworded: readonly string[];
}

function revise(record: OpenRecord, held: readonly HeldSpan[], moves: Moves, corrected: Corrected): Revision {
  const { text } = corrected;
  const at = spansOf(record.type) ?? '';
  const spans = [...elementsAt(record.value, at)];
  const left: Stuck[] = [];
  const reworded: string[] = [];
  let moved = 0;
  for (const [i, { record: own, index, span }] of held.entries()) {
    const found = moves.spans[i];
    const value = spans[index];
    if (own !== record || found === undefined || !isObject(value)) continue;
    const where = `${record.file.shown}: ${below(at, index)}`;
    if (typeof found === 'string') {
      left.push(stuck`${where}: ${found}`);
      continue;
    }
    if (found.exact && found.start === span.start) continue;
    const { start, end } = found;
    spans[index] = { ...value, ...(found.exact ? { start, end } : describeSpan(text, start, end)) };
    moved++;
    if (!found.exact) reworded.push(`${where}: its words have changed: check that they still support it`);
  }
  const placed = moved === 0 ? record.value : withValueAt(record.value, at, spans.toSorted(compareSpans));
  const document = documentOf({ ...record, value: placed }, moves, corrected);
  if (document?.reason !== undefined) left.push(stuck`${record.file.shown}: ${document.at}: ${document.reason}`);
  const value = document === undefined ? placed : withValueAt(placed, document.at, document.value);
  return { record: { ...record, value }, changed: moved > 0 || document !== undefined, moved, left, reworded };
}

/** The document of a source's own record after the move; undefined for other records, and if nothing changes. */
function documentOf(
  { type, value }: OpenRecord,
  { ranges }: Moves,
  { documents, text }: Corrected,
): { readonly at: string; readonly value: Json; readonly reason: Sentence | undefined } | undefined {
  const at = markedShape(type, 'document', (shape) => shape.document)?.[1];
  const id = type.key === undefined ? undefined : resolvePointer(value, below('', type.key));
  const before = at === undefined ? undefined : resolvePointer(value, at);
  const known = typeof id === 'string' ? documents.get(id) : undefined;
  if (at === undefined || typeof id !== 'string' || known === undefined || !isObject(before)) return undefined;
  const range = ranges.get(id);
  const told = typeof range === 'object' && known.start !== undefined ? { start: range.start, end: range.end } : {};
  const after = { ...before, sha256: text.sha256, ...told };
  const reason = typeof range === 'string' ? sentence`${range}: give them with ${option('ranges', id)}` : undefined;
  const isSame = Object.entries(after).every(([key, each]) => before[key] === each);
  return isSame && reason === undefined ? undefined : { at, value: after, reason };
}
