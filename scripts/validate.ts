import { processTerminal, runCommand } from './lib/cli/command.ts';
import { packageFolder } from './lib/cli/project.ts';
import { validateCommand } from './lib/cli/validate.ts';
import { nodeFileSystem } from './lib/read/fileSystem.ts';

process.exitCode = await runCommand(
  validateCommand(nodeFileSystem()),
  process.argv.slice(2),
  processTerminal(packageFolder),
);
