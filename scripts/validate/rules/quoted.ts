import type { Fault } from '../../base/problem.ts';
import { quoted } from '../../base/text.ts';
import type { DocumentText } from '../../read/documents.ts';
import type { Verbatim } from '../../schema/walk.ts';
import { book, bookFile, bookSpan } from './example.ts';
import { isSupported } from './evidence-missing.ts';
import type { RuleDefinition } from './rule.ts';
import type { Passage } from './verbatim.ts';

/** Looks for quote marks in or around the spans that support a code. */
function check({ pointer, words }: Verbatim, passages: readonly Passage[]): readonly Fault[] {
  const supporting = passages.filter(({ supports }) => isSupported(pointer, new Set(supports)));
  // a span that could not be compared may be in quote marks
  if (supporting.length === 0 || supporting.some(({ isQuoted }) => isQuoted === undefined || isQuoted())) return [];
  return [
    {
      rule: 'quoted',
      pointer,
      message: `no words that support ${quoted(words)} are in quote marks`,
      hint: 'cite the words that are, or choose another code',
    },
  ];
}

/** The most characters before a span in which quoted words that go on in it can begin. */
const mostBefore = 5000;

const doubled = /["\u201c-\u201f\u00ab\u00bb\u300c-\u300f]/gu;

/** A single mark at the beginning of a word: elsewhere it is an apostrophe. */
const opening = /(?:^|[\s([])['\u2018\u201a\u2039](?=\p{L})/u;

/** Whether words have quote marks in or next to them, or are in quoted words of their paragraph. */
export function isInQuotes({ slice, length }: DocumentText, start: number, end: number): boolean {
  const textIn = (from: number, to: number): string => slice?.(Math.max(0, from), Math.min(length, to)) ?? '';
  if (textIn(start - 1, end + 1).search(doubled) >= 0) return true;
  const before = textIn(start - mostBefore, start).replace(/^.*\n/su, '');
  return (before.match(doubled) ?? []).length % 2 === 1 || opening.test(before + textIn(start, end));
}

export const rule = {
  name: 'quoted',
  phase: 'record',
  severity: 'warning',
  description:
    'For a code that `x-quoted` lists, a span that supports it has quote marks in or next to it, or is in quoted ' +
    'words that begin before it. This is checked if the text of the source is available.',
  bad: {
    files: {
      [bookFile]: book({
        motto: '40 pages',
        form: 'saying',
        evidence: [{ ...bookSpan, supports: ['/form', '/motto'] }],
      }),
    },
    at: `${bookFile}:5:11`,
  },
  good: { [bookFile]: book({ form: 'novel', evidence: [{ ...bookSpan, supports: ['/form'] }] }) },
  check,
} as const satisfies RuleDefinition;
