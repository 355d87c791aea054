import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { recordNamed } from '../../scripts/project/recordFiles.ts';
import { renameRecord } from '../../scripts/verbs/renameRecord.ts';
import { prepareSecondCoding } from '../../scripts/verbs/secondCoding.ts';
import { crossing, dataset, document, here, records, schemas, sha256, withdrawable } from '../support/fixture.ts';
import { projectAt } from '../support/projectAt.ts';
import { git, repository } from '../support/repository.ts';
import { run, writeFiles } from '../support/run.ts';

const exists = (folder: string, name: string): boolean => fs.existsSync(path.join(folder, name));
const read = (folder: string, name: string): unknown => JSON.parse(fs.readFileSync(path.join(folder, name), 'utf8'));
const isValid = async (folder: string): Promise<void> => {
  expect(await run(folder, 'validate', [])).toMatchObject({ status: 0, out: '' });
};

const ships = schemas['schema/ships.schema.json'] as { readonly properties: object };
/** The schema of ships that have whole numbers. */
const numbered = {
  'schema/ships.schema.json': { ...ships, properties: { ...ships.properties, id: { type: 'integer' } } },
};

describe('rename', () => {
  test('gives a record another identifier, and every reference follows, also that of a span', async () => {
    const folder = dataset();
    const { err, status } = await run(folder, 'rename', ['ports/ystad', 'ystad-town']);
    expect({ err, status }).toEqual({
      err:
        'rename: raw/crossings/monday-ystad.json: /port is ystad-town\n' +
        'rename: raw/crossings/monday-ystad.json: /stops/0/port is ystad-town\n' +
        'rename: raw/ports/ystad-town.json, 2 references changed\n',
      status: 0,
    });
    expect(exists(folder, 'raw/ports/ystad.json')).toBe(false);
    expect((await run(folder, 'rename', ['papers/gazette', 'the-gazette', '--quiet'])).err).toBe('');
    expect(read(folder, 'raw/crossings/monday-ystad.json')).toMatchObject({
      port: 'ystad-town',
      evidence: [{ source: 'the-gazette' }],
    });
    await isValid(folder);
  });

  test('refuses a record that a commit holds, on whatever branch, but not one that none holds', async () => {
    const folder = repository();
    git(folder, 'checkout', '-q', '-b', 'other');
    writeFiles(folder, { 'raw/ships/berta.json': { id: 'berta', name: 'Berta' } });
    git(folder, 'add', '-A');
    git(folder, 'commit', '-qm', 'Add Berta');
    git(folder, 'checkout', '-q', '-');
    writeFiles(folder, {
      'raw/ships/berta.json': { id: 'berta', name: 'Berta' },
      'raw/ships/clara.json': { id: 'clara', name: 'Clara' },
    });
    for (const name of ['anna', 'berta']) {
      const refused = await run(folder, 'rename', [`ships/${name}`, 'dora']);
      expect(refused.err).toMatch(/holds it, so its identifier never changes/);
      expect(refused.status).toBe(1);
    }
    expect(await run(folder, 'rename', ['ships/clara', 'dora'])).toMatchObject({ status: 0 });
    expect(read(folder, 'raw/ships/dora.json')).toEqual({ id: 'dora', name: 'Clara' });
  });

  test('works before the first commit', async () => {
    const folder = dataset();
    git(folder, 'init', '-q');
    expect(await run(folder, 'rename', ['ships/anna', 'dora'])).toMatchObject({ status: 0 });
    await isValid(folder);
  });

  test('refuses an identifier that is taken or has another form, and writes nothing', async () => {
    const folder = dataset({ 'raw/ports/more.ndjson': '{"id":"bo","name":"Bo"}\n' });
    for (const [to, why] of [
      ['trelleborg', 'is taken'],
      ['Bo', 'is taken'],
      ['Two words', 'required form (did you mean "two-words"?)'],
      ['YSTAD', '"YSTAD" and "ystad" differ only in case or accents'],
      ['ystad', '"ystad" is its identifier already'],
      ['../ystad', 'cannot be the name of a file'],
    ] as const) {
      const { err, status } = await run(folder, 'rename', ['ports/ystad', to]);
      expect(err).toContain(why);
      expect(status).toBe(2);
    }
    expect(fs.readdirSync(path.join(folder, 'raw/ports')).toSorted()).toEqual([
      'more.ndjson',
      'trelleborg.json',
      'ystad.json',
    ]);
    await isValid(folder);
  });

  test('gives a numbered record only a whole number, written as it is', async () => {
    const folder = dataset({ ...numbered, 'raw/ships/more.ndjson': '{"id":5,"name":"Five"}\n' });
    for (const to of ['0x10', '1e3', '007', '1.5', 'abc', ' 7', '9007199254740993'])
      expect(await run(folder, 'rename', ['ships/5', to])).toMatchObject({
        err: expect.stringContaining(`"${to}" is not a whole number, as the identifiers of ships are`),
        status: 2,
      });
    expect(await run(folder, 'rename', ['ships/5', '16'])).toMatchObject({ status: 0 });
    expect(read(folder, 'raw/ships/more.ndjson')).toEqual({ id: 16, name: 'Five' });
  });

  test('writes nothing if the record has changed since it was read', () => {
    const folder = dataset();
    const project = projectAt(folder, []);
    const record = recordNamed(project.fs, project, folder, 'ports/ystad');
    writeFiles(folder, { 'raw/ports/ystad.json': { id: 'ystad', name: 'Ystad town' } });
    expect(() => renameRecord(project, record, 'town')).toThrow('has changed since it was read');
    expect(exists(folder, 'raw/ports/town.json')).toBe(false);
    expect(read(folder, 'raw/crossings/monday-ystad.json')).toMatchObject({ port: 'ystad' });
  });

  test('names the record in whose reference nothing can be changed', async () => {
    const folder = dataset({ 'raw/crossings/b.json': JSON.stringify({ ...crossing, id: 'b' }).replace('40', '40.0') });
    expect((await run(folder, 'rename', ['ports/ystad', 'town'])).err).toContain(
      'raw/crossings/b.json refers to ports/ystad and cannot be rewritten: change it by hand first',
    );
    expect(exists(folder, 'raw/ports/town.json')).toBe(false);
  });

  test('changes only the case in two steps', async () => {
    const folder = dataset({
      'schema/ships.schema.json': { ...ships, properties: { ...ships.properties, id: { type: 'string' } } },
      'raw/ships/more.ndjson': '{"id":"bea","name":"Bea"}\n',
    });
    expect((await run(folder, 'rename', ['ships/bea', 'Bea'])).err).toContain(
      'rename the record to something else first',
    );
    for (const [from, to] of [
      ['bea', 'cleo'],
      ['cleo', 'Bea'],
    ] as const)
      expect(await run(folder, 'rename', [`ships/${from}`, to])).toMatchObject({ status: 0 });
    expect(read(folder, 'raw/ships/more.ndjson')).toEqual({ id: 'Bea', name: 'Bea' });
    await isValid(folder);
  });

  test('changes one line of NDJSON, and the lines that refer to it', async () => {
    const { id, ...rest } = crossing;
    const folder = dataset({
      'raw/ports/more.ndjson': '{"id":"bo","name":"Bo"}\n{"id":"cy","name":"Cy"}\n',
      'raw/crossings/more.ndjson': `${JSON.stringify({ id: `${id}-2`, ...rest, port: 'cy' })}\n`,
    });
    expect(await run(folder, 'rename', ['ports/cy', 'di'])).toMatchObject({ status: 0 });
    expect(fs.readFileSync(path.join(folder, 'raw/ports/more.ndjson'), 'utf8')).toBe(
      '{"id":"bo","name":"Bo"}\n{"id":"di","name":"Cy"}\n',
    );
    expect(read(folder, 'raw/crossings/more.ndjson')).toMatchObject({ id: 'monday-ystad-2', port: 'di' });
    await isValid(folder);
    git(folder, 'init', '-q');
    git(folder, 'add', '-A');
    git(folder, 'commit', '-qm', 'Begin');
    fs.appendFileSync(path.join(folder, 'raw/ports/more.ndjson'), '{"id":"ed","name":"Ed"}\n');
    expect(await run(folder, 'rename', ['ports/di', 'fa'])).toMatchObject({ status: 1 });
    expect(await run(folder, 'rename', ['ports/ed', 'fa'])).toMatchObject({ status: 0 });
  });
});

describe('a line that a commit holds is not renamed', () => {
  const refused = { err: expect.stringContaining('holds it, so its identifier never changes'), status: 1 };

  test.each([
    ['whose identifier is a number', numbered, '{"id":5,"name":"Five"}', 'ships/5'],
    ['whose key has an escape', {}, '{"\\u0069d":"bea","name":"Bea"}', 'ships/bea'],
    ['whose identifier has an escape', {}, '{"id":"\\u0062ea","name":"Bea"}', 'ships/bea'],
    ['with a sign that means something in a search', {}, '{"id":"b.e+a","name":"Bea"}', 'ships/b.e+a'],
  ])('%s', async (_, more, line, name) => {
    const folder = repository(more);
    writeFiles(folder, { 'raw/ships/more.ndjson': `${line}\n` });
    git(folder, 'add', '-A');
    git(folder, 'commit', '-qm', 'Add a line');
    expect(await run(folder, 'rename', [name, '9'])).toMatchObject(refused);
  });

  test('also if the commit has its number in another notation', async () => {
    const folder = repository({ ...numbered, 'raw/ships/more.ndjson': '{"id":1e2,"name":"Hundred"}\n' });
    writeFiles(folder, { 'raw/ships/more.ndjson': '{"id":100,"name":"Hundred"}\n' });
    expect(await run(folder, 'rename', ['ships/100', '9'])).toMatchObject(refused);
  });

  test('also if a merge left it out, or brought it in', async () => {
    const folder = repository({ 'raw/ships/more.ndjson': '{"id":"bea","name":"Bea"}\n' });
    const commit = (text: string): void => {
      writeFiles(folder, { 'raw/ships/more.ndjson': text });
      git(folder, 'add', '-A');
      git(folder, 'commit', '-qm', 'Change the ships');
    };
    git(folder, 'checkout', '-q', '-b', 'other');
    commit('{"id":"bea","name":"Bea"}\n{"id":"cleo","name":"Cleo"}\n');
    git(folder, 'checkout', '-q', '-');
    git(folder, 'merge', '-q', '-s', 'ours', '-m', 'Leave it out', 'other');
    git(folder, 'checkout', '-q', '-b', 'third');
    git(folder, 'commit', '-qm', 'Do nothing', '--allow-empty');
    git(folder, 'checkout', '-q', '-');
    git(folder, 'merge', '-q', '--no-ff', '--no-commit', 'third');
    commit('{"id":"bea","name":"Bea"}\n{"id":"dora","name":"Dora"}\n');
    git(folder, 'branch', '-q', '-D', 'other');
    commit('{"id":"bea","name":"Bea"}\n');
    writeFiles(folder, {
      'raw/ships/more.ndjson': ['bea', 'cleo', 'dora', 'ed'].map((id) => `{"id":"${id}","name":"x"}\n`).join(''),
    });
    for (const id of ['cleo', 'dora']) expect(await run(folder, 'rename', [`ships/${id}`, '9'])).toMatchObject(refused);
    expect(await run(folder, 'rename', ['ships/ed', 'fa'])).toMatchObject({ status: 0 });
  });

  test('nor if git cannot tell', async () => {
    const folder = dataset({ '.git': 'gitdir: nowhere\n' });
    expect((await run(folder, 'rename', ['ships/anna', 'dora'])).err).toContain(
      'git cannot tell whether a commit holds the record: ',
    );
  });
});

test('a line that only another line names was not committed', async () => {
  const folder = repository({
    'raw/crossings/more.ndjson': `${JSON.stringify({ ...crossing, id: 'b', remark: 'c' })}\n`,
  });
  fs.appendFileSync(path.join(folder, 'raw/crossings/more.ndjson'), `${JSON.stringify({ ...crossing, id: 'c' })}\n`);
  expect(await run(folder, 'rename', ['crossings/c', 'd'])).toMatchObject({ status: 0 });
});

test('a line of a file of several MiB is written, fixed and copied for a second coder; the others stay', async () => {
  const lines = Array.from(
    { length: 20_000 },
    (_, i) => `{"id":"ship-${10_000 + i}","name":"${'A ship '.repeat(20)}${i}"}\n`,
  );
  const folder = dataset({ 'raw/ships/more.ndjson': `${lines.join('')}{ "id":"zora","name":"Last"}\n` });
  const more = (at = 'raw'): string => sha256(fs.readFileSync(path.join(folder, at, 'ships/more.ndjson')));
  const ending = (line: string): string => sha256(`${lines.join('')}${line}\n`);
  expect(await run(folder, 'fix', [])).toMatchObject({ status: 0 });
  expect(more()).toBe(ending('{"id":"zora","name":"Last"}'));
  expect(await run(folder, 'rename', ['ships/zora', 'zulu'])).toMatchObject({ status: 0 });
  expect(more()).toBe(ending('{"id":"zulu","name":"Last"}'));
  prepareSecondCoding(projectAt(folder, ['--sources', 'sources']), path.join(folder, 'again'));
  expect(more('again')).toBe(more());
});

describe('a reference that is written with escapes', () => {
  const escaped = (id: string, value: object): string =>
    JSON.stringify(value).replaceAll(`"${id}"`, `"\\u${id.charCodeAt(0).toString(16).padStart(4, '0')}${id.slice(1)}"`);

  test('keeps its record from being deleted, and follows a rename', async () => {
    const folder = dataset({ 'raw/crossings/more.ndjson': `${escaped('anna', { ...crossing, id: 'tuesday' })}\n` });
    fs.rmSync(path.join(folder, 'raw/crossings/monday-ystad.json'));
    expect(await run(folder, 'remove', ['ships/anna'])).toMatchObject({
      err: 'remove: raw/crossings/more.ndjson: /ship refers to ships/anna: change it first\n',
      status: 1,
    });
    expect(await run(folder, 'rename', ['ships/anna', 'dora'])).toMatchObject({ status: 0 });
    expect(read(folder, 'raw/crossings/more.ndjson')).toMatchObject({ ship: 'dora' });
  });

  test('is checked with its record by `validate --changed`, and named in a report', async () => {
    const folder = repository({ 'raw/crossings/monday-ystad.json': escaped('anna', crossing) });
    fs.rmSync(path.join(folder, 'raw/ships/anna.json'));
    expect((await run(folder, 'validate', ['--changed', 'HEAD'])).out).toContain('no ship "anna"');
    expect((await run(folder, 'report', ['--base', 'main'])).out).toContain(
      '`crossings/monday-ystad at /ship: no ships record "anna"`',
    );
  });

  test('of a span follows a corrected text; a line with other escapes does not matter', async () => {
    const folder = dataset({
      'sources/gazette.txt': `Corrected. ${document}`,
      'raw/crossings/monday-ystad.json': escaped('gazette', crossing),
      'raw/ships/more.ndjson': `${escaped('berta', { id: 'berta', name: 'Berta' })}\n`,
    });
    const { err } = await run(folder, 'reanchor', ['gazette', ...here]);
    expect(err).not.toContain('more.ndjson');
    const [span] = crossing.evidence;
    expect(read(folder, 'raw/crossings/monday-ystad.json')).toMatchObject({
      evidence: [{ start: (span?.start ?? 0) + 'Corrected. '.length }],
    });
  });
});

describe('remove', () => {
  test('deletes a record that nothing refers to, and says what refers to another one', async () => {
    const folder = dataset();
    expect(await run(folder, 'remove', ['ports/trelleborg'])).toMatchObject({
      err: 'remove: raw/crossings/monday-ystad.json: /stops/1/port refers to ports/trelleborg: change it first\n',
      status: 1,
    });
    expect(await run(folder, 'remove', ['monday-ystad'])).toMatchObject({
      err: 'remove: raw/crossings/monday-ystad.json is deleted\n',
      status: 0,
    });
    expect(await run(folder, 'remove', ['ports/trelleborg', '--quiet'])).toMatchObject({ err: '', status: 0 });
    await isValid(folder);
  });

  test('keeps what a version has published, and what replaces a withdrawn record', async () => {
    const withdrawn = { date: '2022-03-01', reason: 'Another ship.', replaced_by: 'berta' };
    const folder = dataset({
      ...withdrawable,
      'raw/ships/berta.json': { id: 'berta', name: 'Berta' },
      'raw/ships/clara.json': { id: 'clara', name: 'Clara', withdrawn },
    });
    expect(await run(folder, 'remove', ['berta'])).toMatchObject({
      err: 'remove: raw/ships/clara.json: /withdrawn/replaced_by refers to berta: change it first\n',
      status: 1,
    });
    expect(await run(folder, 'rename', ['berta', 'dora'])).toMatchObject({ status: 0 });
    expect(read(folder, 'raw/ships/clara.json')).toMatchObject({ withdrawn: { replaced_by: 'dora' } });
    await isValid(folder);
    git(folder, 'init', '-q');
    git(folder, 'add', '-A');
    git(folder, 'commit', '-qm', 'Begin');
    git(folder, 'tag', 'v1.0.0');
    expect(await run(folder, 'remove', ['ships/clara'])).toMatchObject({
      err: 'remove: ships/clara is published in version 1.0.0: withdraw it under "withdrawn" instead\n',
      status: 1,
    });
    expect(records).toHaveProperty(['raw/ships/anna.json']);
  });
});
