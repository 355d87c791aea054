import { decode } from '../read/decode.ts';
import type { RecordFile } from '../read/records.ts';
import { isObject, member, parseJson } from '../json/json.ts';
import type { RecordType } from '../schema/recordTypes.ts';
import type { LineBefore } from './context.ts';
import { ascends } from './declaredIds.ts';
import { type OutwardReferences, type Target, numbersOfSpot } from './part.ts';
import type { References } from './references.ts';
import type { Reference } from '../schema/walk.ts';

/** The identifiers and references of some records, as they are noted. */
export interface Noted {
  /** The identifiers of the records, in order. */
  readonly ids: readonly string[];
  /** See `CheckedPart`. */
  readonly ascending: () => boolean;
  readonly declare: (id: string) => void;
  readonly refer: (line: number, reference: Reference) => void;
  readonly outward: () => OutwardReferences;
}

/** Nothing noted yet. */
export function noting(): Noted {
  let ascending = true;
  const ids: string[] = [];
  const targets: Target[] = [];
  // the lists of tables are those of the schema: one for each property that refers
  const numbers = new Map<readonly string[], Map<string, number>>();
  const pointers = new Map<string, number>();
  const spots = growingNumbers();
  const numberOf = (target: Target): number => {
    const byId = numbers.get(target.tables) ?? new Map<string, number>();
    numbers.set(target.tables, byId);
    const before = byId.get(target.id);
    if (before !== undefined) return before;
    byId.set(target.id, targets.length);
    return targets.push(target) - 1;
  };
  return {
    ids,
    ascending: () => ascending,
    declare(id) {
      ascending &&= ascends(id, ids.at(-1));
      ids.push(id);
    },
    refer(line, { tables, id, pointer }) {
      const ofPointer = pointers.get(pointer) ?? pointers.size;
      pointers.set(pointer, ofPointer);
      spots.add(numberOf({ tables, id }), line, ofPointer);
    },
    outward: () => ({ targets, pointers: [...pointers.keys()], spots: spots.numbers().slice() }),
  };
}

/** Ids to which references are settled, by table. */
export type KnownIds = ReadonlyMap<string, ReadonlySet<string>>;

/** Whether the only table of a reference has its id. */
export function isKnown(known: KnownIds, [only = '', ...others]: readonly string[], id: string): boolean {
  return others.length === 0 && known.get(only)?.has(id) === true;
}

/**
 * Notes the identifiers of some records, and those that they need from others. Whether an identifier occurs twice is
 * for the receiver to find out.
 * @param leave called when a record has an effect on others besides its identifier; must throw
 */
export function outwardReferences(known: KnownIds, leave: () => never): { noted: Noted; references: References } {
  const noted = noting();
  const references: References = {
    declare(_, id) {
      noted.declare(id);
      return undefined;
    },
    declareAll(_, ids) {
      for (const id of ids) noted.declare(id);
      return true;
    },
    settled: (tables, id) => isKnown(known, tables, id),
    refer: (_, line, reference) => noted.refer(line, reference),
    excuse: leave,
    withdraw: leave,
    presume: leave,
    has: leave,
    settledIds: leave,
    // the references are checked where all records are known
    unresolved: () => [],
  };
  return { noted, references };
}

/** Numbers outside V8's heap: lists of so many would stay in memory until V8 collects all of it. */
function growingNumbers(): {
  readonly add: (...three: readonly [number, number, number]) => void;
  readonly numbers: () => Uint32Array<ArrayBuffer>;
} {
  let numbers = new Uint32Array(0);
  let used = 0;
  return {
    add(first, second, third) {
      if (used === numbers.length) {
        const larger = new Uint32Array(Math.max(2 * numbers.length, numbersOfSpot * 1024));
        larger.set(numbers);
        numbers = larger;
      }
      numbers[used] = first;
      numbers[used + 1] = second;
      numbers[used + 2] = third;
      used += numbersOfSpot;
    },
    numbers: () => numbers.subarray(0, used),
  };
}

/** The identifier in a line of a file. */
export function lineIn(
  line: Uint8Array | undefined,
  file: RecordFile,
  types: readonly RecordType[],
): LineBefore | undefined {
  const key = types.find(({ name }) => name === file.table)?.key;
  const decoded = line === undefined ? undefined : decode(line);
  if (key === undefined || decoded === undefined || !('text' in decoded)) return undefined;
  const parsed = parseJson(decoded.text);
  const id = 'value' in parsed && isObject(parsed.value) ? member(parsed.value, key) : undefined;
  return typeof id === 'string' || typeof id === 'number' ? { file, id } : undefined;
}
