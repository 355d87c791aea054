import type { JSX } from 'preact';
import type { ExplorerModel, ExplorerTable } from '../../write/explorer/model.ts';
import { type Documented, findDocumented, findRecords } from './find.ts';
import { headingOf, headingText } from './headings.ts';
import { TableLink } from './Home.tsx';
import { recordTableOf } from './links.ts';
import { Message } from './Message.tsx';
import { printRoute } from './route.ts';
import { everything } from './selection.ts';
import { smallTable } from './state.ts';
import { counted, tableTitle } from './words.ts';

const mostRecords = 20;

/** The results of a search: tables, columns and codes by name and description, and records by their texts. */
export function Search({ release, words }: { readonly release: ExplorerModel; readonly words: string }): JSX.Element {
  const documented = findDocumented(release, words);
  const records = release.tables.filter((table) => table.records);
  const hasNone = records.every((table) => {
    const data = smallTable(table);
    return data !== undefined && findRecords(data, words, 1).length === 0;
  });
  return (
    <>
      <h1>Search: {words}</h1>
      <h2>Records</h2>
      {hasNone && <Message>No record matches.</Message>}
      {records.map((table) => (
        <RecordsFound key={table.name} table={table} words={words} />
      ))}
      <h2>Names and descriptions</h2>
      {documented.length === 0 && <Message>No name or description matches.</Message>}
      <ul class="found">
        {documented.map((each) => (
          <DocumentedLine release={release} found={each} />
        ))}
      </ul>
    </>
  );
}

function RecordsFound({ table, words }: { readonly table: ExplorerTable; readonly words: string }): JSX.Element | null {
  const data = smallTable(table);
  if (data === undefined) {
    return (
      <p>
        <TableLink table={table} /> is too large to search from here. Open it and search there.
      </p>
    );
  }
  const found = findRecords(data, words, mostRecords + 1);
  if (found.length === 0) return null;
  return (
    <>
      <h3>{tableTitle(table)}</h3>
      <ul class="found">
        {found.slice(0, mostRecords).map(({ id, label }) => (
          <li key={id}>
            <a href={printRoute({ page: 'record', table: table.name, id })}>{id}</a>
            {label !== undefined && <span class="label"> {label}</span>}
          </li>
        ))}
      </ul>
      {found.length > mostRecords && (
        <p>
          <a href={printRoute({ page: 'table', table: table.name, selection: { ...everything, search: words } })}>
            More than {counted(mostRecords, 'record')} match: see all in the table
          </a>
        </p>
      )}
    </>
  );
}

interface DocumentedLineProps {
  readonly release: ExplorerModel;
  readonly found: Documented;
}

function DocumentedLine({ release, found: { table, column, code, text } }: DocumentedLineProps): JSX.Element {
  const owner = recordTableOf(release, table);
  const values = column !== undefined && code !== undefined ? new Map([[column.name, new Set([code])]]) : new Map();
  return (
    <li>
      <a href={printRoute({ page: 'table', table: table.name, selection: { ...everything, values } })}>
        {owner !== undefined && owner !== table && `${tableTitle(owner)}, `}
        {tableTitle(table)}
        {column !== undefined && `, ${headingText(headingOf(table, column))}`}
        {code !== undefined && `: ${code}`}
      </a>
      {text !== undefined && <span class="label"> {text}</span>}
    </li>
  );
}
