import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, onTestFinished } from 'vitest';
import { type ExitStatus, runCommand } from '../../scripts/cli/command.ts';
import { demarche } from '../../scripts/cli/commands.ts';
import { development } from '../../scripts/dev/commands.ts';
import { type FileSystem, nodeFileSystem } from '../../scripts/disk/fileSystem.ts';

/** The result of a command: exit status, output, and the folder in which it ran. */
export interface Run {
  readonly status: ExitStatus;
  readonly out: string;
  readonly err: string;
}

/** The project's folder. */
export const root = path.resolve(import.meta.dirname, '../..');

/** The arguments for Node to run a command as a process of its own, as npm does. */
export function script(name: string): readonly string[] {
  const entry = name in development.commands ? ['--entry', path.join(root, 'scripts/dev/dev.ts')] : [];
  return [path.join(root, 'scripts/run.mjs'), ...entry, name];
}

/** An empty folder that is removed when the test has ended. */
export function freshFolder(): string {
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'dataset-')));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** An empty folder for all tests of a file, made outside tests and hooks, and removed when they have ended. */
export function lastingFolder(): string {
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'dataset-')));
  afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Runs a command in this process, as a user in `cwd` would. */
export async function run(
  cwd: string,
  name: string,
  args: readonly string[],
  options: {
    readonly env?: Readonly<Record<string, string>>;
    readonly fs?: FileSystem;
    readonly stdin?: string;
    readonly coloured?: boolean;
  } = {},
): Promise<Run> {
  let out = '';
  let err = '';
  const load = { ...demarche.commands, ...development.commands }[name];
  if (load === undefined) throw new Error(`no command ${name}`);
  const command = await load(options.fs ?? nodeFileSystem());
  const status = await runCommand(command, args, {
    out: (text) => void (out += text),
    err: (text) => void (err += text),
    env: options.env ?? {},
    stdin: () => options.stdin ?? '',
    cwd,
    processFolder: cwd,
    interactive: false,
    coloured: options.coloured ?? false,
  });
  return { status, out, err };
}

/** Writes files, given by path below the folder; an object is written as canonical JSON. */
export function writeFiles(folder: string, files: Readonly<Record<string, string | Uint8Array | object>>): void {
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(
      file,
      typeof content === 'string' || content instanceof Uint8Array ? content : `${JSON.stringify(content, null, 2)}\n`,
    );
  }
}
