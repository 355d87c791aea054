import { indent } from './canonical.ts';

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const colon = 0x3a;
const openObject = 0x7b;
const closeObject = 0x7d;
const openArray = 0x5b;
const closeArray = 0x5d;
const newline = 0x0a;
const space = 0x20;

/**
 * Copies a text without the line breaks and spaces that the print of a file has: if the copy is the print of a value on
 * one line, then the text is the print of this value in a file. Returns the offset behind the copy; negative if the
 * breaks and spaces are not those of a print, or if the copy does not fit.
 */
export function copyCompact(bytes: Uint8Array, start: number, behind: number, to: Uint8Array, at: number): number {
  const end = behind - 1;
  if (bytes[end] !== newline || at + behind - start > to.length) return -1;
  let depth = 0;
  let used = at;
  for (let i = start; i < end;) {
    const byte = bytes[i] ?? 0;
    if (byte === quote) {
      const next = afterText(bytes, i + 1, end);
      if (next < 0) return -1;
      while (i < next) to[used++] = bytes[i++] ?? 0;
      continue;
    }
    let next = i + 1;
    if (byte === newline) {
      next = afterBreak(bytes, i, --depth);
      const close = bytes[next];
      if (close !== closeObject && close !== closeArray) return -1;
      to[used++] = close;
      i = next + 1;
      continue;
    }
    if (byte === closeObject || byte === closeArray) return -1;
    to[used++] = byte;
    if (byte === colon) next = bytes[next] === space ? next + 1 : -1;
    else if (byte === comma) next = afterBreak(bytes, next, depth);
    else if (byte === openObject || byte === openArray) {
      const inner = bytes[next];
      if (inner === closeObject || inner === closeArray) to[used++] = bytes[next++] ?? 0;
      else {
        next = afterBreak(bytes, next, ++depth);
        // what is empty has no break in a print
        if (bytes[next] === newline) return -1;
      }
    }
    if (next < 0) return -1;
    i = next;
  }
  return depth === 0 ? used : -1;
}

/** The offset behind the quotation mark that ends a text; negative if there is none. */
function afterText(bytes: Uint8Array, start: number, end: number): number {
  for (let i = start; i < end; i++) {
    if (bytes[i] === quote) return i + 1;
    if (bytes[i] === backslash) i++;
  }
  return -1;
}

/** The offset behind a line break and the spaces of a depth; negative if they are not there. */
function afterBreak(bytes: Uint8Array, start: number, depth: number): number {
  if (bytes[start] !== newline || depth < 0) return -1;
  const end = start + 1 + indent.length * depth;
  for (let i = start + 1; i < end; i++) if (bytes[i] !== space) return -1;
  return end;
}
