import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { git, repository } from '../support/repository.ts';
import { freshFolder, root, writeFiles } from '../support/run.ts';

const file = 'raw/ships/bea.json';
const untidy = '{"name": "Bea", "id": "bea"}';
const tidy = '{\n  "id": "bea",\n  "name": "Bea"\n}\n';

/** A repository that holds the toolkit in a folder; its packages are those of this one. */
function withToolkit(): string {
  const folder = repository();
  fs.cpSync(path.join(root, 'scripts'), path.join(folder, 'scripts'), { recursive: true });
  fs.copyFileSync(path.join(root, 'package.json'), path.join(folder, 'package.json'));
  fs.writeFileSync(path.join(folder, '.git/info/exclude'), '.cache\nnode_modules\nscripts\npackage.json\n');
  linkPackages(folder);
  return folder;
}

function linkPackages(folder: string): void {
  fs.symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
}

function install(folder: string): { readonly status: number | null; readonly stderr: string } {
  return spawnSync(process.execPath, ['scripts/run.mjs', 'hooks'], { cwd: folder, encoding: 'utf8' });
}

function commit(
  folder: string,
  ...args: readonly string[]
): { readonly status: number | null; readonly stderr: string } {
  const own = ['-c', 'user.name=Ida', '-c', 'user.email=ida@example.org', '-c', 'commit.gpgsign=false'];
  return spawnSync('git', [...own, 'commit', '-q', '-m', 'Change', ...args], { cwd: folder, encoding: 'utf8' });
}

test('the installed hook fixes a commit and rejects a bad one, in a linked work tree as well', () => {
  const folder = withToolkit();
  expect(install(folder).status).toBe(0);
  expect(install(folder).status).toBe(0);
  const linked = path.join(freshFolder(), 'linked');
  git(folder, 'worktree', 'add', '-q', linked);
  for (const at of ['scripts', 'package.json'])
    fs.cpSync(path.join(folder, at), path.join(linked, at), { recursive: true });
  // it has no packages of its own yet: the first work tree has them
  writeFiles(linked, { [file]: '{}' });
  git(linked, 'add', file);
  expect(commit(linked).status).toBe(1);
  linkPackages(linked);
  for (const place of [folder, linked]) {
    writeFiles(place, { [file]: untidy });
    git(place, 'add', file);
    // only a part is staged
    writeFiles(place, { [file]: '{ "half": ' });
    expect(commit(place)).toMatchObject({ status: 0 });
    expect(git(place, 'show', `HEAD:${file}`)).toBe(tidy);
    expect(fs.readFileSync(path.join(place, file), 'utf8')).toBe('{ "half": ');
    git(place, 'add', file);
    const refused = commit(place);
    expect(refused.status).toBe(1);
    expect(git(place, 'show', `HEAD:${file}`)).toBe(tidy);
  }
});

test('the hook covers merges, leaves no empty commit, and says that Node is missing', () => {
  const folder = withToolkit();
  expect(install(folder).status).toBe(0);
  const own = ['-c', 'user.name=Ida', '-c', 'user.email=ida@example.org', '-c', 'commit.gpgsign=false'];
  git(folder, ...own, 'checkout', '-q', '-b', 'side');
  writeFiles(folder, { [file]: '{}' });
  git(folder, 'add', file);
  expect(commit(folder, '--no-verify').status).toBe(0);
  git(folder, 'checkout', '-q', '-');
  writeFiles(folder, { 'raw/ships/cea.json': '{\n  "id": "cea",\n  "name": "Cea"\n}\n' });
  git(folder, 'add', '.');
  expect(commit(folder).status).toBe(0);
  const merge = spawnSync('git', [...own, 'merge', '-q', 'side'], { cwd: folder, encoding: 'utf8' });
  expect(merge.status).not.toBe(0);
  expect(merge.stdout + merge.stderr).toContain(`${file}:1:1 error`);
  git(folder, 'reset', '-q', '--hard');

  writeFiles(folder, { 'raw/ships/cea.json': '{"name": "Cea", "id": "cea"}' });
  git(folder, 'add', '.');
  const empty = commit(folder);
  expect(empty.stderr).toContain('there is nothing to commit');
  expect(empty.status).toBe(1);

  const bin = path.join(freshFolder(), 'bin');
  fs.mkdirSync(bin);
  const tools = ['git', 'sh', 'dirname', 'basename', 'sed', 'uname'];
  for (const tool of tools) {
    const at = spawnSync('sh', ['-c', `command -v ${tool}`], { encoding: 'utf8' }).stdout.trim();
    if (at.startsWith('/')) fs.symlinkSync(at, path.join(bin, tool));
  }
  const hook = spawnSync('/bin/sh', ['.git/hooks/pre-commit'], { cwd: folder, encoding: 'utf8', env: { PATH: bin } });
  expect(hook.stderr).toMatch(/needs Node\.js.*\n.*--no-verify/);
  expect(hook.status).toBe(1);
});

test('other hooks are left alone, and so is a folder that repositories share', () => {
  const folder = withToolkit();
  writeFiles(folder, { '.git/hooks/pre-commit': '#!/bin/sh\necho mine\n' });
  expect(install(folder)).toMatchObject({
    status: 2,
    stderr: expect.stringMatching(/was not written by this command/),
  });
  expect(fs.readFileSync(path.join(folder, '.git/hooks/pre-commit'), 'utf8')).toBe('#!/bin/sh\necho mine\n');
  const shared = freshFolder();
  git(folder, 'config', 'core.hooksPath', shared);
  expect(install(folder)).toMatchObject({ status: 2, stderr: expect.stringMatching(/that other repositories share/) });
  expect(fs.readdirSync(shared)).toEqual([]);
  git(folder, 'config', 'core.hooksPath', 'hooks');
  expect(install(folder).status).toBe(0);
  expect(fs.existsSync(path.join(folder, 'hooks/pre-commit'))).toBe(true);
});
