import { mostCompared } from '../base/limits.ts';
import { boundedNearest } from '../base/suggestions.ts';
import type { Fault, Hint } from '../base/problem.ts';
import type { RecordFile } from '../read/records.ts';
import { foldedId } from '../base/text.ts';
import type { Withdrawal } from '../schema/extensions.ts';
import type { Reference } from '../schema/walk.ts';
import { type Declared, type DeclaredIds, idOf, noIds } from './declaredIds.ts';
import { nearId, rule as leadsToOne } from './rules/reference.ts';
import { leadsNowhere, rule as leadsToWithdrawn } from './rules/withdrawal.ts';

interface Pending {
  readonly file: RecordFile;
  readonly line: number;
  readonly reference: Reference;
}

/** A withdrawn record; `pointer` is that of its withdrawal. */
interface Withdrawn {
  readonly file: RecordFile;
  readonly line: number;
  readonly pointer: string;
  readonly withdrawal: Withdrawal;
}

/** The identifiers of all records, and the references to records that have not come yet. */
export interface References {
  /** Adds a record. Returns the record that already has the id, if any, ignoring case and Unicode form. */
  readonly declare: (table: string, id: string, file: RecordFile) => Declared | undefined;
  /** Adds several records, if none of them has an id that is already taken; returns whether it has. See `TableIds`. */
  readonly declareAll: (table: string, ids: readonly string[], ascending: boolean, file: RecordFile) => boolean;
  readonly refer: (file: RecordFile, line: number, reference: Reference) => void;
  /** Whether a table has a known record with this id. */
  readonly has: (table: string, id: string) => boolean;
  /** Whether a reference leads to a known record, for certain; then it does not have to be kept. */
  readonly settled: (tables: readonly string[], id: string) => boolean;
  /** The ids of a table to which references are settled; undefined if it has more ids than `most`. */
  readonly settledIds: (table: string, most: number) => readonly string[] | undefined;
  /**
   * Declares that an unreadable file may hold the record with this id: that file is the fault, not the references to
   * it.
   */
  readonly excuse: (table: string, id: string) => void;
  /** Adds a record that is assumed to be valid and is not read. */
  readonly presume: (table: string, id: string, file: RecordFile) => void;
  /** Adds a withdrawn record. References from it are no longer checked. */
  readonly withdraw: (table: string, id: string, withdrawn: Withdrawn) => void;
  /** When all records are known: the references that lead to no record, to more than one, or to a withdrawn one. */
  readonly unresolved: () => Iterable<{ readonly file: RecordFile; readonly line: number; readonly fault: Fault }>;
}

/**
 * @param elsewhere the withdrawals of records that are assumed to be valid
 * @param wayToAdd how to add a record to a table, for a reference to a missing one
 */
export function createReferences(
  tables: readonly string[],
  elsewhere: (table: string, id: string) => Withdrawal | undefined = () => undefined,
  wayToAdd: (table: string) => Hint | undefined = () => undefined,
): References {
  const ids = declaredIds(tables);
  const withdrawn = new Map<string, Map<string, Withdrawn>>(tables.map((table) => [table, new Map()]));
  const pending: Pending[] = [];
  const withdrawalOf = (table: string, id: string): Withdrawal | undefined =>
    withdrawn.get(table)?.get(id)?.withdrawal ?? elsewhere(table, id);
  const settled = (wanted: readonly string[], id: string): boolean => {
    const only = wanted[0];
    // with several targets, another table can still get a record with the same id
    return only !== undefined && wanted.length === 1 && ids.has(only, id) && withdrawalOf(only, id) === undefined;
  };
  return {
    declare: ids.declare,
    declareAll: ids.declareAll,
    presume: ids.presume,
    excuse: ids.excuse,
    has: ids.has,
    settled,
    settledIds: (table, most) => ids.spelled(table, most)?.filter((id) => withdrawalOf(table, id) === undefined),
    refer(file, line, reference) {
      // checked again: a record can refer to itself, and is known only after its walk
      if (!settled(reference.tables, reference.id)) pending.push({ file, line, reference });
    },
    withdraw(table, id, record) {
      withdrawn.get(table)?.set(id, record);
    },
    *unresolved() {
      const { has, declared, isExcused } = ids;
      const nearest = boundedNearest(mostCompared, nearId);
      const targets = { tables, has, declared, wayToAdd };
      const lost = (reference: Reference): readonly Fault[] => leadsToOne.check(reference, targets, nearest);
      for (const { file, line, reference } of pending) {
        if (isExcused(reference)) continue;
        const [fault = leadsToWithdrawn.check(reference, withdrawalOf)[0]] = lost(reference);
        if (fault !== undefined) yield { file, line, fault };
      }
      for (const { file, line, reference } of replacements(withdrawn)) {
        const [table = ''] = reference.tables;
        if (isExcused(reference)) continue;
        const [fault = leadsNowhere(reference, (step) => withdrawalOf(table, step))[0]] = lost(reference);
        if (fault !== undefined) yield { file, line, fault };
      }
    },
  };
}

/** The identifiers of records, by table; uncertain ones are excused. */
interface Ids extends Pick<References, 'declare' | 'declareAll' | 'presume' | 'excuse'> {
  readonly declared: DeclaredIds;
  readonly has: (table: string, id: string) => boolean;
  /** The ids of a table as they are written; undefined if there are more than `most`. */
  readonly spelled: (table: string, most: number) => readonly string[] | undefined;
  readonly isExcused: (reference: Reference) => boolean;
}

function declaredIds(tables: readonly string[]): Ids {
  const declared: DeclaredIds = new Map(tables.map((table) => [table, noIds()]));
  const excused = new Set<string>();
  return {
    declared,
    declare(table, id, file) {
      const twin = declared.get(table)?.add(id, file);
      // this is one fault: references to either spelling are not reported
      if (twin !== undefined && twin.id !== id) for (const each of [id, twin.id]) excused.add(`${table}/${each}`);
      return twin;
    },
    declareAll: (table, ids, ascending, file) => declared.get(table)?.addAll(ids, ascending, file) ?? false,
    presume(table, id, file) {
      declared.get(table)?.put(id, file);
    },
    excuse: (table, id) => void excused.add(`${table}/${id}`),
    spelled(table, most) {
      const ids = declared.get(table);
      if (ids === undefined || ids.size() > most) return undefined;
      return Array.from(ids.index(), ([form, of]) => ('id' in of ? of.id : form));
    },
    isExcused: ({ tables: wanted, id }) => wanted.some((table) => excused.has(`${table}/${id}`)),
    has(table, id) {
      const ids = declared.get(table);
      if (ids === undefined || ids.size() === 0) return false;
      const same = ids.find(id);
      // an entry without its own spelling is stored in the form that ids are compared in
      return (same !== undefined && !('id' in same)) || idOf(ids.find(foldedId(id)), id) === id;
    },
  };
}

/** The replacements that withdrawn records name, as references. */
function* replacements(withdrawn: ReadonlyMap<string, ReadonlyMap<string, Withdrawn>>): Generator<Pending> {
  for (const [table, records] of withdrawn) {
    for (const { file, line, pointer, withdrawal } of records.values()) {
      if (withdrawal.replacedBy === undefined) continue;
      yield {
        file,
        line,
        reference: { tables: [table], id: withdrawal.replacedBy, pointer: `${pointer}/replaced_by` },
      };
    }
  }
}
