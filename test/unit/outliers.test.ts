import { expect, test } from 'vitest';
import type { Difference } from '../../scripts/compare/difference.ts';
import { outliersOf } from '../../scripts/compare/outliers.ts';
import { type Batch, type Table, column } from '../../scripts/compile/model.ts';

const ships: Table = {
  name: 'ships',
  title: undefined,
  description: undefined,
  columns: [column('id', 'string', {}), column('crew', 'integer', { pointer: '/crew' })],
  primaryKey: ['id'],
  foreignKeys: [],
  optional: false,
};

/** The difference that a new ship makes. */
function withCrew(crew: number): Difference {
  const record = { table: 'ships', id: 'new' };
  const row = { record, table: 'ships', row: ['new'], field: null, old: undefined, new: { id: 'new', crew } };
  return { from: '1', to: '2', schema: [], records: [], rows: [{ ...row, change: 'added' }] };
}

function batchOf(crews: readonly number[]): readonly Batch[] {
  return [{ table: 'ships', rows: crews.map((crew, i) => [`s${i}`, crew]) }];
}

/** The outliers for a crew among others, and how often those were read. */
function found(crew: number, crews: readonly number[]) {
  let times = 0;
  const outliers = outliersOf(withCrew(crew), [ships], (most) => {
    times++;
    return batchOf(most === undefined ? crews : crews.filter((_, i) => i % Math.ceil(crews.length / most) === 0));
  });
  return { value: outliers[0]?.value, others: outliers[0]?.others, times };
}

const spread = Array.from({ length: 20_000 }, (_, i) => (i * 7919) % 20_011);
const mostlyEqual = spread.map((crew, i) => (i % 5 === 0 ? crew : 100));

test.each([
  [10_000, spread, undefined, 1],
  // beyond all others, but not far
  [21_000, spread, undefined, 1],
  [900_000, spread, 900_000, 2],
  [-900_000, spread, -900_000, 2],
  [500, mostlyEqual, undefined, 1],
  [900_000, mostlyEqual, 900_000, 2],
  // too few others for a sample
  [900_000, spread.slice(0, 50), 900_000, 2],
])('a crew of %d is compared with all others only if a sample leaves doubt', (crew, crews, value, times) => {
  const others = value === undefined ? undefined : [Math.min(...crews), Math.max(...crews)];
  expect(found(crew, crews)).toEqual({ value, others, times });
});
