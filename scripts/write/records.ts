import path from 'node:path';
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

/** Characters that are buffered before they are written. */
const mostHeld = 1 << 20;

/** A writer of `records/<table>.ndjson` for each of the tables, one record on each line. */
export function recordWriter(files: FileSystem, folder: string, tables: readonly string[]): RecordWriter {
  const held = new Map<string, string>();
  const at = (table: string): string => path.join(folder, recordsFile(table));
  let length = 0;
  files.makeFolder(path.join(folder, 'records'));
  for (const table of tables) files.write(at(table), '');
  const flush = (): void => {
    for (const [table, text] of held) files.append(at(table), text);
    held.clear();
    length = 0;
  };
  return {
    add(table, record) {
      const line = `${record}\n`;
      held.set(table, (held.get(table) ?? '') + line);
      length += line.length;
      if (length > mostHeld) flush();
    },
    addLines(table, lines) {
      flush();
      files.append(at(table), lines);
    },
    end: flush,
  };
}
