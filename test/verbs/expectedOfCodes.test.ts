import { describe, expect, test } from 'vitest';
import { dataset, here } from '../support/fixture.ts';
import { run } from '../support/run.ts';

/** A dataset with one table, whose records have a kind with these keywords, and one record. */
function withKind(keywords: object, record: object = {}): string {
  const properties = {
    id: { type: 'string' },
    kind: { type: 'string', enum: ['call', 'talks'], ...keywords },
    speakers: { type: 'array', items: { type: 'string' } },
    on: { type: 'string', format: 'edtf' },
    reported: { type: 'string', format: 'edtf' },
    minutes: { type: 'integer' },
    place: { type: 'string' },
  };
  return dataset({
    'schema/events.schema.json': { type: 'object', properties, required: ['id'] },
    'raw/events/one.json': { id: 'one', ...record },
  });
}

test('a list that is shorter than its code leads one to expect is a warning', async () => {
  const keywords = { 'x-fewest': { call: { '/speakers': 2 } } };
  const short = await run(withKind(keywords, { kind: 'call', speakers: ['Ida'] }), 'validate', [...here]);
  expect(short.out).toContain('warning fewest: 1 entry, where "call" at /kind has at least 2');
  const other = await run(withKind(keywords, { kind: 'talks', speakers: ['Ida'] }), 'validate', [...here]);
  expect(other.out).toBe('');
});

describe('what a code says is at most something', () => {
  const keywords = { 'x-at-most': { call: { '/on': '1/reported' } } };
  const held = (on?: string, kind = 'call'): object => ({
    kind,
    ...(on === undefined ? {} : { on }),
    reported: '2022-02-20',
  });
  test.each([
    [
      'later',
      held('2022-02-21'),
      'error at-most: "2022-02-21" is later than "2022-02-20" at /reported, which "call" at /kind rules out',
    ],
    [
      'later at its end',
      held('[2022-02-19,2022-02-21]'),
      'warning at-most: "[2022-02-19,2022-02-21]" can be later than "2022-02-20" at',
    ],
    ['not later', held('2022-02-20'), ''],
    ['later with another code', held('2022-02-21', 'talks'), ''],
    ['without a limit', { kind: 'call', on: '2022-02-21' }, ''],
    ['without a date', held(), ''],
  ])('%s', async (_, each, says) => {
    const { out } = await run(withKind(keywords, each), 'validate', [...here]);
    expect(out === says || (says !== '' && out.includes(says)), out).toBe(true);
  });

  test('the problem is at the date', async () => {
    const { out } = await run(withKind(keywords, held('2022-02-21')), 'validate', [...here]);
    expect(out).toMatch(/^raw\/events\/one\.json:4:9 error at-most/);
  });
});

test.each([
  [{ enum: [1, 2] }, 2, 1],
  [
    {
      type: 'integer',
      oneOf: [
        { const: 1, description: 'A call.' },
        { const: 2, description: 'Talks.' },
      ],
    },
    2,
    1,
  ],
  [{ type: ['number', 'null'], enum: [0.5, null] }, 0.5, null],
  [{ type: 'boolean', enum: [true, false] }, true, false],
])('%j: a code that is no text is named as JSON', async (codes, kind, other) => {
  const keywords = { type: undefined, enum: undefined, ...codes, 'x-fewest': { [String(kind)]: { '/speakers': 2 } } };
  const short = await run(withKind(keywords, { kind, speakers: ['Ida'] }), 'validate', [...here]);
  expect(short.out).toContain(`warning fewest: 1 entry, where ${kind} at /kind has at least 2`);
  const long = await run(withKind(keywords, { kind: other, speakers: ['Ida'] }), 'validate', [...here]);
  expect([long.out, long.status]).toEqual(['', 0]);
});

test.each([
  [{ type: 'integer', enum: [1, 2], 'x-fewest': { 3: { '/speakers': 2 } } }, /x-fewest on \/kind: "3" is not one of/],
  [{ 'x-quoted': ['cal'] }, /x-quoted on \/kind: "cal" is not one of the codes \(did you mean "call"\?\)/],
  [{ 'x-fewest': { cal: { '/speakers': 2 } } }, /x-fewest on \/kind: "cal" is not one of the codes/],
  [{ 'x-fewest': { call: { '/speaker': 2 } } }, /x-fewest on \/kind: "\/speaker" is not a list in a record of events/],
  [{ 'x-fewest': { call: { '/place': 2 } } }, /"\/place" is not a list/],
  [{ 'x-fewest': { call: { '1/speakers': 2 } } }, /^$/],
  [{ 'x-at-most': { cal: { '/on': '/reported' } } }, /x-at-most on \/kind: "cal" is not one of the codes/],
  [{ 'x-at-most': { call: { '/off': '/reported' } } }, /x-at-most on \/kind: "\/off" points to nothing/],
  [{ 'x-at-most': { call: { '/on': '/said' } } }, /x-at-most on \/kind: "\/said" points to nothing/],
  [{ 'x-at-most': { call: { '/on': '/minutes' } } }, /"\/minutes" cannot be compared with "\/on": x-at-most compares/],
  [{ 'x-at-most': { call: { '1/on': '1/reported' } } }, /^$/],
  [{ 'x-at-most': { call: {} } }, /"x-at-most" at \/call must NOT have fewer than 1 properties/],
  [{ 'x-at-most': { call: '/reported' } }, /"x-at-most" at \/call must be object, not "\/reported"/],
  [{ 'x-at-most': { call: { '/on': 5 } } }, /"x-at-most" at \/call\/~1on must be string, not 5/],
  [{ 'x-at-most': { call: { on: '/reported' } } }, /x-at-most on \/kind: "on" points to nothing/],
  [{ 'x-grounds': { stated: 'cal', resolved: 'talks' } }, /x-grounds on \/kind: "cal" is not one of the codes \(did/],
  [{ 'x-grounds': { stated: 'call', resolved: 'talk' } }, /x-grounds on \/kind: "talk" is not one of the codes/],
  [{ 'x-grounds': { stated: 'call', resolved: 'talks', inferred: 'no' } }, /x-grounds on \/kind: "no" is not one of/],
  [{ 'x-grounds': { stated: 'call', resolved: 'talks', reason: '1/why' } }, /"1\/why" is not a text in a record of/],
  [{ 'x-grounds': { stated: 'call', resolved: 'talks', reason: '/speakers' } }, /"\/speakers" is not a text/],
  [{ 'x-grounds': { stated: 'call', resolved: 'talks', reason: 'why' } }, /x-grounds on \/kind: "why" is not a text/],
  [{ 'x-grounds': { stated: 'call' } }, /"x-grounds" must have required property 'resolved'/],
  [{ 'x-grounds': { stated: 'call', resolved: 'talks', reason: '1/place' } }, /^$/],
  [{ 'x-fewest': { call: { '/speakers': 'two' } } }, /"x-fewest" at \/call\/~1speakers must be integer, not "two"/],
])('%j: a code or list that the schema lacks is its fault', async (keywords, says) => {
  const { err, status } = await run(withKind(keywords), 'validate', [...here]);
  expect(err.replace(/^validate: \d.*\n/gm, '')).toMatch(says);
  expect(status).toBe(says.source === '^$' ? 0 : 2);
});
