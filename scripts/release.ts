import { processTerminal, runCommand } from './lib/cli/command.ts';
import { packageFolder } from './lib/cli/project.ts';
import { releaseCommand } from './lib/cli/release.ts';
import { nodeFileSystem } from './lib/read/fileSystem.ts';

process.exitCode = await runCommand(
  releaseCommand(nodeFileSystem()),
  process.argv.slice(2),
  processTerminal(packageFolder),
);
