/** The names of records that references point to, by the tables of the reference and the identifier. */
export const namesKnown = new Map<string, string>();

/** Looks the names up again where they are drawn next: a record may have another one. */
export function forgetNames(): void {
  namesKnown.clear();
}
