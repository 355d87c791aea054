import { processTerminal, runCommand } from './lib/cli/command.ts';
import { packageFolder } from './lib/cli/project.ts';
import { fixCommand } from './lib/cli/fix.ts';
import { nodeFileSystem } from './lib/read/fileSystem.ts';

process.exitCode = await runCommand(
  fixCommand(nodeFileSystem()),
  process.argv.slice(2),
  processTerminal(packageFolder),
);
