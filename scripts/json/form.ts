import {
  backslash,
  closeArray,
  closeObject,
  colon,
  comma,
  exponent,
  minus,
  nine,
  openArray,
  openObject,
  point,
  quote,
  space,
  zero,
} from '../base/ascii.ts';
import { invisibleFirst, mayBeginInvisible } from '../base/invisible.ts';
import { type Layout, indent } from './canonical.ts';
import { newline } from '../base/newlines.ts';

const lowercase = { a: 0x61, z: 0x7a };

/** Escapes that a print writes too, each by its second byte: `\"`, `\\`, `\b`, `\f`, `\n`, `\r`, `\t`. */
export const printedEscapes: ReadonlySet<number> = new Set([quote, backslash, 0x62, 0x66, 0x6e, 0x72, 0x74]);
/** Those of them that do not stand for a control character. */
export const visibleEscapes: ReadonlySet<number> = new Set([quote, backslash]);

/** 1 for each byte that needs no look in a text: most do, and a lookup takes a third of the time of comparisons. */
const plain = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte < space || byte === quote || byte === backslash || invisibleFirst.includes(byte) ? 0 : 1,
);

/** Up to this many digits, different decimals become different IEEE 754 numbers, and print as they were read. */
const exactDigits = 15;

/**
 * Checks whether a text is as `print` would write it, without parsing it: looking at each byte costs a third of a
 * print. Returns the number of members of all objects in the text. If it is JSON, and its value has as many members,
 * then no key occurs twice, and the text is the print of its value. Returns undefined if it cannot decide: some
 * spellings that a print can have are left to a closer check, such as `\u0001`, `1e21`, keys that begin with a digit,
 * and texts that may hold an invisible character. The text can be a line among others in the bytes.
 */
export function membersAsPrinted(
  bytes: Uint8Array,
  layout: Layout,
  start = 0,
  behind = bytes.length,
): number | undefined {
  const spaced = layout === 'file';
  const end = spaced ? behind - 1 : behind;
  if (spaced && bytes[end] !== newline) return undefined;
  let members = 0;
  let depth = 0;
  let key = 0;
  for (let i = start; i < end;) {
    const byte = bytes[i] ?? 0;
    if (byte === quote) {
      key = i + 1;
      i = afterText(bytes, key, printedEscapes);
    } else if (byte === colon) {
      if (isDigit(bytes[key])) return undefined;
      members++;
      i = spaced ? afterSpaces(bytes, i + 1, 1) : i + 1;
    } else if (byte === comma) {
      i = spaced ? afterBreak(bytes, i + 1, depth) : i + 1;
    } else if (byte === openObject || byte === openArray) {
      const next = bytes[i + 1];
      if (next === closeObject || next === closeArray) i += 2;
      else i = spaced ? afterBreak(bytes, i + 1, ++depth) : i + 1;
    } else if (byte === newline) {
      i = afterBreak(bytes, i, --depth);
      if (bytes[i] !== closeObject && bytes[i] !== closeArray) return undefined;
      i++;
    } else if (byte === minus || isDigit(byte)) {
      i = afterNumber(bytes, i);
    } else if (
      (byte >= lowercase.a && byte <= lowercase.z) ||
      (!spaced && (byte === closeObject || byte === closeArray))
    ) {
      i++;
    } else return undefined;
    if (i < 0) return undefined;
  }
  return members;
}

export function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= zero && byte <= nine;
}

/** Each of these returns the offset after what it reads, negative if it is not as it would be printed. */

/** Behind the quotation mark that ends a text without any other escapes. */
export function afterText(bytes: Uint8Array, start: number, escapes: ReadonlySet<number>): number {
  for (let i = start; i < bytes.length; i++) {
    const byte = bytes[i] ?? 0;
    if (plain[byte] === 1) continue;
    if (byte === quote) return i + 1;
    if (byte < space || mayBeginInvisible(byte, bytes[i + 1] ?? 0, bytes[i + 2] ?? 0)) return -1;
    if (byte === backslash && !escapes.has(bytes[++i] ?? 0)) return -1;
  }
  return -1;
}

function afterSpaces(bytes: Uint8Array, start: number, count: number): number {
  const end = start + count;
  for (let i = start; i < end; i++) if (bytes[i] !== space) return -1;
  return bytes[end] === space || bytes[end] === newline ? -1 : end;
}

function afterBreak(bytes: Uint8Array, start: number, depth: number): number {
  return bytes[start] === newline && depth >= 0 ? afterSpaces(bytes, start + 1, indent.length * depth) : -1;
}

/**
 * A decimal without exponent: not `-0`, no trailing zero in a fraction, not so small that it would print with an
 * exponent.
 */
export function afterNumber(bytes: Uint8Array, start: number): number {
  const first = bytes[start] === minus ? start + 1 : start;
  let i = first;
  while (isDigit(bytes[i])) i++;
  if (bytes[i] === exponent) return -1;
  if (bytes[i] !== point) return i - first > exactDigits || (bytes[first] === zero && first > start) ? -1 : i;
  const fraction = i + 1;
  i = fraction;
  while (bytes[i] === zero) i++;
  if (i - fraction > 4) return -1;
  while (isDigit(bytes[i])) i++;
  if (bytes[i] === exponent) return -1;
  return i - first - 1 > exactDigits || bytes[i - 1] === zero || i === fraction ? -1 : i;
}
