import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { crossing, document, records, schemas, sha256 } from '../support/fixture.ts';
import { lastingFolder, run, writeFiles } from '../support/run.ts';

const file = 'raw/crossings/monday-ystad.json';
const paper = 'raw/papers/gazette.json';
const [span] = crossing.evidence;
const print = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;
const text = print(crossing);

/** The crossings of the fixture with a few more kinds of field: a long code list, a condition, a link to the schema. */
function crossings(): object {
  const table = schemas['schema/crossings.schema.json'] as { readonly properties: Readonly<Record<string, object>> };
  const { evidence, ...others } = table.properties;
  return {
    ...table,
    properties: {
      $schema: { type: 'string' },
      ...others,
      flag: {
        type: 'string',
        enum: ['SE', 'DE', 'DK', 'GB', 'CK'],
        'x-synonyms': { UK: 'GB', EU: 'the EU is no country: leave the field out' },
      },
      quotation: { type: 'string', enum: ['partial', 'indirect'] },
      late: { type: 'boolean' },
      delay: { type: 'string', minLength: 1, 'x-evidence': true },
      decks: { type: 'array', items: { type: 'string' }, uniqueItems: true, 'x-evidence': true },
      evidence,
    },
    allOf: [
      {
        if: { properties: { late: { const: true } }, required: ['late'] },
        then: { required: ['delay'] },
        else: { not: { required: ['delay'] } },
      },
    ],
  };
}

const folder = lastingFolder();
beforeAll(() => {
  writeFiles(folder, {
    ...schemas,
    'schema/crossings.schema.json': crossings(),
    ...records,
    'sources/gazette.txt': document,
  });
});

/** The output of `validate` after files are added or replaced. */
async function told(files: Readonly<Record<string, string | object>>): Promise<readonly string[]> {
  const before = new Map(Object.keys(files).map((name) => [name, contentOf(name)]));
  writeFiles(folder, files);
  try {
    const { out } = await run(folder, 'validate', []);
    return out.split('\n').filter((line) => line !== '');
  } finally {
    for (const [name, content] of before) {
      if (content === undefined) fs.rmSync(path.join(folder, name));
      else fs.writeFileSync(path.join(folder, name), content);
    }
  }
}

function contentOf(name: string): string | undefined {
  const at = path.join(folder, name);
  return fs.existsSync(at) ? fs.readFileSync(at, 'utf8') : undefined;
}

const { evidence: _, ...bare } = crossing;
const withMore = (more: object): object => ({ ...bare, ...more, evidence: crossing.evidence });
const supporting = (...supports: readonly string[]): object => ({ ...bare, evidence: [{ ...span, supports }] });

describe('one mistake gives one message, at its place, with the right next step', () => {
  test.each<[string, Readonly<Record<string, string | object>>, string, RegExp]>([
    [
      'evidence left out',
      { [file]: bare },
      `${file}:5:11 error evidence-missing`,
      /no span supports \/port and \/cars .*cite crossings\/monday-ystad .* --supports \/port,\/cars`/,
    ],
    [
      'evidence emptied',
      { [file]: { ...bare, evidence: [] } },
      `${file}:5:11 error evidence-missing`,
      /no span supports \/port and \/cars/,
    ],
    [
      'a pointer with a misspelt field',
      { [file]: supporting('/prot', '/cars') },
      `${file}:30:9 error span-supports`,
      /nothing at "\/prot" \(did you mean "\/port"\?\)/,
    ],
    [
      'a pointer to a misspelt field in a list',
      { [file]: supporting('/port', '/cars', '/stops/0/prot') },
      `${file}:32:9 error span-supports`,
      /did you mean "\/stops\/0\/port"\?/,
    ],
    [
      'a pointer with dots',
      { [file]: supporting('/port', '/cars', 'stops.0.port') },
      `${file}:32:9 error span-supports`,
      /"stops\.0\.port" is not a JSON Pointer \(write "\/stops\/0\/port"\)/,
    ],
    [
      'a pointer without a slash',
      { [file]: supporting('port', '/cars') },
      `${file}:30:9 error span-supports`,
      /"port" is not a JSON Pointer \(write "\/port"\)/,
    ],
    [
      'a misspelt key',
      { [file]: text.replace('"ship"', '"shipp"') },
      `${file}:4:3 error unknown-key`,
      /unknown key "shipp" \(did you mean "ship"\?\)/,
    ],
    [
      'a misspelt key that a span supports',
      { [file]: text.replace('"cars"', '"carz"') },
      `${file}:7:3 error unknown-key`,
      /unknown key "carz" \(did you mean "cars"\?\)/,
    ],
    [
      'a copy with the old id, which comes first',
      { 'raw/ships/aaa.json': { id: 'anna', name: 'Anna' } },
      'raw/ships/aaa.json:2:9 error unique-id',
      /the id "anna" belongs to raw\/ships\/anna\.json: this file looks like a copy.*file: "aaa"\)/,
    ],
    [
      'a copy with the old id, which comes last',
      { 'raw/ships/zzz.json': { id: 'anna', name: 'Anna' } },
      'raw/ships/zzz.json:2:9 error unique-id',
      /the id "anna" belongs to raw\/ships\/anna\.json/,
    ],
    [
      'an id in capital letters that another has',
      { 'raw/ships/Anna.json': { id: 'Anna', name: 'Anna' } },
      'raw/ships/Anna.json:2:9 error pattern',
      /"anna" is the id of raw\/ships\/anna\.json: if this file is a copy, remove it/,
    ],
    [
      'an id in capital letters',
      { 'raw/ships/Bo-Å.json': { id: 'Bo-Å', name: 'Bo' } },
      'raw/ships/Bo-Å.json:2:9 error pattern',
      /\(write "bo-a", and name the file "bo-a\.json"\)/,
    ],
    [
      'an id of three hundred letters',
      { 'raw/ships/x.json': { id: 'a'.repeat(300), name: 'A' } },
      'raw/ships/x.json:2:9 error file-name',
      /is not the name of the file \(name the record "x"\)/,
    ],
    [
      'a synonym of a code',
      { [file]: withMore({ flag: 'uk' }) },
      ' error enum',
      /"uk" is not one of the codes \(write "GB"\)/,
    ],
    [
      'what the code list says is no code',
      { [file]: withMore({ flag: 'EU' }) },
      ' error enum',
      /\(the EU is no country: leave the field out\)/,
    ],
    [
      'a code of two letters that is none',
      { [file]: withMore({ flag: 'XK' }) },
      ' error enum',
      /\(the codes are SE, DE/,
    ],
    [
      'the opposite of a code',
      { [file]: withMore({ quotation: 'direct' }) },
      ' error enum',
      /"direct" is not one of the codes \(the codes are partial or indirect\)/,
    ],
    [
      'an object that is not closed',
      { [file]: text.replace(/\]\n {4}\},/, ']\n') },
      `${file}:17:5 error json`,
      /the object that begins on line 10 is not closed \(write } before this line\)/,
    ],
    [
      'a list that is not closed',
      { [file]: text.replace('\n  ],\n  "evidence"', ',\n  "evidence"') },
      `${file}:20:3 error json`,
      /the list that begins on line 9 is not closed \(write ] before this line\)/,
    ],
    [
      'the last brace left out',
      { [file]: text.replace(/\}\n$/, '') },
      `${file}:35:1 error json`,
      /the object that begins on line 1 is not closed: write } at the end/,
    ],
    [
      'brackets left out at the end',
      { [file]: text.replace(/ {2}\]\n\}\n$/, '') },
      `${file}:34:1 error json`,
      /the list that begins on line 21 is not closed: write \] } at the end/,
    ],
    [
      'a list that is closed as an object',
      { [file]: text.replace('"Öland, \\"Bo\\""\n      ]', '"Öland"\n      }') },
      `${file}:15:7 error json`,
      /the list that begins on line 12 is not closed/,
    ],
    [
      'a byte order mark',
      { [file]: `\ufeff${text}` },
      `${file}:1:1 error encoding`,
      /byte order mark \(run `npx demarche fix`\)/,
    ],
    [
      'a number with a comma',
      { [file]: text.replace('40,', '12,500,') },
      `${file}:7:14 error json`,
      /\(write 12500 if the comma separates thousands, else 12\.5\)/,
    ],
    ['a decimal comma', { [file]: text.replace('40,', '-46,5,') }, ' error json', /\(write -46\.5\)/],
    ['two numbers', { [file]: text.replace('40,', '46, 5,') }, ' error json', /^(?!.*write 46)/],
    ['thousands with a comma', { [file]: text.replace('40,', '1,300,500,') }, ' error json', /\(write 1300500\)/],
    [
      'a number with a comma in quotes',
      { [file]: { ...crossing, cars: '30,000' } },
      `${file}:7:11 error type`,
      /not a whole number \(write 30000 without quotes\)/,
    ],
    [
      'a link to a schema that there is not',
      { [file]: print({ $schema: 'foo', ...crossing }) },
      `${file}:2:14 error schema-link`,
      /"foo" is not the schema of crossings \(write "\.\.\/\.\.\/schema\/crossings\.schema\.json"\)/,
    ],
    [
      'what a condition asks for',
      { [file]: withMore({ late: true }) },
      `${file}:21:11 error required`,
      /"late" is true, so "delay" is needed/,
    ],
    [
      'what a condition forbids',
      { [file]: withMore({ late: false, delay: 'an hour' }) },
      `${file}:22:3 error excluded`,
      /"late" is false, so "delay" must not be here \(remove it/,
    ],
    [
      'an empty reference',
      { [file]: { ...crossing, ship: '' } },
      `${file}:4:11 error reference`,
      /"ship" is empty \(write the id of a ship, or leave the key out/,
    ],
    [
      'an interval that ends before it begins',
      { [file]: { ...crossing, on: '2022-03/2022-01' } },
      `${file}:6:9 error format`,
      /\(it ends before it begins\)/,
    ],
    [
      'a set whose range ends before it begins',
      { [file]: { ...crossing, on: '[2022-03..2022-01]' } },
      `${file}:6:9 error format`,
      /\(a range in it ends before it begins\)/,
    ],
    [
      'a source without its digest',
      { [paper]: { id: 'gazette', document: { file: 'gazette.txt' } } },
      `${paper}:3:15 error required`,
      /"sha256" is missing from "document" \(run `npx demarche fix`, which writes it\)/,
    ],
    [
      'a required field left out, which a span supports',
      { [file]: { ...supporting('/port', '/cars', '/kind'), kind: undefined } },
      `${file}:1:1 error required`,
      /"kind" is missing from the record \(the codes are departure or arrival\)/,
    ],
    [
      'yes in place of true',
      { [file]: withMore({ late: 'yes' }) },
      ' error type',
      /\(write true or false, without quotes\)/,
    ],
    ['1 in place of true', { [file]: withMore({ late: 1 }) }, ' error type', /\(write true or false, without quotes\)/],
    [
      'a text with commas in place of a list',
      { [file]: { ...bare, decks: 'upper, lower', evidence: [{ ...span, supports: ['/port', '/cars', '/decks'] }] } },
      ' error type',
      /not a list \(write \["upper", "lower"\]\)/,
    ],
    ['a number in place of a text', { [file]: { ...crossing, ship: 7 } }, ' error type', /\(write it in quotes: "7"\)/],
    [
      'a code in a list',
      { [file]: { ...crossing, kind: ['departure'] } },
      ' error enum',
      /\(write "departure" without \[ and \]\)/,
    ],
    [
      'a number as the id',
      { [file]: { ...crossing, id: 7 } },
      `${file}:2:9 error type`,
      /"id" is a number, not a text/,
    ],
    [
      'nothing but spaces',
      { [file]: { ...crossing, id: '  ' } },
      `${file}:2:9 error pattern`,
      /"id" contains only white space \(say what is known/,
    ],
    [
      'a line break in a text',
      { [file]: text.replace('172.5,', '172.5,\n  "remark": "Late,\\nbut full",') },
      ' error pattern',
      /has a line break or a tab \(write a space instead\)/,
    ],
    [
      'the file of a record in place of its id',
      { [file]: { ...crossing, ship: 'raw/ships/anna.json' } },
      `${file}:4:11 error reference`,
      /no ship "raw\/ships\/anna\.json" \(write "anna"\)/,
    ],
    [
      'the same element twice, of which one has evidence',
      {
        [file]: {
          ...bare,
          decks: ['upper', 'upper'],
          evidence: [{ ...span, supports: ['/port', '/cars', '/decks/0'] }],
        },
      },
      ' error unique-items',
      /elements 0 and 1 of "decks" are the same/,
    ],
    [
      'an offset below zero',
      { [file]: { ...bare, evidence: [{ ...span, start: -1 }] } },
      ' error range',
      /"start" is -1, less than the minimum of 0/,
    ],
  ])('%s', async (_name, files, where, says) => {
    const [line = '', ...others] = await told(files);
    expect(others).toEqual([]);
    expect(line).toContain(where);
    expect(line).toMatch(says);
  });

  test('of two files with one id, the one that is newer in git is the copy', async () => {
    const git = (...args: readonly string[]): void => {
      const who = ['-c', 'user.name=a', '-c', 'user.email=a@example.org', '-c', 'commit.gpgsign=false'];
      execFileSync('git', [...who, ...args], { cwd: folder, stdio: 'ignore' });
    };
    writeFiles(folder, { 'raw/ships/old/anna.json': { id: 'berta', name: 'Berta' } });
    fs.renameSync(path.join(folder, 'raw/ships/old/anna.json'), path.join(folder, 'raw/ships/old/berta.json'));
    git('init', '--quiet');
    git('add', '.');
    git('commit', '--quiet', '-m', 'Begin');
    const [line = '', ...others] = await told({ 'raw/ships/new/berta.json': { id: 'berta', name: 'Berta' } });
    expect(others).toEqual([]);
    expect(line).toMatch(/^raw\/ships\/new\/berta\.json:2:9 error unique-id: .* in raw\/ships\/old\/berta\.json/);
    fs.rmSync(path.join(folder, '.git'), { recursive: true });
    fs.rmSync(path.join(folder, 'raw/ships/old'), { recursive: true });
  });
});

describe('fix', () => {
  test('writes the digest of an available document, and completes spans that cite it', async () => {
    const words = { source: 'gazette', begins: 'left', ends: 'cars.', supports: ['/port', '/cars'] };
    writeFiles(folder, {
      [paper]: { id: 'gazette', document: { file: 'gazette.txt' } },
      [file]: { ...bare, evidence: [words] },
    });
    expect((await run(folder, 'fix', [])).status).toBe(0);
    expect(contentOf(paper)).toBe(
      print({ id: 'gazette', document: { file: 'gazette.txt', sha256: sha256(document) } }),
    );
    expect(contentOf(file)).toBe(text);
  });

  test('removes a byte order mark', async () => {
    writeFiles(folder, { [file]: `\ufeff${text}` });
    expect((await run(folder, 'fix', [])).status).toBe(0);
    expect(contentOf(file)).toBe(text);
  });
});
