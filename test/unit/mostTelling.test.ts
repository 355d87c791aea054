import { describe, expect, test } from 'vitest';
import type { Table } from '../../scripts/compile/model.ts';
import { mostTelling } from '../../scripts/write/metadata/mostTelling.ts';

function table(name: string, primaryKey: readonly string[], parent?: string): Table {
  const foreignKeys = parent === undefined ? [] : [{ columns: [`${parent}_id`], table: parent, tableColumns: ['id'] }];
  return { name, title: undefined, description: undefined, columns: [], primaryKey, foreignKeys, optional: false };
}

describe('mostTelling', () => {
  const tables = [
    table('bells', ['id']),
    table('bells_strikes', ['bells_id', 'strikes_position'], 'bells'),
    table('ratings', ['id']),
    table('provenance', ['table_name', 'record_id']),
  ];

  test.each([
    ['the table with the most rows', { bells: 3, ratings: 9 }, 'ratings'],
    ['the table whose child tables have the most rows', { bells: 3, bells_strikes: 7, ratings: 9 }, 'bells'],
    ['no table of the toolkit', { bells: 1, provenance: 99 }, 'bells'],
    ['the first name where no table has rows', {}, 'bells'],
  ])('gives %s', (_, rows, expected) => {
    expect(mostTelling(tables, new Map(Object.entries(rows)))?.name).toBe(expected);
  });

  test('gives nothing if there is no table of records', () => {
    expect(mostTelling([], new Map())).toBeUndefined();
  });
});
