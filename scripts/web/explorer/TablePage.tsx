import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { ExplorerModel, ExplorerTable } from '../../write/explorer/model.ts';
import { hrefOf, viewsAre } from '../../write/explorer/page.ts';
import type { TableData } from './columns.ts';
import { Facets } from './Facets.tsx';
import { TableLink } from './Home.tsx';
import { recordTableOf } from './links.ts';
import { Message } from './Message.tsx';
import { Pictures } from './Pictures.tsx';
import { Rows } from './Rows.tsx';
import { select } from './select.ts';
import { type Selection, everything, filterCount } from './selection.ts';
import { go, tableState } from './state.ts';
import { ColumnChoice, Export } from './Tools.tsx';
import { counted, tableTitle } from './words.ts';

interface TablePageProps {
  readonly release: ExplorerModel;
  readonly name: string;
  readonly selection: Selection;
}

/** A table: its description, the filters, and the selected rows. */
export function TablePage({ release, name, selection }: TablePageProps): JSX.Element {
  const table = release.tables.find((each) => each.name === name);
  if (table === undefined) return <Message>This release has no table {name}.</Message>;
  const owner = recordTableOf(release, table);
  return (
    <>
      {owner !== undefined && owner !== table && (
        <p class="faint">
          <TableLink table={owner} />
        </p>
      )}
      <h1>{tableTitle(table)}</h1>
      {table.description !== undefined && <p class="lead">{table.description}</p>}
      {table.view !== undefined && <p class="faint">A view. {viewsAre}</p>}
      {table.parts === undefined ? (
        <TooLarge table={table} />
      ) : (
        <Loaded release={release} table={table} selection={selection} />
      )}
    </>
  );
}

function TooLarge({ table }: { readonly table: ExplorerTable }): JSX.Element {
  const csv = `csv/${table.name}.csv`;
  return (
    <>
      <Message>
        This table has {counted(table.rows, 'row')}, too many to show here. Download its files, or open the database.
      </Message>
      <ul>
        {[csv, ...table.parquet].map((path) => (
          <li key={path}>
            <a href={hrefOf(path)} download="">
              {path}
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}

interface LoadedProps {
  readonly release: ExplorerModel;
  readonly table: ExplorerTable;
  readonly selection: Selection;
}

function Loaded({ release, table, selection }: LoadedProps): JSX.Element {
  const loading = tableState(table);
  if (loading.state === 'failed') return <Message>The rows could not be loaded: {loading.message}.</Message>;
  if (loading.state === 'loaded') return <Content release={release} data={loading.data} selection={selection} />;
  return (
    <Message>
      Loading {counted(table.rows, 'row')}
      {loading.rows > 0 ? `: ${Math.floor((100 * loading.rows) / table.rows)} %` : ''}…
    </Message>
  );
}

interface ContentProps {
  readonly release: ExplorerModel;
  readonly data: TableData;
  readonly selection: Selection;
}

function Content({ release, data, selection }: ContentProps): JSX.Element {
  const { table } = data;
  const { search, values, ranges, sort } = selection;
  // the page of rows, the chart and the columns do not change which rows are selected
  const key = JSON.stringify([search, [...values].map(([name, set]) => [name, [...set]]), [...ranges], sort]);
  const selected = useMemo(() => select(data, selection), [data, key]);
  const change = (next: Selection, replace = false): void =>
    go({ page: 'table', table: table.name, selection: next }, replace);
  const { rows } = selected;
  return (
    <div class="browse">
      <Facets data={data} selection={selection} selected={selected} change={change} />
      <div class="results">
        <div class="tools">
          <input
            type="search"
            aria-label={`Search in ${tableTitle(table)}`}
            placeholder="Search the rows"
            value={search}
            onInput={(typed) => change({ ...selection, search: typed.currentTarget.value, page: 1 }, true)}
          />
          <p class="size" role="status">
            {rows.length === data.rows
              ? counted(data.rows, 'row')
              : `${counted(rows.length, 'row')} of ${counted(data.rows, 'row')}`}
          </p>
          {filterCount(selection) > 0 && (
            <button
              type="button"
              onClick={() => change({ ...selection, search: '', values: everything.values, ranges: everything.ranges })}
            >
              Clear {counted(filterCount(selection), 'filter')}
            </button>
          )}
          <ColumnChoice data={data} selection={selection} change={change} />
          <Export release={release} data={data} selection={selection} rows={rows} />
        </div>
        <Pictures release={release} data={data} selection={selection} rows={rows} change={change} />
        <Rows release={release} data={data} selection={selection} rows={rows} change={change} />
      </div>
    </div>
  );
}
