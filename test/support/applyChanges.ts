import type { Json } from '../../scripts/json/json.ts';

/** A row of a table by column; empty columns can be left out. */
export type RowObject = Readonly<Record<string, Json | undefined>>;

/** A row of the table `changes`, its JSON parsed. */
export interface ChangeOfRow {
  readonly table_name: string;
  readonly row_key: readonly Json[];
  readonly field: string | null;
  readonly old: Json | undefined;
  readonly new: Json | undefined;
}

/** Applies changes to the rows of a table, as a user of releases would. Returns the rows of the next release by key. */
export function applyChanges(
  table: string,
  key: readonly string[],
  rows: readonly RowObject[],
  changes: readonly ChangeOfRow[],
): readonly RowObject[] {
  const found = new Map(rows.map((row) => [keyText(key.map((name) => row[name] ?? null)), { ...row }]));
  for (const change of changes.filter((each) => each.table_name === table)) {
    const at = keyText(change.row_key);
    const known = found.get(at);
    if (change.field !== null) {
      if (known === undefined || (known[change.field] ?? null) !== change.old)
        throw new Error(`${table} ${at}: not what it was`);
      known[change.field] = change.new;
    } else if (change.new === undefined) {
      if (!found.delete(at)) throw new Error(`${table} ${at}: not there`);
    } else {
      if (known !== undefined) throw new Error(`${table} ${at}: there already`);
      found.set(at, { ...(change.new as RowObject) });
    }
  }
  return sorted(key, [...found.values()]);
}

/** Rows in order of their keys, without their empty columns. */
export function sorted(key: readonly string[], rows: readonly RowObject[]): readonly RowObject[] {
  const text = (row: RowObject): string => keyText(key.map((name) => row[name] ?? null));
  const filled = rows.map((row) =>
    Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null && value !== undefined)),
  );
  return filled.toSorted((a, b) => (text(a) < text(b) ? -1 : 1));
}

function keyText(key: readonly Json[]): string {
  return JSON.stringify(key);
}
