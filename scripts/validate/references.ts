import { mostCompared } from '../base/limits.ts';
import { type Nearest, boundedNearest, didYouMean } from '../base/suggestions.ts';
import type { Fault, Hint } from '../base/problem.ts';
import type { RecordFile } from '../read/records.ts';
import { codePoint, foldedId, list, quoted } from '../base/text.ts';
import { lookAlike } from './lookAlike.ts';
import type { Withdrawal } from '../schema/extensions.ts';
import type { Reference } from '../schema/walk.ts';

interface Declared {
  readonly id: string;
  readonly file: RecordFile;
}

/** Whether two ids differ in nothing but the form in which Unicode writes their letters. */
export function sameText(a: string, b: string): boolean {
  return a.normalize('NFC') === b.normalize('NFC');
}

/** How two spellings of one text differ: `U+00E9 here, U+0065 U+0301 there`. */
export function inForms(here: string, there: string): string {
  const [a, b] = [here, there].map((text) => Array.from(text, codePoint));
  if (a === undefined || b === undefined) return '';
  const same = a.findIndex((point, i) => point !== b[i]);
  const start = same < 0 ? a.length : same;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  const part = (points: readonly string[]): string => points.slice(start, points.length - end).join(' ');
  return `${part(a)} here, ${part(b)} there`;
}

/** Ids by the form in which they are compared. An object for each would be too many: one in that form has its file alone. */
type DeclaredIds = Map<string, Map<string, Declared | RecordFile>>;

function idOf(declared: Declared | RecordFile | undefined, wanted: string): string | undefined {
  if (declared === undefined) return undefined;
  return 'id' in declared ? declared.id : foldedId(wanted);
}

interface Pending {
  readonly file: RecordFile;
  readonly line: number;
  readonly reference: Reference;
}

/** A record that has been withdrawn; `pointer` leads to what is said of it. */
interface Withdrawn {
  readonly file: RecordFile;
  readonly line: number;
  readonly pointer: string;
  readonly withdrawal: Withdrawal;
}

/** The identifiers of all records, and the references that wait for one that has not come yet. */
export interface References {
  /** Notes a record. Gives the record that has the same id already: case and Unicode form tell none apart. */
  readonly declare: (table: string, id: string, file: RecordFile) => Declared | undefined;
  readonly refer: (file: RecordFile, line: number, reference: Reference) => void;
  /** Whether a reference leads to a record that is known and stands, whatever comes; then it need not be noted. */
  readonly settled: (tables: readonly string[], id: string) => boolean;
  /** Says that a record of this id may be meant by a file that told none: that is one fault, and what refers to it has none. */
  readonly excuse: (table: string, id: string) => void;
  /** Takes a record for granted that is not looked at. */
  readonly presume: (table: string, id: string, file: RecordFile) => void;
  /** Notes that a record is withdrawn. What it refers to is not asked for any more. */
  readonly withdraw: (table: string, id: string, withdrawn: Withdrawn) => void;
  /** When all records are known: the references that lead to none, to more than one, or to a withdrawn one. */
  readonly unresolved: () => Iterable<{ readonly file: RecordFile; readonly line: number; readonly fault: Fault }>;
}

/**
 * @param elsewhere the withdrawals of records that are taken for granted
 * @param wayToAdd how a record is added to a table, for a reference to one that there is not
 */
export function createReferences(
  tables: readonly string[],
  elsewhere: (table: string, id: string) => Withdrawal | undefined = () => undefined,
  wayToAdd: (table: string) => Hint | undefined = () => undefined,
): References {
  const declared: DeclaredIds = new Map(tables.map((table) => [table, new Map()]));
  const withdrawn = new Map<string, Map<string, Withdrawn>>(tables.map((table) => [table, new Map()]));
  const pending: Pending[] = [];
  const excused = new Set<string>();
  const isExcused = ({ tables: wanted, id }: Reference): boolean =>
    wanted.some((table) => excused.has(`${table}/${id}`));
  const withdrawalOf = (table: string, id: string): Withdrawal | undefined =>
    withdrawn.get(table)?.get(id)?.withdrawal ?? elsewhere(table, id);
  const has = (table: string, id: string): boolean => {
    const ids = declared.get(table);
    const same = ids?.get(id);
    // what is found under its own spelling and is no object of its own is in the form that ids are compared in
    return (same !== undefined && !('id' in same)) || idOf(ids?.get(foldedId(id)), id) === id;
  };
  const settled = (wanted: readonly string[], id: string): boolean => {
    const only = wanted[0];
    // with several targets, a record of the same id can still come in another table
    return only !== undefined && wanted.length === 1 && has(only, id) && withdrawalOf(only, id) === undefined;
  };
  return {
    declare(table, id, file) {
      const ids = declared.get(table);
      const form = foldedId(id);
      const before = ids?.get(form);
      if (before !== undefined) return 'id' in before ? before : { id: form, file: before };
      ids?.set(form, form === id ? file : { id, file });
      return undefined;
    },
    presume(table, id, file) {
      const form = foldedId(id);
      declared.get(table)?.set(form, form === id ? file : { id, file });
    },
    excuse: (table, id) => void excused.add(`${table}/${id}`),
    settled,
    refer(file, line, reference) {
      // asked once more: a record can refer to itself, and is known only after the walk through it
      if (!settled(reference.tables, reference.id)) pending.push({ file, line, reference });
    },
    withdraw(table, id, record) {
      withdrawn.get(table)?.set(id, record);
    },
    *unresolved() {
      const nearest = boundedNearest(mostCompared, nearId);
      for (const { file, line, reference } of pending) {
        if (isExcused(reference)) continue;
        const fault =
          resolve(reference, tables, has, declared, wayToAdd, nearest) ?? leadsToWithdrawn(reference, withdrawalOf);
        if (fault !== undefined) yield { file, line, fault };
      }
      for (const [table, records] of withdrawn) {
        for (const { file, line, pointer, withdrawal } of records.values()) {
          if (withdrawal.replacedBy === undefined) continue;
          const at = `${pointer}/replaced_by`;
          const reference = { tables: [table], id: withdrawal.replacedBy, pointer: at };
          if (isExcused(reference)) continue;
          const fault =
            resolve(reference, tables, has, declared, wayToAdd, nearest) ??
            leadsNowhere(reference, (step) => withdrawalOf(table, step));
          if (fault !== undefined) yield { file, line, fault };
        }
      }
    },
  };
}

function resolve(
  reference: Reference,
  tables: readonly string[],
  has: (table: string, id: string) => boolean,
  declared: DeclaredIds,
  wayToAdd: (table: string) => Hint | undefined,
  nearest: Nearest,
): Fault | undefined {
  const { id, pointer, tables: wanted } = reference;
  const found = wanted.filter((table) => has(table, id));
  if (found.length === 1) return undefined;
  const what = list(wanted.map(singular), 'or');
  if (found.length > 1) {
    return {
      rule: 'reference',
      pointer,
      message: `${quoted(id)} is ${list(found.map(articled))} at once`,
      hint: 'a reference that may lead to several tables needs an id that is unique among them',
    };
  }
  const first = tables.find((table) => !wanted.includes(table) && has(table, id));
  const [only, ...others] = wanted;
  const add = only === undefined || others.length > 0 || id === '' ? undefined : wayToAdd(only);
  const hint =
    first === undefined
      ? (otherForm(id, wanted, declared) ?? nearest(id, candidates(wanted, declared)) ?? add)
      : `${quoted(id)} is ${articled(first)}`;
  return { rule: 'reference', pointer, message: `no ${what} ${quoted(id)}`, hint };
}

/** The id that is the same text as a reference, where Unicode writes it in another form. */
function otherForm(id: string, tables: readonly string[], declared: DeclaredIds): string | undefined {
  for (const table of tables) {
    const found = idOf(declared.get(table)?.get(foldedId(id)), id);
    if (found !== undefined && found !== id && sameText(found, id))
      return `an id has the same letters in another Unicode form, ${inForms(id, found)}: copy the id`;
  }
  return undefined;
}

/** The id that looks the same in another alphabet, else the one that is spelt most alike. */
function nearId(id: string, ids: Iterable<string>): string | undefined {
  const all = [...ids];
  return lookAlike(id, all) ?? didYouMean(id, all);
}

/** A reference to a record that does not count any more. */
function leadsToWithdrawn(
  { tables, id, pointer }: Reference,
  withdrawalOf: (table: string, id: string) => Withdrawal | undefined,
): Fault | undefined {
  for (const table of tables) {
    const found = withdrawalOf(table, id);
    if (found === undefined) continue;
    const instead = found.replacedBy === undefined ? 'take the reference out' : `refer to ${quoted(found.replacedBy)}`;
    const message = `${quoted(id)} was withdrawn on ${found.date}: ${quoted(found.reason)}`;
    return { rule: 'withdrawal', pointer, message, hint: instead };
  }
  return undefined;
}

/** A replacement must end at a record that stands, through however many withdrawn ones. */
function leadsNowhere(
  { id, pointer }: Reference,
  withdrawalOf: (id: string) => Withdrawal | undefined,
): Fault | undefined {
  const passed = new Set<string>();
  for (let at = id, next = withdrawalOf(at); next !== undefined; next = withdrawalOf(at)) {
    if (passed.has(at)) {
      const message = `the replacements go round in a circle: ${list([...passed].map((step) => quoted(step)))}`;
      return { rule: 'withdrawal', pointer, message, hint: 'one of them must lead to a record that stands' };
    }
    passed.add(at);
    const { replacedBy } = next;
    if (replacedBy === undefined) {
      const message = `the replacement ${quoted(at)} is withdrawn itself, without a replacement`;
      return { rule: 'withdrawal', pointer, message, hint: 'name a record that stands, or none' };
    }
    at = replacedBy;
  }
  return undefined;
}

const mostCandidates = 50_000;

function* candidates(tables: readonly string[], declared: DeclaredIds): Generator<string> {
  let left = mostCandidates;
  for (const table of tables) {
    for (const [form, of] of declared.get(table) ?? []) {
      if (left-- <= 0) return;
      yield 'id' in of ? of.id : form;
    }
  }
}

/** One of a table's records: tables are named in the plural. */
function singular(table: string): string {
  return table
    .replace(/ies$/, 'y')
    .replace(/([^s])s$/, '$1')
    .replaceAll('_', ' ');
}

function articled(table: string): string {
  const word = singular(table);
  return `${/^[aeiou]/i.test(word) ? 'an' : 'a'} ${word}`;
}
