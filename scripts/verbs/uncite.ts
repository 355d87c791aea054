import { takeTurnAt } from '../project/folders.ts';
import { Failure } from '../base/problem.ts';
import { list, quoted } from '../base/text.ts';
import { findQuotation } from '../evidence/findQuote.ts';
import { type Json, asPointer, isObject, member } from '../json/json.ts';
import type { Project } from '../project/openProject.ts';
import { elementsAt, recordNamed, withValueAt, writeRecord } from '../project/recordFiles.ts';
import { spansOf } from '../schema/recordTypes.ts';
import { structureOf, walk } from '../schema/walk.ts';
import { toSpan } from '../schema/extensionValues.ts';
import type { CitedRecord } from './cite.ts';
import { coversField, fieldsOf } from './support.ts';

/** A record, and the evidence to remove from it. */
export interface UnciteOptions extends CitedRecord {
  /** Its place in the list, as `trace` shows it (`source start`), as a JSON Pointer, or some of its words. */
  readonly span: string;
  /** Fields that it should no longer support, as JSON Pointers; by default all, which removes the span. */
  readonly supports?: readonly string[];
}

/** What was removed. */
export interface Uncited {
  readonly file: string;
  readonly span: { readonly source: string; readonly start: number; readonly end: number };
  /** The fields that it no longer supports. */
  readonly supports: readonly string[];
  /** Whether the span was removed. */
  readonly gone: boolean;
  /** Fields that need evidence and now have none. */
  readonly lacking: readonly string[];
}

/**
 * Removes a span of evidence from a record, or some of what it supports. @throws Failure if there is no such span, or
 * several
 */
export function uncite(
  project: Project,
  { record: named, span: wanted, supports, from = '.' }: UnciteOptions,
): Uncited {
  const { fs } = project;
  const turn = takeTurnAt(fs, project.options);
  try {
    const record = recordNamed(fs, project, from, named);
    const at = spansOf(record.type);
    if (at === undefined) throw new Failure(`the records of ${record.type.name} have no list of spans`);
    const spans = elementsAt(record.value, at);
    const index = indexOf(project, spans, at, wanted, record.file.shown);
    const own = spans[index] ?? null;
    const dropped = supports === undefined ? fieldsOf(own) : supports.map((field) => supportedField(own, field));
    const less = dropped.reduce((left, field) => withoutField(left, field), [own] as readonly Json[]);
    const after = [...spans.slice(0, index), ...less, ...spans.slice(index + 1)];
    const value = withValueAt(record.value, at, after);
    writeRecord(fs, { ...record, value }, project.rawPath);
    const { needEvidence } = walk(value, structureOf(record.type.shape));
    const lost = needEvidence.filter((field) => coversField(own, field));
    const { source = '', start = 0, end = 0 } = toSpan(own) ?? {};
    return {
      file: record.file.shown,
      span: { source, start, end },
      supports: dropped,
      gone: less.length === 0,
      lacking: lost.filter((field) => !after.some((span) => coversField(span, field))),
    };
  } finally {
    turn.end();
  }
}

/** The span without a field; none if nothing else is left. The fields of the record keep their positions. */
function withoutField([span]: readonly Json[], field: string): readonly Json[] {
  if (span === undefined || !isObject(span)) return [];
  const left = fieldsOf(span).filter((each) => each !== field);
  return left.length === 0 ? [] : [{ ...span, supports: left }];
}

function supportedField(span: Json, field: string): string {
  const fields = fieldsOf(span);
  const pointer = fields.includes(field) ? field : asPointer(field);
  if (fields.includes(pointer)) return pointer;
  throw new Failure(`the span does not support ${quoted(pointer)}, but ${list(fields.map((each) => quoted(each)))}`);
}

/** @throws Failure if no span matches, or several do */
function indexOf(project: Project, spans: readonly Json[], at: string, wanted: string, shown: string): number {
  const all = spans.map((span, i) => ({ span, i }));
  const pointed = all.filter(
    ({ i }) => wanted === `${at}/${i}` || asPointer(wanted) === `${at}/${i}` || wanted === String(i),
  );
  const placed = all.filter(({ span }) => namesPlace(span, wanted));
  const worded = wanted.trim() === '' ? [] : all.filter(({ span }) => hasWords(project, span, wanted));
  // a span of exactly these words is preferred to one that contains them
  const whole = worded.filter(({ span }) => isJust(project, span, wanted));
  const found = [pointed, placed, whole, worded].find((some) => some.length > 0) ?? [];
  const [only] = found;
  if (only !== undefined && found.length === 1) return only.i;
  const listed = (found.length > 0 ? found : all).map(({ span, i }) => `${at}/${i}: ${describe(span)}`).join('; ');
  const why = found.length > 1 ? 'matches several spans' : `is not a span of ${shown}`;
  throw new Failure(`${quoted(wanted)} ${why}; its spans are ${listed}`);
}

/** Whether a text names a span as `trace` shows it: the source and the start of the words, or that place alone. */
function namesPlace(value: Json, wanted: string): boolean {
  const span = toSpan(value);
  if (span === undefined) return false;
  const names = [`${span.start}`, `${span.start}-${span.end}`];
  const plain = wanted
    .trim()
    .replace(/[:\s]+/g, ' ')
    .replaceAll('–', '-');
  return [...names, ...names.map((name) => `${span.source} ${name}`)].includes(plain);
}

/** The text of a span if it is available, else its first and last words; undefined for anything but a span. */
function textOf({ validation }: Project, value: Json): string | undefined {
  const span = toSpan(value);
  if (span === undefined) return undefined;
  const document = validation.documentOf(span.source);
  const text = document === undefined ? undefined : validation.documents(document.file);
  return text?.slice?.(span.start, span.end) ?? `${span.begins} … ${span.ends}`;
}

function hasWords(project: Project, span: Json, wanted: string): boolean {
  return findQuotation(textOf(project, span) ?? '', wanted).length > 0;
}

/** Whether each of two texts can be found in the other: they have the same words. */
function isJust(project: Project, span: Json, wanted: string): boolean {
  return findQuotation(wanted, textOf(project, span) ?? '').length > 0;
}

function describe(value: Json): string {
  const [source, start, begins, ends] = ['source', 'start', 'begins', 'ends'].map((field) => {
    const part = isObject(value) ? member(value, field) : undefined;
    return typeof part === 'string' || typeof part === 'number' ? part : '';
  });
  return `${source} ${start} “${begins} … ${ends}”`;
}
