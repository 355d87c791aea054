import { expect, test } from 'vitest';
import { writeFiles } from '../support/run.ts';
import { withSpeakers } from '../support/speakers.ts';
import { deskOf } from '../support/workbench.ts';

const actors = ['berg', 'norway', 'navy'].map((id) => ({ table: 'actors', id }));
const onBehalf = { table: 'crossings', pointer: '/speaker/for', beside: {} };

test('what a field hardly ever points to is of a table or kind that its references lack', async () => {
  const desk = deskOf(withSpeakers('', 30));
  await desk.find([], '');
  const idsOf = (pointer: string, to: typeof actors): readonly string[] =>
    desk.unusual({ table: 'crossings', pointer, beside: {}, to }).map(({ id }) => id);
  expect(idsOf('/speaker/for', actors)).toEqual(['berg', 'navy']);
  expect(idsOf('/speaker/actor', actors)).toEqual(['norway', 'navy']);
  expect(idsOf('/stops/7/port', [{ table: 'ports', id: 'ystad' }])).toEqual([]);
  // what is not known is not judged
  expect(idsOf('/speaker/for', [{ table: 'actors', id: 'nobody' }])).toEqual([]);
  expect(idsOf('/speaker/nothing', actors)).toEqual([]);
});

test('a code beside a reference tells what is usual, and few records tell nothing', async () => {
  const desk = deskOf(withSpeakers('', 32));
  await desk.find([], '');
  const to = [
    { table: 'crossings', id: 'c1' },
    { table: 'ports', id: 'ystad' },
  ];
  const at = { table: 'crossings', pointer: '/tie/to', to };
  expect(desk.unusual({ ...at, beside: { type: 'after' } })).toEqual([to[1]]);
  expect(desk.unusual({ ...at, beside: { type: 'near' } })).toEqual([to[0]]);
  expect(desk.unusual({ ...at, beside: {} })).toEqual([]);
  const small = deskOf(withSpeakers('', 14));
  await small.find([], '');
  expect(small.unusual({ ...onBehalf, to: actors })).toEqual([]);
});

test.each<readonly [readonly string[], readonly string[], boolean]>([
  [['Dutch minister'], ['netherlands'], true],
  [['Norway’s minister', 'the Dutch minister'], ['norway'], true],
  [['minister', 'a Dutch and a Norwegian minister'], ['netherlands', 'norway'], false],
  [['Danish minister'], [], false],
  [['minister'], [], false],
])('texts %j name the countries of %j', async (texts, ids, isOnly) => {
  const desk = deskOf(withSpeakers('', 16));
  await desk.find([], '');
  const found = desk.ofCountry({ ...onBehalf, tables: ['actors'], texts });
  expect([found.records.map(({ id }) => id), found.isOnly]).toEqual([ids, isOnly]);
});

test('only records of the kind that most references have are called after a country', async () => {
  const folder = withSpeakers('', 16);
  writeFiles(folder, {
    'raw/actors/netherlands.json': { id: 'netherlands', kind: 'navy', name: 'Netherlands', country: 'NL' },
  });
  const desk = deskOf(folder);
  await desk.find([], '');
  const texts = ['Dutch minister'];
  expect(desk.ofCountry({ ...onBehalf, tables: ['actors'], texts }).records).toEqual([]);
  // most who speak are persons
  const who = { table: 'crossings', pointer: '/speaker/actor', beside: {} };
  expect(desk.ofCountry({ ...who, tables: ['actors'], texts }).records).toEqual([]);
});
