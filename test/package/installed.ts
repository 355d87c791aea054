import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');

/** npm's variables for the scripts that it runs would lead the npm of another folder back to this one. */
const ofNpm = /^(?:INIT_CWD|npm_(?:config_local_prefix|package_.*|lifecycle_.*|command|execpath))$/;

const author = { NAME: 'Ida', EMAIL: 'ida@example.org' };

const environment = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !ofNpm.test(name))),
  SOURCES: '',
  NO_COLOR: '1',
  GIT_CONFIG_GLOBAL: os.devNull,
  GIT_CONFIG_NOSYSTEM: '1',
  ...Object.fromEntries(
    Object.entries(author).flatMap(([name, value]) => [
      [`GIT_AUTHOR_${name}`, value],
      [`GIT_COMMITTER_${name}`, value],
    ]),
  ),
};

/** The result of a program. */
export interface Ended {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs a program to its end. If the exit status differs, the test fails with everything that it printed. */
export function execute(cwd: string, status: number, program: string, ...args: readonly string[]): Ended {
  const { stdout, stderr, ...ended } = spawnSync(program, args, { cwd, env: environment, encoding: 'utf8' });
  expect(ended.status, `${program} ${args.join(' ')}\n${stdout}${stderr}`).toBe(status);
  // a file and line of the toolkit is for its developers: users should not see a stack
  expect(stderr).not.toMatch(/^\s+at .*:\d+:\d+\)?$/m);
  return { status: ended.status, out: stdout, err: stderr };
}

/** The names of the files in the package that npm would publish. */
export function packedFiles(): readonly string[] {
  const { out } = execute(root, 0, 'npm', 'pack', '--dry-run', '--json', '--silent');
  const [listed] = JSON.parse(out) as readonly [{ readonly files: readonly { readonly path: string }[] }];
  return listed.files.map((file) => file.path);
}

/** Packs the toolkit and installs it in a folder without anything else. */
export function installIn(folder: string): void {
  const tarball = execute(root, 0, 'npm', 'pack', '--silent', '--pack-destination', path.dirname(folder)).out.trim();
  fs.mkdirSync(folder);
  const install = ['install', '--prefer-offline', '--no-audit', '--no-fund', '--silent', '--save-dev'];
  execute(folder, 0, 'npm', ...install, path.join('..', tarball));
}
