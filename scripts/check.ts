import { checkCommand } from './lib/cli/check.ts';
import { processTerminal, runCommand } from './lib/cli/command.ts';
import { packageFolder } from './lib/cli/project.ts';

process.exitCode = await runCommand(checkCommand, process.argv.slice(2), processTerminal(packageFolder));
