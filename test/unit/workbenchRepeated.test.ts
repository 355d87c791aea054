import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../scripts/json/json.ts';
import type { RecordContent } from '../../scripts/web/workbench/messages.ts';
import { repeatedIn } from '../../scripts/web/workbench/repeated.ts';

/** A record whose fields each cite words that begin at a place in the source. */
function record(value: JsonObject, cited: Readonly<Record<string, number>>, source = 'gazette'): RecordContent {
  const spans = Object.entries(cited).map(([pointer, start]) => ({
    source,
    start,
    end: start + 5,
    supports: [pointer],
  }));
  return { value, spans: spans.map((span, origin) => ({ ...span, origin })) };
}

const monday = record({ when: { on: '2022-02-28', how: 'read' }, who: 'anna' }, { '/when/on': 10, '/who': 20 });
const berta = record({ when: { on: '2022-02-28', how: 'read' }, who: 'berta' }, { '/when/on': 10, '/who': 30 });
const later = record({ when: { on: '2022-02-28', how: 'guessed' }, who: 'carl' }, { '/when/on': 10, '/who': 40 });
const elsewhere = record(monday.value, { '/when/on': 70, '/who': 80 });
const listed = record({ topics: ['sea', 'trade'] }, { '/topics/0': 1, '/topics/1': 2 });

const span = { source: 'gazette', start: 10, end: 15, supports: ['/when/on'] };
const inWhole = { pointer: '/when', value: { on: '2022-02-28', how: 'read' }, spans: [span] };
const inPart = { pointer: '/when/on', value: '2022-02-28', spans: [span] };

describe('what the records of a source repeat', () => {
  test.each<readonly [string, readonly RecordContent[], readonly object[]]>([
    ['is nothing, with one record', [monday], []],
    ['is an object as a whole, where two agree in it', [monday, berta], [inWhole]],
    ['is a field of it, where they agree in no more', [monday, later], [inPart]],
    ['is what more than half of them have', [monday, berta, later], [inWhole]],
    ['is nothing, where most do not have it', [listed, listed, monday, berta, later], [inPart]],
    ['is nothing, where they cite other words', [monday, elsewhere], []],
    ['is nothing, where half of them differ', [monday, berta, elsewhere, elsewhere], []],
    ['is nothing, where another source is cited', [monday, berta].map(inOther), []],
    ['is a list as a whole', [listed, listed], [{ pointer: '/topics', value: ['sea', 'trade'] }]],
    ['is no entry of a list alone', [listed, record({ topics: ['sea'] }, { '/topics/0': 1 })], []],
  ])('%s', (_, records, found) => {
    const repeated = repeatedIn({ source: 'gazette', records, own: [] });
    expect(repeated).toMatchObject(found);
    expect(repeated).toHaveLength(found.length);
  });

  test('is what a single record cites with words that the source’s own record cites', () => {
    const { spans: own } = record({ published: '2022-02-28' }, { '/published': 10 });
    expect(repeatedIn({ source: 'gazette', records: [monday], own })).toEqual([{ ...inWhole, ofSource: true }]);
    expect(repeatedIn({ source: 'gazette', records: [monday, elsewhere], own })).toEqual([]);
    expect(
      repeatedIn({ source: 'gazette', records: [monday], own: own.map((each) => ({ ...each, end: 99 })) }),
    ).toEqual([]);
  });
});

function inOther({ value, spans }: RecordContent): RecordContent {
  return { value, spans: spans.map((each) => ({ ...each, source: 'herald' })) };
}
