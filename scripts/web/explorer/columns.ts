import type { ExplorerTable, PackedColumn, PackedRows } from '../../write/explorer/model.ts';

/** A column in memory. Truth values are the texts `true` and `false`. */
export type ColumnData =
  /** For each row the index of its text in the dictionary, −1 for NULL. */
  | { readonly kind: 'coded'; readonly dictionary: readonly string[]; readonly indices: Int32Array }
  | { readonly kind: 'texts'; readonly cells: readonly (string | null)[] }
  /** NaN for NULL. */
  | { readonly kind: 'numbers'; readonly numbers: Float64Array };

export type Value = string | number | null;

/** A table whose rows are in memory. */
export interface TableData {
  readonly table: ExplorerTable;
  readonly rows: number;
  /** In the order of the table's columns. */
  readonly columns: readonly ColumnData[];
}

/** The value of a row in a column. */
export function valueAt(column: ColumnData, row: number): Value {
  switch (column.kind) {
    case 'coded':
      return column.dictionary[column.indices[row] ?? -1] ?? null;
    case 'texts':
      return column.cells[row] ?? null;
    default: {
      const value = column.numbers[row];
      return value === undefined || Number.isNaN(value) ? null : value;
    }
  }
}

/** The column of a table by its name. */
export function columnOf({ table, columns }: TableData, name: string): ColumnData | undefined {
  return columns[table.columns.findIndex((column) => column.name === name)];
}

/** Puts the parts of a table together. */
export function unpack(table: ExplorerTable, parts: readonly PackedRows[]): TableData {
  const rows = parts.reduce((sum, part) => sum + part.rows, 0);
  const columns = table.columns.map((column, i): ColumnData => {
    const pieces = parts.map((part) => part.columns[i] ?? []);
    const isNumeric = column.type === 'integer' || column.type === 'number';
    if (isNumeric && !pieces.some(holdsText)) return numbers(pieces, rows);
    return pieces.some((piece) => 'length' in piece && column.type !== 'boolean') ? texts(pieces) : coded(pieces, rows);
  });
  return { table, rows, columns };
}

/** Whether a column has a text: among numbers, a whole number that is too large for one. */
function holdsText(piece: PackedColumn): boolean {
  return 'length' in piece ? piece.some((cell) => typeof cell === 'string') : piece.dictionary.length > 0;
}

function numbers(pieces: readonly PackedColumn[], rows: number): ColumnData {
  const all = new Float64Array(rows);
  let at = 0;
  for (const piece of pieces) {
    // a column without a number is packed like one of texts
    const cells = 'length' in piece ? piece : piece.indices.map(() => null);
    for (const cell of cells) all[at++] = typeof cell === 'number' ? cell : Number.NaN;
  }
  return { kind: 'numbers', numbers: all };
}

function texts(pieces: readonly PackedColumn[]): ColumnData {
  const cells: (string | null)[] = [];
  for (const piece of pieces) {
    if ('length' in piece) for (const cell of piece) cells.push(cell === null ? null : String(cell));
    else for (const index of piece.indices) cells.push(piece.dictionary[index] ?? null);
  }
  return { kind: 'texts', cells };
}

function coded(pieces: readonly PackedColumn[], rows: number): ColumnData {
  const dictionary: string[] = [];
  const known = new Map<string, number>();
  const indexOf = (text: string): number => {
    const index = known.get(text) ?? dictionary.length;
    if (index === dictionary.length) {
      known.set(text, index);
      dictionary.push(text);
    }
    return index;
  };
  const indices = new Int32Array(rows);
  let at = 0;
  for (const piece of pieces) {
    if ('length' in piece) {
      for (const cell of piece) indices[at++] = cell === null ? -1 : indexOf(String(cell));
    } else {
      const moved = piece.dictionary.map((text) => indexOf(text));
      for (const index of piece.indices) indices[at++] = moved[index] ?? -1;
    }
  }
  return { kind: 'coded', dictionary, indices };
}
