import type { JSX } from 'preact';
import type { ExplorerColumn, ExplorerModel, ExplorerTable } from '../../write/explorer/model.ts';
import { viewsAre } from '../../write/explorer/page.ts';
import { headingOf, headingText } from './headings.ts';
import { TableLink } from './Home.tsx';
import { recordTableOf, storedTables, viewsOf } from './links.ts';
import { counted, tableTitle } from './words.ts';

/** Every table, column and code, from the schemas. */
export function Codebook({ release }: { readonly release: ExplorerModel }): JSX.Element {
  const views = viewsOf(release);
  return (
    <>
      <h1>Codebook</h1>
      <Contents label="Tables of the codebook" release={release} tables={storedTables(release)} />
      {views.length > 0 && <p>Views:</p>}
      {views.length > 0 && <Contents label="Views of the codebook" release={release} tables={views} />}
      {storedTables(release).map((table) => (
        <TableSection key={table.name} table={table} />
      ))}
      {views.length > 0 && <h2>Views</h2>}
      {views.length > 0 && <p>{viewsAre}</p>}
      {views.map((table) => (
        <TableSection key={table.name} table={table} />
      ))}
    </>
  );
}

interface ContentsProps {
  readonly label: string;
  readonly release: ExplorerModel;
  readonly tables: readonly ExplorerTable[];
}

function Contents({ label, release, tables }: ContentsProps): JSX.Element {
  return (
    <nav aria-label={label}>
      <ul class="contents">
        {tables.map((table) => (
          <li key={table.name}>
            <button type="button" class="plain" onClick={() => showTable(table.name)}>
              {fullTitle(release, table)}
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** The title of a table. For a list, that of the records comes first, since many tables have such a list. */
function fullTitle(release: ExplorerModel, table: ExplorerTable): string {
  const owner = recordTableOf(release, table);
  return owner === undefined || owner === table ? tableTitle(table) : `${tableTitle(owner)}: ${tableTitle(table)}`;
}

function sectionId(name: string): string {
  return `codebook-${name}`;
}

function showTable(name: string): void {
  const section = document.querySelector<HTMLElement>(`#${CSS.escape(sectionId(name))}`);
  section?.scrollIntoView();
  section?.focus({ preventScroll: true });
}

function TableSection({ table }: { readonly table: ExplorerTable }): JSX.Element {
  // views have a heading of their own above them
  const Title = table.view === undefined ? 'h2' : 'h3';
  return (
    <section id={sectionId(table.name)} tabIndex={-1} aria-label={table.name}>
      <Title>
        {tableTitle(table)} {table.title !== undefined && <code class="faint">{table.name}</code>}
      </Title>
      {table.description !== undefined && <p>{table.description}</p>}
      <p>
        <TableLink table={table}>{counted(table.rows, 'row')}</TableLink>
        {table.primaryKey.length > 0 && <>. Key: {codes(table.primaryKey)}</>}
        {table.foreignKeys.map((key) => (
          <>
            . {codes(key.columns)} → <code>{key.table}</code>
          </>
        ))}
      </p>
      <div class="scroll tall" tabIndex={0} role="region" aria-label={`Columns of ${table.name}`}>
        <table>
          <thead>
            <tr>
              <th scope="col">Column</th>
              <th scope="col">Type</th>
              <th scope="col">Description</th>
            </tr>
          </thead>
          <tbody>
            {table.columns.map((column) => (
              <tr key={column.name}>
                <th scope="row">
                  {headingText(headingOf(table, column))}
                  <br />
                  <code class="faint">{column.name}</code>
                </th>
                <td>{typeWords(column)}</td>
                <td>
                  <ColumnNotes column={column} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function codes(names: readonly string[]): JSX.Element[] {
  return names.map((name, i) => (
    <>
      {i > 0 && ', '}
      <code>{name}</code>
    </>
  ));
}

/** The type of a column in words. */
export function typeWords({ type, codes: list, nullable }: ExplorerColumn): string {
  return `${list === undefined ? type : 'code'}${nullable ? ', can be empty' : ''}`;
}

/** What a column holds: its description, unit, references and codes. */
export function ColumnNotes({ column }: { readonly column: ExplorerColumn }): JSX.Element {
  const { description, unit, references, tableColumn, codes: list } = column;
  return (
    <>
      {description}
      {unit !== undefined && <p>Unit: {unit}.</p>}
      {tableColumn !== undefined && (
        <p>
          Refers to a record of the table in <code>{tableColumn}</code>.
        </p>
      )}
      {tableColumn === undefined && references.length > 0 && <p>Refers to {references.join(', ')}.</p>}
      {list !== undefined && (
        <dl class="codes">
          {list.map((each) => (
            <div key={each.code}>
              <dt>
                <code>{each.code}</code>
              </dt>
              <dd>{each.description}</dd>
            </div>
          ))}
        </dl>
      )}
    </>
  );
}
