import { expect, test } from 'vitest';
import type { IndexedRecord, IndexedSpan } from '../../scripts/project/recordIndex.ts';
import { alikeIn } from '../../scripts/web/workbench/alike.ts';

function crossing(id: string, span: Omit<IndexedSpan, 'source' | 'supports'>): IndexedRecord {
  return {
    file: {
      table: 'crossings',
      path: `/raw/crossings/${id}.json`,
      shown: `raw/crossings/${id}.json`,
      name: `crossings/${id}.json`,
      stem: id,
      holds: 'record',
      notation: 'json',
      packed: false,
      select: undefined,
    },
    id,
    label: undefined,
    aliases: [],
    names: [id],
    kind: undefined,
    codes: [],
    spans: [{ source: 'gazette', supports: [''], ...span }],
    withdrawn: false,
    likeness: 'departure ystad',
    review: undefined,
  };
}

test('of many records with the same values, few are compared, those that cite the same words among them', () => {
  const others = Array.from({ length: 400 }, (_, i) => crossing(`c${i}`, { start: 100 + i * 10, end: 110 + i * 10 }));
  for (const same of [0, 200, 399]) {
    const asked: string[] = [];
    const record = crossing('', { start: 102 + same * 10, end: 110 + same * 10 });
    const found = alikeIn(record, undefined, others, ({ id }) => {
      asked.push(id);
      return id === `c${same}`;
    });
    expect(found[0]).toMatchObject({ id: `c${same}`, why: 'values and words' });
    expect(found.slice(1).map(({ why }) => why)).toEqual(['values', 'values', 'values', 'values']);
    expect(asked.length).toBe(50);
  }
});
