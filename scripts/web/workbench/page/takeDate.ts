import type { Json } from '../../../json/json.ts';
import { list } from '../../../base/text.ts';
import type { RecordContent, Resolution } from '../messages.ts';
import { type Earlier, type Sibling, earlierIn, inOneLine, quotedIn, siblingsOf } from './earlierDate.ts';
import { citing, isBlank, removeAt, unciting, valueAt } from '../edit.ts';
import { edit, isCited } from './editing.ts';
import { needsEvidence, titleOf } from './formFields.ts';
import { spansOfField } from './left.ts';
import { say } from './notice.ts';
import { withValue } from './setValue.ts';
import { type Words, content, copiedAt, inHand, open } from './state.ts';
import { isSameWords } from './sameWords.ts';
import { holds, nearestIn } from './wordsInText.ts';

/** A date with how it follows from words, and the place of these words; undefined if they are not in the text. */
export interface Taken extends Resolution {
  readonly date: Json;
  readonly words: Words | undefined;
  /** The words that show another date, from which it follows. */
  readonly support?: readonly Words[];
}

/** A value that follows from a date, for another field. */
interface Consequence {
  readonly pointer: string;
  readonly value: string;
}

/** Whether no curator has filled in a field of this record. */
function isFree(of: RecordContent, pointer: string, { pointers }: Earlier): boolean {
  return isBlank(valueAt(of.value, pointer)) || pointers.has(pointer) || isCopied(of, pointer);
}

/** Whether a field of a copy is as it was copied. */
function isCopied(of: RecordContent, pointer: string): boolean {
  const from = copiedAt(pointer);
  return from !== undefined && JSON.stringify(valueAt(of.value, pointer)) === JSON.stringify(from);
}

/**
 * Sets a date in one step of the history, with the fields beside it that follow from it and that are free: the words as
 * written, what the date rests on, and how it was worked out.
 */
export function takeDate(pointer: string, taken: Taken): void {
  const filled: string[] = [];
  edit((before) => {
    const words = taken.words ?? (isCited(before, pointer) ? undefined : inHand.value);
    const siblings = siblingsOf(pointer);
    const earlier = earlierIn(open.value?.history.past ?? [], before, pointer, siblings);
    const own = withEvidence(withValue(before, pointer, taken.date), pointer, words, earlier);
    const dated = (taken.support ?? []).reduce(
      (now, each) => withEvidence(now, pointer, each, { ...earlier, words: undefined }),
      own,
    );
    return siblings.reduce((now, sibling) => {
      return consequencesOf(sibling, taken, now, earlier).reduce(
        (after, { pointer: at, value }) => {
          if (!isFree(after, at, earlier)) return after;
          // the same words, at another place
          if (valueAt(after.value, at) === value) return withEvidence(after, at, taken.words, earlier);
          filled.push(at);
          return withEvidence(withValue(after, at, value), at, taken.words, earlier);
        },
        withoutStale(now, sibling, taken, earlier),
      );
    }, dated);
  });
  // they are beside the date: the titles of what is around them say nothing new
  const titles = filled.map((at) => titleOf(at).split(' › ').at(-1) ?? at);
  if (titles.length > 0) say(`Also filled in: ${list(titles, 'and')}. Press Ctrl+Z to undo.`);
}

function consequencesOf(
  { pointer, field, hasWords, reason }: Sibling,
  { grounds, sentence, words }: Taken,
  now: RecordContent,
  earlier: Earlier,
): readonly Consequence[] {
  const text = hasWords && words !== undefined ? inOneLine(words) : undefined;
  if (text !== undefined) return [{ pointer, value: text }];
  if (field.grounds === undefined) return [];
  const code = field.grounds[grounds];
  if (code === undefined) return [];
  // a curator who has chosen another code says how, too
  const isOurs = isFree(now, pointer, earlier) || valueAt(now.value, pointer) === code;
  const isOld = reason !== undefined && (earlier.pointers.has(reason) || isCopied(now, reason));
  const explains = reason !== undefined && grounds !== 'stated' && (isOurs || isOld);
  return [{ pointer, value: code }, ...(explains ? [{ pointer: reason, value: sentence }] : [])];
}

/** The record without the words of another date, if those of this one are not in the text, and without its sentence. */
function withoutStale(
  now: RecordContent,
  { pointer, hasWords, reason }: Sibling,
  { grounds, sentence, words }: Taken,
  earlier: Earlier,
): RecordContent {
  const isGone = hasWords && words === undefined && quotedIn(sentence) !== valueAt(now.value, pointer);
  if (isGone && earlier.pointers.has(pointer)) return removeAt(now, pointer);
  if (grounds !== 'stated' || reason === undefined || valueAt(now.value, reason) === undefined) return now;
  const isFreeToo = isFree(now, reason, earlier) && isFree(now, pointer, earlier);
  return isFreeToo || earlier.pointers.has(reason) ? removeAt(now, reason) : now;
}

/** The record with words as evidence for a field that has none which holds them, in place of those of another date. */
function withEvidence(now: RecordContent, pointer: string, words: Words | undefined, earlier: Earlier): RecordContent {
  if (words === undefined || !needsEvidence(pointer)) return now;
  const stale = now.spans.findIndex(
    (span) =>
      span.supports.includes(pointer) &&
      earlier.words !== undefined &&
      inOneLine(span) === earlier.words &&
      !isSameWords(words, span),
  );
  const rest = stale < 0 ? now : unciting(now, stale, pointer);
  const { own, above } = spansOfField(rest, pointer);
  if ([...own, ...above].some((index) => isWithin(words, rest.spans[index]))) return rest;
  return citing(rest, words, [pointer]);
}

function isWithin({ source, start, end }: Words, around: Words | undefined): boolean {
  return around !== undefined && source === around.source && start >= around.start && end <= around.end;
}

/**
 * The place of typed words in those that their field cites, or in those in hand, or else nearest to these in the text;
 * undefined if they are nowhere.
 */
export function placeOfTyped(pointer: string): Words | undefined {
  const now = content.value;
  const text = now === undefined ? undefined : valueAt(now.value, pointer);
  if (now === undefined || typeof text !== 'string') return undefined;
  const cited = spansOfField(now, pointer).own.map((index) => now.spans[index]);
  const all = [...cited, inHand.value].filter((words) => words !== undefined);
  const around = all.find((words) => holds(words, text));
  const from = around ?? all[0];
  const spot = from === undefined ? undefined : nearestIn(text, from.start);
  return spot !== undefined && (around === undefined || isWithin(spot, around)) ? spot : undefined;
}
