import type { JSX } from 'preact';
import { useId, useState } from 'preact/hooks';
import type { ExplorerColumn, ExplorerModel, ExplorerTable } from '../../write/explorer/model.ts';
import { ColumnNotes, typeWords } from './Codebook.tsx';
import { type TableData, type Value, columnOf, valueAt } from './columns.ts';
import { headingOf, headingText } from './headings.ts';
import { addressId, targetsAt } from './links.ts';
import { RecordLink } from './RecordLink.tsx';
import { printRoute } from './route.ts';
import type { Selection } from './selection.ts';
import { WebLink } from './WebLink.tsx';
import { counted, formatted, tableTitle } from './words.ts';

const rowsOfPage = 50;

interface RowsProps {
  readonly release: ExplorerModel;
  readonly data: TableData;
  readonly selection: Selection;
  readonly rows: Uint32Array;
  readonly change: (selection: Selection) => void;
}

/** The selected rows, one page at a time. */
export function Rows({ release, data, selection, rows, change }: RowsProps): JSX.Element {
  const { table } = data;
  const shown = table.columns.filter(({ name }) => selection.columns === undefined || selection.columns.includes(name));
  const pages = Math.max(1, Math.ceil(rows.length / rowsOfPage));
  const page = Math.min(selection.page, pages);
  const from = (page - 1) * rowsOfPage;
  const visible = [...rows.subarray(from, from + rowsOfPage)];
  return (
    <>
      <div class="scroll" tabIndex={0} role="region" aria-label={`Rows of ${tableTitle(table)}`}>
        <table aria-rowcount={rows.length + 1}>
          <thead>
            <tr aria-rowindex={1}>
              {shown.map((column) => (
                <Head key={column.name} table={table} column={column} selection={selection} change={change} />
              ))}
            </tr>
          </thead>
          <tbody>
            {visible.map((row, i) => (
              <tr key={row} aria-rowindex={from + i + 2}>
                {shown.map((column) => (
                  <Cell key={column.name} release={release} data={data} row={row} column={column} />
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

interface CellProps {
  readonly release: ExplorerModel;
  readonly data: TableData;
  readonly row: number;
  readonly column: ExplorerColumn;
}

/** Texts with more characters than this get a wide column. */
const longText = 32;

function Cell({ release, data, row, column }: CellProps): JSX.Element {
  const cells = columnOf(data, column.name);
  const value = cells === undefined ? null : valueAt(cells, row);
  if (value === null) {
    return (
      <td class="empty">
        <span aria-hidden="true">–</span>
      </td>
    );
  }
  const kind = typeof value === 'number' ? 'number' : value.length > longText ? 'long' : 'short';
  return (
    <td class={kind}>
      <div class="cell">
        <CellText release={release} data={data} row={row} column={column} value={value} />
      </div>
    </td>
  );
}

function CellText({ release, data, row, column, value }: CellProps & { readonly value: Value }): JSX.Element {
  const { table } = data;
  if (table.records && table.primaryKey[0] === column.name) {
    return <a href={printRoute({ page: 'record', table: table.name, id: addressId(data, row) })}>{value}</a>;
  }
  const targets = targetsAt(data, column, row).filter((name) => isOfRecords(release, name));
  if (targets.length > 0) return <RecordLink release={release} tables={targets} id={String(value)} />;
  const meaning = column.codes?.find(({ code }) => code === value)?.description;
  return (
    <span title={meaning}>
      {typeof value === 'number' && column.unit !== undefined ? formatted(value) : <WebLink text={String(value)} />}
    </span>
  );
}

function isOfRecords({ tables }: ExplorerModel, name: string): boolean {
  return tables.find((table) => table.name === name)?.records === true;
}

interface HeadProps {
  readonly table: ExplorerTable;
  readonly column: ExplorerColumn;
  readonly selection: Selection;
  readonly change: (selection: Selection) => void;
}

/** The head of a column: it sorts, and explains the column. */
function Head({ table, column, selection, change }: HeadProps): JSX.Element {
  const about = useId();
  // drawn on demand: a table can have a hundred columns of a hundred codes
  const [open, setOpen] = useState(false);
  const { sort } = selection;
  const own = sort?.column === column.name ? sort : undefined;
  const next =
    own === undefined
      ? { column: column.name, descending: false }
      : own.descending
        ? undefined
        : { ...own, descending: true };
  const heading = headingOf(table, column);
  return (
    <th scope="col" aria-sort={own === undefined ? undefined : own.descending ? 'descending' : 'ascending'}>
      {heading.group !== '' && <div class="group">{heading.group}</div>}
      <button type="button" class="sort" onClick={() => change({ ...selection, sort: next, page: 1 })}>
        {heading.title}
        <span aria-hidden="true">{own === undefined ? '' : own.descending ? ' ↓' : ' ↑'}</span>
      </button>
      <button type="button" class="about" popovertarget={about} aria-label={`About ${headingText(heading)}`}>
        ?
      </button>
      <div id={about} popover="auto" class="popover" onBeforeToggle={(toggled) => setOpen(toggled.newState === 'open')}>
        {open && <About column={column} heading={headingText(heading)} />}
      </div>
    </th>
  );
}

function About({ column, heading }: { readonly column: ExplorerColumn; readonly heading: string }): JSX.Element {
  return (
    <>
      <p>
        <strong>{heading}</strong> <code>{column.name}</code>
      </p>
      <p class="faint">{typeWords(column)}</p>
      <ColumnNotes column={column} />
    </>
  );
}

interface PagesProps {
  readonly page: number;
  readonly pages: number;
  readonly rows: number;
  readonly to: (page: number) => void;
}

function Pages({ page, pages, rows, to }: PagesProps): JSX.Element {
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
