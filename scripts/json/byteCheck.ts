/**
 * Checks the value that begins at an offset of bytes in UTF-8. Returns the offset behind it if it is certainly valid,
 * and certainly in canonical print; else a negative number, which says nothing.
 */
export type ByteCheck = (bytes: Buffer, at: number) => number;

/** For values that are left to the other checks. */
export const undecided: ByteCheck = () => -1;

/** Learns where the values of a record are while its bytes are checked. */
export interface ValueWatch {
  /** The check of a value, watched. It may accept less, but nothing that the check does not. */
  readonly follow: (check: ByteCheck) => ByteCheck;
  /** For a member of the value, if that is an object. */
  readonly member: (key: string) => ValueWatch;
  /** For the elements of the value, if that is a list. */
  readonly element: () => ValueWatch;
}

/** Watches the check of records, one after the other. */
export interface RecordWatch {
  readonly value: ValueWatch;
  /** Called before a record is checked: what has been seen since the last `keep` was not part of a valid one. */
  readonly begin: () => void;
  /** Called if the record is valid. */
  readonly keep: () => void;
}

const unwatchedValue: ValueWatch = {
  follow: (check) => check,
  member: () => unwatchedValue,
  element: () => unwatchedValue,
};

/** Learns nothing. */
export const unwatched: RecordWatch = { value: unwatchedValue, begin: () => {}, keep: () => {} };
