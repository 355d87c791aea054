import { processTerminal, runCommand } from './lib/cli/command.ts';
import { packageFolder } from './lib/cli/project.ts';
import { buildCommand } from './lib/cli/build.ts';
import { nodeFileSystem } from './lib/read/fileSystem.ts';

process.exitCode = await runCommand(
  buildCommand(nodeFileSystem()),
  process.argv.slice(2),
  processTerminal(packageFolder),
);
