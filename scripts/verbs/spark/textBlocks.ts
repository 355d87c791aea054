import type { Cell, Row } from '../../compile/model.ts';
import { cellsOf } from '../../engine/spark/mapped.ts';
import { type JsonObject, isObject, parseJson } from '../../json/json.ts';
import { csvRows } from '../../write/csv.ts';
import { textIn } from './found.ts';

/** Lines that are printed together. */
const linesOfBlock = 2048;

/**
 * Prints rows as CSV and records as NDJSON. An input line has kind, table and the JSON of `engine/spark/mapped`. An
 * output line has kind, table, a running number, and a JSON object with the text of some lines under `v`, without its
 * last newline. So a newline in a cell never ends a line.
 * @param columns the number of columns of each table
 */
export async function printTexts(
  input: AsyncIterable<Uint8Array>,
  columns: ReadonlyMap<string, number>,
  out: (line: string) => void,
): Promise<void> {
  let head = '';
  let lines: string[] = [];
  let i = 0;
  const flush = (): void => {
    if (lines.length > 0) out(`${head}\t${i++}\t${JSON.stringify({ v: blockOf(head, lines, columns) })}\n`);
    lines = [];
  };
  for await (const line of linesIn(input)) {
    const [kind = '', table = ''] = line.split('\t', 2);
    const own = `${kind}\t${table}`;
    if (own !== head || lines.length === linesOfBlock) flush();
    head = own;
    lines.push(line.slice(own.length + 1));
  }
  flush();
}

function blockOf(head: string, lines: readonly string[], columns: ReadonlyMap<string, number>): string {
  const [kind, table = ''] = head.split('\t');
  const objects = lines.map(objectIn);
  if (kind === 'record') return objects.map((record) => textIn(record, 'r')).join('\n');
  const width = columns.get(table);
  if (width === undefined) throw new Error(`no table is called ${table}`);
  return csvRows(objects.map((object): Row => cellsOf(cellsIn(object), width))).text.slice(0, -1);
}

function objectIn(text: string): JsonObject {
  const parsed = parseJson(text);
  if ('value' in parsed && isObject(parsed.value)) return parsed.value;
  throw new Error('a line is neither a row nor a record');
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
