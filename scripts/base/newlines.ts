/** The byte that ends a line in UTF-8: LF. */
export const newline = 10;

/** How many lines end in bytes. */
export function newlinesIn(bytes: Uint8Array): number {
  let found = 0;
  for (let at = bytes.indexOf(newline); at >= 0; at = bytes.indexOf(newline, at + 1)) found++;
  return found;
}

/** The last line among bytes that is not empty, without its newline. */
export function lastLineIn(bytes: Uint8Array): Uint8Array | undefined {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === newline) end--;
  return end === 0 ? undefined : bytes.subarray(bytes.lastIndexOf(newline, end - 1) + 1, end);
}
