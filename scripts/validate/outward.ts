import { decode } from '../read/decode.ts';
import type { RecordFile } from '../read/records.ts';
import { isObject, member, parseJson } from '../json/json.ts';
import type { RecordType } from '../schema/recordTypes.ts';
import type { LineBefore } from './context.ts';
import type { OutwardReference, Spot } from './part.ts';
import { type References, createReferences } from './references.ts';

/** The references of some records, by what they lead to. */
export interface Outward extends References {
  /** The identifiers of the records, in order. */
  readonly ids: readonly string[];
  /** What the records refer to, and is not among them. */
  readonly outward: () => readonly OutwardReference[];
}

/**
 * Keeps the identifiers of some records, and those that they need from others.
 * @param leave called when a record has an effect on others besides its identifier; must throw
 */
export function outwardReferences(tables: readonly string[], leave: () => never): Outward {
  const own = createReferences(tables);
  const ids: string[] = [];
  let referred = 0;
  // the lists of tables are those of the schema: one for each property that refers
  const sought = new Map<readonly string[], Map<string, Spot[]>>();
  return {
    ...own,
    ids,
    declare(table, id, file) {
      ids.push(id);
      return own.declare(table, id, file);
    },
    refer(_, line, { tables: wanted, id, pointer }) {
      const byId = sought.get(wanted) ?? new Map<string, Spot[]>();
      sought.set(wanted, byId);
      const spots = byId.get(id);
      const spot: Spot = [line, pointer, referred++];
      if (spots === undefined) byId.set(id, [spot]);
      else spots.push(spot);
    },
    excuse: leave,
    withdraw: leave,
    // the references are checked where all records are known
    unresolved: () => [],
    outward() {
      const all = [...sought].flatMap(([wanted, byId]) =>
        [...byId].map(([id, spots]) => ({ tables: wanted, id, spots })),
      );
      return all.filter(({ tables: wanted, id }) => !own.settled(wanted, id));
    },
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
