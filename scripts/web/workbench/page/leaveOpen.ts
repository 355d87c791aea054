import { setAt } from '../edit.ts';
import { sentenceOfOffer } from './dateByHand.ts';
import { sentenceFromThenOn } from './earlierDate.ts';
import { edit, inOneStep, setField } from './editing.ts';

/**
 * Makes a date the time from it on, `date`. The sentence in which an offer says how it came to the date is about the
 * beginning of that time, too: it stays, and says that the end is open.
 */
export function leaveOpen(pointer: string, date: string): void {
  setWithSentence(pointer, date, (sentence) => sentenceFromThenOn(sentence, date));
}

/** Marks a date as approximate or uncertain, or no longer: how an offer came to it stays the same. */
export function markDate(pointer: string, date: string): void {
  setWithSentence(pointer, date, (sentence) => sentence);
}

function setWithSentence(pointer: string, date: string, reworded: (sentence: string) => string): void {
  const about = sentenceOfOffer(pointer);
  inOneStep(() => {
    setField(pointer, date);
    if (about === undefined) return;
    edit((before) => setAt(before, about.pointer, reworded(about.sentence)));
  });
}
