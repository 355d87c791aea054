import type { ExplorerColumn, ExplorerDataset, ExplorerTable } from '../../write/explorer/model.ts';
import { isSearched } from './select.ts';
import type { Range, Selection } from './selection.ts';

/** A language, and code in it that gives the rows of a selection, run in the folder of the release. */
export interface Snippet {
  readonly language: 'SQL' | 'pandas' | 'polars' | 'R';
  readonly code: string;
}

/** A filter of a selection, the same for all languages. */
type Filter =
  | { readonly kind: 'search'; readonly columns: readonly ExplorerColumn[]; readonly text: string }
  | {
      readonly kind: 'values';
      readonly column: ExplorerColumn;
      readonly values: readonly string[];
      readonly empty: boolean;
    }
  | { readonly kind: 'range'; readonly column: ExplorerColumn; readonly range: Range };

interface Query {
  readonly table: ExplorerTable;
  readonly filters: readonly Filter[];
  readonly sort: { readonly column: ExplorerColumn; readonly descending: boolean } | undefined;
  readonly columns: readonly string[] | undefined;
}

/** Code in each language that gives the rows of a selection, in the same order. */
export function snippets(dataset: ExplorerDataset, table: ExplorerTable, selection: Selection): readonly Snippet[] {
  const query = queryOf(table, selection);
  return [
    { language: 'SQL', code: sql(query, dataset.database) },
    { language: 'pandas', code: pandas(query) },
    { language: 'polars', code: polars(query) },
    { language: 'R', code: inR(query) },
  ];
}

function queryOf(table: ExplorerTable, { search, values, ranges, sort, columns }: Selection): Query {
  const byName = new Map(table.columns.map((column) => [column.name, column]));
  const filters: Filter[] = [];
  if (search !== '') {
    filters.push({ kind: 'search', columns: table.columns.filter(({ type }) => isSearched(type)), text: search });
  }
  for (const [name, chosen] of values) {
    const column = byName.get(name);
    const texts = [...chosen].filter((value) => value !== null);
    if (column !== undefined) filters.push({ kind: 'values', column, values: texts, empty: chosen.has(null) });
  }
  for (const [name, range] of ranges) {
    const column = byName.get(name);
    if (column !== undefined) filters.push({ kind: 'range', column, range });
  }
  const sorted = sort === undefined ? undefined : byName.get(sort.column);
  return {
    table,
    filters,
    sort: sort === undefined || sorted === undefined ? undefined : { column: sorted, descending: sort.descending },
    columns:
      columns === undefined
        ? undefined
        : table.columns.map(({ name }) => name).filter((name) => columns.includes(name)),
  };
}

function isNumber({ type }: ExplorerColumn): boolean {
  return type === 'integer' || type === 'number';
}

/** A value of a column: numbers and booleans have no quotes. */
function literal(
  column: ExplorerColumn,
  value: string,
  quote: (text: string) => string,
  truth: readonly [string, string],
): string {
  if (column.type === 'boolean') return value === 'true' ? truth[0] : truth[1];
  return isNumber(column) && value.trim() !== '' && !Number.isNaN(Number(value)) ? String(Number(value)) : quote(value);
}

// ---- SQL of DuckDB

function sql({ table, filters, sort, columns }: Query, database: string): string {
  const conditions = filters.map((filter) => sqlCondition(filter, table));
  const from = `release.${sqlName(table.name)}`;
  // a view has no rowid: its own order is counted
  const number = table.view?.isOrdered === true && sort !== undefined ? freeName(table) : undefined;
  const every = number === undefined ? '*' : `* EXCLUDE (${number})`;
  const lines = [
    `ATTACH ${sqlText(database)} AS release (READ_ONLY);`,
    `SELECT ${columns === undefined ? every : columns.map(sqlName).join(', ')}`,
    `FROM ${number === undefined ? from : `(SELECT *, row_number() OVER () AS ${number} FROM ${from})`}`,
    ...conditions.map((each, i) => `${i === 0 ? 'WHERE' : '  AND'} ${each}`),
    ...sqlOrder(table, sort, number),
  ];
  return `${lines.join('\n')};`;
}

/** A name for the number of a row that no column of a table has. */
function freeName({ columns }: ExplorerTable): string {
  const taken = new Set(columns.map(({ name }) => name.toLowerCase()));
  let name = 'row_number';
  while (taken.has(name)) name += '_';
  return name;
}

/** Rows that are equal in the column keep their order: that of a view without one is the order of all its columns. */
function sqlOrder(table: ExplorerTable, sort: Query['sort'], number: string | undefined): readonly string[] {
  const { view, columns } = table;
  const plain = (column: ExplorerColumn): string => sqlPlain(column, table);
  const first = sort === undefined ? [] : [`${plain(sort.column)}${sort.descending ? ' DESC' : ''} NULLS LAST`];
  const inOrder = sort === undefined ? [] : [number ?? 'rowid'];
  const rest = view?.isOrdered === false ? columns.map(plain) : inOrder;
  const all = [...first, ...rest];
  return all.length === 0 ? [] : [`ORDER BY ${all.join(', ')}`];
}

function sqlCondition(filter: Filter, table: ExplorerTable): string {
  if (filter.kind === 'search') {
    const has = filter.columns.map(
      (column) => `contains(lower(${sqlPlain(column, table)}), lower(${sqlText(filter.text)}))`,
    );
    return has.length === 0 ? 'false' : `(${has.join('\n       OR ')})`;
  }
  const name = sqlName(filter.column.name);
  if (filter.kind === 'values') {
    const listed = filter.values.map((value) => literal(filter.column, value, sqlText, ['true', 'false']));
    const among = listed.length === 0 ? [] : [`${sqlPlain(filter.column, table)} IN (${listed.join(', ')})`];
    const either = [...among, ...(filter.empty ? [`${name} IS NULL`] : [])];
    return either.length === 1 ? either.join('') : `(${either.join(' OR ')})`;
  }
  const bound = (value: string): string =>
    filter.column.type === 'date'
      ? `DATE ${sqlText(value)}`
      : literal(filter.column, value, sqlText, ['true', 'false']);
  const { from, to } = filter.range;
  return [from === undefined ? [] : [`${name} >= ${bound(from)}`], to === undefined ? [] : [`${name} <= ${bound(to)}`]]
    .flat()
    .join(' AND ');
}

function sqlName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/**
 * A cell as the page has it. Codes are ENUMs in the database, which sort by their list and compare with no other text;
 * a text of a view can be one too. Its lists are JSON in the files.
 */
function sqlPlain({ name, type, codes }: ExplorerColumn, { view }: ExplorerTable): string {
  if (view !== undefined && type === 'json') return `to_json(${sqlName(name)})::VARCHAR`;
  const isCode = codes !== undefined || (view !== undefined && type === 'string');
  return isCode ? `${sqlName(name)}::VARCHAR` : sqlName(name);
}

function sqlText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

// ---- Python

/** A string literal of Python: the same as in JSON. */
function pythonText(text: string): string {
  return JSON.stringify(text);
}

function pythonList(column: ExplorerColumn, values: readonly string[]): string {
  return `[${values.map((value) => literal(column, value, pythonText, ['True', 'False'])).join(', ')}]`;
}

function parquetPath({ parquet, name }: ExplorerTable, inFolder: (folder: string) => string): string {
  const [only] = parquet;
  return pythonText(parquet.length === 1 && only !== undefined ? only : inFolder(`parquet/${name}`));
}

function pandas({ table, filters, sort, columns }: Query): string {
  const lines = [
    'import pandas as pd',
    '',
    `rows = pd.read_parquet(${parquetPath(table, (folder) => folder)})`,
    ...filters.map((filter) => `rows = rows[${pandasCondition(filter)}]`),
    ...(sort === undefined
      ? []
      : [
          `rows = rows.sort_values(${pythonText(sort.column.name)}, ` +
            `ascending=${sort.descending ? 'False' : 'True'}, kind="stable")`,
        ]),
    ...(columns === undefined ? [] : [`rows = rows[[${columns.map(pythonText).join(', ')}]]`]),
  ];
  return lines.join('\n');
}

function pandasCondition(filter: Filter): string {
  if (filter.kind === 'search') {
    const names = filter.columns.map(({ name }) => pythonText(name)).join(', ');
    const has = `.astype("string").str.lower().str.contains(${pythonText(filter.text)}.lower(), regex=False, na=False)`;
    return `rows[[${names}]].apply(lambda column: column${has}).any(axis=1)`;
  }
  const cells = `rows[${pythonText(filter.column.name)}]`;
  if (filter.kind === 'values') {
    const among = `${cells}.isin(${pythonList(filter.column, filter.values)})`;
    const either = [...(filter.values.length === 0 ? [] : [among]), ...(filter.empty ? [`${cells}.isna()`] : [])];
    return either.map((each) => (either.length === 1 ? each : `(${each})`)).join(' | ');
  }
  // days as texts, since pandas has no type for those before 1678
  const compared = filter.column.type === 'date' ? `${cells}.astype("string")` : cells;
  const bound = (value: string): string => literal(filter.column, value, pythonText, ['True', 'False']);
  const { from, to } = filter.range;
  return [
    ...(from === undefined ? [] : [`(${compared} >= ${bound(from)})`]),
    ...(to === undefined ? [] : [`(${compared} <= ${bound(to)})`]),
  ].join(' & ');
}

function polars({ table, filters, sort, columns }: Query): string {
  const steps = [
    ...filters.map((filter) => `.filter(${polarsCondition(filter)})`),
    ...(sort === undefined
      ? []
      : [
          `.sort(${pythonText(sort.column.name)}, descending=${sort.descending ? 'True' : 'False'}, ` +
            'nulls_last=True, maintain_order=True)',
        ]),
    ...(columns === undefined ? [] : [`.select([${columns.map(pythonText).join(', ')}])`]),
  ];
  const read = `pl.read_parquet(${parquetPath(table, (folder) => `${folder}/*.parquet`)})`;
  const dated = filters.some((filter) => filter.kind === 'range' && filter.column.type === 'date');
  return [
    ...(dated ? ['from datetime import date', ''] : []),
    'import polars as pl',
    '',
    ...(steps.length === 0 ? [`rows = ${read}`] : ['rows = (', ...[read, ...steps].map((step) => `    ${step}`), ')']),
  ].join('\n');
}

function polarsCondition(filter: Filter): string {
  if (filter.kind === 'search') {
    const names = filter.columns.map(({ name }) => pythonText(name)).join(', ');
    const has = `.str.to_lowercase().str.contains(${pythonText(filter.text)}.lower(), literal=True)`;
    return `pl.any_horizontal(pl.col([${names}])${has})`;
  }
  const cells = `pl.col(${pythonText(filter.column.name)})`;
  if (filter.kind === 'values') {
    const among = `${cells}.is_in(${pythonList(filter.column, filter.values)})`;
    const either = [...(filter.values.length === 0 ? [] : [among]), ...(filter.empty ? [`${cells}.is_null()`] : [])];
    return either.join(' | ');
  }
  const bound = (value: string): string =>
    filter.column.type === 'date'
      ? `date.fromisoformat(${pythonText(value)})`
      : literal(filter.column, value, pythonText, ['True', 'False']);
  const { from, to } = filter.range;
  return [
    ...(from === undefined ? [] : [`${cells} >= ${bound(from)}`]),
    ...(to === undefined ? [] : [`${cells} <= ${bound(to)}`]),
  ].join(', ');
}

// ---- R without packages

function inR({ table, filters, sort, columns }: Query): string {
  const csv = `csv/${table.name}.csv`;
  const lines = [
    // otherwise R reads texts such as 01 as numbers
    `rows <- read.csv(${rText(csv)}, na.strings = "", encoding = "UTF-8", check.names = FALSE, ` +
      'colClasses = "character")',
    ...rConversion(table.columns.filter((column) => isNumber(column) || column.type === 'boolean')),
    ...filters.map((filter) => `rows <- rows[which(${rCondition(filter)}), ]`),
    ...(sort === undefined
      ? []
      : [
          `rows <- rows[order(rows[[${rText(sort.column.name)}]], decreasing = ` +
            `${sort.descending ? 'TRUE' : 'FALSE'}, method = "radix"), ]`,
        ]),
    ...(columns === undefined ? [] : [`rows <- rows[c(${columns.map(rText).join(', ')})]`]),
  ];
  return lines.join('\n');
}

function rConversion(columns: readonly ExplorerColumn[]): readonly string[] {
  if (columns.length === 0) return [];
  const names = `c(${columns.map(({ name }) => rText(name)).join(', ')})`;
  return [`rows[${names}] <- lapply(rows[${names}], type.convert, as.is = TRUE)`];
}

function rCondition(filter: Filter): string {
  if (filter.kind === 'search') {
    const names = filter.columns.map(({ name }) => rText(name)).join(', ');
    const has = `grepl(tolower(${rText(filter.text)}), tolower(column), fixed = TRUE)`;
    return `Reduce(\`|\`, lapply(rows[c(${names})], function(column) ${has}))`;
  }
  const cells = `rows[[${rText(filter.column.name)}]]`;
  if (filter.kind === 'values') {
    const listed = filter.values.map((value) => literal(filter.column, value, rText, ['"true"', '"false"']));
    // R reads true and false in lower case as texts
    const compared = filter.column.type === 'boolean' ? `tolower(${cells})` : cells;
    const among = `${compared} %in% c(${listed.join(', ')})`;
    return [...(listed.length === 0 ? [] : [among]), ...(filter.empty ? [`is.na(${cells})`] : [])].join(' | ');
  }
  const dated = filter.column.type === 'date';
  const compared = dated ? `as.Date(${cells})` : cells;
  const bound = (value: string): string =>
    dated ? `as.Date(${rText(value)})` : literal(filter.column, value, rText, ['"true"', '"false"']);
  const { from, to } = filter.range;
  return [
    ...(from === undefined ? [] : [`${compared} >= ${bound(from)}`]),
    ...(to === undefined ? [] : [`${compared} <= ${bound(to)}`]),
  ].join(' & ');
}

/** A string literal of R, which has the escapes of JSON. */
function rText(text: string): string {
  return JSON.stringify(text);
}
