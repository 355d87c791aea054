import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { type Events, build, newRecord, openProject, validate, verify } from '../../scripts/index.ts';
import { dataset } from '../support/fixture.ts';
import { edit } from '../library/editing.ts';
import { example, whyNot } from '../library/example.ts';
import { repository } from '../support/repository.ts';
import { freshFolder } from '../support/run.ts';

/** Everything that is written to the standard streams until the test ends. */
function printed(): string[] {
  const texts: string[] = [];
  for (const stream of [process.stdout, process.stderr]) {
    const spy = vi.spyOn(stream, 'write').mockImplementation((text) => texts.push(String(text)) > 0);
    onTestFinished(() => spy.mockRestore());
  }
  return texts;
}

/** Keeps the event loop waiting, as long work does. Milliseconds. */
function takeTime(milliseconds: number): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}

/** How many records to add. */
function many(records: number): Record<string, object> {
  return Object.fromEntries(
    Array.from({ length: records }, (_, i) => [`raw/ships/ship-${i}.json`, { id: `ship-${i}`, name: `Ship ${i}` }]),
  );
}

describe('the library', () => {
  test('validates, builds and verifies, prints nothing, and leaves signals to the host', async () => {
    const texts = printed();
    const listeners = process.listenerCount('SIGINT') + process.listenerCount('exit');
    const found = await example(dataset());
    expect(found).toMatchObject({ records: 5, problems: [], verified: true });
    expect(found.stages).toEqual(new Set(['validate', 'build']));
    expect(found.tables).toEqual(expect.arrayContaining(['crossings', 'ships', 'ports']));
    expect(texts).toEqual([]);
    expect(process.listenerCount('SIGINT') + process.listenerCount('exit')).toBe(listeners);
  });

  test('adds, changes, cites, finds and compares records, installs the hooks, and prints nothing', async () => {
    const texts = printed();
    const folder = repository();
    expect(await edit(folder, 'crossings/monday-ystad')).toEqual({
      hooks: ['pre-commit', 'pre-merge-commit'],
      added: ['dora.json', 'emma.json'],
      changed: ['/name'],
      found: ['ships/dora'],
      cited: ['/cars'],
      uncited: ['/cars'],
      agreed: 1,
      rewritten: [],
    });
    expect(texts).toEqual([]);
  });

  test('a failure names options as a program knows them', () => {
    const project = openProject({ folder: dataset() });
    expect(() => newRecord(project, 'ships', { id: 'a/b', set: ['name=A'] })).toThrow(/^`id`: "a\/b" cannot be/);
  });

  test('problems are events with a place, and nothing is built', async () => {
    const folder = dataset({ 'raw/ships/anna.json': { id: 'anna', name: 7 } });
    const { problems, tables } = await example(folder);
    expect(problems.map(({ file, pointer, rule }) => ({ file, pointer, rule }))).toContainEqual({
      file: 'raw/ships/anna.json',
      pointer: '/name',
      rule: 'type',
    });
    expect(tables).toEqual([]);
    expect(fs.existsSync(path.join(folder, 'dist'))).toBe(false);
  });

  test('a build with a problem returns what was checked, and publishes nothing', async () => {
    const folder = dataset({ 'raw/ships/anna.json': { id: 'anna', name: 7 } });
    const { validation, published } = await build(openProject({ folder }));
    expect(validation).toMatchObject({ records: 5, tables: 4, errors: 1, passed: false });
    expect(published).toBeUndefined();
    expect(fs.readdirSync(path.join(folder, 'dist'))).toEqual([]);
  });

  test('the nearest configuration upwards counts, and settings override it', () => {
    const folder = dataset({ 'demarche.config.json': { strict: true, layout: 'any' } });
    const below = openProject({ folder: path.join(folder, 'raw/ships') });
    expect(below.options).toMatchObject({ strict: true, layout: 'any', raw: { path: path.join(folder, 'raw') } });
    const { options } = openProject({ folder, strict: false, layout: 'canonical', sources: 'sources' });
    expect(options).toMatchObject({ strict: false, layout: 'canonical', sources: { named: true } });
  });

  test('a run that is impossible is a Failure with a sentence', () => {
    expect(whyNot(freshFolder())).toContain('no folder of schemas at schema');
  });
});

describe('a cancelled verb throws the reason', () => {
  const reason = new Error('the user has left');
  const cancelled = AbortSignal.abort(reason);

  test.each([
    ['validate', (folder: string) => validate(openProject({ folder }), {}, { signal: cancelled })],
    ['build', (folder: string) => build(openProject({ folder }), { signal: cancelled })],
    ['verify', (folder: string) => verify({ release: folder }, { signal: cancelled })],
  ])('%s, before it begins', async (_, verb) => {
    const folder = dataset();
    await expect(verb(folder)).rejects.toBe(reason);
    expect(fs.existsSync(path.join(folder, 'dist')) ? fs.readdirSync(path.join(folder, 'dist')) : []).toEqual([]);
  });

  test('build, at a record: the staging folder is removed, and the build before is left', async () => {
    const folder = dataset();
    const { published } = await build(openProject({ folder }));
    const dist = path.join(folder, 'dist');
    const before = fs.readdirSync(dist);
    const controller = new AbortController();
    let staging: readonly string[] = [];
    let read = 0;
    const onProgress = ({ records }: { records: number }): void => {
      read = records;
      if (records < 3) return;
      staging = fs.readdirSync(dist).filter((name) => !before.includes(name));
      controller.abort(reason);
    };
    await expect(build(openProject({ folder }), { onProgress, signal: controller.signal })).rejects.toBe(reason);
    expect(read).toBe(3);
    expect(staging).toHaveLength(1);
    expect(fs.readdirSync(dist)).toEqual(before);
    expect(fs.realpathSync(path.join(dist, 'next'))).toBe(published?.folder);
  });

  test('build, while records with faults pass', async () => {
    const faulty = (i: number): [string, object] => [`raw/ships/f${i}.json`, { id: `f${i}`, name: i }];
    const folder = dataset(Object.fromEntries(Array.from({ length: 300 }, (_, i) => faulty(i))));
    const controller = new AbortController();
    let read = 0;
    const onProgress = ({ records }: { records: number }): void => {
      if (records === 1) setImmediate(() => controller.abort(reason));
      read = records;
      takeTime(2);
    };
    await expect(build(openProject({ folder }), { onProgress, signal: controller.signal })).rejects.toBe(reason);
    expect(read).toBeLessThan(300);
  });

  test('build, while DuckDB works: it is broken off, and no connection is left open', async () => {
    const endless =
      '-- Endless.\nWITH RECURSIVE n AS (SELECT 1 AS x UNION ALL SELECT x + 1 FROM n) SELECT max(x) AS x FROM n\n';
    const folder = dataset({ 'schema/views/endless.sql': endless });
    const controller = new AbortController();
    const isRunning = (): boolean => {
      const dist = path.join(folder, 'dist');
      const [staging = ''] = fs.existsSync(dist) ? fs.readdirSync(dist) : [];
      return fs.existsSync(path.join(dist, staging, 'csv/endless.csv'));
    };
    const watch = setInterval(() => void (isRunning() && controller.abort(reason)), 5);
    await expect(build(openProject({ folder }), { signal: controller.signal })).rejects.toBe(reason);
    clearInterval(watch);
    expect(fs.readdirSync(path.join(folder, 'dist'))).toEqual([]);
  });

  // a build listens between batches, and has read all of these few records by then
  const verbs: readonly [string, number, (folder: string, events: Events) => Promise<unknown>][] = [
    ['validate', 154, (folder, events) => validate(openProject({ folder }), {}, events)],
    ['build', 155, (folder, events) => build(openProject({ folder }), events)],
  ];
  test.each(verbs)('%s, from outside, while it works: at most %i of 155 records are read', async (_, most, verb) => {
    const folder = dataset(many(150));
    const controller = new AbortController();
    let read = 0;
    const onProgress = ({ records }: { records: number }): void => {
      if (records === 1) setImmediate(() => controller.abort(reason));
      read = records;
      takeTime(2);
    };
    await expect(verb(folder, { onProgress, signal: controller.signal })).rejects.toBe(reason);
    expect(read).toBeLessThanOrEqual(most);
    expect(fs.existsSync(path.join(folder, 'dist')) ? fs.readdirSync(path.join(folder, 'dist')) : []).toEqual([]);
  });
});
