import { bookFile, bookOf, bookSpan } from './example.ts';
import type { RuleDefinition } from './rule.ts';

/** Found where a span is compared with its text, for `trace` and `verify` too: evidence/compare.ts. */
export const rule = {
  name: 'span-range',
  phase: 'record',
  severity: 'error',
  description:
    'A span is inside its document, starts before it ends, and begins and ends with a word. Offsets count ' +
    'code points, so that every language counts the same.',
  bad: { files: { [bookFile]: bookOf({ ...bookSpan, end: 400 }) }, at: `${bookFile}:9:14` },
  good: { [bookFile]: bookOf(bookSpan) },
} as const satisfies RuleDefinition;
