import type { Compilation } from '../../compile/compile.ts';
import { type RowWatch, rowWatch } from '../../compile/slicedRows.ts';
import { newline, newlinesIn } from '../../base/newlines.ts';
import type { RawRecord, Unreadable } from '../../read/records.ts';
import type { ValidateOptions } from '../../validate/context.ts';
import { type Lines, type PartsOfLines, partsOfTables } from '../../validate/bytes/partsOfLines.ts';
import type { BytesSettings } from '../../validate/bytes/recordBytes.ts';
import { printSliced } from '../../write/printSliced.ts';
import type { PrintedBatch } from '../../write/printedRows.ts';
import type { PartOfFile } from './recordsInParts.ts';

/** Makes parts of lines by their bytes, compiled if that was asked for; the other lines come as texts. */
export type PartsByBytes = (lines: Lines) => Iterable<RawRecord | Unreadable | PartOfFile>;

/** How the lines of each table become parts; undefined if all lines of it have to come as texts. */
export function partsByBytes(
  options: Pick<ValidateOptions, 'types' | 'layout' | 'schemas' | 'patterns'>,
  settled: BytesSettings['settled'],
  compilation: Compilation | undefined,
): (table: string) => PartsByBytes | undefined {
  const watches = new Map<string, RowWatch | undefined>();
  const watchOf = (table: string): RowWatch | undefined => {
    const plan = compilation?.plans.get(table);
    const watch = plan === undefined ? undefined : rowWatch(plan);
    watches.set(table, watch);
    return watch;
  };
  const partsOf = partsOfTables(options, settled, compilation === undefined ? undefined : watchOf);
  return (table) => {
    const parts = partsOf(table);
    if (parts === undefined) return undefined;
    const watch = watches.get(table);
    return (lines) => compiledParts(parts(lines), lines.bytes, watch);
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
