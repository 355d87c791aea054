import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { temporaryName } from '../../scripts/disk/owner.ts';
import { createFile, replaceFile } from '../../scripts/disk/replace.ts';
import { takeTurn } from '../../scripts/disk/turn.ts';
import { type FileSystem, nodeFileSystem } from '../../scripts/disk/fileSystem.ts';
import { crossing, dataset, here } from '../support/fixture.ts';
import { git, repository } from '../support/repository.ts';
import { freshFolder, root, run, script, writeFiles } from '../support/run.ts';

const real = nodeFileSystem();
const ship = 'raw/ships/anna.json';
const record = 'raw/crossings/monday-ystad.json';
const untidy = '{"name": "Anna", "id": "anna"}';
const tidy = '{\n  "id": "anna",\n  "name": "Anna"\n}\n';
const corrected = 'Note: The ferry 🛳 left Ystad on Monday with 40 cars.\n';
const citing = ['monday-ystad', '--quote', 'Ystad', '--supports', '/port', ...here];

/** Names below a folder that begin with a dot, except git's: what a command has left behind. */
function leftIn(folder: string): readonly string[] {
  return fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => path.basename(name).startsWith('.') && !name.startsWith('.git'));
}

function read(folder: string, name: string): string {
  return fs.readFileSync(path.join(folder, name), 'utf8');
}

interface Writing {
  readonly name: string;
  readonly args: readonly string[];
  /** The record that the command writes. */
  readonly file: string;
  readonly make: () => string;
}

/** Every command that rewrites a record, with something to write. */
const writings: readonly Writing[] = [
  { name: 'fix', args: here, file: ship, make: () => dataset({ [ship]: untidy }) },
  { name: 'fix', args: here, file: 'raw/ports/all.ndjson', make: () => withLines('{"name":"Bo","id":"bo"}\n') },
  { name: 'cite', args: citing, file: record, make: () => dataset() },
  {
    name: 'reanchor',
    args: ['gazette', ...here],
    file: record,
    make: () => dataset({ 'sources/gazette.txt': corrected }),
  },
  { name: 'staged', args: here, file: ship, make: withStaged },
];

function withLines(text: string): string {
  return dataset({ 'raw/ports/all.ndjson': text });
}

function withStaged(): string {
  const folder = repository();
  // another name, else nothing would be left to commit
  writeFiles(folder, { [ship]: untidy.replace('Anna', 'Anna II') });
  git(folder, 'add', ship);
  return folder;
}

describe.each(writings)('$name of $file', ({ name, args, file, make }) => {
  test('keeps the mode, leaves nothing behind, and follows no planted link', async () => {
    const folder = make();
    const at = path.join(folder, file);
    fs.chmodSync(at, 0o640);
    writeFiles(folder, { secret: 'mine' });
    fs.symlinkSync('../../secret', `${at}.fixed`);
    const before = read(folder, file);
    expect(await run(folder, name, args)).toMatchObject({ out: '', status: 0 });
    expect(read(folder, file)).not.toBe(before);
    expect(fs.statSync(at).mode & 0o777).toBe(0o640);
    expect(read(folder, 'secret')).toBe('mine');
    expect(leftIn(folder)).toEqual([]);
  });

  test('writes nothing to a record that changed after it was read', async () => {
    const folder = make();
    const late = read(folder, file).replace(/Anna|Bo|monday/, 'Other');
    const meddling: FileSystem = {
      ...real,
      create(at, bytes) {
        if (at.includes('.writing-')) writeFiles(folder, { [file]: late });
        real.create(at, bytes);
      },
    };
    const { err, status } = await run(folder, name, args, { fs: meddling });
    expect(err).toMatch(/has changed since it was read, so nothing was written to it: run this again\n$/);
    expect(status).toBe(2);
    expect(read(folder, file)).toBe(late);
    expect(leftIn(folder)).toEqual([]);
  });

  test('leaves the record intact if the disk is full at any step', async () => {
    const folder = make();
    const before = read(folder, file);
    const fail = (at: string): never => {
      throw Object.assign(new Error('full'), { code: 'ENOSPC', syscall: 'write', path: at });
    };
    const steps: readonly Partial<FileSystem>[] = [
      {
        create(at, bytes) {
          real.create(at, Buffer.from(bytes).subarray(0, 5));
          return at.includes('.writing-') ? fail(at) : undefined;
        },
      },
      { sync: fail },
      { copyMode: (_, to) => fail(to) },
      { rename: (_, to) => fail(to) },
    ];
    for (const step of steps) {
      const { err, out, status } = await run(folder, name, args, { fs: { ...real, ...step } });
      expect(err).toMatch(/: the disk is full; free some space and run this again\n$/);
      expect([out, status]).toEqual(['', 2]);
      expect(read(folder, file)).toBe(before);
      expect(leftIn(folder)).toEqual([]);
    }
  });

  test('waits for its turn, and says who has it', async () => {
    const folder = make();
    const raw = path.join(folder, 'raw');
    const turn = takeTurn(real, raw);
    expect(() => takeTurn(real, raw, 0)).toThrow(/another command is writing here.*remove .*raw\/\.claim-/);
    turn.end();
    takeTurn(real, raw, 0).end();
    expect(leftIn(folder)).toEqual([]);
  });
});

test('two commands that cite at once lose no span: both are written, or one is refused', async () => {
  const folder = dataset();
  const cite = async (quote: string): Promise<number> => {
    const args = ['monday-ystad', '--quote', quote, '--supports', '/port', ...here];
    const child = spawn(process.execPath, [...script('cite'), ...args], { cwd: folder, stdio: 'ignore' });
    const [status] = (await once(child, 'exit')) as [number];
    return status;
  };
  const quotes = ['The ferry', 'on Monday', '40 cars'];
  const done = await Promise.all(quotes.map(cite));
  const { evidence } = JSON.parse(read(folder, record)) as typeof crossing;
  expect(done.every((status) => status === 0 || status === 2)).toBe(true);
  expect(evidence).toHaveLength(1 + done.filter((status) => status === 0).length);
  expect(leftIn(folder)).toEqual([]);
});

describe('links', () => {
  test('a record that is a link is left alone by fix and refused by cite', async () => {
    const folder = dataset();
    fs.renameSync(path.join(folder, record), path.join(folder, 'raw/crossings/other.json'));
    fs.symlinkSync('other.json', path.join(folder, record));
    fs.writeFileSync(path.join(folder, 'raw/crossings/other.json'), JSON.stringify(crossing));
    const fixed = await run(folder, 'fix', here);
    expect(fixed.err).toMatch(/^left raw\/crossings\/monday-ystad\.json as it is: it is a link/);
    const { err, status } = await run(folder, 'cite', citing);
    expect(err).toMatch(/monday-ystad\.json is a link to other\.json, and nothing is written through a link; put/);
    expect(status).toBe(2);
    expect(fs.readlinkSync(path.join(folder, record))).toBe('other.json');
  });

  test('a record is not written into a folder that is a link', async () => {
    const folder = dataset();
    fs.mkdirSync(path.join(folder, 'elsewhere'));
    fs.rmSync(path.join(folder, 'raw/ships'), { recursive: true });
    fs.symlinkSync('../elsewhere', path.join(folder, 'raw/ships'));
    const { err, status } = await run(folder, 'new', ['ships', '--id', 'bea', '--set', 'name=Bea', ...here]);
    expect(err).toMatch(/no table is called "ships"/);
    expect(status).toBe(2);
    expect(fs.readdirSync(path.join(folder, 'elsewhere'))).toEqual([]);
  });

  test('the folder that the user names can be a link', async () => {
    const folder = dataset({ [ship]: untidy });
    fs.renameSync(path.join(folder, 'raw'), path.join(folder, 'records'));
    fs.symlinkSync('records', path.join(folder, 'raw'));
    expect((await run(folder, 'fix', here)).status).toBe(0);
    expect(read(folder, ship)).toBe(tidy);
  });

  test('a folder on the path that becomes a link after it was listed is not followed', () => {
    const folder = freshFolder();
    writeFiles(folder, { 'top/a': '', 'outside/file': 'mine' });
    fs.symlinkSync('../outside', path.join(folder, 'top/b'));
    const inside = path.join(folder, 'top');
    const at = path.join(inside, 'b/file');
    expect(() => replaceFile(real, at, 'other', { inside })).toThrow(/a folder above it is a link/);
    expect(read(folder, 'outside/file')).toBe('mine');
  });
});

test('a new file never replaces one, and is complete even without hard links', () => {
  const folder = freshFolder();
  const at = path.join(folder, 'new');
  const plain: FileSystem = {
    ...real,
    hardLink(_, to) {
      throw Object.assign(new Error('EPERM'), { code: 'EPERM', syscall: 'link', path: to });
    },
  };
  for (const system of [real, plain]) {
    createFile(system, at, 'first', folder);
    expect(() => createFile(system, at, 'second', folder)).toThrow(/EEXIST|EPERM/);
    expect(fs.readFileSync(at, 'utf8')).toBe('first');
    expect(fs.readdirSync(folder)).toEqual(['new']);
    fs.rmSync(at);
  }
});

test('a document whose record cannot be written is not left behind', async () => {
  const folder = dataset({ 'article.txt': 'Words.\n' });
  const full: FileSystem = {
    ...real,
    hardLink(from, to) {
      if (to.endsWith('.json')) throw Object.assign(new Error('x'), { code: 'ENOSPC', syscall: 'link', path: to });
      real.hardLink(from, to);
    },
  };
  const args = ['papers', '--id', 'note', '--file', 'article.txt', ...here];
  expect(await run(folder, 'new', args, { fs: full })).toMatchObject({
    err: expect.stringMatching(/^new: .*note\.json: the disk is full; free some space and run this again\n$/),
    status: 2,
  });
  expect(fs.readdirSync(path.join(folder, 'sources'))).toEqual(['gazette.txt']);
  expect((await run(folder, 'new', args)).status).toBe(0);
  expect(read(folder, 'sources/note.txt')).toBe('Words.\n');
  expect(leftIn(folder)).toEqual([]);
});

test('the next command removes leftovers of killed ones, and nothing of living ones', () => {
  const folder = freshFolder();
  const own = temporaryName(real, 'claim');
  // the number of a process that has ended: a number above the highest that the system gives
  const dead = (kind: string): string => own.replace(/^\.claim-([0-9a-f]+)-\d+-\d+/, `.${kind}-$1-99999999-1`);
  const living = path.join('ships', temporaryName(real, 'writing'));
  writeFiles(folder, { [dead('claim')]: '', [`ships/${dead('writing')}`]: '{', [living]: '', 'ships/.mine': '' });
  takeTurn(real, folder, 0).end();
  expect(fs.readdirSync(path.join(folder, 'ships')).toSorted()).toEqual(['.mine', path.basename(living)].toSorted());
  expect(fs.readdirSync(folder)).toEqual(['ships']);
});

describe('a claim from elsewhere', () => {
  const elsewhere = temporaryName(real, 'claim').replace(/-[0-9a-f]{12}-/, '-000000000000-');
  const minutesAgo = (minutes: number): Date => new Date(Date.now() - minutes * 60_000);

  test.each([
    ['counts while it is renewed', elsewhere, 1, false],
    ['counts for nothing when it was not renewed for minutes', elsewhere, 3, true],
    ['counts for nothing with a time to come', elsewhere, -60, true],
    ['counts for nothing in another form', '.claim-mine', 0, true],
  ])('%s', (_, name, minutes, isFree) => {
    const folder = freshFolder();
    writeFiles(folder, { [name]: '' });
    fs.utimesSync(path.join(folder, name), minutesAgo(minutes), minutesAgo(minutes));
    // nothing is written here, so the folder's time shows nothing
    fs.utimesSync(folder, minutesAgo(60), minutesAgo(60));
    const take = (): string => {
      try {
        takeTurn(real, folder, 0).end();
        return 'free';
      } catch (error) {
        return String(error);
      }
    };
    expect(take()).toMatch(isFree ? /^free$/ : /another command is writing here/);
  });

  test('is ignored if a commit brought it, and stays there', async () => {
    const folder = repository({ [`raw/${elsewhere}`]: '', [ship]: untidy });
    expect((await run(folder, 'fix', here)).status).toBe(0);
    expect(read(folder, ship)).toBe(tidy);
    expect(leftIn(path.join(folder, 'raw'))).toEqual([elsewhere]);
  });

  test('is renewed as long as the command runs', () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const folder = freshFolder();
    const turn = takeTurn(real, folder, 0);
    const [name = ''] = fs.readdirSync(folder);
    const at = path.join(folder, name);
    fs.utimesSync(at, 0, 0);
    vi.advanceTimersByTime(60_000);
    expect(fs.statSync(at).mtimeMs).toBeGreaterThan(0);
    turn.end();
    vi.advanceTimersByTime(60_000);
    expect(fs.readdirSync(folder)).toEqual([]);
  });
});

test('no other code writes into the tree of the user', () => {
  const writing = /\bfs\.(?:write|create|append|rename|link|hardLink|setMode|copyMode)\(/;
  // exceptions: a clone in a temporary folder, the file that a workflow names for its summary, what Spark makes in a
  // staging folder, a link to the schemas in a generated folder, and lines at the end of a list that can be made again
  const allowed =
    /^(?:disk|publish)\/|^cli\/commands\/(?:report|validate)\.ts$|^verbs\/(?:reproduce|editorFiles|spark\/(?:assemble|buildOnSpark|fromRows))\.ts$|^web\/workbench\/citingFiles\.ts$/;
  const lib = path.join(root, 'scripts');
  const files = fs.readdirSync(lib, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  expect(files.filter((name) => !allowed.test(name) && writing.test(read(lib, name)))).toEqual([]);
});
