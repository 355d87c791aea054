import type { ComponentChildren, JSX } from 'preact';
import { firstSentence } from '../../base/text.ts';
import type { ExplorerModel, ExplorerTable } from '../../write/explorer/model.ts';
import { sizeSentence, viewsAre } from '../../write/explorer/page.ts';
import { storedTables, viewsOf } from './links.ts';
import { printRoute } from './route.ts';
import { everything } from './selection.ts';
import { formatted, tableTitle } from './words.ts';

/** The first page: what the dataset is, its size, and its tables. */
export function Home({ release }: { readonly release: ExplorerModel }): JSX.Element {
  const { dataset, tables } = release;
  const records = tables.filter((table) => table.records);
  const made = storedTables(release).filter(
    (table) => !table.records && !records.some((each) => isChildOf(table, each)),
  );
  const views = viewsOf(release);
  return (
    <>
      <h1>{dataset.title}</h1>
      <p class="lead">
        {dataset.description === undefined ? '' : `${firstSentence(dataset.description)} `}
        {sizeSentence(release)}
      </p>
      <h2>Tables</h2>
      <ul class="cards">
        {records.map((table) => (
          <TableCard table={table} inside={tables.filter((each) => isChildOf(each, table))} />
        ))}
      </ul>
      {made.length > 0 && <h2>About the records</h2>}
      {made.length > 0 && (
        <ul class="cards">
          {made.map((table) => (
            <TableCard table={table} inside={[]} />
          ))}
        </ul>
      )}
      {views.length > 0 && <h2>Views</h2>}
      {views.length > 0 && <p>{viewsAre}</p>}
      {views.length > 0 && (
        <ul class="cards">
          {views.map((table) => (
            <TableCard table={table} inside={[]} />
          ))}
        </ul>
      )}
    </>
  );
}

/** Whether a table holds lists of the records of another. */
function isChildOf(table: ExplorerTable, parent: ExplorerTable): boolean {
  return !table.records && table.fields.length > 0 && table.columns[0]?.name.startsWith(`${parent.name}_`) === true;
}

function TableCard({
  table,
  inside,
}: {
  readonly table: ExplorerTable;
  readonly inside: readonly ExplorerTable[];
}): JSX.Element {
  return (
    <li class="card">
      <h3>
        <TableLink table={table} /> <span class="count">{formatted(table.rows)}</span>
      </h3>
      {table.description !== undefined && <p>{table.description}</p>}
      {inside.length > 0 && (
        <p class="inside">
          Lists:{' '}
          {inside.map((each, i) => (
            <>
              {i > 0 && ', '}
              <TableLink table={each} /> <span class="count">{formatted(each.rows)}</span>
            </>
          ))}
        </p>
      )}
    </li>
  );
}

/** A link to all rows of a table, under its title or other words. */
export function TableLink({
  table,
  children,
}: {
  readonly table: ExplorerTable;
  readonly children?: ComponentChildren;
}): JSX.Element {
  return (
    <a href={printRoute({ page: 'table', table: table.name, selection: everything })}>
      {children ?? tableTitle(table)}
    </a>
  );
}
