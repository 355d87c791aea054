import type { ExplorerColumn, ExplorerTable } from '../../write/explorer/model.ts';

/** A column in memory. Booleans are the texts `true` and `false`. */
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

/** A value as read from Parquet: dates and timestamps are texts, NULL is null or undefined. */
export type Decoded = string | number | bigint | boolean | null | undefined;

/** Collects the values of a column, row by row in order. */
export interface ColumnBuilder {
  readonly add: (values: ArrayLike<Decoded>) => void;
  readonly end: () => ColumnData;
}

/** A builder of a column with a given number of rows. */
export function columnBuilder({ type }: Pick<ExplorerColumn, 'type'>, rows: number): ColumnBuilder {
  if (type === 'integer' || type === 'number') return numbers(rows);
  return coded(rows, type === 'boolean');
}

/** Numbers. If one is NaN, or does not fit a JavaScript number, all become texts. */
function numbers(rows: number): ColumnBuilder {
  const all = new Float64Array(rows);
  let at = 0;
  let others: ColumnBuilder | undefined;
  return {
    add(values) {
      for (let i = 0; i < values.length && others === undefined; i++) {
        const value = values[i] ?? null;
        const number = value === null ? Number.NaN : Number(value);
        if (value !== null && (Number.isNaN(number) || isRounded(value, number))) {
          others = texts(Array.from(all.subarray(0, at - i), (each) => (Number.isNaN(each) ? null : String(each))));
        } else all[at++] = number;
      }
      others?.add(values);
    },
    end: () => others?.end() ?? { kind: 'numbers', numbers: all },
  };
}

function isRounded(value: Decoded, number: number): boolean {
  return typeof value === 'bigint' && !Number.isSafeInteger(number) && String(number) !== String(value);
}

function texts(cells: (string | null)[]): ColumnBuilder {
  return {
    add(values) {
      for (let i = 0; i < values.length; i++) cells.push(textOf(values[i]));
    },
    end: () => ({ kind: 'texts', cells }),
  };
}

function textOf(value: Decoded): string | null {
  if (typeof value === 'string') return value;
  return value === null || value === undefined ? null : String(value);
}

/** A dictionary saves memory if each text occurs in two cells on average. */
const leastRepeats = 2;
/** After this many cells, a column whose texts rarely repeat gets no dictionary. */
const sampled = 4096;

/** Texts, with a dictionary if it saves memory or is required. */
function coded(rows: number, always: boolean): ColumnBuilder {
  const dictionary: string[] = [];
  const known = new Map<string, number>();
  const indices = new Int32Array(rows);
  let at = 0;
  let others: ColumnBuilder | undefined;
  const plain = (): ColumnBuilder => texts(Array.from(indices.subarray(0, at), (index) => dictionary[index] ?? null));
  const add = (text: string | null): void => {
    const index = text === null ? -1 : (known.get(text) ?? dictionary.length);
    if (text !== null && index === dictionary.length) {
      known.set(text, index);
      dictionary.push(text);
    }
    indices[at++] = index;
  };
  return {
    add(values) {
      let i = 0;
      while (i < values.length && others === undefined) {
        add(textOf(values[i++]));
        if (!always && at === sampled && dictionary.length > 0.95 * sampled) others = plain();
      }
      if (others !== undefined) others.add(i === 0 ? values : Array.from(values).slice(i));
    },
    end() {
      if (!always && dictionary.length * leastRepeats > at) others ??= plain();
      return others?.end() ?? { kind: 'coded', dictionary, indices };
    },
  };
}
