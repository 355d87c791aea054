import { type Json, below, isObject, pointerSteps, resolvePointer } from '../../json/json.ts';
import type { Fault } from '../../base/problem.ts';
import { didYouMean } from '../../base/suggestions.ts';
import { quoted, written } from '../../base/text.ts';
import type { Span } from '../../schema/extensions.ts';
import { bookFile, bookOf, bookSpan } from './example.ts';
import type { RuleDefinition } from './rule.ts';

/** Adds what the span supports to `supported`. `at` are the lists of spans. */
function check(
  span: Span,
  pointer: string,
  record: Json,
  at: readonly string[],
  supported: Set<string>,
): readonly Fault[] {
  const faults: Fault[] = [];
  for (const [i, field] of span.supports.entries()) {
    const fault = (message: string, hint?: string): void =>
      void faults.push({ rule: 'span-supports', pointer: `${pointer}/supports/${i}`, message, hint });
    if (pointerSteps(field) === undefined) continue;
    if (field === '') fault('a span supports fields, not the whole record', 'name the fields that it supports');
    else if (at.some((own) => field === own || field.startsWith(`${own}/`))) fault('a span cannot support a span');
    else if (resolvePointer(record, field) === undefined) {
      fault(`the record has nothing at ${quoted(field)}`, fieldHint(field, record));
    } else supported.add(field);
  }
  return faults;
}

/** The field that was meant: with slashes in place of dots, else the nearest; what only fails because a key is misspelt is mended with that key. */
function fieldHint(field: string, record: Json): string | undefined {
  const slashed = field.replaceAll('.', '/');
  if (slashed !== field && resolvePointer(record, slashed) !== undefined) return `write ${written(slashed)}`;
  return didYouMean(
    field,
    (isObject(record) ? Object.keys(record) : []).map((key) => below('', key)),
  );
}

export const rule = {
  name: 'span-supports',
  phase: 'record',
  severity: 'error',
  description:
    'Each JSON Pointer in the `supports` of a span leads to a field of the record, not to the whole record ' +
    'nor to a span.',
  bad: { files: { [bookFile]: bookOf({ ...bookSpan, supports: ['/pages', '/page'] }) }, at: `${bookFile}:15:9` },
  good: { [bookFile]: bookOf({ ...bookSpan, supports: ['/pages', '/title'] }) },
  check,
} as const satisfies RuleDefinition;
