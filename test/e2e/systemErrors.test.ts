import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { nodeFileSystem } from '../../scripts/disk/fileSystem.ts';
import { systemSentence } from '../../scripts/systemErrors.mjs';
import { dataset, here } from '../support/fixture.ts';
import { freshFolder, run, script, writeFiles } from '../support/run.ts';

/** An error as Node throws it for a call to the system. */
function refused(code: string, more: Readonly<Record<string, string>>): Error {
  return Object.assign(new Error(`${code}: refused, write`), { code, syscall: 'write', ...more });
}

const cases: readonly (readonly [string, Error, RegExp | undefined])[] = [
  ['a full disk', refused('ENOSPC', { path: '/d/x' }), /^\/d\/x: the disk is full; free some space/],
  [
    'the name that a file would get',
    refused('EROFS', { path: '/a', dest: '/b' }),
    /^\/b: the file system is read-only;/,
  ],
  ['a closed output', refused('EPIPE', {}), /^the output: the reader has closed it;/],
  [
    'a program that cannot start',
    refused('EMFILE', { path: 'git', syscall: 'spawn' }),
    /^git: too many open files; raise/,
  ],
  ['a code without words of its own', refused('ETXTBSY', { path: '/x' }), /^\/x: ETXTBSY: refused, write$/],
  [
    'a full disk while DuckDB writes',
    new Error(
      'TransactionContext Error: Failed to commit: Could not write file "/d/x.duckdb": No space left on device\nmore',
    ),
    /^\/d\/x\.duckdb: the disk is full; free some space and run this again$/,
  ],
  ['DuckDB out of memory', new Error('Out of Memory Error: could not allocate block'), /needs more memory/],
  ['another refusal of DuckDB', new Error('IO Error: odd\nstack'), /^IO Error: odd$/],
  ['a wrong query, which is a fault of ours', new Error('Binder Error: no column "x"'), undefined],
  ['a fault of ours', new TypeError('x is undefined'), undefined],
  ["a code of Node's own", Object.assign(new Error('x'), { code: 'ERR_INVALID_ARG_TYPE' }), undefined],
];

test.each(cases)('%s', (_, error, says) => {
  expect(systemSentence(error) ?? 'none').toMatch(says ?? /^none$/);
});

test('an error of an open file names the file', () => {
  const folder = freshFolder();
  expect(() => nodeFileSystem().read(folder, 10)).toThrow(expect.objectContaining({ code: 'EISDIR', path: folder }));
});

const long = 'a'.repeat(300);

describe.each([
  ['dist is a file', ['build', '--dist', 'file'], /^build: .*\/file: something with this name already exists; move it/],
  ['dist is below a file', ['build', '--dist', 'file/x'], /^build: .*\/file\/x: a part of this path is a file, not a/],
  ['dist has too long a name', ['build', '--dist', long], /^build: .*: the name is too long; choose a shorter one$/m],
  [
    'raw is a file',
    ['build', '--raw', 'file'],
    /^build: no folder of records at file; name it with --raw, or in demarche.config.json$/m,
  ],
  ['an id is too long', ['new', 'ships', '--id', long], /^new: .*: the name is too long; choose a shorter one$/m],
  [
    'a quote is to be read from a folder',
    ['cite', 'monday-ystad', '--supports', '/port', '--quote-file', 'raw'],
    /^cite: .*\/raw: a folder is where a file should be; check the path$/m,
  ],
])('%s', (_, [name = '', ...args], says) => {
  test('ends with a sentence and status 2', async () => {
    const folder = dataset({ file: '' });
    const { err, status } = await run(folder, name, [...here, ...args]);
    expect(err).toMatch(says);
    expect(err).not.toMatch(/\n +at /);
    expect(status).toBe(2);
    expect(fs.readdirSync(folder).toSorted()).toEqual(['file', 'raw', 'schema', 'sources']);
  });
});

/** What makes a shell allow this many more open files, whatever files it has from its parent. */
function roomFor(files: number): string {
  const next = '[ -e "/proc/$$/fd/$limit" ] || free=$((free - 1)); limit=$((limit + 1))';
  return `limit=3; free=${files}; while [ $free -gt 0 ]; do ${next}; done; ulimit -n $limit`;
}

/** What commits all files of a folder to a new repository. */
const commit = 'git init -q; git add .; git -c user.name=Ida -c user.email=ida@example.org commit -qm Begin';

/** Runs a command in a shell, which limits or closes something first. */
function inShell(folder: string, line: string): { readonly status: number | null; readonly stderr: string } {
  const command = script('build').map((part) => `'${part}'`);
  const start = `exec '${process.execPath}' ${command.join(' ')} ${here.join(' ')}`;
  return spawnSync('sh', ['-c', line.replace('BUILD', start)], { cwd: folder, encoding: 'utf8' });
}

test.skipIf(process.platform !== 'linux').each([
  [
    'too few open files',
    // enough for Node and the toolkit, too few for git as well
    `${commit}; ${roomFor(21)}; BUILD --dist dist`,
    /^(?:build|demarche): .*: too many open files; raise the limit/,
  ],
  [
    'too few open files for the process that plans views',
    `mkdir schema/views; echo "SELECT 1 AS one" > schema/views/one.sql; ${roomFor(20)}; BUILD --dist dist`,
    /^build: .*: too many open files; raise the limit/m,
  ],
  ['no room inside DuckDB', 'ulimit -f 64; BUILD --dist dist', /^build: .*duckdb: a file would become larger than/],
  ['an output that is full', 'BUILD --dist dist --help > /dev/full', /^demarche: the output: the disk is full; free/],
])('a process with %s ends with a sentence and status 2', (_, line, says) => {
  const folder = dataset();
  const { status, stderr } = inShell(folder, line);
  expect(stderr).toMatch(says);
  expect(stderr).not.toMatch(/\n +at /);
  expect(status).toBe(2);
  const dist = path.join(folder, 'dist');
  expect(fs.existsSync(dist) ? fs.readdirSync(dist) : []).toEqual([]);
});

test('a reader that stops early, as `head` does, ends a build quietly, and its staging folder is gone', async () => {
  const folder = dataset();
  const wrong = Array.from({ length: 1500 }, (_, i) => [`raw/ships/x${i}.json`, `{"id":"x${i}"}\n`] as const);
  writeFiles(folder, Object.fromEntries(wrong));
  const child = spawn(process.execPath, [...script('build'), ...here, '--quiet', '--dist', 'dist'], { cwd: folder });
  let err = '';
  child.stderr.on('data', (text) => void (err += String(text)));
  child.stdout.destroy();
  const [status] = (await once(child, 'close')) as [number];
  expect([status, err]).toEqual([2, '']);
  expect(fs.readdirSync(path.join(folder, 'dist'))).toEqual([]);
});
