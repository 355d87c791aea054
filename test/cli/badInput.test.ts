import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { type FileSystem, nodeFileSystem } from '../../scripts/disk/fileSystem.ts';
import { crossing, dataset, document, here, schemas, sha256 } from '../support/fixture.ts';
import { type Run, run, writeFiles } from '../support/run.ts';

const ships = schemas['schema/ships.schema.json'];

const file = 'raw/crossings/monday-ystad.json';
const text = `${JSON.stringify(crossing, null, 2)}\n`;
const bytes = (...parts: (string | number)[]): Uint8Array =>
  Buffer.concat(parts.map((p) => (typeof p === 'string' ? Buffer.from(p) : Buffer.from([p]))));
/** The good record with some fields replaced; new ones come before the evidence, as in the schema. */
const changed = (change: object): object => {
  const { evidence, stops, ...rest } = { ...crossing, ...change };
  return { ...rest, stops, evidence };
};
const [span] = crossing.evidence;

/** The source as one document of several in its file. */
const ranged = (start: number, end: number): object => ({
  id: 'gazette',
  document: { file: 'gazette.txt', sha256: sha256(document), start, end },
});

interface Case {
  readonly name: string;
  /** Files to add or replace. */
  readonly files?: Readonly<Record<string, string | Uint8Array | object>>;
  /** What else to do in the folder. */
  readonly act?: (folder: string) => void;
  readonly at: string;
  readonly rule: string;
  readonly says: RegExp;
}

const cases: readonly Case[] = [
  {
    name: 'a truncated file',
    files: { [file]: text.slice(0, 40) },
    at: `${file}:3:15`,
    rule: 'json',
    says: /ends before the JSON does/,
  },
  { name: 'an empty file', files: { [file]: '' }, at: `${file}:1:1`, rule: 'json', says: /the file is empty/ },
  {
    name: 'a file of white space',
    files: { [file]: ' \n\n' },
    at: `${file}:1:1`,
    rule: 'json',
    says: /the file is empty/,
  },
  {
    name: 'a trailing comma',
    files: { [file]: '{\n  "id": "monday-ystad",\n}\n' },
    at: `${file}:3:1`,
    rule: 'json',
    says: /not JSON/,
  },
  {
    name: 'a raw newline in a string',
    files: { [file]: '{\n  "id": "mon\nday"\n}\n' },
    at: `${file}:2:9`,
    rule: 'json',
    says: /double quotes on this line are not balanced/,
  },
  {
    name: 'invalid UTF-8',
    files: { [file]: bytes('{\n  "id": "', 0xff, '"\n}\n') },
    at: `${file}:2:10`,
    rule: 'encoding',
    says: /not valid UTF-8: byte 0xff/,
  },
  {
    name: 'a character cut in half',
    files: { [file]: bytes('{ "é', 0xe2, 0x82) },
    at: `${file}:1:5`,
    rule: 'encoding',
    says: /not valid UTF-8: byte 0xe2/,
  },
  {
    name: 'half a surrogate pair',
    files: { [file]: changed({ remark: '\ud800' }) },
    at: `${file}:9:13`,
    rule: 'encoding',
    says: /half of a surrogate pair/,
  },
  {
    name: 'a byte order mark',
    files: { [file]: `\ufeff${text}` },
    at: `${file}:1:1`,
    rule: 'encoding',
    says: /byte order mark/,
  },
  {
    name: 'a duplicate key',
    files: { [file]: text.replace('"cars": 40', '"cars": 39,\n  "cars": 40') },
    at: `${file}:8:3`,
    rule: 'duplicate-key',
    says: /the key "cars" is used twice/,
  },
  {
    name: 'the number 1e400',
    files: { [file]: text.replace('172.5', '1e400') },
    at: `${file}:8:13`,
    rule: 'number',
    says: /1e400 is too large for a number/,
  },
  {
    name: 'a number of twenty digits',
    files: { [file]: text.replace('172.5', '12345678901234567890') },
    at: `${file}:8:13`,
    rule: 'number',
    says: /12345678901234567890 cannot be stored exactly: it would become 12345678901234567000/,
  },
  {
    name: 'a nesting 100,000 deep',
    files: { [file]: `${'['.repeat(100_000)}${']'.repeat(100_000)}\n` },
    at: `${file}:1:201`,
    rule: 'depth',
    says: /deeper than 200 levels/,
  },
  {
    name: 'a nesting that is never closed',
    files: { [file]: '['.repeat(100_000) },
    at: `${file}:1:100001`,
    rule: 'json',
    says: /not JSON/,
  },
  {
    name: 'a key __proto__',
    files: { [file]: text.replace('"cars"', '"__proto__": 1,\n  "cars"') },
    at: `${file}:7:3`,
    rule: 'key',
    says: /"__proto__" is not allowed/,
  },
  {
    name: 'a record over the size limit',
    files: { [file]: `{"remark":"${'x'.repeat(16 * 1024 * 1024)}"}` },
    at: `${file}:1:1`,
    rule: 'size',
    says: /larger than 16 MiB/,
  },
  {
    name: 'a folder in place of a file',
    act: (f) => void fs.mkdirSync(path.join(f, 'raw/ships/berta.json')),
    at: 'raw/ships/berta.json:1:1',
    rule: 'file',
    says: /a folder where a record file should be/,
  },
  {
    name: 'a dangling link',
    act: (f) => fs.symlinkSync('nowhere.json', path.join(f, 'raw/ships/berta.json')),
    at: 'raw/ships/berta.json:1:1',
    rule: 'file',
    says: /a broken link/,
  },
  {
    name: 'a FIFO',
    act: (f) => void execFileSync('mkfifo', [path.join(f, 'raw/ships/berta.json')]),
    at: 'raw/ships/berta.json:1:1',
    rule: 'file',
    says: /not a regular file/,
  },
  {
    name: 'a link out of raw/',
    act(f) {
      writeFiles(f, { 'outside.json': { id: 'outside', name: 'Outside' } });
      fs.symlinkSync('../../outside.json', path.join(f, 'raw/ships/outside.json'));
    },
    at: 'raw/ships/outside.json:1:1',
    rule: 'file',
    says: /points outside the folder of records/,
  },
  {
    name: 'a file that is no record',
    files: { 'raw/ships/notes.txt': 'x' },
    at: 'raw/ships/notes.txt:1:1',
    rule: 'file',
    says: /not a record/,
  },
  {
    name: 'a folder that is not a table',
    files: { 'raw/shipps/anna.json': {} },
    at: 'raw/shipps:1:1',
    rule: 'file',
    says: /no table is called "shipps" \(did you mean "ships"\?\)/,
  },
  {
    name: 'an id with ../ in it',
    files: { 'raw/ships/berta.json': { id: '../berta', name: 'Berta' } },
    at: 'raw/ships/berta.json:2:9',
    rule: 'pattern',
    says: /"\.\.\/berta" does not have the required form \(write "berta", and name the file "berta\.json"\)/,
  },
  {
    name: 'an id that is not the file name',
    files: { 'raw/ships/berta.json': { id: 'bertha', name: 'Berta' } },
    at: 'raw/ships/berta.json:2:9',
    rule: 'file-name',
    says: /"bertha" is not the name of the file/,
  },
  {
    name: 'an id that is the name of the file in another Unicode form',
    files: {
      'schema/ships.schema.json': { ...ships, properties: { id: { type: 'string' }, name: { type: 'string' } } },
      'raw/ships/cafe\u0301.json': { id: 'caf\u00e9', name: 'Café' },
    },
    at: 'raw/ships/cafe\u0301.json:2:9',
    rule: 'file-name',
    says: /in another Unicode form: U\+00E9 here, U\+0065 U\+0301 there/,
  },
  {
    name: 'ids that are one text in two Unicode forms',
    files: { 'raw/ships/more.ndjson': '{"id":"cafe\u0301","name":"A"}\n{"id":"caf\u00e9","name":"B"}\n' },
    at: 'raw/ships/more.ndjson:2:7',
    rule: 'unique-id',
    says: /the same text as one earlier in this file in another Unicode form: U\+00E9 here, U\+0065 U\+0301 there/,
  },
  ...(
    [
      ['con', /it reserves the name "con" for a device/],
      ['q?', /"q\?" contains \?/],
      ['dot.', /"dot\." ends with a dot/],
    ] as const
  ).map(([id, says]) => ({
    name: `a file ${id}.json`,
    files: { [`raw/ships/${id}.json`]: { id, name: 'A' } },
    at: `raw/ships/${id}.json:1:1`,
    rule: 'file-name',
    says,
  })),
  {
    name: 'a folder that Windows cannot have',
    files: { 'raw/ships/nul/carla.json': { id: 'carla', name: 'Carla' } },
    at: 'raw/ships/nul/carla.json:1:1',
    rule: 'file-name',
    says: /it reserves the name "nul" for a device/,
  },
  {
    name: 'a reference with a Cyrillic letter',
    files: { [file]: changed({ ship: '\u0430nna' }) },
    at: `${file}:4:11`,
    rule: 'reference',
    says: /no ship "\u0430nna" \(the "\u0430" is Cyrillic U\+0430, not Latin U\+0061; did you mean "anna"\?\)/,
  },
  {
    name: 'a reference to an id in another Unicode form',
    files: {
      'raw/ships/caf\u00e9.json': { id: 'caf\u00e9', name: 'Café' },
      [file]: changed({ ship: 'cafe\u0301' }),
    },
    at: `${file}:4:11`,
    rule: 'reference',
    says: /an id has the same letters in another Unicode form, U\+0065 U\+0301 here, U\+00E9 there: copy the id/,
  },
  {
    name: 'a zero-width space in a text',
    files: { 'raw/ships/anna.json': { id: 'anna', name: 'An\u200bna' } },
    at: 'raw/ships/anna.json:3:11',
    rule: 'encoding',
    says: /invisible character U\+200B ZERO WIDTH SPACE after "An" \(delete it\)/,
  },
  {
    name: 'ids that differ in case',
    files: { 'raw/ships/Anna.json': { id: 'Anna', name: 'Anna' } },
    at: 'raw/ships/Anna.json:2:9',
    rule: 'pattern',
    says: /"anna" is the id of raw\/ships\/anna\.json: if this file is a copy, remove it/,
  },
  {
    name: 'an id that is used twice',
    files: { 'raw/ships/more.ndjson': '{"id":"anna","name":"Anna"}\n' },
    at: 'raw/ships/more.ndjson:1:7',
    rule: 'unique-id',
    says: /is also in raw\/ships\/anna.json/,
  },
  {
    name: 'a reference to nothing',
    files: { [file]: changed({ ship: 'ana' }) },
    at: `${file}:4:11`,
    rule: 'reference',
    says: /no ship "ana" \(did you mean "anna"\?\)/,
  },
  {
    name: 'a reference to a record of another table',
    files: { [file]: changed({ ship: 'ystad' }) },
    at: `${file}:4:11`,
    rule: 'reference',
    says: /no ship "ystad" \("ystad" is a port\)/,
  },
  {
    name: 'a span past the end',
    files: { [file]: changed({ evidence: [{ ...span, end: 4000 }] }) },
    at: `${file}:25:14`,
    rule: 'span-range',
    says: /ends at 4000, past the end of its document at 47/,
  },
  {
    name: 'a span past the end of its document in a file that holds several',
    files: { 'raw/papers/gazette.json': ranged(0, 20) },
    at: `${file}:25:14`,
    rule: 'span-range',
    says: /past the end of its document at 20/,
  },
  {
    name: 'a span before its document in a file that holds several',
    files: { 'raw/papers/gazette.json': ranged(20, 47) },
    at: `${file}:24:16`,
    rule: 'span-range',
    says: /before its document, which starts at 20/,
  },
  {
    name: 'a document that ends behind its file',
    files: { 'raw/papers/gazette.json': ranged(0, 4000) },
    at: 'raw/papers/gazette.json:7:12',
    rule: 'document',
    says: /past the end of the file at 47/,
  },
  {
    name: 'a span that ends before it starts',
    files: { [file]: changed({ evidence: [{ ...span, end: 1 }] }) },
    at: `${file}:25:14`,
    rule: 'span-range',
    says: /before it starts/,
  },
  {
    name: 'a span moved by one',
    files: { [file]: changed({ evidence: [{ ...span, start: 13, end: 47 - 2 }] }) },
    at: `${file}:26:17`,
    rule: 'span-digest',
    says: /the digest does not match the words from/,
  },
  {
    name: 'first words that are not',
    files: { [file]: changed({ evidence: [{ ...span, begins: 'leaves' }] }) },
    at: `${file}:27:17`,
    rule: 'span-words',
    says: /not the first words/,
  },
  {
    name: 'last words that are not',
    files: { [file]: changed({ evidence: [{ ...span, ends: 'trucks.' }] }) },
    at: `${file}:28:15`,
    rule: 'span-words',
    says: /not the last words/,
  },
  {
    name: 'too many of a span’s words',
    files: { [file]: changed({ evidence: [{ ...span, begins: 'left Ystad', ends: '40 cars.' }] }) },
    at: `${file}:27:17`,
    rule: 'span-words',
    says: /4 of the span's 7 words \(use at most 2\)/,
  },
  {
    name: 'a pointer to nothing',
    files: { [file]: changed({ evidence: [{ ...span, supports: ['/port', '/cars', '/stops/7'] }] }) },
    at: `${file}:32:9`,
    rule: 'span-supports',
    says: /the record has nothing at "\/stops\/7"/,
  },
  {
    name: 'a field without evidence',
    files: { [file]: changed({ evidence: [{ ...span, supports: ['/port'] }] }) },
    at: `${file}:7:11`,
    rule: 'evidence-missing',
    says: /no span supports \/cars/,
  },
  {
    name: 'a span of no source',
    files: { [file]: changed({ evidence: [{ ...span, source: 'gazete' }] }) },
    at: `${file}:23:17`,
    rule: 'reference',
    says: /no paper "gazete" \(did you mean "gazette"\?\)/,
  },
  {
    name: 'a document whose bytes changed',
    files: { 'sources/gazette.txt': `${document} ` },
    at: 'raw/papers/gazette.json:5:15',
    rule: 'document',
    says: /not the same document/,
  },
  {
    name: 'terminal escape codes',
    files: { [file]: changed({ kind: '\u001b[31mred' }) },
    at: `${file}:3:11`,
    rule: 'enum',
    says: /"\\u001b\[31mred" is not one of the codes/,
  },
  {
    name: 'bidirectional controls in a key',
    files: { [file]: changed({ '\u202ekind': 1 }) },
    at: `${file}:9:3`,
    rule: 'unknown-key',
    says: /unknown key "\\u202ekind"/,
  },
  {
    name: 'a formula',
    files: { [file]: changed({ remark: '=HYPERLINK(1)' }) },
    at: `${file}:9:13`,
    rule: 'pattern',
    says: /a spreadsheet would run this as a formula/,
  },
  {
    name: 'a misspelt key',
    files: { [file]: text.replace('"cars"', '"carrs"') },
    at: `${file}:7:3`,
    rule: 'unknown-key',
    says: /unknown key "carrs" \(did you mean "cars"\?\)/,
  },
  {
    name: 'a misspelt code',
    files: { [file]: changed({ kind: 'departur' }) },
    at: `${file}:3:11`,
    rule: 'enum',
    says: /did you mean "departure"\?/,
  },
  {
    name: 'a date that is none',
    files: { [file]: changed({ on: '2022-02-29' }) },
    at: `${file}:6:9`,
    rule: 'format',
    says: /"2022-02-29" is not a date in the Extended Date\/Time Format/,
  },
  {
    name: 'a wrong type',
    files: { [file]: changed({ cars: '40' }) },
    at: `${file}:7:11`,
    rule: 'type',
    says: /"cars" is a text, not a whole number/,
  },
  {
    name: 'a missing field',
    files: { 'raw/ships/anna.json': { id: 'anna' } },
    at: 'raw/ships/anna.json:1:1',
    rule: 'required',
    says: /"name" is missing/,
  },
  {
    name: 'keys out of order',
    files: { 'raw/ships/anna.json': { name: 'Anna', id: 'anna' } },
    at: 'raw/ships/anna.json:2:3',
    rule: 'canonical-form',
    says: /the key "id" belongs here.*npx demarche fix/,
  },
  {
    name: 'other indentation',
    files: { 'raw/ships/anna.json': '{\n    "id": "anna",\n    "name": "Anna"\n}\n' },
    at: 'raw/ships/anna.json:2:3',
    rule: 'canonical-form',
    says: /spacing or spelling/,
  },
  {
    name: 'CRLF line ends',
    files: { 'raw/ships/anna.json': '{\r\n  "id": "anna",\r\n  "name": "Anna"\r\n}\r\n' },
    at: 'raw/ships/anna.json:1:2',
    rule: 'canonical-form',
    says: /ends with CR/,
  },
  {
    name: 'no final newline',
    files: { 'raw/ships/anna.json': '{\n  "id": "anna",\n  "name": "Anna"\n}' },
    at: 'raw/ships/anna.json:4:2',
    rule: 'canonical-form',
    says: /does not end with a newline/,
  },
  {
    name: 'a number as 1.0',
    files: { [file]: text.replace('40,', '40.0,') },
    at: `${file}:7:11`,
    rule: 'number',
    says: /: 40\.0 is read as 40 \(write 40\)/,
  },
  {
    name: 'thousands with a point',
    files: { [file]: text.replace('172.5', '3.000') },
    at: `${file}:8:13`,
    rule: 'number',
    says: /: 3\.000 is read as 3 \(write 3000 if the point separates thousands, else 3\)/,
  },
  {
    name: 'thousands with a point in a line of NDJSON',
    files: { 'raw/crossings/more.ndjson': `${JSON.stringify({ ...crossing, id: 'b' }).replace('172.5', '12.500')}\n` },
    at: 'raw/crossings/more.ndjson:1:96',
    rule: 'number',
    says: /: 12\.500 is read as 12\.5 \(write 12500 if the point separates thousands, else 12\.5\)/,
  },
  {
    name: 'lines that are not in order of their ids',
    files: { 'raw/ships/more.ndjson': '{"id":"carla","name":"Carla"}\n{"id":"berta","name":"Berta"}\n' },
    at: 'raw/ships/more.ndjson:2:7',
    rule: 'canonical-form',
    says: /"berta" comes after "carla": lines go in order of their ids/,
  },
  {
    name: 'a bad line of NDJSON',
    files: { 'raw/ships/more.ndjson': '{"id":"berta","name":"Berta"}\n{"id":"carla"}\n' },
    at: 'raw/ships/more.ndjson:2:1',
    rule: 'required',
    says: /"name" is missing/,
  },
];

function snapshot(folder: string): readonly string[] {
  return fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted();
}

function lines(outcome: Run): readonly string[] {
  return outcome.out.split('\n').filter((line) => line !== '');
}

describe('bad data is reported at its place, and nothing is published', () => {
  test.each(cases)('$name', async ({ files, act, at, rule, says }) => {
    const folder = dataset(files);
    act?.(folder);
    const found = await run(folder, 'validate', here);
    expect(
      lines(found).filter((line) => line.startsWith(`${at} error ${rule}: `) && says.test(line)),
      found.out + found.err,
    ).toHaveLength(1);
    // nothing that a terminal would interpret
    // eslint-disable-next-line no-control-regex
    expect(found.out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
    expect(found.status).toBe(1);

    const built = await run(folder, 'build', [...here, '--dist', 'dist']);
    expect(built.out).toBe(found.out);
    expect(built.status).toBe(1);
    expect(snapshot(path.join(folder, 'dist'))).toEqual([]);
  });

  test('the dataset that the cases change has no fault', async () => {
    const folder = dataset();
    const found = await run(folder, 'validate', [...here, '--require-sources', '--strict']);
    expect(found).toEqual({
      status: 0,
      out: '',
      err: 'validate: 5 records in 4 tables; all 1 span compared with the sources; 0 errors and 0 warnings\n',
    });
  });

  test('the last good build stays', async () => {
    const folder = dataset();
    await run(folder, 'build', [...here, '--dist', 'dist']);
    const before = snapshot(path.join(folder, 'dist'));
    writeFiles(folder, { [file]: changed({ kind: 'sinking' }) });
    expect((await run(folder, 'build', [...here, '--dist', 'dist'])).status).toBe(1);
    expect(snapshot(path.join(folder, 'dist'))).toEqual(before);
    expect(before).toContain('next/ferries.duckdb'.split('/')[0]);
  });

  test('a missing text is an error if it is required', async () => {
    const folder = dataset();
    fs.rmSync(path.join(folder, 'sources/gazette.txt'));
    const lenient = await run(folder, 'validate', here);
    expect(lenient.status).toBe(0);
    expect(lenient.err).toMatch(/0 of 1 span compared with the sources, 1 not checked: 1 document not available/);
    const strict = await run(folder, 'validate', [...here, '--require-sources']);
    expect(strict.status).toBe(1);
    expect(strict.out).toMatch(
      /^raw\/papers\/gazette.json:4:13 error document: the text of "gazette.txt" is not available/,
    );
    expect(strict.out).toContain('(name its folder with --sources, or check only what changed with --changed)');
    // build has no --changed, and files exclude it
    for (const args of [['build'], ['validate', 'raw']]) {
      const { out, err } = await run(folder, args[0] ?? '', [...args.slice(1), ...here, '--require-sources']);
      expect(out + err).toContain('(name its folder with --sources)');
    }
  });
});

/** The machine's file system with some calls replaced. */
function broken(change: (real: FileSystem) => Partial<FileSystem>): FileSystem {
  const real = nodeFileSystem();
  return { ...real, ...change(real) };
}

function failing(code: string, at: string): never {
  throw Object.assign(new Error(`${code}: ${at}`), { code, syscall: 'write', path: at });
}

interface Refusal {
  readonly name: string;
  readonly files?: Readonly<Record<string, string | object>>;
  readonly args?: readonly string[];
  readonly fs?: FileSystem;
  readonly says: RegExp;
}

/** The schema of ships with more said of their names. */
const withShipName = (more: object): Readonly<Record<string, object>> => ({
  'schema/ships.schema.json': { ...ships, properties: { id: { type: 'string' }, name: { type: 'string', ...more } } },
});

/** Keywords of a table on the name of a ship. */
const misplaced: readonly (readonly [name: string, more: object, says: RegExp])[] = [
  [
    'the key of a table on a field',
    { 'x-key': 'id' },
    /^build: schema\/ships\.schema\.json:\d+:16: x-key, at \/name of a record of ships, means something only on a table: move it to the root of the schema of the table, /,
  ],
  [
    'an authority on a field',
    { 'x-authority': true },
    /x-authority, at \/name .* only on a table: move it to the root/,
  ],
  ['pointers of duplicates on a field', { 'x-distinct': ['/id'] }, /x-distinct, at \/name .* write true on a text\n$/],
];

const refusals: readonly Refusal[] = [
  {
    name: 'an unknown flag',
    args: ['--shema', 'x'],
    says: /^build: unknown flag "--shema" \(did you mean "--schema"\?\)\n$/,
  },
  { name: 'a flag without its value', args: ['--raw'], says: /--raw/ },
  {
    name: 'a value that a flag does not take',
    args: ['--format', 'xml'],
    says: /--format is text, json or github, not "xml"/,
  },
  { name: 'a stray argument', args: ['raw'], says: /raw/ },
  {
    name: 'a missing folder',
    args: ['--raw', 'row'],
    says: /^build: no folder of records at row; name it with --raw, or in demarche.config.json\n$/,
  },
  {
    name: 'a missing folder of sources',
    args: ['--sources', 'nowhere'],
    says: /no folder of source documents at nowhere/,
  },
  {
    name: 'a schema that does not parse',
    files: { 'schema/ships.schema.json': '{\n  "type": object\n}' },
    says: /^build: schema\/ships.schema.json:2:11: not JSON/,
  },
  {
    name: 'a misspelt schema keyword',
    files: { 'schema/ships.schema.json': { ...ships, requird: ['id'] } },
    says: /^build: schema\/ships.schema.json: at the root: unknown keyword "requird" \(did you mean "required"\?\)\n$/,
  },
  {
    name: 'a misspelt keyword of ours',
    files: { 'schema/ships.schema.json': { ...ships, 'x-keys': 'id' } },
    says: /unknown keyword "x-keys" \(did you mean "x-key"\?\)/,
  },
  {
    name: 'an x- keyword that is not ours',
    files: { 'schema/ships.schema.json': { ...ships, 'x-colour': 'red' } },
    says: /"x-colour" is not a keyword of this toolkit/,
  },
  {
    name: 'a dataset.json without a version',
    files: { 'schema/dataset.json': { name: 'ferries' } },
    says: /^build: schema\/dataset.json:1:1: "version" is missing from the file \(A semantic version, such as 1.2.3.\)\n$/,
  },
  {
    name: 'a misspelt key of dataset.json',
    files: { 'schema/dataset.json': { name: 'ferries', version: '1.2.3', licences: [] } },
    says: /schema\/dataset.json:4:3: unknown key "licences" \(did you mean "licenses"\?\)/,
  },
  {
    name: 'a schema that is none',
    files: { 'schema/ships.schema.json': { ...ships, type: 'objekt' } },
    says: /schema\/ships.schema.json.*type/,
  },
  {
    name: 'a $ref out of the schema folder',
    files: { 'schema/ships.schema.json': { ...ships, $ref: '../secret.json' } },
    says: /\$ref "..\/secret.json" points outside the schema folder/,
  },
  {
    name: 'a $ref to another host',
    files: { 'schema/ships.schema.json': { ...ships, $ref: 'https://example.org/x.json' } },
    says: /\$ref "https:\/\/example.org\/x.json" points to nothing in the schema folder/,
  },
  {
    name: 'a $ref to a schema whose type is an object, below a keyword of another draft',
    files: {
      'schema/ships.schema.json': {
        $schema: 'http://json-schema.org/draft-07/schema#',
        type: 'object',
        properties: { id: { type: 'string' }, name: { $ref: '#/$defs/name' } },
        $defs: { name: { type: { text: true } } },
      },
    },
    says: /ships.schema.json: a "type" is neither the name of a type nor a list of such names/,
  },
  {
    name: 'a $ref to nothing',
    files: { 'schema/ships.schema.json': { ...ships, $ref: '#/$defs/ship' } },
    says: /\$ref "#\/\$defs\/ship" points to nothing/,
  },
  {
    name: 'a reference to no table',
    files: {
      'schema/ships.schema.json': {
        ...ships,
        properties: { id: { type: 'string' }, name: { type: 'string', 'x-references': 'prots' } },
      },
    },
    says: /names "prots", which is not a schema \(did you mean "ports"\?\)/,
  },
  ...misplaced.map(([name, more, says]) => ({ name, files: withShipName(more), says })),
  {
    name: 'a keyword of tables in each alternative of one',
    files: {
      'schema/ships.schema.json': {
        type: 'object',
        properties: { id: { type: 'string' }, name: { type: 'string' } },
        required: ['id'],
        oneOf: [
          { title: 'Named', required: ['name'], 'x-key': 'id' },
          { title: 'Nameless', properties: { name: false }, 'x-key': 'id' },
        ],
      },
    },
    says: /ships\.schema\.json:\d+:\d+: x-key means something only on a table: .* outside any alternative\n$/,
  },
  {
    name: 'a keyword of tables in a schema of another file that a table uses for a field',
    files: {
      'schema/parts/name.json': { type: 'string', 'x-authority': true },
      ...withShipName({ $ref: 'parts/name.json' }),
    },
    says: /^build: schema\/parts\/name\.json:\d+:\d+: x-authority, at \/name of a record of ships, means something/,
  },
  {
    name: 'a keyword of texts on a table',
    files: { 'schema/ships.schema.json': { ...ships, 'x-distinct': true } },
    says: /ships\.schema\.json:\d+:\d+: x-distinct with true means something only on a text: .* a list of pointers/,
  },
  {
    name: 'a withdrawal of a part of a record',
    files: withShipName({ type: 'object', properties: { withdrawn: { type: 'object', 'x-withdrawal': true } } }),
    says: /ships\.schema\.json:\d+:\d+: x-withdrawal, at \/name\/withdrawn of a record of ships, means/,
  },
  {
    name: 'a language of an element',
    files: withShipName({ type: 'array', items: { type: 'string', 'x-language': true } }),
    says: /ships\.schema\.json:\d+:\d+: x-language, at \/name\/\* of a record of ships, means .* outside any list or map/,
  },
  {
    name: 'a column collision',
    files: {
      'schema/ships.schema.json': {
        ...ships,
        properties: {
          id: { type: 'string' },
          name: { type: 'string' },
          a_b: { type: 'string' },
          a: { type: 'object', properties: { b: { type: 'string' } }, additionalProperties: false },
        },
      },
    },
    says: /table "ships": \/a_b and \/a\/b would both be the column "a_b"/,
  },
  {
    name: 'a schema with a comma too few',
    files: { 'schema/ships.schema.json': '{\n  "title": "Ships"\n  "type": "object"\n}\n' },
    says: /^build: schema\/ships\.schema\.json:3:3: not JSON: unexpected text \(a comma is missing before it\)\n$/,
  },
  {
    name: 'a configuration with a comma too many',
    files: { 'demarche.config.json': '{\n  "strict": true,\n}\n' },
    says: /^build: demarche\.config\.json:3:1: not JSON: unexpected "}" \(remove the comma before it\)\n$/,
  },
  {
    name: 'an empty description',
    files: { 'schema/dataset.json': '' },
    says: /:1:1: the file is empty \(write a JSON obj/,
  },
  {
    name: 'a type that JSON Schema does not have',
    files: withShipName({ type: 'strin' }),
    says: /ships\.schema\.json: at \/properties\/name\/type: "strin" is not one of .* \(did you mean "string"\?\)\n$/,
  },
  {
    name: 'a bound that is a text',
    files: withShipName({ minLength: '1' }),
    says: /^build: schema\/ships\.schema\.json: at \/properties\/name\/minLength: "1" must be integer\n$/,
  },
  {
    name: 'a keyword of ours with another type',
    files: withShipName({ 'x-evidence': 'yes' }),
    says: /^build: schema\/ships\.schema\.json: at \/properties\/name: "x-evidence" must be boolean, not "yes"\n$/,
  },
  {
    name: 'a table of a reserved name',
    files: {
      'schema/provenance.schema.json': schemas['schema/ships.schema.json'] ?? {},
      'raw/provenance/a.json': { id: 'a', name: 'A' },
    },
    says: /"provenance" is the name of a table that every build makes/,
  },
  {
    name: 'two schemas of one table',
    files: { 'schema/ships.json': schemas['schema/ships.schema.json'] ?? {} },
    says: /^build: schema\/ships\.schema\.json: schema\/ships\.json describes the table "ships" too; remove one\n$/,
  },
  {
    name: 'a view that is no SELECT',
    files: { 'schema/views/v.sql': 'DROP TABLE ships' },
    says: /schema\/views\/v.sql:1:1: a view must be one SELECT/,
  },
  {
    name: 'a view of two statements',
    files: { 'schema/views/v.sql': 'SELECT 1; DROP TABLE ships' },
    says: /a view must be one SELECT/,
  },
  {
    name: 'a view that reads a file',
    files: { 'schema/views/v.sql': "SELECT * FROM read_text('/etc/hostname')" },
    says: /schema\/views\/v.sql:1:15: a view cannot call read_text\(\): /,
  },
  {
    name: 'a full disk',
    fs: broken(() => ({ append: (at) => failing('ENOSPC', at) })),
    says: /^build: .*staging.*: the disk is full; free some space and run this again\n$/,
  },
  {
    name: 'an unwritable dist',
    fs: broken((real) => ({ makeFolder: (at) => (at.endsWith('dist') ? failing('EACCES', at) : real.makeFolder(at)) })),
    says: /^build: .*dist: permission denied; check who owns it and its permissions\n$/,
  },
  {
    name: 'a publishing that fails',
    fs: broken(() => ({ rename: (_, at) => failing('EROFS', at) })),
    says: /^build: .*next.*: the file system is read-only; choose a folder that you can write to$/m,
  },
  {
    name: 'a file that vanishes between listing and reading',
    fs: broken((real) => ({
      read: (at, limit) => (at.endsWith('anna.json') ? failing('ENOENT', at) : real.read(at, limit)),
    })),
    says: /^build: raw\/ships\/anna.json: it was removed while the files were being read\n$/,
  },
];

describe('a run that cannot continue ends with a sentence and status 2', () => {
  test.each(refusals)('$name', async ({ files, args = [], fs: injected, says }) => {
    const folder = dataset(files);
    const outcome = await run(
      folder,
      'build',
      [...here, '--dist', 'dist', ...args],
      injected === undefined ? {} : { fs: injected },
    );
    expect(outcome.err).toMatch(says);
    expect(outcome.err).not.toMatch(/\n +at /);
    expect(outcome.out).toBe('');
    expect(outcome.status).toBe(2);
    const left = fs.existsSync(path.join(folder, 'dist')) ? snapshot(path.join(folder, 'dist')) : [];
    expect(left).toEqual([]);
  });
});
