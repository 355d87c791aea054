import { processTerminal, runCommand } from './lib/cli/command.ts';
import { packageFolder } from './lib/cli/project.ts';
import { stagedCommand } from './lib/cli/staged.ts';
import { nodeFileSystem } from './lib/read/fileSystem.ts';

process.exitCode = await runCommand(
  stagedCommand(nodeFileSystem()),
  process.argv.slice(2),
  processTerminal(packageFolder),
);
