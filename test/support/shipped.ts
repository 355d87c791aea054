import fs from 'node:fs';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { buildCommand } from '../../scripts/cli/commands/build.ts';
import { runCommand } from '../../scripts/cli/command.ts';
import { nodeFileSystem } from '../../scripts/disk/fileSystem.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder of a build of the shipped dataset, which the tests only read. */
    shipped: string;
  }
}

/** Builds the shipped dataset once for all tests; below node_modules, so that its scripts find the packages. */
export default async function setup(project: TestProject): Promise<void> {
  const root = path.resolve(import.meta.dirname, '../..');
  const dist = path.join(root, 'node_modules/.cache/shipped');
  fs.rmSync(dist, { recursive: true, force: true });
  let said = '';
  const note = (text: string): void => void (said += text);
  const status = await runCommand(buildCommand(nodeFileSystem()), ['--dist', dist], {
    out: note,
    err: note,
    env: {},
    cwd: root,
    processFolder: root,
    stdin: () => '',
    interactive: false,
    coloured: false,
  });
  if (status !== 0) throw new Error(`the shipped dataset does not build:\n${said}`);
  project.provide('shipped', fs.realpathSync(path.join(dist, 'next')));
}
