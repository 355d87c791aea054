import type { Table } from '../compile/model.ts';
import type { FileSystem } from '../disk/fileSystem.ts';
import type { CsvFile, Engine, Store } from '../engine/engine.ts';
import { isSmall, mostIndexedRows, withIndexes } from '../engine/keys.ts';
import type { CsvPart } from './tables.ts';

/** A store that is filled from CSV files. */
export interface Filling {
  /**
   * Starts to create the tables, as those of a small release, before there are rows. Settles when the store works on
   * it: the code that makes rows seldom lets the event loop run.
   */
  readonly begin: () => Promise<void>;
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

/** Fills a store with tables, parents first except for large ones. */
export function filling(input: FillingInput): Filling {
  const { files, engine, file, tables, signal } = input;
  const begun = new Set<string>();
  const early = earlyStore(input);
  let opened: Promise<Store> | undefined;
  let loaded = Promise.resolve();
  let given = false;
  // a table in parts is large, whatever its final number of rows
  const stored = (rowsOf: (table: string) => number): readonly Table[] =>
    withIndexes(tables, (name) => (begun.has(name) ? Number.POSITIVE_INFINITY : rowsOf(name)));
  const load = async ({ table: name, csv }: CsvPart): Promise<void> => {
    signal?.throwIfAborted();
    await early.discard();
    opened ??= engine.open(file, undefined, signal);
    const table = stored(() => 0).find((each) => each.name === name);
    if (table !== undefined) await (await opened).append(table, csv);
    files.remove(csv.file);
  };
  return {
    begin: early.begin,
    take(part) {
      begun.add(part.table);
      loaded = loaded.then(async () => load(part));
      // `finish` throws it
      loaded.catch(() => {});
    },
    async finish(written) {
      await loaded;
      if (!areAsCreated(written)) await early.discard();
      opened ??= early.store() ?? engine.open(file, bytesOf(written), signal);
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
      const [store] = await Promise.allSettled([opened ?? early.store()]);
      if (store.status === 'fulfilled') await store.value?.abandon();
    },
  };
}

/** A store for a small release, which most are. */
interface EarlyStore extends Pick<Filling, 'begin'> {
  /** Undefined if it has not been begun, or is discarded. */
  readonly store: () => Promise<Store> | undefined;
  readonly discard: () => Promise<void>;
}

function earlyStore({ files, engine, file, tables, signal }: FillingInput): EarlyStore {
  let store: Promise<Store> | undefined;
  const discard = async (): Promise<void> => {
    const discarded = store;
    store = undefined;
    if (discarded === undefined) return;
    await (await discarded).abandon();
    files.remove(file);
  };
  return {
    store: () => store,
    discard,
    async begin() {
      const opening = engine.open(file, 0, signal);
      store = opening.then(async (opened) => created(opened, certain(tables)));
      // `finish` throws it
      store.catch(() => {});
      await Promise.allSettled([opening]);
    },
  };
}

/** A store with tables. Discards it if they cannot be created. */
async function created(store: Store, tables: readonly Table[]): Promise<Store> {
  try {
    await store.create(tables);
    return store;
  } catch (error) {
    await store.abandon();
    throw error;
  }
}

/** Tables that do not depend on rows, nor refer to one that does. */
function certain(tables: readonly Table[]): readonly Table[] {
  const names = new Set<string>();
  for (const { name, optional, foreignKeys } of tables)
    if (!optional && foreignKeys.every(({ table }) => table === name || names.has(table))) names.add(name);
  return tables.filter(({ name }) => names.has(name));
}

/** Whether tables with these rows are declared as those of a small release. */
function areAsCreated(written: ReadonlyMap<string, CsvFile>): boolean {
  return isSmall(bytesOf(written)) && [...written.values()].every(({ rows }) => rows <= mostIndexedRows);
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
