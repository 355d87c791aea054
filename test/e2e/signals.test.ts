import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { dataset, here } from '../support/fixture.ts';
import { repository } from '../support/repository.ts';
import { freshFolder, run, script } from '../support/run.ts';

/** Waits until a folder has an entry that matches; stops when the command has ended. */
async function appears(folder: string, pattern: RegExp, hasEnded: () => boolean): Promise<void> {
  while (!fs.readdirSync(folder).some((name) => pattern.test(name))) {
    if (hasEnded()) throw new Error(`the command ended before ${String(pattern)} was there`);
    await setTimeout(1);
  }
}

interface Case {
  readonly name: string;
  readonly args: readonly string[];
  readonly make: () => string | Promise<string>;
  /** The folder below the dataset in which the command works, and what it makes there first. */
  readonly at: string;
  readonly makes: RegExp;
}

const untidy = (i: number): readonly [string, string] => [`raw/ships/s${i}.json`, `{"name":"S","id":"s${i}"}`];

const cases: readonly Case[] = [
  { name: 'build', args: ['--dist', 'dist'], make: () => withDist(dataset()), at: 'dist', makes: /^\.staging-/ },
  { name: 'release', args: ['--dist', 'dist'], make: () => withDist(repository()), at: 'dist', makes: /^\.staging-/ },
  { name: 'verify', args: ['--release', 'dist/next'], make: built, at: 'tmp', makes: /^verify-/ },
  {
    name: 'fix',
    args: [],
    make: () => dataset(Object.fromEntries(Array.from({ length: 400 }, (_, i) => untidy(i)))),
    at: 'raw',
    makes: /^\.claim-/,
  },
  {
    name: 'reproduce',
    args: ['--version', '1.2.3', '--dist', 'dist'],
    make: released,
    at: 'tmp',
    makes: /^reproduce-/,
  },
];

function withDist(folder: string): string {
  fs.mkdirSync(path.join(folder, 'dist'));
  return folder;
}

async function built(): Promise<string> {
  const folder = dataset();
  await run(folder, 'build', [...here, '--dist', 'dist']);
  return folder;
}

async function released(): Promise<string> {
  const folder = repository();
  await run(folder, 'release', [...here, '--dist', 'dist']);
  return folder;
}

const kinds = cases.flatMap((each) => (['SIGINT', 'SIGTERM'] as const).map((signal) => ({ ...each, signal })));

describe('a command ended by a signal leaves nothing behind, and dies by the signal', () => {
  // build by both signals, each of the others by one
  test.each(kinds.filter(({ name, signal }, i) => name === 'build' || i % 4 < 2 === (signal === 'SIGINT')))(
    '$name, $signal',
    async ({ name, args, make, at, makes, signal }) => {
      const folder = await make();
      const temporary = path.join(freshFolder(), 'tmp');
      fs.mkdirSync(temporary);
      const watched = at === 'tmp' ? temporary : path.join(folder, at);
      const before = fs.readdirSync(watched).toSorted();
      const child = spawn(process.execPath, [...script(name), ...here, ...args], {
        cwd: folder,
        stdio: 'ignore',
        env: { ...process.env, TMPDIR: temporary },
      });
      const ended = once(child, 'exit');
      await appears(watched, makes, () => child.exitCode !== null);
      child.kill(signal);
      expect(await ended).toEqual([null, signal]);
      expect(fs.readdirSync(watched).toSorted()).toEqual(before);
      for (const file of fs.readdirSync(path.join(folder, 'raw'), { recursive: true, encoding: 'utf8' }))
        expect(path.basename(file)).not.toMatch(/^\./);
    },
  );

  test('a shell, and so npm and make, sees 130 or 143', async () => {
    const folder = withDist(dataset());
    const command = [process.execPath, ...script('build'), ...here, '--dist', 'dist'].map((part) => `'${part}'`);
    const child = spawn('sh', ['-c', `${command.join(' ')} & trap "kill -TERM $!" TERM; wait $!; wait $!; exit $?`], {
      cwd: folder,
      stdio: 'ignore',
    });
    const ended = once(child, 'exit');
    await appears(path.join(folder, 'dist'), /^\.staging-/, () => child.exitCode !== null);
    child.kill('SIGTERM');
    expect(await ended).toEqual([143, null]);
    expect(fs.readdirSync(path.join(folder, 'dist'))).toEqual([]);
  });
});
