import { codePoints } from '../base/text.ts';
import { type Span, reserved } from '../schema/extensions.ts';
import { type Edition, type RecordName, recordKey } from './edition.ts';

const mostOfText = 900;

/** How many characters of a value or of words are shown. */
export const mostOfValue = 160;

/** A span as in the table of provenance. */
export interface CitedSpan extends Pick<Span, 'source' | 'start' | 'end' | 'sha256'> {}

/** A span of a record: the field that it supports, its source, and its words, or those at its edges. */
export interface Edge {
  readonly field: string;
  readonly source: string;
  readonly words: string;
  /** How many characters the words have, if not all are shown. */
  readonly length: number | undefined;
  /** Whether the text was available. */
  readonly seen: boolean;
}

/** A text, cut if it is too long for a line. */
export function cut(text: string, most = mostOfText): string {
  if (text.length <= most) return text;
  const points = codePoints(text);
  return points.length > most ? `${points.slice(0, most).join('')}…` : text;
}

/** `gazette: “left Ystad”`. */
export function quoteOf(edge: Edge): string {
  return `${edge.source}: ${wordsIn(edge)}`;
}

/** The words of a span in quotation marks; if they are long, with their length, since a wide span proves little. */
export function wordsIn({ words, length }: Edge): string {
  return length === undefined ? `“${words}”` : `“${words}” (${length} characters)`;
}

/** All spans by record, with their words if the text is available, else the words at their edges. */
export function edgesOf(
  { rows, tables }: Edition,
  wordsOf: (span: CitedSpan) => string | undefined,
): ReadonlyMap<string, readonly Edge[]> {
  const provenance = tables.find((table) => table.name === reserved.provenance);
  const spot = (name: string): number => provenance?.columns.findIndex((c) => c.name === name) ?? -1;
  const [table, id, field, source, start, end, sha256, begins, ends] = [
    'table_name',
    'record_id',
    'field',
    'source_id',
    'span_start',
    'span_end',
    'span_sha256',
    'begins',
    'ends',
  ].map(spot);
  const found = new Map<string, Edge[]>();
  for (const row of rows.get(reserved.provenance) ?? []) {
    const text = (i: number | undefined): string => String(row[i ?? -1] ?? '');
    const name: RecordName = { table: text(table), id: text(id) };
    const known = found.get(recordKey(name)) ?? [];
    const [from, to] = [Number(text(start)), Number(text(end))];
    const words = wordsOf({ source: text(source), start: from, end: to, sha256: text(sha256) });
    const edges = `${text(begins)} … ${text(ends)}`.replace(/^[“”"„«]+|[“”"„»]+$/g, '');
    const quote = words === undefined ? edges : shortened(words.replace(/\s+/gu, ' '));
    const isShort = words === undefined || to - from <= mostOfValue;
    const length = isShort ? undefined : to - from;
    known.push({ field: text(field), source: text(source), words: quote, length, seen: words !== undefined });
    found.set(recordKey(name), known);
  }
  return found;
}

/** Words without their middle, if they are too long for a line. */
function shortened(words: string): string {
  const points = codePoints(words);
  if (points.length <= mostOfValue) return words;
  return `${points.slice(0, 100).join('')} … ${points.slice(-50).join('')}`;
}
