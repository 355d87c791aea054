import { processTerminal, runCommand } from './lib/cli/command.ts';
import { packageFolder } from './lib/cli/project.ts';
import { reanchorCommand } from './lib/cli/reanchor.ts';
import { nodeFileSystem } from './lib/read/fileSystem.ts';

process.exitCode = await runCommand(
  reanchorCommand(nodeFileSystem()),
  process.argv.slice(2),
  processTerminal(packageFolder),
);
