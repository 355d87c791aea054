import { processTerminal, runCommand } from './lib/cli/command.ts';
import { packageFolder } from './lib/cli/project.ts';
import { docsCommand } from './lib/cli/docs.ts';
import { nodeFileSystem } from './lib/read/fileSystem.ts';

process.exitCode = await runCommand(
  docsCommand(nodeFileSystem()),
  process.argv.slice(2),
  processTerminal(packageFolder),
);
