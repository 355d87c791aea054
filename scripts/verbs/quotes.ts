import { type Sentence, option, sentence, worded } from '../base/sentence.ts';
import { compareSpans, describeSpan, isBlank } from '../evidence/complete.ts';
import { findQuotation, nearestPassage, type Range } from '../evidence/findQuote.ts';
import {
  type Json,
  type JsonObject,
  asPointer,
  isArray,
  isObject,
  member,
  pointersIn,
  resolvePointer,
} from '../json/json.ts';
import { didYouMean } from '../base/suggestions.ts';
import { lookAlike } from '../validate/lookAlike.ts';
import { Failure } from '../base/problem.ts';
import type { DocumentText } from '../read/documents.ts';
import { count, list, printable, quoted } from '../base/text.ts';
import type { Project } from '../project/openProject.ts';

/** Words of a source, and what they are evidence for. */
export interface Quote {
  /** The words. */
  readonly quote: string;
  /** The fields that the words support, as JSON Pointers; the slash in front can be left out. */
  readonly supports: readonly string[];
  /** The source's identifier: by default the only source that contains the words. */
  readonly source?: string | undefined;
  /** Where the words begin, in code points, if they occur more than once. */
  readonly at?: number | undefined;
}

/** Why a quote was refused, in a few lines. `words` is for callers that name options otherwise. */
export interface Refusal {
  readonly refusal: string;
  readonly words: Sentence;
}

function refuse(...template: Parameters<typeof sentence>): Refusal {
  const words = sentence(...template);
  return { refusal: worded(words), words };
}

/**
 * JSON Pointers of the fields of a record that a quote should support. `shown` is the record's name in messages.
 * @throws Failure for a field that the record does not have, or that is a span
 */
export function supportsIn(
  record: JsonObject,
  shown: string,
  at: string,
  fields: readonly string[],
): readonly string[] {
  return fields.map((field) => {
    const pointer = resolvePointer(record, field) === undefined ? asPointer(field.trim()) : field;
    if (pointer === '' || pointer === '/')
      throw new Failure('name the fields that the words support, such as name or names/0, separated by commas');
    if (pointer === at || pointer.startsWith(`${at}/`)) throw new Failure(`a span cannot support ${pointer}`);
    if (resolvePointer(record, pointer) !== undefined) return pointer;
    const hint = didYouMean(pointer, [...pointersIn(record)]);
    throw new Failure(`${shown} has nothing at ${quoted(pointer)}${hint === undefined ? '' : ` (${hint})`}`);
  });
}

/** A place in the text of a source. */
export interface FoundSpan extends Range {
  readonly source: string;
  readonly text: DocumentText;
}

/**
 * Where a quote is, or why that is unknown.
 * @throws Failure for an unknown source, or if no text is available
 */
export function locate(project: Project, { quote, source: named, at }: Quote): FoundSpan | Refusal {
  if (quote.trim() === '') throw new Failure('the quote is empty');
  if (named !== undefined && !project.sources.has(named)) {
    const hint = didYouMean(named, project.sources.keys());
    throw new Failure(`no source is called ${quoted(named)}${hint === undefined ? '' : ` (${hint})`}`);
  }
  const { texts, stale } = textsOf(project, named);
  if (texts.length === 0)
    return refuse`the available text is not the one that ${list(stale.map((source) => quoted(source)))} names: if it has been corrected, \`npx demarche reanchor ${stale[0] ?? ''}\``;
  const spots = texts.flatMap((text) => placesIn(text, quote)).filter(({ start }) => at === undefined || start === at);
  const [only, other] = spots;
  if (only !== undefined && other === undefined) return only;
  if (only !== undefined) {
    const where = spots.map((spot) => `  ${spot.source} at ${spot.start}: ${context(spot)}`);
    return refuse`the words occur ${count(spots.length, 'time')}:\n${where.join('\n')}\nquote more of the passage, or name the source and give ${option('at')}`;
  }
  const [near] = texts.flatMap((text) => nearestIn(text, withoutGaps(quote)));
  const where = `quote not found in ${named ?? 'any available source'}${at === undefined ? '' : ` at ${at}`}`;
  if (near === undefined) return refuse`${where}; nothing similar`;
  const why = differenceFrom(quote, near.text.slice?.(near.start, near.end) ?? '');
  return refuse`${where}${why}; the nearest passage, in ${near.source} at ${near.start}:\n  ${context(near, Infinity)}`;
}

const gap = /\s*(?:\[(?:…|\.{3})\]|\((?:…|\.{3})\)|…|\.{3})\s*/gu;

function withoutGaps(quote: string): string {
  return quote.replace(gap, ' ');
}

/** Why words were not found although they look like those of a passage; empty if that is obvious. */
function differenceFrom(quote: string, passage: string): string {
  const wanted = quote.trim();
  if (wanted.search(gap) > 0) return ': words are left out of it, so give the whole passage, or the parts one by one';
  const bare = (text: string): string => text.normalize('NFC').replace(/[\p{P}\s]+$/u, '');
  if (bare(wanted).toLowerCase() === bare(passage).toLowerCase()) return ': only capital letters differ';
  return lookAlike(bare(wanted), [bare(passage)]) === undefined ? '' : ': it has letters of another alphabet';
}

/** The text of a source; empty if there is no such source, or no text. */
export function textOfSource({ sources, validation }: Project, source: string): string {
  const document = sources.get(source);
  const text = document === undefined ? undefined : validation.documents(document.file);
  return text?.slice?.(document?.start ?? 0, document?.end ?? text.length) ?? '';
}

/** A source's own part of its file. */
interface SourceText {
  readonly source: string;
  readonly first: number;
  readonly last: number;
  readonly text: DocumentText;
}

/**
 * The texts to search, and the sources whose available text differs from their digest: offsets in it would be wrong.
 */
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
      sentence`the text of ${named === undefined ? 'no source' : quoted(named)} is ${named === undefined ? '' : 'not '}available; name the folder of the texts with ${option('sources')}`,
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

/** A place with a few words around it; if it is longer than `most` characters, without its middle. */
function context({ text, start, end }: FoundSpan, most = 120): string {
  const cut = (from: number, to: number): string =>
    printable((text.slice?.(Math.max(0, from), Math.min(text.length, to)) ?? '').replace(/\s+/gu, ' '));
  const inside = end - start > most ? `${cut(start, start + 60)} … ${cut(end - 60, end)}` : cut(start, end);
  return `…${cut(start - 20, start)}[${inside}]${cut(end, end + 20)}…`;
}

/** A list of spans with one more, or with more fields in the one that already exists. */
export function withSpan(
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
