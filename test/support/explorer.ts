import fs from 'node:fs';
import path from 'node:path';
import vm from 'node:vm';
import { gunzipSync } from 'node:zlib';
import { type TableData, valueAt } from '../../scripts/web/explorer/columns.ts';
import { readParquet } from '../../scripts/web/explorer/readParquet.ts';
import { select } from '../../scripts/web/explorer/select.ts';
import { type Selection, everything } from '../../scripts/web/explorer/selection.ts';
import type { ExplorerModel } from '../../scripts/write/explorer/model.ts';

/** The content that a data script of a release passes to the page: a name and bytes. */
export function readScript(release: string, file: string): readonly [name: string, bytes: Buffer] {
  const context = vm.createContext({ demarcheData: [] as unknown[] });
  vm.runInContext(fs.readFileSync(path.join(release, file), 'utf8'), context);
  const [[name, base64]] = context['demarcheData'] as [[string, string]];
  return [name, Buffer.from(base64, 'base64')];
}

/** The model that the page of a release has before it loads a table. */
export function readModel(release: string): ExplorerModel {
  const [, packed] = readScript(release, 'explorer/model.js');
  return JSON.parse(gunzipSync(packed).toString('utf8')) as ExplorerModel;
}

/** A table of a release, as the page holds it. */
export async function readTable(release: string, { tables }: ExplorerModel, name: string): Promise<TableData> {
  const table = tables.find((each) => each.name === name);
  if (table?.parts === undefined) throw new Error(`no table ${name}`);
  const files = table.parts.map((scripts) => Buffer.concat(scripts.map((each) => readScript(release, each)[1])));
  return readParquet(
    table,
    files.map((bytes) => Uint8Array.from(bytes).buffer),
  );
}

/** The rows of a selection as the page shows them: texts, and null for NULL. */
export function selectedRows(data: TableData, selection: Selection): readonly (readonly (string | null)[])[] {
  const shown = data.columns.filter((_, i) => {
    const name = data.table.columns[i]?.name ?? '';
    return selection.columns === undefined || selection.columns.includes(name);
  });
  return Array.from(select(data, selection).rows, (row) =>
    shown.map((column) => {
      const value = valueAt(column, row);
      return value === null ? null : String(value);
    }),
  );
}

/** Selections of the shipped dataset; every language must give the same rows as the page. */
export const selections: readonly (readonly [what: string, table: string, selection: Selection])[] = [
  ['every row', 'actors', everything],
  ['codes', 'statements', { ...everything, values: new Map([['kind', new Set(['denial', 'warning'])]]) }],
  [
    'an empty cell among values',
    'statements',
    { ...everything, values: new Map([['medium', new Set([null, 'interview'])]]) },
  ],
  ['empty cells alone', 'statements', { ...everything, values: new Map([['medium', new Set([null])]]) }],
  ['a truth value', 'statements', { ...everything, values: new Map([['conditional', new Set(['true'])]]) }],
  [
    'days',
    'statements',
    { ...everything, ranges: new Map([['said_date_earliest', { from: '2022-01-13', to: '2022-02-01' }]]) },
  ],
  ['numbers', 'deployments', { ...everything, ranges: new Map([['personnel_low', { from: '1', to: '100000' }]]) }],
  [
    'an open range',
    'deployments',
    { ...everything, ranges: new Map([['personnel_low', { from: undefined, to: '99999.5' }]]) },
  ],
  ['words in any case', 'statements', { ...everything, search: 'NATO’s' }],
  ['words with signs', 'statements', { ...everything, search: `russia's` }],
  ['codes in order', 'statements', { ...everything, sort: { column: 'kind', descending: false } }],
  ['days, the last first', 'statements', { ...everything, sort: { column: 'said_date_earliest', descending: true } }],
  ['numbers in order', 'deployments', { ...everything, sort: { column: 'personnel_low', descending: true } }],
  ['a view', 'events', everything],
  [
    'days of a view, its own order within each',
    'dyads',
    { ...everything, sort: { column: 'earliest', descending: true } },
  ],
  [
    'codes, words and order of a view',
    'entities',
    {
      ...everything,
      search: 'ministry',
      values: new Map([['role', new Set(['speaker', 'participant'])]]),
      sort: { column: 'entity_kind', descending: false },
      columns: ['entity_id', 'entity_kind', 'id', 'role', 'earliest'],
    },
  ],
  [
    'numbers of a view',
    'troop_claims',
    {
      ...everything,
      ranges: new Map([['high', { from: '1', to: undefined }]]),
      sort: { column: 'high', descending: true },
    },
  ],
  ['texts in order', 'places', { ...everything, sort: { column: 'name', descending: false } }],
  [
    'all at once',
    'statements',
    {
      ...everything,
      search: 'Ukraine',
      values: new Map([['conditional', new Set(['false'])]]),
      ranges: new Map([['said_date_earliest', { from: '2022-01-01', to: undefined }]]),
      sort: { column: 'summary', descending: true },
      columns: ['id', 'kind', 'said_date'],
    },
  ],
];
