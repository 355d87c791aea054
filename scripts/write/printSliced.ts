import { backslash, closeArray, comma, openArray, quote, space } from '../base/ascii.ts';
import type { SlicedRows } from '../compile/slicedRows.ts';
import { mostBytesOfText } from '../engine/rowDigest.ts';
import { csvRows } from './csv.ts';
import { Print } from './print.ts';
import { type PrintedBatch, numbersOfGroup, rowsOfGroup } from './printedRows.ts';
import { newline } from '../base/newlines.ts';

const nullPrint = Buffer.from('null');

/** An integer has at most so many digits. */
const mostDigits = 20;

/** Prints rows whose cells are slices of bytes, as `printBatch` prints their values. */
export function printSliced({ table, rows, columns, slices }: SlicedRows, bytes: Buffer): PrintedBatch {
  const [json, csv] = [new Print(), new Print()];
  const groups = new Uint32Array(numbersOfGroup * Math.ceil(rows / rowsOfGroup));
  let longestLine = 0;
  for (let row = 0; row < rows; row++) {
    const group = Math.floor(row / rowsOfGroup) * numbersOfGroup;
    const [jsonBefore, csvBefore] = [json.length, csv.length];
    if (row % rowsOfGroup === 0) groups[group + 3] = 1;
    else json.byte(comma);
    const from = row * 2 * columns;
    reserve(json, csv, slices, from, columns);
    if (!printRow({ json, csv, slices, from, columns }, bytes)) groups[group + 3] = 0;
    groups[group] = (groups[group] ?? 0) + 1;
    groups[group + 1] = (groups[group + 1] ?? 0) + json.length - jsonBefore;
    groups[group + 2] = (groups[group + 2] ?? 0) + csv.length - csvBefore;
    longestLine = Math.max(longestLine, csv.length - csvBefore);
  }
  return { table, rows, groups, json: json.taken(), csv: csv.taken(), longestLine };
}

interface PrintedRow {
  readonly json: Print;
  readonly csv: Print;
  readonly slices: Int32Array;
  readonly from: number;
  readonly columns: number;
}

function reserve(json: Print, csv: Print, slices: Int32Array, from: number, columns: number): void {
  let most = mostDigits * (columns + 1);
  for (let i = from; i < from + 2 * columns; i += 2) most += Math.max(0, (slices[i + 1] ?? 0) - (slices[i] ?? 0));
  json.reserve(most);
  csv.reserve(most);
}

/** @returns whether `rowDigest` takes the JSON as it is */
function printRow({ json, csv, slices, from, columns }: PrintedRow, bytes: Buffer): boolean {
  let asIs = true;
  json.byte(openArray);
  for (let column = 0; column < columns; column++) {
    if (column > 0) {
      json.byte(comma);
      csv.byte(comma);
    }
    const start = slices[from + 2 * column] ?? 0;
    const end = slices[from + 2 * column + 1] ?? 0;
    if (start === 0) json.copy(nullPrint, 0, nullPrint.length);
    else if (start < 0) {
      const position = String(-1 - start);
      json.text(position);
      csv.text(position);
    } else {
      json.copy(bytes, start, end);
      if (bytes[start] === quote) printText(csv, bytes, start, end);
      else csv.copy(bytes, start, end);
      if (end - start > mostBytesOfText) asIs = false;
    }
  }
  json.byte(closeArray);
  csv.byte(newline);
  return asIs;
}

/** Prints a text, given its JSON, as a field of CSV. */
function printText(csv: Print, bytes: Buffer, start: number, end: number): void {
  let needsQuotes = end - start === 2 || isSpace(bytes[start + 1]) || isSpace(bytes[end - 2]);
  let isSimple = !mayBeginSpace(bytes[start + 1]) && !mayBeginSpace(bytes[lastCharacter(bytes, end - 2)]);
  for (let i = start + 1; i < end - 1 && isSimple; i++) {
    const byte = bytes[i];
    if (byte === comma) needsQuotes = true;
    else if (byte === backslash) isSimple = false;
  }
  if (isSimple) {
    if (needsQuotes) csv.copy(bytes, start, end);
    else csv.copy(bytes, start + 1, end - 1);
    return;
  }
  const text: string = JSON.parse(bytes.toString('utf8', start, end));
  // it is no longer than the JSON
  const field = Buffer.from(csvRows([[text]]).text);
  csv.copy(field, 0, field.length - 1);
}

function isSpace(byte: number | undefined): boolean {
  return byte !== undefined && byte <= space;
}

/** The first bytes, in UTF-8, of white space that is not ASCII: U+00A0, U+1680, U+2000 to U+205F, U+3000, U+FEFF. */
const firstOfSpace: ReadonlySet<number | undefined> = new Set([0xc2, 0xe1, 0xe2, 0xe3, 0xef]);

function mayBeginSpace(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x80 && firstOfSpace.has(byte);
}

/** The offset of the first byte of the character that ends with another byte. */
function lastCharacter(bytes: Uint8Array, end: number): number {
  let at = end;
  while (((bytes[at] ?? 0) & 0xc0) === 0x80) at--;
  return at;
}
