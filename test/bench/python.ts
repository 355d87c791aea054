import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { root } from './child.ts';

const wanted = path.join(import.meta.dirname, 'requirements.txt');
const environment = path.join(root, 'node_modules', '.cache', 'bench');

/** Python with the peers of `requirements.txt`, in a virtual environment that is made once; or why there is none. */
export function pythonWithPeers(): { readonly python: string } | { readonly why: string } {
  const python = path.join(environment, 'bin', 'python');
  // the list is copied last: where it is the same, all of it is installed
  const kept = path.join(environment, 'requirements.txt');
  if (fs.existsSync(kept) && fs.readFileSync(kept).equals(fs.readFileSync(wanted))) return { python };
  fs.rmSync(environment, { recursive: true, force: true });
  if (!run('python3', '-m', 'venv', environment)) return { why: 'no python3 that can make a virtual environment' };
  const install = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--requirement', wanted];
  if (!run(python, ...install)) return { why: 'requirements.txt cannot be installed' };
  fs.copyFileSync(wanted, kept);
  return { python };
}

function run(program: string, ...args: readonly string[]): boolean {
  return spawnSync(program, args, { stdio: ['ignore', 'ignore', 'inherit'] }).status === 0;
}

/** The peers with their versions, as `requirements.txt` pins them. */
export function pythonPeers(): Readonly<Record<string, string>> {
  const lines = fs.readFileSync(wanted, 'utf8').trim().split('\n');
  return Object.fromEntries(lines.map((line) => line.split('==', 2)));
}
