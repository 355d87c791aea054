import { closeArray, openArray, openObject, point, quote } from '../base/ascii.ts';
import { isDay } from '../base/dateTime.ts';
import { type ByteCheck, type RecordWatch, type ValueWatch, undecided } from '../json/byteCheck.ts';
import type { CellPlan, ChildPlan, RecordPlan, TablePlan, ValuePlan } from './recordPlan.ts';

/** Rows of a table whose cells are slices of bytes. */
export interface SlicedRows {
  readonly table: string;
  readonly rows: number;
  readonly columns: number;
  /**
   * Two numbers for each cell, row by row: the offset of the cell's JSON and the offset behind it. NULL has two zeros,
   * and a position in a list has `-1 - position` and zero.
   */
  readonly slices: Int32Array;
}

/** Makes rows of records while their bytes are checked. They are those that `emitRecord` makes of the values. */
export interface RowWatch extends RecordWatch {
  /** The rows since the last call, parents first, valid until the next record is checked. */
  readonly take: () => readonly SlicedRows[];
}

/** A watch for the records of a plan; undefined if rows are not made of all their values, one by one. */
export function rowWatch({ type, root, kept }: RecordPlan): RowWatch | undefined {
  const { key } = type;
  const id = key === undefined ? undefined : root.value.members?.get(key)?.cell;
  if (id === undefined) return undefined;
  const making: Making = { tables: [], kept, written: 0 };
  const own = rowsOf(root, making);
  const value = valueWatch(root.value, { rows: own, positions: [], isRecord: true }, making);
  return {
    value,
    begin() {
      making.written = 0;
      for (const rows of making.tables) rows.drop();
      own.begin([]);
    },
    keep() {
      for (const rows of making.tables) {
        if (rows !== own) rows.setKey(own, id.index);
        rows.keep();
      }
    },
    take: () => making.tables.flatMap((rows) => rows.take()),
  };
}

interface Making {
  /** The rows of each table, parents first. */
  readonly tables: Rows[];
  readonly kept: ReadonlySet<string>;
  /** How many cells and child rows have been written for this record: shows whether a value left a trace. */
  written: number;
}

/** Where a value goes. */
interface Spot {
  readonly rows: Rows;
  /** The positions in the lists around the row, from outside. */
  readonly positions: readonly Position[];
  readonly isRecord: boolean;
}

interface Position {
  index: number;
}

/** The rows of a table that have been made. */
class Rows {
  readonly #plan: TablePlan;
  readonly #width: number;
  #slices = new Int32Array(1024);
  #kept = 0;
  #rows = 0;

  constructor(plan: TablePlan) {
    this.#plan = plan;
    this.#width = 2 * plan.table.columns.length;
  }

  /** Begins a row of NULLs, but for the positions in its key. */
  begin(positions: readonly Position[]): void {
    const start = this.#rows++ * this.#width;
    const end = start + this.#width;
    if (end > this.#slices.length) {
      const larger = new Int32Array(2 * end);
      larger.set(this.#slices);
      this.#slices = larger;
    }
    this.#slices.fill(0, start, end);
    for (let i = 0; i < positions.length; i++) this.#slices[start + 2 * (i + 1)] = -1 - (positions[i]?.index ?? 0);
  }

  /** Sets a cell of the row that was begun last. */
  set(column: number, start: number, end: number): void {
    const at = (this.#rows - 1) * this.#width + 2 * column;
    this.#slices[at] = start;
    this.#slices[at + 1] = end;
  }

  /** Sets the first cell of all rows of this record to a cell of the record's row. */
  setKey(record: Rows, column: number): void {
    const from = (record.#rows - 1) * record.#width + 2 * column;
    for (let row = this.#kept; row < this.#rows; row++) {
      this.#slices[row * this.#width] = record.#slices[from] ?? 0;
      this.#slices[row * this.#width + 1] = record.#slices[from + 1] ?? 0;
    }
  }

  drop(): void {
    this.#rows = this.#kept;
  }

  keep(): void {
    this.#kept = this.#rows;
  }

  take(): readonly SlicedRows[] {
    const rows = this.#kept;
    if (rows === 0) return [];
    this.#kept = 0;
    this.#rows = 0;
    const { table } = this.#plan;
    const slices = this.#slices.subarray(0, rows * this.#width);
    return [{ table: table.name, rows, columns: table.columns.length, slices }];
  }
}

function rowsOf(plan: TablePlan, making: Making): Rows {
  const rows = new Rows(plan);
  making.tables.push(rows);
  return rows;
}

/** For values that rows cannot hold as they are. */
const left: ValueWatch = { follow: () => undecided, member: () => left, element: () => left };

const beginsNull = 0x6e;

/** Watches a value, as `hold` in rows.ts stores it: `hold` keeps what this rejects. */
function valueWatch(plan: ValuePlan, spot: Spot, making: Making): ValueWatch {
  const { required, cell, members, elements } = plan;
  if (cell !== undefined && !isPlain(cell)) return left;
  if (elements?.orBare === true || plan.entries !== undefined) return left;
  const position: Position = { index: 0 };
  const isScalar = members === undefined && elements === undefined;
  return {
    follow: (check) => (bytes, at) => {
      const first = bytes[at];
      if (first === openObject) {
        const before = making.written;
        const end = members === undefined ? -1 : check(bytes, at);
        return required || making.written > before ? end : -1;
      }
      if (first === openArray) {
        position.index = -1;
        if (elements === undefined || (bytes[at + 1] === closeArray && !required)) return -1;
        return check(bytes, at);
      }
      if (first === beginsNull) return required && isScalar ? check(bytes, at) : -1;
      const end = cell === undefined ? -1 : check(bytes, at);
      if (cell === undefined || end < 0 || !fits(bytes, at, end, cell)) return -1;
      spot.rows.set(cell.index, at, end);
      making.written++;
      return end;
    },
    member(key) {
      const property = spot.isRecord && making.kept.has(key) ? undefined : members?.get(key);
      return property === undefined ? left : valueWatch(property, { ...spot, isRecord: false }, making);
    },
    element: () => (elements === undefined ? left : rowOfElement(elements, [...spot.positions, position], making)),
  };
}

/** Watches an element of a list, which has a row of its own. */
function rowOfElement(child: ChildPlan, positions: readonly Position[], making: Making): ValueWatch {
  const plan = child.rows();
  // the key of any other row is made in another way
  if (plan.recursive || plan.keys !== positions.length + 1) return left;
  const rows = rowsOf(plan, making);
  const value = valueWatch(plan.value, { rows, positions, isRecord: false }, making);
  const own = positions.at(-1);
  return {
    ...value,
    follow(check) {
      const followed = value.follow(check);
      if (followed === undecided) return undecided;
      const inRow: ByteCheck = (bytes, at) => {
        if (own !== undefined) own.index++;
        making.written++;
        rows.begin(positions);
        return followed(bytes, at);
      };
      return inRow;
    },
  };
}

/** Whether the cell is the value itself, in a column of its own. */
function isPlain({ type, edtf, leadsTo }: CellPlan): boolean {
  return type !== 'json' && type !== 'timestamp' && !edtf && leadsTo === undefined;
}

const letters = { f: 0x66, t: 0x74 };

/** Whether a column of this type holds a valid scalar. */
function fits(bytes: Buffer, start: number, end: number, { type }: CellPlan): boolean {
  const first = bytes[start] ?? 0;
  const isText = first === quote;
  if (type === 'string') return isText;
  if (type === 'date') return isText && isDay(bytes.toString('latin1', start + 1, end - 1));
  const isTruth = first === letters.t || first === letters.f;
  if (type === 'boolean') return isTruth;
  return !isText && !isTruth && (type === 'number' || isWhole(bytes, start, end));
}

function isWhole(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (bytes[i] === point) return false;
  return true;
}
