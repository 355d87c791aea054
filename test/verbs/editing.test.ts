import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { type FileSystem, nodeFileSystem } from '../../scripts/disk/fileSystem.ts';
import { crossing, dataset, document, records, schemas, sha256 } from '../support/fixture.ts';
import { type Run, run, writeFiles } from '../support/run.ts';

const file = 'raw/crossings/monday-ystad.json';
const bare = { ...crossing, evidence: undefined };

interface Span {
  readonly source: string;
  readonly start: number;
  readonly supports: readonly string[];
}

interface Crossing {
  readonly cars?: number;
  readonly remark?: string;
  readonly stops?: readonly object[];
  readonly evidence?: readonly Span[];
}

const readText = (folder: string, name = file): string => fs.readFileSync(path.join(folder, name), 'utf8');
const read = (folder: string): Crossing => JSON.parse(readText(folder)) as Crossing;
const isValid = async (folder: string): Promise<void> => {
  expect(await run(folder, 'validate', [])).toMatchObject({ status: 0, out: '' });
};

describe('set', () => {
  test('sets values of every type, appends to lists, and counts the spans for what changed', async () => {
    const folder = dataset();
    const set = (...args: readonly string[]): Promise<Run> => run(folder, 'set', ['monday-ystad', ...args]);
    const { err, status } = await set('cars=41', 'remark=Late, again', 'stops.0.crew.-=Bo', '/stops/-/port=ystad');
    expect(err).toMatch(/\/cars is 41, was 40; 1 span of evidence for it\n/);
    expect(err).toMatch(/\/remark is "Late, again"\n/);
    expect(err).toContain('`npx demarche trace crossings/monday-ystad`');
    expect(status).toBe(0);
    expect(read(folder)).toMatchObject({ cars: 41, remark: 'Late, again' });
    expect(read(folder).stops).toEqual([
      { port: 'ystad', crew: ['Ida', 'Öland, "Bo"', 'Bo'] },
      { port: 'trelleborg' },
      { port: 'ystad' },
    ]);
    await isValid(folder);
  });

  test('begins a new element with - if a field is repeated, and accepts lists and objects as JSON', async () => {
    const folder = dataset();
    const stops = ['stops.-.port=ystad', 'stops.-.crew.-=Bo', 'stops.-.crew.-=Ida', 'stops.-.port=trelleborg'];
    const { err, status } = await run(folder, 'set', ['monday-ystad', ...stops, 'stops.0.crew=["Åsa"]']);
    expect({ err, status }).toMatchObject({ status: 0 });
    const last = '{"port":"ystad","crew":["Eva"]}';
    await run(folder, 'set', ['monday-ystad', `stops.-=${last}`]);
    expect(read(folder).stops).toEqual([
      { port: 'ystad', crew: ['Åsa'] },
      { port: 'trelleborg' },
      { port: 'ystad', crew: ['Bo', 'Ida'] },
      { port: 'trelleborg' },
      JSON.parse(last),
    ]);
    const removed = await run(folder, 'set', ['monday-ystad', '--remove', 'stops.0']);
    expect(removed.err).toBe(`set: ${file}: /stops/0 removed, was {"port":"ystad","crew":["Åsa"]}\n`);
    await isValid(folder);
    const refused: readonly (readonly [string, RegExp])[] = [
      ['stops.-={"port":3.000}', /\/stops\/4\/port: 3.000 is read as 3 \(write 3000 if/],
      ['stops=[{"port":"ystad","port":"ystad"}]', /\/stops: the key "port" is used twice/],
      ['stops.-={"port":"ystad"', /\/stops\/4: this is not valid JSON \(check its brackets, commas and quotes\)/],
      ['stops={}', /\/stops is a list: set its elements, as in \/stops\/0, or all of it as JSON/],
      [`stops=${'['.repeat(100_000)}${']'.repeat(100_000)}`, /\/stops is a list/],
    ];
    for (const [text, says] of refused) {
      const { err: told, status: refusal } = await run(folder, 'set', ['monday-ystad', text]);
      expect(told).toMatch(says);
      expect(refusal).toBe(2);
    }
  });

  test('reports what validate finds in the record now, and did not before', async () => {
    const folder = dataset();
    const { err, status } = await run(folder, 'set', ['monday-ystad', 'ship=berta', '--remove', '/port']);
    expect(err).toMatch(/monday-ystad.json:4:11 error reference: no ship "berta"/);
    expect(err.match(/ error /g)).toHaveLength(1);
    expect(status).toBe(1);
    expect(read(folder)).toMatchObject({ ship: 'berta' });
    // the error was there before
    expect((await run(folder, 'set', ['monday-ystad', 'length=3', '--quiet'])).status).toBe(0);
    expect((await run(folder, 'set', ['monday-ystad', 'ship=cesar', '--quiet'])).status).toBe(1);
  });

  test('removes fields, and support for them from spans', async () => {
    const folder = dataset();
    await run(folder, 'set', ['monday-ystad', '--remove', 'cars', '--remove', '/stops/0']);
    const { cars, stops, evidence } = read(folder);
    expect({ cars, stops, supports: evidence?.[0]?.supports }).toEqual({
      cars: undefined,
      stops: [{ port: 'trelleborg' }],
      supports: ['/port'],
    });
    await isValid(folder);
  });

  test('writes nothing if one value is rejected', async () => {
    const folder = dataset();
    const before = readText(folder);
    const refused: readonly (readonly [readonly string[], RegExp])[] = [
      [['cars=many'], /"many" is not a whole number/],
      [['cars=41', 'kind=arrivl'], /"arrivl" is not one of the codes of \/kind \(did you mean "arrival"\?/],
      [['carz=41'], /has no field "carz" \(did you mean "cars"\?\)/],
      [['remark='], /\/remark: "remark" is empty/],
      [['cars=-1'], /\/cars: .*less than the minimum of 0/],
      [['stops.5.port=ystad'], /\/stops: the list has 2 elements, so the next one is 2/],
      [['id=other'], /\/id is the identifier: use rename/],
      [['evidence.0.start=1'], /is evidence: use cite and uncite/],
      [['--set', 'cars=1'], /unknown flag "--set" \(the arguments are <record> \[<path=value>…\]; --help lists the fl/],
      [['--remove', 'kind'], /"kind" is missing from the record/],
      [['--remove', 'carz'], /nothing at "\/carz" \(did you mean "\/cars"\?\)/],
      [[], /name a value as path=value/],
    ];
    for (const [args, says] of refused) {
      const { status, err } = await run(folder, 'set', ['monday-ystad', ...args]);
      expect(err).toMatch(says);
      expect(status).toBe(2);
    }
    expect(readText(folder)).toBe(before);
    expect((await run(folder, 'set', ['monday-ystd', 'cars=1'])).err).toMatch(/did you mean "monday-ystad"\?/);
  });
});

describe('cite and uncite', () => {
  test('several quotes in one call, all or none; pointers without their slash', async () => {
    const folder = dataset({ [file]: bare });
    const cite = (...args: readonly string[]): Promise<Run> => run(folder, 'cite', ['monday-ystad', ...args]);
    const quotes = ['--quote', 'left Ystad', '--supports', 'port', '--quote', '40 cars', '--supports', 'cars,on'];
    const before = readText(folder);
    const { out, status } = await cite(...quotes, '--quote', '41 lorries', '--supports', 'cars');
    expect(out).toMatch(/^quote not found in any available source/);
    expect(status).toBe(1);
    expect(readText(folder)).toBe(before);
    expect((await cite(...quotes)).status).toBe(0);
    expect(read(folder).evidence?.map(({ supports }) => supports)).toEqual([['/port'], ['/cars', '/on']]);
    expect((await cite(...quotes, '--quote', 'Monday')).err).toMatch(/--supports is given 2 times for 3 quotes/);
    await isValid(folder);
  });

  test('uncite finds a span by its place, its number or its words, and removes all or some of its fields', async () => {
    const folder = dataset();
    const uncite = (...args: readonly string[]): Promise<Run> => run(folder, 'uncite', ['monday-ystad', ...args]);
    const start = crossing.evidence[0]?.start ?? 0;
    expect((await uncite('gazete 3')).err).toMatch(
      new RegExp(`"gazete 3" is not a span of ${file}; its spans are /evidence/0: gazette ${start} “left … cars.”`),
    );
    const { err } = await uncite(`gazette ${start}`, '--supports', 'cars');
    expect(err).toMatch(/no longer supports \/cars; without evidence now: \/cars\n$/);
    expect(read(folder).evidence?.[0]?.supports).toEqual(['/port']);
    expect((await uncite('on Monday')).err).toMatch(/is removed; without evidence now: \/port\n$/);
    expect(read(folder).evidence).toEqual([]);
    expect((await uncite('0')).status).toBe(2);
  });

  test('uncite prefers the span of exactly the words to one that contains them', async () => {
    const folder = dataset();
    await run(folder, 'cite', ['monday-ystad', '--quote', 'with 40 cars', '--supports', 'cars']);
    const uncite = (words: string): Promise<Run> => run(folder, 'uncite', ['monday-ystad', words]);
    const { status, err } = await uncite('40 cars');
    expect(err).toMatch(
      /"40 cars" matches several spans; its spans are \/evidence\/0: [^\n]*; \/evidence\/1: [^\n]*\n$/,
    );
    expect(status).toBe(2);
    expect((await uncite('with 40 cars')).status).toBe(0);
    expect(read(folder).evidence).toEqual(crossing.evidence);
  });
});

describe('find', () => {
  test('finds records by words of their names, texts and ids, ignoring case and accents, then documents', async () => {
    const folder = dataset({ 'raw/ships/bjorn.json': { id: 'bjorn', name: 'Björn Borg' } });
    const found = async (...words: readonly string[]): Promise<string> => (await run(folder, 'find', words)).out;
    expect(await found('bjorn', 'BORG')).toBe('ships/bjorn /name: Björn Borg\n');
    expect(await found('oland')).toBe('crossings/monday-ystad /stops/0/crew/1: Öland, "Bo"\n');
    expect((await found('ystad')).split('\n').map((line) => line.replace(/: .*/, ''))).toEqual([
      'ports/ystad /id',
      'crossings/monday-ystad /id',
      'ports/ystad /name',
      `papers/gazette at 0`,
      '',
    ]);
    // in other letters than identifiers have
    expect((await found('Істад')).split('\n')[0]).toBe('');
    expect((await found('Ыстад')).split('\n')[0]).toBe('ports/ystad /id: ystad');
    expect(await run(folder, 'find', ['nobody'])).toMatchObject({ status: 1, out: '' });
    expect((await found('borg')).split('\n')[0]).toBe('ships/bjorn /name: Björn Borg');
    expect(JSON.parse((await run(folder, 'find', ['Björn Borg', '--format', 'json'])).out)).toMatchObject({
      record: 'ships/bjorn',
      pointer: '/name',
    });
  });
});

describe('validate of files', () => {
  test('reports the problems of these files only', async () => {
    const folder = dataset({ [file]: { ...crossing, ship: 'ana' }, 'raw/ships/berta.json': { id: 'berta' } });
    const problems = async (...args: readonly string[]): Promise<readonly string[]> =>
      (await run(folder, 'validate', args)).out.split('\n').map((line) => line.replace(/: .*/, ''));
    expect(await problems(file)).toEqual([`${file}:4:11 error reference`, '']);
    expect(await problems('raw/ships')).toEqual(['raw/ships/berta.json:1:1 error required', '']);
    expect(await problems('raw/ports/ystad.json')).toEqual(['']);
    const { err, status } = await run(folder, 'validate', ['raw/ships/berta.jsn']);
    expect(err).toMatch(/is not a file or folder of records \(did you mean "raw\/ships\/berta\.json"\?\)/);
    expect(status).toBe(2);
    expect((await run(folder, 'validate', [file, '--changed', 'HEAD'])).err).toMatch(/not both/);
  });
});

const batch = `
- table: papers
  id: post
  document: inbox/post.txt
- table: ships
  values: { name: Berta }
- table: crossings
  id: tuesday-ystad
  values:
    kind: departure
    ship: berta
    port: ystad
    on: 2022-03-01
    cars: 12
  quotes:
    - quote: Berta left Ystad on Tuesday
      supports: [port, /on]
    - quote: with 12 cars
      supports: cars
- record: monday-ystad
  quotes:
    - quote: Monday with 40 cars
      source: gazette
      supports: on
`;

describe('add', () => {
  const inbox = 'The Berta left Ystad on Tuesday, with 12 cars.\n';
  const filesIn = (folder: string): readonly string[] =>
    fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted();

  test('writes new records, their documents and their evidence, and evidence for others', async () => {
    const folder = dataset({ 'inbox/post.txt': inbox, 'batch.yaml': batch });
    const checked = await run(folder, 'add', ['batch.yaml', '--check']);
    expect(checked).toMatchObject({ status: 0, out: '' });
    expect(checked.err).toContain('would write raw/crossings/tuesday-ystad.json\n');
    expect(checked.err).toMatch(/\nadd: 4 records without errors; nothing is written\n$/);
    expect(filesIn(folder)).not.toContain('raw/ships/berta.json');
    const { out, status, err } = await run(folder, 'add', ['batch.yaml']);
    expect({ out, status }).toEqual({ out: '', status: 0 });
    expect(err).toContain('wrote raw/crossings/tuesday-ystad.json\n');
    expect(fs.readFileSync(path.join(folder, 'sources/post.txt'), 'utf8')).toBe(inbox);
    expect(JSON.parse(readText(folder, 'raw/crossings/tuesday-ystad.json'))).toMatchObject({
      id: 'tuesday-ystad',
      evidence: [
        { source: 'post', start: 4, supports: ['/port', '/on'] },
        { source: 'post', supports: ['/cars'] },
      ],
    });
    expect(read(folder).evidence).toHaveLength(2);
    await isValid(folder);
  });

  test.each<[string, (text: string) => string, RegExp]>([
    [
      'a quote that is not in the text',
      (text) => text.replace('12 cars\n', '13 lorries\n'),
      /^batch\.yaml:18:7 error [^\n]* quote not found/,
    ],
    [
      'a reference',
      (text) => text.replace('ship: berta', 'ship: bertha'),
      /^batch\.yaml:11:11 error reference: crossings\/tuesday-ystad: no ship "bertha" \(did you mean "berta"\?\)/,
    ],
    ['a value', (text) => text.replace('cars: 12', 'cars: twelve'), /^batch\.yaml:14:11 error type: /],
    [
      'a field without evidence',
      (text) => text.replace('supports: cars', 'supports: on'),
      /error evidence-missing: crossings\/tuesday-ystad: no span supports \/cars \(add words that say so to "quotes"/,
    ],
    [
      'a quote for a field that the record does not have',
      (text) => text.replace('supports: cars', 'supports: carts'),
      /error evidence-missing: crossings\/tuesday-ystad: the record has nothing at "\/carts" \(did you mean "\/cars"\?\)\n/,
    ],
    [
      'a reference without the middle of the id',
      (text) =>
        text
          .replace('ship: berta', 'ship: berta-ystad')
          .replace('- table: ships\n', '- table: ships\n  id: berta-nordkvist-of-ystad\n'),
      /no ship "berta-ystad" \(did you mean "berta-nordkvist-of-ystad"\?\)/,
    ],
    [
      'a reference to an entry whose id is another one',
      (text) => text.replace('ship: berta', 'ship: ship-of-tuesday'),
      /no ship "ship-of-tuesday" \(the entries of ships here have the ids "berta"\)/,
    ],
  ])('writes nothing if there is an error: %s', async (_, change, says) => {
    const folder = dataset({ 'inbox/post.txt': inbox, 'batch.yaml': change(batch) });
    const before = filesIn(folder);
    const { status, out, err } = await run(folder, 'add', ['batch.yaml']);
    expect(out).toMatch(says);
    expect(err).toBe('add: 1 error; nothing is written\n');
    expect(status).toBe(1);
    expect(filesIn(folder)).toEqual(before);
    expect(readText(folder)).toBe(`${JSON.stringify(records[file], null, 2)}\n`);
  });

  test('reports the line at which a batch is invalid', async () => {
    const folder = dataset();
    const refused: readonly (readonly [string, RegExp])[] = [
      ['- table: ships\n\tid: x\n', /batch\.yaml:2:1: not YAML: a line is indented with a tab \(use spaces\)/],
      ['- table: ships\n  values:\n    name: Hai: a town\n', /batch\.yaml:3:11: not YAML: a colon and a space inside/],
      ['- table: ships\n  values: { name: "Hai }\n', /batch\.yaml:2:19: not YAML: the text that begins with " here/],
      [
        '- record: anna\n  quotes:\n    - { quote: «Ні», каже, supports: name }\n',
        /:3:22: a comma ends the text before/,
      ],
      ['- table: ships\n  record: anna\n', /batch\.yaml:1:3: an entry has "table" and "record": name the "table" of/],
      ['- table: [', /batch\.yaml:\d+:\d+: not YAML: /],
      ['table: ships', /batch\.yaml:1:1: the file is an object, not a list/],
      [
        batch.replace('supports:', 'support:'),
        /batch\.yaml:\d+:\d+: unknown key "support" \(did you mean "supports"\?\)/,
      ],
      ['- tabel: ships\n', /batch\.yaml:1:\d+: unknown key "tabel" \(did you mean "table"\?\)/],
      ['- values: {}\n', /batch\.yaml:1:3: name the "table" of a new record, or an existing "record"/],
      ['- table: shps\n', /batch\.yaml:1:3: no table is called "shps" \(did you mean "ships"\?\)/],
      [
        '- table: ships\n  values: { cars: 3.000 }\n',
        /batch\.yaml:2:19: 3\.000 is read as 3 \(write 3000 if the point/,
      ],
      ['- table: ships\n  values: { cars: 0x10 }\n', /batch\.yaml:2:19: 0x10 is read as 16 \(write 16\)/],
      ['- table: ships\n  table: ports\n', /batch\.yaml:2:3: the key "table" is used twice in this map/],
      ['--- []\n--- []\n', /batch\.yaml:1:1: a batch is one document of YAML/],
      [`- [${'&a x,'.repeat(100_000)}]`, /batch\.yaml:1:\d+: more than \d+ tokens/],
      ['- table: ships\n  id: anna\n', /batch\.yaml:1:3: id: "anna" is taken/],
      ['- record: nobody\n  quotes: []\n', /no record is called "nobody"/],
      ['- table: papers\n  id: x\n  document: none.txt\n', /no file at .*none\.txt/],
    ];
    for (const [text, says] of refused) {
      writeFiles(folder, { 'batch.yaml': text });
      const { status, err } = await run(folder, 'add', ['batch.yaml']);
      expect(err).toMatch(says);
      expect(status).toBe(2);
    }
  });

  test('undoes everything if a record cannot be written', async () => {
    const quote = { quote: 'Monday with 40 cars', source: 'gazette', supports: '/on' };
    const second = 'raw/crossings/second.json';
    const folder = dataset({
      [second]: { ...crossing, id: 'second' },
      'batch.yaml': JSON.stringify([
        { table: 'ships', id: 'zoe', values: { name: 'Zoe' } },
        { record: 'monday-ystad', quotes: [quote] },
        { record: 'second', quotes: [quote] },
      ]),
    });
    const before = [filesIn(folder), readText(folder), readText(folder, second)];
    const real = nodeFileSystem();
    const full: FileSystem = {
      ...real,
      rename(from, to) {
        if (to.endsWith('second.json')) throw Object.assign(new Error('x'), { code: 'ENOSPC', syscall: 'x', path: to });
        real.rename(from, to);
      },
    };
    const { err, status } = await run(folder, 'add', ['batch.yaml'], { fs: full });
    expect(err).toMatch(/second\.json: the disk is full/);
    expect(status).toBe(2);
    expect([filesIn(folder), readText(folder), readText(folder, second)]).toEqual(before);
  });

  test('accepts no document from outside its folder, links followed, unless a flag allows it', async () => {
    const folder = dataset({
      'in/near.txt': 'Near.\n',
      'in/deep/er.txt': 'Deeper.\n',
      'in/.env': 'TOKEN=1\n',
      'away/far.txt': 'Far.\n',
      'sources/kept.txt': 'Kept.\n',
    });
    fs.symlinkSync('../away/far.txt', path.join(folder, 'in/link.txt'));
    fs.symlinkSync('../away', path.join(folder, 'in/folder'));
    fs.symlinkSync('.env', path.join(folder, 'in/open.txt'));
    fs.symlinkSync('deep/er.txt', path.join(folder, 'in/inner.txt'));
    const add = async (named: string, ...flags: readonly string[]): Promise<string> => {
      writeFiles(folder, { 'in/batch.yaml': JSON.stringify([{ table: 'papers', id: 'new', document: named }]) });
      const { err } = await run(folder, 'add', ['in/batch.yaml', '--check', ...flags]);
      return err.replace(/^add: in\/batch\.yaml:1:2: /, '');
    };
    const taken = 'would write raw/papers/new.json\nadd: 1 record without errors; nothing is written\n';
    const outside =
      /^the document "[^"]+" is outside the folder of this file; if you trust it, name its folder with --documents\n$/;
    const hidden = /^the document "[^"]+" is hidden; copy it under another name if you trust it\n$/;
    for (const each of ['near.txt', './deep/er.txt', 'inner.txt', '../sources/kept.txt'])
      expect(await add(each)).toBe(taken);
    const far = path.join(folder, 'away/far.txt');
    for (const each of [far, '../away/far.txt', 'link.txt', 'folder/far.txt', '/etc/hostname', '/none', '..'])
      expect(await add(each)).toMatch(outside);
    for (const each of ['.env', 'open.txt', './deep/../.env']) expect(await add(each)).toMatch(hidden);
    for (const each of [far, 'link.txt', 'folder/far.txt']) expect(await add(each, '--documents', 'away')).toBe(taken);
  });
});

test('add proposes names that are romanised as the language of their quotes is', async () => {
  const text = 'Біля села Гай стоїть човен „Юрій“.\n';
  const folder = dataset({
    'inbox/uk.txt': text,
    'batch.yaml': `- table: papers
  id: visnyk
  document: inbox/uk.txt
- table: ports
  values: { name: Гай }
- table: ships
  values: { name: Юрій }
- table: crossings
  id: c
  values: { ship: yurii, port: hai, kind: departure, on: '2022-03-01' }
  quotes:
    - { quote: Біля села Гай стоїть човен, supports: [kind, port, on], source: visnyk }
`,
  });
  const { err, out } = await run(folder, 'add', ['batch.yaml', '--check']);
  expect({ out, err }).toEqual({
    out: '',
    err: expect.stringContaining('would write raw/ports/hai.json\nwould write raw/ships/yurii.json'),
  });
});

describe('a record that looks like an existing one', () => {
  const ships = schemas['schema/ships.schema.json'] as { readonly properties: object };
  const table = schemas['schema/crossings.schema.json'] as { readonly properties: object };
  const distinct = {
    'schema/ships.schema.json': {
      ...ships,
      properties: { ...ships.properties, name: { type: 'string', minLength: 1, 'x-distinct': true } },
    },
    'schema/crossings.schema.json': {
      ...table,
      'x-distinct': ['/ship', '/on'],
      properties: {
        ...table.properties,
        remark: { type: 'string', minLength: 1, 'x-own-words': true },
      },
    },
  };

  test('is a warning with the other id, by name, document, or cited words', async () => {
    const folder = dataset({
      ...distinct,
      'raw/ships/ana.json': { id: 'ana', name: 'ÁNNA' },
      'raw/ships/berta.json': { id: 'berta', name: 'Berta' },
      'raw/papers/copy.json': { ...records['raw/papers/gazette.json'], id: 'copy' },
      'raw/crossings/again.json': { ...crossing, id: 'again' },
      'raw/crossings/other.json': { ...crossing, id: 'other', on: '2022-03-01' },
    });
    const { out } = await run(folder, 'validate', []);
    expect(out.split('\n').map((line) => line.replace(/ \(if both .*/, ''))).toEqual([
      'raw/crossings/monday-ystad.json:4:11 warning duplicate: /ship, /on and some of the cited words are the same as in "crossings/again"',
      'raw/papers/gazette.json:3:15 warning duplicate: the document is the same as in "papers/copy"',
      'raw/ships/anna.json:3:11 warning duplicate: "Anna" is the same as in "ships/ana"',
      '',
    ]);
    // a record with a warning is in the release
    expect((await run(folder, 'build', ['--dist', 'dist'])).status).toBe(0);
    const built = fs.readFileSync(path.join(folder, 'dist/next/csv/ships.csv'), 'utf8');
    expect(built).toMatch(/^id,name\nana,ÁNNA\nanna,Anna\nberta,Berta\n$/);
  });

  test('is written by new only with --anyway, and reported by add', async () => {
    const folder = dataset({ ...distinct, 'batch.yaml': '- table: ships\n  id: ana\n  values: { name: anna }\n' });
    const args = ['ships', '--id', 'ana', '--set', 'name=anna'];
    const { err, status } = await run(folder, 'new', args);
    expect(err).toBe('new: /name: "anna" is the same as in "ships/anna"; if it is another one, give --anyway\n');
    expect(status).toBe(2);
    expect((await run(folder, 'add', ['batch.yaml', '--check'])).out).toMatch(
      /^batch\.yaml:3:19 warning duplicate: ships\/ana: "anna" is the same as in "ships\/anna"/,
    );
    expect((await run(folder, 'new', [...args, '--anyway'])).status).toBe(0);
    const pair = '- table: ships\n  values: { name: &name Bo }\n- table: ships\n  values: { name: *name }\n';
    writeFiles(folder, { 'batch.yaml': pair });
    // once for the two, at the place of the second
    expect((await run(folder, 'add', ['batch.yaml', '--check'])).out).toMatch(
      /^batch\.yaml:4:19 warning duplicate: ships\/bo-2: "Bo" is the same as in "ships\/bo"[^\n]*\n$/,
    );
  });

  test('own words that repeat a source are a warning if the text is available', async () => {
    const remark = 'It was said that the ferry left Ystad on Monday with 40 cars aboard.';
    const long = document.replace(' 🛳', '');
    const [span] = crossing.evidence;
    const folder = dataset({
      ...distinct,
      'sources/gazette.txt': long,
      'raw/papers/gazette.json': { id: 'gazette', document: { file: 'gazette.txt', sha256: sha256(long) } },
      [file]: { ...bare, remark, evidence: [{ ...span, start: 10, end: 44 }] },
    });
    await run(folder, 'fix', []);
    const { out } = await run(folder, 'validate', []);
    expect(out).toMatch(
      /warning own-words: 9 words in a row are copied from a source: "the ferry left ystad on monday/,
    );
    fs.rmSync(path.join(folder, 'sources'), { recursive: true });
    expect((await run(folder, 'validate', [])).out).toBe('');
  });
});
