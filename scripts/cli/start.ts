import process from 'node:process';
import { systemSentence } from '../systemErrors.mjs';
import { packageVersion } from './version.ts';
import { ownProcess } from '../disk/interrupt.ts';
import { errorCode, type FileSystem, nodeFileSystem } from '../disk/fileSystem.ts';
import { type ExitStatus, processTerminal } from './command.ts';
import { type Program, runProgram } from './program.ts';

/** Runs a program in this process: the last line of an entry. */
export function startProgram(program: Program<FileSystem>, argv: readonly string[]): Promise<ExitStatus> {
  ownProcess();
  // what cannot be printed, on a full disk for example, shows late: it could not run, and says nothing about the data
  process.on('uncaughtException', (error) => {
    // a reader that closes the pipe early, as `head` does, has seen enough
    if (errorCode(error) !== 'EPIPE') complain(`${program.name}: ${systemSentence(error) ?? error.stack}\n`);
    process.exit(2);
  });
  return runProgram(program, nodeFileSystem(), packageVersion(), argv, processTerminal());
}

function complain(text: string): void {
  try {
    process.stderr.write(text);
  } catch {
    // standard error is what cannot be written
  }
}
