import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { ExplorerModel, ExplorerTable } from '../../write/explorer/model.ts';
import type { TableData } from './columns.ts';
import { Message } from './Message.tsx';
import { Rows } from './Rows.tsx';
import { select } from './select.ts';
import { type Selection, everything } from './selection.ts';
import { go, tableState } from './state.ts';
import { counted, tableTitle } from './words.ts';

interface TablePageProps {
  readonly release: ExplorerModel;
  readonly name: string;
  readonly selection: Selection;
}

/** A table: what it is, what can be chosen from it, and the rows that are. */
export function TablePage({ release, name, selection }: TablePageProps): JSX.Element {
  const table = release.tables.find((each) => each.name === name);
  if (table === undefined) return <Message>This release has no table {name}.</Message>;
  return (
    <>
      <h1>{tableTitle(table)}</h1>
      {table.description !== undefined && <p class="lead">{table.description}</p>}
      {table.parts === undefined ? (
        <TooLarge table={table} />
      ) : (
        <Loaded release={release} table={table} selection={selection} />
      )}
    </>
  );
}

function TooLarge({ table }: { readonly table: ExplorerTable }): JSX.Element {
  return (
    <Message>
      This table has {counted(table.rows, 'row')}, too many for a page. Its files are in csv/ and parquet/, and in the
      database.
    </Message>
  );
}

function Loaded({
  release,
  table,
  selection,
}: {
  readonly release: ExplorerModel;
  readonly table: ExplorerTable;
  readonly selection: Selection;
}): JSX.Element {
  const loading = tableState(table);
  if (loading.state === 'failed') return <Message>The rows cannot be shown: {loading.message}.</Message>;
  if (loading.state === 'loading') {
    const parts = table.parts?.length ?? 0;
    return (
      <Message>
        Loading {counted(table.rows, 'row')}
        {parts > 1 ? `: ${loading.done} of ${parts} files` : ''}…
      </Message>
    );
  }
  return <Content release={release} data={loading.data} selection={selection} />;
}

function Content({
  release,
  data,
  selection,
}: {
  readonly release: ExplorerModel;
  readonly data: TableData;
  readonly selection: Selection;
}): JSX.Element {
  const { table } = data;
  const selected = useMemo(() => select(data, selection), [data, selection]);
  const change = (next: Selection, replace = false): void =>
    go({ page: 'table', table: table.name, selection: next }, replace);
  return (
    <>
      <div class="tools">
        <input
          type="search"
          aria-label={`Search in ${tableTitle(table)}`}
          placeholder="Search in the texts"
          value={selection.search}
          onInput={(event) => change({ ...selection, search: event.currentTarget.value, page: 1 }, true)}
        />
        <p class="size" role="status">
          {selected.rows.length === data.rows
            ? counted(data.rows, 'row')
            : `${counted(selected.rows.length, 'row')} of ${counted(data.rows, 'row')}`}
        </p>
        <button type="button" onClick={() => change(everything)}>
          Show all
        </button>
      </div>
      <Rows release={release} data={data} selection={selection} rows={selected.rows} change={change} />
    </>
  );
}
