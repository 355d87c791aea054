import { execFile, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { freshFolder, root, writeFiles } from './run.ts';

/** A copy of the toolkit with a script of its own, which prints a text. */
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
    'scripts/say.ts': `import { packageFolder } from './lib/cli/project.ts';\nconst text: string = '${text}';\nprocess.stdout.write([text, packageFolder, ...process.argv.slice(2)].join(' '));\nprocess.exitCode = 0;\n`,
  });
}

function start(folder: string, ...args: readonly string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [path.join(folder, 'scripts/run.mjs'), ...args], { encoding: 'utf8' });
}

const bundles = (folder: string): string[] => fs.readdirSync(path.join(folder, '.cache/scripts'));

test('scripts are bundled once, and again when one has changed', () => {
  const folder = toolkit('one');
  expect(start(folder, 'say', '--a', 'b c')).toEqual(
    expect.objectContaining({ status: 0, stdout: `one ${folder} --a b c`, stderr: '' }),
  );
  expect(start(folder, 'say').stdout).toBe(`one ${folder}`);
  const [first] = bundles(folder);
  expect(bundles(folder)).toHaveLength(1);
  say(folder, 'two');
  expect(start(folder, 'say').stdout).toBe(`two ${folder}`);
  expect(bundles(folder)).toHaveLength(2);
  // what has not been made today goes with the next bundle
  fs.utimesSync(path.join(folder, '.cache/scripts', String(first)), 0, 0);
  say(folder, 'three');
  expect(start(folder, 'say').stdout).toBe(`three ${folder}`);
  expect(bundles(folder)).not.toContain(first);
});

test('several starts at once do not get into each other’s way', async () => {
  const folder = toolkit('one');
  const script = path.join(folder, 'scripts/run.mjs');
  const starts = [1, 2, 3].map(() => promisify(execFile)(process.execPath, [script, 'say']));
  for (const { stdout, stderr } of await Promise.all(starts)) expect([stdout, stderr]).toEqual([`one ${folder}`, '']);
  expect(bundles(folder)).toHaveLength(1);
});

test('a bundle that has lost something is made anew: nothing that did not run counts as success', () => {
  const folder = toolkit('one');
  expect(start(folder, 'say').stdout).toBe(`one ${folder}`);
  const [name = ''] = bundles(folder);
  const bundled = path.join(folder, '.cache/scripts', name);
  for (const damage of [
    () => fs.truncateSync(path.join(bundled, 'say.mjs')),
    () => fs.truncateSync(path.join(bundled, 'say.mjs'), 40),
    () =>
      fs.writeFileSync(path.join(bundled, 'say.mjs'), Buffer.alloc(fs.statSync(path.join(bundled, 'say.mjs')).size)),
    () => fs.rmSync(path.join(bundled, 'say.mjs')),
    () => fs.rmSync(path.join(bundled, 'readAheadWorker.mjs')),
    () => fs.truncateSync(path.join(bundled, 'manifest.json')),
    () => fs.rmSync(path.join(bundled, 'manifest.json')),
  ]) {
    damage();
    expect(start(folder, 'say')).toMatchObject({ status: 0, stdout: `one ${folder}`, stderr: '' });
    expect(start(folder, 'say').stdout).toBe(`one ${folder}`);
    expect(fs.existsSync(path.join(bundled, 'readAheadWorker.mjs'))).toBe(true);
  }
  writeFiles(folder, { 'scripts/say.ts': '' });
  expect(start(folder, 'say').status).toBe(2);
});

test('a script that cannot be read stops none of the others', () => {
  const folder = toolkit('one');
  writeFiles(folder, { 'scripts/broken.ts': 'const = ;' });
  expect(start(folder, 'say')).toMatchObject({ status: 0, stdout: `one ${folder}`, stderr: '' });
  const { status, stderr } = start(folder, 'broken');
  expect(status).toBe(2);
  expect(stderr).toMatch(/^broken: /);
});

test('where nothing can be written the sources are run as they are', () => {
  const folder = toolkit('one');
  writeFiles(folder, { '.cache': 'in the way' });
  expect(start(folder, 'say', 'x')).toMatchObject({ status: 0, stdout: `one ${folder} x`, stderr: '' });
});

test('what cannot be started is told with the way out', () => {
  expect(start(toolkit('one', false), 'say')).toMatchObject({
    status: 2,
    stdout: '',
    stderr: 'say: the packages are not installed: run "make setup"\n',
  });
  for (const name of ['sya', 'lib/cli/validate', '../package', ''])
    expect(start(root, name)).toMatchObject({ status: 2, stderr: `run: no script is called "${name}"\n` });
});
