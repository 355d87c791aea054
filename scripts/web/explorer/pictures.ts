import type { ExplorerColumn, ExplorerModel, ExplorerTable } from '../../write/explorer/model.ts';
import { coordinatesOf, objectOf } from '../../write/explorer/coordinates.ts';
import { recordTableOf } from './links.ts';

/** A chart that the types of a table's columns allow. */
export type PictureKind = 'time' | 'ranges' | 'map' | 'network';

/** The charts of a table. */
export function picturesOf(release: ExplorerModel, table: ExplorerTable): readonly PictureKind[] {
  const kinds: readonly (readonly [PictureKind, boolean])[] = [
    ['time', dayColumns(table).length > 0],
    ['ranges', quantitiesOf(table).length > 0],
    ['map', coordinatesOf(table) !== undefined],
    ['network', pairOf(release, table) !== undefined],
  ];
  return kinds.flatMap(([kind, possible]) => (possible ? [kind] : []));
}

/** The columns of days; for an uncertain date, its first day. */
export function dayColumns({ columns }: ExplorerTable): readonly ExplorerColumn[] {
  return columns.filter(({ name, type }) => type === 'date' && !name.endsWith('_latest'));
}

/** The columns whose values have colours. */
export function codeColumns({ columns }: ExplorerTable): readonly ExplorerColumn[] {
  return columns.filter(({ codes, type }) => codes !== undefined || type === 'boolean');
}

/** A quantity of several numbers in one row: by `x-at-most`, the first is the least and the last the most. */
export interface Quantity {
  readonly least: ExplorerColumn;
  /** Between the two, if there are three. */
  readonly best: ExplorerColumn | undefined;
  readonly most: ExplorerColumn;
  /** Code columns of the same object, such as a unit or how exact the figure is. */
  readonly qualities: readonly ExplorerColumn[];
}

/** The quantities of a table: chains of numbers of which each is at most the next. */
export function quantitiesOf(table: ExplorerTable): readonly Quantity[] {
  const numbers = new Map(
    table.columns.filter(({ type }) => type === 'integer' || type === 'number').map((column) => [column.name, column]),
  );
  const pairs = table.bounds.filter(({ from, to }) => numbers.has(from) && numbers.has(to));
  const firsts = new Set(pairs.map(({ from }) => from).filter((name) => !pairs.some(({ to }) => to === name)));
  return [...firsts].flatMap((from): Quantity[] => {
    const chains = pairs
      .filter((pair) => pair.from === from)
      .map(({ to }) => [to, pairs.find((pair) => pair.from === to)?.to]);
    // if the least is also bounded by the most directly, the longer chain shows more
    const [middle, last] = chains.find(([, beyond]) => beyond !== undefined) ?? chains[0] ?? [];
    const least = numbers.get(from);
    const most = numbers.get(last ?? middle ?? '');
    if (least === undefined || most === undefined) return [];
    const object = objectOf(least);
    const qualities = codeColumns(table).filter((column) => objectOf(column) === object);
    return [{ least, best: last === undefined ? undefined : numbers.get(middle ?? ''), most, qualities }];
  });
}

/** A table whose rows join two records. */
export interface Pair {
  readonly from: ExplorerColumn;
  readonly fromTables: readonly string[];
  readonly to: ExplorerColumn;
  readonly toTables: readonly string[];
}

/** The two records that a row joins: those of two references, or of one and the record that the row belongs to. */
export function pairOf(release: ExplorerModel, table: ExplorerTable): Pair | undefined {
  const isRecords = (name: string): boolean => release.tables.some((each) => each.name === name && each.records);
  const references = table.columns.flatMap((column) => {
    // a reference whose table another column names does not count: identifiers of different tables can be equal
    const tables = column.tableColumn === undefined ? column.references.filter(isRecords) : [];
    return tables.length === 0 ? [] : [{ column, tables }];
  });
  const owner = recordTableOf(release, table);
  const [first, second] = references;
  const key = table.columns.find(({ name }) => name === table.primaryKey[0]);
  if (first === undefined || (owner === undefined && table.view === undefined)) return undefined;
  if (owner !== undefined && !table.records) {
    if (key === undefined || owner.primaryKey.length !== 1) return undefined;
    return { from: key, fromTables: [owner.name], to: first.column, toTables: first.tables };
  }
  if (second === undefined || references.length !== 2) return undefined;
  return { from: first.column, fromTables: first.tables, to: second.column, toTables: second.tables };
}

/** Number of values with a colour of their own. */
export const colours = 8;

/** The class of a value's colour: its index among the codes; all beyond the last colour share one. */
export function colourClass(index: number): string {
  return `c${index < 0 || index >= colours ? colours : index}`;
}
