import type { Batch } from '../compile/model.ts';
import { isDigestedAsIs } from '../engine/rowDigest.ts';
import { csvRows } from './csv.ts';

/**
 * Rows of a table in print, so that another thread takes them without parsing them. The rows of a group stay together:
 * its JSON arrays with commas between them, and its lines of CSV.
 */
export interface PrintedBatch {
  readonly table: string;
  readonly rows: number;
  /** Of each group: its rows, the bytes of its JSON and of its CSV, and 1 if `rowDigest` takes the JSON as it is. */
  readonly groups: Uint32Array<ArrayBuffer>;
  /** UTF-8. */
  readonly json: Uint8Array<ArrayBuffer>;
  readonly csv: Uint8Array<ArrayBuffer>;
  /** A length in UTF-16 units that no line of the CSV exceeds. */
  readonly longest: number;
}

/** A group of a printed batch, as views of its bytes. */
export interface PrintedGroup {
  readonly rows: number;
  readonly json: Uint8Array;
  readonly csv: Uint8Array;
  readonly digestedAsIs: boolean;
}

/** Rows of a group: a reader that needs to divide one has to print it again. */
const rowsOfGroup = 128;
const numbersOfGroup = 4;

/** Prints the rows of a batch. */
export function printBatch({ table, rows }: Batch): PrintedBatch {
  const groups: number[] = [];
  const [json, csv]: [Buffer[], Buffer[]] = [[], []];
  let longest = 0;
  for (let start = 0; start < rows.length; start += rowsOfGroup) {
    const some = rows.slice(start, start + rowsOfGroup);
    const printed = JSON.stringify(some).slice(1, -1);
    const lines = csvRows(some);
    const [jsonBytes, csvBytes] = [Buffer.from(printed), Buffer.from(lines.text)];
    groups.push(some.length, jsonBytes.length, csvBytes.length, isDigestedAsIs(some, printed) ? 1 : 0);
    json.push(jsonBytes);
    csv.push(csvBytes);
    longest = Math.max(longest, lines.longest);
  }
  return { table, rows: rows.length, groups: Uint32Array.from(groups), json: joined(json), csv: joined(csv), longest };
}

/** Bytes in an array of their own, which can be passed to another thread without a copy. */
function joined(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

/** What to pass to another thread together with a printed batch, so that it is not copied. */
export function ownBytes({ groups, json, csv }: PrintedBatch): readonly ArrayBuffer[] {
  return [groups.buffer, json.buffer, csv.buffer];
}

/** The groups of a printed batch, in order. */
export function* groupsOf({ groups, json, csv }: PrintedBatch): Generator<PrintedGroup> {
  let [jsonAt, csvAt] = [0, 0];
  for (let i = 0; i < groups.length; i += numbersOfGroup) {
    const [rows = 0, ofJson = 0, ofCsv = 0, asIs = 0] = groups.subarray(i, i + numbersOfGroup);
    yield {
      rows,
      json: json.subarray(jsonAt, jsonAt + ofJson),
      csv: csv.subarray(csvAt, csvAt + ofCsv),
      digestedAsIs: asIs === 1,
    };
    jsonAt += ofJson;
    csvAt += ofCsv;
  }
}
