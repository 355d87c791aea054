import path from 'node:path';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { type Compilation, type PlacedRecord, compile } from '../../scripts/compile/compile.ts';
import type { Batch } from '../../scripts/compile/model.ts';
import { nodeFileSystem } from '../../scripts/disk/fileSystem.ts';
import type { Json } from '../../scripts/json/json.ts';
import { type Project, compileOptions } from '../../scripts/project/openProject.ts';
import type { PartOfFile } from '../../scripts/verbs/threads/recordsInParts.ts';
import { partsByBytes } from '../../scripts/verbs/threads/partsByBytes.ts';
import { type PrintedBatch, isPrinted, printBatch } from '../../scripts/write/printedRows.ts';
import { type Written, csvWriter } from '../../scripts/write/tables.ts';
import { projectAt } from '../support/projectAt.ts';
import { lastingFolder, writeFiles } from '../support/run.ts';

const folder = lastingFolder();

const text = { type: 'string' };
const part = {
  type: 'object',
  properties: {
    name: text,
    sizes: { type: 'array', items: { type: 'integer' } },
    made: { type: 'string', format: 'date' },
  },
  required: ['name'],
  additionalProperties: false,
};
const place = {
  type: 'object',
  properties: { street: text, height: { type: 'number' }, rooms: { type: 'array', items: text } },
  additionalProperties: false,
};
const properties = {
  note: text,
  id: text,
  count: { type: 'integer' },
  share: { type: 'number' },
  open: { type: 'boolean' },
  day: { type: 'string', format: 'date' },
  moment: { type: 'string', format: 'date-time' },
  about: { type: 'string', format: 'edtf' },
  kind: { type: 'string', enum: ['a', 'b, c'] },
  parts: { type: 'array', items: part },
  words: { type: 'array', items: text, minItems: 1 },
  perhaps: { type: ['string', 'null'] },
  empty: { type: ['integer', 'null'] },
  place,
  site: place,
  rows: { type: 'array', items: { type: 'array', items: { type: 'number' } } },
};

beforeAll(() => {
  writeFiles(folder, {
    'schema/things.schema.json': {
      type: 'object',
      properties,
      required: ['id', 'parts', 'empty', 'site'],
      additionalProperties: false,
    },
    'raw/things/all.ndjson': '',
  });
});

const long = 'é'.repeat(2500);
const texts = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.string({ unit: fc.constantFrom('a', 'é', ',', ' ', '"', '\\', '\n', '\t', '\u00A0', '𝄞', '+') }),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom('', ' ', 'plain', 'a, b', '\u3000a', 'a\u2003', '1e+5', 'null', '\r\n', 'ж'),
  },
  { weight: 1, arbitrary: fc.constantFrom(long, 'a'.repeat(4096), `${'a'.repeat(4096)}"`, 'a'.repeat(70)) },
);
const numbers = fc.oneof(
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(0.5, -2.25),
);
const days = fc.constantFrom('2022-02-24', '0001-01-01', '9999-12-31', '2024-02-29');
const parts = fc.record(
  { name: texts, sizes: fc.array(fc.integer(), { maxLength: 3 }), made: days },
  { requiredKeys: ['name'] },
);
const places: fc.Arbitrary<Json> = fc.oneof(
  fc.constant({}),
  fc.record({ street: texts, height: numbers, rooms: fc.array(texts, { maxLength: 2 }) }, { requiredKeys: [] }),
);
/** Most have only what makes rows from bytes; the others leave the rest to the values. */
const usual = {
  id: fc.constant(''),
  note: texts,
  count: fc.integer(),
  share: numbers,
  open: fc.boolean(),
  day: days,
  kind: fc.constantFrom('a', 'b, c'),
  parts: fc.array(parts, { maxLength: 3 }),
  words: fc.array(texts, { minLength: 1, maxLength: 3 }),
  empty: fc.option(fc.integer()),
  site: places,
};
const seldom = {
  moment: fc.constant('2022-02-24T05:00:00+02:00'),
  about: fc.constantFrom('2022-02~', '2022?'),
  perhaps: fc.option(texts),
  place: places,
  rows: fc.array(fc.array(numbers, { maxLength: 3 }), { maxLength: 2 }),
};
const requiredKeys = ['id', 'parts', 'empty', 'site'] as const;
const most = fc.record(usual, { requiredKeys: [...requiredKeys] });
const things = fc.oneof(
  { weight: 2, arbitrary: most },
  {
    weight: 1,
    arbitrary: fc
      .tuple(most, fc.record(seldom), fc.constantFrom(...Object.keys(seldom)))
      .map(([thing, others, key]) => ({
        ...thing,
        [key]: new Map<string, Json>(Object.entries(others)).get(key) ?? null,
      })),
  },
);

/** A record in canonical order. */
function ordered(thing: Readonly<Record<string, Json>>, id: string): Json {
  const members = new Map<string, Json>(Object.entries({ ...thing, id }));
  return Object.fromEntries(
    Object.keys(properties).flatMap((key) => {
      const value = members.get(key);
      return value === undefined ? [] : [[key, value]];
    }),
  );
}

interface Outcome {
  readonly texts: ReadonlyMap<string, string>;
  readonly written: ReadonlyMap<string, Pick<Written, 'rows' | 'bytes' | 'digest'>>;
}

/** What is written of batches. @throws if a line is longer than what is said of it */
function outcomeOf(compilation: Compilation, batches: Iterable<PrintedBatch>): Outcome {
  const files = new Map<string, string>();
  const add = (at: string, bytes: string | Uint8Array): void =>
    void files.set(path.basename(at), (files.get(path.basename(at)) ?? '') + Buffer.from(bytes).toString());
  const writer = csvWriter({ ...nodeFileSystem(), write: add, append: add }, folder, compilation.tables);
  for (const batch of batches) writer.take(batch);
  const written = new Map(
    [...writer.end()].map(([name, { rows, bytes, digest, longestLine }]) => {
      const records = files.get(`${name}.csv`)?.split(/(?<=\n)(?=things-)/) ?? [];
      for (const record of records.slice(1)) expect(Buffer.byteLength(record)).toBeLessThanOrEqual(longestLine);
      return [name, { rows, bytes, digest }];
    }),
  );
  return { texts: files, written };
}

function printed(batch: Batch | PrintedBatch): PrintedBatch {
  return isPrinted(batch) ? batch : printBatch(batch);
}

/** The records of lines, those that were compiled by their bytes in parts. */
function* byTheirBytes(
  project: Project,
  compilation: Compilation,
  lines: Buffer,
): Generator<PlacedRecord | PartOfFile> {
  const [type] = project.types;
  const [file] = project.files;
  const partsOf = partsByBytes(project.validation, () => true, compilation)('things');
  if (type === undefined || file === undefined || partsOf === undefined) throw new Error('no rows are made of bytes');
  for (const input of partsOf({ file, bytes: lines, linesBefore: 0, after: undefined })) {
    if ('ids' in input) yield input;
    else if ('text' in input) yield { type, value: JSON.parse(input.text), file: file.name, index: 0 };
  }
}

test('rows of bytes are those of the values', () => {
  const project = projectAt(folder, []);
  const [type] = project.types;
  if (type === undefined) throw new Error('no type');
  const compilation = compile(project.types, compileOptions(project));
  let [all, byBytes] = [0, 0];
  const check = (records: readonly Readonly<Record<string, Json>>[]): void => {
    const values = records.map((record, n) => ordered(record, `things-${10_000 + n}`));
    const lines = Buffer.from(values.map((value) => `${JSON.stringify(value)}\n`).join(''));
    const one = values.map((value, index) => ({ type, value, file: 'all.ndjson', index }));
    const inputs = [...byTheirBytes(project, compilation, lines)];
    all += records.length;
    for (const input of inputs) if ('ids' in input) byBytes += input.ids.length;
    const found = compilation.rows(inputs, () => undefined);
    const wanted = compilation.rows(one, () => undefined);
    expect(outcomeOf(compilation, Array.from(found, printed))).toEqual(
      outcomeOf(compilation, Array.from(wanted, printed)),
    );
  };
  fc.assert(fc.property(fc.array(things, { maxLength: 300, size: 'medium' }), check), { numRuns: 60 });
  // more than what is printed into at first
  const small = fc.constant({ id: '', parts: [{ name: '', sizes: [0] }], empty: 1, site: { street: '' } });
  fc.assert(fc.property(fc.array(small, { minLength: 9000, maxLength: 9000, size: 'max' }), check), { numRuns: 1 });
  // numbers with exponents and moments are left to the values
  expect(byBytes / all).toBeGreaterThan(0.2);
});
