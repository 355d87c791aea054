/** The library ships no types: this is the part of it that is used. */
declare module 'edtf' {
  /**
   * Parses an EDTF text. Bounds are in epoch milliseconds, null where unknown, infinite where open.
   * @throws if it is not EDTF
   */
  export default function edtf(text: string): {
    readonly min: number | null;
    readonly max: number | null;
    toEDTF(): string;
  };
}
