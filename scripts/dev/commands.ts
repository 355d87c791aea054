import { demarche } from '../cli/commands.ts';
import { type Program, loadCommands } from '../cli/program.ts';
import type { FileSystem } from '../disk/fileSystem.ts';
import type { Documented } from './commandReference.ts';

/** The commands for work on the toolkit itself; they are not part of the package. */
export const development: Program<FileSystem> = {
  name: 'dev',
  summary: 'Checks the code of the toolkit and writes what is generated from it.',
  invocation: (command) => `npm run -s ${command} --`,
  commands: {
    check: async () => (await import('./check.ts')).checkCommand,
    docs: async (fs) => (await import('./docs.ts')).docsCommand(fs, () => documented(fs)),
  },
};

async function documented(fs: FileSystem): Promise<readonly Documented[]> {
  const programs = await Promise.all(
    [demarche, development].map(async (program) => {
      const commands = await loadCommands(program, fs);
      return commands.map((command) => ({ command, invocation: program.invocation(command.name) }));
    }),
  );
  return programs.flat();
}
