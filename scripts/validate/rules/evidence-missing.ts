import type { Fault } from '../../base/problem.ts';
import { citeHint } from '../../evidence/compare.ts';
import { book, bookFile, bookOf, bookSpan } from './example.ts';
import type { RuleDefinition } from './rule.ts';

/** The record and its sources are named in the command that adds a span. */
function check(
  needed: readonly string[],
  supported: ReadonlySet<string>,
  name: string,
  sources: readonly string[],
): readonly Fault[] {
  return needed
    .filter((pointer) => !isSupported(pointer, supported))
    .map((pointer) => ({
      rule: 'evidence-missing',
      pointer,
      message: `no span supports ${pointer}`,
      hint: { ...citeHint(name, sources, [pointer]), before: 'add it to "supports" of the span that says it, or ' },
    }));
}

/** Whether a field, or something that it is in, is among what spans support. */
export function isSupported(pointer: string, supported: ReadonlySet<string>): boolean {
  for (let end = pointer.length; end > 0; end = pointer.lastIndexOf('/', end - 1)) {
    if (supported.has(pointer.slice(0, end))) return true;
  }
  return false;
}

export const rule = {
  name: 'evidence-missing',
  phase: 'record',
  severity: 'error',
  description:
    'Each leaf of a field with `x-evidence` is supported by a span of a source. A reader of the release can ' +
    'see where the value comes from.',
  bad: { files: { [bookFile]: book({ pages: 40 }) }, at: `${bookFile}:4:12` },
  good: { [bookFile]: bookOf(bookSpan) },
  check,
} as const satisfies RuleDefinition;
