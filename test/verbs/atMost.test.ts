import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { absolutePointer, below } from '../../scripts/json/json.ts';
import { dataset, here } from '../support/fixture.ts';
import { repository } from '../support/repository.ts';
import { run, writeFiles } from '../support/run.ts';

/** A dataset with one table, of which records have the properties given, and one record. */
function withOne(properties: object, record: object): string {
  const boats = { type: 'object', properties: { id: { type: 'string' }, ...properties }, required: ['id'] };
  return dataset({ 'schema/boats.schema.json': boats, 'raw/boats/ida.json': { id: 'ida', ...record } });
}

const number = { type: 'number' };
const edtf = { type: 'string', format: 'edtf' };
const day = { type: 'string', format: 'date' };
const instant = { type: 'string', format: 'date-time' };
const range = { type: 'object', properties: { low: { ...number, 'x-at-most': '1/high' }, high: number } };

/** `a` is at most `b`. */
const pair = (a: object, b: object): object => ({ a: { ...a, 'x-at-most': '/b' }, b });

describe('x-at-most', () => {
  test.each([
    ['an equal number', pair(number, number), { a: 2, b: 2 }],
    ['a number with no limit', pair(number, number), { a: 2 }],
    ['a limit with no number', pair(number, number), { b: 2 }],
    ['a null limit', pair(number, { type: ['number', 'null'] }), { a: 2, b: null }],
    ['dates that can be the same', pair(edtf, edtf), { a: '2022-02', b: '2022-02-03' }],
    ['an interval that ends with the limit', pair(edtf, edtf), { a: '2022-01-30/2022-02-03', b: '2022-02-03' }],
    ['an interval until the month of the limit', pair(edtf, edtf), { a: '2022-01/2022-02~', b: '2022-02-03' }],
    ['a part of a month', pair(edtf, edtf), { a: '2022-02-01~/2022-02-10~', b: '2022-02-03' }],
    ['one of several months', pair(edtf, edtf), { a: '[2022-01,2022-02]', b: '2022-02-03' }],
    ['an interval without an end', pair(edtf, edtf), { a: '2022-01/..', b: '2022-02-03' }],
    ['an interval whose end is not known', pair(edtf, edtf), { a: '2022-01/', b: '2022-02-03' }],
    ['one of several days until the limit', pair(edtf, edtf), { a: '[..2022-02-03]', b: '[2022-02-03,2022-02-04]' }],
    ['a limit with an open end', pair(edtf, edtf), { a: '2023', b: '2022-02/..' }],
    ['one of several days with no limit', pair(edtf, edtf), { a: '[2022-01-30..2022-02-10]' }],
    ['the same day as an instant', pair(day, instant), { a: '2022-02-03', b: '2022-02-03T00:00:00Z' }],
    [
      'the same instant elsewhere',
      pair(instant, instant),
      { a: '2022-02-03T02:00:00.50+02:00', b: '2022-02-03T00:00:00.5Z' },
    ],
    [
      'elements of a list',
      { all: { type: 'array', items: range } },
      {
        all: [
          { low: 1, high: 2 },
          { low: 3, high: 3 },
        ],
      },
    ],
  ])('accepts %s', async (_, properties, record) => {
    const { out, status } = await run(withOne(properties, record), 'validate', [...here]);
    expect(out).toBe('');
    expect(status).toBe(0);
  });

  test.each([
    ['a larger number', pair(number, number), { a: 3, b: 2.5 }, '3:8 error at-most: 3 is more than 2.5 at /b'],
    ['a later date', pair(edtf, edtf), { a: '2022-03', b: '2022-02' }, '"2022-03" is later than "2022-02" at /b'],
    [
      'a later instant',
      pair(instant, instant),
      { a: '2022-02-03T01:00:00.1Z', b: '2022-02-03T02:00:00+01:00' },
      ' at /b',
    ],
    ['a day after an instant', pair(day, instant), { a: '2022-02-04', b: '2022-02-03T23:00:00Z' }, 'is later than'],
    [
      'an element of a list',
      { all: { type: 'array', items: range } },
      {
        all: [
          { low: 1, high: 2 },
          { low: 4, high: 3 },
        ],
      },
      '9:14 error at-most: 4 is more than 3 at /all/1/high (correct the one that is wrong)',
    ],
    [
      'a member of a map',
      { all: { type: 'object', additionalProperties: range } },
      { all: { 'a/b': { low: 4, high: 3 } } },
      '4 is more than 3 at /all/a~1b/high',
    ],
    [
      'the limit of a second schema',
      { a: { allOf: [{ ...number, 'x-at-most': '/b' }], 'x-at-most': '/c' }, b: number, c: number },
      { a: 3, b: 2, c: 4 },
      '3 is more than 2 at /b',
    ],
  ])('rejects %s', async (_, properties, record, says) => {
    const { out, status } = await run(withOne(properties, record), 'validate', [...here]);
    expect(out).toContain(says);
    expect(out.trimEnd().split('\n')).toHaveLength(1);
    expect(status).toBe(1);
  });

  test.each([
    ['one of several days', edtf, '[2022-02-28..2022-03-10]', '2022-03-04'],
    ['one of several days without a last one', edtf, '[2022-02-28..]', '2022-03-04'],
    ['one of several days without a first one', edtf, '[..2022-03-10]', '2022-03-04'],
    ['an interval', edtf, '2022-01/2022-05', '2022-02-03'],
    ['an interval with an open start', edtf, '../2023', '2022'],
    ['an interval, with several limits', edtf, '2022-02-28/2022-03-10', '[2022-02-28,2022-03-04]'],
    ['a limit that is an instant', instant, '[2022-02-28..2022-03-10]', '2022-03-04T00:00:00.5Z'],
  ])('warns of a date that can be later: %s', async (_, limit, a, b) => {
    const folder = withOne(pair(edtf, limit), { a, b });
    const { out, err, status } = await run(folder, 'validate', [...here]);
    expect(out).toBe(
      `raw/boats/ida.json:3:8 warning at-most: "${a}" can be later than "${b}" at /b ` +
        '(end it there, or choose another date)\n',
    );
    expect(err).toMatch(/; 0 errors and 1 warning\n$/);
    expect(status).toBe(0);
    expect(await run(folder, 'validate', [...here, '--strict'])).toMatchObject({ status: 1 });
  });

  test('compares with each limit: one can be certain and the other not', async () => {
    const properties = { a: { allOf: [{ ...edtf, 'x-at-most': '/b' }], 'x-at-most': '/c' }, b: edtf, c: edtf };
    const record = { a: '[2022-02-28..2022-03-10]', b: '2022-03-04', c: '2022-01' };
    const { out } = await run(withOne(properties, record), 'validate', [...here]);
    expect(out.match(/(?:error|warning) at-most: [^(]* at \/\w/g)).toEqual([
      'warning at-most: "[2022-02-28..2022-03-10]" can be later than "2022-03-04" at /b',
      'error at-most: "[2022-02-28..2022-03-10]" is later than "2022-01" at /c',
    ]);
  });

  test('a line with a date that can be later is in the release, with a warning in each format', async () => {
    const schema = { type: 'object', properties: { id: { type: 'string' }, ...pair(edtf, edtf) }, required: ['id'] };
    const lines = ['{"id":"ida","a":"2022","b":"2023"}', '{"id":"mia","a":"[2022..]","b":"2023"}', ''].join('\n');
    const folder = dataset({ 'schema/boats.schema.json': schema, 'raw/boats/boats.ndjson': lines });
    const message = '"[2022..]" can be later than "2023" at /b';
    const hint = 'end it there, or choose another date';
    const json = await run(folder, 'validate', [...here, '--format', 'json']);
    const at = { file: 'raw/boats/boats.ndjson', line: 2, column: 17, pointer: '/a' };
    expect(JSON.parse(json.out)).toEqual({ ...at, rule: 'at-most', severity: 'warning', message, hint });
    const github = await run(folder, 'validate', [...here, '--format', 'github']);
    expect(github.out).toBe(
      `::warning file=raw/boats/boats.ndjson,line=2,col=17,title=at-most::${message} (${hint})\n`,
    );
    const build = await run(folder, 'build', [...here, '--dist', 'dist']);
    expect(build.out).toContain(`warning at-most: ${message}`);
    expect(build.status).toBe(0);
  });

  test('validate --changed warns of a changed record, and not of others', async () => {
    const properties = { id: { type: 'string' }, ...pair(edtf, edtf) };
    const before = { id: 'mia', a: '2022', b: '2023' };
    const folder = repository({
      'schema/boats.schema.json': { type: 'object', properties, required: ['id'] },
      'raw/boats/ida.json': { id: 'ida', a: '2022/2024', b: '2023' },
      'raw/boats/mia.json': before,
    });
    writeFiles(folder, { 'raw/boats/mia.json': { ...before, a: '2022/2024' } });
    const { out, status } = await run(folder, 'validate', [...here, '--changed', 'HEAD']);
    expect(out).toMatch(/^raw\/boats\/mia\.json:3:8 warning at-most: [^\n]*\n$/);
    expect(status).toBe(0);
  });

  test.each([
    ['a pointer that the schema does not have', pair(number, number), '/b', '/c', /on \/a: "\/c" points to nothing/],
    [
      'more steps up than there are',
      pair(number, number),
      '/b',
      '2/b',
      /"2\/b" points to nothing in a record of boats/,
    ],
    [
      'a text without order',
      { a: { type: 'string', 'x-at-most': '/b' }, b: day },
      '',
      '',
      /cannot be compared with it/,
    ],
    ['a number beside a date', pair(number, day), '', '', /x-at-most compares numbers with numbers/],
    ['what is no pointer', pair(number, number), '/b', 'b', /x-at-most/],
  ])('is an error of the schema with %s', async (_, properties, from, to, says) => {
    const changed: object = JSON.parse(
      JSON.stringify(properties).replace(`"x-at-most":"${from}"`, `"x-at-most":"${to || from}"`),
    );
    const { err, status } = await run(withOne(changed, {}), 'validate', [...here]);
    expect(err).toMatch(says);
    expect(err).toContain('schema/boats.schema.json');
    expect(status).toBe(2);
  });
});

test('a relative pointer leads to the same value as an absolute one', () => {
  const steps = fc.array(fc.string(), { maxLength: 4 });
  fc.assert(
    fc.property(steps, steps, steps, (shared, here_, there) => {
      const pointer = (...all: readonly string[]): string => all.reduce(below, '');
      const relative = `${here_.length}${pointer(...there)}`;
      expect(absolutePointer(pointer(...shared, ...here_), relative)).toBe(pointer(...shared, ...there));
      expect(absolutePointer(pointer(...here_), `${here_.length + 1}`)).toBeUndefined();
    }),
  );
});
