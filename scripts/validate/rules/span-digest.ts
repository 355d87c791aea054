import { bookFile, bookOf, bookSpan } from './example.ts';
import type { RuleDefinition } from './rule.ts';

/** Found where a span is compared with its text, for `trace` and `verify` too: evidence/compare.ts. */
export const rule = {
  name: 'span-digest',
  phase: 'record',
  severity: 'error',
  description:
    'The digest of a span is that of the words at its offsets. It shows that the offsets are right and the text ' +
    'unchanged. If the words are elsewhere in the text, the message says where. `reanchor` moves the spans of a ' +
    'corrected text.',
  bad: { files: { [bookFile]: bookOf({ ...bookSpan, start: 4 }) }, at: `${bookFile}:10:17` },
  good: { [bookFile]: bookOf(bookSpan) },
} as const satisfies RuleDefinition;
