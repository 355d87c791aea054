import { processTerminal, runCommand } from './lib/cli/command.ts';
import { packageFolder } from './lib/cli/project.ts';
import { diffCommand } from './lib/cli/diff.ts';
import { nodeFileSystem } from './lib/read/fileSystem.ts';

process.exitCode = await runCommand(
  diffCommand(nodeFileSystem()),
  process.argv.slice(2),
  processTerminal(packageFolder),
);
