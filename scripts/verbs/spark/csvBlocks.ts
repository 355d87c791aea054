import type { Cell, Row } from '../../compile/model.ts';
import { cellsOf } from '../../engine/spark/mapped.ts';
import { type JsonObject, isObject, parseJson } from '../../json/json.ts';
import { csvRows } from '../../write/csv.ts';

/** Rows that are printed at once. */
const rowsOfBlock = 2048;

/**
 * Prints rows in the form of `rowText`, a line each, as blocks of CSV: JSON objects with the text under `v`, without
 * its last newline, a line each. So no newline in a cell ends a line.
 */
export async function printCsv(
  input: AsyncIterable<Uint8Array>,
  columns: number,
  out: (line: string) => void,
): Promise<void> {
  let rows: Row[] = [];
  const flush = (): void => {
    if (rows.length > 0) out(`${JSON.stringify({ v: csvRows(rows).text.slice(0, -1) })}\n`);
    rows = [];
  };
  for await (const line of linesIn(input)) {
    const parsed = parseJson(line);
    rows.push(cellsOf('value' in parsed && isObject(parsed.value) ? cellsIn(parsed.value) : {}, columns));
    if (rows.length === rowsOfBlock) flush();
  }
  flush();
}

async function* linesIn(input: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of input) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest !== '') yield rest;
}

function cellsIn(object: JsonObject): Readonly<Record<string, Cell>> {
  return Object.fromEntries(Object.entries(object).filter((entry): entry is [string, Cell] => isCell(entry[1])));
}

function isCell(value: unknown): value is Cell {
  return value === null || typeof value !== 'object';
}
