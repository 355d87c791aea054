import { isUtf8 } from 'node:buffer';

export { isUtf8 };

export type Decoded =
  | { readonly text: string }
  | { readonly message: string; readonly hint: string; readonly offset: number };

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Decodes UTF-8 without a byte order mark. A fault's offset counts UTF-16 units of the text before it. */
export function decode(bytes: Uint8Array): Decoded {
  if (hasByteOrderMark(bytes)) {
    return { message: 'the file begins with a byte order mark', hint: 'save it as UTF-8 without BOM', offset: 0 };
  }
  if (!isUtf8(bytes)) {
    const valid = validPrefix(bytes);
    const byte = bytes[valid]?.toString(16).padStart(2, '0') ?? '';
    return {
      message: `not valid UTF-8: byte 0x${byte} at offset ${valid}`,
      hint: 'save the file as UTF-8',
      offset: decoder.decode(bytes.subarray(0, valid)).length,
    };
  }
  return { text: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8') };
}

/** Whether bytes begin with the mark that some editors put before UTF-8. */
export function hasByteOrderMark(bytes: Uint8Array): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}

/**
 * Length in bytes of the longest prefix that is valid UTF-8, found by bisection: a prefix that ends inside a character
 * is tried again, shorter.
 */
function validPrefix(bytes: Uint8Array): number {
  let least = 0;
  let most = bytes.length;
  while (least < most) {
    const middle = Math.ceil((least + most) / 2);
    if (isUtf8(bytes.subarray(0, wholeCharacters(bytes, middle)))) least = middle;
    else most = middle - 1;
  }
  return wholeCharacters(bytes, least);
}

/** The largest offset up to `end` that is not inside a multi-byte character. */
function wholeCharacters(bytes: Uint8Array, end: number): number {
  let start = end;
  while (start > 0 && end - start < 3 && ((bytes[start - 1] ?? 0) & 0xc0) === 0x80) start--;
  const lead = bytes[start - 1] ?? 0;
  const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1;
  return start > 0 && length > 1 && start - 1 + length > end ? start - 1 : end;
}
