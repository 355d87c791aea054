import { processTerminal, runCommand } from './lib/cli/command.ts';
import { packageFolder } from './lib/cli/project.ts';
import { verifyCommand } from './lib/cli/verify.ts';
import { nodeFileSystem } from './lib/read/fileSystem.ts';

process.exitCode = await runCommand(
  verifyCommand(nodeFileSystem()),
  process.argv.slice(2),
  processTerminal(packageFolder),
);
