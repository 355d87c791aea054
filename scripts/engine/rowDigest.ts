import { createHash } from 'node:crypto';
import type { Cell, Row } from '../compile/model.ts';

/** Rows that are hashed together, so that an engine can compute the digests of many blocks at once. */
export const rowsOfBlock = 2048;

/**
 * Of a text with more bytes, the SHA-256 is hashed: to escape whole texts as JSON, DuckDB takes eight times their size.
 */
export const mostBytesOfText = 4096;
/** The mark before that SHA-256, in hexadecimal. */
export const digestMark = 'sha256:';

/** The digest of the rows of a table, computed as they come. */
export interface RowDigest {
  readonly add: (rows: readonly Row[]) => void;
  /** Adds rows by their JSON, in UTF-8 and without brackets around them, if they are digested as they are. */
  readonly addPrinted: (rows: number, json: Uint8Array) => void;
  /** How many rows fit into the current block. */
  readonly room: () => number;
  readonly end: () => string;
}

/**
 * Digests compiled rows before anything prints them: SHA-256 of each block of rows, as JSON arrays with commas between
 * them. For long texts, their digests are used. An engine computes the same from its stored rows.
 */
export function rowDigest(): RowDigest {
  const blocks: string[] = [];
  let block = createHash('sha256');
  let count = 0;
  const room = (): number => rowsOfBlock - (count % rowsOfBlock);
  const addText = (rows: number, text: string | Uint8Array): void => {
    if (count % rowsOfBlock > 0) block.update(',');
    block.update(text);
    count += rows;
    if (count % rowsOfBlock > 0) return;
    blocks.push(block.digest('hex'));
    block = createHash('sha256');
  };
  return {
    room,
    addPrinted: addText,
    add(rows) {
      for (let start = 0; start < rows.length;) {
        const some = rows.slice(start, start + room());
        addText(some.length, asStored(JSON.stringify(some.map(shortened)).slice(1, -1)));
        start += some.length;
      }
    },
    end() {
      if (count % rowsOfBlock > 0) blocks.push(block.digest('hex'));
      return digestOfBlocks(count, blocks);
    },
  };
}

/** Whether the JSON of rows is digested as it is. `longest` is a length in UTF-16 units that no cell exceeds. */
export function isDigestedAsIs(rows: readonly Row[], json: string, longest: number): boolean {
  return (
    !json.includes(controlEscape) &&
    !json.includes(positiveExponent) &&
    (longest <= mostBytesOfText / 3 || !rows.some(mayHaveLong))
  );
}

/** UTF-8 takes at most three bytes for a UTF-16 unit. */
function mayHaveLong(row: Row): boolean {
  for (const cell of row) if (typeof cell === 'string' && cell.length > mostBytesOfText / 3) return true;
  return false;
}

function shortened(row: Row): Row {
  return row.map((cell: Cell) => {
    if (typeof cell !== 'string' || Buffer.byteLength(cell) <= mostBytesOfText) return cell;
    return `${digestMark}${createHash('sha256').update(cell).digest('hex')}`;
  });
}

/** The digest of a table from those of its blocks, in hexadecimal and in order. */
export function digestOfBlocks(rows: number, blocks: readonly string[]): string {
  return `${rows} rows ${createHash('sha256').update(blocks.join('')).digest('hex')}`;
}

const controlEscape = String.raw`\u00`;
const positiveExponent = 'e+';

/**
 * JSON as DuckDB prints it: escapes of control characters in upper case, and no plus sign in the exponent of a number.
 */
function asStored(json: string): string {
  if (!json.includes(controlEscape) && !json.includes(positiveExponent)) return json;
  return json.replace(/"(?:[^"\\]|\\.)*"|e\+/g, (token) => (token === 'e+' ? 'e' : upperEscapes(token)));
}

function upperEscapes(json: string): string {
  return json.replace(/\\(u00..|.)/g, (escape) => (escape.length > 2 ? `\\u${escape.slice(2).toUpperCase()}` : escape));
}
