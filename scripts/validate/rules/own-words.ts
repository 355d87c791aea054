import { mostRepeatedWords } from '../../base/limits.ts';
import type { Fault } from '../../base/problem.ts';
import { quoted } from '../../base/text.ts';
import type { DocumentText } from '../../read/documents.ts';
import type { Verbatim } from '../../schema/walk.ts';
import { book, bookFile } from './example.ts';
import type { RuleDefinition } from './rule.ts';

/** Looks for a long run of words of the documents that a record cites. */
function check(texts: readonly Verbatim[], documents: readonly DocumentText[]): readonly Fault[] {
  return texts.flatMap(({ pointer, words }): readonly Fault[] => {
    const run = longestRun(wordsOf(words), documents.map(runsOf));
    if (run.length <= mostRepeatedWords) return [];
    return [
      {
        rule: 'own-words',
        pointer,
        message: `${run.length} words in a row are copied from a source: ${quoted(run.join(' '))}`,
        hint: 'say it in your own words',
      },
    ];
  });
}

/** The words of a text for comparison: letters and digits, in lower case. */
function wordsOf(text: string): readonly string[] {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((word) => word !== '');
}

const runLength = mostRepeatedWords + 1;
const known = new WeakMap<DocumentText, ReadonlySet<string>>();

/** All runs of words of a document that are one word too long. */
function runsOf(document: DocumentText): ReadonlySet<string> {
  const before = known.get(document);
  if (before !== undefined) return before;
  const words = wordsOf(document.slice?.(0, document.length) ?? '');
  const runs = new Set(words.map((_, i) => words.slice(i, i + runLength).join(' ')));
  known.set(document, runs);
  return runs;
}

/** The longest run of words that is covered by these runs; shorter than a run if there is none. */
function longestRun(words: readonly string[], runs: readonly ReadonlySet<string>[]): readonly string[] {
  let longest: readonly string[] = [];
  for (let start = 0; start + runLength <= words.length; start++) {
    let end = start + runLength;
    const isRun = (to: number): boolean => runs.some((each) => each.has(words.slice(to - runLength, to).join(' ')));
    if (!isRun(end)) continue;
    while (end < words.length && isRun(end + 1)) end++;
    if (end - start > longest.length) longest = words.slice(start, end);
    start = end - runLength;
  }
  return longest;
}

/** A longer review than in the other examples, and a span of it. */
const longReview = {
  'sources/review.txt': 'The Ferry is a short and merry book of 40 pages on nothing but ferries.\n',
  'raw/reviews/review.json': {
    id: 'review',
    document: { file: 'review.txt', sha256: 'fd761167077153ff8a2b28840d55e007d3eb1edb4818695b3075a2af7f44a065' },
  },
} as const;
const longSpan = {
  source: 'review',
  start: 31,
  end: 71,
  sha256: 'be59731bb324953878c13256fedebe9ecfbc5aab8e3fbaeb71ded31e97a59614',
  begins: 'book',
  ends: 'ferries.',
  supports: ['/blurb'],
} as const;

export const rule = {
  name: 'own-words',
  phase: 'record',
  severity: 'warning',
  description:
    `A text with \`x-own-words\` repeats no more than ${mostRepeatedWords} words in a row of a source that ` +
    'the record cites: a release publishes the words of the curator. This is checked if the text of the source ' +
    'is available.',
  bad: {
    files: {
      ...longReview,
      [bookFile]: book({ blurb: 'A short and merry book of 40 pages on ferries.', evidence: [longSpan] }),
    },
    at: `${bookFile}:4:12`,
  },
  good: { ...longReview, [bookFile]: book({ blurb: 'A merry little book on ferries.', evidence: [longSpan] }) },
  check,
} as const satisfies RuleDefinition;
