import path from 'node:path';
import type { Row, Table } from '../../compile/model.ts';
import type { FileSystem } from '../../disk/fileSystem.ts';
import { packRows } from './pack.ts';
import { dataScript } from './script.ts';

/** Folder of a release with the program of the page and its data. */
export const explorerFolder = 'explorer';

/** Rows of a table that the page takes: it holds all rows of a table that is open in memory. */
export const mostRowsShown = 1_000_000;
/** The same in characters of CSV. */
const mostCharactersShown = 256 << 20;
/** Characters of CSV after which rows become a script, and that all tables together hold back. */
const [mostInPart, mostHeld] = [4 << 20, 12 << 20];

/** Whether the page leaves the rows of a table out, of so many rows and characters of CSV. */
export function isTooLarge(rows: number, characters: number): boolean {
  return rows > mostRowsShown || characters > mostCharactersShown;
}

/** Writes the rows of tables as scripts for the page, while they pass by. */
export interface RowScripts {
  /** `characters` is the size of the rows as CSV. */
  readonly add: (table: Table, rows: readonly Row[], characters: number) => void;
  /** Writes what is left. @returns the scripts of each table, by its name; a table that is too large has none */
  readonly end: () => ReadonlyMap<string, readonly string[] | undefined>;
}

interface Held {
  readonly table: Table;
  rows: Row[];
  /** Characters that `rows` hold, and all rows of the table. */
  characters: number;
  allCharacters: number;
  allRows: number;
  readonly parts: string[];
}

/** Row scripts in a staging folder. Memory is bounded: rows are written as soon as there are enough of them. */
export function rowScripts(files: FileSystem, staging: string): RowScripts {
  const tables = new Map<string, Held>();
  let held = 0;
  const write = (each: Held): void => {
    const number = each.parts.length === 0 ? '' : `.${each.parts.length}`;
    const part = `${explorerFolder}/tables/${each.table.name}${number}.js`;
    // an empty folder is nothing that a release may have
    files.makeFolder(path.join(staging, explorerFolder, 'tables'));
    files.write(path.join(staging, part), dataScript(part, packRows(each.table, each.rows)));
    each.parts.push(part);
    held -= each.characters;
    each.rows = [];
    each.characters = 0;
  };
  const isDropped = (each: Held): boolean => isTooLarge(each.allRows, each.allCharacters);
  const drop = (each: Held): void => {
    for (const part of each.parts.splice(0)) files.remove(path.join(staging, part));
    held -= each.characters;
    each.rows = [];
    each.characters = 0;
  };
  files.makeFolder(path.join(staging, explorerFolder));
  return {
    add(table, rows, characters) {
      const each = tables.get(table.name) ?? begin(table);
      tables.set(table.name, each);
      each.allRows += rows.length;
      each.allCharacters += characters;
      if (isDropped(each)) {
        drop(each);
        return;
      }
      for (const row of rows) each.rows.push(row);
      each.characters += characters;
      held += characters;
      if (each.characters > mostInPart) write(each);
      else if (held > mostHeld) write([...tables.values()].reduce((a, b) => (b.characters > a.characters ? b : a)));
    },
    end() {
      for (const each of tables.values()) if (each.rows.length > 0) write(each);
      return new Map([...tables].map(([name, each]) => [name, isDropped(each) ? undefined : each.parts]));
    },
  };
}

function begin(table: Table): Held {
  return { table, rows: [], characters: 0, allCharacters: 0, allRows: 0, parts: [] };
}
