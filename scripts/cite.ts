import { processTerminal, runCommand } from './lib/cli/command.ts';
import { packageFolder } from './lib/cli/project.ts';
import { citeCommand } from './lib/cli/cite.ts';
import { nodeFileSystem } from './lib/read/fileSystem.ts';

process.exitCode = await runCommand(
  citeCommand(nodeFileSystem()),
  process.argv.slice(2),
  processTerminal(packageFolder),
);
