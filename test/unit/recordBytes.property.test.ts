import path from 'node:path';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import type { Problem } from '../../scripts/base/problem.ts';
import { nodeFileSystem } from '../../scripts/disk/fileSystem.ts';
import { withFiles } from '../../scripts/disk/overlay.ts';
import { type Layout, print } from '../../scripts/json/canonical.ts';
import type { Json } from '../../scripts/json/json.ts';
import { type Project, openProject } from '../../scripts/project/openProject.ts';
import { partsOfLines } from '../../scripts/validate/bytes/partsOfLines.ts';
import { bytesOfTable } from '../../scripts/validate/bytes/recordBytes.ts';
import { type Input, isPart } from '../../scripts/validate/part.ts';
import { referencesOf } from '../../scripts/validate/run.ts';
import { type PartChecker, partChecker } from '../../scripts/verbs/threads/checkPart.ts';
import type { PartsSetup, Pool } from '../../scripts/verbs/threads/pool.ts';
import { type Division, recordsInParts } from '../../scripts/verbs/threads/recordsInParts.ts';
import { checking } from '../../scripts/verbs/validate.ts';
import { poolHere } from '../support/poolHere.ts';
import { projectAt } from '../support/projectAt.ts';
import { lastingFolder, writeFiles } from '../support/run.ts';

interface Kind {
  readonly schema: unknown;
  /** Values as they are written, which the check of the bytes accepts. */
  readonly accepted: readonly string[];
  /** Others: wrong ones, and those that are left to the other checks. */
  readonly others: readonly string[];
}

const text = { type: 'string', maxLength: 20, pattern: '^[^\\u0000-\\u001f\\u007f-\\u009f]*$' };
const invisibles = ['"a\u200b"', '"a\u007f"', '"\ufeffa"', '"\u0085"', '"a\u00ad"'];
const noTexts = ['1', 'null', 'true', '[]', '{}', '"a', 'a"', '', '"a\tb"', '"\\u0041"', '"\\/"', '"\\ud800"'];
const noNumbers = ['1.0', '1e2', '1E2', '01', '-01', '-0', '-', '.5', '5.', '+1', '"1"', '1 ', 'NaN', '0x1', '1e-7'];

function deep(lists: number): string {
  return `${'{"below":['.repeat(lists)}${']}'.repeat(lists)}`;
}

/** Replaced by a byte that is not UTF-8. */
const notUtf8 = '\uE000';

/** A property for each kind of schema. */
const kinds: Readonly<Record<string, Kind>> = {
  plain: {
    schema: { type: 'string' },
    accepted: ['""', '"a"', '"é"', '"“𝄞”"', '"\\"\\\\"', '"\\n\\t\\b\\f\\r"', '"/"', '"{}[],:"'],
    others: [...noTexts, ...invisibles],
  },
  controlled: {
    schema: text,
    accepted: ['""', '"a"', '"é“"', '"\\"\\\\"', `"${'a'.repeat(20)}"`],
    others: ['"\\n"', `"${'a'.repeat(21)}"`, `"${'é'.repeat(20)}"`, `"${'𝄞'.repeat(21)}"`, ...noTexts, ...invisibles],
  },
  long: {
    schema: { type: 'string', minLength: 3 },
    accepted: ['"abcdefghi"', '"äöüßé"', '"\\\\\\\\\\\\\\\\\\\\"'],
    others: ['""', '"ab"', '"𝄞𝄞"', '"\\\\\\\\"', '"abc"', '"\\n\\n"'],
  },
  word: {
    schema: { type: 'string', pattern: '^[a-zé"]+$' },
    accepted: ['"abc"', '"é"', '"\\""'],
    others: ['""', '"A"', '"a b"', '"\\\\"', '"\\n"', '"a\\n"'],
  },
  capital: { schema: { type: 'string', pattern: '[^\\U0000]' }, accepted: ['"a"'], others: ['"U"', '"0"'] },
  slow: {
    schema: { type: 'string', pattern: '^[ab]*c?[ab]*$' },
    accepted: ['"ab"', '"abcab"'],
    others: ['"cc"', `"${'a'.repeat(6000)}"`],
  },
  day: {
    schema: { type: 'string', format: 'date' },
    accepted: ['"2022-02-24"', '"2024-02-29"'],
    others: ['"2022-02-30"', '"2022-2-24"', '"0000-01-01"', '1', '""'],
  },
  web: { schema: { type: 'string', format: 'uri' }, accepted: ['"https://a.b/c"'], others: ['"a b"', '"é"', '""'] },
  mail: { schema: { type: 'string', format: 'email' }, accepted: ['"a@b.org"'], others: ['"a"', '""'] },
  encoded: { schema: { type: 'string', format: 'byte' }, accepted: [], others: ['"YQ=="', '"Y"'] },
  anyForm: { schema: { type: 'string', format: 'constructor' }, accepted: [], others: ['"a"'] },
  code: {
    schema: { type: 'string', enum: ['a', 'ab', 'é"', 'b\u200b'] },
    accepted: [],
    others: ['"a"', '"ab"', '"é\\""', '"b\u200b"', '"b"'],
  },
  choice: {
    schema: { type: 'string', oneOf: [{ const: 'a', description: 'A.' }, { const: 'ab' }] },
    accepted: ['"a"', '"ab"'],
    others: ['"b"', '"abc"', '"a', 'a', '"\\u0061"', 'null', '1'],
  },
  twice: { schema: { oneOf: [{ const: 'a' }, { const: 'a' }] }, accepted: [], others: ['"a"'] },
  mixed: {
    schema: { enum: ['a', 1, 12, 1.5, null, true] },
    accepted: ['"a"', '1', '12', '1.5', 'null', 'true'],
    others: ['123', '1.0', '2', 'false', '"1"', '"a"1'],
  },
  wholeCodes: { schema: { type: 'integer', enum: [1, 2.5, 3] }, accepted: ['1', '3'], others: ['2.5', '2', '"1"'] },
  listCode: { schema: { const: ['a'] }, accepted: [], others: ['["a"]', '[]'] },
  whole: {
    schema: { type: 'integer', minimum: -5, exclusiveMaximum: 1000 },
    accepted: ['0', '-5', '999', '7'],
    others: ['-6', '1000', '1.5', '99999999999999999999', ...noNumbers],
  },
  anyWhole: {
    schema: { type: 'integer' },
    accepted: ['123456789012345', '-123456789012345', '0'],
    others: ['9007199254740993', '1234567890123456', '1.5', 'null', ...noNumbers],
  },
  decimal: {
    schema: { type: 'number', exclusiveMinimum: 0.1, maximum: 0.3 },
    accepted: ['0.3', '0.2', '0.10000000000001'],
    others: ['0.1', '0.30000000000001', '-0.2', '1', '0.30', ...noNumbers],
  },
  anyDecimal: {
    schema: { type: 'number' },
    accepted: ['0', '-0.5', '1.5', '0.00001', '123456789012345', '1234567.12345678'],
    others: ['0.0000001', '1e21', '0.1234567890123456', ...noNumbers],
  },
  multiple: { schema: { type: 'number', multipleOf: 0.01 }, accepted: [], others: ['0.01', '0.015'] },
  truth: { schema: { type: 'boolean' }, accepted: ['true', 'false'], others: ['null', '1', '"true"', 'tru', 'truee'] },
  nothing: { schema: { type: 'null' }, accepted: [], others: ['null', '1'] },
  perhaps: { schema: { type: ['string', 'null'], maxLength: 2 }, accepted: ['null', '"a"'], others: ['"abc"', '1'] },
  perhapsCode: {
    schema: { type: ['string', 'null'], enum: ['a', 'b'] },
    accepted: ['"a"'],
    others: ['null', '"c"'],
  },
  either: { schema: { type: ['string', 'integer'] }, accepted: [], others: ['"a"', '1', 'true'] },
  list: {
    schema: { type: 'array', items: { type: 'integer' }, minItems: 1, maxItems: 3 },
    accepted: ['[1]', '[1,2,3]'],
    others: ['[]', '[1,2,3,4]', '[1,]', '[,1]', '[1 ,2]', '[1', '1]', '[[1]]', '["a"]', '1', '[1,2', '[1;2]'],
  },
  distinct: {
    schema: { type: 'array', items: { type: ['string', 'null'] }, uniqueItems: true },
    accepted: ['[]', '["a"]', '["a","b","",null]'],
    others: ['["a","a"]', '["a","b","a"]', '[null,null]', '["a","\\u0061"]', `[${'"a",'.repeat(30)}"b"]`],
  },
  anything: { schema: { type: 'array' }, accepted: ['[]'], others: ['[1]', '[[],{}]', '{}'] },
  tuple: { schema: { type: 'array', prefixItems: [{ type: 'string' }] }, accepted: [], others: ['["a"]', '[1]', '[]'] },
  group: {
    schema: {
      type: 'object',
      properties: { a: { type: 'integer' }, b: text, c: { type: 'boolean' } },
      required: ['b'],
      additionalProperties: false,
    },
    accepted: ['{"a":1,"b":""}', '{"b":""}', '{"b":"x","c":true}', '{"a":1,"b":"","c":false}'],
    others: [
      '{}',
      '{"a":1}',
      '{"b":"","a":1}',
      '{"b":"","b":""}',
      '{"b":"","d":1}',
      '{"1":1,"b":""}',
      '{"b":"","1":1}',
      '{"a":1.5,"b":""}',
      '{"a":1"b":""}',
      '{"a":1;"b":""}',
      '{,"b":""}',
      '{"b":"",}',
      '{"b":""',
      '{"b" :""}',
      '{"\\u0062":""}',
      '[]',
      'null',
    ],
  },
  numbered: {
    schema: { type: 'object', properties: { b: text, '1': { type: 'integer' } } },
    accepted: [],
    others: ['{"b":"","1":1}', '{"1":1,"b":""}'],
  },
  open: {
    schema: { type: 'object', properties: { a: { type: 'integer' } } },
    accepted: ['{}', '{"a":1}'],
    others: ['{"b":[1]}', '{"a":1,"b":{}}', '{"b":1,"a":1}', '{"a":"1"}', '{"__proto__":1}'],
  },
  few: {
    schema: { type: 'object', properties: { a: { type: 'integer' } }, minProperties: 1 },
    accepted: [],
    others: ['{}', '{"a":1}'],
  },
  groups: {
    schema: {
      type: 'array',
      items: { type: 'object', properties: { at: { type: 'string', 'x-references': 'others' } }, required: ['at'] },
    },
    accepted: ['[{"at":"oslo"}]', '[{"at":"oslo"},{"at":"nowhere"}]', '[{"at":"\\""}]'],
    others: ['[{"at":"Oslo"},{}]', '[{"at":1}]'],
  },
  referring: {
    schema: { $ref: '#/$defs/id', 'x-references': 'others' },
    accepted: ['"oslo"', '"lost"'],
    others: ['"A"'],
  },
  own: {
    schema: { type: 'string', 'x-references': 'things' },
    accepted: ['"t100"', '"none"', '"t105"'],
    others: ['1'],
  },
  both: {
    schema: { type: 'string', 'x-references': ['things', 'others'] },
    accepted: ['"oslo"', '"t101"', '"no"'],
    others: ['1'],
  },
  narrowed: { schema: { $ref: '#/$defs/id', minLength: 2 }, accepted: ['"abcdef"'], others: ['"a"', '"A"', '"A-b"'] },
  overlapping: { schema: { $ref: '#/$defs/id', maxLength: 2 }, accepted: [], others: ['"a"', '"abc"'] },
  closedFrom: {
    schema: { $ref: '#/$defs/point', additionalProperties: false },
    accepted: [],
    others: ['{"x":1}', '{}', '{"y":1}'],
  },
  closedBelow: {
    schema: { $ref: '#/$defs/closed', properties: { x: { type: 'integer' } } },
    accepted: [],
    others: ['{"x":1}', '{}', '{"y":1}'],
  },
  unevaluatedBelow: {
    schema: { $ref: '#/$defs/unevaluated', properties: { x: { type: 'integer' } } },
    accepted: [],
    others: ['{"x":1}', '{}', '{"y":1}'],
  },
  unevaluatedFrom: {
    schema: { $ref: '#/$defs/point', unevaluatedProperties: false },
    accepted: ['{"x":1}', '{}'],
    others: ['{"y":1}', '{"x":"a"}'],
  },
  chained: { schema: { $ref: '#/$defs/first' }, accepted: ['"abc"'], others: ['"A"', '1'] },
  farChained: { schema: { $ref: '#/$defs/zeroth' }, accepted: [], others: ['"abc"', '"A"', '1'] },
  recursive: {
    schema: { $ref: '#/$defs/tree' },
    accepted: ['{"name":"a","below":[{"name":"b","below":[]}]}', '{"below":[{}]}', deep(99)],
    others: ['{"name":1}', '{"below":[{"name":1}]}', deep(100)],
  },
  all: { schema: { allOf: [{ type: 'string' }, { minLength: 2 }] }, accepted: [], others: ['"ab"', '"a"', '1'] },
  any: { schema: { anyOf: [{ type: 'string' }, { type: 'integer' }] }, accepted: [], others: ['"ab"', '1', 'true'] },
  not: { schema: { type: 'string', not: { const: 'a' } }, accepted: [], others: ['"a"', '"b"'] },
  bounded: { schema: { type: 'integer', 'x-at-most': '/whole' }, accepted: [], others: ['1', '900'] },
  withdrawn: {
    schema: {
      type: 'object',
      properties: { date: { type: 'string', format: 'date' }, reason: { type: 'string' } },
      required: ['date', 'reason'],
      'x-withdrawal': true,
    },
    accepted: [],
    others: ['{"date":"2022-02-24","reason":"twice"}', '{"date":"2022-02-24"}', '{}'],
  },
  true: { schema: true, accepted: [], others: ['1', '{"a":[]}'] },
  untyped: { schema: { minLength: 1 }, accepted: [], others: ['1', '""', '"a"'] },
  'é "\\': { schema: { type: 'integer' }, accepted: ['1'], others: ['"a"'] },
  $schema: { schema: { type: 'string' }, accepted: [], others: ['"things.schema.json"', '"others.schema.json"', '1'] },
};

const folder = lastingFolder();
const lines = path.join(folder, 'raw/things/all.ndjson');
const whole = path.join(folder, 'raw/things/whole.json');

beforeAll(() => {
  writeFiles(folder, {
    'schema/dataset.json': { name: 'kinds', version: '1.0.0' },
    'schema/others.schema.json': { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] },
    'schema/things.schema.json': {
      type: 'object',
      properties: {
        id: { type: 'string', minLength: 1 },
        ...Object.fromEntries(Object.entries(kinds).map(([key, { schema }]) => [key, schema])),
      },
      required: ['id'],
      $defs: {
        id: { type: 'string', pattern: '^[a-z]+$', maxLength: 10 },
        point: { type: 'object', properties: { x: { type: 'integer' } } },
        closed: { type: 'object', additionalProperties: false },
        unevaluated: { type: 'object', unevaluatedProperties: false },
        zeroth: { $ref: '#/$defs/first' },
        first: { $ref: '#/$defs/second' },
        second: { $ref: '#/$defs/id' },
        tree: {
          type: 'object',
          properties: { name: { type: 'string' }, below: { type: 'array', items: { $ref: '#/$defs/tree' } } },
        },
      },
    },
    'raw/others/oslo.json': { id: 'oslo' },
    'raw/things/all.ndjson': '',
    'raw/things/whole.json': { id: 'whole' },
  });
});

function bytesOf(written: string): Buffer {
  const pieces = written.split(notUtf8).map((piece) => Buffer.from(piece));
  return Buffer.concat(pieces.flatMap((piece, i) => (i === 0 ? [piece] : [Buffer.from([0xff]), piece])));
}

/** A project with texts in the place of the file of lines, and of the file with one record. */
function projectWith(ofLines: string, ofWhole = '{\n  "id": "whole"\n}\n'): Project {
  const texts = [
    [lines, bytesOf(ofLines)],
    [whole, bytesOf(ofWhole)],
  ] as const;
  return openProject(withFiles(nodeFileSystem(), new Map(texts)), projectAt(folder, []).options);
}

interface Outcome {
  readonly problems: readonly Problem[];
  readonly counts: object;
}

/** What is found in texts, and of how many records the values have been made, in lines and in files. */
interface Found extends Outcome {
  readonly lines: number;
  readonly files: number;
}

/** Texts without their bytes: the rules check all of them. */
function* withoutBytes(inputs: Iterable<Input>): Generator<Input> {
  for (const input of inputs) yield 'text' in input ? { ...input, utf8: undefined } : input;
}

/** @param divided how records are divided, or `rules` if only the rules check them */
function outcomeOf(project: Project, divided: Division | 'rules' | undefined): Found {
  const problems: Problem[] = [];
  const made = { lines: 0, files: 0 };
  const report = (problem: Problem): void => void problems.push(problem);
  const options = { ...project.validation, report };
  const references = referencesOf(options);
  const order = ['others', 'things'];
  const division = divided === 'rules' ? undefined : divided;
  const inputs = recordsInParts(project, { tick: () => {}, order, references }, division);
  const run = checking<Input>(divided === 'rules' ? withoutBytes(inputs) : inputs, {
    ...options,
    references,
    valuesUnused: true,
  });
  for (const record of run.records) {
    if (record !== undefined && !isPart(record)) made[record.file.holds === 'lines' ? 'lines' : 'files']++;
  }
  return { problems, counts: run.summary(), ...made };
}

/** Of each four parts, another thread takes so many. */
function inParts(partBytes: number, others: number): Division {
  // the schemas are those of all runs
  const start = (setup: PartsSetup): Pool => poolHere((checker ??= partChecker(setup)), (task) => task % 4 < others);
  return { threads: 2, partBytes, isLarge: () => true, start };
}

let checker: PartChecker | undefined;

function lineOf(id: string, members: readonly string[]): string {
  return `{${[`"id":${JSON.stringify(id)}`, ...members].join(',')}}`;
}

function memberOf(key: string, value: string): string {
  return `${JSON.stringify(key)}:${value}`;
}

test.each(Object.entries(kinds))('%s: which values are accepted by their bytes', (key, { accepted, others }) => {
  const project = projectWith('');
  const type = project.types.find(({ name }) => name === 'things');
  const bytes = type === undefined ? undefined : bytesOfTable(type, project.validation);
  const isTaken = (written: string, form: Layout): boolean =>
    bytes?.(form)?.check(Buffer.from(written), 0, () => true) === Buffer.byteLength(written);
  const values = [...accepted, ...others];
  expect(values.filter((value) => isTaken(lineOf('t', [memberOf(key, value)]), 'line'))).toEqual(accepted);
  for (const value of accepted) {
    const printed = print(JSON.parse(lineOf('t', [memberOf(key, value)])) as Json, 'file').trimEnd();
    expect(isTaken(printed, 'file'), printed).toBe(true);
  }
});

function membersOf(which: 'accepted' | 'others'): readonly string[] {
  return Object.entries(kinds).flatMap(([key, kind]) => kind[which].map((value) => memberOf(key, value)));
}

function linesOf(members: readonly string[]): string {
  return members.map((member, n) => `${lineOf(`t${1000 + n}`, [member])}\n`).join('');
}

test('few small parts are made of lines if every second one is left to the rules', () => {
  const project = projectWith('');
  const type = project.types.find(({ name }) => name === 'things');
  const file = project.files.find(({ table }) => table === 'things');
  const partsOf = type === undefined ? undefined : partsOfLines(type, project.validation, () => true);
  if (file === undefined || partsOf === undefined) throw new Error('no parts are made');
  const bytes = Buffer.from(
    linesOf(Array.from({ length: 4000 }, (_, n) => memberOf('truth', n % 2 === 0 ? 'true' : '0'))),
  );
  const inputs = [...partsOf({ file, bytes, linesBefore: 0, after: undefined })];
  const parts = inputs.filter((input) => 'ids' in input);
  expect(parts.length).toBeLessThan(10);
  expect(inputs.length).toBeGreaterThan(3900);
  // the next lines are probably like these
  expect([...partsOf({ file, bytes, linesBefore: 4000, after: undefined })].some((input) => 'ids' in input)).toBe(
    false,
  );
});

test('values of all kinds give by their bytes the problems that they give one by one', () => {
  const accepted = membersOf('accepted');
  const others = [...membersOf('others'), memberOf('plain', `"${notUtf8}"`)];
  const mixed = Object.entries(kinds).flatMap(([key, kind]) =>
    [...kind.accepted, ...kind.others].map((value) => memberOf(key, value)),
  );
  // among many others, few are looked at
  const cases = [
    { members: [...accepted, ...others], least: 0.9 * accepted.length },
    { members: mixed, least: 0 },
  ];
  for (const { members, least } of cases) {
    const project = projectWith(linesOf(members));
    const { problems, counts, lines: valid } = outcomeOf(project, 'rules');
    for (const how of [undefined, inParts(2000, 0), inParts(2000, 2)]) {
      const found = outcomeOf(project, how);
      expect(found).toMatchObject({ problems, counts });
      expect(valid - found.lines).toBeGreaterThan(least);
    }
  }
});

const keys = Object.keys(kinds);
const edit = fc.record({
  at: fc.nat(),
  cut: fc.nat(2),
  put: fc.constantFrom(
    '',
    '',
    '"',
    ',',
    ':',
    ' ',
    '{',
    '}',
    '[',
    ']',
    '0',
    '-',
    '.',
    '\\',
    '\r',
    '\n',
    'é',
    '\u200b',
    notUtf8,
    'a',
  ),
});

/** Members in the order of the schema, with good values for the most part, or in any order with any values. */
const members = fc
  .array(fc.tuple(fc.nat(keys.length - 1), fc.nat(), fc.nat(40), fc.nat(40)), { maxLength: 6 })
  .map((some) => {
    const ordered = some.some(([, , , luck]) => luck === 0) ? some : some.toSorted(([a], [b]) => a - b);
    return ordered.flatMap(([n, which, luck], i) => {
      const key = keys[n] ?? '';
      const { accepted = [], others = [] } = kinds[key] ?? {};
      const values = luck > 0 ? accepted : others;
      const isWanted = values.length > 0 && (luck === 1 || ordered[i - 1]?.[0] !== n);
      return isWanted ? [memberOf(key, values[which % values.length] ?? '')] : [];
    });
  });

interface Edit {
  readonly at: number;
  readonly cut: number;
  readonly put: string;
}

const edits = fc.oneof(
  { weight: 3, arbitrary: fc.constant<readonly Edit[]>([]) },
  { weight: 1, arbitrary: fc.array(edit, { minLength: 1, maxLength: 3 }) },
);

function edited(written: string, some: readonly Edit[]): string {
  let result = written;
  for (const { at, cut, put } of some) {
    const start = at % (result.length + 1);
    result = result.slice(0, start) + put + result.slice(start + cut);
  }
  return result;
}

const oneLine = fc.tuple(members, edits, fc.nat(12)).map(([some, changes, jump]) => (n: number): string => {
  const id = jump === 0 ? `t${100 + (n % 7)}` : jump === 1 ? `T${100 + n}` : `t${100 + n}`;
  return edited(lineOf(id, some), changes);
});

/** A record as it is printed in a file, if it can be printed at all. */
function fileOf(line: string): string {
  try {
    return print(JSON.parse(line) as Json, 'file');
  } catch {
    return line;
  }
}

const oneFile = fc
  .tuple(fc.constantFrom('whole', 'whole', 'whole', 'Whole', 't100', 'other'), members, edits)
  .map(([id, some, changes]) => edited(fileOf(lineOf(id, some)), changes));

test('the bytes of lines and files give the problems that the rules give', () => {
  const totals = { lines: 0, files: 0, problems: 0 };
  fc.assert(
    fc.property(
      fc.array(oneLine, { maxLength: 40, size: 'max' }),
      fc.constantFrom('', '\n'),
      oneFile,
      fc.integer({ min: 60, max: 3000 }),
      fc.nat(4),
      (some, end, ofWhole, partBytes, others) => {
        const project = projectWith(some.map((make, n) => make(n)).join('\n') + end, ofWhole);
        const { problems, counts, ...made } = outcomeOf(project, 'rules');
        totals.problems += problems.length;
        for (const how of [undefined, inParts(partBytes, others)]) {
          const found = outcomeOf(project, how);
          expect({ problems: found.problems, counts: found.counts }).toEqual({ problems, counts });
          totals.lines += made.lines - found.lines;
          totals.files += made.files - found.files;
        }
      },
    ),
    { numRuns: Number(process.env['RUNS'] ?? 100) },
  );
  expect(Math.min(totals.lines, totals.problems)).toBeGreaterThan(500);
  expect(totals.files).toBeGreaterThan(80);
});
