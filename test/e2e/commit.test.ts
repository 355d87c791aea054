import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { nodeFileSystem } from '../../scripts/disk/fileSystem.ts';
import { originOf } from '../../scripts/read/facts.ts';
import { findRepository, openRepository } from '../../scripts/disk/git.ts';
import { dataset, here, withdrawable } from '../support/fixture.ts';
import { commit, git, repository, versioned } from '../support/repository.ts';
import { freshFolder, run, writeFiles } from '../support/run.ts';

const release = (folder: string): ReturnType<typeof run> => run(folder, 'release', [...here, '--dist', 'dist']);
const ship = (id: string, name = 'A ship'): object => ({ id, name });
const append = (folder: string, file: string, text: string): void => fs.appendFileSync(path.join(folder, file), text);
const foldersOf = (folder: string): readonly [string, string] => [
  path.join(folder, 'schema'),
  path.join(folder, 'raw'),
];

/** The commit that a build of a folder would record, and how what it reads differs from it. Nothing is built. */
function compared(folder: string): { readonly commit: string | null; readonly differs: readonly string[] } {
  const origin = originOf(nodeFileSystem(), foldersOf(folder));
  for (const at of foldersOf(folder)) readAll(origin.files, at);
  return {
    commit: origin.facts().commit,
    differs: origin.differences().map(({ file, difference }) => `${file}: ${difference}`),
  };
}

function readAll(files: ReturnType<typeof nodeFileSystem>, folder: string): void {
  for (const { name, kind } of files.list(folder)) {
    const at = path.join(folder, name);
    if (kind === 'folder') readAll(files, at);
    else if (name.endsWith('.ndjson')) expect([...files.chunks(at)]).not.toEqual([]);
    else expect(files.read(at, 1 << 20)).toBeDefined();
  }
}

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('a commit is recorded unchanged only if it contains what was read', () => {
  const bea = 'raw/ships/bea.json';
  const anna = 'raw/ships/anna.json';
  interface Case {
    readonly what: string;
    readonly act: (folder: string) => void;
    readonly differs: readonly string[];
  }
  const cases: readonly Case[] = [
    { what: 'nothing changed', act: () => {}, differs: [] },
    {
      what: 'an untracked record, hidden from git status',
      act(folder) {
        git(folder, 'config', 'status.showUntrackedFiles', 'no');
        writeFiles(folder, { [bea]: ship('bea') });
      },
      differs: [`${bea}: not in the commit`],
    },
    {
      what: 'an ignored record',
      act(folder) {
        writeFiles(folder, { '.git/info/exclude': bea, [bea]: ship('bea') });
      },
      differs: [`${bea}: not in the commit`],
    },
    {
      what: 'a record that is staged, not committed',
      act(folder) {
        writeFiles(folder, { [bea]: ship('bea') });
        git(folder, 'add', bea);
      },
      differs: [`${bea}: not in the commit`],
    },
    {
      what: 'a sparse checkout',
      act: (folder) =>
        void git(folder, 'sparse-checkout', 'set', '--no-cone', '/schema/', '/raw/papers/', '/raw/ports/'),
      differs: ['raw/crossings/monday-ystad.json', anna].map((f) => `${f}: in the commit, but not in the work tree`),
    },
    {
      what: 'a record that git was told to take for unchanged',
      act(folder) {
        git(folder, 'update-index', '--assume-unchanged', anna);
        writeFiles(folder, { [anna]: ship('anna', 'Anna II') });
      },
      differs: [`${anna}: different from the commit`],
    },
    {
      what: 'a schema that git was told to leave alone',
      act(folder) {
        git(folder, 'update-index', '--skip-worktree', 'schema/dataset.json');
        append(folder, 'schema/dataset.json', ' ');
      },
      differs: ['schema/dataset.json: different from the commit'],
    },
    {
      what: 'line endings that git converts',
      act(folder) {
        commit(folder, 'Attributes', { '.gitattributes': '*.sql text\n', 'schema/views/one.sql': 'SELECT 1\n' });
        git(folder, 'config', 'core.autocrlf', 'true');
        fs.writeFileSync(path.join(folder, 'schema/views/one.sql'), 'SELECT 1\r\n');
        git(folder, 'add', '-A');
        expect(git(folder, 'status', '--porcelain')).toBe('');
      },
      differs: ['schema/views/one.sql: different from the commit'],
    },
    {
      what: 'a filter',
      act(folder) {
        git(folder, 'config', 'filter.upper.clean', 'tr a-z A-Z');
        commit(folder, 'Filter', { '.gitattributes': 'LICENSE filter=upper\n', 'schema/LICENSE': 'Take it.\n' });
        expect(git(folder, 'status', '--porcelain')).toBe('');
      },
      differs: ['schema/LICENSE: different from the commit'],
    },
    {
      what: 'a replaced commit',
      act(folder) {
        const first = git(folder, 'rev-parse', 'HEAD').trim();
        commit(folder, 'More', { [bea]: ship('bea') });
        git(folder, 'replace', 'HEAD', first);
      },
      differs: [],
    },
    {
      what: 'a deleted record',
      act: (folder) => void fs.rmSync(path.join(folder, anna)),
      differs: [`${anna}: in the commit, but not in the work tree`],
    },
    {
      what: 'a name of another case',
      act(folder) {
        fs.renameSync(path.join(folder, anna), path.join(folder, 'raw/ships/Anna.json'));
      },
      differs: ['raw/ships/Anna.json: not in the commit', `${anna}: in the commit, but not in the work tree`],
    },
    {
      what: 'a link to another record of the commit',
      act(folder) {
        fs.symlinkSync('anna.json', path.join(folder, bea));
        commit(folder, 'Link', {});
      },
      differs: [],
    },
    {
      what: 'a link that leads elsewhere than in the commit',
      act(folder) {
        fs.symlinkSync('anna.json', path.join(folder, bea));
        commit(folder, 'Link', {});
        fs.rmSync(path.join(folder, bea));
        fs.symlinkSync('../ports/ystad.json', path.join(folder, bea));
      },
      differs: [`${bea}: different from the commit`],
    },
    {
      what: 'a submodule among the records',
      act(folder) {
        const other = repository();
        git(folder, '-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', other, 'raw/more');
        commit(folder, 'Submodule', {});
        fs.rmSync(path.join(folder, 'raw/more'), { recursive: true });
        fs.mkdirSync(path.join(folder, 'raw/more'));
      },
      differs: ['raw/more: a submodule, whose files are in another repository'],
    },
    {
      what: 'a changed file of lines',
      act(folder) {
        commit(folder, 'Lines', { 'raw/ships/more.ndjson': '{"id":"cleo","name":"Cleo"}\n' });
        expect(compared(folder).differs).toEqual([]);
        append(folder, 'raw/ships/more.ndjson', '{"id":"dora","name":"Dora"}\n');
      },
      differs: ['raw/ships/more.ndjson: different from the commit'],
    },
  ];

  test.each(cases)('$what', ({ act, differs }) => {
    const folder = repository();
    act(folder);
    const head = git(folder, 'rev-parse', 'HEAD').trim();
    expect(compared(folder)).toEqual({ commit: differs.length === 0 ? head : `${head}-dirty`, differs });
  });

  test('in a repository of SHA-256 as well', () => {
    const folder = dataset(withdrawable);
    git(folder, 'init', '-q', '--object-format=sha256');
    commit(folder, 'Begin', {});
    const head = git(folder, 'rev-parse', 'HEAD').trim();
    expect(head).toHaveLength(64);
    expect(compared(folder)).toEqual({ commit: head, differs: [] });
    append(folder, 'schema/dataset.json', ' ');
    expect(compared(folder).commit).toBe(`${head}-dirty`);
  });

  test('with files that a second thread reads ahead', () => {
    const folder = repository();
    const names = ['anna', 'bea', 'cleo'].map((id) => path.join(folder, `raw/ships/${id}.json`));
    commit(folder, 'Ships', { [bea]: ship('bea'), 'raw/ships/cleo.json': ship('cleo') });
    const text = '{"other":1}';
    const ahead = {
      ...nodeFileSystem(),
      readMany: () => [
        undefined,
        { text, utf8: { all: Buffer.from(text), start: 0, end: text.length } },
        { bytes: Buffer.from(text) },
      ],
    };
    const origin = originOf(ahead, foldersOf(folder));
    expect([...(origin.files.readMany?.(names) ?? [])]).toHaveLength(3);
    expect(origin.differences().map(({ file }) => file)).toEqual([bea, 'raw/ships/cleo.json']);
  });

  test('and build records that, in the database and the provenance too', async () => {
    const folder = repository();
    writeFiles(folder, { '.git/info/exclude': bea, [bea]: ship('bea') });
    const { status } = await run(folder, 'build', [...here, '--dist', 'dist']);
    expect(status).toBe(0);
    const dirty = `${git(folder, 'rev-parse', 'HEAD').trim()}-dirty`;
    for (const file of ['datapackage.json', 'prov.jsonld', 'README.md'])
      expect(fs.readFileSync(path.join(folder, 'dist/next', file), 'utf8')).toContain(dirty);
  });
});

describe('a release is refused', () => {
  test.each<[string, (folder: string) => void, RegExp]>([
    [
      'of a record that git ignores',
      (folder) => writeFiles(folder, { '.git/info/exclude': 'bea.json', 'raw/ships/bea.json': ship('bea') }),
      /what was read differs from the commit [0-9a-f]{12}: "raw\/ships\/bea.json" \(not in the commit\)\. Commit, restore or remove/,
    ],
    [
      'of an untracked record that git status hides',
      (folder) => {
        git(folder, 'config', 'status.showUntrackedFiles', 'no');
        writeFiles(folder, { 'raw/ships/bea.json': ship('bea') });
      },
      /the work tree is not clean: "raw\/ships\/bea.json"/,
    ],
    [
      'of a sparse checkout',
      (folder) => void git(folder, 'sparse-checkout', 'set', '--no-cone', '/*', '!/raw/crossings/'),
      /"raw\/crossings\/monday-ystad.json" \(in the commit, but not in the work tree\)/,
    ],
    [
      'in a repository without a commit',
      (folder) => {
        fs.rmSync(path.join(folder, '.git'), { recursive: true });
        git(folder, 'init', '-q');
        git(folder, 'add', '-A');
      },
      /a release is made from a commit: nothing is committed yet/,
    ],
    [
      'of folders that the repository does not hold',
      (folder) => {
        git(folder, 'rm', '-r', '-q', '--cached', 'raw', 'schema');
        append(folder, '.gitignore', 'raw\nschema\n');
        commit(folder, 'Take out', {});
      },
      /the schemas and records are not committed: commit them first/,
    ],
    [
      'where its tag leads to a file',
      (folder) => void git(folder, 'tag', 'v1.2.3', 'HEAD:schema/dataset.json'),
      /the tag "v1.2.3" does not point to a commit: remove it with `git tag -d v1.2.3`/,
    ],
    [
      'where records are in a submodule',
      (folder) => {
        const records = freshFolder();
        fs.cpSync(path.join(folder, 'raw'), records, { recursive: true });
        git(records, 'init', '-q');
        commit(records, 'Records', {});
        git(folder, 'rm', '-r', '-q', 'raw');
        git(folder, '-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', records, 'raw');
        commit(folder, 'Submodule', {});
      },
      /the folders are not in the same git repository: .*schema is in that of .* and .*raw is in that of .*raw/,
    ],
    [
      'where records are behind a link',
      (folder) => {
        fs.renameSync(path.join(folder, 'raw'), path.join(folder, 'records'));
        fs.symlinkSync('records', path.join(folder, 'raw'));
        commit(folder, 'Link', {});
      },
      /raw is reached through a link inside its git repository: name the folder itself/,
    ],
  ])('%s', async (_, spoil, says) => {
    const folder = repository();
    spoil(folder);
    const { err, status } = await release(folder);
    expect(err).toMatch(says);
    expect(err).not.toMatch(/ {4}at /);
    expect(status).toBe(2);
    expect(fs.existsSync(path.join(folder, 'dist/1.2.3'))).toBe(false);
  });
});

describe('git gives the same answers with any settings', () => {
  /** Settings of a user that change what git prints, or that start programs. */
  const settings: Readonly<Record<string, string>> = {
    'log.showSignature': 'true',
    'log.follow': 'true',
    'log.date': 'relative',
    'status.short': 'true',
    'status.branch': 'true',
    'status.relativePaths': 'true',
    'status.showUntrackedFiles': 'no',
    'core.quotePath': 'true',
    'core.fsmonitor': './program',
    'core.hooksPath': '.',
    'core.pager': './program',
    'diff.external': './program',
    'diff.orderFile': 'nowhere',
    'diff.noprefix': 'true',
    'diff.renames': 'copies',
    'diff.relative': 'true',
    'color.ui': 'always',
    'column.ui': 'always',
    'tag.gpgSign': 'true',
    'tag.forceSignAnnotated': 'true',
    'tag.sort': '-refname',
    'gpg.program': './program',
    'format.pretty': 'oneline',
    'alias.diff': '!./program',
  };

  test('settings', async () => {
    const folder = repository({ 'raw/ports/Malmö.json': { id: 'malmo', name: 'Malmö' } });
    const ran = path.join(folder, 'dist/ran');
    commit(folder, 'Program', {
      program: `#!/bin/sh\ntouch '${ran}'\n`,
      'reference-transaction': `#!/bin/sh\ntouch '${ran}'\n`,
      'raw/ports/Malmö.json': undefined,
    });
    for (const name of ['program', 'reference-transaction']) fs.chmodSync(path.join(folder, name), 0o755);
    commit(folder, 'Executable', {});
    fs.mkdirSync(path.join(folder, 'dist'));
    const before = path.join(freshFolder(), 'plain');
    fs.cpSync(folder, before, { recursive: true });
    for (const [name, value] of Object.entries(settings)) git(folder, 'config', name, value);
    for (const at of [folder, before]) {
      const repo = openRepository(foldersOf(at));
      const head = repo.commit('HEAD');
      repo.createTag('v0.1.0', head);
      const [from, raw] = [repo.commit('HEAD~2'), path.join(at, 'raw')];
      writeFiles(at, { 'raw/ports/Ängelholm.json': { id: 'x' } });
      expect(repo.head()?.commit).toBe(head);
      expect(repo.tags('HEAD')).toEqual(['v0.1.0']);
      expect([...repo.changes(from, [raw])]).toEqual(['raw/ports/Malmö.json', 'raw/ports/Ängelholm.json']);
      expect(await repo.changesMeanwhile(from, [raw])).toEqual(repo.changes(from, [raw]));
      await expect(repo.changesMeanwhile('gone', [raw])).rejects.toThrow('git could not compare the work tree');
      expect(repo.uncommitted()).toEqual(['raw/ports/Ängelholm.json']);
      expect([...repo.subjectOf(from, head, [raw])]).toEqual([['raw/ports/Malmö.json', 'Program']]);
      expect(repo.staged.changes([raw]).size).toBe(0);
      const tables = repo.tree(head).list(raw);
      expect(tables.map(({ name }) => name)).toEqual(['crossings', 'papers', 'ports', 'ships']);
    }
    expect(fs.existsSync(ran)).toBe(false);
  });

  test('variables', () => {
    const folder = repository();
    const other = repository({ 'raw/ships/bea.json': ship('bea') });
    const program = path.join(other, 'program');
    vi.stubEnv('GIT_DIR', path.join(other, '.git'));
    vi.stubEnv('GIT_WORK_TREE', other);
    vi.stubEnv('GIT_INDEX_FILE', path.join(other, '.git/index'));
    vi.stubEnv('GIT_EXTERNAL_DIFF', program);
    vi.stubEnv('GIT_ICASE_PATHSPECS', '1');
    vi.stubEnv('GIT_TRACE', '2');
    const found = compared(folder);
    const tracked = openRepository(foldersOf(folder)).tracks([path.join(folder, 'raw')]);
    vi.unstubAllEnvs();
    expect(found).toEqual({ commit: git(folder, 'rev-parse', 'HEAD').trim(), differs: [] });
    expect(tracked).toBe(true);
  });

  test('the clone that reproduces a release has each file as it is stored, and runs no hook', () => {
    const folder = repository();
    const config = freshFolder();
    const ran = path.join(config, 'ran');
    writeFiles(config, {
      'hooks/post-checkout': `#!/bin/sh\ntouch '${ran}'\n`,
      config: `[core]\nautocrlf = true\n[init]\ntemplateDir = ${config}\n[filter "upper"]\nsmudge = tr a-z A-Z\n`,
    });
    fs.chmodSync(path.join(config, 'hooks/post-checkout'), 0o755);
    commit(folder, 'Attributes', {
      '.gitattributes': '*.txt eol=crlf\nb filter=upper\nc ident\nd working-tree-encoding=UTF-16LE\n',
      'a.txt': 'a\n',
      b: 'b\n',
      c: '$Id$\n',
      d: 'd\n',
    });
    vi.stubEnv('GIT_CONFIG_GLOBAL', path.join(config, 'config'));
    const clone = path.join(freshFolder(), 'clone');
    const repo = openRepository(foldersOf(folder));
    repo.cloneAt(repo.commit('HEAD'), clone);
    const text = (file: string): string => fs.readFileSync(path.join(clone, file), 'utf8');
    expect(['a.txt', 'b', 'c', 'd'].map(text)).toEqual(['a\n', 'b\n', '$Id$\n', git(folder, 'show', 'HEAD:d')]);
    expect(compared(clone)).toEqual({ commit: repo.commit('HEAD'), differs: [] });
    expect(openRepository(foldersOf(clone)).uncommitted()).toEqual([]);
    expect(fs.existsSync(ran)).toBe(false);
  });

  test('names that look like options, patterns or other names', async () => {
    const folder = repository();
    git(folder, 'update-ref', 'refs/heads/HEAD', 'HEAD');
    git(folder, 'update-ref', 'refs/heads/v1.2.3', 'HEAD');
    git(folder, 'update-ref', 'refs/tags/-x', 'HEAD');
    for (const name of ['--output=x', '-x', 'raw/*', 'HEAD:raw', '..', '@{99}', ':/nothing']) {
      const { err, status } = await run(folder, 'validate', [...here, `--changed=${name}`]);
      expect(err, name).toMatch(
        name === '-x' ? /unchanged records/ : /git knows no commit called|git could not look up/,
      );
      expect(status, name).toBe(name === '-x' ? 0 : 2);
      expect(err, name).not.toMatch(/ {4}at /);
    }
    expect(fs.existsSync(path.join(folder, 'x'))).toBe(false);
    expect(openRepository(foldersOf(folder)).tag('v1.2.3')).toBeUndefined();
  });
});

describe('a git that fails is reported as such', () => {
  /** A folder for the PATH in which git is a script; without a script git is missing. */
  function pathWith(script: string | undefined): string {
    const folder = freshFolder();
    if (script !== undefined) {
      fs.writeFileSync(
        path.join(folder, 'git'),
        `#!${execFileSync('which', ['sh'], { encoding: 'utf8' }).trim()}\n${script}`,
      );
      fs.chmodSync(path.join(folder, 'git'), 0o755);
    }
    return folder;
  }
  const refusal = `echo "fatal: detected dubious ownership in repository at '/x'" >&2
echo 'To add an exception for this directory, call:' >&2
echo '	git config --global --add safe.directory /x' >&2
exit 128
`;
  const cases: readonly [string, (folder: string) => void, RegExp][] = [
    [
      'a repository of another user',
      () => vi.stubEnv('PATH', pathWith(refusal)),
      /detected dubious ownership in repository at '\/x'\. To add .*: git config --global --add safe\.directory \/x/,
    ],
    ['no git', () => vi.stubEnv('PATH', pathWith(undefined)), /git is not installed, or not on the PATH/],
    [
      'a damaged repository',
      (folder) => fs.rmSync(path.join(folder, '.git/HEAD')),
      /git refuses the repository here: not a git repository/,
    ],
    [
      'a commit that is missing',
      (folder) => {
        const head = git(folder, 'rev-parse', 'HEAD').trim();
        fs.rmSync(path.join(folder, '.git/objects', head.slice(0, 2), head.slice(2)));
      },
      /the object [0-9a-f]{12} is missing, or is not a commit|: bad object HEAD/,
    ],
    [
      'a bare repository',
      (folder) => void git(folder, 'config', 'core.bare', 'true'),
      /git refuses the repository here: this operation must be run in a work tree/,
    ],
  ];

  test.each(cases)('%s', async (_, spoil, says) => {
    const folder = repository();
    spoil(folder);
    for (const args of [
      ['validate', '--changed', 'HEAD'],
      ['diff', '--base', 'HEAD'],
      ['report', '--base', 'HEAD'],
      ['release', '--dist', 'dist'],
      ['staged'],
    ]) {
      const [name = '', ...more] = args;
      const { err, status } = await run(folder, name, [...here, ...more]);
      expect(err, name).toMatch(says);
      expect(err, name).not.toMatch(/ {4}at |there is no git repository/);
      expect(status, name).toBe(2);
    }
    const { out, err } = await run(folder, 'validate', here);
    expect(out + err).toMatch(/dataset\.json:1:1 warning withdrawal: not checked whether published records are gone: /);
    const origin = originOf(nodeFileSystem(), foldersOf(folder));
    expect(origin.unknown).toMatch(says);
    expect(origin.facts()).toEqual({ commit: null, date: null });
  });

  test('build warns that it records no commit, and builds', async () => {
    const folder = repository();
    vi.stubEnv('PATH', pathWith(refusal));
    const { err, status } = await run(folder, 'build', [...here, '--dist', 'dist']);
    expect(err).toMatch(
      /^build: warning: no commit is recorded: git refuses the repository here: detected dubious ownership/,
    );
    expect(status).toBe(0);
    expect(fs.readFileSync(path.join(folder, 'dist/next/datapackage.json'), 'utf8')).not.toContain('"commit"');
  });

  test('there is no warning for a folder outside git, with git or without', () => {
    const folder = dataset();
    expect(originOf(nodeFileSystem(), foldersOf(folder)).unknown).toBeUndefined();
    for (const script of [refusal, undefined]) {
      vi.stubEnv('PATH', pathWith(script));
      expect(originOf(nodeFileSystem(), foldersOf(folder)).unknown).toBeUndefined();
    }
  });

  test('a folder that a link outside of git leads to is in its repository', () => {
    const link = path.join(freshFolder(), 'raw');
    fs.symlinkSync(path.join(repository(), 'raw'), link);
    expect(findRepository([link])).toMatchObject({
      plain: false,
      why: expect.stringContaining('through a link') as string,
    });
  });

  test('a blob that a partial clone lacks is named', async () => {
    const folder = repository({ 'raw/ships/bea.json': ship('bea') });
    const blob = git(folder, 'rev-parse', `HEAD:raw/ships/bea.json`).trim();
    writeFiles(folder, { 'raw/ships/bea.json': ship('bea', 'Bea') });
    fs.rmSync(path.join(folder, '.git/objects', blob.slice(0, 2), blob.slice(2)));
    const { err, status } = await run(folder, 'diff', [...here, '--base', 'HEAD']);
    expect(err).toMatch(/git lacks [0-9a-f]{40}, the content of raw\/ships\/bea.json/);
    expect(status).toBe(2);
  });

  test('a detached head and a linked work tree are as good as a branch', () => {
    const folder = repository();
    const linked = path.join(freshFolder(), 'linked');
    git(folder, 'worktree', 'add', '-q', '--detach', linked);
    const head = git(folder, 'rev-parse', 'HEAD').trim();
    expect(compared(linked)).toEqual({ commit: head, differs: [] });
    append(linked, 'schema/dataset.json', ' ');
    expect(compared(linked).commit).toBe(`${head}-dirty`);
    expect(compared(folder).commit).toBe(head);
  });

  test('a project behind a link is the same project', () => {
    const folder = repository();
    const link = path.join(freshFolder(), 'link');
    fs.symlinkSync(folder, link);
    expect(compared(link)).toEqual({ commit: git(folder, 'rev-parse', 'HEAD').trim(), differs: [] });
  });
});

describe('whether a published record was removed', () => {
  const warning =
    /^schema\/dataset\.json:1:1 warning withdrawal: not checked whether published records are gone: this clone/;

  /** A clone of a repository with two commits, whose first is a release. */
  function cloned(...flags: readonly string[]): string {
    const origin = repository();
    git(origin, 'tag', 'v1.2.3');
    commit(origin, 'More', { 'raw/ships/bea.json': ship('bea'), ...versioned('1.3.0') });
    const clone = path.join(freshFolder(), 'clone');
    git(origin, 'clone', '-q', ...flags, `file://${origin}`, clone);
    fs.cpSync(path.join(origin, 'sources'), path.join(clone, 'sources'), { recursive: true });
    return clone;
  }

  test.each<[string, readonly string[], string]>([
    ['a shallow clone', ['--depth', '1'], 'git fetch --unshallow --tags'],
    ['a clone without tags', ['--no-tags'], 'git fetch --tags'],
  ])('is not known in %s: validate warns, release refuses', async (_, flags, command) => {
    const clone = cloned(...flags);
    const { out, status } = await run(clone, 'validate', here);
    expect(out).toMatch(warning);
    expect(out).toContain(`(run \`${command}\`)`);
    expect(status).toBe(0);
    const refused = await release(clone);
    expect(refused.err).toMatch(/so this may not be the first release\. Run `git fetch /);
    expect(refused.err).toContain(command);
    expect(refused.status).toBe(2);
    git(clone, ...command.split(' ').slice(1));
    expect((await run(clone, 'validate', here)).out).toBe('');
  });

  test('needs no warning if the tag exists, or in a new dataset', async () => {
    expect((await run(cloned(), 'validate', here)).out).toBe('');
    expect((await run(repository(), 'validate', here)).out).toBe('');
    const unborn = dataset(withdrawable);
    git(unborn, 'init', '-q');
    expect((await run(unborn, 'validate', here)).out).toBe('');
  });

  test('is refused if dist holds a release whose tag is missing', async () => {
    const folder = repository(versioned('1.3.0'));
    fs.mkdirSync(path.join(folder, 'dist/1.2.3'), { recursive: true });
    const { err, status } = await release(folder);
    expect(err).toMatch(/dist\/1\.2\.3 was released before, but the tag v1\.2\.3 is not among those of this commit/);
    expect(status).toBe(2);
  });

  test('ignores what a sparse checkout leaves out', async () => {
    const folder = repository();
    git(folder, 'tag', 'v1.2.3');
    git(folder, 'sparse-checkout', 'set', '--no-cone', '/*', '!/raw/crossings/');
    expect((await run(folder, 'validate', here)).out).toBe('');
    fs.rmSync(path.join(folder, 'raw/ports/trelleborg.json'));
    expect((await run(folder, 'validate', here)).out).toMatch(/"trelleborg" of ports is gone/);
  });
});

test('--changed sees records that git ignores or treats as unchanged', async () => {
  const folder = repository();
  git(folder, 'update-index', '--assume-unchanged', 'raw/ships/anna.json');
  writeFiles(folder, { '.git/info/exclude': 'bea.json', 'raw/ships/bea.json': { id: 'bea' } });
  writeFiles(folder, { 'raw/ships/anna.json': { id: 'anna' } });
  const { out } = await run(folder, 'validate', [...here, '--changed', 'HEAD']);
  expect(out).toBe((await run(folder, 'validate', here)).out);
  expect(out.split('\n')).toHaveLength(3);
});
