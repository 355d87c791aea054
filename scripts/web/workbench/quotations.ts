import { type Units, paragraphAround, sentencesOf, toSentenceEnd } from './offsets.ts';

/** What closes a quotation that a mark opens. */
const closers: Readonly<Record<string, string>> = { '“': '”', '„': '“”', '«': '»', '»': '«', '"': '"' };

/** A quotation in a text, without its marks, and what is around it. Offsets are code units. */
export interface Quotation extends Units {
  /** What is before it in its paragraph. */
  readonly before: Units;
  /** What follows in its sentence, up to another quotation, such as `he said on Monday`. */
  readonly after: Units;
}

interface Open {
  readonly at: number;
  readonly mark: string;
}

/** The innermost quotation around an offset of a text; one without an end goes on to the end of its paragraph. */
export function quotationAround(text: string, offset: number): Quotation | undefined {
  const paragraph = paragraphAround(text, offset);
  const open = openIn(text, { start: paragraph.start, end: offset });
  const own = open.at(-1);
  if (own === undefined) return undefined;
  let inside = open;
  let end = offset;
  while (end < paragraph.end && inside.length >= open.length) {
    inside = withMark(text, end, inside);
    if (inside.length >= open.length) end++;
  }
  const sentence = toSentenceEnd(sentencesOf(text.slice(paragraph.start, paragraph.end)), end - paragraph.start);
  const behind = Math.min(end + 1, paragraph.end);
  const last = sentence === undefined ? behind : Math.max(behind, paragraph.start + sentence.end);
  const [clause = ''] = /^[^“„«"]*/u.exec(text.slice(behind, last)) ?? [];
  return {
    start: own.at + 1,
    end,
    before: { start: paragraph.start, end: own.at },
    after: { start: behind, end: behind + clause.length },
  };
}

/** The quotations that are open at the end of a part of a text. */
function openIn(text: string, { start, end }: Units): readonly Open[] {
  let open: readonly Open[] = [];
  for (let at = start; at < end; at++) open = withMark(text, at, open);
  return open;
}

/** The open quotations behind a character, if it is a mark. */
function withMark(text: string, at: number, open: readonly Open[]): readonly Open[] {
  const mark = text[at] ?? '';
  if (closers[mark] === undefined && mark !== '”') return open;
  const last = open.at(-1);
  if (last !== undefined && closers[last.mark]?.includes(mark) === true) return open.slice(0, -1);
  // `»` closes most quotations; it opens one only before a word
  const opens = mark === '»' ? /^(?:$|[\s(])/u.test(text[at - 1] ?? '') : mark !== '”';
  return opens ? [...open, { at, mark }] : open;
}
