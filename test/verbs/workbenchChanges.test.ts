import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { nodeFileSystem } from '../../scripts/disk/fileSystem.ts';
import type { Desk } from '../../scripts/web/workbench/desk.ts';
import { setAt } from '../../scripts/web/workbench/edit.ts';
import { crossing, dataset } from '../support/fixture.ts';
import { commit, git, repository } from '../support/repository.ts';
import { writeFiles } from '../support/run.ts';
import { deskOf } from '../support/workbench.ts';

const citing = (id: string): object => ({ ...crossing, id });
const at = (id: string): string => `raw/crossings/${id}.json`;

/** The records that cite the source of the dataset. */
async function marked(desk: Desk, known = false): Promise<readonly string[]> {
  const { records } = await desk.marks('gazette', known);
  return records.flatMap(({ table, id }) => (table === 'crossings' ? [id] : [])).toSorted();
}

/** What a search of all records finds. */
async function found(desk: Desk, words: string, known = false): Promise<readonly (string | undefined)[]> {
  const { records } = await desk.find([], words, known);
  return records.map(({ id, label }) => label ?? id).toSorted();
}

/** A workbench that knows all records of a folder. */
async function knowing(folder: string): Promise<Desk> {
  const desk = deskOf(folder, 'gazette');
  await desk.marks('gazette');
  return desk;
}

describe('an open workbench sees that another program', () => {
  test('adds records: they are found, marked, referred to, and their identifiers are taken', async () => {
    const folder = dataset();
    const desk = await knowing(folder);
    const record = desk.record('crossings', 'monday-ystad');
    const referring = { ...record, ...setAt(record, '/ship', 'berta') };
    expect(desk.check(referring).problems).toMatchObject([{ rule: 'reference' }]);
    writeFiles(folder, { [at('tuesday')]: citing('tuesday'), 'raw/ships/berta.json': { id: 'berta', name: 'Berta' } });
    expect(desk.check(referring).problems).toEqual([]);
    expect(desk.check({ ...desk.fresh('ships'), value: { name: 'Berta' } }).id).toBe('berta-2');
    for (const known of [true, false]) {
      expect(await marked(desk, known)).toEqual(['monday-ystad', 'tuesday']);
      expect(await found(desk, 'Berta', known)).toEqual(['Berta']);
    }
  });

  test('adds a source: it is in the queue, with its text', async () => {
    const folder = dataset();
    const desk = await knowing(folder);
    const gazette = JSON.parse(fs.readFileSync(path.join(folder, 'raw/papers/gazette.json'), 'utf8'));
    writeFiles(folder, { 'raw/papers/later.json': { ...gazette, id: 'later' } });
    expect((await desk.queue()).map(({ id }) => id).toSorted()).toEqual(['gazette', 'later']);
    expect(desk.source('later').text).toBe(desk.source('gazette').text);
  });

  test('removes a record: nothing offers it, and a reference to it is an error', async () => {
    const folder = dataset({
      'raw/ships/berta.json': { id: 'berta', name: 'Berta' },
      [at('tuesday')]: citing('tuesday'),
    });
    const desk = await knowing(folder);
    const record = desk.record('crossings', 'monday-ystad');
    const referring = { ...record, ...setAt(record, '/ship', 'berta') };
    expect(desk.check(referring).problems).toEqual([]);
    fs.rmSync(path.join(folder, 'raw/ships/berta.json'));
    fs.rmSync(path.join(folder, at('tuesday')));
    expect(desk.check(referring).problems).toMatchObject([{ rule: 'reference' }]);
    for (const known of [true, false]) {
      expect(await found(desk, 'Berta', known)).toEqual([]);
      expect(await marked(desk, known)).toEqual(['monday-ystad']);
    }
  });

  test('renames a record and its folder', async () => {
    const folder = dataset({ 'raw/crossings/old/tuesday.json': citing('tuesday') });
    const desk = await knowing(folder);
    const crossings = path.join(folder, 'raw/crossings');
    fs.renameSync(path.join(crossings, 'old'), path.join(crossings, 'new'));
    expect(desk.record('crossings', 'tuesday').shown).toBe('raw/crossings/new/tuesday.json');
    fs.renameSync(path.join(crossings, 'new/tuesday.json'), path.join(crossings, 'new/friday.json'));
    writeFiles(folder, { 'raw/crossings/new/friday.json': citing('friday') });
    for (const known of [true, false]) expect(await marked(desk, known)).toEqual(['friday', 'monday-ystad']);
  });

  test('replaces a record by one with an older date', async () => {
    const folder = dataset({ 'raw/ships/berta.json': { id: 'berta', name: 'Berta' } });
    const desk = await knowing(folder);
    const [other, berta] = [path.join(folder, 'other.json'), path.join(folder, 'raw/ships/berta.json')];
    fs.writeFileSync(other, JSON.stringify({ id: 'berta', name: 'Caesar' }));
    fs.utimesSync(other, 1, 1);
    fs.renameSync(other, berta);
    expect(await found(desk, 'Caesar')).toEqual(['Caesar']);
    expect(await found(desk, 'Berta')).toEqual(['Caesar']);
  });

  test('checks out another branch', async () => {
    const folder = repository({ 'raw/ships/berta.json': { id: 'berta', name: 'Berta' } });
    git(folder, 'checkout', '-qb', 'other');
    commit(folder, 'Change', {
      'raw/ships/berta.json': { id: 'berta', name: 'Caesar' },
      [at('monday-ystad')]: undefined,
      [at('tuesday')]: citing('tuesday'),
    });
    const desk = await knowing(folder);
    expect([await marked(desk), await found(desk, 'Caesar')]).toEqual([['tuesday'], ['Caesar']]);
    git(folder, 'checkout', '-q', 'main');
    expect([await marked(desk), await found(desk, 'Caesar')]).toEqual([['monday-ystad'], []]);
    git(folder, 'checkout', '-q', 'other');
    expect([await marked(desk), await found(desk, 'Caesar')]).toEqual([['tuesday'], ['Caesar']]);
  });

  test('saves and deletes records: a second workbench', async () => {
    const folder = dataset();
    const [one, two] = [await knowing(folder), await knowing(folder)];
    const saved = one.save({ ...one.fresh('ships'), value: { name: 'Berta' } }, undefined);
    expect(saved).toMatchObject({ saved: { id: 'berta' } });
    expect([await found(two, 'Berta'), await found(one, 'Berta')]).toEqual([['Berta'], ['Berta']]);
    const record = two.record('ships', 'berta');
    two.save({ ...record, ...setAt(record, '/name', 'Caesar') }, record.digest);
    expect(await found(one, 'Caesar')).toEqual(['Caesar']);
    const { digest = '' } = one.record('ships', 'berta');
    expect(one.remove('ships', 'berta', digest)).toHaveProperty('removed');
    expect([await found(two, 'Caesar'), await found(one, 'Caesar')]).toEqual([[], []]);
  });

  test('adds, changes and removes lines of NDJSON', async () => {
    const lines = ['berta', 'clara'].map((id) => `${JSON.stringify({ id, name: `The ${id}` })}\n`);
    const folder = dataset({ 'raw/ships/more.ndjson': lines[0] ?? '' });
    const more = path.join(folder, 'raw/ships/more.ndjson');
    const desk = await knowing(folder);
    const record = desk.record('crossings', 'monday-ystad');
    const referring = { ...record, ...setAt(record, '/ship', 'clara') };
    expect(desk.check(referring).problems).toMatchObject([{ rule: 'reference' }]);
    fs.appendFileSync(more, lines[1] ?? '');
    expect(desk.check(referring).problems).toEqual([]);
    expect(await found(desk, 'The')).toEqual(['The berta', 'The clara']);
    fs.writeFileSync(more, (lines[1] ?? '').replace('The', 'A'));
    expect([await found(desk, 'The'), await found(desk, 'clara')]).toEqual([[], ['A clara']]);
    expect(desk.record('ships', 'clara').shown).toBe('raw/ships/more.ndjson:1');
  });
});

test('a record is marked that is created after the threads have searched its folder', async () => {
  const folder = dataset();
  const holding = async function* (): AsyncGenerator<readonly string[]> {
    yield ['crossings/monday-ystad.json'];
    writeFiles(folder, { [at('tuesday')]: citing('tuesday'), [at('friday')]: { ...citing('friday'), evidence: [] } });
  };
  const desk = deskOf(folder, 'gazette', undefined, { ...nodeFileSystem(), holding });
  expect(await marked(desk, true)).toEqual(['monday-ystad', 'tuesday']);
});

test('a record that is rewritten while all records are read is read again', async () => {
  const folder = dataset({ 'raw/ships/berta.json': { id: 'berta', name: 'Berta' } });
  const [other, berta] = [path.join(folder, 'other.json'), path.join(folder, 'raw/ships/berta.json')];
  fs.writeFileSync(other, JSON.stringify({ id: 'berta', name: 'Caesar' }));
  const disk = nodeFileSystem();
  const read: typeof disk.read = (file, limit) => {
    const bytes = Buffer.from(disk.read(file, limit) ?? []);
    if (file === berta && fs.existsSync(other)) fs.renameSync(other, berta);
    return bytes;
  };
  const desk = deskOf(folder, undefined, undefined, { ...disk, read });
  await desk.find([], '');
  expect(fs.existsSync(other)).toBe(false);
  expect(await found(desk, 'Caesar')).toEqual(['Caesar']);
});

test('a save that finds the file rewritten at the last moment shows the other version, also in lists', async () => {
  const folder = dataset({ 'raw/ships/berta.json': { id: 'berta', name: 'Berta' } });
  const [other, berta] = [path.join(folder, 'other.json'), path.join(folder, 'raw/ships/berta.json')];
  fs.writeFileSync(other, JSON.stringify({ id: 'berta', name: 'Caesar' }));
  const disk = nodeFileSystem();
  let isSaving = false;
  // the lock of the save
  const create: typeof disk.create = (file, bytes) => {
    if (isSaving && fs.existsSync(other)) fs.renameSync(other, berta);
    disk.create(file, bytes);
  };
  const desk = deskOf(folder, undefined, undefined, { ...disk, create });
  await desk.find([], '');
  const record = desk.record('ships', 'berta');
  isSaving = true;
  const answer = desk.save({ ...record, ...setAt(record, '/name', 'Dora') }, record.digest);
  expect(answer).toMatchObject({ conflict: { value: { name: 'Caesar' } } });
  expect(await found(desk, 'Caesar')).toEqual(['Caesar']);
});

test('a record that was removed before the changes were listed is gone', async () => {
  const folder = repository({ [at('tuesday')]: citing('tuesday') });
  const desk = await knowing(folder);
  fs.rmSync(path.join(folder, at('tuesday')));
  desk.changes();
  expect(await marked(desk)).toEqual(['monday-ystad']);
});

test('a record that is removed while all records are read is gone', async () => {
  const folder = dataset({ 'raw/ships/berta.json': { id: 'berta', name: 'Berta' } });
  const berta = path.join(folder, 'raw/ships/berta.json');
  const disk = nodeFileSystem();
  const read: typeof disk.read = (file, limit) => {
    const bytes = Buffer.from(disk.read(file, limit) ?? []);
    if (file === berta) fs.rmSync(berta);
    return bytes;
  };
  const desk = deskOf(folder, undefined, undefined, { ...disk, read });
  await desk.find([], '');
  expect(await found(desk, 'Berta')).toEqual([]);
});

test('what does not open is reported, and drafts can still be kept; then all changes are seen', async () => {
  const folder = dataset();
  const desk = await knowing(folder);
  const record = desk.record('crossings', 'monday-ystad');
  const schema = path.join(folder, 'schema/ports.schema.json');
  const before = fs.readFileSync(schema, 'utf8');
  fs.writeFileSync(schema, '{');
  writeFiles(folder, { [at('tuesday')]: citing('tuesday') });
  fs.rmSync(path.join(folder, at('monday-ystad')));
  expect(() => desk.check(record)).toThrow(/ports\.schema\.json/);
  desk.keep(record, record.digest);
  expect(desk.drafts()).toMatchObject([{ draftName: 'monday-ystad' }]);
  fs.writeFileSync(schema, before);
  expect(await marked(desk)).toEqual(['tuesday']);
});

test('the own saves do not make the workbench list folders again', async () => {
  const folder = dataset();
  const disk = nodeFileSystem();
  const listed: string[] = [];
  const list = (folderAt: string): ReturnType<typeof disk.list> => {
    listed.push(path.relative(folder, folderAt));
    return disk.list(folderAt);
  };
  const desk = deskOf(folder, undefined, undefined, { ...disk, list });
  // what has just been written is listed once more
  do {
    listed.length = 0;
    await desk.find([], 'Berta');
  } while (listed.length > 0);
  desk.save({ ...desk.fresh('ships'), value: { name: 'Berta' } }, undefined);
  expect(await found(desk, 'Berta')).toEqual(['Berta']);
  const record = desk.record('ships', 'berta');
  desk.save({ ...record, ...setAt(record, '/name', 'Caesar') }, record.digest);
  expect(await found(desk, 'Caesar')).toEqual(['Caesar']);
  expect(listed.filter((each) => each.startsWith('raw/'))).toEqual([]);
});
