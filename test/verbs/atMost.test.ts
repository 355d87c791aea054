import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { absolutePointer, below } from '../../scripts/json/json.ts';
import { dataset, here } from '../support/fixture.ts';
import { run } from '../support/run.ts';

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
    ['an interval that begins before the limit', pair(edtf, edtf), { a: '2022-01/2022-05', b: '2022-02-03' }],
    ['a limit with an open end', pair(edtf, edtf), { a: '2023', b: '2022-02/..' }],
    ['an interval with an open begin', pair(edtf, edtf), { a: '../2023', b: '2022' }],
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
