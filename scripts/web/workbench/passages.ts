import { below, isArray, resolvePointer } from '../../json/json.ts';
import type { OpenRecord } from '../../project/recordFiles.ts';
import { spansOf } from '../../schema/recordTypes.ts';
import { uncodedAt } from '../../verbs/blindSource.ts';
import { contentOf } from './content.ts';
import type { DifferingPassage } from './codingMessages.ts';
import type { RecordContent } from './messages.ts';
import { citing, isIn, removeWhole, setAt } from './edit.ts';

/** A passage that needs no record, and why. */
interface Passed {
  readonly start: number;
  readonly end: number;
  readonly reason: string;
}

/** The passages without a record in which two codings of a source differ, in the order of the text. */
export function differingPassages(
  first: OpenRecord | undefined,
  second: OpenRecord | undefined,
  source: string,
): readonly DifferingPassage[] {
  const [ours, theirs] = [passagesIn(first, source), passagesIn(second, source)];
  const found: DifferingPassage[] = [];
  const met = new Set<Passed>();
  for (const passed of theirs) {
    const here = ours.filter((each) => isSamePassage(each, passed));
    for (const each of here) met.add(each);
    if (hasReasonFor(ours, passed)) continue;
    const { start, end } = passed;
    found.push({ start, end, first: here[0]?.reason, second: passed.reason });
  }
  for (const passed of ours) {
    if (met.has(passed) || hasReasonFor(theirs, passed)) continue;
    const { start, end } = passed;
    found.push({ start, end, first: passed.reason, second: undefined });
  }
  return found.toSorted((a, b) => a.start - b.start);
}

type Words = Pick<Passed, 'start' | 'end'>;

/**
 * Whether two passages overlap by at least half of the longer one. A short passage inside a long one is another one: a
 * decision on it must not touch the rest of the long one.
 */
function isSamePassage(one: Words, other: Words): boolean {
  return overlapOf(one, other) * 2 >= Math.max(lengthOf(one), lengthOf(other));
}

/** Whether a coding gives the same reason for a passage, or for a longer or shorter one in its place. */
function hasReasonFor(coding: readonly Passed[], passed: Passed): boolean {
  return coding.some(
    (each) =>
      each.reason === passed.reason && overlapOf(each, passed) * 2 >= Math.min(lengthOf(each), lengthOf(passed)),
  );
}

function overlapOf(one: Words, other: Words): number {
  return Math.min(one.end, other.end) - Math.max(one.start, other.start);
}

function lengthOf({ start, end }: Words): number {
  return end - start;
}

function passagesIn(record: OpenRecord | undefined, source: string): readonly Passed[] {
  const at = record === undefined ? undefined : uncodedAt(record.type);
  if (record === undefined || at === undefined) return [];
  const reasons = resolvePointer(record.value, at);
  if (!isArray(reasons)) return [];
  const { spans } = contentOf(record.value, spansOf(record.type));
  return reasons.flatMap((reason, i) =>
    typeof reason !== 'string'
      ? []
      : spans
          .filter((span) => span.source === source && span.supports.some((pointer) => isIn(pointer, below(at, i))))
          .map(({ start, end }) => ({ start, end, reason })),
  );
}

/** A passage of a source. Offsets are code points of its file. */
interface SourceWords extends Words {
  readonly source: string;
}

/**
 * The record of a source in which a passage needs no record for a reason, in place of one that it may have had;
 * undefined removes that.
 */
export function withReason(
  record: RecordContent,
  at: string,
  { source, start, end }: SourceWords,
  reason: string | undefined,
): RecordContent {
  const isHere = (span: RecordContent['spans'][number]): boolean =>
    span.source === source && isSamePassage(span, { start, end });
  const spans = record.spans.flatMap((span) => {
    if (!isHere(span)) return [span];
    const supports = span.supports.filter((pointer) => !isIn(pointer, at));
    return supports.length === 0 ? [] : [{ ...span, supports }];
  });
  const bare = withoutUncited({ ...record, spans }, record, at);
  return reason === undefined ? bare : withOneMore(bare, at, { source, start, end }, reason);
}

/** The record of a source in which a passage has a reason to need no record, besides those that are there. */
function withOneMore(record: RecordContent, at: string, words: SourceWords, reason: string): RecordContent {
  const before = resolvePointer(record.value, at);
  const reasons = isArray(before) ? before : [];
  const known = reasons.indexOf(reason);
  const after = known < 0 ? setAt(record, at, [...reasons, reason]) : record;
  return citing(after, words, [below(at, known < 0 ? reasons.length : known)]);
}

/** The record without the reasons that lost their last passage. */
function withoutUncited(record: RecordContent, before: RecordContent, at: string): RecordContent {
  const reasons = resolvePointer(record.value, at);
  const isCited = ({ spans }: RecordContent, i: number): boolean =>
    spans.some(({ supports }) => supports.some((pointer) => isIn(pointer, below(at, i))));
  const gone = (isArray(reasons) ? [...reasons.keys()] : []).filter((i) => isCited(before, i) && !isCited(record, i));
  // the last one first, so that the others keep their indices
  return gone.toReversed().reduce((left, i) => removeWhole(left, below(at, i)), record);
}
