import process from 'node:process';
import { demarche } from './cli/commands.ts';
import { startProgram } from './cli/start.ts';

async function start(): Promise<void> {
  process.exitCode = await startProgram(demarche, process.argv.slice(2));
}

/** Settles when the command has ended. Not awaited here: a bundle that is a script cannot. */
export const ended = start();
