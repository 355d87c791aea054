import { Failure } from '../../base/problem.ts';
import { list, quoted } from '../../base/text.ts';
import { compareSpans, describeSpan } from '../../evidence/complete.ts';
import { type Json, type JsonObject, isArray, isObject, pointerSteps, resolvePointer } from '../../json/json.ts';
import type { Project } from '../../project/openProject.ts';
import { withValueAt } from '../../project/recordFiles.ts';
import { toSpan } from '../../schema/extensionValues.ts';
import type { RecordContent, SpanMessage } from './messages.ts';

/** A record as the page sees it: its value, and its spans beside it. `at` is the pointer of the list of spans. */
export function contentOf(record: JsonObject, at: string | undefined): RecordContent {
  const spans = at === undefined ? undefined : resolvePointer(record, at);
  if (at === undefined || !isArray(spans)) return { value: record, spans: [] };
  return { value: without(record, pointerSteps(at) ?? []), spans: spans.map(messageOf) };
}

function messageOf(value: Json, origin: number): SpanMessage {
  const span = toSpan(value);
  if (span === undefined) return { source: '', start: 0, end: 0, supports: [], origin };
  const { source, start, end, supports } = span;
  return { source, start, end, supports, origin };
}

function without(object: JsonObject, [step, ...rest]: readonly string[]): JsonObject {
  const inner = step === undefined ? undefined : object[step];
  if (step === undefined || inner === undefined) return object;
  if (rest.length > 0) return isObject(inner) ? { ...object, [step]: without(inner, rest) } : object;
  return Object.fromEntries(Object.entries(object).filter(([key]) => key !== step));
}

/**
 * The record that the page sends: its value with its spans completed. Unchanged spans stay as they were read, so an
 * unchanged record stays the same.
 * @throws Failure if the text of a new span is not available, or the span is outside it
 */
export function recordOf(
  project: Pick<Project, 'validation'>,
  content: RecordContent,
  original: JsonObject | undefined,
  at: string | undefined,
): JsonObject {
  const before = original === undefined || at === undefined ? undefined : resolvePointer(original, at);
  const old = isArray(before) ? before : [];
  if (at === undefined) return content.value;
  const spans = content.spans.map((span) => spanOf(project, span, old));
  const isSame = spans.length === old.length && spans.every((span, i) => span === old[i]);
  if (isSame) return before === undefined ? content.value : withValueAt(content.value, at, before);
  return spans.length === 0 ? content.value : withValueAt(content.value, at, spans.toSorted(compareSpans));
}

function spanOf({ validation }: Pick<Project, 'validation'>, message: SpanMessage, old: readonly Json[]): Json {
  const { source, start, end, supports, origin } = message;
  const before = origin === undefined ? undefined : old[origin];
  const known = before === undefined ? undefined : toSpan(before);
  if (before !== undefined && known === undefined) return before;
  if (isObject(before) && known?.source === source && known.start === start && known.end === end)
    return isSameList(known.supports, supports) ? before : { ...before, supports };
  const document = validation.documentOf(source);
  if (document === undefined) throw new Failure(`no source is called ${quoted(source)}`);
  const text = validation.documents(document.file);
  if (text?.slice === undefined) throw new Failure(`the text of ${quoted(document.file)} is not available`);
  if (text.sha256 !== document.sha256)
    throw new Failure(
      `the text of ${quoted(source)} has changed: move its spans with \`npx demarche reanchor ${source}\``,
    );
  const [first, last] = [document.start ?? 0, document.end ?? text.length];
  if (start < first || start >= end || end > last)
    throw new Failure(`${list([String(start), String(end)])} are outside the text of ${quoted(source)}`);
  return { source, ...describeSpan(text, start, end), supports };
}

function isSameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((each, i) => each === b[i]);
}
