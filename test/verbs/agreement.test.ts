import { expect, test } from 'vitest';
import { type CodedRecord, agreementOf } from '../../scripts/compare/agreement.ts';
import { crossing, dataset, document, here, records, sha256 } from '../support/fixture.ts';
import { projectAt } from '../support/projectAt.ts';
import { run, writeFiles } from '../support/run.ts';

/** Evidence for words that a text contains once. */
function evidence(words: string): readonly object[] {
  const start = Array.from(document.slice(0, document.indexOf(words))).length;
  const [begins = '', ends = ''] = [words.split(' ')[0], words.split(' ').at(-1)];
  return [
    {
      ...crossing.evidence[0],
      start,
      end: start + words.length,
      sha256: sha256(words),
      begins,
      ends,
      supports: ['/port', '/cars'],
    },
  ];
}

/** The second coding, in a folder next to the first one. */
function codedTwice(others: Readonly<Record<string, object>>): string {
  const names = Object.entries(records).filter(([file]) => !file.startsWith('raw/crossings/'));
  const again = [...names, ...Object.entries(others)].map(([file, value]) => [file.replace(/^raw/, 'again'), value]);
  return dataset(Object.fromEntries(again) as Record<string, object>);
}

test('records with any names are paired by their evidence, and their fields compared', async () => {
  const folder = codedTwice({
    'raw/crossings/ferry-leaves.json': {
      ...crossing,
      id: 'ferry-leaves',
      kind: 'arrival',
      stops: [{ port: 'ystad' }],
      evidence: evidence('Ystad on Monday with 40 cars.'),
    },
    'raw/crossings/elsewhere.json': { ...crossing, id: 'elsewhere', evidence: evidence('The ferry') },
  });
  const { status, out, err } = await run(folder, 'agreement', ['--against', 'again', ...here]);
  expect(err).toBe('');
  expect(status).toBe(0);
  const lines = out.split('\n').map((line) => line.trim().replace(/ {2,}/g, ' | '));
  expect(lines).toEqual(
    expect.arrayContaining([
      'crossings: 1 pair, 0 only in the first coding, 1 only in the second',
      '/cars | 1 | 100.0 % | –',
      '/kind | 1 | 0.0 % | 0.000',
      '/stops/*/port | 1 | 0.0 % | 0.000',
      'only in the second: elsewhere',
      '/kind: "departure" in monday-ystad, "arrival" in ferry-leaves',
      '/stops/*/port: "ystad", "trelleborg" in monday-ystad, "ystad" in ferry-leaves',
      'sources coded twice: gazette',
      'left out: 4 records that both codings have unchanged',
    ]),
  );
});

const monday = { kind: 'departure', on: '2022-02-28', cars: 40 };
const tuesday = { kind: 'arrival', on: '2022-03-01', cars: 1 };

test.each([
  {
    title: 'records are paired so that none is left over where there is a partner for each',
    // the two with most in common, ystad and left, would leave the others without a partner
    first: { ystad: { words: 'left Ystad on Monday' }, cars: { words: 'on Monday with 40 cars.' } },
    second: { left: { words: 'left Ystad on Monday with 40' }, port: { words: 'left Ystad' } },
    pairs: ['cars with left', 'ystad with port'],
  },
  {
    title: 'records on the same words are paired by what they say, not by a word more or less',
    first: {
      few: { words: 'left Ystad on Monday with 40', ...tuesday },
      many: { words: 'left Ystad on Monday with 40 cars.', ...monday },
    },
    second: {
      long: { words: 'left Ystad on Monday with 40 cars.', ...tuesday },
      short: { words: 'left Ystad on Monday with 40', ...monday },
    },
    pairs: ['few with long', 'many with short'],
  },
])('$title', async ({ first, second, pairs }) => {
  const others = Object.entries(records).filter(([file]) => !file.startsWith('raw/crossings/'));
  // no two have the same length, so that each pair is among the disagreements
  let length = 0;
  const coding = (name: string, of: Readonly<Record<string, { readonly words: string }>>): [string, object][] => [
    ...others.map(([file, value]): [string, object] => [file.replace(/^raw/, name), value]),
    ...Object.entries(of).map(([id, { words, ...fields }]): [string, object] => [
      `${name}/crossings/${id}.json`,
      { ...crossing, id, length: ++length, ...fields, evidence: evidence(words) },
    ]),
  ];
  const folder = dataset(Object.fromEntries([...coding('first', first), ...coding('second', second)]));
  const flags = ['--schema', 'schema', '--sources', 'sources', '--raw', 'first', '--against', 'second'];
  const { status, out, err } = await run(folder, 'agreement', [...flags, '--format', 'json', '--only', 'crossings']);
  expect(err).toBe('');
  expect(status).toBe(0);
  const { tables } = JSON.parse(out) as {
    readonly tables: readonly {
      readonly disagreements: readonly { readonly a: string; readonly b: string; readonly field: string }[];
    }[];
  };
  const found = tables.flatMap(({ disagreements }) => disagreements.filter(({ field }) => field === '/length'));
  expect(found.map(({ a, b }) => `${a} with ${b}`)).toEqual(pairs);
});

test.each([
  ['the same identifier', 'anna-2020', { length: 3 }, { pairs: 1, onlyA: [], onlyB: [] }],
  ['another identifier', 'departure', {}, { pairs: 1, onlyA: [], onlyB: [] }],
  ['another identifier and another value', 'departure', { on: '2021' }, { pairs: 0, onlyA: [], onlyB: ['departure'] }],
])('a record without evidence is compared with one that has %s', async (_, id, more, expected) => {
  const uncited = { kind: 'departure', ship: 'anna', on: '2020' };
  const folder = codedTwice({
    'raw/crossings/monday.json': { ...crossing, id: 'monday' },
    [`raw/crossings/${id}.json`]: { id, ...uncited, ...more },
  });
  writeFiles(folder, {
    'raw/crossings/anna-2020.json': { id: 'anna-2020', ...uncited },
    // nothing shows that this one is about the gazette
    'raw/crossings/other.json': { id: 'other', kind: 'arrival', ship: 'anna', on: '1999' },
  });
  const { out } = await run(folder, 'agreement', ['--against', 'again', '--format', 'json', ...here]);
  const { tables } = JSON.parse(out) as { readonly tables: readonly { readonly table: string }[] };
  const { pairs, ...rest } = expected;
  expect(tables.find(({ table }) => table === 'crossings')).toMatchObject({ pairs: pairs + 1, ...rest });
});

test('records without evidence that say the same are no pairs if it could be any of them, and are read once', () => {
  const project = projectAt(dataset(records), []);
  const shape = project.types.find(({ name }) => name === 'crossings')?.shape;
  if (shape === undefined) throw new Error('no crossings');
  let reads = 0;
  const record = (id: string, on: string): CodedRecord => ({
    id,
    get value() {
      reads++;
      return { id, kind: 'departure', ship: 'anna', on };
    },
  });
  const coding = (name: string): CodedRecord[] => [
    ...Array.from({ length: 60 }, (_, i) => record(`${name}-${i}`, '2020')),
    record('same-id', '2020'),
    record(`${name}-alone`, '2021'),
  ];
  const [found] = agreementOf([{ table: 'crossings', shape, a: coding('first'), b: coding('second') }]);
  expect(found?.paired).toEqual([
    ['first-alone', 'second-alone'],
    ['same-id', 'same-id'],
  ]);
  expect([found?.onlyA.length, found?.onlyB.length]).toEqual([60, 60]);
  expect(reads).toBeLessThanOrEqual(124 * 4);
});

test('a record without evidence is no pair by values that two records of the other coding have', async () => {
  const uncited = { kind: 'departure', ship: 'anna', on: '2020' };
  const folder = codedTwice({
    'raw/crossings/monday.json': { ...crossing, id: 'monday' },
    'raw/crossings/one.json': { id: 'one', ...uncited },
    'raw/crossings/two.json': { id: 'two', ...uncited },
  });
  writeFiles(folder, { 'raw/crossings/anna-2020.json': { id: 'anna-2020', ...uncited } });
  const { out } = await run(folder, 'agreement', ['--against', 'again', '--format', 'json', ...here]);
  const { tables } = JSON.parse(out) as { readonly tables: readonly { readonly table: string }[] };
  expect(tables.find(({ table }) => table === 'crossings')).toMatchObject({
    pairs: 1,
    onlyA: ['anna-2020'],
    onlyB: ['one', 'two'],
  });
});

test('a record with an error is left out, and counted', async () => {
  const folder = codedTwice({
    'raw/crossings/monday-ystad.json': { ...crossing, kind: 'stay' },
    'raw/crossings/elsewhere.json': { ...crossing, id: 'elsewhere', evidence: evidence('The ferry') },
  });
  const { status, out, err } = await run(folder, 'agreement', ['--against', 'again', '--format', 'json', ...here]);
  expect(status).toBe(1);
  expect(err).toMatch(/^agreement: 1 record left out/);
  const { tables } = JSON.parse(out) as { readonly tables: readonly { readonly table: string }[] };
  expect(tables.find(({ table }) => table === 'crossings')).toMatchObject({ pairs: 0, onlyA: ['monday-ystad'] });
});

const decision = {
  table: 'crossings',
  first: '',
  second: 'gone',
  field: '',
  chosen: 'second',
  reason: 'It is there.',
  by: 'Ida',
  date: '2022-03-01',
};

test('only sources that the second coding covers count, and decisions that were made already are mentioned', async () => {
  const folder = codedTwice({ 'raw/crossings/monday.json': { ...crossing, id: 'monday', cars: 41 } });
  writeFiles(folder, {
    'raw/papers/herald.json': { ...records['raw/papers/gazette.json'], id: 'herald' },
    'raw/crossings/other.json': {
      ...crossing,
      id: 'other',
      evidence: crossing.evidence.map((span) => ({ ...span, source: 'herald' })),
    },
    'again/.decisions.ndjson': [
      decision,
      // changed later
      { ...decision, chosen: 'first' },
      { ...decision, field: '/cars', source: 'gazette' },
      // not compared
      { ...decision, source: 'herald' },
      { ...decision, table: 'ports' },
    ]
      .map((each) => `${JSON.stringify(each)}\n`)
      .join(''),
  });
  const { status, out, err } = await run(folder, 'agreement', ['--against', 'again', ...here]);
  expect(status).toBe(0);
  expect(out).toContain('sources coded twice: gazette\n');
  expect(out).toContain('crossings: 1 pair, 0 only in the first coding, 0 only in the second\n');
  expect(out).not.toContain('papers:');
  expect(err).toMatch(/^agreement: 3 decisions made already: /);
  const only = await run(folder, 'agreement', ['--against', 'again', '--only', 'crossings', ...here]);
  expect(only.err).toMatch(/^agreement: 2 decisions made already: /);
});

test.each([
  [[], /--against is missing/],
  [['--against', 'none'], /no folder of records at none/],
  [['--against', 'schema'], /there is no record in schema: it needs a folder for each table, like raw/],
  [['--against', 'raw', '--only', 'boats'], /there is no table "boats"/],
])('agreement %j ends with 2', async (args, says) => {
  const { status, err } = await run(dataset(), 'agreement', [...args, ...here]);
  expect(err).toMatch(says);
  expect(status).toBe(2);
});
