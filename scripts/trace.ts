import { processTerminal, runCommand } from './lib/cli/command.ts';
import { packageFolder } from './lib/cli/project.ts';
import { traceCommand } from './lib/cli/trace.ts';
import { nodeFileSystem } from './lib/read/fileSystem.ts';

process.exitCode = await runCommand(
  traceCommand(nodeFileSystem()),
  process.argv.slice(2),
  processTerminal(packageFolder),
);
