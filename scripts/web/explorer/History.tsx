import type { JSX } from 'preact';
import { reserved } from '../../schema/extensions.ts';
import type { ExplorerModel, ExplorerTable } from '../../write/explorer/model.ts';
import { type TableData, columnOf, valueAt } from './columns.ts';
import { Waiting } from './Evidence.tsx';
import { Message } from './Message.tsx';
import { RecordLink } from './RecordLink.tsx';
import { isWaiting, smallTable } from './state.ts';

/** What has changed in a record since the release before this one, and why. */
export function History({
  release,
  table,
  id,
}: {
  readonly release: ExplorerModel;
  readonly table: string;
  readonly id: string;
}): JSX.Element | null {
  const changes = release.tables.find((each) => each.name === reserved.changes);
  if (changes === undefined) return null;
  const data = smallTable(changes);
  if (data === undefined) return isWaiting(changes) ? <Waiting table={changes} what="the history" /> : null;
  const rows = rowsOfRecord(data, 'record_table', table, id);
  if (rows.length === 0) return null;
  const [since = ''] = rows.map((row) => textAt(data, 'since', row));
  return (
    <section aria-labelledby="history">
      <h2 id="history">
        Changed in {release.dataset.version}, since {since}
      </h2>
      <ChangeList data={data} rows={rows} />
    </section>
  );
}

/** Changes of rows, a line each: what changed, from what to what, and why. */
export function ChangeList({
  data,
  rows,
}: {
  readonly data: TableData;
  readonly rows: readonly number[];
}): JSX.Element {
  return (
    <ul class="changes">
      {rows.map((row) => {
        const text = (name: string): string => textAt(data, name, row);
        const key = text('row_key').replaceAll(/^\[|\]$/g, '');
        return (
          <li key={row}>
            <strong>{text('change')}</strong> <code>{text('table_name')}</code> <code>{key}</code>{' '}
            {text('field') !== '' && <code>{text('field')}</code>}
            {text('reason') !== '' && <span class="faint"> {text('reason')}</span>}
            {text('old') !== '' && (
              <div>
                <del>{text('old')}</del>
              </div>
            )}
            {text('new') !== '' && (
              <div>
                <ins>{text('new')}</ins>
              </div>
            )}
          </li>
        );
      })}
    </ul>
  );
}

/** Shown for a record that is not in its table: why it was withdrawn, if it was. */
export function Withdrawn({
  release,
  table,
  id,
}: {
  readonly release: ExplorerModel;
  readonly table: ExplorerTable;
  readonly id: string;
}): JSX.Element {
  const withdrawn = release.tables.find((each) => each.name === reserved.withdrawn);
  const data = withdrawn === undefined ? undefined : smallTable(withdrawn);
  const [row] = data === undefined ? [] : rowsOfRecord(data, 'table_name', table.name, id);
  if (data === undefined || row === undefined) {
    const isOpen = withdrawn !== undefined && data === undefined;
    return <Message>{isOpen ? 'Loading…' : `${table.name} has no record ${id} in this release.`}</Message>;
  }
  const replacement = textAt(data, 'replaced_by', row);
  return (
    <article>
      <h1>{id}</h1>
      <Message>
        This record was withdrawn on {textAt(data, 'date', row)}: {textAt(data, 'reason', row)}
      </Message>
      {replacement !== '' && (
        <p>
          Replaced by <RecordLink release={release} tables={[table.name]} id={replacement} labelled />
        </p>
      )}
      <History release={release} table={table.name} id={id} />
    </article>
  );
}

function rowsOfRecord(data: TableData, tableColumn: string, table: string, id: string): readonly number[] {
  return Array.from({ length: data.rows }, (_, row) => row).filter(
    (row) => textAt(data, 'record_id', row) === id && textAt(data, tableColumn, row) === table,
  );
}

function textAt(data: TableData, name: string, row: number): string {
  const column = columnOf(data, name);
  return column === undefined ? '' : String(valueAt(column, row) ?? '');
}
