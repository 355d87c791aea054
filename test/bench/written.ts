import fs from 'node:fs';
import path from 'node:path';

/** A corpus on the disk. */
export interface Corpus {
  /** The table that is measured. */
  readonly table: string;
  /** The folders of schemas and of records. */
  readonly schema: string;
  readonly raw: string;
  readonly records: number;
  /** Bytes of the measured table. */
  readonly bytes: number;
}

/** Writes the schemas of a corpus below its folder; gives the folders of schemas and of records. */
export function writeSchemas(
  folder: string,
  schemas: Readonly<Record<string, object>>,
): Pick<Corpus, 'schema' | 'raw'> {
  const schema = path.join(folder, 'schema');
  fs.mkdirSync(schema, { recursive: true });
  for (const [name, value] of Object.entries(schemas)) fs.writeFileSync(path.join(schema, name), print(value));
  return { schema, raw: path.join(folder, 'raw') };
}

function print(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** Writes a file for each record. @returns the number of bytes written */
export function writeFiles(
  folder: string,
  records: number,
  record: (index: number) => readonly [string, object],
): number {
  fs.mkdirSync(folder, { recursive: true });
  let bytes = 0;
  for (let index = 0; index < records; index++) {
    const [name, value] = record(index);
    const printed = Buffer.from(print(value));
    fs.writeFileSync(path.join(folder, `${name}.json`), printed);
    bytes += printed.length;
  }
  return bytes;
}

/** The file that `writeLines` writes. */
export const linesFile = 'all.ndjson';

const linesAtOnce = 2000;

/** Writes a line for each record, in one file. @returns the number of bytes written */
export function writeLines(folder: string, records: number, record: (index: number) => object): number {
  fs.mkdirSync(folder, { recursive: true });
  const file = fs.openSync(path.join(folder, linesFile), 'w');
  let bytes = 0;
  for (let start = 0; start < records; start += linesAtOnce) {
    const length = Math.min(linesAtOnce, records - start);
    const lines = Array.from({ length }, (_, i) => `${JSON.stringify(record(start + i))}\n`);
    bytes += fs.writeSync(file, lines.join(''));
  }
  fs.closeSync(file);
  return bytes;
}
