/** Which rows of a table are shown, and how. The address of the page contains it, so that it can be shared. */
export interface Selection {
  /** Text to find in any text column, ignoring case; empty for all rows. */
  readonly search: string;
  /** By column, the accepted values; null is the empty cell. */
  readonly values: ReadonlyMap<string, ReadonlySet<string | null>>;
  /** By column, the bounds of its numbers or days, both included. */
  readonly ranges: ReadonlyMap<string, Range>;
  readonly sort: Sort | undefined;
  /** Columns in the order of the table; undefined for all. */
  readonly columns: readonly string[] | undefined;
  /** From 1. */
  readonly page: number;
  /** The chart that is shown with the rows: its kind, and the column that it shows. */
  readonly picture: string | undefined;
}

/** A bound that is left out is open. Days are ISO 8601. */
export interface Range {
  readonly from: string | undefined;
  readonly to: string | undefined;
}

export interface Sort {
  readonly column: string;
  readonly descending: boolean;
}

export const everything: Selection = {
  search: '',
  values: new Map(),
  ranges: new Map(),
  sort: undefined,
  columns: undefined,
  page: 1,
  picture: undefined,
};

/** A selection as the query of an address; `parseSelection` reverses it. */
export function printSelection(selection: Selection): string {
  const query = new URLSearchParams();
  if (selection.search !== '') query.append('search', selection.search);
  for (const [column, values] of selection.values)
    for (const value of values) {
      if (value === null) query.append('empty', column);
      else query.append(`is.${column}`, value);
    }
  for (const [column, { from, to }] of selection.ranges) {
    if (from !== undefined) query.append(`from.${column}`, from);
    if (to !== undefined) query.append(`to.${column}`, to);
  }
  const { sort } = selection;
  if (sort !== undefined) query.append(sort.descending ? 'descending' : 'ascending', sort.column);
  for (const column of selection.columns ?? []) query.append('column', column);
  if (selection.page > 1) query.append('page', String(selection.page));
  if (selection.picture !== undefined) query.append('picture', selection.picture);
  return query.toString();
}

/** The selection in the query of an address; parts that are not understood are ignored. */
export function parseSelection(text: string): Selection {
  const values = new Map<string, Set<string | null>>();
  const ranges = new Map<string, Range>();
  const addValue = (column: string, value: string | null): void =>
    void values.set(column, (values.get(column) ?? new Set()).add(value));
  const addBound = (column: string, bound: Partial<Range>): void =>
    void ranges.set(column, { ...(ranges.get(column) ?? { from: undefined, to: undefined }), ...bound });
  const query = new URLSearchParams(text);
  for (const [key, value] of query) {
    const [, kind, column = ''] = /^(is|from|to)\.(.*)$/s.exec(key) ?? [];
    if (kind === 'is') addValue(column, value);
    else if (kind === 'from' || kind === 'to') addBound(column, { [kind]: value });
    else if (key === 'empty') addValue(value, null);
  }
  const columns = query.getAll('column');
  return {
    search: query.get('search') ?? '',
    values,
    ranges,
    sort: sortOf(query),
    columns: columns.length === 0 ? undefined : columns,
    page: Math.max(1, Math.trunc(Number(query.get('page'))) || 1),
    picture: query.get('picture') ?? undefined,
  };
}

function sortOf(query: URLSearchParams): Sort | undefined {
  const [ascending, descending] = [query.get('ascending'), query.get('descending')];
  if (descending !== null) return { column: descending, descending: true };
  return ascending === null ? undefined : { column: ascending, descending: false };
}

/** The selection with one value of a column chosen, or no longer chosen. */
export function toggleValue(selection: Selection, column: string, value: string | null): Selection {
  const chosen = new Set(selection.values.get(column));
  if (!chosen.delete(value)) chosen.add(value);
  const values = new Map(selection.values);
  if (chosen.size === 0) values.delete(column);
  else values.set(column, chosen);
  return { ...selection, values, page: 1 };
}

/** The selection with the range of a column; undefined removes it. */
export function withRange(selection: Selection, column: string, range: Range | undefined): Selection {
  const ranges = new Map(selection.ranges);
  if (range === undefined || (range.from === undefined && range.to === undefined)) ranges.delete(column);
  else ranges.set(column, range);
  return { ...selection, ranges, page: 1 };
}

/** Number of active filters. */
export function filterCount({ search, values, ranges }: Selection): number {
  return (search === '' ? 0 : 1) + values.size + ranges.size;
}
