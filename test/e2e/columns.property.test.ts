import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileOptions } from '../../scripts/project/openProject.ts';
import { compile } from '../../scripts/compile/compile.ts';
import { isDay, isOutsideYears, isTime, shortestUtc } from '../../scripts/base/dateTime.ts';
import { projectAt, recordsOf } from '../support/projectAt.ts';
import { freshFolder, run, writeFiles } from '../support/run.ts';

const outside = [
  '0000-01-01T00:00:00Z',
  '0001-01-01T00:00:00+14:00',
  '9999-12-31T23:59:59-14:00',
  '9999-12-31T23:59:60Z',
];
const noTimes = [
  '1985-04-12T23:60:00+00:01',
  '2016-12-31T24:59:60+01:00',
  '2022-01-01T24:00:00Z',
  '2022-02-30T00:00:00Z',
  '2022-02-29T00:00:00Z',
  '2022-13-01T00:00:00Z',
  '2022-01-00T00:00:00Z',
  '2022-01-01T12:60:00Z',
  '2022-01-01T12:00:60Z',
  '2022-01-01T12:00:61Z',
  '2022-01-01T12:00:00+24:00',
  '2022-01-01T12:00:00+12:60',
  '2022-01-01 12:00:00Z',
  '2022-01-01T12:00:00',
  'soon',
];

describe('a date-time is stored only as its moment in time', () => {
  test.each([
    ['1985-04-12T23:20:50.52Z', '1985-04-12T23:20:50.52Z'],
    ['1996-12-19t16:39:57-08:00', '1996-12-20T00:39:57Z'],
    ['1990-12-31T23:59:60z', '1991-01-01T00:00:00Z'],
    ['1990-12-31T15:59:60-08:00', '1991-01-01T00:00:00Z'],
    ['1937-01-01T12:00:27.87+00:20', '1937-01-01T11:40:27.87Z'],
    ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00Z'],
    ['9999-12-31T23:59:59.9999999Z', '9999-12-31T23:59:59.999999Z'],
    ['2024-02-29T12:00:00+23:59', '2024-02-28T12:01:00Z'],
  ])('%s', (text, utc) => {
    expect([shortestUtc(text), isOutsideYears(text)]).toEqual([utc, false]);
  });

  test.each(noTimes)('%s is not one', (text) => {
    expect([shortestUtc(text), isOutsideYears(text)]).toEqual([undefined, false]);
  });

  test.each(outside)('%s is outside the years of a column', (text) => {
    expect([shortestUtc(text), isOutsideYears(text)]).toEqual([undefined, true]);
  });

  test('days must be in the calendar, and times on the clock', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }),
        (date) => {
          const [day = '', time = ''] = date.toISOString().split('T');
          expect([isDay(day), isTime(time)]).toEqual([true, true]);
        },
      ),
    );
    const day = fc.tuple(fc.nat(9999), fc.nat(13), fc.nat(32));
    const padded = (n: number, length: number): string => String(n).padStart(length, '0');
    fc.assert(
      fc.property(day, ([y, m, d]) => {
        const text = `${padded(y, 4)}-${padded(m, 2)}-${padded(d, 2)}`;
        const moment = Date.parse(`${text}T00:00:00Z`);
        const known = !Number.isNaN(moment) && new Date(moment).toISOString().startsWith(text) && y > 0;
        expect(isDay(text)).toBe(known);
      }),
    );
  });
});

describe('a value that a required column cannot hold', () => {
  const cases = [
    ...[...outside, ...noTimes].map((text) => ['date-time', 'format', text] as const),
    ...['0000-01-01', '2022-02-29', '2022-1-1'].map((text) => ['date', 'format', text] as const),
    ...['2022-02-30', 'soon'].map((text) => ['edtf', 'format', text] as const),
    ...[2 ** 53, -(2 ** 53), 2 ** 63, 1e20].map((value) => ['integer', 'number', value] as const),
  ];
  const files = {
    'schema/dataset.json': { name: 'x', version: '1.0.0' },
    ...Object.fromEntries(
      cases.flatMap(([type, , at], i) => [
        [
          `schema/t${i}.schema.json`,
          {
            type: 'object',
            properties: {
              id: { type: 'string' },
              at: type === 'integer' ? { type } : { type: 'string', format: type },
            },
            required: ['id', 'at'],
            additionalProperties: false,
          },
        ],
        [`raw/t${i}/a.json`, { id: 'a', at }],
      ]),
    ),
  };
  const flags = ['--schema', 'schema', '--raw', 'raw'];

  test('is reported at its place in our own layout', async () => {
    const folder = path.join(freshFolder(), 'd');
    writeFiles(folder, files);
    const { out, status } = await run(folder, 'validate', flags);
    const places = out.split('\n').map((line) => line.split(' ').slice(0, 3).join(' '));
    expect(places.toSorted()).toEqual(
      ['', ...cases.map(([, rule], i) => `raw/t${i}/a.json:3:9 error ${rule}:`)].toSorted(),
    );
    expect(status).toBe(1);
  });

  test('is NULL there and goes to _rest with --layout any', async () => {
    const folder = path.join(freshFolder(), 'd');
    writeFiles(folder, files);
    expect((await run(folder, 'build', [...flags, '--dist', 'dist', '--layout', 'any'])).status).toBe(0);
    for (const [i, [type, , at]] of cases.entries()) {
      const [, line = ''] = fs.readFileSync(path.join(folder, `dist/next/csv/t${i}.csv`), 'utf8').split('\n');
      // an uncertain date stays in its column, without bounds
      const held = type === 'edtf' ? `a,${at},,,,,` : `a,,"${JSON.stringify({ at }).replaceAll('"', '""')}"`;
      expect(line).toBe(held);
    }
  });
});

const dates = ['0000-01-01', '0001-01-01', '9999-12-31', '2022-02-29', '2024-02-29', '-0001-01-01', ''];
const texts = ['', ' ', '\u0000', 'a\u0000b', '\ud800', '"', '\r\n', 'é𝄞', 'NULL', '\\N', 'x'.repeat(70_000), 'x'];
const numbers = [0, -1, 1.5, 2 ** 53 - 1, 2 ** 53, -(2 ** 53), 2 ** 63, 1e20, 1e300, 5e-324];
const values: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(...outside, ...noTimes, ...dates, ...texts, ...numbers),
  fc.constantFrom<unknown>(
    '2022-01-14',
    '2022-01-14T12:00:00.5+01:00',
    '2022-01',
    '2022?',
    '-0005',
    true,
    null,
    [],
    {},
  ),
);

/** A schema of each type of column, sure and unsure, with values of its own. */
const kinds: readonly (readonly [schema: object, likely: fc.Arbitrary<unknown>])[] = [
  [{ type: 'string' }, fc.constantFrom(...texts)],
  [{ type: 'string', format: 'date' }, fc.constantFrom(...dates, '2022-01-14')],
  [{ type: 'string', format: 'date-time' }, fc.constantFrom(...outside, ...noTimes, '2022-01-14T12:00:00Z')],
  [{ type: 'string', format: 'edtf' }, fc.constantFrom('2022', '2022-01/..', '-0005', '2022-02-30', '0000')],
  [{ type: 'string', format: 'time' }, fc.constantFrom('23:59:60Z', '23:60:00+00:01', '12:00:00Z')],
  [{ type: 'integer' }, fc.constantFrom(...numbers)],
  [{ type: ['integer', 'null'] }, fc.constantFrom(...numbers, null)],
  [{ type: 'number' }, fc.constantFrom(...numbers)],
  [{ type: 'boolean' }, fc.boolean()],
  [{ enum: ['x', '', 'é𝄞', "it's", 'x'.repeat(300)] }, fc.constantFrom('x', '', 'é𝄞', "it's", 'x'.repeat(300))],
  [{ enum: [1, 2 ** 53, 'x'] }, fc.constantFrom(1, 2 ** 53, 'x')],
  [{ const: 2 ** 60 }, fc.constant(2 ** 60)],
  [{ type: ['string', 'integer'] }, fc.constantFrom(...texts, ...numbers)],
  [{ type: 'object' }, fc.constantFrom({}, { a: '\u0000', b: 1e20 })],
  [{}, fc.constantFrom<unknown>(...texts, ...numbers, null)],
];
const nest: readonly ((schema: object) => object)[] = [
  (schema) => schema,
  (items) => ({ type: 'array', items }),
  (additionalProperties) => ({ type: 'object', additionalProperties }),
  (inner) => ({ type: 'object', properties: { in: inner }, required: ['in'] }),
  (inner) => ({ anyOf: [inner, { type: 'object', properties: { in: inner } }] }),
  (inner) => ({ type: 'object', patternProperties: { '^a': inner } }),
  (inner) => ({ if: { type: 'object' }, then: { properties: { in: inner }, required: ['in'] } }),
];
const wrap: readonly ((value: fc.Arbitrary<unknown>) => fc.Arbitrary<unknown>)[] = [
  (value) => value,
  (value) => fc.array(value, { maxLength: 3 }),
  (value) =>
    fc.dictionary(fc.constantFrom('a', '', '\u0000', '\ud800', '\udfff', 'k', 'x'.repeat(9000)), value, { maxKeys: 3 }),
  (value) => fc.record({ in: value }),
  (value) => fc.oneof(value, fc.record({ in: value })),
  (value) => fc.dictionary(fc.constantFrom('a', 'b'), value),
  (value) => fc.record({ in: value }),
];

interface Project {
  readonly properties: Readonly<Record<string, object>>;
  readonly required: readonly string[];
  readonly records: readonly object[];
  readonly own: boolean;
  readonly any: boolean;
}

const property = fc.tuple(fc.nat(kinds.length - 1), fc.nat(nest.length - 1), fc.boolean()).map(([k, n, required]) => {
  const [schema, likely] = kinds[k] ?? [{}, values];
  const value = fc.oneof({ weight: 5, arbitrary: likely }, { weight: 1, arbitrary: values });
  return { schema: nest[n]?.(schema) ?? schema, value: wrap[n]?.(value) ?? value, required };
});
const projects: fc.Arbitrary<Project> = fc
  .tuple(fc.array(property, { minLength: 1, maxLength: 3 }), fc.boolean(), fc.boolean())
  .chain(([members, own, any]) => {
    const named = members.map((m, i) => [`p${i}`, m] as const);
    const requiredKeys = named.flatMap(([name, m]) => (m.required ? [name] : []));
    const record = fc.record(Object.fromEntries(named.map(([name, m]) => [name, m.value])), { requiredKeys });
    return fc.record({
      properties: fc.constant(Object.fromEntries(named.map(([name, m]) => [name, m.schema]))),
      required: fc.constant(requiredKeys),
      records: fc.array(record, { minLength: 1, maxLength: 12 }),
      own: fc.constant(own),
      any: fc.constant(any),
    });
  });

/** A project on the disk, each record in a file of its own; and the flags that read it. */
function written(folder: string, { properties, required, records, own, any }: Project): readonly string[] {
  const schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    type: 'object',
    properties: { id: { type: 'string' }, ...properties },
    required: ['id', ...required],
  };
  fs.rmSync(folder, { recursive: true, force: true });
  writeFiles(folder, {
    'schema/t.schema.json': schema,
    ...(own ? { 'schema/dataset.json': { name: 'x', version: '1.0.0' } } : {}),
    ...Object.fromEntries(records.map((record, i) => [`raw/t/r${i}.json`, { id: `r${i}`, ...record }])),
  });
  return ['--schema', 'schema', '--raw', 'raw', ...(any ? ['--layout', 'any'] : [])];
}

/** The files of records that validate passes. */
function passing(folder: string, args: readonly string[]): ReadonlySet<string> {
  return new Set([...recordsOf(projectAt(folder, args))].map(({ file }) => path.basename(file.path)));
}

const runs = (few: number): number => Number(process.env['RUNS'] ?? few);

test('no column that cannot be NULL gets NULL from a record that validate passes', () => {
  const folder = path.join(freshFolder(), 'd');
  let rows = 0;
  fc.assert(
    fc.property(projects, (project) => {
      const opened = projectAt(folder, written(folder, project));
      const { tables, rows: rowsOf, order } = compile(opened.types, compileOptions(opened));
      expect(order).toHaveLength(1);
      const records = [...recordsOf(opened)].map((record) => ({ ...record, file: record.file.name }));
      for (const batch of rowsOf(records, ([table]) => table)) {
        const table = tables.find(({ name }) => name === batch.table);
        for (const [i, column] of (table?.columns ?? []).entries()) {
          if (column.nullable) continue;
          for (const row of batch.rows) expect(row[i], `${batch.table}.${column.name}`).not.toBeNull();
        }
        rows += batch.rows.length;
      }
    }),
    { numRuns: runs(150) },
  );
  expect(rows).toBeGreaterThan(100);
});

test('what validate passes, build builds', async () => {
  const folder = path.join(freshFolder(), 'd');
  await fc.assert(
    fc.asyncProperty(projects, async (project) => {
      const args = written(folder, project);
      const good = passing(folder, args);
      for (const name of fs.readdirSync(path.join(folder, 'raw/t')))
        if (!good.has(name)) fs.rmSync(path.join(folder, 'raw/t', name));
      const built = await run(folder, 'build', [...args, '--dist', 'dist']);
      expect(built).toMatchObject({ status: 0 });
      expect(await run(folder, 'verify', ['--release', 'dist/next'])).toMatchObject({ status: 0, out: '' });
    }),
    { numRuns: runs(3) },
  );
});
