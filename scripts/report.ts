import { processTerminal, runCommand } from './lib/cli/command.ts';
import { packageFolder } from './lib/cli/project.ts';
import { reportCommand } from './lib/cli/review.ts';
import { nodeFileSystem } from './lib/read/fileSystem.ts';

process.exitCode = await runCommand(
  reportCommand(nodeFileSystem()),
  process.argv.slice(2),
  processTerminal(packageFolder),
);
