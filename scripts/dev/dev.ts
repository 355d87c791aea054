import process from 'node:process';
import { startProgram } from '../cli/start.ts';
import { development } from './commands.ts';

process.exitCode = await startProgram(development, process.argv.slice(2));
