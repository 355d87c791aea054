import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { ExplorerModel } from '../../write/explorer/model.ts';
import type { TableData } from './columns.ts';
import { csvOf } from './csv.ts';
import { headingOf, headingText } from './headings.ts';
import { printRoute } from './route.ts';
import type { Selection } from './selection.ts';
import { type Snippet, snippets } from './snippets.ts';
import { counted } from './words.ts';

/** Which columns are shown. */
export function ColumnChoice({
  data,
  selection,
  change,
}: {
  readonly data: TableData;
  readonly selection: Selection;
  readonly change: (selection: Selection) => void;
}): JSX.Element {
  const all = data.table.columns.map(({ name }) => name);
  const shown = new Set(selection.columns ?? all);
  const toggle = (name: string): void => {
    const wanted = all.filter((each) => (each === name ? !shown.has(each) : shown.has(each)));
    if (wanted.length > 0) change({ ...selection, columns: wanted.length === all.length ? undefined : wanted });
  };
  return (
    <details class="choice">
      <summary>
        Columns ({shown.size} of {all.length})
      </summary>
      <button type="button" class="plain" onClick={() => change({ ...selection, columns: undefined })}>
        Show all columns
      </button>
      <ul class="columns">
        {data.table.columns.map((column) => (
          <li key={column.name}>
            <label>
              <input type="checkbox" checked={shown.has(column.name)} onChange={() => toggle(column.name)} />{' '}
              {headingText(headingOf(data.table, column))} <code class="faint">{column.name}</code>
            </label>
          </li>
        ))}
      </ul>
    </details>
  );
}

/** The selected rows as a file, as a link, and as code. */
export function Export({
  release,
  data,
  selection,
  rows,
}: {
  readonly release: ExplorerModel;
  readonly data: TableData;
  readonly selection: Selection;
  readonly rows: Uint32Array;
}): JSX.Element {
  const { table } = data;
  const columns = selection.columns ?? table.columns.map(({ name }) => name);
  return (
    <details class="choice">
      <summary>Export or share</summary>
      <p>
        <button type="button" onClick={() => download(`${table.name}.csv`, csvOf(data, rows, columns))}>
          Download {counted(rows.length, 'row')} as CSV
        </button>{' '}
        <a href={printRoute({ page: 'table', table: table.name, selection })}>Link to this selection</a>
      </p>
      <Code all={snippets(release.dataset, table, selection)} />
    </details>
  );
}

/** Downloads a text as a file. */
function download(name: string, text: string): void {
  const link = document.createElement('a');
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv' }));
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

function Code({ all }: { readonly all: readonly Snippet[] }): JSX.Element {
  const [language, setLanguage] = useState(all[0]?.language);
  const shown = all.find((each) => each.language === language);
  return (
    <>
      <p>Code that selects the same rows. Run it in the folder of the release:</p>
      <p class="tabs">
        {all.map((each) => (
          <button type="button" aria-pressed={each.language === language} onClick={() => setLanguage(each.language)}>
            {each.language}
          </button>
        ))}
      </p>
      <pre tabIndex={0} role="region" aria-label={`Code in ${shown?.language ?? ''}`}>
        {shown?.code}
      </pre>
    </>
  );
}
