// Prints, as JSON, selections of a build: for each the code that its page gives, and the rows that the page shows.
import process from 'node:process';
import { snippets } from '../../scripts/web/explorer/snippets.ts';
import { readModel, readTable, selectedRows, selections } from '../support/explorer.ts';

const [release = ''] = process.argv.slice(2);
const model = readModel(release);
const all = [];
for (const [what, table, selection] of selections) {
  const data = await readTable(release, model, table);
  const code = Object.fromEntries(
    snippets(model.dataset, data.table, selection).map((each) => [each.language, each.code]),
  );
  const columns = selection.columns ?? data.table.columns.map(({ name }) => name);
  all.push({ what: `${table}: ${what}`, code, columns, rows: selectedRows(data, selection) });
}
process.stdout.write(JSON.stringify(all));
process.exitCode = 0;
