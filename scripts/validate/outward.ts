import { decode } from '../read/decode.ts';
import type { RecordFile } from '../read/records.ts';
import { isObject, member, parseJson } from '../json/json.ts';
import type { RecordType } from '../schema/recordTypes.ts';
import type { LineBefore } from './context.ts';
import { type OutwardReferences, type Target, numbersOfSpot } from './part.ts';
import { type References, createReferences } from './references.ts';

/** The references of some records, by what they lead to. */
export interface Outward extends References {
  /** The identifiers of the records, in order. */
  readonly ids: readonly string[];
  /** What the records refer to, and is not among them. */
  readonly outward: () => OutwardReferences;
}

/**
 * Keeps the identifiers of some records, and those that they need from others.
 * @param leave called when a record has an effect on others besides its identifier; must throw
 */
export function outwardReferences(tables: readonly string[], leave: () => never): Outward {
  const own = createReferences(tables);
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
    ...own,
    ids,
    declare(table, id, file) {
      ids.push(id);
      return own.declare(table, id, file);
    },
    refer(_, line, { tables: wanted, id, pointer }) {
      const ofPointer = pointers.get(pointer) ?? pointers.size;
      pointers.set(pointer, ofPointer);
      spots.add(numberOf({ tables: wanted, id }), line, ofPointer);
    },
    excuse: leave,
    withdraw: leave,
    // the references are checked where all records are known
    unresolved: () => [],
    outward() {
      const outside = targets.filter(({ tables: wanted, id }) => !own.settled(wanted, id));
      const indexes = new Map(outside.map((target, i) => [target, i]));
      const indexOf = targets.map((target) => indexes.get(target));
      const kept = growingNumbers();
      const all = spots.numbers();
      for (let i = 0; i < all.length; i += numbersOfSpot) {
        const index = indexOf[all[i] ?? 0];
        if (index !== undefined) kept.add(index, all[i + 1] ?? 0, all[i + 2] ?? 0);
      }
      return { targets: outside, pointers: [...pointers.keys()], spots: kept.numbers().slice() };
    },
  };
}

/** Numbers outside V8's heap: lists of so many would stay in memory until V8 collects all of it. */
function growingNumbers(): {
  readonly add: (...three: readonly [number, number, number]) => void;
  readonly numbers: () => Uint32Array<ArrayBuffer>;
} {
  let numbers = new Uint32Array(numbersOfSpot * 1024);
  let used = 0;
  return {
    add(first, second, third) {
      if (used === numbers.length) {
        const larger = new Uint32Array(2 * numbers.length);
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
