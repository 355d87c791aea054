import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { RegExpParser } from '@eslint-community/regexpp';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mostDepth, mostFaults, mostSchemaDepth } from '../../scripts/base/limits.ts';
import { growthOf } from '../../scripts/pattern/linear.ts';
import { boundedNearest } from '../../scripts/base/suggestions.ts';
import { globMatcher } from '../../scripts/project/glob.ts';
import { guardedPatterns } from '../../scripts/pattern/pattern.ts';
import { endsWithin } from '../../scripts/pattern/timeLimit.ts';
import { dataset, here } from '../support/fixture.ts';
import { freshFolder, run, writeFiles } from '../support/run.ts';

type Schema = object | string | boolean;

interface Case {
  readonly name: string;
  /** The schema of the table, or a text to be written unchanged. */
  readonly schema: Schema;
  readonly record?: unknown;
  /** Further files of the project. */
  readonly files?: Readonly<Record<string, string | Uint8Array | object>>;
  /** What else to do in the folder. */
  readonly act?: (folder: string) => void;
  /** Exit status and message: of `validate`, and of `build` if it differs. */
  readonly validate: readonly [0 | 1 | 2, RegExp];
  readonly build?: readonly [0 | 1 | 2, RegExp] | 'not tried, since validate takes long enough';
}

const steps = (n: number, make: (before: string) => object, first: object): Record<string, object> =>
  Object.fromEntries(Array.from({ length: n + 1 }, (_, i) => [`d${i}`, i === 0 ? first : make(`#/$defs/d${i - 1}`)]));
const bomb = (n: number, make: (before: string) => object, first: object): object => ({
  type: 'object',
  $ref: `#/$defs/d${n}`,
  $defs: steps(n, make, first),
});
const nested = (levels: number, open: string, close: string): string =>
  `${open.repeat(levels)}{}${close.repeat(levels)}`;
const object = (v: unknown): object => ({ type: 'object', properties: { v } });
const withId = { properties: { id: { type: 'string' } }, required: ['id'] };
const [clean, loads] = [/; 0 errors/, /read back equal/];
const itself = /schema\/t\.schema\.json: at .*: the schema refers back to itself without a step into the value/;
const deepChain = /more than 200 schemas refer to each other in a row/;
const slow = /takes too long to be matched against/;

const cases: readonly Case[] = [
  { name: 'a schema that is itself', schema: { $ref: '#' }, validate: [2, itself] },
  { name: 'allOf of itself', schema: { type: 'object', allOf: [{ $ref: '#' }] }, validate: [2, itself] },
  {
    name: 'two schemas that are each other',
    schema: { ...object({ $ref: '#/$defs/a' }), $defs: { a: { $ref: '#/$defs/b' }, b: { $ref: '#/$defs/a' } } },
    validate: [2, itself],
  },
  {
    name: 'alternatives that lead back to themselves',
    schema: { type: 'object', anyOf: [{ required: ['x'] }, { $ref: '#' }] },
    validate: [1, /too many steps to check/],
  },
  {
    name: 'a chain of ten thousand references',
    schema: object({ $ref: '#/$defs/d9999', $defs: {} }),
    files: {
      'schema/t.schema.json': { ...object({ $ref: '#/$defs/d9999' }), $defs: steps(9999, ($ref) => ({ $ref }), {}) },
    },
    validate: [2, deepChain],
  },
  {
    name: 'allOf that doubles thirty times',
    schema: bomb(30, ($ref) => ({ allOf: [{ $ref }, { $ref }] }), object({ type: 'string' })),
    validate: [1, /too many steps to check/],
  },
  {
    name: 'properties that double at each step',
    schema: bomb(24, ($ref) => ({ type: 'object', properties: { a: { $ref }, b: { $ref } } }), { type: 'string' }),
    validate: [0, clean],
    build: [0, loads],
  },
  {
    name: 'alternatives that double at each step',
    schema: bomb(
      24,
      ($ref) => ({ anyOf: ['a', 'b'].map((name) => ({ type: 'object', properties: { [name]: { $ref } } })) }),
      { type: 'string' },
    ),
    validate: [0, clean],
    build: [0, loads],
  },
  {
    name: 'lists that double at each step',
    schema: bomb(
      14,
      ($ref) => ({ type: 'object', properties: { a: { type: 'array', items: { $ref } }, b: { items: { $ref } } } }),
      { type: 'string' },
    ),
    validate: [0, clean],
    build: [0, loads],
  },
  {
    name: 'required properties, all of which may be null, at the end of a bomb',
    schema: object({
      type: 'array',
      items: { $ref: '#/$defs/d12' },
    }),
    files: {
      'schema/t.schema.json': {
        ...object({ type: 'array', items: { $ref: '#/$defs/d12' } }),
        $defs: steps(
          12,
          ($ref) => ({ type: 'object', properties: { a: { $ref }, b: { $ref } }, required: ['a', 'b'] }),
          {
            type: ['string', 'null'],
          },
        ),
      },
    },
    validate: [0, clean],
    build: [0, loads],
  },
  {
    name: 'alternatives that lead back at each level of a record',
    schema: {
      type: 'object',
      $ref: '#/$defs/n',
      $defs: {
        n: {
          oneOf: [
            { properties: { a: { $ref: '#/$defs/n' } }, required: ['b'] },
            { properties: { a: { $ref: '#/$defs/n' } }, required: ['c'] },
          ],
        },
      },
    },
    record: JSON.parse(nested(60, '{"a":', '}')),
    validate: [1, /too many steps to check/],
    build: 'not tried, since validate takes long enough',
  },
  {
    name: 'a condition that leads back through a list',
    schema: {
      $schema: 'http://json-schema.org/draft-07/schema#',
      type: 'object',
      definitions: {
        m: object({
          type: 'array',
          items: { if: { type: 'object' }, then: { $ref: '#/definitions/m' }, else: { type: 'string' } },
        }),
      },
      properties: { v: { $ref: '#/definitions/m/properties/v' } },
    },
    record: { v: [{ v: ['b'] }] },
    validate: [0, clean],
    build: [0, /2 tables with 3 rows, read back equal/],
  },
  {
    name: 'a condition that leads back through an object',
    schema: object({ if: { type: 'object' }, then: { $ref: '#' } }),
    record: { v: { v: 1 } },
    validate: [0, clean],
    build: [0, loads],
  },
  {
    name: 'a map of records or lists of records',
    schema: {
      ...object({ $ref: '#' }),
      additionalProperties: { oneOf: [{ $ref: '#' }, { type: 'array', items: { $ref: '#' } }] },
    },
    record: { a: {} },
    validate: [0, clean],
    build: [0, loads],
  },
  {
    name: '$dynamicRef to the one anchor of its name',
    schema: {
      ...object({ $ref: '#/$defs/a' }),
      $defs: { a: { $dynamicRef: '#b' }, b: { $dynamicAnchor: 'b', type: 'integer' } },
    },
    record: { v: 'x' },
    validate: [1, /"v" is a text, not a whole number/],
  },
  {
    name: '$dynamicRef to one of two anchors, round and round',
    schema: {
      ...object({ $ref: '#/$defs/a' }),
      $defs: { a: { $dynamicAnchor: 'b', $dynamicRef: '#b' }, b: { $id: 'x', $dynamicAnchor: 'b', $dynamicRef: '#b' } },
    },
    validate: [2, /t\.schema\.json: reference .* resolves to more than one schema/],
  },
  {
    name: 'a $ref to a schema that is true',
    schema: object({ $ref: 'all.json' }),
    files: { 'schema/all.json': 'true' },
    validate: [0, clean],
    build: [0, loads],
  },
  {
    name: 'a $ref to a schema that is false',
    schema: object({ $ref: 'none.json' }),
    files: { 'schema/none.json': 'false' },
    record: { v: 1 },
    validate: [1, /"v" is of a form that is not allowed/],
  },
  { name: 'a schema that is true', schema: true, validate: [0, clean], build: [0, loads] },
  { name: 'a schema that is false', schema: false, validate: [1, /the record is of a form|"" is of a form/] },
  {
    name: 'a $ref that is no URI',
    schema: object({ $ref: '#/%E0%A4%A' }),
    validate: [2, /t\.schema\.json: \$ref "#\/%E0%A4%A" points to nothing in the schema folder/],
  },
  {
    name: 'a $ref to a host that is none',
    schema: object({ $ref: 'http://[' }),
    validate: [2, /is not a URI reference/],
  },
  {
    name: 'an $id that is no URI',
    schema: { $id: 'http://[', ...object({}) },
    validate: [2, /is not a URI reference/],
  },
  {
    name: 'one anchor twice',
    schema: { ...object({ $ref: '#a' }), $defs: { a: { $anchor: 'a' }, b: { $anchor: 'a' } } },
    validate: [0, clean],
    build: [0, loads],
  },
  {
    name: 'a pattern with a repetition inside a repetition',
    schema: object({ type: 'string', pattern: '^(a+)+$' }),
    record: { v: `${'a'.repeat(40)}!` },
    validate: [1, slow],
  },
  {
    name: 'lists nested a hundred deep in a schema that is referred to',
    schema: {
      ...object({ $ref: '#/$defs/a' }),
      $defs: { a: { default: JSON.parse('['.repeat(100) + ']'.repeat(100)) } },
    },
    validate: [0, clean],
    build: [0, loads],
  },
  {
    name: 'a code twice',
    schema: object({ enum: ['a', 'b', 'a'] }),
    record: { v: 'b' },
    validate: [0, clean],
    build: [0, loads],
  },
  {
    name: 'such a pattern for keys',
    schema: { type: 'object', patternProperties: { '^(\\w+\\s?)*$': {} }, additionalProperties: false },
    record: { ['word '.repeat(12) + '!']: 1 },
    validate: [1, slow],
  },
  {
    name: 'such a pattern for names of properties',
    schema: { type: 'object', propertyNames: { pattern: '^(a|b|ab)*$' } },
    record: { ['ab'.repeat(30) + '!']: 1 },
    validate: [1, slow],
  },
  {
    name: 'such a pattern on many texts',
    schema: object({ type: 'string', pattern: '^(a+)+$' }),
    files: Object.fromEntries(
      Array.from({ length: 30 }, (_, i) => [`raw/t/r${i}.json`, { v: `${'a'.repeat(40)}!${i}` }]),
    ),
    validate: [2, /takes too long on too many texts/],
    build: 'not tried, since validate takes long enough',
  },
  {
    name: 'a long text without a place to begin',
    schema: object({ type: 'string', pattern: '[0-9]+x' }),
    record: { v: '1'.repeat(300_000) },
    validate: [1, slow],
    build: 'not tried, since validate takes long enough',
  },
  {
    name: 'twenty thousand values, each of which fits no alternative',
    schema: object({ type: 'array', items: { anyOf: [{ type: 'string' }, { type: 'object', required: ['a'] }] } }),
    record: { v: Array.from({ length: 20_000 }, (_, i) => i) },
    validate: [1, new RegExp(`the record has ${20_000 - mostFaults} more faults`)],
    build: 'not tried, since validate takes long enough',
  },
  {
    name: 'twenty thousand unknown keys',
    schema: { ...object({}), additionalProperties: false },
    record: Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`k${i}`, i])),
    validate: [1, new RegExp(`the record has ${20_000 - mostFaults} more faults`)],
    build: 'not tried, since validate takes long enough',
  },
  {
    name: 'ten thousand objects that must differ, and do not',
    schema: object({ uniqueItems: true }),
    record: { v: [...Array.from({ length: 10_000 }, (_, i) => ({ a: i, b: [i] })), { b: [77], a: 77 }] },
    validate: [1, /elements 77 and 10000 of "v" are the same/],
    build: 'not tried, since validate takes long enough',
  },
  {
    name: 'a hundred thousand codes for thirty thousand values',
    schema: object({ items: { enum: Array.from({ length: 100_000 }, (_, i) => `code ${i}`) } }),
    record: { v: [...Array.from({ length: 30_000 }, (_, i) => `code ${99_999 - i}`), 'kode 7'] },
    validate: [1, /"kode 7" is not one of the codes/],
    build: 'not tried, since validate takes long enough',
  },
  {
    name: 'keywords with values beyond all numbers',
    schema: '{"type":"object","properties":{"v":{"maxLength":1e400}}}',
    validate: [2, /t\.schema\.json:1:49: "maxLength" is larger than any number/],
  },
  { name: 'minItems below zero', schema: object({ minItems: -1 }), validate: [2, /must be >= 0/] },
  { name: 'multipleOf zero', schema: object({ multipleOf: 0 }), validate: [2, /must be > 0/] },
  { name: 'a list for a schema', schema: '[]', validate: [2, /t\.schema\.json: a schema is an object/] },
  { name: 'a text for a schema', schema: '"x"', validate: [2, /t\.schema\.json: a schema is an object/] },
  { name: 'an empty schema file', schema: '', validate: [2, /t\.schema\.json:1:1: the file is empty/] },
  {
    name: 'a schema nested ten thousand levels deep',
    schema: `{"type":"object","not":${nested(10_000, '{"not":', '}')}}`,
    validate: [2, new RegExp(`t\\.schema\\.json:1:\\d+: nested deeper than ${mostSchemaDepth} levels`)],
  },
  {
    name: 'a schema nested as deep as may be',
    schema: `{"type":"object","properties":{"v":${nested(mostSchemaDepth - 3, '{"items":', '}')}}}`,
    validate: [0, clean],
    build: [0, loads],
  },
  {
    name: 'a record nested ten thousand levels deep',
    schema: object({}),
    files: { 'raw/t/a.json': nested(10_000, '{"v":', '}') },
    validate: [1, new RegExp(`nested deeper than ${mostDepth} levels`)],
  },
  {
    name: 'NUL in a code',
    schema: '{"type":"object","properties":{"v":{"enum":["a\\u0000b"]}}}',
    validate: [2, /t\.schema\.json:1:44: "a\\u0000b" contains U\+0000 \(NUL\), which a database cannot store/],
  },
  {
    name: 'half of a surrogate pair in a name',
    schema: '{"type":"object","properties":{"\\ud800":{"$ref":"#/$defs/a"}},"$defs":{"a":{}}}',
    validate: [2, /t\.schema\.json:1:32: the name contains half of a surrogate pair/],
  },
  {
    name: 'a schema in UTF-16',
    schema: {},
    files: { 'schema/t.schema.json': Buffer.from('\ufeff{"type":"object"}', 'utf16le') },
    validate: [2, /t\.schema\.json: .*UTF-/],
  },
  {
    name: 'a folder called like a schema',
    schema: object({}),
    act: (folder) => fs.mkdirSync(path.join(folder, 'schema/u.schema.json')),
    validate: [2, /schema\/u\.schema\.json: a folder; a schema must be a regular file/],
  },
  {
    name: 'a link called like a schema',
    schema: object({}),
    act: (folder) => fs.symlinkSync('/etc/passwd', path.join(folder, 'schema/u.schema.json')),
    validate: [2, /schema\/u\.schema\.json: a link; a schema must be a regular file/],
  },
  {
    name: 'a FIFO called like a schema',
    schema: object({}),
    act: (folder) => void execFileSync('mkfifo', [path.join(folder, 'schema/u.schema.json')]),
    validate: [2, /schema\/u\.schema\.json: not a regular file; a schema must be a regular file/],
  },
  {
    name: 'a required property called __proto__',
    schema: '{"type":"object","properties":{"__proto__":{"type":"string"}},"required":["__proto__"]}',
    validate: [2, /table "t": a property cannot be called "__proto__"/],
  },
  ...['constructor', 'toString', 'hasOwnProperty'].map((name): Case => ({
    name: `a required property called ${name}`,
    schema: `{"type":"object","properties":{"${name}":{"type":"string"}},"required":["${name}"]}`,
    files: { 'raw/t/a.json': '{}' },
    validate: [1, new RegExp(`"${name}" is missing from the record`)],
  })),
  {
    name: 'a table and an id called like members of every object',
    schema: object({}),
    files: {
      'schema/constructor.schema.json': { ...object({}), ...withId },
      'schema/toString.schema.json': {
        type: 'object',
        properties: { id: { type: 'string' }, of: { type: 'string', 'x-references': 'constructor' } },
        required: ['id'],
      },
      'raw/constructor/hasOwnProperty.json': { id: 'hasOwnProperty' },
      'raw/toString/valueOf.json': { id: 'valueOf', of: '__proto__' },
    },
    validate: [1, /no constructor "__proto__"/],
  },
];

function project({ schema, record = {}, files = {}, act }: Case): string {
  const folder = path.join(freshFolder(), 'things');
  const text = typeof schema === 'string' ? schema : JSON.stringify(schema);
  writeFiles(folder, { 'schema/t.schema.json': text, 'raw/t/a.json': JSON.stringify(record), ...files });
  act?.(folder);
  return folder;
}

function commandsOf({
  validate,
  build = validate,
}: Case): readonly (readonly [string, readonly [0 | 1 | 2, RegExp]])[] {
  return typeof build === 'string'
    ? [['validate', validate]]
    : [
        ['validate', validate],
        ['build', build],
      ];
}

const flags = ['--schema', 'schema', '--raw', 'raw', '--layout', 'any'];

describe.each(cases)('$name', (hostile) => {
  test('ends with a sentence', async () => {
    const folder = project(hostile);
    for (const [command, wanted] of commandsOf(hostile)) {
      const [status, says] = wanted;
      const ran = await run(folder, command, command === 'build' ? [...flags, '--dist', 'dist'] : flags);
      expect(ran.out + ran.err).toMatch(says);
      expect(ran.out + ran.err).not.toMatch(/^\s+at |Error:/m);
      expect(ran.status).toBe(status);
    }
  });
});

test('our own schemas may not need more columns than a database takes, and validate says so too', async () => {
  const schema = bomb(24, ($ref) => ({ type: 'object', properties: { a: { $ref }, b: { $ref } } }), { type: 'string' });
  const folder = dataset({ 'schema/ports.schema.json': { ...schema, ...withId } });
  for (const command of ['validate', 'build']) {
    const { status, err } = await run(folder, command, here);
    expect(err).toMatch(/ports\.schema\.json: the table "ports" would need more than 10000 columns: use lists or maps/);
    expect(status).toBe(2);
  }
});

test('two properties that differ only in case would be one column: validate and build both refuse them', async () => {
  const properties = { id: { type: 'string' }, A: { type: 'string' }, a: { type: 'string' } };
  const folder = dataset({ 'schema/ports.schema.json': { type: 'object', properties, required: ['id'] } });
  for (const command of ['validate', 'build']) {
    const { status, err } = await run(folder, command, here);
    expect(err).toContain('table "ports": /A and /a would both be the column "a"');
    expect(status).toBe(2);
  }
});

test('our own schemas may not hold a pattern that takes exponential time', async () => {
  const pattern = '^([a-z]+-?)+$';
  const schema = { type: 'object', properties: { id: { type: 'string' }, v: { type: 'string', pattern } } };
  const folder = dataset({ 'schema/ports.schema.json': { ...schema, required: ['id'] } });
  const { status, err } = await run(folder, 'validate', here);
  expect(err).toMatch(
    /schema\/ports\.schema\.json:9:18: the pattern "\^\(\[a-z\]\+-\?\)\+\$" takes exponential time, for example on "aaa/,
  );
  expect(status).toBe(2);
});

test('similar names are suggested for the first faults, not for each of thousands', () => {
  let compared = 0;
  const candidates = function* (): Generator<string> {
    for (let i = 0; i < 1000; i++) {
      compared++;
      yield `harbour-${i}`;
    }
  };
  const near = boundedNearest(10_000);
  const hints = Array.from({ length: 500 }, (_, i) => near(`harbor-${i}`, candidates()));
  expect(hints[1]).toBe('did you mean "harbour-1"?');
  expect(hints.at(-1)).toBeUndefined();
  expect(compared).toBeLessThan(15_000);
});

describe('patterns', () => {
  const parser = new RegExpParser({ ecmaVersion: 2024 });
  const growth = (pattern: string): string =>
    growthOf(parser.parsePattern(pattern, 0, pattern.length, { unicode: true }));

  test.each([
    ['^[a-z0-9]+(?:-[a-z0-9]+)*$', 'linear'],
    ['^(?![=+@])[^\\u0000-\\u001f]*$', 'linear'],
    ['^\\S+( \\S+)*$', 'linear'],
    ['^(?=.*a)(?=.*b).+$', 'linear'],
    ['^[^a]*[^ab]$', 'linear'],
    ['^\\p{L}+(-\\p{L}+)*$', 'linear'],
    ['^(cat|car)$', 'linear'],
    ['^(\\d{4})-(\\d\\d)(-\\d\\d)?$', 'linear'],
    ['\\s+$', 'quadratic'],
    ['^a*(?=[^b]*c)d', 'unknown'],
    ['^[^@]+@[^@]+\\.[^@]+$', 'unknown'],
    ['^(a+)+$', 'unknown'],
    ['^(a*)*$', 'unknown'],
    ['^(a|b|ab)*$', 'unknown'],
    ['^(a+)\\1$', 'unknown'],
    ['^(?:a?){30}a{30}$', 'unknown'],
  ])('%s is %s', (pattern, expected) => expect(growth(pattern)).toBe(expected));

  test.each(['^(a+)+$', '(a|a)*$', '^(a|b|ab)*$', '^(?:a|a){25}$', '^((ab)*)*$', '^(\\w+\\s?)*$'])(
    'an attack on %s succeeds',
    (pattern) => expect(guardedPatterns().safetyOf(pattern, 'u').attack).toBeDefined(),
  );

  test('patterns proved to be linear take few steps', () => {
    const atom = fc.constantFrom('a', 'b', '[ab]', '[^a]', '-', '.', '\\w', '(?=a)', '(?!b)', '(?=.*b)');
    const { pattern } = fc.letrec<{ pattern: string }>((tie) => ({
      pattern: fc.oneof(
        { maxDepth: 4, depthSize: 'small' },
        atom,
        fc.tuple(tie('pattern'), tie('pattern')).map(([a, b]) => a + b),
        fc.tuple(tie('pattern'), tie('pattern')).map(([a, b]) => `(?:${a}|${b})`),
        fc.tuple(tie('pattern'), fc.constantFrom('*', '+', '?', '{2,3}')).map(([a, q]) => `(?:${a})${q}`),
      ),
    }));
    const text = fc.array(fc.constantFrom('a', 'b', '-', 'ab', 'a-'), { minLength: 1, maxLength: 3 });
    let proved = 0;
    fc.assert(
      fc.property(pattern, text, fc.constantFrom('', '!', 'b', '\n'), (inner, pump, end) => {
        const source = `^${inner}$`;
        if (growth(source) !== 'linear') return;
        proved++;
        const expression = new RegExp(source, 'u');
        const long = pump.join('').repeat(20_000) + end;
        // the square of the length would take ten seconds, a higher power days
        expect(
          endsWithin(3000, () => void expression.test(long)),
          source,
        ).toBe(true);
      }),
      { numRuns: 1500 },
    );
    expect(proved).toBeGreaterThan(100);
  });
});

describe('a glob of the configuration', () => {
  const long = 'a'.repeat(200);

  test.each(['+(a|aa|aaa)+(a|aa)x', `${'*a'.repeat(14)}b`, '@(+(+(+(a))))b', '*(*(*(*(a))))b'])(
    '%s is bounded',
    (glob) => {
      expect(() => globMatcher('ships', glob)(long)).toThrow(
        /^table "ships": the glob ".*" takes too long to match "a+…/,
      );
    },
  );

  test.each([
    ['*.json', 'a.json', true],
    ['**/*.json', `a/b/${long}.json`, true],
    ['**/*-*-*-*.json', 'x/2020-01-02-y.json', true],
    ['**/*-*-*-*.json', `${long}/b.json`, false],
    ['(a|b)/*.json', 'b/c.json', true],
    ['[a].json', '[a].json', true],
  ])('%s of %s is %s', (glob, file, matches) => {
    expect(globMatcher('ships', glob)(file)).toBe(matches);
  });
});
