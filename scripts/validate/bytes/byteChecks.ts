import { afterNumber, afterText, isDigit, printedEscapes, visibleEscapes } from '../../json/form.ts';
import { parseJson } from '../../json/json.ts';

/**
 * Checks the value that begins at an offset of bytes in UTF-8. Returns the offset behind it if it is certainly valid,
 * and certainly in canonical print; else a negative number, which says nothing.
 */
export type ByteCheck = (bytes: Buffer, at: number) => number;

/** For values that are left to the other checks. */
export const undecided: ByteCheck = () => -1;

const quote = 0x22;
const comma = 0x2c;
const backslash = 0x5c;
const minus = 0x2d;
const point = 0x2e;
const zero = 0x30;
const openArray = 0x5b;
const closeArray = 0x5d;
const openObject = 0x7b;
const closeObject = 0x7d;

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

/** What a list must be like. */
export interface ListBounds {
  readonly least: number;
  readonly most: number;
  /** Whether no two elements can be equal. */
  readonly unique: boolean;
  readonly element: ByteCheck;
  /** Called before each element, with its index. */
  readonly begin: (index: number) => void;
}

/** Elements of a list that are compared with each other. */
const mostCompared = 20;

/** A list. */
export function listCheck({ least, most, unique, element, begin }: ListBounds): ByteCheck {
  return (bytes, at) => {
    if (bytes[at] !== openArray) return -1;
    if (bytes[at + 1] === closeArray) return least <= 0 ? at + 2 : -1;
    const starts: number[] = [];
    let count = 0;
    for (let i = at + 1; ; i++) {
      if (unique) starts.push(i);
      begin(count);
      i = element(bytes, i);
      if (i < 0) return -1;
      count++;
      if (bytes[i] === comma) continue;
      if (bytes[i] !== closeArray || count < least || count > most) return -1;
      return !unique || areUnique(bytes, starts, i) ? i + 1 : -1;
    }
  };
}

/** Whether the elements that begin at some offsets differ: values are equal if their canonical prints are. */
function areUnique(bytes: Buffer, starts: readonly number[], end: number): boolean {
  if (starts.length > mostCompared) return false;
  const prints = starts.map((start, i) => bytes.toString('latin1', start, (starts[i + 1] ?? end + 1) - 1));
  return new Set(prints).size === prints.length;
}

/** A member that an object can have. */
export interface MemberCheck {
  readonly key: string;
  readonly required: boolean;
  readonly value: ByteCheck;
}

/** An object with no other members than these, in their order. */
export function objectCheck(members: readonly MemberCheck[]): ByteCheck {
  const keys = members.map(({ key }) => Buffer.from(`${JSON.stringify(key)}:`));
  const values = members.map(({ value }) => value);
  const required = members.map((member) => member.required);
  return (bytes, at) => {
    if (bytes[at] !== openObject) return -1;
    let i = at + 1;
    let isFirst = true;
    for (let n = 0; n < keys.length; n++) {
      const start = isFirst ? i : i + 1;
      const key = keys[n];
      const value = values[n];
      if (key === undefined || value === undefined) return -1;
      const begins = isFirst || bytes[i] === comma;
      const behind = begins ? afterLiteral(bytes, start, key) : -1;
      if (behind < 0) {
        if (required[n] === true) return -1;
        continue;
      }
      i = value(bytes, behind);
      if (i < 0) return -1;
      isFirst = false;
    }
    return bytes[i] === closeObject ? i + 1 : -1;
  };
}
