// Uses the toolkit as a library: installs the hooks, adds and changes records, cites and finds words, compares codings.
import fs from 'node:fs';
import path from 'node:path';
import {
  type OpenedProject,
  addRecords,
  agreement,
  citeAll,
  find,
  fix,
  hooks,
  newRecord,
  openProject,
  setValues,
  trace,
  uncite,
} from '../../scripts/index.ts';

/** What the example did with the dataset. */
export interface Edited {
  readonly hooks: readonly string[];
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly found: readonly string[];
  readonly cited: readonly string[];
  readonly uncited: readonly string[];
  /** Records that both codings have, of all tables. */
  readonly agreed: number;
  readonly rewritten: readonly string[];
}

/** Changes a dataset in a repository, and takes its changes back. `record` is one with evidence for its `cars`. */
export async function edit(folder: string, record: string): Promise<Edited> {
  // a project shows the state when it was opened
  const open = (): OpenedProject => openProject({ folder });
  const { files } = hooks({ folder });

  const made = newRecord(open(), 'ships', { id: 'dora', set: ['name=Dora'] });
  const batch = path.join(folder, 'batch.yaml');
  fs.writeFileSync(batch, '- table: ships\n  id: emma\n  values: { name: Emma }\n');
  const added = await addRecords(open(), { file: batch, shown: 'batch.yaml' });
  const { fields } = setValues(open(), { record: 'ships/dora', set: ['name=Dora II'] });
  const { found } = find(open(), { words: ['dora', 'ii'] });

  const quotes = [{ quote: 'with 40 cars', supports: ['cars'], source: 'gazette' }];
  const cited = citeAll(open(), { record }, quotes);
  const traced = trace(open(), { record });
  const { supports } = uncite(open(), { record, span: 'with 40 cars', supports: ['cars'] });

  const { options } = open();
  const { tables } = await agreement(open(), { against: options.raw });
  const { changed } = await fix(open(), { check: true });
  for (const file of [batch, made.path, path.join(path.dirname(made.path), 'emma.json')]) fs.rmSync(file);
  return {
    hooks: files.map((file) => path.basename(file)),
    added: [path.basename(made.path), ...added.files.map((file) => path.basename(file))],
    changed: fields.map(({ pointer }) => pointer),
    found: found.map(({ name }) => name),
    cited: 'refusal' in cited || traced.fields.length === 0 ? [] : cited.flatMap((each) => each.supports),
    uncited: supports,
    agreed: tables.reduce((sum, { pairs }) => sum + pairs, 0),
    rewritten: changed,
  };
}
