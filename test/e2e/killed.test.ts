import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { crossing, dataset, here } from '../support/fixture.ts';
import { commit, git, repository, versioned } from '../support/repository.ts';
import { run, script, writeFiles } from '../support/run.ts';

/** How often each command is killed: `npm run -s torture` asks for more. */
const times = Number(process.env['KILLS'] ?? '2');
// a hung command must fail the test, a slow machine must not
const patience = 60_000 + times * 60_000;

/**
 * Runs a command as a process of its own and kills it at a random moment: every second time of its whole run, else
 * soon after it began to write in `folder`.
 * Gives whether it was killed before it ended.
 */
async function kill(cwd: string, name: string, args: readonly string[], folder: string, i: number): Promise<boolean> {
  const watcher = fs.watch(folder);
  const touched = once(watcher, 'change');
  const started = performance.now();
  const child = spawn(process.execPath, [...script(name), ...args], { cwd, stdio: 'ignore' });
  const ended = once(child, 'exit') as Promise<[number | null]>;
  const delay = i % 2 === 0 ? Math.random() ** 2 * 60 : Math.random() * (longest.get(name) ?? 1000);
  if (i % 2 === 0) await Promise.race([touched, ended]);
  await Promise.race([setTimeout(delay), ended]);
  child.kill('SIGKILL');
  const [status] = await ended;
  watcher.close();
  if (status === 0) longest.set(name, performance.now() - started);
  return status === null;
}

/** How long an uninterrupted run of a command took, in milliseconds. */
const longest = new Map<string, number>();

function read(folder: string, name: string): string {
  return fs.readFileSync(path.join(folder, name), 'utf8');
}

function leftBelow(folder: string): readonly string[] {
  const all = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return all.filter((name) => path.basename(name).startsWith('.'));
}

const clean = { status: 0, out: '' };
const name = (i: number): string => `raw/ships/s${i}.json`;
const untidy = (i: number, round: number): string => `{"name":"S${round}","id":"s${i}"}`;
const tidy = (i: number, round: number): string => `{\n  "id": "s${i}",\n  "name": "S${round}"\n}\n`;
const ships = Array.from({ length: 40 }, (_, i) => i);

test(
  `fix that is killed ${times} times leaves each record as it was or as it should be, and the next fix cleans up`,
  async () => {
    const folder = dataset();
    let killed = 0;
    for (let i = 0; i < times || (killed === 0 && i < times + 20); i++) {
      writeFiles(folder, Object.fromEntries(ships.map((s) => [name(s), untidy(s, i)])));
      if (await kill(folder, 'fix', here, path.join(folder, 'raw'), i)) killed++;
      for (const s of ships) expect([untidy(s, i), tidy(s, i)]).toContain(read(folder, name(s)));
      // with something to write, so that it takes its turn
      writeFiles(folder, { [name(0)]: untidy(0, i) });
      expect(await run(folder, 'fix', here)).toMatchObject(clean);
      expect(ships.map((s) => read(folder, name(s)))).toEqual(ships.map((s) => tidy(s, i)));
      expect(leftBelow(path.join(folder, 'raw'))).toEqual([]);
    }
    expect(killed).toBeGreaterThan(0);
  },
  patience,
);

test(
  `cite that is killed ${times} times leaves the record with the span or without it, and the next cite cleans up`,
  async () => {
    const folder = dataset();
    const file = 'raw/crossings/monday-ystad.json';
    const args = (quote: string): string[] => ['monday-ystad', '--quote', quote, '--supports', '/port', ...here];
    const before = read(folder, file);
    expect((await run(folder, 'cite', args('The ferry'))).status).toBe(0);
    const after = read(folder, file);
    let killed = 0;
    for (let i = 0; i < times || (killed === 0 && i < times + 20); i++) {
      writeFiles(folder, { [file]: before });
      if (await kill(folder, 'cite', args('The ferry'), path.join(folder, 'raw'), i)) killed++;
      const found = read(folder, file);
      expect([before, after]).toContain(found);
      expect((await run(folder, 'cite', args('40 cars'))).status).toBe(0);
      const { evidence } = JSON.parse(read(folder, file)) as typeof crossing;
      expect(evidence).toHaveLength(found === before ? 2 : 3);
      expect(leftBelow(path.join(folder, 'raw'))).toEqual([]);
    }
    expect(killed).toBeGreaterThan(0);
  },
  patience,
);

/** Waits until a git that outlived the command that started it has let go of the index. */
async function indexFree(folder: string): Promise<void> {
  while (fs.existsSync(path.join(folder, '.git/index.lock'))) await setTimeout(5);
}

test(
  `staged that is killed ${times} times loses nothing in the work tree or the index, and the next staged cleans up`,
  async () => {
    const folder = repository();
    const some = ships.slice(0, 8);
    let killed = 0;
    for (let i = 0; i < times || (killed === 0 && i < times + 20); i++) {
      writeFiles(folder, Object.fromEntries(some.map((s) => [name(s), untidy(s, i)])));
      git(folder, 'add', 'raw');
      if (await kill(folder, 'staged', here, path.join(folder, 'raw'), i)) killed++;
      await indexFree(folder);
      const inIndex = (s: number): string => git(folder, 'show', `:${name(s)}`);
      for (const s of some) {
        expect([untidy(s, i), tidy(s, i)]).toContain(read(folder, name(s)));
        expect([untidy(s, i), tidy(s, i)]).toContain(inIndex(s));
      }
      writeFiles(folder, { [name(0)]: untidy(0, i) });
      git(folder, 'add', name(0));
      expect(await run(folder, 'staged', here)).toMatchObject(clean);
      expect(some.map(inIndex)).toEqual(some.map((s) => tidy(s, i)));
      expect(some.map((s) => read(folder, name(s)))).toEqual(some.map((s) => tidy(s, i)));
      expect(git(folder, 'status', '--porcelain', '--', 'raw')).not.toMatch(/^\?\?|^.M/m);
      expect(leftBelow(path.join(folder, 'raw'))).toEqual([]);
      git(folder, 'fsck', '--strict');
    }
    expect(killed).toBeGreaterThan(0);
  },
  patience,
);

test(
  `release that is killed ${times} times leaves whole releases only, and the next release completes and cleans up`,
  async () => {
    const folder = repository();
    const dist = path.join(folder, 'dist');
    fs.mkdirSync(dist);
    const args = [...here, '--dist', 'dist', '--quiet'];
    let killed = 0;
    for (let i = 0; i < times || (killed === 0 && i < times + 20); i++) {
      const version = `2.${i}.0`;
      commit(folder, `Version ${version}`, { ...versioned(version), [name(i)]: { id: `s${i}`, name: 'S' } });
      if (await kill(folder, 'release', args, dist, i)) killed++;
      const versions = fs.readdirSync(dist).filter((each) => /^\d/.test(each));
      const found = versions.filter((each) => each === version);
      const verified = found.map((each) => run(folder, 'verify', ['--release', path.join(dist, each), '--quiet']));
      expect((await Promise.all(verified)).filter(({ status, out }) => status !== 0 || out !== '')).toEqual([]);
      expect(await run(folder, 'release', args)).toMatchObject(clean);
      expect(git(folder, 'rev-parse', `v${version}^{commit}`)).toBe(git(folder, 'rev-parse', 'HEAD'));
      const listed = JSON.parse(read(dist, 'versions.json')) as { readonly version: string }[];
      expect(listed.map((each) => each.version)).toEqual(Array.from({ length: i + 1 }, (_, j) => `2.${i - j}.0`));
      expect(leftBelow(dist)).toEqual([]);
    }
    expect(killed).toBeGreaterThan(0);
  },
  patience,
);
