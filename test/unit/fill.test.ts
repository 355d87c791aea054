import { expect, test } from 'vitest';
import { type Table, column } from '../../scripts/compile/model.ts';
import { nodeFileSystem } from '../../scripts/disk/fileSystem.ts';
import type { CsvFile, Engine, Store } from '../../scripts/engine/engine.ts';
import { filling } from '../../scripts/write/fill.ts';

function tableOf(name: string): Table {
  const columns = [column('id', 'string', {})];
  return {
    name,
    title: undefined,
    description: undefined,
    columns,
    primaryKey: ['id'],
    foreignKeys: [],
    optional: false,
  };
}

const toShip = { columns: ['id'], table: 'ships', tableColumns: ['id'] };
const tables = [{ ...tableOf('ports'), foreignKeys: [toShip] }, tableOf('ships')];
const csv = (file: string, rows: number): CsvFile => ({ file, rows, bytes: 10 * rows, longestLine: 10 });

/** An engine that records its calls, and fails at the named file. */
function noting({ failing, all = tables }: { readonly failing?: string; readonly all?: readonly Table[] } = {}) {
  const notes: string[] = [];
  const note = (text: string) => async (): Promise<void> => void notes.push(text);
  const store: Store = {
    async create(some) {
      notes.push(`create ${some.map(({ name }) => name).join(', ')}`);
      if (failing === 'create') throw new Error('no room for tables');
    },
    async append({ name, primaryKey, foreignKeys }, { file }) {
      notes.push(`${name} ${file}, ${primaryKey.length + foreignKeys.length} keys`);
      if (file === failing) throw new Error(`no room for ${file}`);
    },
    abandon: note('abandon'),
    close: note('close'),
    seal: note('seal'),
    export: note('export'),
    addViews: note('views'),
    runChecks: async () => [],
  };
  const engine: Engine = {
    async open(_, bytes) {
      notes.push(`open for ${bytes ?? 'many'}`);
      return store;
    },
    reopen: async () => Promise.reject(new Error('not asked for')),
  };
  const files = { ...nodeFileSystem(), remove: (file: string): void => void notes.push(`remove ${file}`) };
  return { notes, filled: filling({ files, engine, file: 'x.duckdb', tables: all }) };
}

test('a table in parts is loaded while rows come, without keys, and the others at the end', async () => {
  const { notes, filled } = noting();
  filled.take({ table: 'ships', csv: csv('ships.0', 200) });
  filled.take({ table: 'ships', csv: csv('ships.1', 100) });
  await filled.finish(
    new Map([
      ['ports', csv('ports', 2)],
      ['ships', csv('ships', 300)],
    ]),
  );
  await filled.abandon();
  const parts = ['ships ships.0, 0 keys', 'remove ships.0', 'ships ships.1, 0 keys', 'remove ships.1'];
  expect(notes).toEqual(['open for many', ...parts, 'ports ports, 1 keys']);
});

test('a part that cannot be loaded fails at the end, and the store is discarded', async () => {
  const { notes, filled } = noting({ failing: 'ships.0' });
  filled.take({ table: 'ships', csv: csv('ships.0', 200) });
  filled.take({ table: 'ships', csv: csv('ships.1', 100) });
  await expect(filled.finish(new Map())).rejects.toThrow('no room for ships.0');
  await filled.abandon();
  expect(notes).toEqual(['open for many', 'ships ships.0, 0 keys', 'abandon']);
});

test('nothing is opened if there is nothing to load', async () => {
  const { notes, filled } = noting();
  await filled.abandon();
  expect(notes).toEqual([]);
});

const small = new Map([
  ['ports', csv('ports', 2)],
  ['ships', csv('ships', 3)],
]);
const parentsFirst = tables.toReversed();

test('the tables of a small release are created before there are rows', async () => {
  const { notes, filled } = noting({ all: parentsFirst });
  await filled.begin();
  await filled.finish(small);
  await filled.abandon();
  expect(notes).toEqual(['open for 0', 'create ships, ports', 'ships ships, 1 keys', 'ports ports, 2 keys']);
});

test('a table that may not be there is not created early, nor is one that refers to it', async () => {
  const [ships = tableOf('ships'), ...others] = parentsFirst;
  const { notes, filled } = noting({ all: [{ ...ships, optional: true }, ...others, tableOf('seas')] });
  await filled.begin();
  await filled.finish(new Map([['seas', csv('seas', 1)]]));
  expect(notes).toEqual(['open for 0', 'create seas', 'seas seas, 1 keys']);
});

test.each([
  ['many rows of a table', csv('ships', 100_001), 'open for 1000030', 0],
  ['much CSV', { ...csv('ships', 3), bytes: 32 * 1024 * 1024 }, 'open for 33554452', 1],
])('for %s, the store begins again', async (_, ships, open, keys) => {
  const { notes, filled } = noting({ all: parentsFirst });
  await filled.begin();
  await filled.finish(new Map([...small, ['ships', ships]]));
  await filled.abandon();
  const again = ['abandon', 'remove x.duckdb', open, `ships ships, ${keys} keys`, `ports ports, ${keys + 1} keys`];
  expect(notes).toEqual(['open for 0', 'create ships, ports', ...again]);
});

test('for a table in parts, the store begins again', async () => {
  const { notes, filled } = noting({ all: parentsFirst });
  await filled.begin();
  filled.take({ table: 'ships', csv: csv('ships.0', 200) });
  await filled.finish(new Map([...small, ['ships', csv('ships', 200)]]));
  await filled.abandon();
  const again = ['abandon', 'remove x.duckdb', 'open for many', 'ships ships.0, 0 keys', 'remove ships.0'];
  expect(notes).toEqual(['open for 0', 'create ships, ports', ...again, 'ports ports, 1 keys']);
});

test('a store whose tables cannot be created fails at the end, and is discarded once', async () => {
  const { notes, filled } = noting({ failing: 'create', all: parentsFirst });
  await filled.begin();
  await expect(filled.finish(small)).rejects.toThrow('no room for tables');
  await filled.abandon();
  expect(notes).toEqual(['open for 0', 'create ships, ports', 'abandon']);
});

test('a store that was begun is discarded if nothing is finished', async () => {
  const { notes, filled } = noting({ all: parentsFirst });
  await filled.begin();
  await filled.abandon();
  expect(notes).toEqual(['open for 0', 'create ships, ports', 'abandon']);
});
