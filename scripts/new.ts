import { processTerminal, runCommand } from './lib/cli/command.ts';
import { packageFolder } from './lib/cli/project.ts';
import { newCommand } from './lib/cli/new.ts';
import { nodeFileSystem } from './lib/read/fileSystem.ts';

process.exitCode = await runCommand(
  newCommand(nodeFileSystem()),
  process.argv.slice(2),
  processTerminal(packageFolder),
);
