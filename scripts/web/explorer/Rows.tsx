import type { JSX } from 'preact';
import type { ExplorerColumn, ExplorerModel } from '../../write/explorer/model.ts';
import { type TableData, type Value, valueAt } from './columns.ts';
import { printRoute } from './route.ts';
import type { Selection } from './selection.ts';
import { columnTitle, counted, formatted, tableTitle } from './words.ts';

const rowsOfPage = 50;

interface RowsProps {
  readonly release: ExplorerModel;
  readonly data: TableData;
  readonly selection: Selection;
  readonly rows: Uint32Array;
  readonly change: (selection: Selection) => void;
}

/** The rows that are chosen, a page at a time. */
export function Rows({ data, selection, rows, change }: RowsProps): JSX.Element {
  const { table } = data;
  const shown = table.columns.flatMap((column, i) => {
    const cells = data.columns[i];
    const wanted = selection.columns === undefined || selection.columns.includes(column.name);
    return cells === undefined || !wanted ? [] : [{ column, cells }];
  });
  const pages = Math.max(1, Math.ceil(rows.length / rowsOfPage));
  const page = Math.min(selection.page, pages);
  const from = (page - 1) * rowsOfPage;
  const visible = rows.subarray(from, from + rowsOfPage);
  return (
    <>
      <div class="scroll" tabIndex={0} role="region" aria-label={`Rows of ${tableTitle(table)}`}>
        <table aria-rowcount={rows.length + 1}>
          <thead>
            <tr aria-rowindex={1}>
              {shown.map(({ column }) => (
                <Head column={column} selection={selection} change={change} />
              ))}
            </tr>
          </thead>
          <tbody>
            {[...visible].map((row, i) => (
              <tr key={row} aria-rowindex={from + i + 2}>
                {shown.map(({ column, cells }) => (
                  <td class={cells.kind === 'numbers' ? 'number' : undefined}>
                    <Cell
                      table={table.name}
                      records={table.records}
                      primary={table.primaryKey.includes(column.name)}
                      value={valueAt(cells, row)}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Pages page={page} pages={pages} rows={rows.length} to={(next) => change({ ...selection, page: next })} />
    </>
  );
}

function Cell({
  table,
  records,
  primary,
  value,
}: {
  readonly table: string;
  readonly records: boolean;
  readonly primary: boolean;
  readonly value: Value;
}): JSX.Element {
  if (value === null)
    return (
      <span class="empty" aria-label="empty">
        –
      </span>
    );
  if (records && primary) return <a href={printRoute({ page: 'record', table, id: String(value) })}>{value}</a>;
  return <>{typeof value === 'number' ? formatted(value) : value}</>;
}

function Head({
  column,
  selection,
  change,
}: {
  readonly column: ExplorerColumn;
  readonly selection: Selection;
  readonly change: (selection: Selection) => void;
}): JSX.Element {
  const { sort } = selection;
  const own = sort?.column === column.name ? sort : undefined;
  const next =
    own === undefined
      ? { column: column.name, descending: false }
      : own.descending
        ? undefined
        : { ...own, descending: true };
  return (
    <th scope="col" aria-sort={own === undefined ? undefined : own.descending ? 'descending' : 'ascending'}>
      <button type="button" onClick={() => change({ ...selection, sort: next, page: 1 })}>
        {columnTitle(column)}
        <span aria-hidden="true">{own === undefined ? '' : own.descending ? ' ↓' : ' ↑'}</span>
      </button>
    </th>
  );
}

function Pages({
  page,
  pages,
  rows,
  to,
}: {
  readonly page: number;
  readonly pages: number;
  readonly rows: number;
  readonly to: (page: number) => void;
}): JSX.Element {
  return (
    <nav class="pages" aria-label="Pages">
      <button type="button" disabled={page <= 1} onClick={() => to(page - 1)}>
        Previous
      </button>
      <span>
        Page {formatted(page)} of {formatted(pages)} ({counted(rows, 'row')})
      </span>
      <button type="button" disabled={page >= pages} onClick={() => to(page + 1)}>
        Next
      </button>
    </nav>
  );
}
