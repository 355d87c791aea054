import { expect, test } from 'vitest';
import { type Table, column } from '../../scripts/compile/model.ts';
import { mostIndexedRows, withIndexes } from '../../scripts/engine/keys.ts';

function table(name: string, parents: readonly string[], description?: string): Table {
  return {
    name,
    title: name,
    description,
    columns: [column('id', 'string'), ...parents.map((parent) => column(parent, 'string'))],
    primaryKey: ['id'],
    foreignKeys: parents.map((parent) => ({ columns: [parent], table: parent, tableColumns: ['id'] })),
    optional: false,
  };
}

const tables = [table('ports', []), table('ships', [], 'All ships.'), table('crossings', ['ports', 'ships'], 'Trips.')];

function declared(rows: Readonly<Record<string, number>>): readonly string[] {
  return withIndexes(tables, (name) => rows[name] ?? 1).map(({ name, primaryKey, foreignKeys, description = '' }) => {
    const keys = [...primaryKey, ...foreignKeys.map((key) => key.table)];
    return `${name} [${keys.join()}] ${description}`.trim();
  });
}

const large = mostIndexedRows + 1;

test.each<[string, Readonly<Record<string, number>>, readonly string[]]>([
  [
    'no table is large',
    { crossings: mostIndexedRows },
    ['ports [id]', 'ships [id] All ships.', 'crossings [id,ports,ships] Trips.'],
  ],
  [
    'a table that others refer to',
    { ports: large },
    [
      'ports [] Primary key: id.',
      'ships [id] All ships.',
      'crossings [id,ships] Trips. Foreign key: ports refers to ports (id).',
    ],
  ],
  [
    'a table that refers to others',
    { crossings: large },
    [
      'ports [id]',
      'ships [id] All ships.',
      'crossings [] Trips. Primary key: id. Foreign key: ports refers to ports (id). ' +
        'Foreign key: ships refers to ships (id).',
    ],
  ],
])('a database declares no keys for a large table: %s', (_, rows, expected) => {
  expect(declared(rows)).toEqual(expected);
});
