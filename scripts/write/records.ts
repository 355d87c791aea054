import path from 'node:path';
import { newline } from '../base/newlines.ts';
import { recordsFile } from '../compile/mapping.ts';
import type { FileSystem } from '../disk/fileSystem.ts';

/** Writes records as NDJSON below a folder, as they pass. */
export interface RecordWriter {
  /** Receives a record of a table as JSON on one line, in the order of the table's rows. */
  readonly add: (table: string, record: string) => void;
  /** Receives the next records of a table as bytes of NDJSON. */
  readonly addLines: (table: string, lines: Uint8Array) => void;
  /** Writes what is left. */
  readonly end: () => void;
}

/** Bytes that are collected before they are written. As texts they would stay in memory until a full collection. */
const mostHeld = 1 << 18;

/** UTF-8 takes at most this many bytes for a UTF-16 unit. */
const mostBytesOfUnit = 3;

/** A writer of `records/<table>.ndjson` for each of the tables, one record on each line. */
export function recordWriter(files: FileSystem, folder: string, tables: readonly string[]): RecordWriter {
  const held = Buffer.allocUnsafeSlow(mostHeld);
  let used = 0;
  let current: string | undefined;
  const at = (table: string): string => path.join(folder, recordsFile(table));
  files.makeFolder(path.join(folder, 'records'));
  for (const table of tables) files.write(at(table), '');
  const flush = (): void => {
    if (current !== undefined && used > 0) files.append(at(current), held.subarray(0, used));
    used = 0;
  };
  return {
    add(table, record) {
      const most = mostBytesOfUnit * record.length + 1;
      if (table !== current || used + most > mostHeld) flush();
      current = table;
      if (most > mostHeld) {
        files.append(at(table), `${record}\n`);
        return;
      }
      used += held.write(record, used);
      held[used++] = newline;
    },
    addLines(table, lines) {
      flush();
      files.append(at(table), lines);
    },
    end: flush,
  };
}
