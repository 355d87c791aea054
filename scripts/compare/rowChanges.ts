import type { Cell, Row, Table } from '../compile/model.ts';
import type { Json } from '../json/json.ts';
import { reserved } from '../schema/extensions.ts';
import { type Edition, type RecordName, keyOf, recordKey, recordNaming } from './edition.ts';

export type Change = 'added' | 'changed' | 'removed' | 'withdrawn';

/** A difference of rows: a whole row that was added or removed, or one value of a row that is in both editions. */
export interface RowChange {
  readonly change: Change;
  readonly record: RecordName;
  readonly table: string;
  /** The key of the row. */
  readonly row: readonly Cell[];
  /** The column that changed, null if the whole row was added or removed. */
  readonly field: string | null;
  /** The value, or an object of the row's values by column; undefined if there is none. */
  readonly old: Json | undefined;
  readonly new: Json | undefined;
}

/** Tables that are derived from the schemas alone, or describe changes themselves. */
const leftOut: ReadonlySet<string> = new Set([reserved.codeLists, reserved.changes]);

/**
 * The differences of two editions' rows, table by table: added rows and changed values in the order of the new edition,
 * removed rows in that of the old one. If the tables have the same columns and keys, the old rows with these changes
 * are the new rows.
 */
export function compareRows(before: Edition, after: Edition): readonly RowChange[] {
  const withdrawn = namesOfWithdrawn(after);
  const naming = { before: recordNaming(before.tables), after: recordNaming(after.tables) };
  const changes: RowChange[] = [];
  for (const table of after.tables) {
    if (leftOut.has(table.name)) continue;
    const old = before.tables.find((t) => t.name === table.name);
    const was = old === undefined ? new Map<string, Row>() : byKey(old, before.rows.get(table.name) ?? []);
    const is = byKey(table, after.rows.get(table.name) ?? []);
    for (const [key, row] of is) {
      const spot = { record: naming.after(table, row), table: table.name, row: keyOf(table, row) };
      const past = was.get(key);
      if (old === undefined || past === undefined)
        changes.push({ ...spot, change: 'added', field: null, old: undefined, new: toObject(table, row) });
      else changes.push(...changedCells(old, past, table, row).map((cell) => ({ ...spot, ...cell })));
    }
    if (old === undefined) continue;
    for (const [key, row] of was) {
      if (is.has(key)) continue;
      const record = naming.before(old, row);
      const change = withdrawn.has(recordKey(record)) ? 'withdrawn' : 'removed';
      changes.push({
        change,
        record,
        table: table.name,
        row: keyOf(old, row),
        field: null,
        old: toObject(old, row),
        new: undefined,
      });
    }
  }
  return changes;
}

/** Records that the new edition has withdrawn. */
function namesOfWithdrawn({ rows }: Edition): ReadonlySet<string> {
  const withdrawn = rows.get(reserved.withdrawn) ?? [];
  return new Set(withdrawn.map(([table, id]) => recordKey({ table: String(table), id: String(id) })));
}

/** Rows by their key. If keys are not unique, because the table has none, equal rows are numbered. */
function byKey(table: Table, rows: readonly Row[]): ReadonlyMap<string, Row> {
  const found = new Map<string, Row>();
  for (const row of rows) {
    const key = JSON.stringify(keyOf(table, row));
    let unique = key;
    for (let i = 2; found.has(unique); i++) unique = `${key}#${i}`;
    found.set(unique, row);
  }
  return found;
}

function changedCells(
  old: Table,
  past: Row,
  table: Table,
  row: Row,
): readonly Pick<RowChange, 'change' | 'field' | 'old' | 'new'>[] {
  const spots = new Map(old.columns.map((c, i) => [c.name, i]));
  return table.columns.flatMap(({ name }, i) => {
    const spot = spots.get(name);
    const was = spot === undefined ? null : (past[spot] ?? null);
    const is = row[i] ?? null;
    return was === is ? [] : [{ change: 'changed' as const, field: name, old: was, new: is }];
  });
}

/** A row's values by column, without empty ones. */
function toObject(table: Table, row: Row): Json {
  const entries = table.columns.map(({ name }, i): [string, Cell] => [name, row[i] ?? null]);
  return Object.fromEntries(entries.filter(([, value]) => value !== null));
}
