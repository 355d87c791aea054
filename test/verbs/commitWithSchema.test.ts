import { expect, test } from 'vitest';
import { schemas } from '../support/fixture.ts';
import { git, repository } from '../support/repository.ts';
import { writeFiles } from '../support/run.ts';
import { deskOf } from '../support/workbench.ts';

// A commit is checked as others will get it.

const schema = 'schema/ships.schema.json';
const { properties, ...others } = schemas[schema] as { readonly properties: object };
const withOwner = { ...others, properties: { ...properties, owner: { type: 'string' } } };
const owned = { 'raw/ships/anna.json': { id: 'anna', name: 'Anna', owner: 'The Navy' } };
const filesOf = (folder: string): readonly string[] =>
  git(folder, 'show', '--format=', '--name-only', 'HEAD').trim().split('\n');

test('records that fit only the changed schema are committed with it, or not at all', async () => {
  const folder = repository();
  writeFiles(folder, { [schema]: withOwner, ...owned });
  const desk = deskOf(folder);
  expect(desk.changes()).toMatchObject({ files: ['raw/ships/anna.json'], schemaFiles: [schema] });
  const head = git(folder, 'rev-parse', 'HEAD');
  expect(await desk.commit('Add owners', 'owners')).toMatchObject({
    needsSchema: true,
    refused: [{ record: { id: 'anna' } }],
  });
  expect(git(folder, 'rev-parse', 'HEAD')).toBe(head);
  expect(await desk.commit('Add owners', 'owners', true)).toHaveProperty('commit');
  expect(filesOf(folder)).toEqual(['raw/ships/anna.json', schema]);
});

test('a schema that the records do not need stays out unless it is included', async () => {
  const folder = repository();
  writeFiles(folder, { [schema]: withOwner, 'raw/ships/anna.json': { id: 'anna', name: 'Anna II' } });
  expect(await deskOf(folder).commit('Rename', 'names')).toHaveProperty('commit');
  expect(filesOf(folder)).toEqual(['raw/ships/anna.json']);
  // now it is the only change
  const desk = deskOf(folder);
  expect(desk.changes()).toMatchObject({ files: [], schemaFiles: [schema] });
  await expect(desk.commit('Allow owners', 'names')).rejects.toThrow('nothing has changed');
  expect(await desk.commit('Allow owners', 'names', true)).toHaveProperty('commit');
  expect(filesOf(folder)).toEqual([schema]);
});

test('records are checked by the schema of the last commit, also if it was deleted or is new', async () => {
  const folder = repository();
  writeFiles(folder, {
    'schema/lakes.schema.json': { ...others, title: 'Lakes', properties },
    'raw/lakes/mjosa.json': { id: 'mjosa', name: 'Mjøsa' },
  });
  const desk = deskOf(folder);
  expect(await desk.commit('Add a lake', 'lakes')).toMatchObject({ needsSchema: true });
  expect(await desk.commit('Add a lake', 'lakes', true)).toHaveProperty('commit');
  expect(git(folder, 'status', '--porcelain')).toBe('');
});

test('a record that refers to one that git ignores is not committed', async () => {
  const folder = repository({ '.gitignore': 'raw/ships/berta.json\n' });
  writeFiles(folder, {
    'raw/ships/berta.json': { id: 'berta', name: 'Berta' },
    'raw/crossings/later.json': { id: 'later', kind: 'departure', ship: 'berta', on: '2022-03-01' },
  });
  const refused = { needsSchema: false, refused: [{ record: { id: 'later', pointer: '/ship' } }] };
  expect(await deskOf(folder).commit('Add', 'more')).toMatchObject(refused);
});
