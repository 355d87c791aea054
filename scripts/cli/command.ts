import { readFileSync } from 'node:fs';
import path from 'node:path';
import picocolors from 'picocolors';
import { Failure } from '../base/problem.ts';
import { worded } from '../base/sentence.ts';
import { systemSentence } from '../systemErrors.mjs';
import { printable, printableLines, wrapped } from '../base/text.ts';
import { type Flag, type Given, type Operand, flagOf, flags, parseFlags, written } from './flags.ts';

/** The environment of a command; tests pass their own. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The folder that the user is in. */
  readonly cwd: string;
  /** The folder of the process, which differs if `npm run` changed it. */
  readonly processFolder: string;
  /** Everything that comes from standard input. */
  readonly stdin: () => string;
  /** Whether standard error is a terminal, so that a line on it can be overwritten. */
  readonly interactive: boolean;
  /** Whether standard output shows colours. */
  readonly coloured: boolean;
}

/** The result of a run: 0 clean, 1 problems in the data, 2 could not run. */
export type ExitStatus = 0 | 1 | 2;

export interface Command {
  readonly name: string;
  readonly summary: string;
  /** Something that a user can type, or a file that the command reads. */
  readonly example?: string;
  readonly flags: readonly Flag[];
  /** Arguments without a name, in order. */
  readonly operands?: readonly Operand[];
  readonly run: (given: Given, terminal: Terminal) => Promise<ExitStatus> | ExitStatus;
}

/** Runs a command and turns anything that it throws into an exit status. The only place that does. */
export async function runCommand(
  command: Command,
  argv: readonly string[],
  terminal: Terminal,
  invocation = command.name,
): Promise<ExitStatus> {
  try {
    const given = parseFlags([...command.flags, flags.help], argv, command.operands);
    if (given['help'] === true) {
      terminal.out(usage(command, invocation));
      return 0;
    }
    return await command.run(given, terminal);
  } catch (error) {
    terminal.err(`${command.name}: ${sentence(error)}\n`);
    return 2;
  }
}

/**
 * A known failure is a sentence, and so are errors of the operating system. Anything else is a bug, and keeps its
 * stack.
 */
function sentence(error: unknown): string {
  if (error instanceof Failure) return printable(worded(error.words, flagOf));
  const system = systemSentence(error);
  if (system !== undefined) return printable(system);
  return printableLines(error instanceof Error ? (error.stack ?? error.message) : String(error));
}

/** The text of `--help`. `invocation` is how a user calls the command. */
export function usage(command: Command, invocation: string): string {
  const all = [...command.flags, flags.help];
  const own = all.filter(({ shared }) => shared !== true);
  const shared = all.filter((flag) => flag.shared === true);
  const parts = [...about(command, invocation), ...flagRows(own), 'Flags of every command:', ...flagRows(shared)];
  return `${parts.join('\n\n')}\n\nExit status: 0 clean, 1 problems in the data, 2 could not run.\n`;
}

/** The text of `--help` for a command alone, as paragraphs. */
export function usageOfItself(command: Command, invocation: string): readonly string[] {
  return [...about(command, invocation), ...flagRows(command.flags.filter((flag) => flag.shared !== true))];
}

function about({ summary, operands = [], example }: Command, invocation: string): readonly string[] {
  return [
    wrapped(summary, { width: helpWidth }),
    `Usage: ${[invocation, ...operands.map(written), '[flags]'].join(' ')}`,
    ...(operands.length === 0 ? [] : [operands.map(operandRow).join('\n')]),
    ...(example === undefined ? [] : [`For example:\n\n${example.replaceAll(/^(?=.)/gm, '  ')}`]),
  ];
}

function operandRow({ name, description }: Operand): string {
  return wrapped(description, { first: `  <${name}>: `, others: '    ', width: helpWidth });
}

/** The flags in a column, their descriptions in another; nothing if there are none. */
export function flagRows(rows: readonly Flag[]): readonly string[] {
  if (rows.length === 0) return [];
  const left = rows.map(({ name, value }) => `  --${name}${value === undefined ? '' : ` ${value}`}`);
  const width = Math.min(mostIndented, Math.max(...left.map((text) => text.length)) + 2);
  const column = ''.padEnd(width);
  const behind = (text: string): string => (text.length < width ? text.padEnd(width) : `${text}\n${column}`);
  const layout = { first: column, others: column, width: helpWidth };
  const described = rows.map(({ description }) => wrapped(description, layout).slice(width));
  return [left.map((text, i) => behind(text) + described[i]).join('\n')];
}

/** Columns of a help text: few terminals have less, and longer lines are harder to read. */
const helpWidth = 100;

/** Descriptions are in one column; a longer flag has its own line. */
const mostIndented = 30;

/** The terminal of this process. */
export function processTerminal(): Terminal {
  return {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    env: process.env,
    stdin: () => readFileSync(0, 'utf8'),
    cwd: userFolder(process.env, process.cwd()),
    processFolder: process.cwd(),
    interactive: isTerminal(process.stderr) && process.env['CI'] === undefined,
    coloured: isTerminal(process.stdout) && picocolors.isColorSupported,
  };
}

/** `npm run` changes to the folder of the package.json that it runs, and leaves the user's own in INIT_CWD. */
export function userFolder(env: Terminal['env'], cwd: string): string {
  const { INIT_CWD: from = '', npm_package_json: manifest = '' } = env;
  return from !== '' && manifest !== '' && path.dirname(manifest) === cwd ? from : cwd;
}

/** Anything but a terminal has no `isTTY` at all, whatever its type says. */
function isTerminal(stream: { readonly isTTY?: boolean }): boolean {
  return stream.isTTY === true;
}
