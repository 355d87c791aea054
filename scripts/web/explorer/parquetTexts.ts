// a byte order mark at the start of a text is part of it
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Bytes that are decoded at once, unless one text alone has more. */
const mostAtOnce = 1 << 20;

/**
 * UTF-8 texts, each with a number. Many are decoded together: a call of the browser's decoder takes microseconds, so a
 * call for each text would take most of the time to open a table.
 */
export function textsOf(encoded: readonly Uint8Array[]): readonly string[] {
  const texts: string[] = [];
  let from = 0;
  while (from < encoded.length) {
    let [to, size] = [from, 0];
    do size += encoded[to++]?.length ?? 0;
    while (to < encoded.length && size < mostAtOnce);
    decode(encoded.slice(from, to), size, texts);
    from = to;
  }
  return texts;
}

/** Decodes texts, which have `size` bytes together, and appends them to `texts`. */
function decode(encoded: readonly Uint8Array[], size: number, texts: string[]): void {
  const joined = new Uint8Array(size);
  const ends = new Uint32Array(encoded.length);
  let [at, units] = [0, 0];
  for (let i = 0; i < encoded.length; i++) {
    const bytes = encoded[i] ?? new Uint8Array();
    for (let j = 0; j < bytes.length; j++) {
      const byte = bytes[j] ?? 0;
      joined[at++] = byte;
      // a character begins with a byte that does not continue one; from U+10000 on it takes two units of UTF-16
      if ((byte & 0xc0) !== 0x80) units += byte < 0xf0 ? 1 : 2;
    }
    ends[i] = units;
  }
  const text = decoder.decode(joined);
  if (text.length !== units) {
    // invalid UTF-8 becomes an unknown number of replacement characters
    for (const bytes of encoded) texts.push(decoder.decode(bytes));
    return;
  }
  let start = 0;
  for (const end of ends) {
    texts.push(text.slice(start, end));
    start = end;
  }
}
