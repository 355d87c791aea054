import { processTerminal, runCommand } from './lib/cli/command.ts';
import { packageFolder } from './lib/cli/project.ts';
import { reproduceCommand } from './lib/cli/reproduce.ts';
import { nodeFileSystem } from './lib/read/fileSystem.ts';

process.exitCode = await runCommand(
  reproduceCommand(nodeFileSystem()),
  process.argv.slice(2),
  processTerminal(packageFolder),
);
