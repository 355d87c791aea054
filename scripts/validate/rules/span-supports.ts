import { type Json, asPointer, pointerSteps, pointersIn, resolvePointer } from '../../json/json.ts';
import type { Fault } from '../../base/problem.ts';
import type { Nearest } from '../../base/suggestions.ts';
import { quoted, written } from '../../base/text.ts';
import type { Span } from '../../schema/extensions.ts';
import { bookFile, bookOf, bookSpan } from './example.ts';
import type { RuleDefinition } from './rule.ts';

/** The record around a span, for its pointers. */
interface Around {
  readonly record: Json;
  /** JSON Pointers of the lists of spans. */
  readonly at: readonly string[];
  /**
   * Members whose key the schema does not know, by the pointer that was meant: the key is the fault, not the pointer.
   */
  readonly misspelt: ReadonlyMap<string, string>;
  readonly nearest: Nearest;
}

/** Adds what the span supports to `supported`, including what it was meant to support: one fault is enough. */
function check(span: Span, pointer: string, around: Around, supported: Set<string>): readonly Fault[] {
  const { record, at, misspelt } = around;
  const faults: Fault[] = [];
  for (const [i, field] of span.supports.entries()) {
    const fault = (message: string, hint?: string): void =>
      void faults.push({ rule: 'span-supports', pointer: `${pointer}/supports/${i}`, message, hint });
    if (field === '') fault('a span supports fields, not the whole record', 'name the fields that it supports');
    else if (at.some((own) => field === own || field.startsWith(`${own}/`))) fault('a span cannot support a span');
    else if (resolvePointer(record, field) !== undefined) supported.add(field);
    else if (!isMisspelt(field, misspelt)) {
      const meant = fieldMeant(field, around);
      // other parts of that field are reported once this pointer is right
      if (meant !== undefined) supported.add(meant.field.slice(0, `${meant.field}/`.indexOf('/', 1)));
      const isPointer = pointerSteps(field) !== undefined;
      fault(
        isPointer ? `the record has nothing at ${quoted(field)}` : `${quoted(field)} is not a JSON Pointer`,
        meant?.hint,
      );
    }
  }
  return faults;
}

function isMisspelt(field: string, misspelt: ReadonlyMap<string, string>): boolean {
  return [...misspelt.keys()].some((meant) => field === meant || field.startsWith(`${meant}/`));
}

/** The field that was meant: with slashes instead of dots and one in front, else the nearest. */
function fieldMeant(field: string, { record, at, nearest }: Around): { field: string; hint: string } | undefined {
  const slashed = asPointer(field);
  if (resolvePointer(record, slashed) !== undefined) return { field: slashed, hint: `write ${written(slashed)}` };
  const isSpan = (pointer: string): boolean => at.some((own) => pointer === own || pointer.startsWith(`${own}/`));
  const candidates = [...pointersIn(record)].filter((pointer) => !isSpan(pointer));
  const near = nearest(slashed, candidates);
  return near === undefined ? undefined : { field: near, hint: `did you mean ${written(near)}?` };
}

export const rule = {
  name: 'span-supports',
  phase: 'record',
  severity: 'error',
  description:
    'Each JSON Pointer in the `supports` of a span leads to a field of the record, not to the whole record or a ' +
    'span.',
  bad: { files: { [bookFile]: bookOf({ ...bookSpan, supports: ['/pages', '/page'] }) }, at: `${bookFile}:15:9` },
  good: { [bookFile]: bookOf({ ...bookSpan, supports: ['/pages', '/title'] }) },
  check,
} as const satisfies RuleDefinition;
