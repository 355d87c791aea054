import fc from 'fast-check';

/** A JSON Schema. */
export type Schema = boolean | { readonly [key: string]: unknown };

const names = fc.constantFrom('a', 'b', 'c', 'a_b', 'A', 'value', 'key', 'id', '_rest', 'x y', 'constructor', '', '_');
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

/**
 * Schemas with everything that the mapping has a rule for. Their `$ref`s point to three definitions, so some are
 * recursive.
 */
export const { schema: anySchema } = fc.letrec<{ schema: Schema; object: Schema }>((tie) => ({
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

/** An instance that is likely, but not certain, to be valid: it follows the schema where possible. */
export function instance(schema: Schema, defs: Readonly<Record<string, Schema>>, depth = 0): fc.Arbitrary<unknown> {
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
