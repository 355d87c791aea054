import { parseEdtf } from '../../../base/edtf.ts';
import type { RecordContent } from '../messages.ts';
import { isBlank, removeAt, setAt, valueAt } from '../edit.ts';
import { isOfOffer, isReadFrom, quotedIn, siblingsOf } from './earlierDate.ts';
import { fieldOf, titleOf } from './formFields.ts';
import { sayWhile } from './notice.ts';
import { content, open } from './state.ts';

/**
 * A record in which a curator has written another date, without the sentence in which an offer said how it came to the
 * one before. The sentence comes back with that date, as long as it is typed in one go.
 */
export function withoutOldSentence(after: RecordContent, pointer: string): RecordContent {
  const date = valueAt(after.value, pointer);
  const field = fieldOf(pointer);
  if (field?.kind !== 'date' || typeof date !== 'string' || parseEdtf(date) === undefined) return after;
  const states = statesBefore(pointer);
  const begin = states.at(-1);
  const reason = sentenceAbout(states, pointer);
  const sentence = begin === undefined || reason === undefined ? undefined : valueAt(begin.value, reason);
  if (begin === undefined || reason === undefined || sentence === undefined) return after;
  const own = valueAt(after.value, reason);
  if (date === valueAt(begin.value, pointer)) return isBlank(own) ? setAt(after, reason, sentence) : after;
  return own === sentence ? removeAt(after, reason) : after;
}

/** The states of the history before the date that is being written. */
function statesBefore(pointer: string): readonly RecordContent[] {
  const history = open.value?.history;
  if (history === undefined) return [];
  return history.last === pointer ? history.past : [...history.past, history.now];
}

/** Where an offer has said how it came to a date, as long as no curator has edited that, and what it has said. */
export function sentenceOfOffer(date: string): { readonly pointer: string; readonly sentence: string } | undefined {
  const { past = [], now } = open.value?.history ?? {};
  const pointer = now === undefined ? undefined : sentenceAbout([...past, now], date);
  const sentence = pointer === undefined ? undefined : valueAt(now?.value ?? {}, pointer);
  return pointer !== undefined && typeof sentence === 'string' ? { pointer, sentence } : undefined;
}

/** Says that a field lost its sentence, as long as it has no other one. */
export function saySentenceGone(before: RecordContent | undefined, pointer: string): void {
  const gone = siblingsOf(pointer).find(
    ({ reason }) => reason !== undefined && !isBlank(valueAt(before?.value ?? {}, reason)) && isEmptyNow(reason),
  )?.reason;
  if (gone === undefined) return;
  const title = titleOf(gone).split(' › ').at(-1) ?? gone;
  sayWhile(`“${title}” was about the date before, and is empty now. Ctrl+Z undoes it.`, () => isEmptyNow(gone));
}

function isEmptyNow(pointer: string): boolean {
  return content.value !== undefined && isBlank(valueAt(content.value.value, pointer));
}

/** Where the last of some states has the sentence of an offer about a date, which no curator has edited. */
function sentenceAbout(states: readonly RecordContent[], date: string): string | undefined {
  const siblings = siblingsOf(date);
  const isOnly = siblings.filter(({ field }) => field.kind === 'date').length === 1;
  return siblings.flatMap(({ reason }) => {
    const sentence = reason === undefined ? undefined : valueAt(states.at(-1)?.value ?? {}, reason);
    if (reason === undefined || typeof sentence !== 'string' || !isOfOffer(sentence)) return [];
    if (isEdited(states, date, reason)) return [];
    const quoted = quotedIn(sentence);
    const isRead = quoted !== undefined && states.some((each) => isReadFrom(each, date, quoted));
    return isOnly || isRead ? [reason] : [];
  })[0];
}

/** Whether a text came to be what it is in a step that left its date as it was. */
function isEdited(states: readonly RecordContent[], date: string, text: string): boolean {
  const [last, others] = [states.at(-1), states.slice(0, -1)];
  if (last === undefined) return false;
  const at = others.findLastIndex(({ value }) => valueAt(value, text) !== valueAt(last.value, text));
  const [before, after] = [states[at], states[at + 1]];
  if (before === undefined || after === undefined) return false;
  return valueAt(before.value, date) === valueAt(after.value, date);
}
