import { codePoints } from '../../base/text.ts';
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
    const against = othersAgainst(ours, passed);
    if (against === undefined) continue;
    for (const each of against) if (overlapOf(each, passed) * 2 >= lengthOf(each)) met.add(each);
    const { start, end } = passed;
    found.push({ start, end, first: against[0]?.reason, second: passed.reason });
  }
  for (const passed of ours) {
    // a part with another reason in the second coding is in the list as a passage of that one
    if (met.has(passed) || agreeingWith(theirs, passed).length > 0) continue;
    const { start, end } = passed;
    found.push({ start, end, first: passed.reason, second: undefined });
  }
  return found.toSorted((a, b) => a.start - b.start);
}

type Words = Pick<Passed, 'start' | 'end'>;

/** The share of the shorter of two passages from which on another reason counts: a word more or less is arbitrary. */
const leastAgainst = 0.25;

/** The passages of a coding with the same reason in the place of one of the other coding, longer or shorter. */
function agreeingWith(coding: readonly Passed[], passed: Passed): readonly Passed[] {
  return coding.filter((each) => each.reason === passed.reason && sharesHalf(each, passed));
}

/**
 * The passages of a coding with another reason in the place of one of the other coding; undefined if the codings agree
 * on it: the same reason is there, and the words that it leaves out have no other one.
 */
function othersAgainst(coding: readonly Passed[], passed: Passed): readonly Passed[] | undefined {
  const others = coding.filter(({ reason }) => reason !== passed.reason);
  const agreeing = agreeingWith(coding, passed);
  if (agreeing.length === 0) return others.filter((each) => isSamePassage(each, passed));
  const left = agreeing.reduce<readonly Words[]>(
    (parts, each) => parts.flatMap((part) => outside(part, each)),
    [passed],
  );
  const against = others.filter((each) => {
    const shared = left.reduce((sum, part) => sum + Math.max(0, overlapOf(each, part)), 0);
    return shared >= leastAgainst * Math.min(lengthOf(each), lengthOf(passed));
  });
  return against.length === 0 ? undefined : against;
}

/**
 * Whether two passages overlap by at least half of the longer one. A short passage inside a long one is another one.
 */
function isSamePassage(one: Words, other: Words): boolean {
  return overlapOf(one, other) * 2 >= Math.max(lengthOf(one), lengthOf(other));
}

/** Whether two passages overlap by at least half of the shorter one. */
function sharesHalf(one: Words, other: Words): boolean {
  return overlapOf(one, other) * 2 >= Math.min(lengthOf(one), lengthOf(other));
}

/** The parts of a passage before and after another one. */
function outside({ start, end }: Words, other: Words): readonly Words[] {
  const before = { start, end: Math.min(end, other.start) };
  const after = { start: Math.max(start, other.end), end };
  return [before, after].filter((part) => lengthOf(part) > 0);
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

/** The reasons for which words of a source need no record although a record cites them now, and did not before. */
export function reasonsAgainst(
  own: OpenRecord | undefined,
  source: string,
  { before, now }: { readonly before: readonly SourceWords[]; readonly now: readonly SourceWords[] },
  textOf: (words: Words) => string,
): readonly string[] {
  const cites = (each: SourceWords): boolean => each.source === source;
  const added = before
    .filter(cites)
    .reduce<readonly Words[]>((left, old) => left.flatMap((part) => outside(part, old)), now.filter(cites));
  const meets = (passed: Passed): boolean =>
    added.some((part) => {
      const shared = { start: Math.max(part.start, passed.start), end: Math.min(part.end, passed.end) };
      return lengthOf(shared) > 0 && trimmed(shared, textOf).length > 0;
    });
  return [...new Set(passagesIn(own, source).flatMap((passed) => (meets(passed) ? [passed.reason] : [])))];
}

/**
 * The record of a source in which a passage needs no record for a reason, and for no other. Longer passages keep their
 * reasons for the rest of their words. Nothing changes inside a passage that has this reason alone. Undefined: the
 * passage needs a record after all.
 * @param textOf the text of some words of the source, by which a rest without letters and digits is left out
 */
export function withReason(
  record: RecordContent,
  at: string,
  words: SourceWords,
  reason: string | undefined,
  textOf: (words: Words) => string,
): RecordContent {
  const { source, start, end } = words;
  const rests: RecordSpan[] = [];
  let isThere = false;
  const spans = record.spans.flatMap((span) => {
    if (span.source !== source || overlapOf(span, words) <= 0) return [span];
    const isAround = span.start <= start && end <= span.end;
    const stays = (pointer: string): boolean =>
      reason !== undefined && isAround && resolvePointer(record.value, pointer) === reason;
    const cut = span.supports.filter((pointer) => isIn(pointer, at) && !stays(pointer));
    isThere ||= span.supports.some((pointer) => isIn(pointer, at) && stays(pointer));
    for (const rest of outside(span, words).flatMap((part) => trimmed(part, textOf)))
      rests.push({ source, ...rest, supports: cut, origin: undefined });
    return withoutSupports(span, cut);
  });
  const kept = rests.filter(({ supports }) => supports.length > 0);
  const rest = kept.reduce<RecordContent>((left, span) => citing(left, span, span.supports), { ...record, spans });
  const bare = withoutUncited(rest, record, at);
  return isThere || reason === undefined ? bare : withOneMore(bare, at, words, reason);
}

/** The record of a source in which a passage no longer has a reason to need no record. */
export function withoutReason(record: RecordContent, at: string, words: SourceWords, reason: string): RecordContent {
  const spans = record.spans.flatMap((span) => {
    if (span.source !== words.source || span.start !== words.start || span.end !== words.end) return [span];
    const isGone = (pointer: string): boolean => isIn(pointer, at) && resolvePointer(record.value, pointer) === reason;
    return withoutSupports(span, span.supports.filter(isGone));
  });
  return withoutUncited({ ...record, spans }, record, at);
}

type RecordSpan = RecordContent['spans'][number];

/** A span that no longer supports some fields; none if it supports no others. */
function withoutSupports(span: RecordSpan, gone: readonly string[]): readonly RecordSpan[] {
  if (gone.length === 0) return [span];
  const supports = span.supports.filter((pointer) => !gone.includes(pointer));
  return supports.length === 0 ? [] : [{ ...span, supports }];
}

/** Words without the white space around them; none if they have no letter or digit. */
function trimmed({ start, end }: Words, textOf: (words: Words) => string): readonly Words[] {
  const text = textOf({ start, end });
  // a save refuses new words of a text that is not available
  if (text === '') return [{ start, end }];
  if (!/[\p{L}\p{N}]/u.test(text)) return [];
  const before = codePoints(text).length - codePoints(text.trimStart()).length;
  const after = codePoints(text).length - codePoints(text.trimEnd()).length;
  return [{ start: start + before, end: end - after }];
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
