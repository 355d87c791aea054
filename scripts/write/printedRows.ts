import type { Batch } from '../compile/model.ts';
import { isDigestedAsIs } from '../engine/rowDigest.ts';
import { csvRows } from './csv.ts';
import { Print, mostBytesOfUnit } from './print.ts';

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
  /** An upper bound of the bytes in a line of the CSV. */
  readonly longestLine: number;
}

export function isPrinted(batch: Batch | PrintedBatch): batch is PrintedBatch {
  return 'groups' in batch;
}

/** A group of a printed batch, as views of its bytes. */
export interface PrintedGroup {
  readonly rows: number;
  readonly json: Uint8Array;
  readonly csv: Uint8Array;
  readonly digestedAsIs: boolean;
}

/** Rows of a group: a reader that needs to divide one has to print it again. */
export const rowsOfGroup = 128;
export const numbersOfGroup = 4;

/** Prints the rows of a batch. */
export function printBatch({ table, rows }: Batch): PrintedBatch {
  const groups: number[] = [];
  const [json, csv] = [new Print(), new Print()];
  let most = 0;
  for (let i = 0; i < rows.length; i += rowsOfGroup) {
    const some = rows.slice(i, i + rowsOfGroup);
    const { text, longest } = csvRows(some);
    const printed = JSON.stringify(some).slice(1, -1);
    const asIs = isDigestedAsIs(some, printed, longest) ? 1 : 0;
    groups.push(some.length, json.text(printed), csv.text(text), asIs);
    most = Math.max(most, longest);
  }
  const printed = { groups: Uint32Array.from(groups), json: json.taken(), csv: csv.taken() };
  return { table, rows: rows.length, ...printed, longestLine: mostBytesOfUnit * most };
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
