import type { DocumentText } from '../read/documents.ts';
import type { CommandHint, Fault, Hint, Rule } from '../base/problem.ts';
import { count, written } from '../base/text.ts';
import type { SourceDocument, Span } from '../schema/extensions.ts';

/** The most words that `begins` and `ends` can each have. */
export const mostWords = 6;

/** The words of a text, separated by white space. */
export function wordsOf(text: string): string[] {
  return text.split(/\s+/u).filter((word) => word !== '');
}

/** How many words `begins` and `ends` can have together: a third of the span's, but at least one each. */
export function wordsAllowed(spanWords: number): number {
  return Math.max(2, Math.floor(spanWords / 3));
}

/** The command that adds a span; it names the source if only one is possible. */
export function citeHint(name: string, sources: readonly string[], supports: readonly string[]): CommandHint {
  const [only] = sources;
  const source = sources.length === 1 && only !== undefined ? only : '…';
  return { verb: 'cite', arguments: [name, '--source', source, '--quote', '…', '--supports', supports.join()] };
}

/**
 * Checks a span against what its source says about the document: its order, its range, and how many words it repeats.
 */
export function checkRange(span: Span, pointer: string, document: SourceDocument): Fault[] {
  const fault = faultsAt(pointer);
  if (span.end <= span.start)
    return [fault('span-range', 'end', `the span ends at ${span.end}, before it starts at ${span.start}`)];
  const { start = 0, end = Number.POSITIVE_INFINITY } = document;
  if (span.start < start)
    return [
      fault('span-range', 'start', `the span starts at ${span.start}, before its document, which starts at ${start}`),
    ];
  if (span.end > end)
    return [fault('span-range', 'end', `the span ends at ${span.end}, past the end of its document at ${end}`)];
  for (const field of ['begins', 'ends'] as const) {
    const words = wordsOf(span[field]).length;
    if (words > mostWords) return [fault('span-words', field, `${count(words, 'word')}, more than ${mostWords}`)];
  }
  return [];
}

/** Compares a span with its document's text: range, first and last characters, digest, first and last words. */
export function checkText(span: Span, pointer: string, document: DocumentText): readonly Fault[] {
  const { length } = document;
  if (document.slice === undefined) return [];
  const fault = faultsAt(pointer);
  if (span.end > length)
    return [fault('span-range', 'end', `the span ends at ${span.end}, past the end of its document at ${length}`)];
  const text = document.slice(span.start, span.end);
  if (text !== text.trim()) {
    const message = 'the span begins or ends with white space';
    return [fault('span-range', 'start', message, 'a span begins and ends with a word')];
  }
  if (document.digest(text) !== span.sha256) {
    const message = 'the digest does not match the words from "start" to "end"';
    return [fault('span-digest', 'sha256', message, placeHint(span, document) ?? afresh)];
  }
  return checkWords(span, pointer, wordsOf(text));
}

/** Compares the first and last words of a span with all of its words. */
function checkWords(span: Span, pointer: string, words: readonly string[]): readonly Fault[] {
  const fault = faultsAt(pointer);
  const first = wordsOf(span.begins);
  const last = wordsOf(span.ends);
  const faults: Fault[] = [];
  if (first.join(' ') !== words.slice(0, first.length).join(' ')) {
    const hint = wordsHint(words.slice(0, Math.max(first.length, 1)));
    faults.push(fault('span-words', 'begins', 'not the first words of the span', hint));
  }
  if (last.join(' ') !== words.slice(-last.length).join(' ')) {
    const hint = wordsHint(words.slice(-Math.max(last.length, 1)));
    faults.push(fault('span-words', 'ends', 'not the last words of the span', hint));
  }
  const allowed = wordsAllowed(words.length);
  const used = first.length + last.length;
  if (used > allowed) {
    const message = `"begins" and "ends" have ${used} of the span's ${words.length} words`;
    faults.push(fault('span-words', 'begins', message, `use at most ${allowed}`));
  }
  return faults;
}

/** Makes faults for the members of a span. */
function faultsAt(pointer: string): (rule: Rule, field: string, message: string, hint?: Hint) => Fault {
  return (rule, field, message, hint) => ({ rule, pointer: `${pointer}/${field}`, message, hint });
}

/** As many words as the span gives now, which are few enough. */
function wordsHint(words: readonly string[]): string {
  return `write ${written(words.join(' '))}`;
}

const afresh: Hint = {
  before: 'remove "start", "end" and "sha256", correct "begins" and "ends", and run ',
  verb: 'fix',
  arguments: [],
};

/** Where a span with these first words, this length and this digest is, so that a shifted span can be corrected. */
function placeHint(span: Span, document: DocumentText): string | undefined {
  const length = span.end - span.start;
  const spots = document.find(span.begins).filter((start) => {
    const text = document.slice?.(start, start + length);
    return text !== undefined && document.digest(text) === span.sha256;
  });
  const [only] = spots;
  return spots.length === 1 && only !== undefined ? `it is at ${only} to ${only + length}` : undefined;
}
