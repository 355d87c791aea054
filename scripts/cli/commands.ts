import type { FileSystem } from '../disk/fileSystem.ts';
import type { Program } from './program.ts';

/** The commands of the toolkit, in the order of the reference. Each is loaded when it is needed. */
export const demarche: Program<FileSystem> = {
  name: 'demarche',
  summary: 'Checks hand-curated JSON records and builds them into CSV, Parquet and DuckDB.',
  invocation: (command) => `npx demarche ${command}`,
  commands: {
    init: async (fs) => (await import('./commands/init.ts')).initCommand(fs),
    validate: async (fs) => (await import('./commands/validate.ts')).validateCommand(fs),
    fix: async (fs) => (await import('./commands/fix.ts')).fixCommand(fs),
    new: async (fs) => (await import('./commands/new.ts')).newCommand(fs),
    add: async (fs) => (await import('./commands/add.ts')).addCommand(fs),
    set: async (fs) => (await import('./commands/set.ts')).setCommand(fs),
    cite: async (fs) => (await import('./commands/cite.ts')).citeCommand(fs),
    uncite: async (fs) => (await import('./commands/uncite.ts')).unciteCommand(fs),
    rename: async (fs) => (await import('./commands/rename.ts')).renameCommand(fs),
    remove: async (fs) => (await import('./commands/remove.ts')).removeCommand(fs),
    find: async (fs) => (await import('./commands/find.ts')).findCommand(fs),
    curate: async (fs) => (await import('./commands/curate.ts')).curateCommand(fs),
    trace: async (fs) => (await import('./commands/trace.ts')).traceCommand(fs),
    reanchor: async (fs) => (await import('./commands/reanchor.ts')).reanchorCommand(fs),
    build: async (fs) => (await import('./commands/build.ts')).buildCommand(fs),
    release: async (fs) => (await import('./commands/release.ts')).releaseCommand(fs),
    reproduce: async (fs) => (await import('./commands/reproduce.ts')).reproduceCommand(fs),
    diff: async (fs) => (await import('./commands/diff.ts')).diffCommand(fs),
    verify: async (fs) => (await import('./commands/verify.ts')).verifyCommand(fs),
    serve: async (fs) => (await import('./commands/serve.ts')).serveCommand(fs),
    report: async (fs) => (await import('./commands/report.ts')).reportCommand(fs),
    agreement: async (fs) => (await import('./commands/agreement.ts')).agreementCommand(fs),
    staged: async (fs) => (await import('./commands/staged.ts')).stagedCommand(fs),
    editor: async (fs) => (await import('./commands/editor.ts')).editorCommand(fs),
    hooks: async (fs) => (await import('./commands/hooks.ts')).hooksCommand(fs),
  },
};
