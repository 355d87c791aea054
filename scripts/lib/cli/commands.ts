import type { FileSystem } from '../read/fileSystem.ts';
import type { Program } from './program.ts';

/** The commands of the toolkit, in the order in which they are documented. Each is loaded when it is asked for. */
export const demarche: Program<FileSystem> = {
  name: 'demarche',
  summary: 'Checks hand-curated JSON records and builds them into CSV, Parquet and DuckDB.',
  invocation: (command) => `npx demarche ${command}`,
  commands: {
    init: async (fs) => (await import('./init.ts')).initCommand(fs),
    validate: async (fs) => (await import('./validate.ts')).validateCommand(fs),
    fix: async (fs) => (await import('./fix.ts')).fixCommand(fs),
    new: async (fs) => (await import('./new.ts')).newCommand(fs),
    cite: async (fs) => (await import('./cite.ts')).citeCommand(fs),
    trace: async (fs) => (await import('./trace.ts')).traceCommand(fs),
    reanchor: async (fs) => (await import('./reanchor.ts')).reanchorCommand(fs),
    build: async (fs) => (await import('./build.ts')).buildCommand(fs),
    release: async (fs) => (await import('./release.ts')).releaseCommand(fs),
    reproduce: async (fs) => (await import('./reproduce.ts')).reproduceCommand(fs),
    diff: async (fs) => (await import('./diff.ts')).diffCommand(fs),
    verify: async (fs) => (await import('./verify.ts')).verifyCommand(fs),
    report: async (fs) => (await import('./review.ts')).reportCommand(fs),
    staged: async (fs) => (await import('./staged.ts')).stagedCommand(fs),
    hooks: async (fs) => (await import('./hooks.ts')).hooksCommand(fs),
  },
};
