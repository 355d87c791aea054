import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type FileSystem, nodeFileSystem } from '../../scripts/disk/fileSystem.ts';
import { dataset, here } from '../support/fixture.ts';
import { run, script, writeFiles } from '../support/run.ts';

/** How often a build is killed: `npm run -s torture` asks for more. */
const times = Number(process.env['KILLS'] ?? '3');
const dist = 'dist';
const flags = [...here, '--quiet', '--dist', dist];

/** Starts a build as a process of its own; returns its exit status, or undefined if it was killed. */
function startBuild(folder: string): { readonly kill: () => void; readonly ended: Promise<number | undefined> } {
  const child = spawn(process.execPath, [...script('build'), ...flags], { cwd: folder, stdio: 'ignore' });
  return {
    kill: () => void child.kill('SIGKILL'),
    ended: once(child, 'exit').then(([status]) => (typeof status === 'number' ? status : undefined)),
  };
}

/** The next change in a folder: a build makes its staging folder when it begins to write. */
async function change(folder: string): Promise<void> {
  const watcher = fs.watch(folder);
  await once(watcher, 'change');
  watcher.close();
}

/** The ships in the build that `next` points to, which must be complete; undefined if there is none. */
async function ships(folder: string): Promise<string | undefined> {
  const next = path.join(folder, dist, 'next');
  if (!fs.readdirSync(path.join(folder, dist)).includes('next')) return undefined;
  expect(await run(folder, 'verify', ['--release', next, '--quiet'])).toEqual({ status: 0, out: '', err: '' });
  return fs.readFileSync(path.join(next, 'csv/ships.csv'), 'utf8').trimEnd().split('\n').slice(1).join(' ');
}

test(
  `a build that is killed at any moment, ${times} times, leaves the old build or the new one, and the next build cleans up`,
  async () => {
    const folder = dataset();
    fs.mkdirSync(path.join(folder, dist));
    const started = change(path.join(folder, dist));
    const first = startBuild(folder);
    await started;
    const begun = performance.now();
    expect(await first.ended).toBe(0);
    const duration = performance.now() - begun;
    fs.rmSync(path.join(folder, dist), { recursive: true });
    fs.mkdirSync(path.join(folder, dist));
    const seen = { killed: 0, cleaned: 0, old: 0, new: 0 };
    let old: string | undefined;
    // a first build that was slow makes for delays that later ones do not last
    for (let i = 0; i < times || (i < times + 20 && Math.min(seen.killed, seen.cleaned) === 0); i++) {
      fs.rmSync(path.join(folder, 'raw/ships'), { recursive: true });
      writeFiles(folder, {
        'raw/ships/anna.json': { id: 'anna', name: 'Anna' },
        [`raw/ships/s${i}.json`]: { id: `s${i}`, name: 'S' },
      });
      const now = `anna,Anna s${i},S`;
      const touched = change(path.join(folder, dist));
      // every third time two at once, of which one is left alone
      const builds = Array.from({ length: i % 3 === 2 ? 2 : 1 }, () => startBuild(folder));
      const [victim, other] = builds;
      await touched;
      await setTimeout(Math.random() * duration * builds.length);
      victim?.kill();
      if ((await victim?.ended) === undefined) seen.killed++;
      expect(await (other?.ended ?? 0)).toBe(0);
      const found = await ships(folder);
      expect(other === undefined ? [old, now] : [now]).toContain(found);
      if (found === now) seen.new++;
      else seen.old++;
      const left = fs.readdirSync(path.join(folder, dist)).length;
      expect(await run(folder, 'build', flags)).toEqual({ status: 0, out: '', err: '' });
      expect(fs.readdirSync(path.join(folder, dist)).toSorted()).toEqual(
        ['next', fs.readlinkSync(path.join(folder, dist, 'next'))].toSorted(),
      );
      if (left !== 2) seen.cleaned++;
      old = now;
    }
    // otherwise nothing was tested
    expect(seen.killed).toBeGreaterThan(0);
    expect(seen.cleaned).toBeGreaterThan(0);
    expect(seen.new).toBeGreaterThan(times > 50 ? 0 : -1);
  },
  // a hung build must fail the test, a slow machine must not
  60_000 + times * 60_000,
);

test('two builds at once both succeed, and next is one of them, complete', async () => {
  const folder = dataset();
  const builds = [startBuild(folder), startBuild(folder)];
  expect(await Promise.all(builds.map((b) => b.ended))).toEqual([0, 0]);
  expect(await ships(folder)).toBe('anna,Anna');
  expect(await run(folder, 'build', flags)).toEqual({ status: 0, out: '', err: '' });
  expect(fs.readdirSync(path.join(folder, dist))).toHaveLength(2);
});

/**
 * A disk with room for a number of bytes and new names: then a write stops halfway, and everything that needs room
 * fails. DuckDB writes by itself.
 */
function fullAfter(bytes: number, names: number): FileSystem {
  const real = nodeFileSystem();
  let room = bytes;
  let free = names;
  const full = (at: string): never => {
    throw Object.assign(new Error(`ENOSPC: ${at}`), { code: 'ENOSPC', syscall: 'write', path: at });
  };
  const name = (at: string): void => {
    if (free-- <= 0) full(at);
  };
  const put = (at: string, content: string | Uint8Array, write: (part: Buffer) => void): void => {
    const all = Buffer.from(content);
    write(all.subarray(0, Math.max(0, room)));
    room -= all.length;
    if (room < 0) full(at);
  };
  return {
    ...real,
    write: (at, content) => put(at, content, (part) => real.write(at, part)),
    append: (at, text) => put(at, text, (part) => real.append(at, part.toString('utf8'))),
    makeFolder(at) {
      if (!fs.existsSync(at)) name(at);
      real.makeFolder(at);
    },
    rename(from, to) {
      name(to);
      real.rename(from, to);
    },
    link(target, at) {
      name(at);
      real.link(target, at);
    },
  };
}

test('a disk that is full after any byte or name ends a build with a sentence, and leaves dist unchanged', async () => {
  const folder = dataset();
  expect((await run(folder, 'build', flags)).status).toBe(0);
  const before = fs.readdirSync(path.join(folder, dist), { recursive: true, encoding: 'utf8' }).toSorted();
  const bytes = before.reduce((sum, name) => {
    const stat = fs.lstatSync(path.join(folder, dist, name));
    return sum + (stat.isFile() && !name.startsWith('next') && /\.(?:csv|json|md)$|SUMS$/.test(name) ? stat.size : 0);
  }, 0);
  const full = fc.oneof(
    fc.record({ bytes: fc.nat(bytes - 1), names: fc.constant(1e6) }),
    fc.record({ bytes: fc.constant(1e9), names: fc.nat(5) }),
  );
  await fc.assert(
    fc.asyncProperty(full, async (room) => {
      const { status, out, err } = await run(folder, 'build', flags, { fs: fullAfter(room.bytes, room.names) });
      expect(err).toMatch(/^build: .*: the disk is full; free some space and run this again\n$/);
      expect(out).toBe('');
      expect(status).toBe(2);
      expect(fs.readdirSync(path.join(folder, dist), { recursive: true, encoding: 'utf8' }).toSorted()).toEqual(before);
    }),
    { numRuns: 8 },
  );
  expect(await ships(folder)).toBe('anna,Anna');
});
