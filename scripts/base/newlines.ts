/** The byte that ends a line in UTF-8: LF. */
export const newline = 10;

/** How many lines end in bytes. */
export function newlinesIn(bytes: Uint8Array): number {
  let found = 0;
  for (let at = bytes.indexOf(newline); at >= 0; at = bytes.indexOf(newline, at + 1)) found++;
  return found;
}
