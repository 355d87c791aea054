import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { nodeFileSystem } from '../../scripts/disk/fileSystem.ts';
import type { Desk } from '../../scripts/web/workbench/desk.ts';
import type { RecordMessage } from '../../scripts/web/workbench/messages.ts';
import { dataset, schemas } from '../support/fixture.ts';
import { carfax, museum } from '../support/towers.ts';
import { writeFiles } from '../support/run.ts';
import { deskOf } from '../support/workbench.ts';

const ship = (desk: Desk, value: RecordMessage['value']): RecordMessage => ({ ...desk.fresh('ships'), value });
const lines = { 'raw/ships/more.ndjson': '{"id":"berta","name":"Berta of Ystad"}\n' };

describe('a new record with an identifier that is taken', () => {
  test.each([
    ['in a file', 'anna', '"anna" is taken (Anna)'],
    ['in a line', 'berta', '"berta" is taken (Berta of Ystad)'],
  ])('%s is told so at its identifier, and is not saved', (_, id, message) => {
    const folder = dataset(lines);
    const desk = deskOf(folder);
    const fresh = ship(desk, { id, name: 'Cecilia' });
    const use = { kind: 'replace', label: 'Use cecilia', value: 'cecilia' };
    const problem = { pointer: '/id', rule: 'unique-id', severity: 'error', message, actions: [use] };
    expect(desk.check(fresh)).toMatchObject({ problems: [problem] });
    expect(desk.save(fresh, undefined)).toMatchObject({ refused: [problem] });
    expect(desk.record('ships', id).value).not.toMatchObject({ name: 'Cecilia' });
    expect(fs.readdirSync(path.join(folder, 'raw/ships'))).toEqual(['anna.json', 'more.ndjson']);
    expect(desk.save({ ...fresh, value: { id: 'cecilia', name: 'Cecilia' } }, undefined)).toHaveProperty('saved');
  });

  test('but for case is told which one it is like', () => {
    const schema = 'schema/ships.schema.json';
    const { properties } = schemas[schema] as { readonly properties: object };
    const free = { ...schemas[schema], properties: { ...properties, id: { type: 'string' } } };
    const desk = deskOf(dataset({ [schema]: free }));
    const refused = { refused: [{ pointer: '/id', message: '"Anna" is too similar to "anna" (Anna)' }] };
    expect(desk.save(ship(desk, { id: 'Anna', name: 'Another' }), undefined)).toMatchObject(refused);
  });

  test.each(['raw/ships/berta.json', 'raw/ships/more.ndjson'])(
    'by another program between the check and the writing is not saved: %s',
    (file) => {
      const folder = dataset(file.endsWith('.json') ? {} : { [file]: '{"id":"dora","name":"Dora"}\n' });
      const other = '{\n  "id": "berta",\n  "name": "Berta"\n}\n';
      const disk = nodeFileSystem();
      let isOther = false;
      const desk = deskOf(folder, undefined, undefined, {
        ...disk,
        // the claim of a command that is about to write
        create(at, text) {
          if (isOther && at.includes('claim'))
            writeFiles(folder, { [file]: file.endsWith('.json') ? other : '{"id":"berta","name":"Berta"}\n' });
          disk.create(at, text);
        },
      });
      const fresh = ship(desk, { id: 'berta', name: 'Mine' });
      expect(desk.check(fresh).problems).toEqual([]);
      isOther = true;
      const answer = desk.save(fresh, undefined);
      expect(answer).toMatchObject({ refused: [{ pointer: '/id', message: '"berta" is taken (Berta)' }] });
      expect(fs.readdirSync(path.join(folder, 'raw/ships')).toSorted()).toEqual(
        ['anna.json', path.basename(file)].toSorted(),
      );
      expect(desk.record('ships', 'berta').value).toMatchObject({ name: 'Berta' });
    },
  );

  test('by another window is not saved', () => {
    const folder = dataset();
    const [one, two] = [deskOf(folder), deskOf(folder)];
    const [a, b] = [ship(one, { id: 'berta', name: 'Berta' }), ship(two, { id: 'berta', name: 'Other' })];
    expect(one.save(a, undefined)).toHaveProperty('saved');
    for (const desk of [one, two])
      expect(desk.save(b, undefined)).toMatchObject({ refused: [{ message: '"berta" is taken (Berta)' }] });
  });
});

describe('a new record with a wrong identifier', () => {
  const withPattern = (pattern: string): Desk => {
    const schema = 'schema/ships.schema.json';
    const { properties } = schemas[schema] as { readonly properties: object };
    const id = { title: 'Accession number', type: 'string', pattern };
    return deskOf(dataset({ [schema]: { ...schemas[schema], properties: { ...properties, id } } }));
  };

  test.each([
    ['^[a-z0-9-]+$', 'Robert Taylor!', [{ kind: 'replace', label: 'Use robert-taylor', value: 'robert-taylor' }]],
    ['^[0-9]{4}$', 'x', []],
  ])('gets the message of its pattern %s, when it is typed and when it is saved', (pattern, id, actions) => {
    const desk = withPattern(pattern);
    const fresh = ship(desk, { id, name: 'Robert' });
    const { problems } = desk.check(fresh);
    expect(problems).toMatchObject([{ pointer: '/id', rule: 'pattern', actions }]);
    expect(problems[0]?.hint ?? '').not.toContain('file');
    expect(desk.save(fresh, undefined)).toEqual({ refused: problems });
  });

  test('or none that could be proposed is told that it is missing', () => {
    const desk = withPattern('^[0-9]{4}$');
    const fresh = ship(desk, { name: 'Robert' });
    expect(desk.check(fresh)).toMatchObject({ missing: ['/id'], id: undefined });
    expect(desk.save(fresh, undefined)).toMatchObject({ refused: [{ rule: 'required' }] });
  });

  test.each([
    ['../x', 'cannot be the name of a file: use letters'],
    ['con', 'cannot be the name of a file on Windows'],
  ])('is told why no file can have this name: %s', (id, why) => {
    const desk = withPattern('.');
    const problems = [{ pointer: '/id', rule: 'file-name', message: expect.stringContaining(why) }];
    const fresh = ship(desk, { id, name: 'Robert' });
    expect(desk.check(fresh).problems).toMatchObject(problems);
    expect(desk.save(fresh, undefined)).toMatchObject({ refused: problems });
  });
});

describe('the identifier that is proposed', () => {
  const dated = { 'raw/bells/1680-great-tom.json': { id: '1680-great-tom', name: 'Great Tom', tower: 'carfax' } };

  test.each<[what: string, table: string, value: RecordMessage['value'], id: string | undefined, more?: object]>([
    ['comes from the name', 'bells', { name: 'Little Tom', founder: 'whitechapel', cast: '1690' }, 'little-tom'],
    [
      'has a date if those of the table have one',
      'bells',
      { name: 'Little Tom', cast: '1690' },
      '1690-little-tom',
      dated,
    ],
    ['does not have a date that is half typed', 'bells', { name: 'Little Tom', cast: '169' }, 'little-tom', dated],
    ['does not have a wrong number', 'towers', { name: 'Tom Tower', height: '46,5' }, 'tom-tower'],
    ['waits for the name', 'bells', { founder: 'whitechapel', owner: 'The museum' }, 'new-bells-1'],
    ['has both names of a person', 'founders', { who: { given: 'Robert', family: 'Taylor' } }, 'robert-taylor'],
    [
      'comes from references if there is no name',
      'inspections',
      { bell: 'great-tom', date: '2024-05' },
      '2024-05-great-tom',
    ],
    ['does not have half a reference', 'inspections', { bell: 'great-to', date: '2024-05' }, 'new-inspections-1'],
  ])('%s', (_, table, value, id, more = {}) => {
    const desk = deskOf(museum({ ...more }));
    expect(desk.check({ ...desk.fresh(table), value }).id).toBe(id);
  });

  test('is in the list of drafts, and follows the name of the draft', () => {
    const folder = museum();
    const desk = deskOf(folder);
    const fresh = { ...desk.fresh('towers'), value: { name: 'Magdalen' } };
    desk.keep(fresh);
    expect(desk.drafts()).toMatchObject([{ identifier: 'magdalen' }]);
    expect(desk.draft('towers', fresh.draftName).draft?.value).toEqual({ name: 'Magdalen' });
    desk.keep({ ...fresh, value: { name: 'Carfax Tower' } });
    expect(desk.drafts()).toMatchObject([{ identifier: 'carfax-tower' }]);
  });
});

test('a draft knows the version that it began with, whatever happens to the file', () => {
  const folder = museum();
  const desk = deskOf(folder);
  const record = desk.record('towers', 'carfax');
  const edited = { ...record, value: { ...record.value, height: 24 } };
  desk.keep(edited, record.digest);
  writeFiles(folder, { 'raw/towers/carfax.json': { ...carfax, name: 'Carfax' } });
  // kept again, after the file has changed
  desk.keep(edited, record.digest);
  const again = deskOf(folder).record('towers', 'carfax');
  expect(again).toMatchObject({ base: { value: carfax }, value: { name: 'Carfax' }, digest: record.digest });
  expect(desk.save({ ...again, ...again.draft }, again.digest)).toMatchObject({
    conflict: { value: { name: 'Carfax' } },
  });
});

test('drafts are called by their names; those without one are numbered', () => {
  const desk = deskOf(museum());
  const keep = (table: string, value: RecordMessage['value']): void => desk.keep({ ...desk.fresh(table), value });
  keep('bells', { name: 'Little Tom', founder: 'whitechapel', cast: '1690', owner: 'The museum' });
  keep('founders', { who: { given: 'Robert', family: 'Taylor' } });
  keep('towers', { height: 20 });
  keep('towers', { height: 21 });
  const labels = desk.drafts().map(({ label }) => label);
  expect(labels.toSorted()).toEqual(['', 'Little Tom', 'Taylor', 'new record 2']);
});
