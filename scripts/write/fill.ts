import type { Table } from '../compile/model.ts';
import type { FileSystem } from '../disk/fileSystem.ts';
import type { CsvFile, Engine, Store } from '../engine/engine.ts';
import { withIndexes } from '../engine/keys.ts';
import type { CsvPart } from './tables.ts';

/** A store that is filled from CSV files. */
export interface Filling {
  /** Starts to load a part of a large table; parts of a table come in order. `finish` throws if it fails. */
  readonly take: (part: CsvPart) => void;
  /** Loads the tables that came in no parts. @returns the store, which the caller must close */
  readonly finish: (written: ReadonlyMap<string, CsvFile>) => Promise<Store>;
  /** Discards what `finish` has not returned; must always be called. */
  readonly abandon: () => Promise<void>;
}

export interface FillingInput {
  readonly files: FileSystem;
  readonly engine: Engine;
  /** The file of the store. */
  readonly file: string;
  readonly tables: readonly Table[];
  readonly signal?: AbortSignal | undefined;
}

/** Fills a store with tables, parents first except for large ones. It is opened when there is something to load. */
export function filling({ files, engine, file, tables, signal }: FillingInput): Filling {
  const begun = new Set<string>();
  let opened: Promise<Store> | undefined;
  let loaded = Promise.resolve();
  let given = false;
  // a table in parts is large, whatever its final number of rows
  const stored = (rowsOf: (table: string) => number): readonly Table[] =>
    withIndexes(tables, (name) => (begun.has(name) ? Number.POSITIVE_INFINITY : rowsOf(name)));
  const load = async ({ table: name, csv }: CsvPart): Promise<void> => {
    signal?.throwIfAborted();
    opened ??= engine.open(file, undefined, signal);
    const table = stored(() => 0).find((each) => each.name === name);
    if (table !== undefined) await (await opened).append(table, csv);
    files.remove(csv.file);
  };
  return {
    take(part) {
      begun.add(part.table);
      loaded = loaded.then(async () => load(part));
      // `finish` throws it
      loaded.catch(() => {});
    },
    async finish(written) {
      await loaded;
      opened ??= engine.open(file, bytesOf(written), signal);
      const store = await opened;
      for (const table of stored((name) => written.get(name)?.rows ?? 0)) {
        signal?.throwIfAborted();
        const csv = written.get(table.name);
        if (csv !== undefined && !begun.has(table.name)) await store.append(table, csv);
      }
      given = true;
      return store;
    },
    async abandon() {
      if (given) return;
      await Promise.allSettled([loaded]);
      const [store] = await Promise.allSettled([opened]);
      if (store.status === 'fulfilled') await store.value?.abandon();
    },
  };
}

/** The bytes of all tables as CSV. */
export function bytesOf(written: ReadonlyMap<string, CsvFile>): number {
  return [...written.values()].reduce((sum, { bytes }) => sum + bytes, 0);
}

/** Fills a store from complete CSV files. Discards it if that fails. */
export async function openFilled(input: FillingInput, written: ReadonlyMap<string, CsvFile>): Promise<Store> {
  const filled = filling(input);
  try {
    return await filled.finish(written);
  } finally {
    await filled.abandon();
  }
}
