import { processTerminal, runCommand } from './lib/cli/command.ts';
import { packageFolder } from './lib/cli/project.ts';
import { hooksCommand } from './lib/cli/hooks.ts';
import { nodeFileSystem } from './lib/read/fileSystem.ts';

process.exitCode = await runCommand(
  hooksCommand(nodeFileSystem()),
  process.argv.slice(2),
  processTerminal(packageFolder),
);
