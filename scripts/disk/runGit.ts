import { type SpawnOptionsWithoutStdio, spawn, spawnSync } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import { errorCode } from './fileSystem.ts';

/** What git returned. `status` is undefined if git could not be started; `words` is its standard error, in one line. */
export interface GitAnswer {
  readonly status: number | undefined;
  readonly bytes: Buffer;
  readonly words: string;
}

export interface GitOptions {
  readonly input?: string;
  /** Keeps what git passes to a hook: the repository, and the index of the next commit. */
  readonly inHook?: boolean;
  /** Asks with the user's own `core.hooksPath`. */
  readonly ownHooks?: boolean;
}

/** Runs git in one repository, always with the same index and object folder. */
export interface AskedGit {
  /** Top of the work tree, spelled as the folder was given. */
  readonly root: string;
  readonly ask: (args: readonly string[], more?: GitOptions) => GitAnswer;
  /** The same, while this process goes on. */
  readonly askMeanwhile: (args: readonly string[]) => Promise<GitAnswer>;
}

/** Overrides settings of the user that change what git prints, or that start a program. */
const settings = [
  'core.fsmonitor=false',
  'core.quotePath=false',
  'color.ui=false',
  'log.showSignature=false',
  'advice.graftFileDeprecated=false',
].flatMap((setting) => ['-c', setting]);

const noHooks = ['-c', `core.hooksPath=${os.devNull}`];

const mostOutput = 1 << 30;

/** Runs git in a folder. Only this file does. Paths after `--` are names, not patterns. */
export function runGit(folder: string, args: readonly string[], options: GitOptions = {}): GitAnswer {
  const { status, stdout, stderr, error } = spawnSync('git', argumentsOf(args, options), {
    ...settingOf(folder, options),
    input: options.input,
    maxBuffer: mostOutput,
  });
  if (error !== undefined && errorCode(error) !== 'ENOENT') throw error;
  return error === undefined ? answerOf(status, stdout, stderr) : notInstalled;
}

/** Runs git in a folder while this process goes on. It waits with its output until this process has time to read. */
export async function runGitMeanwhile(
  folder: string,
  args: readonly string[],
  options: GitOptions = {},
): Promise<GitAnswer> {
  return new Promise((resolve, reject) => {
    const [out, err]: [Buffer[], Buffer[]] = [[], []];
    const child = spawn('git', argumentsOf(args, options), settingOf(folder, options));
    child.on('error', (error) => {
      if (errorCode(error) === 'ENOENT') resolve(notInstalled);
      else reject(error);
    });
    // without a process there are no pipes
    if (child.pid === undefined) return;
    child.stdout.on('data', (bytes: Buffer) => out.push(bytes));
    child.stderr.on('data', (bytes: Buffer) => err.push(bytes));
    child.on('close', (status) => resolve(answerOf(status, Buffer.concat(out), Buffer.concat(err))));
    // git can end before it has read anything
    child.stdin.on('error', () => {}).end(options.input);
  });
}

function argumentsOf(args: readonly string[], { ownHooks }: GitOptions): readonly string[] {
  return ['--no-pager', '--literal-pathspecs', ...settings, ...(ownHooks === true ? [] : noHooks), ...args];
}

function settingOf(folder: string, { inHook }: GitOptions): SpawnOptionsWithoutStdio {
  return { cwd: folder, stdio: 'pipe', env: gitEnvironment(process.env, inHook === true) };
}

const notInstalled: GitAnswer = {
  status: undefined,
  bytes: Buffer.alloc(0),
  words: 'git is not installed, or not on the PATH',
};

function answerOf(status: number | null, bytes: Buffer, words: Buffer): GitAnswer {
  return { status: status ?? 128, bytes, words: inOneLine(words.toString('utf8')) };
}

/** Variables that configure git on this machine; others would point it elsewhere, or change what it prints. */
const machine = new RegExp(
  '^GIT_(?:CONFIG_.+|CEILING_DIRECTORIES|DISCOVERY_ACROSS_FILESYSTEM|EXEC_PATH|ASKPASS|TERMINAL_PROMPT|' +
    '(?:SSH|SSL|HTTP|PROXY|TEST)(?:_.+)?)$',
);
const ofHook = new Set([
  'GIT_DIR',
  'GIT_WORK_TREE',
  'GIT_INDEX_FILE',
  'GIT_OBJECT_DIRECTORY',
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
]);

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The environment for git: messages in English, no optional locks, and commits as they are, not as replaced or grafted.
 */
export function gitEnvironment(from: Environment, inHook = false): Record<string, string | undefined> {
  const kept = Object.entries(from).flatMap(([name, value]): [string, string | undefined][] => {
    if (!name.startsWith('GIT_') || machine.test(name)) return [[name, value]];
    return inHook && ofHook.has(name) && value !== undefined ? [[name, absolute(value)]] : [];
  });
  return {
    ...Object.fromEntries(kept),
    GIT_OPTIONAL_LOCKS: '0',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_GRAFT_FILE: os.devNull,
    LC_ALL: 'C',
  };
}

/** Git gives a hook paths relative to the folder in which the hook starts. */
function absolute(value: string): string {
  return value === ''
    ? value
    : value
        .split(path.delimiter)
        .map((each) => path.resolve(each))
        .join(path.delimiter);
}

function inOneLine(words: string): string {
  const lines = words.split('\n').map((line) => line.trim().replace(/^(?:fatal|error): /, ''));
  const ended = lines.filter((line) => line !== '').map((line) => (/[.:,;!?]$/.test(line) ? line : `${line}.`));
  return ended.join(' ').replace(/\.$/, '');
}
