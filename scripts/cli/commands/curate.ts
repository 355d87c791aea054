import { spawn } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import { mostDocumentBytes } from '../../base/limits.ts';
import { Failure } from '../../base/problem.ts';
import { quoted } from '../../base/text.ts';
import { type FileSystem, kindAt } from '../../disk/fileSystem.ts';
import type { Place, ProjectOptions } from '../../project/options.ts';
import type { DeskSettings } from '../../web/workbench/desk.ts';
import type { Command, ExitStatus } from '../command.ts';
import { type Operand, switchFlag, textFlag, operandOf } from '../flags.ts';
import { folderAt, homeFolder, projectFlags, projectOptions } from '../options.ts';

const first = {
  name: 'record',
  description: 'the identifier of the source or record to open, or table/identifier; without it, the list of them',
  optional: true,
} as const satisfies Operand;

const own = {
  port: { name: 'port', value: 'NUMBER', description: 'the port to serve on (a free one)' },
  file: { name: 'file', value: 'FILE', description: 'a document to add as a source: text, HTML or PDF' },
  second: {
    name: 'second',
    value: 'DIR',
    description: 'code the source a second time, blind: the records go to a folder of their own',
  },
  against: {
    name: 'against',
    value: 'DIR',
    description: 'the folder of a second coding: compare the two and resolve the differences',
  },
  noOpen: { name: 'no-open', description: 'print the address, and do not open a browser' },
} as const;

/** `curate`: serves the workbench to this machine until it is interrupted. */
export function curateCommand(fs: FileSystem): Command {
  return {
    name: 'curate',
    summary:
      'Opens the workbench in the browser: all records, and the text of a source next to its own. Only this machine can ' +
      'reach it. Ctrl+C stops it.',
    operands: [first],
    flags: [own.file, own.second, own.against, own.port, own.noOpen, ...projectFlags],
    async run(given, terminal): Promise<ExitStatus> {
      const [{ openDesk }, { pageFiles }, { serveWorkbench }] = await Promise.all([
        import('../../web/workbench/desk.ts'),
        import('../../web/workbench/pageFiles.ts'),
        import('../../web/workbench/server.ts'),
      ]);
      const named = operandOf(given, first);
      const file = textFlag(given, own.file);
      const [second, against] = [own.second, own.against].map((flag) => {
        const folder = textFlag(given, flag);
        return folder === undefined ? undefined : folderAt(terminal, terminal.cwd, folder, folder);
      });
      if (against !== undefined) requireFolder(fs, against);
      if (second !== undefined) await prepare(fs, projectOptions(fs, given, terminal), second);
      const raw = second === undefined ? {} : { raw: second };
      const desk = openDesk({
        fs,
        options: (tree) => ({ ...projectOptions(fs, given, terminal, tree), ...raw }),
        against,
        home: homeFolder(fs, terminal),
        second:
          second === undefined ? undefined : { folder: second.path, first: () => projectOptions(fs, given, terminal) },
        source: named === '' ? undefined : named,
        incoming: file === undefined ? undefined : await readIncoming(fs, path.resolve(terminal.cwd, file)),
      });
      const { url, close } = await serveWorkbench({
        desk,
        files: pageFiles(fs),
        port: portOf(textFlag(given, own.port)),
        onFault: (error) =>
          terminal.err(`curate: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`),
      });
      terminal.out(`${url}\n`);
      if (!switchFlag(given, own.noOpen)) openBrowser(url);
      terminal.err('curate: keep this address to yourself; press Ctrl+C to stop\n');
      await interrupted();
      await close();
      return 0;
    },
  };
}

/** @throws Failure if there is no such folder */
function requireFolder(fs: FileSystem, { path: at }: Place): void {
  if (kindAt(fs, at) !== 'folder') throw new Failure(`--against: there is no folder at ${at}`);
}

/** Prepares the folder of a second coding. */
async function prepare(fs: FileSystem, options: ProjectOptions, folder: Place): Promise<void> {
  const [{ refuseSecond }, { openProject }, { prepareSecondCoding }] = await Promise.all([
    import('../../project/folders.ts'),
    import('../../project/openProject.ts'),
    import('../../verbs/secondCoding.ts'),
  ]);
  refuseSecond(fs, folder, options);
  prepareSecondCoding(openProject(fs, options), folder.path);
}

/** The text of a document to add. @throws Failure if it cannot be read */
async function readIncoming(fs: FileSystem, at: string): Promise<NonNullable<DeskSettings['incoming']>> {
  const kind = kindAt(fs, at);
  if (kind === 'folder') throw new Failure(`--file takes a file, and ${at} is a folder`);
  if (kind !== 'file') throw new Failure(`--file: there is no file at ${at}`);
  const bytes = fs.read(at, mostDocumentBytes);
  if (bytes === undefined) throw new Failure(`${at} is larger than ${mostDocumentBytes} bytes`);
  const name = path.basename(at);
  const { readDocument } = await import('../../verbs/readDocument.ts');
  return { name, ...(await readDocument({ name, bytes: Uint8Array.from(bytes) })) };
}

function portOf(text: string | undefined): number {
  if (text === undefined) return 0;
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535)
    throw new Failure(`--port takes a number up to 65535, not ${quoted(text)}`);
  return port;
}

/** Opens an address on this system. If that is not possible, the printed address has to do. */
function openBrowser(url: string): void {
  const [program, ...args] =
    process.platform === 'darwin'
      ? ['open', url]
      : process.platform === 'win32'
        ? ['rundll32', 'url.dll,FileProtocolHandler', url]
        : ['xdg-open', url];
  const child = spawn(program ?? '', args, { stdio: 'ignore', detached: true });
  child.on('error', () => {});
  child.unref();
}

function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}
