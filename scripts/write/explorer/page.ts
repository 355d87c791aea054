import { count } from '../../base/text.ts';
import type { ExplorerColumn, ExplorerFile, ExplorerModel, ExplorerTable } from './model.ts';

/** Only the scripts and styles next to the page are loaded, and nothing is fetched; markup in data has no effect. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** index.html: it starts the explorer. Without JavaScript it shows the codebook and the list of files. */
export function page(model: ExplorerModel): string {
  const { dataset, tables, files } = model;
  const title = escape(dataset.title);
  const [stored, views] = [tables.filter((each) => each.view === undefined), tables.filter((each) => each.view)];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="explorer/explorer.css">
<script defer src="explorer/model.js"></script>
<script defer src="explorer/explorer.js"></script>
</head>
<body>
<div id="explorer"></div>
<noscript>
<main class="static">
<h1>${title}</h1>
${dataset.description === undefined ? '' : `<p>${escape(dataset.description)}</p>\n`}<p>${escape(sizeSentence(model))}</p>
<p>This page needs JavaScript to show the rows. Without JavaScript, it shows the codebook and the list of files.</p>
<h2>Cite</h2>
<p>${escape(dataset.citation)}</p>
<h2>Licence</h2>
<p>${escape(dataset.license ?? 'The dataset does not state a licence.')}</p>
<h2>Files</h2>
<ul>
${files.map(fileLine).join('\n')}
</ul>
<h2>Codebook</h2>
${stored.map(tableSection).join('\n')}
${views.length === 0 ? '' : `<h2>Views</h2>\n<p>${viewsAre}</p>\n${views.map(tableSection).join('\n')}\n`}</main>
</noscript>
</body>
</html>
`;
}

/** Explains views to people who read one. */
export const viewsAre = 'Made from the tables by a query, so that you do not have to join them.';

/** `1 row`, `1,200 rows`. */
function counted(n: number, one: string): string {
  return `${n.toLocaleString('en')} ${n === 1 ? one : `${one}s`}`;
}

/** The size of the dataset, in a sentence: its version, its records and their tables, and all rows. */
export function sizeSentence({ dataset, tables }: ExplorerModel): string {
  const stored = tables.filter((table) => table.view === undefined);
  const records = tables.filter((table) => table.records);
  const rowsOf = (some: readonly ExplorerTable[]): number => some.reduce((sum, table) => sum + table.rows, 0);
  const kinds =
    `Version ${dataset.version} has ${counted(rowsOf(records), 'record')} in ` + count(records.length, 'table');
  const rest = stored.length - records.length;
  return rest === 0
    ? `${kinds}.`
    : `${kinds}. With their lists, that is ${counted(rowsOf(stored), 'row')} in ${count(stored.length, 'table')}.`;
}

function fileLine({ path, bytes }: ExplorerFile): string {
  const size = bytes === undefined ? '' : ` (${counted(bytes, 'byte')})`;
  return `<li><a href="${escape(hrefOf(path))}">${escape(path)}</a>${size}</li>`;
}

/** A path in the release as a relative address. */
export function hrefOf(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

function tableSection({ name, title, description, rows, columns }: ExplorerTable): string {
  const about = [title, description].filter((text) => text !== undefined).join(': ');
  return `<h3>${escape(name)}</h3>
<p>${escape(about)}${about === '' ? '' : ' '}(${counted(rows, 'row')})</p>
<table>
<thead><tr><th scope="col">Column</th><th scope="col">Type</th><th scope="col">Description</th></tr></thead>
<tbody>
${columns.map(columnRow).join('\n')}
</tbody>
</table>`;
}

function columnRow({ name, type, title, description, unit, codes }: ExplorerColumn): string {
  const about = [title, description].filter((text) => text !== undefined).join(': ');
  const of = unit === undefined ? '' : ` Unit: ${unit}.`;
  const list = (codes ?? []).map((each) => {
    const meaning = each.description === undefined ? '' : `: ${escape(each.description)}`;
    return `<li><code>${escape(each.code)}</code>${meaning}</li>`;
  });
  const meanings = list.length === 0 ? '' : `<ul>${list.join('')}</ul>`;
  const kind = codes === undefined ? type : 'code';
  return `<tr><th scope="row">${escape(name)}</th><td>${kind}</td><td>${escape(about + of)}${meanings}</td></tr>`;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text from data as text of HTML, also inside a quoted attribute. */
function escape(text: string): string {
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? '');
}
