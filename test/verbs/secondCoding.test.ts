import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { mostBytes } from '../../scripts/base/limits.ts';
import { nodeFileSystem } from '../../scripts/disk/fileSystem.ts';
import { takeTurn } from '../../scripts/disk/turn.ts';
import { configuredOptions } from '../../scripts/project/configured.ts';
import { prepareSecondCoding } from '../../scripts/verbs/secondCoding.ts';
import { type Decision, decisionsIn, openDecisions } from '../../scripts/verbs/decisions.ts';
import { type Desk, openDesk } from '../../scripts/web/workbench/desk.ts';
import type { ResolveMessage, Settlement } from '../../scripts/web/workbench/codingMessages.ts';
import { newsroom } from '../support/articles.ts';
import { crossing, document, schemas, sha256 } from '../support/fixture.ts';
import { projectAt } from '../support/projectAt.ts';
import { git } from '../support/repository.ts';
import { freshFolder, writeFiles } from '../support/run.ts';
import { deskOf } from '../support/workbench.ts';

/** Evidence for words of the gazette. */
function spanOf(words: string, supports: readonly string[]): object {
  const start = Array.from(document.slice(0, document.indexOf(words))).length;
  const [begins = '', ends = ''] = [words.split(' ')[0], words.split(' ').at(-1)];
  return { source: 'gazette', start, end: start + words.length, sha256: sha256(words), begins, ends, supports };
}

const crossings = schemas['schema/crossings.schema.json'] as { readonly properties: { readonly evidence: object } };
const ports = schemas['schema/ports.schema.json'] as { readonly properties: object };

/** A dataset whose ports cite sources too. */
function withCitedPorts(): string {
  const folder = newsroom();
  writeFiles(folder, {
    'schema/ports.schema.json': {
      ...ports,
      properties: { ...ports.properties, evidence: crossings.properties.evidence },
    },
    'raw/ports/ystad.json': { id: 'ystad', name: 'Ystad', evidence: [spanOf('left Ystad', ['/name'])] },
  });
  git(folder, 'add', '.');
  git(folder, 'commit', '-qm', 'Cite the ports');
  return folder;
}

/** Begins a second coding. */
function second(folder: string): string {
  const at = path.join(folder, 'second/records');
  prepareSecondCoding(projectAt(folder, ['--sources', 'sources']), at);
  return at;
}

/** The workbench of the second coder. */
function blindDesk(folder: string, raw: string): Desk {
  const at = { cwd: folder, home: folder };
  const sources = path.join(folder, 'sources');
  const fileSystem = nodeFileSystem();
  return openDesk({
    fs: fileSystem,
    options: () => configuredOptions(fileSystem, at, { raw, sources }),
    home: folder,
    source: 'gazette',
    second: { folder: raw, first: () => configuredOptions(fileSystem, at, { sources }) },
  });
}

function read(folder: string, file: string): unknown {
  return JSON.parse(fs.readFileSync(path.join(folder, file), 'utf8'));
}

function decisionsOf(raw: string): readonly unknown[] {
  const at = path.join(raw, '.decisions.ndjson');
  const lines = fs.existsSync(at) ? fs.readFileSync(at, 'utf8').trim().split('\n') : [];
  return lines.map((line): unknown => JSON.parse(line));
}

const settlement: Omit<Settlement, 'table' | 'first' | 'second' | 'digest' | 'secondDigest'> = {
  source: 'gazette',
  passage: undefined,
  by: 'Ida',
  date: '2022-03-01',
  choices: [{ field: '', chosen: 'second', reason: 'I had missed it.' }],
  withdraws: false,
};

/** Decides on a difference for the second coding, as the page does. */
async function take(
  desk: Desk,
  { table, first, second: other, passage }: Pick<Settlement, 'table' | 'first' | 'second' | 'passage'>,
): Promise<ResolveMessage> {
  const pair = { table, first, second: other };
  const shown = await desk.compare('gazette', pair);
  const digests = { digest: shown.first?.digest, secondDigest: shown.second?.digest };
  return desk.resolve({ ...settlement, ...pair, passage, ...digests });
}

test('copied records neither mark the text of a second coder nor count as coded; own ones do', async () => {
  const folder = withCitedPorts();
  const raw = second(folder);
  const desk = blindDesk(folder, raw);
  const { marks, records } = await desk.marks('gazette');
  expect(marks).toEqual([]);
  expect(records.map(({ id }) => id)).toEqual(['gazette']);
  expect(await desk.queue()).toMatchObject([{ records: 0, uncovered: 1, state: 'open' }]);
  const port = desk.record('ports', 'ystad');
  const own = { source: 'gazette', start: 0, end: 9, supports: ['/name'], origin: undefined };
  desk.save({ ...port, spans: [...port.spans, own] }, port.digest);
  expect((await desk.marks('gazette')).marks).toMatchObject([{ id: 'ystad', start: 0, end: 9 }]);
});

test('a record that only the second coding has is listed, also a port; one that needs another waits for it', async () => {
  const folder = withCitedPorts();
  const raw = second(folder);
  writeFiles(raw, {
    'ports/rostock.json': { id: 'rostock', name: 'Rostock', evidence: [spanOf('Monday', ['/name'])] },
    'crossings/monday.json': {
      ...crossing,
      id: 'monday',
      stops: [{ port: 'rostock' }],
      evidence: [spanOf('The ferry', ['/port', '/cars'])],
    },
  });
  const desk = deskOf(folder, 'gazette', raw);
  expect(await desk.differing('gazette')).toMatchObject([
    { table: 'ports', first: undefined, second: 'rostock' },
    { table: 'crossings', first: 'monday-ystad', second: undefined },
    { table: 'crossings', first: undefined, second: 'monday' },
  ]);
  const about = { first: undefined, digest: undefined };
  const digestOf = async (table: string, id: string): Promise<string | undefined> =>
    (await desk.compare('gazette', { table, first: undefined, second: id })).second?.digest;
  const secondDigest = await digestOf('crossings', 'monday');
  const made = await desk.resolve({ ...settlement, ...about, secondDigest, table: 'crossings', second: 'monday' });
  expect(made).toMatchObject({ needed: [{ table: 'ports', id: 'rostock', name: 'Rostock' }] });
  // nothing is decided unless it is saved
  expect(decisionsOf(raw)).toEqual([]);
  for (const [table, id] of [
    ['ports', 'rostock'],
    ['crossings', 'monday'],
  ] as const) {
    const own = { table, second: id, secondDigest: await digestOf(table, id) };
    expect(await desk.resolve({ ...settlement, ...about, ...own })).toMatchObject({ resolved: id });
  }
  expect(read(folder, 'raw/crossings/monday.json')).toEqual(read(raw, 'crossings/monday.json'));
  expect(decisionsOf(raw)).toMatchObject([
    { second: 'rostock', chosen: 'second', reason: 'I had missed it.', by: 'Ida', source: 'gazette' },
    { second: 'monday' },
  ]);
  // what was added stays in the list, with the decision
  expect(await desk.differing('gazette')).toMatchObject([
    { first: 'monday-ystad', decisions: [] },
    { second: 'rostock', decisions: [{ reason: 'I had missed it.' }] },
    { second: 'monday', decisions: [{ by: 'Ida' }] },
  ]);
});

test('records have the names that each coding gives them, also those that a value refers to', async () => {
  const folder = withCitedPorts();
  const raw = second(folder);
  const [own] = crossing.evidence;
  writeFiles(raw, {
    'ships/anna.json': { id: 'anna', name: 'Anne' },
    'ports/ystad.json': { id: 'ystad', name: 'Istad', evidence: [spanOf('Monday', ['/name'])] },
    'crossings/monday.json': {
      ...crossing,
      id: 'monday',
      ship: 'anna',
      port: 'ystad',
      stops: [{ port: 'trelleborg' }],
      cars: 41,
      evidence: [own],
    },
  });
  const desk = deskOf(folder, 'gazette', raw);
  const list = await desk.differing('gazette');
  expect(list).toMatchObject([
    { table: 'ports', first: undefined, second: 'ystad', firstName: undefined, secondName: 'Istad' },
    { table: 'crossings', first: 'monday-ystad', second: 'monday', firstName: undefined, secondName: undefined },
  ]);
  const pair = { table: 'crossings', first: 'monday-ystad', second: 'monday' };
  const { firstNames, secondNames } = await desk.compare('gazette', pair);
  expect(firstNames).toEqual({
    '/ship': 'Anna',
    '/port': 'Ystad',
    '/stops/0/port': 'Ystad',
    '/stops/1/port': 'Trelleborg',
  });
  expect(secondNames).toEqual({ '/ship': 'Anne', '/port': 'Istad', '/stops/0/port': 'Trelleborg' });
  const choices = [{ field: '/stops', chosen: 'first', reason: 'It stops twice.' }] as const;
  const { first, second: theirs } = await desk.compare('gazette', pair);
  const digests = { digest: first?.digest, secondDigest: theirs?.digest };
  await desk.resolve({ ...settlement, ...pair, ...digests, choices });
  expect((await desk.differing('gazette')).at(-1)?.decisions).toMatchObject([
    { field: '/stops', names: { '/stops/0/port': 'Ystad', '/stops/1/port': 'Trelleborg' } },
  ]);
});

const decision: Decision = {
  table: 'crossings',
  first: 'a',
  second: 'b',
  field: '',
  chosen: 'first',
  reason: 'It is there.',
  by: 'Ida',
  date: '2022-03-01',
};

/** Adds decisions to those in a folder, one after the other. */
function note(folder: string, ...made: readonly Decision[]): void {
  const opened = openDecisions({ fs: nodeFileSystem() }, { path: folder, shown: folder });
  opened.add(made);
  opened.end();
}

function noted(folder: string): readonly string[] {
  return decisionsIn({ fs: nodeFileSystem() }, folder).map(({ first }) => first);
}

describe('the file of decisions', () => {
  test('gets another line, also after a last line without its end, and with more than a record can have', () => {
    const folder = freshFolder();
    const at = path.join(folder, '.decisions.ndjson');
    note(folder, decision, { ...decision, first: 'c' });
    fs.writeFileSync(at, fs.readFileSync(at, 'utf8').trimEnd());
    note(folder, { ...decision, first: 'd' });
    expect(noted(folder)).toEqual(['a', 'c', 'd']);
    const line = `${JSON.stringify({ ...decision, reason: 'x'.repeat(mostBytes / 8) })}\n`;
    fs.writeFileSync(at, line.repeat(9));
    note(folder, { ...decision, first: 'd' });
    expect(noted(folder)).toEqual([...Array.from({ length: 9 }, () => 'a'), 'd']);
    expect(fs.readFileSync(at, 'utf8').startsWith(line.repeat(9))).toBe(true);
  });

  test('has one writer at a time, and stays as another program has left it', () => {
    const folder = freshFolder();
    const disk = nodeFileSystem();
    const place = { path: folder, shown: folder };
    const opened = openDecisions({ fs: disk }, place);
    expect(() => takeTurn(disk, folder, 0)).toThrow('another command is writing here');
    opened.end();
    note(folder, decision);
    const again = openDecisions({ fs: disk }, place);
    fs.writeFileSync(path.join(folder, '.decisions.ndjson'), '');
    expect(() => again.add([decision])).toThrow('has changed since it was read');
    again.end();
    expect(noted(folder)).toEqual([]);
  });

  test.each([
    ['a folder', (at: string) => fs.mkdirSync(at)],
    ['a link', (at: string) => fs.symlinkSync('elsewhere', at)],
  ])('that is %s is reported before a record is saved', async (_, make) => {
    const folder = withCitedPorts();
    const raw = second(folder);
    writeFiles(raw, { 'crossings/monday-ystad.json': { ...crossing, cars: 41 } });
    const desk = deskOf(folder, 'gazette', raw);
    const pair = { table: 'crossings', first: 'monday-ystad', second: 'monday-ystad', passage: undefined };
    const shown = await desk.compare('gazette', pair);
    make(path.join(raw, '.decisions.ndjson'));
    const digests = { digest: shown.first?.digest, secondDigest: shown.second?.digest };
    const choices = [{ field: '/cars', chosen: 'second', reason: 'The list says so.' }] as const;
    await expect(desk.resolve({ ...settlement, ...pair, ...digests, choices })).rejects.toThrow('.decisions.ndjson');
    expect(read(folder, 'raw/crossings/monday-ystad.json')).toMatchObject({ cars: 40 });
  });
});

test('a record of the second coding that has changed since it was shown is compared again', async () => {
  const folder = withCitedPorts();
  const raw = second(folder);
  writeFiles(raw, { 'crossings/monday-ystad.json': { ...crossing, cars: 41 } });
  const desk = deskOf(folder, 'gazette', raw);
  const pair = { table: 'crossings', first: 'monday-ystad', second: 'monday-ystad', passage: undefined };
  const shown = await desk.compare('gazette', pair);
  writeFiles(raw, { 'crossings/monday-ystad.json': { ...crossing, cars: 999 } });
  const digests = { digest: shown.first?.digest, secondDigest: shown.second?.digest };
  const choices = [{ field: '/cars', chosen: 'second', reason: 'It says 41.' }] as const;
  expect(await desk.resolve({ ...settlement, ...pair, ...digests, choices })).toEqual({ changed: true });
  expect(read(folder, 'raw/crossings/monday-ystad.json')).toMatchObject({ cars: 40 });
  expect(decisionsOf(raw)).toEqual([]);
});

test.each([
  [{ choices: [{ field: '', chosen: 'second', reason: ' ' }] }, /needs a reason/],
  [{ by: '' }, /say who decides/],
] as const)('a decision with %j is refused', async (lacking, message) => {
  const folder = withCitedPorts();
  const raw = second(folder);
  const desk = deskOf(folder, 'gazette', raw);
  const { digest } = desk.record('crossings', 'monday-ystad');
  const about = { table: 'crossings', first: 'monday-ystad', second: undefined, digest, secondDigest: undefined };
  await expect(desk.resolve({ ...settlement, ...about, ...lacking })).rejects.toThrow(message);
  expect(decisionsOf(raw)).toEqual([]);
  expect(fs.existsSync(path.join(folder, 'raw/crossings/monday-ystad.json'))).toBe(true);
});

test('fields get the values and the evidence of the second coding; a list of references is one field', async () => {
  const folder = withCitedPorts();
  const raw = second(folder);
  const theirs = {
    ...crossing,
    cars: 41,
    stops: [{ port: 'ystad' }, { port: 'trelleborg' }, { port: 'ystad' }],
    evidence: [spanOf('left Ystad on Monday', ['/port']), spanOf('with 40 cars.', ['/cars'])],
  };
  writeFiles(raw, { 'crossings/monday-ystad.json': theirs });
  const desk = deskOf(folder, 'gazette', raw);
  const pair = { table: 'crossings', first: 'monday-ystad', second: 'monday-ystad' };
  const { first, second: other } = await desk.compare('gazette', pair);
  expect([first?.value['cars'], other?.value['cars']]).toEqual([40, 41]);
  const choices = (['/cars', '/stops'] as const).map(
    (field) => ({ field, chosen: 'second', reason: 'The list says so.' }) as const,
  );
  const digests = { digest: first?.digest, secondDigest: other?.digest };
  const decided = { ...settlement, ...pair, ...digests, choices };
  expect(await desk.resolve(decided)).toMatchObject({ resolved: 'monday-ystad' });
  expect(desk.record('crossings', 'monday-ystad')).toMatchObject({
    value: { cars: 41, stops: theirs.stops },
    spans: [{ supports: ['/port'] }, { supports: ['/cars'] }],
  });
  expect(decisionsOf(raw)).toMatchObject([
    { field: '/cars', firstValue: 40, secondValue: 41 },
    { field: '/stops', reason: 'The list says so.' },
  ]);
  // it was compared with another version
  expect(await desk.resolve(decided)).toEqual({ changed: true });
});

test('passages that need no record are compared, and the second coder’s reason can be taken', async () => {
  const folder = newsroom();
  const raw = second(folder);
  await deskOf(folder).passOver({ source: 'gazette', start: 0, end: 9, reason: 'colour' });
  const blind = blindDesk(folder, raw);
  await blind.passOver({ source: 'gazette', start: 0, end: 11, reason: 'no crossing' });
  await blind.passOver({ source: 'gazette', start: 33, end: 37, reason: 'background' });
  const desk = deskOf(folder, 'gazette', raw);
  const found = (await desk.differing('gazette')).filter(({ passage }) => passage !== undefined);
  expect(found.map(({ passage }) => passage)).toEqual([
    { start: 0, end: 11, first: 'colour', second: 'no crossing' },
    { start: 33, end: 37, first: undefined, second: 'background' },
  ]);
  for (const difference of found) {
    expect(await take(desk, difference)).toMatchObject({ resolved: 'gazette' });
  }
  expect(desk.record('papers', 'gazette')).toMatchObject({
    value: { uncoded: ['no crossing', 'background'] },
    spans: [
      { start: 0, end: 11, supports: ['/uncoded/0'] },
      { start: 33, end: 37, supports: ['/uncoded/1'] },
    ],
  });
  const left = (await desk.differing('gazette')).filter(({ passage }) => passage !== undefined);
  expect(left.map(({ decisions }) => decisions.map(({ chosen }) => chosen))).toEqual([['second'], ['second']]);
});

test('a decision on a short passage leaves the rest of a long one that contains it', async () => {
  const folder = newsroom();
  const raw = second(folder);
  await deskOf(folder).passOver({ source: 'gazette', start: 0, end: 40, reason: 'colour' });
  await blindDesk(folder, raw).passOver({ source: 'gazette', start: 4, end: 9, reason: 'no crossing' });
  const desk = deskOf(folder, 'gazette', raw);
  const found = (await desk.differing('gazette')).filter(({ passage }) => passage !== undefined);
  expect(found.map(({ passage }) => passage)).toEqual([
    { start: 0, end: 40, first: 'colour', second: undefined },
    { start: 4, end: 9, first: undefined, second: 'no crossing' },
  ]);
  for (const difference of found.slice(1)) await take(desk, difference);
  expect(desk.record('papers', 'gazette').spans).toMatchObject([
    { start: 0, end: 3, supports: ['/uncoded/0'] },
    { start: 4, end: 9, supports: ['/uncoded/1'] },
    { start: 10, end: 40, supports: ['/uncoded/0'] },
  ]);
});

type Passed = readonly [start: number, end: number, reason: string];

test.each<{ title: string; first: Passed[]; second: Passed[]; listed: object[]; taken: Passed[] }>([
  {
    title: 'a passage with the same reason on a part, and another one on the rest',
    first: [
      [0, 24, 'colour'],
      [24, 40, 'background'],
    ],
    second: [[0, 40, 'background']],
    listed: [{ start: 0, end: 40, first: 'colour', second: 'background' }],
    taken: [[0, 40, 'background']],
  },
  {
    title: 'the same with the codings exchanged',
    first: [[0, 40, 'background']],
    second: [
      [0, 24, 'colour'],
      [24, 40, 'background'],
    ],
    listed: [{ start: 0, end: 24, first: 'background', second: 'colour' }],
    taken: [
      [0, 24, 'colour'],
      [24, 40, 'background'],
    ],
  },
  {
    title: 'a small part with another reason',
    first: [
      [0, 16, 'colour'],
      [17, 40, 'background'],
    ],
    second: [[0, 40, 'background']],
    listed: [{ start: 0, end: 40, first: 'colour', second: 'background' }],
    taken: [[0, 40, 'background']],
  },
  {
    title: 'a part with another reason that goes on beyond it',
    first: [
      [0, 22, 'background'],
      [23, 46, 'colour'],
    ],
    second: [[0, 32, 'background']],
    listed: [
      { start: 0, end: 32, first: 'colour', second: 'background' },
      { start: 23, end: 46, first: 'colour', second: undefined },
    ],
    taken: [
      [0, 32, 'background'],
      [33, 46, 'colour'],
    ],
  },
  {
    title: 'no more than a word more or less, next to another reason',
    first: [
      [0, 16, 'background'],
      [17, 40, 'colour'],
    ],
    second: [
      [0, 20, 'background'],
      [21, 40, 'colour'],
    ],
    listed: [],
    taken: [
      [0, 16, 'background'],
      [17, 40, 'colour'],
    ],
  },
])('reasons differ for $title', async ({ first, second: theirs, listed, taken }) => {
  const folder = newsroom();
  const raw = second(folder);
  for (const [coder, passages] of [[deskOf(folder), first] as const, [blindDesk(folder, raw), theirs] as const])
    for (const [start, end, reason] of passages)
      expect(await coder.passOver({ source: 'gazette', start, end, reason })).toHaveProperty('saved');
  const desk = deskOf(folder, 'gazette', raw);
  const found = (await desk.differing('gazette')).filter(({ passage }) => passage !== undefined);
  expect(found.map(({ passage }) => passage)).toEqual(listed);
  for (const difference of found) expect(await take(desk, difference)).toHaveProperty('resolved');
  const { value, spans } = desk.record('papers', 'gazette');
  const reasonsNow = value['uncoded'] as readonly string[];
  expect(spans.map(({ start, end, supports }) => [start, end, reasonsNow[Number(supports[0]?.at(-1))]])).toEqual(taken);
});

test('one of two reasons for the same words is compared, and removed alone', async () => {
  const folder = newsroom();
  const raw = second(folder);
  const colour = { source: 'gazette', start: 0, end: 20, reason: 'colour' };
  for (const coder of [deskOf(folder), blindDesk(folder, raw)]) await coder.passOver(colour);
  const file = path.join(folder, 'raw/papers/gazette.json');
  const once = fs.readFileSync(file, 'utf8');
  const twice = once
    .replace('"colour"', '"background", "colour"')
    .replace('"/uncoded/0"', '"/uncoded/0", "/uncoded/1"');
  fs.writeFileSync(file, twice);
  const desk = deskOf(folder, 'gazette', raw);
  const [found, ...more] = (await desk.differing('gazette')).filter(({ passage }) => passage !== undefined);
  expect([found?.passage, more]).toEqual([{ start: 0, end: 20, first: 'background', second: undefined }, []]);
  if (found !== undefined) await take(desk, found);
  expect(JSON.parse(fs.readFileSync(file, 'utf8'))).toEqual(JSON.parse(once));
});

test('a passage inside one with the same reason is no difference', async () => {
  const folder = newsroom();
  const raw = second(folder);
  await deskOf(folder).passOver({ source: 'gazette', start: 0, end: 40, reason: 'colour' });
  await blindDesk(folder, raw).passOver({ source: 'gazette', start: 4, end: 9, reason: 'colour' });
  const list = await deskOf(folder, 'gazette', raw).differing('gazette');
  expect(list.flatMap(({ passage }) => passage ?? [])).toEqual([]);
});

test('a review does not outlive a change of a record, and says so; a draft of the source keeps it', async () => {
  const folder = newsroom();
  const desk = deskOf(folder, 'gazette');
  const review = (): unknown => desk.source('gazette').review;
  const change = (cars: number): unknown => {
    const record = desk.record('crossings', 'monday-ystad');
    const made = desk.save({ ...record, value: { ...record.value, cars } }, record.digest);
    return 'saved' in made ? made.unreviewed : made;
  };
  desk.review('gazette', { by: 'Berta', date: '2022-03-02' });
  expect(change(41)).toEqual([{ source: 'gazette', isRemoved: true }]);
  expect(review()).toBeUndefined();
  expect(change(42)).toEqual([]);
  desk.review('gazette', { by: 'Berta', date: '2022-03-02' });
  const source = desk.record('papers', 'gazette');
  expect(desk.save({ ...source, value: { ...source.value, title: 'Ferry' } }, source.digest)).toMatchObject({
    refused: [{ rule: 'evidence-missing' }],
  });
  expect(review()).toEqual({ by: 'Berta', date: '2022-03-02' });
  await desk.passOver({ source: 'gazette', start: 0, end: 9, reason: 'colour' });
  expect(review()).toBeUndefined();
  desk.review('gazette', { by: 'Berta', date: '2022-03-02' });
  desk.keep({ ...desk.record('papers', 'gazette') });
  expect(change(43)).toEqual([{ source: 'gazette', isRemoved: false }]);
  const { digest = '' } = desk.record('crossings', 'monday-ystad');
  desk.discard('papers', 'gazette');
  expect(desk.remove('crossings', 'monday-ystad', digest)).toMatchObject({
    unreviewed: [{ source: 'gazette', isRemoved: true }],
  });
});

test('a review does not outlive a change of the record of a source that cites the reviewed one', async () => {
  const folder = newsroom();
  const words = 'Wrong: it was Tuesday.\n';
  writeFiles(folder, {
    'sources/correction.txt': words,
    'raw/papers/correction.json': {
      id: 'correction',
      document: { file: 'correction.txt', sha256: sha256(words) },
      uncoded: ['correction'],
      evidence: [{ ...spanOf('left Ystad', ['/uncoded/0']) }],
    },
  });
  const desk = deskOf(folder, 'correction');
  for (const source of ['gazette', 'correction']) desk.review(source, { by: 'Berta', date: '2022-03-02' });
  expect(desk.source('gazette').review).toBeDefined();
  const record = desk.record('papers', 'correction');
  const value = { ...record.value, url: 'https://example.org/' };
  expect(desk.save({ ...record, value }, record.digest)).toMatchObject({
    unreviewed: [
      { source: 'correction', isRemoved: true },
      { source: 'gazette', isRemoved: true },
    ],
  });
  expect(desk.source('gazette').review).toBeUndefined();
  // a review by itself is no change of what others say
  for (const source of ['gazette', 'correction']) desk.review(source, { by: 'Berta', date: '2022-03-02' });
  expect(desk.source('gazette').review).toBeDefined();
});

test('a second coding is committed by itself, and later with the decisions', async () => {
  const folder = withCitedPorts();
  const raw = second(folder);
  const blind = blindDesk(folder, raw);
  expect(blind.changes()).toMatchObject({ records: undefined, report: '' });
  expect(await blind.commit('Code it again', 'again')).toHaveProperty('commit');
  const desk = deskOf(folder, 'gazette', raw);
  expect(desk.changes().files).toEqual([]);
  const { digest } = desk.record('crossings', 'monday-ystad');
  const about = { table: 'crossings', first: 'monday-ystad', second: undefined, digest, secondDigest: undefined };
  const choices = [{ field: '', chosen: 'first', reason: 'It is there.' }] as const;
  await desk.resolve({ ...settlement, ...about, choices });
  expect(desk.changes().files).toEqual(['second/records/.decisions.ndjson']);
  expect(await desk.commit('Decide', 'again')).toHaveProperty('commit');
  expect(desk.changes().files).toEqual([]);
});
