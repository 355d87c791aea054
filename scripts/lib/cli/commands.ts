import type { FileSystem } from '../read/fileSystem.ts';
import { buildCommand } from './build.ts';
import { checkCommand } from './check.ts';
import { citeCommand } from './cite.ts';
import type { Command } from './command.ts';
import { diffCommand } from './diff.ts';
import { docsCommand } from './docs.ts';
import { fixCommand } from './fix.ts';
import { hooksCommand } from './hooks.ts';
import { newCommand } from './new.ts';
import { reanchorCommand } from './reanchor.ts';
import { releaseCommand } from './release.ts';
import { reproduceCommand } from './reproduce.ts';
import { reportCommand } from './review.ts';
import { stagedCommand } from './staged.ts';
import { traceCommand } from './trace.ts';
import { validateCommand } from './validate.ts';
import { verifyCommand } from './verify.ts';

/** Every command, in the order in which they are documented. An entry in `scripts/` starts one of them without loading the others. */
export function allCommands(fs: FileSystem): readonly Command[] {
  const commands: Command[] = [
    validateCommand(fs),
    fixCommand(fs),
    newCommand(fs),
    citeCommand(fs),
    traceCommand(fs),
    reanchorCommand(fs),
    buildCommand(fs),
    releaseCommand(fs),
    reproduceCommand(fs),
    diffCommand(fs),
    verifyCommand(fs),
    reportCommand(fs),
    stagedCommand(fs),
    hooksCommand(fs),
    checkCommand,
  ];
  const docs = docsCommand(fs, () => commands);
  commands.push(docs);
  return commands;
}
