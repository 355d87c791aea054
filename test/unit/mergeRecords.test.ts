import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../scripts/json/json.ts';
import type { RecordContent, SpanMessage } from '../../scripts/web/workbench/messages.ts';
import { type Side, merge } from '../../scripts/web/workbench/page/merge.ts';

const none = { chosen: new Map<string, Side>(), hidden: ['$schema'] };
const bare = (value: JsonObject): RecordContent => ({ value, spans: [] });
const merged = (base: JsonObject | undefined, mine: JsonObject, theirs: JsonObject, chosen = none.chosen) =>
  merge(
    { base: base === undefined ? undefined : bare(base), mine: bare(mine), theirs: bare(theirs) },
    { ...none, chosen },
  );

describe('two versions of a record', () => {
  test('are one if each changed other fields; what each changed is listed', () => {
    const base = { id: 'x', weight: 10, owner: 'The Navy', tuning: { by: 'a', date: '1900' } };
    const mine = { ...base, weight: 12, tuning: { by: 'a', date: '1901' } };
    const theirs = { ...base, owner: 'The museum', tuning: { by: 'b', date: '1900' } };
    expect(merged(base, mine, theirs)).toEqual({
      content: bare({ id: 'x', weight: 12, owner: 'The museum', tuning: { by: 'b', date: '1901' } }),
      conflicts: [],
      merged: [
        { pointer: '/weight', by: 'mine', before: 10, after: 12 },
        { pointer: '/owner', by: 'theirs', before: 'The Navy', after: 'The museum' },
        { pointer: '/tuning/by', by: 'theirs', before: 'a', after: 'b' },
        { pointer: '/tuning/date', by: 'mine', before: '1900', after: '1901' },
      ],
    });
  });

  test('are asked about where both changed a field, and only there', () => {
    const base = { a: 1, b: 1, c: 1 };
    const [mine, theirs] = [
      { a: 2, b: 2, c: 1 },
      { a: 3, b: 2, c: 3 },
    ];
    const { conflicts, content } = merged(base, mine, theirs);
    expect(conflicts).toEqual([{ pointer: '/a', before: 1, mine: 2, theirs: 3 }]);
    expect(content.value).toEqual({ a: 2, b: 2, c: 3 });
    expect(merged(base, mine, theirs, new Map([['/a', 'theirs']])).content.value).toEqual({ a: 3, b: 2, c: 3 });
  });

  test('are asked about in every field in which they differ if the version before is not known', () => {
    const { conflicts } = merged(undefined, { a: 1, l: ['x'] }, { b: 2, l: ['y'] });
    expect(conflicts.map(({ pointer }) => pointer)).toEqual(['/a', '/l', '/b']);
  });

  test('are asked about if one removed what the other changed', () => {
    const base = { tuning: { date: '1900' } };
    const { conflicts } = merged(base, {}, { tuning: { date: '1901' } });
    expect(conflicts).toEqual([
      { pointer: '/tuning', before: { date: '1900' }, mine: undefined, theirs: { date: '1901' } },
    ]);
  });

  test('have nothing left of an object or a list if each removed a part', () => {
    const [t, l] = [{ a: 1, b: 1 }, ['x', 'y']];
    expect(merged({ t, l }, { t: { a: 1 }, l: ['x'] }, { t: { b: 1 }, l: ['y'] })).toMatchObject({
      content: bare({}),
      conflicts: [],
    });
  });

  test('are not asked about what the form does not show', () => {
    const all = merged({ $schema: 'a' }, { $schema: 'b' }, { $schema: 'c' });
    expect(all).toMatchObject({ conflicts: [], content: { value: { $schema: 'c' } } });
  });
});

describe('lists', () => {
  const stop = (port: string, at = '') => (at === '' ? { port } : { port, at });

  test.each<[what: string, base: Json[], mine: Json[], theirs: Json[], merged: Json[]]>([
    ['both add', ['a'], ['a', 'b'], ['a', 'c'], ['a', 'b', 'c']],
    ['both add the same', ['a'], ['a', 'b'], ['a', 'b'], ['a', 'b']],
    ['one adds, one removes', ['a', 'b'], ['a', 'b', 'c'], ['b'], ['b', 'c']],
    ['one moves, one adds', ['a', 'b'], ['b', 'a'], ['a', 'b', 'c'], ['b', 'c', 'a']],
    [
      'each changes another element',
      [stop('x', '1'), stop('y', '1')],
      [stop('x', '2'), stop('y', '1')],
      [stop('x', '1'), stop('y', '2')],
      [stop('x', '2'), stop('y', '2')],
    ],
    [
      'one removes the first, one changes the second',
      [stop('x'), stop('y')],
      [stop('y')],
      [stop('x'), stop('y', '2')],
      [stop('y', '2')],
    ],
  ])('are merged by element: %s', (_, base, mine, theirs, expected) => {
    const { content, conflicts } = merged({ l: base }, { l: mine }, { l: theirs });
    expect(conflicts).toEqual([]);
    expect(content.value).toEqual({ l: expected });
  });

  test.each<[what: string, base: Json[], mine: Json[], theirs: Json[], pointer: string]>([
    ['both replaced an element', ['a'], ['b'], ['c'], '/l'],
    ['both moved', ['a', 'b', 'c'], ['b', 'a', 'c'], ['a', 'c', 'b'], '/l'],
    ['elements occur twice', ['a', 'a'], ['a', 'a', 'b'], ['a'], '/l'],
    ['one removed an element that the other changed', [stop('x', '1')], [], [stop('x', '2')], '/l/0'],
    ['both changed an element', [stop('x', '1')], [stop('x', '2')], [stop('x', '3')], '/l/0/at'],
  ])('are asked about: %s', (_, base, mine, theirs, pointer) => {
    const { conflicts, content } = merged({ l: base }, { l: mine }, { l: theirs });
    expect(conflicts.map((each) => each.pointer)).toEqual([pointer]);
    expect(content.value).toEqual({ l: mine });
    const other = merged({ l: base }, { l: mine }, { l: theirs }, new Map([[pointer, 'theirs']]));
    expect(other.content.value).toEqual({ l: theirs });
  });
});

describe('evidence', () => {
  const span = (start: number, ...supports: readonly string[]): SpanMessage => ({
    source: 's',
    start,
    end: start + 1,
    supports,
    origin: start,
  });

  test('goes with its value, and moves with its element', () => {
    const base = { value: { a: 1, b: 1, l: [{ p: 'x' }, { p: 'y' }] }, spans: [span(0, '/a'), span(1, '/l/1/p')] };
    const mine = {
      value: { a: 1, b: 2, l: [{ p: 'y' }] },
      spans: [span(0, '/a'), span(1, '/l/0/p'), { ...span(7, '/b', '/l/0'), origin: undefined }],
    };
    const theirs = {
      value: { a: 3, b: 1, l: [{ p: 'z' }, { p: 'x' }, { p: 'y' }] },
      spans: [span(4, '/a', '/b'), span(1, '/l/2/p'), span(5, '/l/0/p')],
    };
    const { content, conflicts } = merge({ base, mine, theirs }, none);
    expect(conflicts).toEqual([]);
    expect(content).toEqual({
      value: { a: 3, b: 2, l: [{ p: 'z' }, { p: 'y' }] },
      // what is in the file keeps its place there; words that were cited for the old value of a or b are gone
      spans: [span(4, '/a'), span(1, '/l/1/p'), span(5, '/l/0/p'), { ...span(7, '/b', '/l/1'), origin: undefined }],
    });
  });

  test('that one version removed is gone, and that one added stays', () => {
    const value = { a: 1 };
    const base = { value, spans: [span(0, '/a'), span(1, '/a')] };
    const mine = { value, spans: [span(0, '/a')] };
    const theirs = { value, spans: [span(1, '/a'), span(2, '/a')] };
    expect(merge({ base, mine, theirs }, none).content.spans).toEqual([span(2, '/a')]);
  });
});

describe('for any records', () => {
  const leaf = fc.constantFrom<Json>('a', 'b', 1, true);
  const { value } = fc.letrec<{ value: Json }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      leaf,
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('value'), { maxKeys: 3 }),
    ),
  }));
  const record: fc.Arbitrary<JsonObject> = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), value, { maxKeys: 4 });

  test('what one version left as it was is that of the other', () => {
    fc.assert(
      fc.property(record, record, (base, other) => {
        expect(merged(base, base, other)).toMatchObject({ content: bare(other), conflicts: [] });
        expect(merged(base, other, base)).toMatchObject({ content: bare(other), conflicts: [] });
        expect(merged(base, other, other)).toMatchObject({ content: bare(other), conflicts: [], merged: [] });
      }),
    );
  });

  test('every conflict is a difference, for either version, and what both say stays', () => {
    fc.assert(
      fc.property(record, record, record, (base, mine, theirs) => {
        const { conflicts, content } = merged(base, mine, theirs);
        for (const each of conflicts) expect(each.mine).not.toEqual(each.theirs);
        expect(merged(base, theirs, mine).conflicts.length === 0).toBe(conflicts.length === 0);
        const agreed = Object.keys(mine).filter((name) => JSON.stringify(mine[name]) === JSON.stringify(theirs[name]));
        expect(agreed.map((name) => content.value[name])).toEqual(agreed.map((name) => mine[name]));
      }),
    );
  });
});
