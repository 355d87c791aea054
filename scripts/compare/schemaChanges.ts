import type { Column, Table } from '../compile/model.ts';
import type { Edition } from './edition.ts';

/**
 * The effect of a change on the version (data semver): `major` if a consumer's query can break or its result means
 * something else, `minor` if something is added or a record withdrawn, `patch` if values are corrected or texts
 * changed.
 */
export type Bump = 'major' | 'minor' | 'patch';

/** A difference of the tables themselves. */
export interface SchemaChange {
  readonly bump: Bump;
  readonly table: string;
  /** Undefined for the table as a whole. */
  readonly column: string | undefined;
  /** What has changed, in words that follow the name of the table or column. */
  readonly what: string;
}

/** The differences of two editions' tables, columns, types, keys, codes, units, documentation and views. */
export function compareSchemas(before: Edition, after: Edition): readonly SchemaChange[] {
  const changes: SchemaChange[] = [];
  for (const [old, fresh, name] of pairs(before.tables, after.tables)) {
    const add = (bump: Bump, what: string, column?: string): void =>
      void changes.push({ bump, table: name, column, what });
    if (old === undefined) add('minor', 'table added');
    else if (fresh === undefined) add('major', 'table removed');
    else compareTables(old, fresh, add);
  }
  for (const [old, fresh, name] of pairs(before.views, after.views)) {
    const add = (bump: Bump, what: string): void => void changes.push({ bump, table: name, column: undefined, what });
    if (old === undefined) add('minor', 'view added');
    else if (fresh === undefined) add('major', 'view removed');
    else if (old.sql !== fresh.sql) add('minor', 'view changed');
  }
  return changes;
}

type Add = (bump: Bump, what: string, column?: string) => void;

function compareTables(old: Table, fresh: Table, add: Add): void {
  if (!same(old.primaryKey, fresh.primaryKey))
    add('major', `key changed from ${list(old.primaryKey)} to ${list(fresh.primaryKey)}`);
  if (documentation(old) !== documentation(fresh)) add('patch', 'documentation changed');
  for (const [was, is, name] of pairs(old.columns, fresh.columns)) {
    if (was === undefined) add('minor', 'column added', name);
    else if (is === undefined) add('major', 'column removed', name);
    else compareColumns(was, is, (bump, what) => add(bump, what, name));
  }
  for (const fk of old.foreignKeys) {
    const is = fresh.foreignKeys.find((other) => same(other.columns, fk.columns));
    const stays = fk.columns.every((name) => fresh.columns.some((c) => c.name === name));
    if (stays && (is === undefined || is.table !== fk.table || !same(is.tableColumns, fk.tableColumns)))
      add(
        'major',
        `foreign key to ${fk.table} ${is === undefined ? 'removed' : `now leads to ${is.table}`}`,
        fk.columns.join(', '),
      );
  }
  const kept = (table: Table, other: Table): readonly string[] =>
    table.columns.map((c) => c.name).filter((name) => other.columns.some((c) => c.name === name));
  if (!same(kept(old, fresh), kept(fresh, old))) add('minor', 'order of columns changed');
}

function compareColumns(was: Column, is: Column, add: Add): void {
  if (was.type !== is.type) add('major', `type changed from ${was.type} to ${is.type}`);
  if (!was.nullable && is.nullable) add('major', 'can be empty now');
  if (was.nullable && !is.nullable) add('patch', 'is never empty now');
  if (was.unit !== is.unit) add('major', `unit changed from ${was.unit ?? 'none'} to ${is.unit ?? 'none'}`);
  compareCodes(was, is, add);
  if (documentation(was) !== documentation(is)) add('patch', 'documentation changed');
  if (limitsOf(was) !== limitsOf(is)) add('patch', 'constraints changed');
}

/**
 * The constraints of a column that are not compared otherwise: required, unique and codes have their own comparison.
 */
function limitsOf({ constraints }: Column): string {
  const { required: _, unique: __, enum: ___, ...limits } = constraints;
  return JSON.stringify(limits);
}

function compareCodes(was: Column, is: Column, add: Add): void {
  if (was.codes === undefined && is.codes === undefined) return;
  if (was.codes === undefined || is.codes === undefined) {
    add('major', is.codes === undefined ? 'is no longer a code list' : 'is a code list now');
    return;
  }
  for (const [old, fresh, code] of pairs(was.codes.map(named), is.codes.map(named))) {
    if (old === undefined) add('minor', `code ${code} added`);
    else if (fresh === undefined) add('major', `code ${code} removed`);
    else if (old.description !== fresh.description) add('patch', `description of code ${code} changed`);
  }
}

function named({ code, description }: { readonly code: string; readonly description: string | undefined }): {
  readonly name: string;
  readonly description: string | undefined;
} {
  return { name: code, description };
}

function documentation({ title, description }: Pick<Column, 'title' | 'description'>): string {
  return JSON.stringify([title, description]);
}

/** Pairs of things with the same name: those of the old list in its order, then what is new. */
function pairs<T extends { readonly name: string }>(
  before: readonly T[],
  after: readonly T[],
): readonly (readonly [T | undefined, T | undefined, string])[] {
  const old = new Map(before.map((each) => [each.name, each]));
  const fresh = new Map(after.map((each) => [each.name, each]));
  const names = new Set([...old.keys(), ...fresh.keys()]);
  return [...names].map((name) => [old.get(name), fresh.get(name), name] as const);
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((each, i) => each === b[i]);
}

function list(names: readonly string[]): string {
  return names.length === 0 ? 'none' : names.join(', ');
}
