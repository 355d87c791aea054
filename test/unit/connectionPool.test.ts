import process from 'node:process';
import { setImmediate } from 'node:timers/promises';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect, test } from 'vitest';
import { type ConnectionPool, connectionPool } from '../../scripts/engine/duckdb/connectionPool.ts';
import { threads } from '../../scripts/engine/duckdb/instance.ts';
import { reopen } from '../../scripts/engine/duckdb/readBack.ts';
import { freshFolder } from '../support/run.ts';

const endless = 'SELECT count(*) FROM range(1000000000) AS a(i), range(1000000000) AS b(j) WHERE hash(i * j) % 7 = 3';

async function runEndless(pool: ConnectionPool): Promise<unknown> {
  return pool.run({ rows: 1, bytes: 10 }, async (connection) => connection.run(endless));
}

/** Interruptions repeat: they keep a process alive until they stop. */
function timers(): number {
  return process.getActiveResourcesInfo().filter((each) => each === 'Timeout').length;
}

test('closing ends what still runs, and what waits for its turn', async () => {
  const before = timers();
  const instance = await DuckDBInstance.create(':memory:');
  const pool = await connectionPool(instance);
  const ends = Promise.allSettled(Array.from({ length: threads + 2 }, async () => runEndless(pool)));
  await setImmediate();
  await pool.close();
  const reasons = (await ends).map((each) => (each.status === 'rejected' ? String(each.reason) : 'done'));
  const expected = [/INTERRUPT/, /closed before this could run/].map((text) => expect.stringMatching(text) as string);
  expect(reasons).toEqual(reasons.map((_, i) => expected[i < threads ? 0 : 1]));
  instance.closeSync();
  expect(timers()).toBeLessThanOrEqual(before);
});

test('a signal that has already come interrupts too', async () => {
  const before = timers();
  const instance = await DuckDBInstance.create(':memory:');
  const pool = await connectionPool(instance, AbortSignal.abort());
  await expect(runEndless(pool)).rejects.toThrow(/INTERRUPT/);
  await pool.close();
  instance.closeSync();
  expect(timers()).toBeLessThanOrEqual(before);
});

test('a release that cannot be opened leaves nothing open', async () => {
  const before = timers();
  const folder = freshFolder();
  await expect(reopen(folder, 'none.duckdb', { signal: AbortSignal.abort() })).rejects.toThrow(
    /none\.duckdb|INTERRUPT/,
  );
  await expect(reopen(folder, 'none.duckdb')).rejects.toThrow(/none\.duckdb/);
  expect(timers()).toBeLessThanOrEqual(before);
});
