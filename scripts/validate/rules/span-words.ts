import { bookFile, bookOf, bookSpan } from './example.ts';
import type { RuleDefinition } from './rule.ts';

/** Found where a span is compared with its text, for `trace` and `verify` too: evidence/compare.ts. */
export const rule = {
  name: 'span-words',
  phase: 'record',
  severity: 'error',
  description:
    '`begins` and `ends` are the first and last words of a span, few enough that a release never republishes ' +
    'the text: a reader without the text knows what is meant, and one with it can find the span.',
  bad: { files: { [bookFile]: bookOf({ ...bookSpan, begins: 'had' }) }, at: `${bookFile}:11:17` },
  good: { [bookFile]: bookOf(bookSpan) },
} as const satisfies RuleDefinition;
