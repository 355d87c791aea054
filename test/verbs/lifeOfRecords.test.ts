import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { prepareSecondCoding } from '../../scripts/verbs/secondCoding.ts';
import { crossing, dataset, document, here, records, sha256, withdrawable } from '../support/fixture.ts';
import { projectAt } from '../support/projectAt.ts';
import { git, repository } from '../support/repository.ts';
import { run, writeFiles } from '../support/run.ts';

const exists = (folder: string, name: string): boolean => fs.existsSync(path.join(folder, name));
const read = (folder: string, name: string): unknown => JSON.parse(fs.readFileSync(path.join(folder, name), 'utf8'));
const isValid = async (folder: string): Promise<void> => {
  expect(await run(folder, 'validate', [])).toMatchObject({ status: 0, out: '' });
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
