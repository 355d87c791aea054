import { didYouMean } from '../base/suggestions.ts';
import { printable, quoted } from '../base/text.ts';
import { type Command, type ExitStatus, type Terminal, runCommand } from './command.ts';

/** Commands with a common entry. `World` is what a command needs to be made: the file system. */
export interface Program<World> {
  readonly name: string;
  readonly summary: string;
  /** How a user calls a command. */
  readonly invocation: (command: string) => string;
  readonly commands: Readonly<Record<string, (world: World) => Promise<Command>>>;
}

/** Runs the command that the arguments name. `version` is printed for `--version`. */
export async function runProgram<World>(
  program: Program<World>,
  world: World,
  version: string,
  [name, ...argv]: readonly string[],
  terminal: Terminal,
): Promise<ExitStatus> {
  if (name === '--version') {
    terminal.out(`${version}\n`);
    return 0;
  }
  if (name === undefined || name === '--help' || (name === 'help' && argv.length === 0)) {
    terminal.out(await overview(program, world));
    return name === undefined ? 2 : 0;
  }
  const [wanted, rest] = name === 'help' ? [argv[0] ?? '', ['--help']] : [name, argv];
  const load = Object.hasOwn(program.commands, wanted) ? program.commands[wanted] : undefined;
  if (load === undefined) {
    const hint = didYouMean(wanted, Object.keys(program.commands)) ?? `\`${program.name} --help\` lists them`;
    terminal.err(printable(`${program.name}: no command is called ${quoted(wanted)} (${hint})`) + '\n');
    return 2;
  }
  return runCommand(await load(world), rest, terminal, program.invocation(wanted));
}

/** Every command of a program, in order. */
export function loadCommands<World>(program: Program<World>, world: World): Promise<readonly Command[]> {
  return Promise.all(Object.values(program.commands).map((load) => load(world)));
}

/** The text of `--help`: a line for each command, with the first sentence of its summary. */
async function overview<World>(program: Program<World>, world: World): Promise<string> {
  const commands = await loadCommands(program, world);
  const width = Math.max(...commands.map(({ name }) => name.length)) + 2;
  const rows = commands.map(({ name, summary }) => `  ${name.padEnd(width)}${firstSentence(summary)}`);
  const usage = `Usage: ${program.invocation('<command>')} [flags]`;
  const more = `${program.invocation('<command>')} --help explains a command and its flags.`;
  return `${program.summary}\n\n${usage}\n\n${rows.join('\n')}\n\n${more}\n`;
}

function firstSentence(text: string): string {
  return /^.*?[.:](?=\s|$)/s.exec(text)?.[0].replace(/:$/, '.') ?? text;
}
