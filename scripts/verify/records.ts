import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { DuckDBConnection } from '@duckdb/node-api';
import { mostDepth, mostDocumentBytes } from '../base/limits.ts';
import { Failure } from '../base/problem.ts';
import { quoted } from '../base/text.ts';
import type { FileSystem } from '../disk/fileSystem.ts';
import { depthOffset } from '../json/depth.ts';
import { type Json, type JsonObject, isArray, isObject, member, parseJson } from '../json/json.ts';
import {
  type CellsByName,
  type TableMapping,
  cellsOf,
  decodeRecords,
  keyText,
  mappedTables,
  objectsAt,
} from '../release/decode.ts';
import { guarded, unguarded } from '../engine/duckdb/sql.ts';
import { ask } from './ask.ts';
import type { DescribedTable } from './descriptor.ts';
import type { CheckedRelease } from './findings.ts';
import { cellOf, textsOf } from './rows.ts';

const mappingFile = 'mapping.json';
const recordFolder = 'records/';

/**
 * Rebuilds each record from the tables, according to `mapping.json`, and compares it with its line in `records/`. Spans
 * are checked separately, in the table `provenance`. One record is in memory at a time, with some thousand rows of each
 * table.
 */
export async function checkRecordFiles(
  connection: DuckDBConnection,
  { fs, release, digests, add }: CheckedRelease,
  tables: ReadonlyMap<string, DescribedTable>,
): Promise<void> {
  const mapping = mappingIn(fs, release, digests);
  const files = new Set([...digests.keys()].filter((name) => name.startsWith(recordFolder)));
  try {
    if (mapping === undefined) throw new Failure('it is missing, or is not a readable JSON object');
    const mapped = mappedTables(mapping);
    for (const entry of objectsAt(mapping, 'records')) {
      const [file, name] = [member(entry, 'file'), member(entry, 'table')];
      if (typeof file !== 'string' || typeof name !== 'string' || !tables.has(name) || !files.delete(file))
        throw new Failure(`a record's file or table is missing: ${JSON.stringify([file, name])}`);
      const lines = linesOf(fs, path.join(release, file));
      const fault = await differenceOf(connection, { name, lines, apart: membersApart(entry) }, mapped, tables);
      if (fault !== undefined) add(file, 'release', fault.message, fault.line);
    }
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    add(mappingFile, 'release', error.message);
    return;
  }
  for (const file of files) add(file, 'release', `${mappingFile} does not name it`);
}

function mappingIn(fs: FileSystem, release: string, digests: ReadonlyMap<string, string>): JsonObject | undefined {
  const bytes = digests.has(mappingFile) ? fs.read(path.join(release, mappingFile), mostDocumentBytes) : undefined;
  const text = Buffer.from(bytes ?? []).toString('utf8');
  const parsed = depthOffset(text, mostDepth) === undefined ? parseJson(text) : undefined;
  return parsed !== undefined && 'value' in parsed && isObject(parsed.value) ? parsed.value : undefined;
}

/** The lines of a file, without their ends. */
function* linesOf(fs: FileSystem, file: string): Generator<string> {
  let left: Buffer[] = [];
  for (const piece of fs.chunks(file)) {
    let chunk = Buffer.from(piece);
    for (let end = chunk.indexOf(0x0a); end >= 0; end = chunk.indexOf(0x0a)) {
      yield Buffer.concat([...left, chunk.subarray(0, end)]).toString('utf8');
      left = [];
      chunk = chunk.subarray(end + 1);
    }
    if (chunk.length > 0) left.push(chunk);
  }
  if (left.length > 0) yield Buffer.concat(left).toString('utf8');
}

interface Difference {
  readonly line: number;
  readonly message: string;
}

/** The records of a table, one on each line. */
interface RecordFileLines {
  /** The name of the table. */
  readonly name: string;
  readonly lines: Iterable<string>;
  /** Members that the tables do not hold. */
  readonly apart: ReadonlySet<string>;
}

/** The first place where the file of a table's records differs from its tables. */
async function differenceOf(
  connection: DuckDBConnection,
  { name, lines, apart }: RecordFileLines,
  mapped: ReadonlyMap<string, TableMapping>,
  tables: ReadonlyMap<string, DescribedTable>,
): Promise<Difference | undefined> {
  const root = mapped.get(name);
  if (root === undefined) throw new Failure(`it does not describe the table ${quoted(name)}`);
  const below = [...mapped.values()].filter(({ record, name: each }) => record === name && each !== name);
  const cursor = (table: TableMapping): Cursor => {
    const described = tables.get(table.name);
    if (described === undefined) throw new Failure(`it describes ${quoted(table.name)}, which is not a table`);
    return rowsInOrder(connection, described, table.key.slice(0, root.key.length));
  };
  const own = cursor(root);
  const children = new Map(below.map((table) => [table.name, cursor(table)]));
  let line = 0;
  for (const text of lines) {
    line++;
    const row = await own.next();
    if (row === undefined) return { line, message: `its table ${quoted(name)} has no row for this record` };
    const key = keyText(cellsOf(row, root.key));
    const rows = new Map<string, readonly CellsByName[]>([[name, [row]]]);
    for (const [table, each] of children) rows.set(table, await each.ofRecord(key));
    const [rebuilt] = decodeRecords(mapped, name, (table) => rows.get(table) ?? []);
    const parsed = depthOffset(text, mostDepth) === undefined ? parseJson(text) : undefined;
    if (parsed === undefined || !('value' in parsed)) return { line, message: 'not JSON, or nested too deep' };
    if (!isDeepStrictEqual(rebuilt, withoutMembers(parsed.value, apart)))
      return { line, message: `the record is not the one that ${quoted(name)} and the tables below it hold` };
  }
  for (const [table, each] of [[name, own] as const, ...children])
    if ((await each.next()) !== undefined)
      return { line: Math.max(line, 1), message: `${quoted(table)} has rows that are in no record of this file` };
  return undefined;
}

/** The members of a record that its tables do not hold. */
function membersApart(entry: JsonObject): ReadonlySet<string> {
  const [left, spans] = [member(entry, 'left_out'), member(entry, 'spans')];
  const pointer = isObject(spans) ? member(spans, 'pointer') : undefined;
  const names = (isArray(left) ? left : []).filter((each) => typeof each === 'string');
  return new Set(typeof pointer === 'string' ? [...names, pointer.slice(1)] : names);
}

function withoutMembers(value: Json, names: ReadonlySet<string>): Json {
  if (!isObject(value) || names.size === 0) return value;
  return Object.fromEntries(Object.entries(value).filter(([name]) => !names.has(name)));
}

function unitsOf(row: CellsByName): number {
  let units = 0;
  for (const cell of Object.values(row)) if (typeof cell === 'string') units += cell.length;
  return units;
}

/** Reads the rows of a table once, in order. */
interface Cursor {
  readonly next: () => Promise<CellsByName | undefined>;
  /** The next rows, as long as they belong to the record with this key. */
  readonly ofRecord: (key: string) => Promise<readonly CellsByName[]>;
}

/** How many rows of a table are read at once: few at first, then as many as memory allows for such rows. */
const fewRows = 128;
const mostRowsAtOnce = 8192;
const mostCellsAtOnce = 1 << 17;
const mostUnitsAtOnce = 8 * 1024 * 1024;

function rowsInOrder(connection: DuckDBConnection, described: DescribedTable, key: readonly string[]): Cursor {
  const names = described.table.columns.map((column) => column.name);
  const cells = names.map((name) => guarded(cellOf(described, name)));
  const most = Math.min(mostRowsAtOnce, Math.ceil(mostCellsAtOnce / Math.max(names.length, 1)));
  let rowsAtOnce = Math.min(fewRows, most);
  let held: readonly CellsByName[] = [];
  let [at, read] = [0, 0];
  const peek = async (): Promise<CellsByName | undefined> => {
    if (at === held.length) {
      const rows = await ask(
        connection,
        `SELECT ${cells.join(', ')} FROM ${textsOf(described)}
         WHERE n > ${read} AND n <= ${read + rowsAtOnce} ORDER BY n`,
      );
      held = rows.map((row) =>
        Object.fromEntries(
          names.map((name, i) => {
            const cell = row[i];
            return [name, typeof cell === 'string' ? unguarded(cell) : null];
          }),
        ),
      );
      [at, read] = [0, read + rowsAtOnce];
      const units = held.reduce((sum, row) => sum + unitsOf(row), 0) / Math.max(held.length, 1);
      rowsAtOnce = Math.min(most, Math.ceil(mostUnitsAtOnce / Math.max(units, 1)));
    }
    return held[at];
  };
  return {
    async next() {
      const row = await peek();
      if (row !== undefined) at++;
      return row;
    },
    async ofRecord(wanted) {
      const rows: CellsByName[] = [];
      for (let row = await peek(); row !== undefined && keyText(cellsOf(row, key)) === wanted; row = await peek()) {
        rows.push(row);
        at++;
      }
      return rows;
    },
  };
}
