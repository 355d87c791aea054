import type { Compilation } from '../../compile/compile.ts';
import { type RowWatch, rowWatch } from '../../compile/slicedRows.ts';
import { newline, newlinesIn } from '../../base/newlines.ts';
import type { RawRecord, Unreadable } from '../../read/records.ts';
import type { ValidateOptions } from '../../validate/context.ts';
import { type Lines, type PartsOfLines, partsOfLines } from '../../validate/bytes/partsOfLines.ts';
import type { BytesSettings, Settled } from '../../validate/bytes/recordBytes.ts';
import { printSliced } from '../../write/printSliced.ts';
import type { PrintedBatch } from '../../write/printedRows.ts';
import type { PartOfFile } from './recordsInParts.ts';

/** Makes parts of lines by their bytes, compiled if that was asked for; the other lines come as texts. */
export type PartsByBytes = (lines: Lines) => Iterable<RawRecord | Unreadable | PartOfFile>;

/** How the lines of each table become parts; undefined if all lines of it have to come as texts. */
export function partsByBytes(
  { types, ...settings }: BytesSettings & Pick<ValidateOptions, 'types'>,
  settled: Settled,
  compilation: Compilation | undefined,
): (table: string) => PartsByBytes | undefined {
  const make = (table: string): PartsByBytes | undefined => {
    const type = types.find(({ name }) => name === table);
    const plan = compilation?.plans.get(table);
    const watch = plan === undefined ? undefined : rowWatch(plan);
    if (type === undefined || (compilation !== undefined && watch === undefined)) return undefined;
    const partsOf = partsOfLines(type, settings, settled, watch);
    return partsOf === undefined ? undefined : (lines) => compiledParts(partsOf(lines), lines.bytes, watch);
  };
  const made = new Map<string, PartsByBytes | undefined>();
  return (table) => {
    if (!made.has(table)) made.set(table, make(table));
    return made.get(table);
  };
}

/** The parts with their rows, if a watch makes rows. */
function* compiledParts(
  inputs: ReturnType<PartsOfLines>,
  bytes: Buffer,
  watch: RowWatch | undefined,
): Generator<RawRecord | Unreadable | PartOfFile> {
  for (const input of inputs) {
    if (!('ids' in input)) {
      yield input;
      continue;
    }
    const { file, ids, ascending, references, linesBefore, after, last, records } = input;
    const batches: PrintedBatch[] = (watch?.take() ?? []).map((rows) => printSliced(rows, bytes));
    const lines = withoutEmptyLines(input.bytes, ids.length) ?? input.bytes;
    yield { file, ids, ascending, references, linesBefore, after, last, records, batches, lines };
  }
}

/** The lines of some records, each with its newline; undefined if the bytes are just that. */
export function withoutEmptyLines(bytes: Buffer, records: number): Uint8Array<ArrayBuffer> | undefined {
  if (newlinesIn(bytes) === records && bytes.at(-1) === newline) return undefined;
  const lines = bytes.toString('utf8').split('\n');
  return linesOfPrints(lines.filter((line) => line !== ''));
}

/** NDJSON of records in print. */
export function linesOfPrints(prints: readonly string[]): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(prints.map((print) => `${print}\n`).join('')));
}
