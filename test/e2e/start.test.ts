import { execFile, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { here } from '../support/fixture.ts';
import { repository } from '../support/repository.ts';
import { freshFolder, root, run, script, writeFiles } from '../support/run.ts';

/** A copy of the toolkit with an entry of its own, which prints a text. */
function toolkit(says: string, installed = true): string {
  const folder = freshFolder();
  fs.cpSync(path.join(root, 'scripts'), path.join(folder, 'scripts'), { recursive: true });
  fs.copyFileSync(path.join(root, 'package.json'), path.join(folder, 'package.json'));
  if (installed) fs.symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
  say(folder, says);
  return folder;
}

function say(folder: string, text: string): void {
  writeFiles(folder, {
    'scripts/say.ts': `import { packageFolder } from './base/package.ts';
const text: string = '${text}';
process.stdout.write([text, packageFolder, ...process.argv.slice(2)].join(' '));
process.exitCode = 0;
`,
  });
}

interface Started {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function start(folder: string, ...args: readonly string[]): Started {
  return spawnSync(process.execPath, [path.join(folder, 'scripts/run.mjs'), ...args], {
    cwd: folder,
    encoding: 'utf8',
  });
}

function startEntry(folder: string, name: string, ...args: readonly string[]): Started {
  return start(folder, '--entry', `scripts/${name}.ts`, ...args);
}

function bundles(folder: string): string[] {
  const cache = path.join(folder, '.cache/scripts');
  return fs.existsSync(cache) ? fs.readdirSync(cache) : [];
}

const isBundled = Number(process.versions.node.split('.')[0]) < 24;

test.runIf(isBundled)('the sources are bundled once, and again when one has changed', () => {
  const folder = toolkit('one');
  expect(startEntry(folder, 'say', '--a', 'b c')).toEqual(
    expect.objectContaining({ status: 0, stdout: `one ${folder} --a b c`, stderr: '' }),
  );
  expect(startEntry(folder, 'say').stdout).toBe(`one ${folder}`);
  const [first] = bundles(folder);
  expect(bundles(folder)).toHaveLength(1);
  say(folder, 'two');
  expect(startEntry(folder, 'say').stdout).toBe(`two ${folder}`);
  expect(bundles(folder)).toHaveLength(2);
  // a bundle that was not used today goes when the next one is made
  fs.utimesSync(path.join(folder, '.cache/scripts', String(first)), 0, 0);
  say(folder, 'three');
  expect(startEntry(folder, 'say').stdout).toBe(`three ${folder}`);
  expect(bundles(folder)).not.toContain(first);
});

test('a file of JSON that sources import is one of them', () => {
  const folder = toolkit('one');
  const says = (text: string): string => {
    writeFiles(folder, { 'scripts/said.json': { text } });
    return startEntry(folder, 'repeat').stdout;
  };
  writeFiles(folder, {
    'scripts/repeat.ts': `import said from './said.json' with { type: 'json' };
process.stdout.write(said.text);
process.exitCode = 0;
`,
  });
  expect([says('one'), says('two')]).toEqual(['one', 'two']);
});

test('where it cannot keep what it compiles, it says so', () => {
  const folder = toolkit('one');
  writeFiles(folder, { '.cache': 'a file' });
  expect(start(folder, '--version')).toMatchObject({
    status: 2,
    stderr: expect.stringMatching(/^demarche: .*\.cache: the toolkit keeps what it compiles there, but .* is a file/),
  });
});

test('compiled schemas are kept, in a folder for each state of the sources', () => {
  const folder = toolkit('one');
  writeFiles(folder, {
    'schema/ships.schema.json': { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] },
    'raw/ships/anna.json': { id: 'anna' },
  });
  const states = path.join(folder, '.cache', isBundled ? 'scripts' : 'kept');
  const kept = (): readonly string[] =>
    fs.readdirSync(states).flatMap((name) => {
      const files = path.join(states, name, isBundled ? 'kept' : '');
      return fs.existsSync(files) ? fs.readdirSync(files).map(() => name) : [];
    });
  expect(start(folder, 'validate')).toMatchObject({ status: 0, stdout: '' });
  const first = kept();
  expect(new Set(first).size).toBe(1);
  // what V8 compiled of it is kept beside it when it is first loaded
  for (let again = 0; again < 2; again++) {
    expect(start(folder, 'validate')).toMatchObject({ status: 0, stdout: '' });
    expect(kept()).toEqual([...first, first[0]]);
  }
  say(folder, 'two');
  expect(start(folder, 'validate')).toMatchObject({ status: 0, stdout: '' });
  expect(new Set(kept()).size).toBe(2);
});

test('several starts at once do not disturb each other', async () => {
  const folder = toolkit('one');
  const args = [path.join(folder, 'scripts/run.mjs'), '--entry', 'scripts/say.ts'];
  const starts = [1, 2, 3].map(() => promisify(execFile)(process.execPath, args, { cwd: folder }));
  for (const { stdout, stderr } of await Promise.all(starts)) expect([stdout, stderr]).toEqual([`one ${folder}`, '']);
  expect(bundles(folder)).toHaveLength(isBundled ? 1 : 0);
});

test.runIf(isBundled)('a damaged bundle is made again: a run that failed to start is never a success', () => {
  const folder = toolkit('one');
  expect(startEntry(folder, 'say').stdout).toBe(`one ${folder}`);
  const [name = ''] = bundles(folder);
  const file = (base: string): string => path.join(folder, '.cache/scripts', name, base);
  for (const damage of [
    () => fs.truncateSync(file('say.mjs'), 40),
    () => fs.writeFileSync(file('say.mjs'), Buffer.alloc(fs.statSync(file('say.mjs')).size)),
    () => fs.rmSync(file('readAheadWorker.mjs')),
    () => fs.rmSync(file('manifest.json')),
  ]) {
    damage();
    expect(startEntry(folder, 'say')).toMatchObject({ status: 0, stdout: `one ${folder}`, stderr: '' });
    expect(fs.existsSync(file('readAheadWorker.mjs'))).toBe(true);
  }
  writeFiles(folder, { 'scripts/say.ts': '' });
  expect(startEntry(folder, 'say').status).toBe(2);
});

test.runIf(isBundled)('the compiled code of a command is kept, and made again if it is damaged or old', () => {
  const folder = toolkit('one');
  expect(start(folder, 'editor', '--help')).toMatchObject({ status: 0, stderr: '' });
  const [name = ''] = bundles(folder);
  const bundle = path.join(folder, '.cache/scripts', name);
  const kept = (): readonly string[] =>
    fs.existsSync(path.join(bundle, 'code')) ? fs.readdirSync(path.join(bundle, 'code')) : [];
  const version = (): void => {
    expect(start(folder, '--version')).toMatchObject({ status: 0, stdout: '0.1.0\n', stderr: '' });
  };
  // neither a run that makes the bundle nor one that only prints help calls what others call
  start(folder, 'editor', '--help');
  expect(kept()).toEqual([]);
  version();
  const [code = ''] = kept();
  expect(kept()).toEqual([expect.stringMatching(/^--version-v\d+/)]);
  const file = path.join(bundle, 'code', code);
  const whole = fs.readFileSync(file);
  const inode = fs.statSync(file).ino;
  version();
  expect(fs.statSync(file).ino).toBe(inode);
  const changed = Buffer.from(whole);
  changed.writeUInt32LE(~changed.readUInt32LE(whole.length >> 1) >>> 0, whole.length >> 1);
  for (const damaged of [changed, whole.subarray(0, 50)]) {
    fs.writeFileSync(file, damaged);
    version();
    expect(fs.readFileSync(file).length).toBeGreaterThan(50);
    expect(fs.readFileSync(file).equals(damaged)).toBe(false);
  }
  // a damaged script of the same length is not run with the code that was kept for the intact one
  const commands = path.join(bundle, 'demarche.cjs');
  fs.writeFileSync(commands, Buffer.alloc(fs.statSync(commands).size));
  version();
  fs.rmSync(path.join(bundle, 'code'), { recursive: true, force: true });
  fs.writeFileSync(path.join(bundle, 'code'), 'a file where the folder should be');
  version();
});

test('a command finds its packages also with the code that an earlier run has kept', async () => {
  const folder = repository();
  await run(folder, 'release', [...here, '--dist', 'dist']);
  const args = [...script('reproduce'), ...here, '--version', '1.2.3', '--dist', 'dist'];
  const runs = [1, 2].map(() => spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' }));
  expect(runs.map(({ status, stderr }) => [status, stderr])).toEqual(
    runs.map(() => [0, expect.not.stringMatching(/Error/)]),
  );
});

test('a source with a fault ends with 2 and names the file', () => {
  const folder = toolkit('one');
  writeFiles(folder, { 'scripts/broken.ts': 'const = ;' });
  const { status, stderr } = startEntry(folder, 'broken');
  expect(status).toBe(2);
  expect(stderr).toMatch(/^demarche: .*broken\.ts/s);
});

test('without the packages it says how to install them', () => {
  expect(start(toolkit('one', false), 'validate')).toMatchObject({
    status: 2,
    stdout: '',
    stderr: 'demarche: the packages are not installed: run "make setup"\n',
  });
});

test.each([
  [[], 2, /^Checks hand-curated JSON records[^]*\n {2}validate {3}/, ''],
  [['--help'], 0, /\n {2}build {6}Validates all records/, ''],
  [['help', 'fix'], 0, /^Rewrites records in canonical form/, ''],
  [['--version'], 0, /^\d+\.\d+\.\d+\n$/, ''],
  [['valdiate'], 2, /^$/, 'demarche: no command is called "valdiate" (did you mean "validate"?)\n'],
  [['__proto__'], 2, /^$/, 'demarche: no command is called "__proto__" (`demarche --help` lists them)\n'],
])('demarche %j', (args, status, stdout, stderr) => {
  expect(start(root, ...args)).toEqual(
    expect.objectContaining({ status, stdout: expect.stringMatching(stdout) as string, stderr }),
  );
});

test('every command has a one-sentence summary, and --help', async () => {
  const { stdout } = start(root, '--help');
  const names = [...stdout.matchAll(/^ {2}(\w+) {2,}\S.*\.$/gm)].map(([, name]) => name ?? '');
  expect(names).toContain('validate');
  for (const name of names) expect((await run(root, name, ['--help'])).status).toBe(0);
});
