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
  // output that cannot be written, for example on a full disk, fails late: the command could not run, whatever it found
  process.on('uncaughtException', (error) => {
    // a reader that closes the pipe early, such as `head`, has seen enough
    if (errorCode(error) !== 'EPIPE') complain(`${program.name}: ${systemSentence(error) ?? error.stack}\n`);
    process.exit(2);
  });
  return runProgram(program, nodeFileSystem(), packageVersion(), argv, processTerminal());
}

function complain(text: string): void {
  try {
    process.stderr.write(text);
  } catch {
    // standard error itself cannot be written
  }
}
