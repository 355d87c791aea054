import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { crossing, here } from '../support/fixture.ts';
import { git, repository } from '../support/repository.ts';
import { run, script, writeFiles } from '../support/run.ts';

const file = 'raw/ships/bea.json';
const untidy = '{"name": "Bea", "id": "bea"}';
const tidy = '{\n  "id": "bea",\n  "name": "Bea"\n}\n';
const inIndex = (folder: string, at = file): string => git(folder, 'show', `:${at}`);
const inTree = (folder: string, at = file): string => fs.readFileSync(path.join(folder, at), 'utf8');
const staged = (folder: string): ReturnType<typeof run> => run(folder, 'staged', here);

/** The dataset with files written, and some of them staged. */
function withStaged(files: Readonly<Record<string, string | object>>, ...names: readonly string[]): string {
  const folder = repository();
  writeFiles(folder, files);
  for (const name of names) git(folder, 'add', name);
  return folder;
}

describe('staged', () => {
  test('fixes what is staged, in the index and in the work tree', async () => {
    const folder = withStaged({ [file]: untidy }, file);
    const { err, status } = await staged(folder);
    expect(err).toBe(
      `staged ${file} in canonical form\nstaged: 1 record in 4 tables; 0 errors and 0 warnings; 5 unchanged records skipped\n`,
    );
    expect(status).toBe(0);
    expect([inIndex(folder), inTree(folder)]).toEqual([tidy, tidy]);
  });

  test('never touches what is not staged: a file that is staged in part keeps the rest', async () => {
    const folder = withStaged({ [file]: untidy, 'raw/ships/cleo.json': '{"name":1}' }, file);
    writeFiles(folder, { [file]: '{"id": "bea", "name": "Bea", "half": ' });
    expect((await staged(folder)).status).toBe(0);
    expect([inIndex(folder), inTree(folder)]).toEqual([tidy, '{"id": "bea", "name": "Bea", "half": ']);
    expect(inTree(folder, 'raw/ships/cleo.json')).toBe('{"name":1}');
    expect(git(folder, 'status', '--porcelain')).toBe(`AM ${file}\n?? raw/ships/cleo.json\n`);
  });

  test('leaves alone files that are only marked to be added, removed but still on the disk, or not checked out', async () => {
    const folder = withStaged({ [file]: untidy, 'raw/ships/cleo.json': '{"name":1}' });
    git(folder, 'add', '-N', file);
    git(folder, 'rm', '-q', '--cached', 'raw/crossings/monday-ystad.json');
    writeFiles(folder, { 'raw/crossings/monday-ystad.json': '{broken' });
    git(folder, 'sparse-checkout', 'set', '--no-cone', '/*', '!/raw/ports/');
    expect(await staged(folder)).toMatchObject({ status: 0, out: '' });
    expect(inTree(folder)).toBe(untidy);
    expect(inTree(folder, 'raw/crossings/monday-ystad.json')).toBe('{broken');
    expect(fs.existsSync(path.join(folder, 'raw/ports'))).toBe(false);
    expect(git(folder, 'ls-files', 'raw/ports')).toMatch(/ystad/);
  });

  test('works on the repository that git names to a hook, wherever it is', async () => {
    const folder = withStaged({ [file]: untidy }, file);
    const away = path.join(path.dirname(folder), 'away.git');
    fs.renameSync(path.join(folder, '.git'), away);
    vi.stubEnv('GIT_DIR', away);
    vi.stubEnv('GIT_WORK_TREE', folder);
    onTestFinished(() => void vi.unstubAllEnvs());
    expect(await staged(folder)).toMatchObject({ status: 0, out: '' });
    expect([inIndex(folder), inTree(folder)]).toEqual([tidy, tidy]);
  });

  test('checks what is staged, not what the work tree has made of it since', async () => {
    const folder = withStaged({ 'raw/crossings/monday-ystad.json': { ...crossing, ship: 'ana' } }, 'raw');
    writeFiles(folder, { 'raw/crossings/monday-ystad.json': crossing });
    const { out, err, status } = await staged(folder);
    expect(out).toBe('raw/crossings/monday-ystad.json:4:11 error reference: no ship "ana" (did you mean "anna"?)\n');
    expect(err).toMatch(
      /fix it, `git add` it, and commit again\nstaged: raw\/crossings\/monday-ystad\.json differs from what is staged: `git add` it/,
    );
    expect(status).toBe(1);
  });

  test('completes a span from the available text, and reports a record that others still need', async () => {
    const [span] = crossing.evidence;
    const late = { ...crossing, remark: 'Late' };
    const short = {
      ...late,
      evidence: [{ source: 'gazette', begins: span?.begins, ends: span?.ends, supports: span?.supports }],
    };
    const folder = withStaged({ 'raw/crossings/monday-ystad.json': short }, 'raw');
    expect((await staged(folder)).status).toBe(0);
    expect(JSON.parse(inIndex(folder, 'raw/crossings/monday-ystad.json'))).toEqual(late);
    git(folder, 'rm', '-q', 'raw/ships/anna.json');
    expect((await staged(folder)).out).toMatch(
      /^raw\/crossings\/monday-ystad.json:4:11 error reference: no ship "anna"/,
    );
  });

  test('leaves a text alone if a rewrite could lose something, and says what is wrong', async () => {
    const text = '{"id": "bea", "name": "Bea", "name": "Bea II"}';
    const folder = withStaged({ [file]: text }, file);
    const { out, status } = await staged(folder);
    expect(out).toMatch(/error duplicate-key/);
    expect(status).toBe(1);
    expect(inIndex(folder)).toBe(text);
  });

  test('leaves a number as it is written', async () => {
    const text = JSON.stringify(crossing).replace('172.5', '3.000');
    const folder = withStaged({ 'raw/crossings/monday-ystad.json': text }, 'raw');
    const { out, status } = await staged(folder);
    expect(out).toMatch(/error number: 3\.000 is read as 3 /);
    expect(status).toBe(1);
    expect(inIndex(folder, 'raw/crossings/monday-ystad.json')).toBe(text);
  });

  test('nothing staged is nothing to do', async () => {
    const folder = withStaged({ [file]: 'x' });
    expect(await staged(folder)).toEqual({ status: 0, out: '', err: '' });
  });

  test('as a git hook: a bad record is not committed, and a commit of a path does not change what else is staged', () => {
    const folder = withStaged({ [file]: '{"id": "bea"}' }, file);
    const flags = here.map((flag) => `'${flag}'`).join(' ');
    const hook = `#!/bin/sh\nexec '${process.execPath}' '${script('staged').join("' '")}' ${flags}\n`;
    writeFiles(folder, { '.git/hooks/pre-commit': hook });
    fs.chmodSync(path.join(folder, '.git/hooks/pre-commit'), 0o755);
    expect(() => git(folder, 'commit', '-q', '-m', 'Bad')).toThrow(/./);
    writeFiles(folder, { [file]: untidy });
    git(folder, 'commit', '-q', '-a', '-m', 'Good');
    expect(git(folder, 'show', `HEAD:${file}`)).toBe(tidy);
    expect(git(folder, 'status', '--porcelain')).toBe('');
    writeFiles(folder, { 'raw/ships/cleo.json': { id: 'cleo', name: 'Cleo' }, [file]: untidy });
    git(folder, 'add', 'raw/ships/cleo.json');
    expect(() => git(folder, 'commit', '-q', '-m', 'One path', file)).toThrow(/./);
    expect(git(folder, 'status', '--porcelain')).toBe(` M ${file}\nA  raw/ships/cleo.json\n`);
  });
});
