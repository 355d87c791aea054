import { backslash, minus, point, quote, zero } from '../../base/ascii.ts';
import { afterNumber, afterText, isDigit, printedEscapes, visibleEscapes } from '../../json/form.ts';
import { type Layout, indent } from '../../json/canonical.ts';
import type { ByteCheck } from '../../json/byteCheck.ts';
import { parseJson } from '../../json/json.ts';

/** The offset behind a literal that stands at an offset; negative if it does not. */
function afterLiteral(bytes: Uint8Array, at: number, literal: Uint8Array): number {
  for (let i = 0; i < literal.length; i++) if (bytes[at + i] !== literal[i]) return -1;
  return at + literal.length;
}

/** One of some values, each by its print. */
export function anyLiteral(prints: readonly string[]): ByteCheck {
  // `12` before `1`
  const literals = prints.toSorted((a, b) => b.length - a.length).map((print) => Buffer.from(print));
  return (bytes, at) => {
    for (const literal of literals) {
      const end = afterLiteral(bytes, at, literal);
      if (end >= 0) return end;
    }
    return -1;
  };
}

/** Null, or else another value. */
export function orNull(other: ByteCheck): ByteCheck {
  const isNull = anyLiteral(['null']);
  return (bytes, at) => {
    const end = isNull(bytes, at);
    return end >= 0 ? end : other(bytes, at);
  };
}

/** What a text must be like. Lengths are in code points. */
export interface TextBounds {
  readonly least: number;
  readonly most: number;
  /** Whether it can have control characters, which are escaped. */
  readonly controls: boolean;
  /** Called with the text, in order. */
  readonly tests: readonly ((text: string) => boolean)[];
}

/** A text. */
export function textCheck({ least, most, controls, tests }: TextBounds): ByteCheck {
  const escapes = controls ? printedEscapes : visibleEscapes;
  return (bytes, at) => {
    if (bytes[at] !== quote) return -1;
    const end = afterText(bytes, at + 1, escapes);
    if (end < 0) return -1;
    const units = end - at - 2;
    // a code point takes up to four bytes
    if (units <= 4 * (least - 1) || units > most) return -1;
    if (tests.length === 0) return end;
    const text = textIn(bytes, at, end);
    for (const test of tests) if (!test(text)) return -1;
    return end;
  };
}

/** The text in bytes that begin and end with a quotation mark. */
function textIn(bytes: Buffer, start: number, end: number): string {
  let all = 0;
  for (let i = start + 1; i < end - 1; i++) {
    const byte = bytes[i] ?? 0;
    if (byte === backslash) return unescaped(bytes.toString('utf8', start, end));
    all |= byte;
  }
  return bytes.toString(all < 0x80 ? 'latin1' : 'utf8', start + 1, end - 1);
}

function unescaped(print: string): string {
  const parsed = parseJson(print);
  return 'value' in parsed && typeof parsed.value === 'string' ? parsed.value : '';
}

/** What a number must be like. */
export interface NumberBounds {
  readonly whole: boolean;
  readonly fits: ((value: number) => boolean) | undefined;
}

/** A number with few digits, so that its value is exact. */
export function numberCheck({ whole, fits }: NumberBounds): ByteCheck {
  return (bytes, at) => {
    const first = bytes[at] === minus ? at + 1 : at;
    if (!isDigit(bytes[first]) || (bytes[first] === zero && isDigit(bytes[first + 1]))) return -1;
    const end = afterNumber(bytes, at);
    if (end < 0) return -1;
    let digits = 0;
    let scale = 0;
    for (let i = first; i < end; i++) {
      if (bytes[i] === point) scale = 1;
      else {
        digits = digits * 10 + (bytes[i] ?? 0) - zero;
        scale *= 10;
      }
    }
    if (whole && scale > 0) return -1;
    if (fits === undefined) return end;
    // both are exact, so that the quotient is the number that JSON.parse gives
    const size = scale > 0 ? digits / scale : digits;
    return fits(first > at ? -size : size) ? end : -1;
  };
}

/** How a list or an object is printed. */
export interface Form {
  /** What stands before each element or member, and before the end. */
  readonly before: string;
  readonly beforeEnd: string;
  /** What stands between a key and its value. */
  readonly colon: string;
}

/** The form of a list or object inside so many others. */
export function formAt(layout: Layout, depth: number): Form {
  if (layout === 'line') return { before: '', beforeEnd: '', colon: ':' };
  const beforeEnd = `\n${indent.repeat(depth)}`;
  return { before: beforeEnd + indent, beforeEnd, colon: ': ' };
}

/** What a list must be like. */
export interface ListBounds {
  readonly form: Form;
  readonly least: number;
  readonly most: number;
  /** Whether no two elements can be equal. */
  readonly unique: boolean;
  readonly element: ByteCheck;
  /** Called before each element, with its index. */
  readonly begin: (index: number) => void;
}

/** A list. */
export function listCheck({ form, least, most, unique, element, begin }: ListBounds): ByteCheck {
  const empty = Buffer.from('[]');
  const open = Buffer.from(`[${form.before}`);
  const comma = Buffer.from(`,${form.before}`);
  const close = Buffer.from(`${form.beforeEnd}]`);
  return (bytes, at) => {
    const atOnce = afterLiteral(bytes, at, empty);
    if (atOnce >= 0) return least <= 0 ? atOnce : -1;
    const prints: string[] = [];
    let count = 0;
    let next = afterLiteral(bytes, at, open);
    let end = next;
    while (next >= 0) {
      begin(count);
      end = element(bytes, next);
      if (end < 0 || ++count > most) return -1;
      // values are equal if their canonical prints are
      if (unique) prints.push(bytes.toString('latin1', next, end));
      next = afterLiteral(bytes, end, comma);
    }
    if (end < 0 || count < least || (unique && new Set(prints).size < count)) return -1;
    return afterLiteral(bytes, end, close);
  };
}

/** A member that an object can have. */
export interface MemberCheck {
  readonly key: string;
  readonly required: boolean;
  readonly value: ByteCheck;
}

/** An object with no other members than these, in their order. */
export function objectCheck(members: readonly MemberCheck[], { before, beforeEnd, colon }: Form): ByteCheck {
  const steps = members.map(({ key, required, value }) => {
    const print = `${before}${JSON.stringify(key)}${colon}`;
    return { first: Buffer.from(`{${print}`), next: Buffer.from(`,${print}`), required, value };
  });
  const empty = Buffer.from('{}');
  const close = Buffer.from(`${beforeEnd}}`);
  return (bytes, at) => {
    let i = at;
    for (const { first, next, required, value } of steps) {
      const start = afterLiteral(bytes, i, i === at ? first : next);
      if (start < 0) {
        if (required) return -1;
        continue;
      }
      i = value(bytes, start);
      if (i < 0) return -1;
    }
    return afterLiteral(bytes, i, i === at ? empty : close);
  };
}
