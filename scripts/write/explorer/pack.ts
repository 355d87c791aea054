import type { Cell, Row, Table } from '../../compile/model.ts';
import type { PackedColumn, PackedRows } from './model.ts';

/** Rows as columns. Texts that come up again are in a dictionary, in the order of their first row. */
export function packRows({ columns }: Pick<Table, 'columns'>, rows: readonly Row[]): PackedRows {
  return {
    rows: rows.length,
    columns: columns.map((_, i) => packColumn(rows.map((row) => row[i] ?? null))),
  };
}

/** A dictionary is worth its indices where each text stands for two cells on average. */
const leastRepeats = 2;
/** Cells after which a column whose texts hardly come up again is taken for one without a dictionary. */
const sampled = 4096;

function packColumn(cells: readonly Cell[]): PackedColumn {
  const known = new Map<string, number>();
  const indices: number[] = [];
  for (const cell of cells) {
    if (cell !== null && typeof cell !== 'string') return cells;
    const index = cell === null ? -1 : (known.get(cell) ?? known.size);
    indices.push(index);
    if (index === known.size && cell !== null) known.set(cell, index);
    if (known.size * leastRepeats > cells.length) return cells;
    if (indices.length === sampled && known.size > 0.95 * sampled) return cells;
  }
  return { dictionary: [...known.keys()], indices };
}
