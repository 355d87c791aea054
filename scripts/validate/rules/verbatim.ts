import type { Fault } from '../../base/problem.ts';
import { codePoints, quoted } from '../../base/text.ts';
import { findQuotation, nearestPassage } from '../../evidence/findQuote.ts';
import type { Verbatim } from '../../schema/walk.ts';
import { book, bookFile, bookSpan } from './example.ts';
import { isSupported } from './evidence-missing.ts';
import type { RuleDefinition } from './rule.ts';

/** A span's words, undefined if they were not compared, and the fields that it supports. */
export interface Passage {
  readonly supports: readonly string[];
  readonly text: string | undefined;
  /** Whether they are in quotation marks; undefined if they were not compared. */
  readonly isQuoted: (() => boolean) | undefined;
}

/**
 * Looks for words in the spans that support them. As in `cite`, all kinds of white space, quote marks and dashes count
 * as equal.
 */
function check({ pointer, words }: Verbatim, passages: readonly Passage[]): readonly Fault[] {
  const texts = passages.filter(({ supports }) => isSupported(pointer, new Set(supports))).map(({ text }) => text);
  const known = texts.filter((text) => text !== undefined);
  // a span that could not be compared may contain the words
  if (known.length === 0 || known.length < texts.length) return [];
  if (known.some((text) => text.includes(words) || findQuotation(text, words).length > 0)) return [];
  const [near] = known.flatMap((text) => {
    const range = nearestPassage(text, words);
    return range === undefined ? [] : [codePoints(text).slice(range.start, range.end).join('')];
  });
  const message = `${quoted(words)} is not in the passage that supports it`;
  const hint = near === undefined || near.length > mostShown ? undefined : `the passage reads ${quoted(near)}`;
  return [{ rule: 'verbatim', pointer, message, hint }];
}

/** Longer passages, in characters, are not shown. */
const mostShown = 80;

export const rule = {
  name: 'verbatim',
  phase: 'record',
  severity: 'error',
  description:
    'A text with `x-verbatim` is, word for word, in the spans that support it. All kinds of quote marks, ' +
    'dashes and white space count as equal. This is checked if the text of the source is available.',
  bad: {
    files: { [bookFile]: book({ motto: 'forty pages', evidence: [{ ...bookSpan, supports: ['/motto'] }] }) },
    at: `${bookFile}:4:12`,
  },
  good: { [bookFile]: book({ motto: '40 pages', evidence: [{ ...bookSpan, supports: ['/motto'] }] }) },
  check,
} as const satisfies RuleDefinition;
