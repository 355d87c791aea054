import { mostDepth } from '../base/limits.ts';
import { printable, quoted } from '../base/text.ts';
import { depthOffset } from './depth.ts';
import { numberHint } from './number.ts';
import { placeJson } from './positions.ts';
import { unclosedBracket } from './unclosedBracket.ts';

/** Why a text is not JSON: its place in UTF-16 units, and what was probably meant. */
export interface SyntaxFault {
  readonly offset: number;
  readonly message: string;
  readonly hint: string | undefined;
}

/**
 * The first fault of a text that is not JSON. `judged` is the message of JSON.parse, which decides; the position is
 * that of the slow parser if both agree. `what` the text is, for the hints: a record can be on one line of many.
 */
export function syntaxFault(
  text: string,
  judged: { readonly message: string; readonly offset: number | undefined },
  what: 'record' | 'file',
): SyntaxFault {
  const at = (offset: number, message: string, hint?: string): SyntaxFault => ({ offset, message, hint });
  if (text.trim() === '')
    return at(0, 'the file is empty', what === 'record' ? 'a record is a JSON object' : 'write a JSON object');
  if (depthOffset(text, mostDepth) === undefined) {
    const placed = placeJson(text);
    if ('message' in placed) {
      const conflict = /^(?:<{7}|={7}|>{7})(?: |$)/m.exec(text);
      if (conflict !== null)
        return at(
          conflict.index,
          'not JSON: git has left conflict markers after a merge',
          'keep one of the two versions, and remove the markers',
        );
      if (/^(?:\/[/*]|#)/.test(text.slice(placed.offset, placed.offset + 2)))
        return at(placed.offset, 'not JSON: a comment', 'JSON has no comments: remove it');
      if (text.trimStart().startsWith('```'))
        return at(text.indexOf('```'), 'not JSON: a Markdown code fence', 'remove the lines with ```');
      const unpaired = unpairedQuotes(text, placed.offset);
      if (unpaired !== undefined) return at(unpaired, unpairedMessage, quoteHint(text, unpaired));
      const open = unclosedBracket(text);
      if (open?.offset !== undefined) return at(open.offset, `not JSON: ${open.what} is not closed`, open.hint);
      if (open !== undefined)
        return at(text.length, 'the text ends before the JSON does', `${open.what} is not closed: ${open.hint}`);
      return placed.offset >= text.trimEnd().length
        ? at(text.length, 'the text ends before the JSON does', 'a bracket, brace or quote is not closed')
        : at(placed.offset, `not JSON: ${unexpected(text, placed)}`, syntaxHint(text, placed.offset, what));
    }
  }
  const offset = judged.offset ?? text.length;
  const unpaired = unpairedQuotes(text, offset);
  if (unpaired !== undefined) return at(unpaired, unpairedMessage, quoteHint(text, unpaired));
  if (text[offset] === '\t') return at(offset, 'not JSON: a tab inside a text', 'write a space, or \\t');
  return at(offset, `not JSON: ${printable(judged.message.replace(/ at position \d+.*$/s, ''))}`);
}

const unpairedMessage = 'not JSON: the double quotes on this line are not balanced';

/** What is at the place where the parser stopped, in the reader's words. */
function unexpected(text: string, { message, offset }: { readonly message: string; readonly offset: number }): string {
  if (!/^Unexpected (?:token|character)/.test(message)) return printable(message);
  const here = text.slice(offset, offset + 40);
  const [word] = /^[\p{L}\p{N}_.+-]+/u.exec(here) ?? [];
  if (here.startsWith('"')) return 'unexpected text';
  if (word !== undefined) return `unexpected ${quoted(word)}`;
  const point = here.codePointAt(0) ?? 0;
  const [character = ''] = here;
  return point > 0x20 && point < 0x7f
    ? `unexpected ${quoted(character)}`
    : `unexpected character U+${point.toString(16).toUpperCase().padStart(4, '0')}`;
}

/**
 * The last double quote on the first line, up to an offset, on which they do not pair: a JSON text cannot continue on
 * the next line. Ignores the last line, which may be cut off.
 */
function unpairedQuotes(text: string, offset: number): number | undefined {
  let start = 0;
  for (const line of text.trimEnd().split('\n').slice(0, -1)) {
    if (start > offset) return undefined;
    const quotes = [...line.matchAll(/(?<!\\)(?:\\\\)*"/g)].map((match) => match.index + match[0].length - 1);
    if (quotes.length % 2 === 1) return start + (quotes.at(-1) ?? 0);
    start += line.length + 1;
  }
  return undefined;
}

function quoteHint(text: string, offset: number): string {
  const [line = ''] = text.slice(text.lastIndexOf('\n', offset) + 1).split('\n');
  return /[“”„‟«»]/.test(line)
    ? 'put texts in straight double quotes'
    : 'a text begins and ends with one, on the same line; write one inside a text as \\"';
}

/** What people most often meant at such a place. */
function syntaxHint(text: string, offset: number, what: 'record' | 'file'): string | undefined {
  const here = text.slice(offset, offset + 10);
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  // nobody writes such a long line by hand: only its end is examined
  const line = text.slice(Math.max(start, offset - longestLine), offset);
  const before = text.slice(0, offset).trimEnd().at(-1) ?? '';
  if (/^[\]}]/.test(here) && before === ',') return 'remove the comma before it';
  if (here.startsWith(',') && /[,[{:]/.test(before)) return 'remove the comma';
  if (/^[“”„‟«»‘’‚'`]/.test(here)) return 'put texts in straight double quotes';
  if (/^(?:True|False|None|Null|TRUE|FALSE|NULL|nil|yes|no|NaN)\b/.test(here))
    return 'write true, false or null; anything else is a number, or text in double quotes';
  if (/^[\u00a0\u2000-\u200b\u202f\u3000\ufeff]/.test(here)) return 'only plain spaces are allowed between texts';
  if (here.startsWith('=') && before === '"') return 'a colon separates a key and its value';
  if (here.startsWith('\\')) return 'write a backslash in a text as \\\\';
  if (/\d{4}-$/.test(line) && /^\d/.test(here)) return 'write a date as text, in double quotes';
  const number = numberAround(line, text.slice(offset, offset + longestNumber));
  if (number !== undefined) return numberHint(number, undefined, false);
  if (/^-?0\d/.test(here)) return 'a number has no leading zeros; if they matter, write it as text, in double quotes';
  if (isWhole(text.slice(0, offset))) {
    if (here.startsWith(':')) return `a ${what} begins with {`;
    return what === 'file' || /^[}\],;]/.test(here)
      ? 'remove it'
      : 'nothing can follow a record: put another one into its own file or line';
  }
  if (here.startsWith(';')) return 'write a comma instead';
  if (here.startsWith('"') && /^\s*"(?:[^"\\]|\\.)*"\s*$/.test(line)) return 'a colon separates a key and its value';
  if (here.startsWith('"') && /["\]}\w]/.test(before)) return 'a comma is missing before it';
  if (!/^\p{L}/u.test(here)) return undefined;
  return before === '"' ? 'write a double quote inside a text as \\"' : 'put a text in double quotes';
}

const longestLine = 10_000;
const longestNumber = 40;

/** A number with a comma, which JSON takes for the end of a number. */
function numberAround(before: string, after: string): string | undefined {
  const begun = /-?\d[\d,]*,(\s*)$/.exec(before);
  const rest = /^\d[\d,]*(?<!,)(?:\.\d+)?/.exec(after)?.[0];
  if (begun === null || rest === undefined) return undefined;
  // 30, 000 is a number, but 40, 5 are two
  return begun[1] === '' || /^\d{3}(?!\d)/.test(rest) ? begun[0].trimEnd() + rest : undefined;
}

function isWhole(text: string): boolean {
  return 'offsetOf' in placeJson(text);
}
