import { beforeEach, expect, test } from 'vitest';
import { citations, source, start } from '../../scripts/web/workbench/page/state.ts';
import { partlyCovered, uncovered } from '../../scripts/web/workbench/page/sourceText.ts';
import { emptyStart, emptyTable } from '../support/workbenchState.ts';

const at = { source: 'log', supports: [''] };

beforeEach(() => {
  const tables = [emptyTable, { ...emptyTable, name: 'ships', isAuthority: true }];
  start.value = { ...emptyStart, tables };
  const text = 'Anna left. Berta sank.';
  source.value = { table: 'papers', id: 'log', label: undefined, text, reason: undefined, first: 5, review: undefined };
});

test('a sentence in which a record of an authority file is mentioned still has no record', () => {
  citations.value = { isComplete: true, records: [], marks: [{ ...at, table: 'ships', id: 'anna', start: 5, end: 9 }] };
  expect(uncovered.value).toEqual([
    { start: 5, end: 15 },
    { start: 16, end: 27 },
  ]);
  const crossing = { ...at, table: 'crossings', id: 'monday', start: 5, end: 14 };
  citations.value = { isComplete: true, records: [], marks: [...(citations.value?.marks ?? []), crossing] };
  expect(uncovered.value).toEqual([{ start: 16, end: 27 }]);
});

test('a sentence has a record for a small part of its words until a reason is given for the rest', () => {
  const crossing = { ...at, table: 'crossings', id: 'monday', start: 5, end: 7 };
  const reason = { ...at, table: 'papers', id: 'log', reason: 'background' };
  const known = { isComplete: true, records: [] };
  citations.value = { ...known, marks: [crossing] };
  expect(partlyCovered.value).toEqual([{ start: 5, end: 15 }]);
  // a person who is mentioned is not what the sentence says
  citations.value = { ...known, marks: [crossing, { ...at, table: 'ships', id: 'anna', start: 5, end: 15 }] };
  expect(partlyCovered.value).toEqual([{ start: 5, end: 15 }]);
  citations.value = { ...known, marks: [crossing, { ...reason, start: 8, end: 15 }] };
  expect(partlyCovered.value).toEqual([]);
  citations.value = { ...known, marks: [crossing, { ...reason, start: 5, end: 15 }] };
  expect(partlyCovered.value).toEqual([]);
});
