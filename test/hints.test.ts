import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { crossing, dataset, here, schemas } from './fixture.ts';
import { run } from './run.ts';

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

describe('what is near is named', () => {
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
    ['a code', { ...crossing, kind: 'depature' }, '/kind', 'did you mean "departure"?'],
    ['the words of a code', { ...crossing, kind: 'A ship arrives' }, '/kind', 'the code for it is "arrival"'],
    ['an empty code', { ...crossing, kind: '' }, '/kind', 'the codes are departure or arrival'],
    ['an id', { ...crossing, ship: 'ana' }, '/ship', 'did you mean "anna"?'],
    ['a part of an id', { ...crossing, ship: 'nord' }, '/ship', 'did you mean "stena-nord"?'],
    ['a truth value in quotation marks', { ...crossing, late: 'False' }, '/late', 'write false without quotes'],
    ['a number in quotation marks', { ...crossing, cars: '40' }, '/cars', 'write 40 without quotes'],
    ['one value for a list', { ...crossing, stops: 'ystad' }, '/stops', 'write what it holds between [ and ]'],
    ['a text for an object', { ...crossing, stops: ['ystad'] }, '/stops/0', 'its keys are port and crew'],
    ['null', { ...crossing, remark: null }, '/remark', 'a key is left out where there is nothing to say'],
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
    'take out the comma before it',
  ],
  ['curly quotation marks', text.replace('"departure"', '“departure”'), 'texts stand between straight double quotes'],
  ['single quotation marks', text.replace('"departure"', "'departure'"), 'texts stand between straight double quotes'],
  ['a comment', text.replace('"kind"', '// kind\n  "kind"'), 'JSON has no comments'],
  [
    'True',
    text.replace('40', 'True'),
    'true, false and null are written so; everything else is a number or a text in quotes',
  ],
  ['a missing comma', text.replace('"anna",', '"anna"'), 'a comma is missing before it'],
])('what is no JSON: %s', async (_, content, hint) => {
  expect(await problemsOf(dataset({ [file]: content }))).toEqual([expect.objectContaining({ rule: 'json', hint })]);
});

test('missing evidence names the command that adds it, with what is known of its flags', async () => {
  const supports = ['/port'];
  const one = await problemsOf(dataset({ [file]: { ...crossing, evidence: [{ ...span, supports }] } }));
  expect(one[0]?.hint).toContain(
    '`npm run -s cite -- crossings/monday-ystad --source gazette --quote "…" --supports /cars`',
  );
  const { evidence: _, ...bare } = crossing;
  const none = await problemsOf(dataset({ [file]: bare }));
  expect(none[0]?.hint).toContain('--source … --quote "…" --supports /port`');
});

describe('what a hint says that fix repairs, fix repairs', () => {
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
    ['a number written otherwise', text.replace('172.5', '1725e-1')],
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
    for (const { hint } of before) expect(hint).toContain('`npm run -s fix`');
    expect((await run(folder, 'fix', here)).status).toBe(0);
    expect(await problemsOf(folder)).toEqual([]);
  });

  test.each([
    [
      'words that the text does not have',
      { source: 'gazette', begins: 'sank' },
      /^the words of "begins" do not stand in the source$/,
    ],
    ['words that stand twice', { source: 'gazette', begins: 'a', ends: 'a' }, /^the words stand \d+ times/],
    ['a text that is not at hand', { source: 'post', begins: 'left' }, /^the text of "post.txt" is not at hand/],
    [
      'a text with other bytes',
      { source: 'other', begins: 'left' },
      /^the bytes of "gazette.txt" are not those that "other" names/,
    ],
    [
      'nothing',
      { source: 'gazette' },
      /^`npm run -s cite -- crossings\/monday-ystad --source gazette --quote "…" --supports \/port,\/cars`$/,
    ],
    ['empty words', { source: 'gazette', begins: '', ends: '' }, /^`npm run -s cite -- /],
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
    fs.writeFileSync(path.join(folder, 'list.json'), '{"ships": [{"name": "Anna", "id": "anna"}]}');
    const table = ['--table', 'ships=ships.schema.json:list.json#/ships/*', '--raw', '.', '--schema', 'schema'];
    const { out } = await run(folder, 'validate', table);
    expect(out).toMatch(/canonical-form: /);
    expect(out).not.toMatch(/fix/);
  });
});
