import { groupBy, count } from '../base/text.ts';
import { reserved } from '../schema/extensions.ts';
import { type Edition, type RecordName, recordKey } from './edition.ts';
import { type Change, type RowChange, compareRows } from './rowChanges.ts';
import { type Bump, type SchemaChange, compareSchemas } from './schemaChanges.ts';

/** What changed from one edition to another. */
export interface Difference {
  readonly from: string;
  readonly to: string;
  readonly schema: readonly SchemaChange[];
  readonly rows: readonly RowChange[];
  readonly records: readonly RecordChange[];
}

/** What happened to a record, over all of its tables. */
export interface RecordChange extends RecordName {
  readonly change: Change;
  /** The changes of its rows. */
  readonly rows: readonly RowChange[];
}

/** Compares two editions of a dataset. Pure. */
export function compareEditions(before: Edition, after: Edition): Difference {
  const rows = compareRows(before, after);
  const groups = groupBy(rows, ({ record }) => recordKey(record));
  const records = [...groups.values()].flatMap((changes): RecordChange[] => {
    const [first] = changes;
    return first === undefined ? [] : [{ ...first.record, change: changeOf(first.record, changes), rows: changes }];
  });
  return { from: before.version, to: after.version, schema: compareSchemas(before, after), rows, records };
}

/** A record is added or removed with its main row; it is withdrawn if it is among those withdrawn now. */
function changeOf({ table }: RecordName, changes: readonly RowChange[]): Change {
  const whole = changes.filter((c) => c.field === null);
  if (whole.some((c) => c.table === reserved.withdrawn && c.change === 'added')) return 'withdrawn';
  return whole.find((c) => c.table === table)?.change ?? 'changed';
}

const order: readonly Bump[] = ['patch', 'minor', 'major'];

/** The minimum version bump for a difference, with the reasons; undefined if nothing has changed. */
export function leastBump({
  schema,
  records,
}: Difference): { readonly bump: Bump; readonly reasons: readonly string[] } | undefined {
  const asked: { readonly bump: Bump; readonly reason: string }[] = schema.map(({ bump, table, column, what }) => ({
    bump,
    reason: `${column === undefined ? table : `${table}.${column}`}: ${what}`,
  }));
  for (const [table, changes] of groupBy(records, (record) => record.table)) {
    for (const [change, of] of groupBy(changes, (record) => record.change)) {
      asked.push({ bump: bumps[change], reason: `${table}: ${count(of.length, 'record')} ${change}` });
    }
  }
  const bump = order.findLast((level) => asked.some((each) => each.bump === level));
  return bump === undefined
    ? undefined
    : { bump, reasons: asked.filter((each) => each.bump === bump).map((each) => each.reason) };
}

/** A record that was removed without being withdrawn is missing for queries that name it. */
const bumps: Readonly<Record<Change, Bump>> = {
  added: 'minor',
  withdrawn: 'minor',
  changed: 'patch',
  removed: 'major',
};
