import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { crossing, dataset, here, schemas } from '../support/fixture.ts';
import { run, writeFiles } from '../support/run.ts';

const file = 'raw/crossings/monday-ystad.json';
const text = `${JSON.stringify(crossing, null, 2)}\n`;
const [span] = crossing.evidence;
const { kind, ...rest } = crossing;

async function problemsOf(folder: string): Promise<readonly { readonly pointer: string; readonly hint: string }[]> {
  const { out } = await run(folder, 'validate', [...here, '--format', 'json']);
  return out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { pointer: string; hint: string });
}

/** A typical mistake in a record, the place of the message, and the hint. */
const plain = `{
  "id": "a",
  "kind": "person",
  "cars": 40,
  "list": [
    "x",
    "y"
  ],
  "in": {
    "date": "2022-01-14"
  }
}
`;

describe('invalid JSON is reported on its line, with a hint', () => {
  test.each<[string, string, string, string, RegExp]>([
    ['no colon', '"kind": ', '"kind" ', '3:10', /a colon separates a key and its value/],
    ['no comma', '"person",', '"person"', '4:3', /a comma is missing before it/],
    ['no comma behind a number', '40,', '40', '5:3', /a comma is missing before it/],
    ['no comma in a list', '"x",', '"x"', '7:5', /a comma is missing before it/],
    ['a comma too many in a list', '"y"', '"y",', '8:3', /remove the comma before it/],
    ['two commas', '"person",', '"person",,', '3:20', /remove the comma/],
    [
      'no closing quote',
      '"person"',
      '"person',
      '3:11',
      /quotes on this line are not balanced.*begins and ends with one/,
    ],
    ['no opening quote', '"person"', 'person"', '3:17', /quotes on this line are not balanced/],
    ['no opening quote of a key', '"kind"', 'kind"', '3:17', /quotes on this line are not balanced/],
    ['curly quotes', '"person"', '“person”', '3:11', /unexpected character U\+201C.*straight double quotes/],
    ['a curly closing quote', '"person"', '"person”', '3:11', /straight double quotes/],
    ['single quotes', '"person"', "'person'", '3:11', /straight double quotes/],
    ['no quotes', '"person"', 'person', '3:11', /unexpected "person" \(put a text in double quotes/],
    ['quotes inside', '"person"', '"per "s" on"', '3:17', /write a double quote inside a text as \\"/],
    ['two lines', '"person"', '"per\nson"', '3:11', /on the same line/],
    ['a tab inside', 'person', 'per\tson', '3:15', /a tab inside a text/],
    ['a backslash', 'person', 'per\\Pson', '3:15', /write a backslash in a text as \\\\/],
    ['an equals sign', '"kind":', '"kind"=', '3:9', /a colon separates a key and its value/],
    ['a semicolon', '"person",', '"person";', '3:19', /write a comma instead/],
    ['a brace too many', '\n}\n', '\n}\n}\n', '13:1', /unexpected "}" \(remove it\)/],
    ['two records', '\n}\n', `\n}\n{}\n`, '13:1', /put another one into its own file or line/],
    ['no brace', '  }\n}', '}', '11:1', /the object that begins on line 9 is not closed \(write } before this line\)/],
    ['a zero in front', '40', '0495', '4:11', /a number has no leading zeros/],
    ['a date without quotes', '"2022-01-14"', '2022-01-14', '10:18', /write a date as text, in double quotes/],
    ['True', '40', 'True', '4:11', /write true, false or null/],
    ['a comment', '"person",', '"person", // who', '3:21', /JSON has no comments/],
    ['a comment with a quote', '"person",', '"person", // 12" long', '3:21', /JSON has no comments/],
    ['a fence', '{\n  "id"', '```json\n{\n  "id"', '1:1', /remove the lines with ```/],
    ['no brace at the beginning', '{\n  "id"', '"id"', '1:5', /a record begins with \{/],
    ['a semicolon behind the end', '\n}\n', '\n};\n', '12:2', /remove it/],
    ['a merge', '  "kind"', '<<<<<<< HEAD\n  "kind"', '3:1', /git has left conflict markers after a merge/],
    ['a no-break space', '  "kind"', '\u00a0 "kind"', '3:1', /unexpected character U\+00A0.*only plain spaces/],
  ])('%s', async (_, whole, broken, at, says) => {
    expect(plain).toContain(whole);
    const folder = dataset({ [file]: plain.replace(whole, () => broken) });
    const { out } = await run(folder, 'validate', here);
    const told = out.split('\n').find((line) => line.startsWith(`${file}:`));
    expect(told).toMatch(new RegExp(`:${at} error json: `));
    expect(told).toMatch(says);
    expect(told).not.toMatch(/Unexpected|token|literal/);
  });
});

describe('one fault is reported once', () => {
  const paper = 'raw/papers/gazette.json';

  test.each<[string, Readonly<Record<string, string | Uint8Array | object>>, RegExp]>([
    [
      'a source that is no JSON',
      { [paper]: '{"id": "gazette"' },
      /^raw\/papers\/gazette\.json:1:17 error json: [^\n]*\n$/,
    ],
    [
      'a ship that is no UTF-8',
      { 'raw/ships/anna.json': new Uint8Array([0x7b, 0xff]) },
      /^raw\/ships\/anna\.json:1:2 error encoding: [^\n]*\n$/,
    ],
    [
      'a ship under another id',
      { 'raw/ships/anna.json': { id: 'annna', name: 'Anna' } },
      /^raw\/ships\/anna\.json:2:9 error file-name: [^\n]*\n$/,
    ],
    [
      'a ship without an id',
      { 'raw/ships/anna.json': { name: 'Anna' } },
      /^raw\/ships\/anna\.json:1:1 error required: "id" is missing from the record[^\n]*\n$/,
    ],
  ])('%s: not again for each record that refers to it', async (_, files, says) => {
    expect((await run(dataset(files), 'validate', here)).out).toMatch(says);
  });

  test('evidence that is not a list: not again for each field that it supports', async () => {
    const { out } = await run(dataset({ [file]: { ...crossing, evidence: { ...span } } }), 'validate', here);
    expect(out).toMatch(/^[^\n]* error type: "evidence" is an object, not a list [^\n]*\n$/);
  });

  test('the command that adds evidence names the record by its file, with any id', async () => {
    const { out } = await run(
      dataset({ [file]: { ...crossing, id: 'Nobody', evidence: undefined } }),
      'validate',
      here,
    );
    expect(out).toContain('cite crossings/monday-ystad ');
    expect(out).not.toContain('crossings/Nobody');
  });

  test('a record in the folder of another table, by the schema that it names', async () => {
    const linked = Object.fromEntries(
      ['ships', 'ports'].map((name) => {
        const schema = schemas[`schema/${name}.schema.json`] as { readonly properties: object };
        return [
          `schema/${name}.schema.json`,
          { ...schema, properties: { $schema: { type: 'string' }, ...schema.properties }, required: ['$schema', 'id'] },
        ];
      }),
    );
    const record = (table: string, more: object): object => ({ $schema: `../../schema/${table}.schema.json`, ...more });
    const ystad = { 'raw/ports/ystad.json': record('ports', { id: 'ystad', name: 'Ystad' }) };
    const ports = { 'raw/ports/trelleborg.json': record('ports', { id: 'trelleborg', name: 'Trelleborg' }), ...ystad };
    const told = async (files: Readonly<Record<string, object>>): Promise<string> =>
      (await run(dataset({ ...linked, ...ports, ...files }), 'validate', here)).out;
    expect(await told({ 'raw/ships/anna.json': record('ports', { id: 'anna', name: 'Anna', color: 1 }) })).toMatch(
      /^raw\/ships\/anna\.json:2:14 error schema-link: the record belongs to ports by its schema, but to ships by its folder \(put the file into the folder "ports", or write "\.\.\/\.\.\/schema\/ships\.schema\.json"\)\n/,
    );
    expect(await told({ 'raw/ships/anna.json': record('shps', { id: 'anna' }) })).toMatch(
      /error schema-link: "\.\.\/\.\.\/schema\/shps\.schema\.json" is not the schema of ships \(write /,
    );
    expect(await told({ 'raw/ships/anna.json': { id: 'anna', name: 'Anna' } })).toMatch(
      /"\$schema" is missing from the record \(write "\$schema": "\.\.\/\.\.\/schema\/ships\.schema\.json"\)/,
    );
  });

  test('the name of a file is offered if the schema allows it as an id, and no other record has it', async () => {
    const hintOf = async (files: Readonly<Record<string, object>>): Promise<string | null | undefined> =>
      (await problemsOf(dataset(files))).find(({ pointer }) => pointer === '/id')?.hint;
    expect(await hintOf({ 'raw/ships/bo.json': { id: 'bea', name: 'Bea' } })).toBe(
      'name the file "bea.json" or the record "bo"',
    );
    expect(await hintOf({ 'raw/ships/bo (1).json': { id: 'bea', name: 'Bea' } })).toBe('name the file "bea.json"');
    expect(await hintOf({ 'raw/ships/anna copy.json': { id: 'anna', name: 'Bea' } })).toBe(
      'give the record its own id, and its file the same name',
    );
  });

  test('a document with another name than the available text is a warning, and similar names are suggested', async () => {
    const folder = dataset({
      'raw/papers/post.json': { id: 'post', document: { file: 'articel.txt', sha256: '0'.repeat(64) } },
    });
    expect((await run(folder, 'validate', here)).out).toBe('');
    fs.writeFileSync(path.join(folder, 'sources/article.txt'), 'x');
    expect((await run(folder, 'validate', here)).out).toMatch(
      /^raw\/papers\/post\.json:4:13 warning document: no available text is called "articel\.txt" \(did you mean "article\.txt"\?\)\n$/,
    );
  });
});

describe('a text that quotes a source', () => {
  const crossings = schemas['schema/crossings.schema.json'] as { readonly properties: { readonly remark: object } };
  const { remark } = crossings.properties;
  const claiming = {
    'schema/crossings.schema.json': {
      ...crossings,
      properties: { ...crossings.properties, remark: { ...remark, 'x-verbatim': true } },
    },
  };
  const told = async (
    words: string,
    files: Readonly<Record<string, string | object>> = {},
    more: object = {},
  ): Promise<string> => {
    const evidence = [{ ...span, supports: [...(span?.supports ?? []), '/remark'], ...more }];
    const folder = dataset({ ...claiming, [file]: { ...crossing, remark: words, evidence }, ...files });
    // the order of keys is checked elsewhere
    return (await run(folder, 'validate', here)).out.replaceAll(/^.* canonical-form: .*\n/gm, '');
  };

  test.each(['with 40 cars', 'on\u00a0Monday'])('is in them: %s', async (words) => {
    expect(await told(words)).toBe('');
  });

  test('is not in them, and the words that are there are shown', async () => {
    expect(await told('on Sunday with 40 cars')).toMatch(
      /:\d+:\d+ error verbatim: "on Sunday with 40 cars" is not in the passage that supports it \(the passage reads "on Monday with 40 cars\.?"\)\n$/,
    );
    expect(await told('sank')).toMatch(/error verbatim: "sank" is not in the passage that supports it\n$/);
  });

  test('is not checked if the words are not available, or no span supports it', async () => {
    const paper = { 'raw/papers/post.json': { id: 'post', document: { file: 'post.txt', sha256: '0'.repeat(64) } } };
    expect(await told('sank', paper, { source: 'post' })).toBe('');
    expect(await told('sank', {}, { supports: span?.supports })).toBe('');
  });
});

describe('the nearest name is suggested', () => {
  test.each([
    ['a key', { ...crossing, remarks: 'x' }, '/remarks', 'did you mean "remark"?'],
    ['a nested key', { ...crossing, stops: [{ prt: 'ystad' }] }, '/stops/0/prt', 'did you mean "port"?'],
    ['a key of another object', { ...crossing, crew: ['Ida'] }, '/crew', 'the key belongs in /stops/*'],
    [
      'a key of the record in an object',
      { ...crossing, stops: [{ port: 'ystad', length: 3 }] },
      '/stops/0/length',
      'the key belongs in the record itself',
    ],
    [
      'a code',
      { ...crossing, kind: 'depature' },
      '/kind',
      'did you mean "departure"? the codes are departure or arrival',
    ],
    ['the words of a code', { ...crossing, kind: 'A ship arrives' }, '/kind', 'the code for it is "arrival"'],
    ['an empty code', { ...crossing, kind: '' }, '/kind', 'the codes are departure or arrival'],
    ['an id', { ...crossing, ship: 'ana' }, '/ship', 'did you mean "anna"?'],
    ['an id like no other', { ...crossing, ship: 'zz' }, '/ship', '`npx demarche new ships` begins one'],
    [
      'a pointer with dots',
      {
        ...crossing,
        stops: [{ port: 'ystad' }],
        evidence: [{ ...span, supports: ['/port', '/cars', '/stops.0.port'] }],
      },
      '/evidence/0/supports/2',
      'write "/stops/0/port"',
    ],
    [
      'first words',
      { ...crossing, evidence: [{ ...span, begins: 'leaves' }] },
      '/evidence/0/begins',
      `write "${span?.begins.split(' ')[0] ?? ''}"`,
    ],
    [
      'twice the same',
      { ...crossing, remark: '' },
      '/remark',
      'say what is known, or leave the key out where it is optional',
    ],
    ['a part of an id', { ...crossing, ship: 'nord' }, '/ship', 'did you mean "stena-nord"?'],
    ['a truth value in quotation marks', { ...crossing, late: 'False' }, '/late', 'write false without quotes'],
    ['a number in quotation marks', { ...crossing, cars: '40' }, '/cars', 'write 40 without quotes'],
    ['one value for a list', { ...crossing, stops: 'ystad' }, '/stops', 'put its elements between [ and ]'],
    ['a text for an object', { ...crossing, stops: ['ystad'] }, '/stops/0', 'its keys are port and crew'],
    ['null', { ...crossing, remark: null }, '/remark', 'leave the key out if there is nothing to say'],
    ['null for a code', { ...crossing, kind: null }, '/kind', 'the codes are departure or arrival'],
    [
      'a pointer without its slash',
      { ...crossing, evidence: [{ ...span, supports: ['/port', 'stops.0', '/cars'] }] },
      '/evidence/0/supports/1',
      'write "/stops/0"',
    ],
    ['a nested id', { ...crossing, stops: [{ port: 'ystat' }] }, '/stops/0/port', 'did you mean "ystad"?'],
    [
      'a source',
      { ...crossing, evidence: [{ ...span, source: 'gazete' }] },
      '/evidence/0/source',
      'did you mean "gazette"?',
    ],
    [
      'a field that a span supports',
      { ...crossing, evidence: [{ ...span, supports: ['/port', '/car', '/cars'] }] },
      '/evidence/0/supports/1',
      'did you mean "/cars"?',
    ],
  ])('%s', async (_, record, pointer, hint) => {
    const schema = schemas['schema/crossings.schema.json'] as { readonly properties: object };
    const problems = await problemsOf(
      dataset({
        [file]: record,
        'raw/ships/stena-nord.json': { id: 'stena-nord', name: 'Stena Nord' },
        'schema/crossings.schema.json': { ...schema, properties: { ...schema.properties, late: { type: 'boolean' } } },
      }),
    );
    expect(problems.filter((problem) => problem.pointer === pointer)).toHaveLength(1);
    expect(problems).toContainEqual(expect.objectContaining({ pointer, hint }));
  });
});

test.each([
  [
    'a comma before a bracket',
    text.replace('"trelleborg"\n    }', '"trelleborg"\n    },'),
    'remove the comma before it',
  ],
  ['curly quotation marks', text.replace('"departure"', '“departure”'), 'put texts in straight double quotes'],
  ['single quotation marks', text.replace('"departure"', "'departure'"), 'put texts in straight double quotes'],
  ['a comment', text.replace('"kind"', '// kind\n  "kind"'), 'JSON has no comments: remove it'],
  [
    'True',
    text.replace('40', 'True'),
    'write true, false or null; anything else is a number, or text in double quotes',
  ],
  ['a missing comma', text.replace('"anna",', '"anna"'), 'a comma is missing before it'],
])('invalid JSON: %s', async (_, content, hint) => {
  expect(await problemsOf(dataset({ [file]: content }))).toEqual([expect.objectContaining({ rule: 'json', hint })]);
});

test('for missing evidence, the hint is the command that adds it, with known flags', async () => {
  const supports = ['/port'];
  const one = await problemsOf(dataset({ [file]: { ...crossing, evidence: [{ ...span, supports }] } }));
  expect(one[0]?.hint).toContain(
    '`npx demarche cite crossings/monday-ystad --source gazette --quote "…" --supports /cars`',
  );
  const { evidence: _, ...bare } = crossing;
  const none = await problemsOf(dataset({ [file]: bare }));
  expect(none[0]?.hint).toContain('--source … --quote "…" --supports /port,/cars`');
});

describe('fix repairs what hints say that it repairs', () => {
  const fixable: readonly (readonly [string, string | object])[] = [
    ['lines that end with CR', text.replaceAll('\n', '\r\n')],
    ['one line that ends with CR', text.replace('\n', '\r\n')],
    ['no final newline', text.trimEnd()],
    ['two final newlines', `${text}\n`],
    ['keys in another order', { ...rest, kind }],
    ['keys of a nested object in another order', { ...crossing, stops: [{ crew: ['Ida'], port: 'ystad' }] }],
    ['four spaces', JSON.stringify(crossing, null, 4)],
    ['one line', JSON.stringify(crossing)],
    ['a needless escape', text.replace('"anna"', String.raw`"\u0061nna"`)],
    ['an escaped slash', text.replace('"/cars"', String.raw`"\/cars"`)],
    ['white space before a colon', text.replace('"ship":', '"ship" :')],
    [
      'a span of two words',
      { ...crossing, evidence: [{ source: 'gazette', begins: 'left', ends: 'cars.', supports: span?.supports }] },
    ],
    ['a span without its digest', { ...crossing, evidence: [{ ...span, sha256: undefined }] }],
    [
      'a span with its offsets alone',
      { ...crossing, evidence: [{ ...span, begins: undefined, ends: undefined, sha256: undefined }] },
    ],
  ];

  test.each(fixable)('%s', async (_, content) => {
    const folder = dataset({ [file]: content });
    const before = await problemsOf(folder);
    expect(before.length).toBeGreaterThan(0);
    for (const { hint } of before) expect(hint).toContain('`npx demarche fix`');
    expect((await run(folder, 'fix', here)).status).toBe(0);
    expect(await problemsOf(folder)).toEqual([]);
  });

  test.each([
    [
      'words that the text does not have',
      { source: 'gazette', begins: 'sank' },
      /^the words of "begins" are not in the source$/,
    ],
    ['words that occur twice', { source: 'gazette', begins: 'a', ends: 'a' }, /^the words occur \d+ times/],
    ['a text that is not at hand', { source: 'post', begins: 'left' }, /^the text of "post.txt" is not available/],
    [
      'a text with other bytes',
      { source: 'other', begins: 'left' },
      /^"gazette.txt" does not have the digest that "other" gives/,
    ],
    [
      'nothing',
      { source: 'gazette' },
      /^`npx demarche cite crossings\/monday-ystad --source gazette --quote "…" --supports \/port,\/cars`$/,
    ],
    ['empty words', { source: 'gazette', begins: '', ends: '' }, /^`npx demarche cite /],
  ])('no hint says that fix repairs a span of %s, and it does not', async (_, words, hint) => {
    const content = { ...crossing, evidence: [{ ...words, supports: ['/port', '/cars'] }] };
    const folder = dataset({
      [file]: content,
      'raw/papers/post.json': { id: 'post', document: { file: 'post.txt', sha256: '0'.repeat(64) } },
      'raw/papers/other.json': { id: 'other', document: { file: 'gazette.txt', sha256: '0'.repeat(64) } },
    });
    const found = (await problemsOf(folder)).filter(({ pointer }) => pointer.startsWith('/evidence'));
    expect(found).toEqual([
      expect.objectContaining({ pointer: '/evidence/0', hint: expect.stringMatching(hint) as string }),
    ]);
    const { evidence } = JSON.parse(fs.readFileSync(path.join(folder, file), 'utf8')) as { readonly evidence: unknown };
    expect((await run(folder, 'fix', here)).status).toBe(1);
    expect(JSON.parse(fs.readFileSync(path.join(folder, file), 'utf8'))).toMatchObject({ evidence });
  });

  test('a file that holds several records is not rewritten, and no hint says so', async () => {
    const folder = dataset();
    writeFiles(folder, { 'lists/list.json': '{"ships": [{"name": "Anna", "id": "anna"}]}' });
    const table = ['--table', 'ships=ships.schema.json:list.json#/ships/*', '--raw', 'lists', '--schema', 'schema'];
    const { out } = await run(folder, 'validate', table);
    expect(out).toMatch(/canonical-form: /);
    expect(out).not.toMatch(/fix/);
  });
});

test('a hint that is a command is printed with its words', async () => {
  const folder = dataset({ 'raw/crossings/a.json': '{"id":"a"}' });
  const { out } = await run(folder, 'validate', [...here, '--format', 'json']);
  const lines = out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { hint: string | null; command?: string[] });
  const form = lines.find(({ command }) => command?.[2] === 'fix');
  expect(form).toMatchObject({ hint: 'run `npx demarche fix`', command: ['npx', 'demarche', 'fix'] });
  for (const { hint, command } of lines) expect(hint?.includes('npx demarche') === true).toBe(command !== undefined);
});
