import { createHash } from 'node:crypto';
import path from 'node:path';
import { type RawRecord, readRecords } from '../read/records.ts';
import { mostBytes, mostDocumentBytes } from '../base/limits.ts';
import { Failure } from '../base/problem.ts';
import { quoted } from '../base/text.ts';
import { type ShownSpan, type Trace, inSources, inText, traceRecord } from '../evidence/trace.ts';
import { type JsonObject, isArray, isObject, mayHold, member, resolvePointer } from '../json/json.ts';
import type { Project } from '../project/openProject.ts';
import { recordNamed } from '../project/recordFiles.ts';
import type { Span } from '../schema/extensions.ts';
import { toSpan } from '../schema/extensionValues.ts';
import type { RecordType } from '../schema/recordTypes.ts';
import { structureOf, walk } from '../schema/walk.ts';
import { recordsIn } from '../validate/selection.ts';
import { readDocument } from './readDocument.ts';

/** The record that `trace` shows. */
export interface TraceOptions {
  /** Its identifier, `table/identifier`, or the path of its file. */
  readonly record: string;
  /** The folder for relative file names: by default that of the process. */
  readonly from?: string;
}

/** A text to compare evidence with: any copy of a source, such as a saved page. */
export interface TraceAgainstOptions extends TraceOptions {
  readonly against: string;
}

/** A record's trace, with the record's table and identifier. */
export interface NamedTrace extends Trace {
  readonly name: string;
}

/** The fields of a record, each with its evidence in context. @throws Failure if there is no such record */
export function trace(project: Project, { record, from = '.' }: TraceOptions): NamedTrace {
  const { documentOf, documents } = project.validation;
  return traceOf(recordNamed(project.fs, project, from, record), inSources(documentOf, documents));
}

/**
 * The evidence of a record compared with a text, word by word: white space, line ends and punctuation do not count. For
 * a source, the evidence of every record that cites it. @throws Failure if there is no such record, text or evidence
 */
export async function traceAgainst(project: Project, options: TraceAgainstOptions): Promise<readonly NamedTrace[]> {
  const { record, against, from = '.' } = options;
  const opened = recordNamed(project.fs, project, from, record);
  const bytes = project.fs.read(path.resolve(from, against), mostDocumentBytes);
  if (bytes === undefined) throw new Failure(`${against}: larger than ${mostDocumentBytes} bytes`);
  const { text } = await readDocument({ name: against, bytes });
  const id = opened.type.key === undefined ? undefined : member(opened.value, opened.type.key);
  const source = typeof id === 'string' && project.sources.has(id) ? id : undefined;
  const show = inText(text, quoted(against), sha256);
  if (source !== undefined) {
    const traces = citing(project, source).map((each) => traceOf(each, only([source], show)));
    if (traces.length === 0) throw new Failure(`no record cites ${quoted(source)}`);
    return traces;
  }
  const spans = spansOfRecord(opened);
  const sources = [...new Set(spans.map((span) => span.source))];
  const found = sources.filter((each) =>
    spans.some((span) => span.source === each && show(span).passage !== undefined),
  );
  // a text belongs to one source or a few: spans of other sources are not searched in it
  return [traceOf(opened, found.length === 0 ? show : only(found, show))];
}

/** Shows the spans of some sources; those of others are marked as not compared. */
function only(sources: readonly string[], show: (span: Span) => ShownSpan): (span: Span) => ShownSpan {
  const reason = 'the text is that of another source';
  return (span) => (sources.includes(span.source) ? show(span) : { passage: undefined, reason, fault: false });
}

/** A record with its name and type. */
interface TypedRecord {
  readonly name: string;
  readonly type: RecordType;
  readonly value: JsonObject;
}

function traceOf({ name, type, value }: TypedRecord, show: (span: Span) => ShownSpan): NamedTrace {
  return { name, ...traceRecord(value, walk(value, structureOf(type.shape)), show) };
}

function spansOfRecord({ type, value }: TypedRecord): readonly Span[] {
  return walk(value, structureOf(type.shape)).spans.flatMap((at) => {
    const spans = resolvePointer(value, at);
    return isArray(spans) ? spans.flatMap((span) => toSpan(span) ?? []) : [];
  });
}

/** The records that cite a source. */
function citing(project: Project, source: string): readonly TypedRecord[] {
  const { fs, files, options } = project;
  const types = new Map(project.types.map((type) => [type.name, type]));
  return files.flatMap((file) => {
    const type = types.get(file.table);
    if (type === undefined) return [];
    return [...readRecords(fs, file, mostBytes)]
      .filter((raw): raw is RawRecord => 'text' in raw && mayHold(raw.text, source))
      .flatMap((raw) => recordsIn(raw, type, options.layout))
      .flatMap(([, value]) => (isObject(value) ? [{ name: nameIn(value, type, file.stem), type, value }] : []))
      .filter((record) => spansOfRecord(record).some((span) => span.source === source));
  });
}

function nameIn(value: JsonObject, { name, key }: RecordType, stem: string): string {
  const id = key === undefined ? undefined : member(value, key);
  return `${name}/${typeof id === 'string' ? id : stem}`;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
