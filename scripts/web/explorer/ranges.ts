import { type ColumnData, type TableData, columnOf, valueAt } from './columns.ts';
import type { Quantity } from './pictures.ts';

/** The values of a row; a missing value is undefined, and at least one of the two ends is there. */
export interface RangeLine {
  readonly row: number;
  readonly least: number | undefined;
  readonly best: number | undefined;
  readonly most: number | undefined;
  readonly panel: string | null;
  readonly colour: string | null;
}

/** The rows that have a value, in order of their values. */
export function rangesOf(
  data: TableData,
  { least, best, most }: Quantity,
  rows: Uint32Array,
  panelName: string,
  colourName: string,
): readonly RangeLine[] {
  const number = (column: ColumnData | undefined, row: number): number | undefined => {
    const value = column === undefined ? null : valueAt(column, row);
    return typeof value === 'number' ? value : undefined;
  };
  const text = (column: ColumnData | undefined, row: number): string | null => {
    const value = column === undefined ? null : valueAt(column, row);
    return value === null ? null : String(value);
  };
  const [leastCells, mostCells] = [columnOf(data, least.name), columnOf(data, most.name)];
  const bestCells = best === undefined ? undefined : columnOf(data, best.name);
  const [panel, colour] = [columnOf(data, panelName), columnOf(data, colourName)];
  return Array.from(rows, (row): RangeLine => ({
    row,
    least: number(leastCells, row),
    best: number(bestCells, row),
    most: number(mostCells, row),
    panel: text(panel, row),
    colour: text(colour, row),
  }))
    .filter((line) => line.least !== undefined || line.most !== undefined)
    .toSorted((a, b) => (a.least ?? a.most ?? 0) - (b.least ?? b.most ?? 0) || a.row - b.row);
}

/** The position of a value in a chart, from 0 to 1, and the values of the tick marks. */
export interface Scale {
  readonly share: (value: number) => number;
  readonly ticks: readonly number[];
}

/** From this many orders of magnitude on, the scale is logarithmic. */
const logarithmicFrom = 100;

/** A scale for the values of some rows. */
export function scaleOf(lines: readonly RangeLine[]): Scale {
  const figures = lines.flatMap(({ least, best, most }) => [least, best, most]).filter((each) => each !== undefined);
  const [first, last] = [Math.min(...figures), Math.max(...figures)];
  if (first > 0 && last / first >= logarithmicFrom) {
    const [from, to] = [Math.floor(Math.log10(first)), Math.ceil(Math.log10(last))];
    return {
      share: (value) => (Math.log10(value) - from) / (to - from),
      ticks: Array.from({ length: to - from + 1 }, (_, i) => 10 ** (from + i)),
    };
  }
  const from = Math.min(0, first);
  const to = last > from ? last : from + 1;
  return {
    share: (value) => (value - from) / (to - from),
    ticks: [0, 0.25, 0.5, 0.75, 1].map((share) => from + Number((share * (to - from)).toPrecision(3))),
  };
}
