import { processTerminal, runCommand } from './lib/cli/command.ts';
import { packageFolder } from './lib/cli/project.ts';
import { allCommands } from './lib/cli/commands.ts';
import { docsCommand } from './lib/cli/docs.ts';
import { nodeFileSystem } from './lib/read/fileSystem.ts';

const fs = nodeFileSystem();
process.exitCode = await runCommand(
  docsCommand(fs, () => allCommands(fs)),
  process.argv.slice(2),
  processTerminal(packageFolder),
);
