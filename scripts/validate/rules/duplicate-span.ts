import type { Fault } from '../../base/problem.ts';
import type { Span } from '../../schema/extensions.ts';
import { bookFile, bookOf, bookSpan } from './example.ts';
import type { RuleDefinition } from './rule.ts';

/** `seen` holds the pointer of each earlier span; this one's is added. */
function check(span: Span, pointer: string, seen: Map<string, string>): readonly Fault[] {
  const key = JSON.stringify([span.source, span.start, span.end]);
  const before = seen.get(key);
  seen.set(key, pointer);
  if (before === undefined) return [];
  return [
    {
      rule: 'duplicate-span',
      pointer,
      message: `the same span as ${before}`,
      hint: 'merge what they support into one span',
    },
  ];
}

export const rule = {
  name: 'duplicate-span',
  phase: 'record',
  severity: 'error',
  description: 'A record cites each span of a source once. All fields that the span supports go into one `supports`.',
  bad: { files: { [bookFile]: bookOf(bookSpan, { ...bookSpan, supports: ['/title'] }) }, at: `${bookFile}:17:5` },
  good: { [bookFile]: bookOf({ ...bookSpan, supports: ['/pages', '/title'] }) },
  check,
} as const satisfies RuleDefinition;
