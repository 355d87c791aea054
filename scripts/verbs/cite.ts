import { takeTurnAt } from '../project/folders.ts';
import { Failure } from '../base/problem.ts';
import type { Project } from '../project/openProject.ts';
import { elementsAt, recordNamed, withValueAt, writeRecord } from '../project/recordFiles.ts';
import { spansOf } from '../schema/recordTypes.ts';
import { type Quote, type Refusal, locate, supportsIn, withSpan } from './quotes.ts';

/** A record to add evidence to. */
export interface CitedRecord {
  /** Its identifier, `table/identifier`, or the path of its file. */
  readonly record: string;
  /** The folder for relative file names: by default that of the process. */
  readonly from?: string;
}

/** A record, and words of a source that support some of its fields. */
export interface CiteOptions extends CitedRecord, Quote {}

/** A span that was written. Offsets count code points in the source's file. */
export interface Cited {
  /** The record's file. */
  readonly file: string;
  readonly span: { readonly source: string; readonly start: number; readonly end: number };
  readonly supports: readonly string[];
  /** Whether the fields were added to an existing span. */
  readonly joined: boolean;
}

/**
 * Finds words in a source and writes them into a record as a span of evidence; explains why if they are not found
 * exactly once.
 * @throws Failure if the record, the source or a named field does not exist
 */
export function cite(project: Project, options: CiteOptions): Cited | Refusal {
  const cited = citeAll(project, options, [options]);
  if ('refusal' in cited) return cited;
  const [only] = cited;
  if (only === undefined) throw new Error('one quote gives one span');
  return only;
}

/** The same for several quotes: either all are written, or none. */
export function citeAll(
  project: Project,
  { record: name, from = '.' }: CitedRecord,
  quotes: readonly Quote[],
): readonly Cited[] | Refusal {
  const { fs } = project;
  // before the record is read: if two commands run at once, the second adds to what the first has written
  const turn = takeTurnAt(fs, project.options);
  try {
    const record = recordNamed(fs, project, from, name);
    const at = spansOf(record.type);
    if (at === undefined) throw new Failure(`the records of ${record.type.name} have no list of spans`);
    let spans = elementsAt(record.value, at);
    const cited: Cited[] = [];
    for (const quote of quotes) {
      const supports = supportsIn(record.value, record.file.shown, at, quote.supports);
      const found = locate(project, quote);
      if ('refusal' in found) return found;
      const added = withSpan(spans, found, supports);
      spans = added.spans;
      const { source, start, end } = found;
      cited.push({ file: record.file.shown, span: { source, start, end }, supports, joined: added.joined });
    }
    writeRecord(fs, { ...record, value: withValueAt(record.value, at, spans) }, project.rawPath);
    return cited;
  } finally {
    turn.end();
  }
}
