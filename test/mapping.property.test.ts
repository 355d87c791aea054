import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compile } from '../scripts/lib/compile/compile.ts';
import type { Cell } from '../scripts/lib/compile/model.ts';
import { decodeRecord, emitRecord } from '../scripts/lib/compile/rows.ts';
import type { RecordPlan } from '../scripts/lib/compile/plan.ts';
import type { JsonObject } from '../scripts/lib/json/json.ts';
import { linkSchemas } from '../scripts/lib/schema/schemaSet.ts';
import { recordTypes } from '../scripts/lib/schema/tables.ts';
import { groupBy } from '../scripts/lib/text.ts';
import { sha256 } from './fixture.ts';

type Schema = boolean | { readonly [key: string]: unknown };

const names = fc.constantFrom('a', 'b', 'c', 'a_b', 'A', 'value', 'key', 'id', '_rest', 'x y', 'constructor');
const scalarSchema: fc.Arbitrary<Schema> = fc.oneof(
  fc.constantFrom<Schema>(
    { type: 'string' },
    { type: 'integer' },
    { type: 'number' },
    { type: 'boolean' },
    { type: 'null' },
    { type: ['string', 'null'] },
    { type: ['string', 'boolean', 'integer'] },
    { type: 'string', format: 'date' },
    { type: 'string', format: 'date-time' },
    { enum: ['x', 'y', null] },
    { const: 'x' },
    { enum: [1, 'x', true] },
    {},
    true,
    { type: 'object' },
    { type: 'array' },
  ),
);

/** Schemas with everything that the mapping has a rule for; `$ref`s lead to three definitions, so that some are recursive. */
const { schema: anySchema } = fc.letrec<{ schema: Schema; object: Schema }>((tie) => ({
  object: fc
    .record({
      properties: fc.dictionary(names, tie('schema'), { maxKeys: 4 }),
      required: fc.uniqueArray(names, { maxLength: 2 }),
      additional: fc.oneof(fc.constant(undefined), fc.constant(false), tie('schema')),
      typed: fc.boolean(),
      pattern: fc.option(tie('schema'), { freq: 5 }),
    })
    .map(({ properties, required, additional, typed, pattern }) => ({
      ...(typed ? { type: 'object' } : {}),
      properties,
      required: required.filter((name) => Object.hasOwn(properties, name)),
      ...(additional === undefined ? {} : { additionalProperties: additional }),
      ...(pattern === null ? {} : { patternProperties: { '^[m-z]': pattern } }),
    })),
  schema: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    scalarSchema,
    tie('object'),
    tie('schema').map((items) => ({ type: 'array', items })),
    tie('schema').map((items) => ({ type: ['array', 'string'], items })),
    fc.tuple(tie('schema'), tie('schema')).map(([a, b]) => ({ type: 'array', prefixItems: [a], items: b })),
    fc.tuple(tie('schema'), tie('schema')).map((anyOf) => ({ anyOf })),
    fc.tuple(tie('object'), tie('object')).map((allOf) => ({ allOf })),
    fc.tuple(tie('object'), tie('object')).map(([a, b]) => ({ if: a, then: b })),
    tie('schema').map((s) => (typeof s === 'boolean' ? s : { ...s, type: ['object', 'string', 'null'] })),
    fc.constantFrom('one', 'two', 'three').map((name) => ({ $ref: `#/$defs/${name}` })),
  ),
}));

const json = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    fc.constantFrom<unknown>(
      null,
      true,
      false,
      0,
      1,
      -7,
      2.5,
      'x',
      'y',
      '',
      'null',
      '2022-02-28',
      '2022-02-28T12:00:00Z',
      '2022-02-28T12:00:00.50+01:00',
    ),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.oneof(names, fc.constantFrom('m', 'n/o', '~', '', '$schema2')), tie('value'), { maxKeys: 4 }),
  ),
})).value;

/** An instance that is likely, but not certain, to be valid: it follows the schema where that tells what to do. */
function instance(schema: Schema, defs: Readonly<Record<string, Schema>>, depth = 0): fc.Arbitrary<unknown> {
  if (typeof schema === 'boolean' || depth > 6) return depth > 6 ? fc.constantFrom(null, 'x') : json;
  const at = (s: unknown): fc.Arbitrary<unknown> => instance(s as Schema, defs, depth + 1);
  if (typeof schema['$ref'] === 'string') return at(defs[schema['$ref'].slice('#/$defs/'.length)]);
  if (Array.isArray(schema['enum'])) return fc.constantFrom(...(schema['enum'] as unknown[]));
  if ('const' in schema) return fc.constant(schema['const']);
  if (Array.isArray(schema['anyOf'])) return fc.oneof(...schema['anyOf'].map(at));
  if (Array.isArray(schema['allOf'])) return fc.tuple(...schema['allOf'].map(at)).map((parts) => merge(parts));
  if ('then' in schema) return fc.tuple(at(schema['if']), at(schema['then'])).map((parts) => merge(parts));
  const options: fc.Arbitrary<unknown>[] = [];
  const types = [schema['type'] ?? []].flat() as string[];
  if ('properties' in schema) options.push(objectInstance(schema, at));
  if ('items' in schema) options.push(fc.array(at(schema['items']), { maxLength: 3 }));
  if (types.includes('string'))
    options.push(
      fc.constantFrom(
        ...(typeof schema['format'] === 'string'
          ? ['2022-02-28', '2022-02-28T12:00:00Z', '2022-02-28T12:00:00.120+01:00', 'soon']
          : ['x', '', 'é "q"', 'null', '-1']),
      ),
    );
  if (types.includes('integer') || types.includes('number')) options.push(fc.constantFrom(0, 1, -3, 1e300));
  if (types.includes('number'))
    options.push(fc.double({ noNaN: true, noDefaultInfinity: true }).filter((n) => !Object.is(n, -0)));
  if (types.includes('boolean')) options.push(fc.boolean());
  if (types.includes('null')) options.push(fc.constant(null));
  return options.length === 0 ? json : fc.oneof(...options);
}

function objectInstance(
  schema: Exclude<Schema, boolean>,
  at: (s: unknown) => fc.Arbitrary<unknown>,
): fc.Arbitrary<unknown> {
  const properties = Object.fromEntries(Object.entries(schema['properties'] ?? {}).map(([name, s]) => [name, at(s)]));
  const more =
    schema['additionalProperties'] === false
      ? fc.constant({})
      : fc.dictionary(
          fc.constantFrom('k', 'l', 'm', '~/'),
          'additionalProperties' in schema ? at(schema['additionalProperties']) : json,
          { maxKeys: 2 },
        );
  return fc
    .tuple(more, fc.record(properties, { requiredKeys: schema['required'] as string[] }))
    .map((parts) => merge(parts));
}

function merge(parts: readonly unknown[]): unknown {
  return parts.every((p) => typeof p === 'object' && p !== null && !Array.isArray(p))
    ? Object.assign({}, ...parts)
    : parts[0];
}

/** Emits a record, and decodes it from its rows as a reader would find them. */
function roundTrip(plan: RecordPlan, record: JsonObject): JsonObject {
  const rows = new Map<string, Cell[][]>();
  emitRecord(plan, record, ['f.json', 0], (to, row) => {
    rows.set(to.table.name, [...(rows.get(to.table.name) ?? []), row]);
  });
  const [root = []] = rows.get(plan.root.table.name) ?? [];
  return decodeRecord(
    plan,
    root,
    (child, keys) =>
      groupBy(rows.get(child.table.name) ?? [], (row) => JSON.stringify(row.slice(0, child.keys - 1))).get(
        JSON.stringify(keys),
      ) ?? [],
  );
}

function planOf(schema: Schema, defs: Readonly<Record<string, Schema>>): RecordPlan {
  const root = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    type: 'object',
    properties: { it: schema, and: schema },
    $defs: defs,
  };
  const schemas = linkSchemas(
    [{ name: 'things.json', shown: 'things.json', schema: JSON.parse(JSON.stringify(root)) }],
    false,
  );
  const types = recordTypes(schemas, [{ name: 'things', file: 'things.json', pointer: '', key: undefined }]);
  const plan = compile(types, { own: false, enforced: false, digest: sha256 }).plans.get('things');
  if (plan === undefined) throw new Error('no plan');
  return plan;
}

const ajv = (): Ajv2020 => new Ajv2020({ strict: false, ownProperties: true, logger: false, validateFormats: false });

test('a record of any schema comes back from its rows', () => {
  let tried = 0;
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
      const plan = planOf(schema, defs);
      let valid: (value: unknown) => unknown;
      // a definition that is just itself has no end for any validator
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
      for (const value of values.filter((v) => isValid(v))) {
        tried++;
        const record = { it: JSON.parse(JSON.stringify(value)) };
        expect(roundTrip(plan, record)).toEqual(record);
        expect(roundTrip(plan, {})).toEqual({});
      }
    }),
    {
      numRuns: Number(process.env['RUNS'] ?? 300),
      interruptAfterTimeLimit: Number(process.env['SECONDS_AT_MOST'] ?? 12) * 1000,
      endOnFailure: process.env['RUNS'] === undefined,
    },
  );
  expect(tried).toBeGreaterThan(50);
});
