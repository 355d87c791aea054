import type { ForeignKey, Table } from '../compile/model.ts';

/**
 * A table with more rows than this has no keys in a database: their indexes take half of the time of a build and two
 * thirds of the file.
 */
export const mostIndexedRows = 100_000;

/** A database for less CSV than this, in bytes, is small. */
const leastBytesOfLarge = 32 * 1024 * 1024;

/** Whether a database for so many bytes of CSV is small; undefined for many. */
export function isSmall(bytes: number | undefined): boolean {
  return bytes !== undefined && bytes < leastBytesOfLarge;
}

/** Tables as a database declares them: large ones have their keys in the comment, not as constraints. */
export function withIndexes(tables: readonly Table[], rowsOf: (table: string) => number): readonly Table[] {
  const large = new Set(tables.map(({ name }) => name).filter((name) => rowsOf(name) > mostIndexedRows));
  if (large.size === 0) return tables;
  return tables.map((table) => {
    const kept = large.has(table.name) ? [] : table.foreignKeys.filter((key) => !large.has(key.table));
    const primaryKey = large.has(table.name) ? [] : table.primaryKey;
    const words = undeclared(primaryKey === table.primaryKey ? [] : table.primaryKey, without(table.foreignKeys, kept));
    if (words === '') return table;
    const description = table.description === undefined ? words : `${table.description} ${words}`;
    return { ...table, primaryKey, foreignKeys: kept, description };
  });
}

function without(keys: readonly ForeignKey[], kept: readonly ForeignKey[]): readonly ForeignKey[] {
  return keys.filter((key) => !kept.includes(key));
}

/** The text of a comment about keys that are not constraints. */
function undeclared(primary: readonly string[], foreign: readonly ForeignKey[]): string {
  return [
    ...(primary.length === 0 ? [] : [`Primary key: ${primary.join(', ')}.`]),
    ...foreign.map(
      ({ columns, table, tableColumns }) =>
        `Foreign key: ${columns.join(', ')} refers to ${table} (${tableColumns.join(', ')}).`,
    ),
  ].join(' ');
}
