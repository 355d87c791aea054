import {
  type Json,
  type JsonObject,
  isArray,
  isObject,
  member,
  pointerSteps,
  pointersIn,
  resolvePointer,
} from '../json/json.ts';
import { takeTurnAt } from '../project/folders.ts';
import { didYouMean } from '../base/suggestions.ts';
import { Failure } from '../base/problem.ts';
import { findQuotation, nearestPassage, type Range } from '../evidence/findQuote.ts';
import type { DocumentText } from '../read/documents.ts';
import type { FileSystem } from '../disk/fileSystem.ts';
import { count, list, printable, quoted } from '../base/text.ts';
import { compareSpans, describeSpan, isBlank } from '../evidence/complete.ts';
import type { Project } from '../project/openProject.ts';
import { type OpenRecord, elementsAt, recordNamed, withValueAt, writeRecord } from '../project/recordFiles.ts';
import { spansOf } from '../schema/recordTypes.ts';

export interface CiteOptions {
  /** Its identifier, `table/identifier`, or the path of its file. */
  readonly record: string;
  /** The words of the source. */
  readonly quote: string;
  /** JSON Pointers of the fields that the words support. */
  readonly supports: readonly string[];
  /** The source's identifier: by default the only source that holds the words. */
  readonly source?: string | undefined;
  /** Where the words begin, in code points, if they occur more than once. */
  readonly at?: number | undefined;
  /** The folder from which a file is named: that of the process by default. */
  readonly from?: string;
}

/** A span as it was written. Offsets count code points in the source's file. */
export interface Cited {
  /** The record's file. */
  readonly file: string;
  readonly span: { readonly source: string; readonly start: number; readonly end: number };
  readonly supports: readonly string[];
  /** Whether the fields were added to a span that was there. */
  readonly joined: boolean;
}

/**
 * Finds words in a source and writes them into a record as a span of evidence; says why where they are not found once.
 * @throws Failure where the record, the source or a field that is named does not exist
 */
export function cite(project: Project, options: CiteOptions): Cited | { readonly refusal: string } {
  const { fs } = project;
  // from before the record is read: of two at once, the second adds to what the first has written
  const turn = takeTurnAt(fs, project.options);
  try {
    return citeIn(fs, project, options);
  } finally {
    turn.end();
  }
}

function citeIn(fs: FileSystem, project: Project, options: CiteOptions): Cited | { readonly refusal: string } {
  const { supports, quote, from = '.' } = options;
  const record = recordNamed(fs, project, from, options.record);
  const at = spansOf(record.type);
  if (at === undefined) throw new Failure(`the records of ${record.type.name} have no list of spans`);
  checkSupports(record, at, supports);
  if (quote.trim() === '') throw new Failure('the quote is empty');
  const found = findIn(project, options);
  if ('refusal' in found) return found;
  const { spans, joined } = withSpan(elementsAt(record.value, at), found, supports);
  writeRecord(fs, { ...record, value: withValueAt(record.value, at, spans) }, project.rawPath);
  const { source, start, end } = found;
  return { file: record.file.shown, span: { source, start, end }, supports, joined };
}

/** @throws Failure for a pointer that leads to nothing in the record */
function checkSupports({ value, file }: OpenRecord, at: string, supports: readonly string[]): void {
  for (const pointer of supports) {
    if (pointer === '' || pointerSteps(pointer) === undefined)
      throw new Failure(
        `--supports takes JSON Pointers such as /name or /names/0, parted by commas; not ${quoted(pointer)}`,
      );
    if (pointer === at || pointer.startsWith(`${at}/`))
      throw new Failure(`--supports: a span cannot support ${pointer}`);
    if (resolvePointer(value, pointer) === undefined) {
      const hint = didYouMean(pointer, [...pointersIn(value)]);
      throw new Failure(`${file.shown} has nothing at ${quoted(pointer)}${hint === undefined ? '' : ` (${hint})`}`);
    }
  }
}

interface FoundSpan extends Range {
  readonly source: string;
  readonly text: DocumentText;
}

/** Where the quote stands, or why that cannot be told, in words for the user. */
function findIn(project: Project, { quote, source: named, at }: CiteOptions): FoundSpan | { readonly refusal: string } {
  if (named !== undefined && !project.sources.has(named)) {
    const hint = didYouMean(named, project.sources.keys());
    throw new Failure(`no source is called ${quoted(named)}${hint === undefined ? '' : ` (${hint})`}`);
  }
  const { texts, stale } = textsOf(project, named);
  if (texts.length === 0)
    return {
      refusal: `the text at hand is not the one that ${list(stale.map((source) => quoted(source)))} names: if it has been corrected, \`npx demarche reanchor ${stale[0] ?? ''}\``,
    };
  const spots = texts.flatMap((text) => placesIn(text, quote)).filter(({ start }) => at === undefined || start === at);
  const [only, other] = spots;
  if (only !== undefined && other === undefined) return only;
  if (only !== undefined) {
    const where = spots.map((spot) => `  ${spot.source} at ${spot.start}: ${context(spot)}`);
    return {
      refusal: `the words stand ${count(spots.length, 'time')}:\n${where.join('\n')}\nquote more of the passage, or name the source and give --at`,
    };
  }
  const near = texts.flatMap((text) => nearestIn(text, quote))[0];
  const hint =
    near === undefined ? 'nothing there is like them' : `nearest, in ${near.source} at ${near.start}: ${context(near)}`;
  return {
    refusal: `the words do not stand in ${named ?? 'any source at hand'}${at === undefined ? '' : ` at ${at}`}; ${hint}`,
  };
}

/** A source's own part of its file. */
interface SourceText {
  readonly source: string;
  readonly first: number;
  readonly last: number;
  readonly text: DocumentText;
}

/** The texts to look in, and the sources whose text at hand has other bytes than they name: offsets in it would be wrong. */
function textsOf(
  { sources, validation }: Project,
  named: string | undefined,
): { readonly texts: readonly SourceText[]; readonly stale: readonly string[] } {
  const texts: SourceText[] = [];
  const stale: string[] = [];
  for (const source of named === undefined ? sources.keys() : [named]) {
    const document = sources.get(source);
    const text = document === undefined ? undefined : validation.documents(document.file);
    if (document === undefined || text?.slice === undefined) continue;
    if (text.sha256 !== document.sha256) stale.push(source);
    else texts.push({ source, first: document.start ?? 0, last: document.end ?? text.length, text });
  }
  if (texts.length + stale.length === 0)
    throw new Failure(
      `the text of ${named === undefined ? 'no source' : quoted(named)} is ${named === undefined ? '' : 'not '}at hand; name the folder of the texts with --sources`,
    );
  return { texts, stale };
}

function placesIn(of: SourceText, quote: string): readonly FoundSpan[] {
  const { source, first, last, text } = of;
  const part = text.slice?.(first, last) ?? '';
  return findQuotation(part, quote).map(({ start, end }) => ({
    source,
    text,
    start: first + start,
    end: first + end,
  }));
}

function nearestIn({ source, first, last, text }: SourceText, quote: string): readonly FoundSpan[] {
  const near = nearestPassage(text.slice?.(first, last) ?? '', quote);
  return near === undefined ? [] : [{ source, text, start: first + near.start, end: first + near.end }];
}

/** A few words around a spot: enough to tell it by. */
function context({ text, start, end }: FoundSpan): string {
  const cut = (from: number, to: number): string =>
    printable((text.slice?.(Math.max(0, from), Math.min(text.length, to)) ?? '').replace(/\s+/gu, ' '));
  const inside = end - start > 120 ? `${cut(start, start + 60)} … ${cut(end - 60, end)}` : cut(start, end);
  return `…${cut(start - 20, start)}[${inside}]${cut(end, end + 20)}…`;
}

/** The spans with one more, or with more fields in the one that is there already. */
function withSpan(
  spans: readonly Json[],
  { source, text, start, end }: FoundSpan,
  supports: readonly string[],
): { readonly spans: readonly Json[]; readonly joined: boolean } {
  const isSame = (span: Json): span is JsonObject =>
    isObject(span) &&
    member(span, 'source') === source &&
    member(span, 'start') === start &&
    member(span, 'end') === end;
  const joined = spans.some(isSame);
  const all = joined
    ? spans.map((span) =>
        isSame(span)
          ? {
              ...span,
              ...describeSpan(text, start, end),
              supports: [...new Set([...textsIn(member(span, 'supports')), ...supports])],
            }
          : span,
      )
    : [...spans, { source, ...describeSpan(text, start, end), supports }];
  return { spans: all.filter((span) => !isBlank(span, source)).toSorted(compareSpans), joined };
}

function textsIn(value: Json | undefined): readonly string[] {
  return isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}
