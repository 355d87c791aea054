import type { Cell } from '../compile/model.ts';
import { Failure } from '../base/problem.ts';
import { groupBy } from '../base/text.ts';
import { type Json, type JsonObject, below, isArray, isObject, member, parseJson } from '../json/json.ts';

/** The cells of a row by the names of its columns. */
export type CellsByName = Readonly<Record<string, Cell>>;
/** The rows of a table, in order; empty for a table that is not there. */
export type RowsOf = (table: string) => readonly CellsByName[];

/** A table of records as `mapping.json` describes it. */
export interface TableMapping {
  readonly name: string;
  /** The table of the records to which its rows belong. */
  readonly record: string;
  readonly pointer: string;
  readonly key: readonly string[];
  readonly recursive: boolean;
  readonly rest: string | undefined;
  readonly value: JsonObject;
}

/** A recursive table being traversed: the key of the row above the outermost, and the pointer from there. */
interface Frame {
  readonly table: string;
  readonly key: readonly Cell[];
  readonly pointer: string;
}

interface Spot {
  readonly row: CellsByName;
  readonly table: TableMapping;
  readonly key: readonly Cell[];
  readonly frames: readonly Frame[];
}

/** The tables of a mapping, by name. @throws Failure for an invalid description */
export function mappedTables(mapping: JsonObject): ReadonlyMap<string, TableMapping> {
  return new Map(objectsAt(mapping, 'tables').map((table) => [textAt(table, 'name'), tableMapping(table)]));
}

/**
 * Rebuilds the records of a table, without spans, as MAPPING.md describes: from rows and the mapping, without a schema.
 * @throws Failure if the mapping does not describe the rows
 */
export function decodeRecords(
  tables: ReadonlyMap<string, TableMapping>,
  name: string,
  rowsOf: RowsOf,
): readonly Json[] {
  const table = tableIn(tables, name);
  const decoder = new Decoder(tables, rowsOf);
  return rowsOf(name).map((row) => decoder.valueOfRow({ row, table, key: cellsOf(row, table.key), frames: [] }));
}

class Decoder {
  readonly #tables: ReadonlyMap<string, TableMapping>;
  readonly #rowsOf: RowsOf;
  readonly #groups = new Map<string, ReadonlyMap<string, readonly CellsByName[]>>();

  constructor(tables: ReadonlyMap<string, TableMapping>, rowsOf: RowsOf) {
    this.#tables = tables;
    this.#rowsOf = rowsOf;
  }

  valueOfRow(at: Spot): Json {
    const { rest, value } = at.table;
    const text = rest === undefined ? null : at.row[rest];
    return this.#value(value, at, typeof text === 'string' ? parsed(text) : undefined) ?? null;
  }

  /** The value that a row holds for a description; undefined if it is missing. */
  #value(described: JsonObject, at: Spot, rest: Json | undefined): Json | undefined {
    const hasMembers = isArray(member(described, 'members'));
    if (rest !== undefined && !(isObject(rest) && hasMembers)) return rest;
    const held = cellAt(described, at.row);
    if (held !== null) return asKind(held, member(described, 'kind'));
    const empty = member(described, 'empty');
    if (member(described, 'list') !== undefined) {
      const rows = this.#children(described, 'list', at);
      const [first] = rows;
      if (first === undefined) return empty;
      const isAlone = member(described, 'alone') === true && first.step === '-1';
      return isAlone ? this.valueOfRow(first.spot) : rows.map(({ spot }) => this.valueOfRow(spot));
    }
    if (!hasMembers) return empty;
    if (rest === undefined && empty === undefined && !this.#isWritten(described, at)) return undefined;
    return this.#object(described, at, isObject(rest) ? rest : {});
  }

  #object(described: JsonObject, at: Spot, rest: JsonObject): JsonObject {
    const members = objectsAt(described, 'members').map((inner) => [textAt(inner, 'name'), inner] as const);
    const names = new Set(members.map(([name]) => name));
    const found = members.flatMap(([name, inner]): (readonly [string, Json])[] => {
      const value = this.#value(inner, at, member(rest, name));
      return value === undefined ? [] : [[name, value]];
    });
    const entries = this.#children(described, 'map', at).map(
      ({ step, spot }) => [step, this.valueOfRow(spot)] as const,
    );
    return Object.fromEntries([...found, ...entries, ...Object.entries(rest).filter(([name]) => !names.has(name))]);
  }

  /** Whether a value has a cell or a child row. */
  #isWritten(described: JsonObject, at: Spot): boolean {
    return (
      cellAt(described, at.row) !== null ||
      this.#children(described, 'list', at).length > 0 ||
      this.#children(described, 'map', at).length > 0 ||
      objectsAt(described, 'members').some((inner) => this.#isWritten(inner, at))
    );
  }

  /** The rows of a list or map below a row, each with its step. */
  #children(described: JsonObject, which: 'list' | 'map', at: Spot): readonly { step: string; spot: Spot }[] {
    const child = member(described, which);
    if (typeof child !== 'string') return [];
    const table = tableIn(this.#tables, child);
    const path = textAt(described, 'pointer').slice(at.table.pointer.length);
    const frame = at.frames.find((each) => each.table === child) ?? { table: child, key: at.key, pointer: '' };
    const above = table.recursive ? frame.key : at.key;
    const rows = this.#rowsBelow(table, table.recursive ? [...above, frame.pointer + path] : above);
    return rows.map((row) => {
      const last = lastCell(table, row);
      const step = table.recursive ? stepOf(String(last)) : String(last);
      const tail = path + below('', step);
      const longer = (each: Frame): Frame => ({ ...each, pointer: each.pointer + tail });
      const others = at.frames.filter((each) => each !== frame).map(longer);
      const frames = table.recursive ? [...others, longer(frame)] : others;
      return { step, spot: { row, table, key: [...above, last], frames } };
    });
  }

  /**
   * The rows with the given key; the step is not part of it: it is the last key column, or the end of the pointer
   * there.
   */
  #rowsBelow(table: TableMapping, key: readonly Cell[]): readonly CellsByName[] {
    const grouped = this.#groups.get(table.name) ?? groupBy(this.#rowsOf(table.name), (row) => keyAbove(table, row));
    this.#groups.set(table.name, grouped);
    return grouped.get(keyText(key)) ?? [];
  }
}

function tableIn(tables: ReadonlyMap<string, TableMapping>, name: string): TableMapping {
  const table = tables.get(name);
  if (table === undefined) throw new Failure(`the table ${name} is not described`);
  return table;
}

function tableMapping(table: JsonObject): TableMapping {
  const [key, rest, value] = ['key', 'rest', 'value'].map((each) => member(table, each));
  return {
    name: textAt(table, 'name'),
    record: textAt(table, 'record'),
    pointer: textAt(table, 'pointer'),
    key: isArray(key) ? key.map(String) : [],
    recursive: member(table, 'recursive') === true,
    rest: typeof rest === 'string' ? rest : undefined,
    value: isObject(value) ? value : {},
  };
}

/** The cells of a row in the given columns. */
export function cellsOf(row: CellsByName, columns: readonly string[]): readonly Cell[] {
  return columns.map((column) => row[column] ?? null);
}

/** A key as text: the same for an integer and its text. */
export function keyText(cells: readonly Cell[]): string {
  return JSON.stringify(cells.map(String));
}

function lastCell({ key }: TableMapping, row: CellsByName): Cell {
  return row[key.at(-1) ?? ''] ?? null;
}

/** The key of a row without its step: the same for the rows of one list or map. */
function keyAbove(table: TableMapping, row: CellsByName): string {
  const above = cellsOf(row, table.key.slice(0, -1));
  const pointer = String(lastCell(table, row));
  return keyText(table.recursive ? [...above, pointer.slice(0, Math.max(pointer.lastIndexOf('/'), 0))] : above);
}

/** The last step of a pointer. */
function stepOf(pointer: string): string {
  return pointer
    .slice(pointer.lastIndexOf('/') + 1)
    .replaceAll('~1', '/')
    .replaceAll('~0', '~');
}

function cellAt(described: JsonObject, row: CellsByName): Cell {
  const column = member(described, 'column');
  return typeof column === 'string' ? (row[column] ?? null) : null;
}

/** A cell, which may have been read as text, as the value that it holds. */
function asKind(cell: Exclude<Cell, null>, kind: Json | undefined): Json {
  if (kind === 'json') return parsed(String(cell));
  if (kind === 'integer' || kind === 'number') return Number(cell);
  return kind === 'boolean' ? String(cell) === 'true' : cell;
}

function parsed(text: string): Json {
  const found = parseJson(text);
  if ('value' in found) return found.value;
  throw new Failure(`a JSON cell does not hold JSON: ${found.message}`);
}

function textAt(object: JsonObject, key: string): string {
  const value = member(object, key);
  if (typeof value !== 'string') throw new Failure(`"${key}" is not a text`);
  return value;
}

/** The objects of the list at a key; empty if it is not a list. */
export function objectsAt(object: JsonObject, key: string): readonly JsonObject[] {
  const value = member(object, key);
  return isArray(value) ? value.filter(isObject) : [];
}
