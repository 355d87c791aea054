import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compile } from '../../scripts/compile/compile.ts';
import { type CellsByName, decodeRecords, mappedTables } from '../../scripts/release/decode.ts';
import { mappingOf } from '../../scripts/compile/mapping.ts';
import { type Sink, emitRecord } from '../../scripts/compile/rows.ts';
import type { RecordPlan } from '../../scripts/compile/recordPlan.ts';
import type { Json, JsonObject } from '../../scripts/json/json.ts';
import { linkSchemas } from '../../scripts/schema/schemaSet.ts';
import { recordTypes } from '../../scripts/schema/recordTypes.ts';
import { type Schema, anySchema, instance } from '../support/anySchema.ts';
import { sha256 } from '../support/fixture.ts';

/** Emits a record, and decodes it from its rows as a reader of the release would: by the mapping alone. */
function roundTrip(plan: RecordPlan, record: Json): Json | undefined {
  const rows = new Map<string, CellsByName[]>();
  const sink: Sink = (to, row) => {
    const of = rows.get(to.table.name) ?? [];
    rows.set(to.table.name, of);
    // the row may still be filled
    of.push(
      Object.defineProperties(
        {},
        Object.fromEntries(to.table.columns.map((c, i) => [c.name, { get: () => row[i] ?? null, enumerable: true }])),
      ),
    );
  };
  emitRecord(plan, record, ['f.json', 0], { sink, tableOf: ([table]) => table });
  const mapping: unknown = JSON.parse(JSON.stringify(mappingOf([plan], new Set(rows.keys()))));
  return decodeRecords(mappedTables(mapping as JsonObject), 'things', (table) => rows.get(table) ?? [])[0];
}

const dialect = 'https://json-schema.org/draft/2020-12/schema';

/** The plan of records that have a value of the schema as a member, or that are one. */
function planOf(schema: Schema, defs: Readonly<Record<string, Schema>>, holds: 'member' | 'record'): RecordPlan {
  const itself = typeof schema === 'boolean' ? { allOf: [schema] } : schema;
  const member = { type: 'object', properties: { it: schema, and: schema } };
  const root = { $schema: dialect, ...(holds === 'member' ? member : itself), $defs: defs };
  const schemas = linkSchemas(
    [{ name: 'things.json', shown: 'things.json', schema: JSON.parse(JSON.stringify(root)) }],
    false,
  );
  const tables = ['things', 'others'].map((name) => ({ name, file: 'things.json', pointer: '', key: null }));
  const types = recordTypes(schemas, tables.slice(0, JSON.stringify(root).includes('x-references') ? 2 : 1));
  const plan = compile(types, { own: false, enforced: false, digest: sha256, recordsOf: () => [] }).plans.get('things');
  if (plan === undefined) throw new Error('no plan');
  return plan;
}

/** Undefined for a definition that is just itself: such schemas do not load. */
function planUnlessEndless(
  schema: Schema,
  defs: Readonly<Record<string, Schema>>,
  holds: 'member' | 'record',
): RecordPlan | undefined {
  try {
    return planOf(schema, defs, holds);
  } catch (error) {
    if (error instanceof Error && error.message.includes('refers back to itself')) return undefined;
    throw error;
  }
}

const ajv = (): Ajv2020 => new Ajv2020({ strict: false, ownProperties: true, logger: false, validateFormats: false });

test('a record of any schema can be rebuilt from its rows', () => {
  let [given, tried] = [0, 0];
  const law = fc
    .record({ schema: anySchema, one: anySchema, two: anySchema, three: anySchema })
    .chain(({ schema, ...defs }) =>
      fc.record({
        schema: fc.constant(schema),
        defs: fc.constant(defs),
        values: fc.array(instance(schema, defs), { minLength: 1, maxLength: 8 }),
      }),
    );
  fc.assert(
    fc.property(law, ({ schema, defs, values }) => {
      const plan = planUnlessEndless(schema, defs, 'member');
      const alone = planUnlessEndless(schema, defs, 'record');
      if (plan === undefined || alone === undefined) return;
      let valid: (value: unknown) => unknown;
      // a definition that is just itself never ends for any validator
      const isValid = (value: unknown): boolean => {
        try {
          return valid(value) === true;
        } catch {
          return false;
        }
      };
      try {
        valid = ajv().compile({ $defs: defs, ...(typeof schema === 'boolean' ? {} : schema) });
      } catch {
        return;
      }
      given += values.length;
      for (const value of values.filter((v) => isValid(v))) {
        tried++;
        const record = { it: JSON.parse(JSON.stringify(value)) };
        expect(roundTrip(plan, record)).toEqual(record);
        expect(roundTrip(plan, {})).toEqual({});
        expect(roundTrip(alone, record.it)).toEqual(record.it);
      }
    }),
    {
      numRuns: Number(process.env['RUNS'] ?? 300),
      interruptAfterTimeLimit: Number(process.env['SECONDS_AT_MOST'] ?? 6) * 1000,
      endOnFailure: process.env['RUNS'] === undefined,
    },
  );
  // a slow machine tries few values, but not a smaller part of them; of very few, chance decides
  expect(tried).toBeGreaterThan(given / 4 - 20);
});

const object = (properties: object, required: readonly string[] = []): Schema => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});
const texts = { type: 'array', items: { type: 'string' } };
const tree = object({ v: { type: 'string' }, kids: { type: 'object', additionalProperties: { $ref: '#/$defs/one' } } });
const open = {
  type: 'array',
  items: {
    properties: { a: { type: ['array', 'string'], items: { type: 'string' } } },
    required: ['a'],
    patternProperties: { '^[m-z]': { $ref: '#/$defs/open' } },
  },
};
const alternatives = {
  anyOf: [
    object({ l: texts }, ['l']),
    object({ n: { type: ['string', 'null'] } }, ['n']),
    object({ o: object({}) }, ['o']),
  ],
};

test.each<readonly [what: string, schema: Schema, value: Json]>([
  [
    'what is required and empty',
    object({ l: texts, o: object({ x: texts }), n: { type: ['string', 'null'] } }, ['l', 'o', 'n']),
    { l: [], o: {}, n: null },
  ],
  [
    'references to several tables, and what is none',
    object({ l: { type: 'array', items: { type: ['string', 'integer'], 'x-references': ['things', 'others'] } } }, [
      'l',
    ]),
    { l: ['a', 5, 'b'] },
  ],
  [
    'keys that look like positions',
    { $ref: '#/$defs/one' },
    { v: 'a', kids: { 0: { v: 'b', kids: { 1: { v: 'd' } } }, 1: { v: 'c' } } },
  ],
  ['keys with the signs of a pointer', { $ref: '#/$defs/one' }, { kids: { '~/': { kids: { '': {}, '/~1': {} } } } }],
  [
    'members without a name',
    {
      type: 'object',
      properties: { n: { type: 'string' } },
      additionalProperties: { type: 'object', additionalProperties: texts },
    },
    { n: '1', P: { z: ['x'], y: [] }, Q: {} },
  ],
  [
    'what no pattern of a map covers, where rows of the same shape are above it',
    { $ref: '#/$defs/open' },
    [{ a: ['x'], l: [['y'], { 'x y': { b: 1 } }], m: [{ a: 'z' }] }],
  ],
  ['an empty list that one alternative requires', alternatives, { l: [] }],
  ['null that one alternative requires', alternatives, { n: null }],
  ['an empty object that one alternative requires', alternatives, { o: {} }],
])('%s: the mapping rebuilds it', (_, schema, value) => {
  const plan = planOf(schema, { one: tree, open }, 'member');
  expect(roundTrip(plan, { it: value, and: value })).toEqual({ it: value, and: value });
});
