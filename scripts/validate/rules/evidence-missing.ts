import type { Fault } from '../../base/problem.ts';
import { list } from '../../base/text.ts';
import { citeHint } from '../../evidence/compare.ts';
import { book, bookFile, bookOf, bookSpan } from './example.ts';
import type { RuleDefinition } from './rule.ts';

/**
 * One fault for all fields of a record that lack evidence, with one command that adds it, since one sentence often
 * supports all of them.
 */
function check(
  needed: readonly string[],
  supported: ReadonlySet<string>,
  name: string,
  sources: readonly string[],
): readonly Fault[] {
  const lacking = needed.filter((pointer) => !isSupported(pointer, supported));
  const [first, ...others] = lacking;
  if (first === undefined) return [];
  const more = others.length > mostNamed ? others.slice(0, mostNamed - 1) : others;
  const left = others.length - more.length;
  const named = list([first, ...more, ...(left > 0 ? [`${left} more fields`] : [])]);
  const before = 'add it to "supports" of a span that says so, or ';
  return [
    {
      rule: 'evidence-missing',
      pointer: first,
      message: `no span supports ${named}`,
      hint: { ...citeHint(name, sources, fieldsAbove(lacking, needed)), before },
    },
  ];
}

/** How many fields are named besides the first. */
const mostNamed = 4;

/** The fields that lack evidence; if all of an object or a list does, the whole. */
function fieldsAbove(lacking: readonly string[], needed: readonly string[]): readonly string[] {
  const without = new Set(lacking);
  const top = (pointer: string): string => pointer.slice(0, `${pointer}/`.indexOf('/', 1));
  const whole = new Map<string, boolean>();
  for (const pointer of needed) whole.set(top(pointer), whole.get(top(pointer)) !== false && without.has(pointer));
  return [...new Set(lacking.map((pointer) => (whole.get(top(pointer)) === true ? top(pointer) : pointer)))];
}

/** Whether a span supports a field, or something that contains it. */
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
