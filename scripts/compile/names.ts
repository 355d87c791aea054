import { Failure } from '../base/problem.ts';
import { quoted } from '../base/text.ts';
import type { Column, ForeignKey } from './model.ts';

/** Names in use, and what happens if one is used twice. */
export interface Names {
  /** Our own schemas: two paths with one name are an error. In somebody else's, the later one is renamed. */
  readonly own: boolean;
  /**
   * Whether validate rejects what a column cannot hold: a text that does not match its format, a whole number beyond
   * ±(2^53 − 1). If it does not, such a value goes to `_rest`, and its column is NULL.
   */
  readonly enforced: boolean;
  /** Tables, as the database compares them. */
  readonly tables: Set<string>;
  /** Names of the tables of records: no child table can have one of them. */
  readonly roots: ReadonlySet<string>;
  /** SHA-256 of a text in hexadecimal. */
  readonly digest: (text: string) => string;
}

/** A table whose columns are being collected. */
export interface Draft {
  readonly name: string;
  readonly columns: Column[];
  /** Names of the columns, as the database compares them, with the index of each. */
  readonly taken: Map<string, number>;
  readonly primaryKey: string[];
  readonly foreignKeys: ForeignKey[];
  needsRest: boolean;
}

/** DuckDB compares names with A to Z folded. */
export function fold(name: string): string {
  return name.replace(/[A-Z]/g, (c) => c.toLowerCase());
}

const longestTableName = 100;

/** The name of a table is also that of its files. */
export function tableFileName(wanted: string, pointer: string, digest: Names['digest']): string {
  const plain = wanted.normalize('NFC').replace(/[^\p{L}\p{N}_-]/gu, '_');
  return plain.length > longestTableName
    ? `${plain.slice(0, longestTableName - 9)}_${digest(pointer).slice(0, 8)}`
    : plain;
}

/**
 * Begins a table with its key columns. The name of a table is also that of its files: letters, digits, `_` and `-`, at
 * most about a hundred.
 */
export function createDraft(
  wanted: string,
  pointer: string,
  keys: readonly Column[],
  names: Names,
  root = false,
): Draft {
  const plain = tableFileName(wanted, pointer, names.digest);
  const isTaken = (candidate: string): boolean =>
    names.tables.has(fold(candidate)) || (!root && names.roots.has(fold(candidate)));
  if (names.own && isTaken(plain)) throw new Failure(`two tables would be called ${quoted(plain)}`);
  const name = unused(plain, isTaken);
  names.tables.add(fold(name));
  const draft: Draft = { name, columns: [], taken: new Map(), primaryKey: [], foreignKeys: [], needsRest: false };
  for (const key of keys) addColumn(draft, names, key);
  return draft;
}

/** Adds a column and returns its index. Names of columns stay exact, except for NUL, which databases cannot store. */
export function addColumn(draft: Draft, names: Names, added: Column): number {
  const wanted = added.name.replaceAll('\0', '');
  const twin = draft.columns[draft.taken.get(fold(wanted)) ?? -1];
  if (twin !== undefined && names.own) {
    const of = (c: Column): string => c.pointer ?? 'the key of the table';
    throw new Failure(
      `table ${quoted(draft.name)}: ${of(twin)} and ${of(added)} would both be the column ` +
        `${quoted(wanted)}: rename one of them`,
    );
  }
  const name = unused(wanted, (candidate) => draft.taken.has(fold(candidate)));
  draft.taken.set(fold(name), draft.columns.length);
  draft.columns.push({ ...added, name });
  return draft.columns.length - 1;
}

/** The name, or the first of `name_2`, `name_3`, … that is not in use. */
function unused(name: string, isTaken: (name: string) => boolean): string {
  if (name !== '' && !isTaken(name)) return name;
  for (let n = 2; ; n++) if (!isTaken(`${name}_${n}`)) return `${name}_${n}`;
}
