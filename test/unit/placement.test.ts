import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { dataset, here, schemas } from '../support/fixture.ts';
import { projectAt } from '../support/projectAt.ts';

const ships = schemas['schema/ships.schema.json'] as { readonly properties: object };
const ports = schemas['schema/ports.schema.json'] as { readonly properties: object };
const asTable = { 'x-key': 'id', 'x-authority': true, 'x-distinct': ['/name'] };

/** Opens a dataset whose ships have a further field. */
function withField(schema: object, more: Readonly<Record<string, object>>): void {
  const properties = { ...ships.properties, field: schema };
  projectAt(dataset({ 'schema/ships.schema.json': { ...ships, ...asTable, properties }, ...more }), here);
}

test.each<readonly [string, object, Readonly<Record<string, object>>]>([
  [
    'the schema of another table',
    { $ref: 'ports.schema.json' },
    { 'schema/ports.schema.json': { ...ports, ...asTable } },
  ],
  ['the schema of the table itself, in a list', { type: 'array', items: { $ref: '#' } }, {}],
  [
    'what several tables have in common',
    { $ref: 'parts/named.json' },
    {
      'schema/parts/named.json': { type: 'object', ...asTable },
      'schema/ports.schema.json': { ...ports, allOf: [{ $ref: 'parts/named.json' }] },
    },
  ],
  ['a keyword that asks for nothing', { type: 'string', 'x-authority': false, 'x-distinct': false }, {}],
])('a field can have %s', (_, schema, more) => {
  expect(() => withField(schema, more)).not.toThrow();
});

test('a field can have the schema of a table whose folder of records is not there', () => {
  const properties = { ...ships.properties, field: { $ref: 'ports.schema.json' } };
  const folder = dataset({
    'schema/ships.schema.json': { ...ships, properties },
    'schema/ports.schema.json': { ...ports, ...asTable },
  });
  fs.rmSync(path.join(folder, 'raw/ports'), { recursive: true });
  expect(() => projectAt(folder, here)).not.toThrow();
});

test('a date in a list and, outside it, on the same schema can be that of the document', () => {
  const day = { type: 'string', format: 'date', 'x-issued': true };
  const days = { type: 'array', items: { $ref: '#/$defs/day' } };
  const of = (properties: object): object => ({
    ...ships,
    properties: { ...ships.properties, ...properties },
    $defs: { day },
  });
  const open = (properties: object) => () => projectAt(dataset({ 'schema/ships.schema.json': of(properties) }), here);
  expect(open({ days, on: { $ref: '#/$defs/day' } })).not.toThrow();
  expect(open({ days })).toThrow(
    /ships\.schema\.json:\d+:\d+: x-issued, at \/days\/\* of a record of ships, means something only/,
  );
});
