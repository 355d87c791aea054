import { canBeDateInWords, edtfInWords } from '../../../base/edtfInWords.ts';
import { absolutePointer, below, pointerSteps } from '../../../json/json.ts';
import type { Field, RecordContent } from '../messages.ts';
import { isBlank, valueAt } from '../edit.ts';
import { fieldOf, needsEvidence } from './formFields.ts';
import { spansOfField } from './left.ts';
import { wordsOf } from './sourceText.ts';
import { type Words, fields } from './state.ts';

// What an earlier offer filled in beside a date. The record tells it, so that it is known after an undo or a reload, in
// a duplicate, and wherever the date is in a list by now.

/** A field beside a date. */
export interface Sibling {
  readonly pointer: string;
  readonly field: Field;
  /** Whether it is the only field beside the date for words of the text. */
  readonly hasWords: boolean;
  /** Where it is said how a value was worked out, if this field says what it rests on. */
  readonly reason: string | undefined;
}

/** The names of the fields beside one, and of itself, that are required there. */
export function requiredBeside(pointer: string): ReadonlySet<string> {
  const around = fieldOf((pointerSteps(pointer) ?? []).slice(0, -1));
  return new Set(around?.properties.flatMap(({ name, required }) => (required ? [name] : [])));
}

/** The fields beside a date, and the date itself. */
export function siblingsOf(pointer: string): readonly Sibling[] {
  const steps = (pointerSteps(pointer) ?? []).slice(0, -1);
  const around = fieldOf(steps);
  const all = (around?.properties ?? []).flatMap(({ name, field }) => {
    const inner = fields.value[field];
    return inner === undefined ? [] : [{ pointer: below(steps.reduce(below, ''), name), field: inner }];
  });
  const isForWords = ({ kind, verbatim }: Field): boolean => kind === 'text' && verbatim;
  const isOnly = all.filter(({ field }) => isForWords(field)).length === 1;
  return all.map(({ pointer: at, field }) => ({
    pointer: at,
    field,
    hasWords: isOnly && isForWords(field),
    reason: field.grounds?.reason === undefined ? undefined : absolutePointer(at, field.grounds.reason),
  }));
}

/** What an earlier offer filled in. */
export interface Earlier {
  /** The words that the earlier date was read from; undefined if that is not known. */
  readonly words: string | undefined;
  readonly pointers: ReadonlySet<string>;
}

/**
 * Finds what an offer filled in beside a date: a sentence that quotes words, and the code and the words that go with
 * it; or words that their field cites, as the date does or did before it was cleared, and the code for a date in so
 * many words. `past` are the steps of the history.
 */
export function earlierIn(
  past: readonly RecordContent[],
  now: RecordContent,
  date: string,
  siblings: readonly Sibling[],
): Earlier {
  const grounds = siblings.filter(({ field }) => field.grounds !== undefined);
  const about = siblings.find(({ hasWords }) => hasWords)?.pointer;
  const words = about === undefined ? undefined : textAt(now, about);
  // a date that was cleared has no evidence any more
  const wasRead = (text: string): boolean => [...past, now].some((each) => isReadFrom(each, date, text));
  const isCited = about !== undefined && words !== undefined && isWhatIsCited(now, about, words) && wasRead(words);
  const found = grounds.map((each) => filledInBy(now, each, isCited));
  const quoted = found.find((each) => each.quoted !== undefined)?.quoted;
  const isFromOffer = quoted === undefined ? isCited && found.every(({ isOffered }) => isOffered) : quoted === words;
  return {
    words: quoted ?? (isFromOffer ? words : undefined),
    pointers: new Set([
      ...found.flatMap(({ pointers }) => pointers),
      ...(isFromOffer && about !== undefined ? [about] : []),
    ]),
  };
}

interface FilledIn {
  readonly isOffered: boolean;
  /** The words that the sentence quotes. */
  readonly quoted: string | undefined;
  readonly pointers: readonly string[];
}

/** What an offer filled in at a field that says what the date rests on. */
function filledInBy(now: RecordContent, { pointer, field, reason }: Sibling, isCited: boolean): FilledIn {
  const { stated, resolved, inferred } = field.grounds ?? {};
  const code = valueAt(now.value, pointer);
  const sentence = reason === undefined ? undefined : textAt(now, reason);
  const quoted = sentence === undefined ? undefined : quotedIn(sentence);
  if (reason !== undefined && sentence !== undefined && isOfOffer(sentence)) {
    const isOurs = code === (quoted === undefined ? inferred : resolved);
    return { isOffered: true, quoted, pointers: isOurs ? [pointer, reason] : [reason] };
  }
  // without a sentence, nothing else tells how the date was worked out
  const isOffered = sentence === undefined && (code === stated || code === resolved);
  return { isOffered, quoted, pointers: isOffered && isCited ? [pointer] : [] };
}

/**
 * The words that a sentence of an offer quotes; undefined for any other sentence, also one that was continued. It can
 * quote another date, such as `3. März`.
 */
export function quotedIn(sentence: string): string | undefined {
  return /^Read "(.*)" as (?:[^."]|"[^"]*")*\.$/su.exec(sentence)?.[1];
}

/** The sentence about a date, in words, for which the text has none: it is, or follows from, that of something else. */
export function sentenceWithoutWords(date: string, whose = 'the date of the source'): string {
  return `No date is given: ${date}, ${whose}.`;
}

/** The date of another field of the record, for that sentence. */
export function dateOfField(title: string): string {
  return `the date of “${title}”`;
}

const withoutWords = /^No date is given: (.+), (the date of (?:the source|“[^”]+”))\.$/;

/** The time from a date on, in words, for that sentence. */
export function timeInWords(date: string): string {
  return (edtfInWords(date) ?? date).replace(/^one date, |, without an end$/g, '');
}

/** The sentence of an offer about a date, for the time from that date on. */
export function sentenceFromThenOn(sentence: string, date: string): string {
  if (quotedIn(sentence) !== undefined) return sentence.replace(/\.$/, '; no end is given.');
  return sentence.replace(withoutWords, (_, __, whose: string) => sentenceWithoutWords(timeInWords(date), whose));
}

/** Whether an offer wrote a sentence, and nobody has continued it. */
export function isOfOffer(sentence: string): boolean {
  if (quotedIn(sentence) !== undefined) return true;
  const [, date, whose] = withoutWords.exec(sentence) ?? [];
  return date !== undefined && canBeDateInWords(date) && sentence === sentenceWithoutWords(date, whose);
}

/** Words of the text as an offer writes them: in one line. */
export function inOneLine(words: Words): string | undefined {
  return wordsOf(words)?.replace(/\s+/gu, ' ');
}

/** Whether the date cites words, or is there at all if it needs no evidence. */
export function isReadFrom(now: RecordContent, date: string, words: string): boolean {
  return needsEvidence(date) ? isWhatIsCited(now, date, words) : !isBlank(valueAt(now.value, date));
}

function isWhatIsCited(now: RecordContent, pointer: string, words: string): boolean {
  const { own, above } = spansOfField(now, pointer);
  return [...own, ...above].some((index) => {
    const span = now.spans[index];
    return span !== undefined && inOneLine(span) === words;
  });
}

function textAt({ value }: RecordContent, pointer: string): string | undefined {
  const text = valueAt(value, pointer);
  return typeof text === 'string' && text !== '' ? text : undefined;
}
