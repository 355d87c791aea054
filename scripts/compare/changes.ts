import { type Row, type Table, column } from '../compile/model.ts';
import type { Json } from '../json/json.ts';
import { reserved } from '../schema/extensions.ts';
import type { Difference } from './difference.ts';
import type { RecordName } from './edition.ts';

/** Why a record changed, in a sentence; undefined if unknown. */
export type ReasonOf = (record: RecordName) => string | undefined;

const codes = [
  { code: 'added', description: 'The row is new; `new` holds it.' },
  { code: 'changed', description: 'One field of the row has another value: `old` before, `new` now.' },
  { code: 'removed', description: 'The row was removed; `old` holds it.' },
  { code: 'withdrawn', description: 'The row was removed because its record was withdrawn; `old` holds it.' },
];

/** What has changed since the previous release. */
export const changesTable: Table = {
  name: reserved.changes,
  title: 'Changes',
  description:
    'What changed since the last release, row by row. If the schema has not changed, the rows of the last ' +
    'release with these changes are the rows of this one.',
  columns: [
    column('number', 'integer', { title: 'Number', description: 'Number of the change, from 1.' }),
    column('record_table', 'string', {
      title: 'Table of the record',
      description: 'Table of the record that changed.',
    }),
    column('record_id', 'string', { title: 'Record', description: 'Identifier of the record that changed.' }),
    column('table_name', 'string', {
      title: 'Table',
      description: 'Table of the row that changed: that of the record or one of its child tables.',
    }),
    column('row_key', 'json', { title: 'Key', description: 'Primary key of the row, as a JSON array of its values.' }),
    column('field', 'string', {
      nullable: true,
      title: 'Field',
      description: 'Column whose value changed; empty if the whole row was added or removed.',
    }),
    column('change', 'string', { title: 'Change', description: 'What happened.', codes }),
    column('old', 'json', {
      nullable: true,
      title: 'Old',
      description:
        'The value before as JSON, or the row as an object without its empty columns; empty if there was none.',
    }),
    column('new', 'json', {
      nullable: true,
      title: 'New',
      description: 'The value now as JSON, or the row as an object without its empty columns; empty if there is none.',
    }),
    column('reason', 'string', {
      nullable: true,
      title: 'Reason',
      description: 'Why: the reason for the withdrawal, else the subject of the commit that made the change.',
    }),
    column('since', 'string', {
      title: 'Since',
      description: 'Version of the release with which this one is compared.',
    }),
  ],
  primaryKey: ['number'],
  foreignKeys: [],
  optional: false,
};

/** The rows of `changes`. */
export function changeRows({ rows, from }: Difference, reasonOf: ReasonOf): readonly Row[] {
  return rows.map(({ change, record, table, row, field, old, new: fresh }, i) => [
    i + 1,
    record.table,
    record.id,
    table,
    JSON.stringify(row),
    field,
    change,
    asJson(old),
    asJson(fresh),
    reasonOf(record) ?? null,
    from,
  ]);
}

function asJson(value: Json | undefined): string | null {
  return value === undefined ? null : JSON.stringify(value);
}
