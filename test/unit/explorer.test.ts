import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareText } from '../../scripts/base/text.ts';
import { type Cell, type Column, type ColumnType, column } from '../../scripts/compile/model.ts';
import { type TableData, columnBuilder, valueAt } from '../../scripts/web/explorer/columns.ts';
import { csvOf } from '../../scripts/web/explorer/csv.ts';
import { boundsOf, countDays, countNumbers, countValues, dayStep, periods } from '../../scripts/web/explorer/facets.ts';
import { graphOf, labelSides, layOut } from '../../scripts/web/explorer/network.ts';
import { type Evidence, evidenceAt } from '../../scripts/web/explorer/record.ts';
import { textsOf } from '../../scripts/web/explorer/parquetTexts.ts';
import { withTexts } from '../../scripts/web/explorer/parquetValues.ts';
import { parseRoute, printRoute } from '../../scripts/web/explorer/route.ts';
import { select } from '../../scripts/web/explorer/select.ts';
import { type Selection, everything, parseSelection, printSelection } from '../../scripts/web/explorer/selection.ts';
import { mainValue, spotsOf } from '../../scripts/web/explorer/spots.ts';
import type { ExplorerTable } from '../../scripts/write/explorer/model.ts';
import { page } from '../../scripts/write/explorer/page.ts';
import { dataScript } from '../../scripts/write/explorer/script.ts';

function tableOf(columns: readonly Column[]): ExplorerTable {
  return {
    name: 'things',
    title: undefined,
    description: undefined,
    columns: columns.map(({ name, type, nullable, codes, references }) => ({
      name,
      type,
      nullable,
      codes,
      references,
    })),
    primaryKey: [],
    foreignKeys: [],
    rows: 0,
    parts: [],
    parquet: [],
    records: false,
    fields: [],
    bounds: [],
  };
}

/** Rows as the page holds them, which come in groups of a size. */
function loaded(columns: readonly Column[], rows: readonly (readonly Cell[])[], groupSize = 1000): TableData {
  const builders = columns.map((each) => columnBuilder(each, rows.length));
  for (let from = 0; from < rows.length; from += groupSize) {
    const group = rows.slice(from, from + groupSize);
    for (const [i, builder] of builders.entries()) builder.add(group.map((row) => row[i]));
  }
  return { table: tableOf(columns), rows: rows.length, columns: builders.map((builder) => builder.end()) };
}

const cellOf: Readonly<Record<ColumnType, fc.Arbitrary<Cell>>> = {
  string: fc.oneof(fc.constantFrom('a', 'b', ''), fc.string({ unit: 'binary' })),
  json: fc.json(),
  integer: fc.integer(),
  number: fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => x + 0),
  boolean: fc.boolean(),
  date: fc.constantFrom('2022-01-01', '0001-12-31', '9999-01-01'),
  timestamp: fc.constantFrom('2022-01-01T00:00:00Z'),
};

test('rows can be rebuilt from columns, in any number of groups', () => {
  const types = Object.keys(cellOf) as ColumnType[];
  const columns = types.map((type) => column(type, type, { nullable: true }));
  const row = fc.tuple(...types.map((type) => fc.option(cellOf[type])));
  fc.assert(
    fc.property(fc.array(row, { maxLength: 12 }), fc.integer({ min: 1, max: 5 }), (rows, groupSize) => {
      const data = loaded(columns, rows, groupSize);
      const back = rows.map((_, i) => data.columns.map((each) => valueAt(each, i)));
      expect(back).toEqual(rows.map((cells) => cells.map((cell) => (typeof cell === 'boolean' ? String(cell) : cell))));
    }),
    { numRuns: 60 },
  );
});

describe('texts in UTF-8', () => {
  const encoder = new TextEncoder();

  test('are decoded correctly, with any content and in any number', () => {
    const text = fc.oneof(fc.constantFrom('', '\ufeffmark', 'Ü', '🛳', 'מ'), fc.string({ unit: 'binary' }));
    const wellFormed = text.filter((each) => each.isWellFormed());
    fc.assert(
      fc.property(fc.array(wellFormed, { maxLength: 20 }), (all) => {
        expect(textsOf(all.map((each) => encoder.encode(each)))).toEqual(all);
      }),
    );
    const long = ['ü'.repeat(700_000), '🛳'.repeat(300_000), '', 'a', 'ü'.repeat(700_000)];
    expect(textsOf(long.map((each) => encoder.encode(each))).map((each, i) => each === long[i])).not.toContain(false);
  });

  test('do not shift each other if one is not UTF-8', () => {
    const broken = Uint8Array.of(0x61, 0xff, 0x80, 0xc3);
    expect(textsOf([encoder.encode('a'), broken, encoder.encode('bü')])).toEqual(['a', 'a\ufffd\ufffd\ufffd', 'bü']);
  });

  test('are one text if a dictionary has them once', () => {
    const [a, b] = [encoder.encode('a'), encoder.encode('b')];
    expect(withTexts([a, null, b, a, a, undefined])).toEqual(['a', null, 'b', 'a', 'a', undefined]);
    expect(withTexts([a, b, null])).toEqual(['a', 'b', null]);
    expect(withTexts(Int32Array.of(1, 2))).toEqual(Int32Array.of(1, 2));
  });
});

test('a column with many texts has a dictionary if each occurs twice, in order of first occurrence', () => {
  const kindOf = (values: readonly (string | null)[]): string =>
    loaded(
      [column('t', 'string', { nullable: true })],
      values.map((value) => [value]),
      2048,
    ).columns[0]?.kind ?? '';
  const texts = (count: number, distinct: number): string[] =>
    Array.from({ length: count }, (_, i) => `t${i % distinct}`);
  expect(kindOf(['a', 'b', 'a'])).toBe('texts');
  expect(kindOf(['a', null, null, null])).toBe('coded');
  expect(kindOf([null])).toBe('coded');
  expect(kindOf(texts(9000, 3000))).toBe('coded');
  expect(kindOf(texts(5000, 3000))).toBe('texts');
  expect(kindOf(texts(20_000, 5000))).toBe('texts');
  const repeated = loaded([column('t', 'string')], [['b'], ['a'], ['b'], ['a']]).columns[0];
  expect(repeated).toEqual({ kind: 'coded', dictionary: ['b', 'a'], indices: Int32Array.of(0, 1, 0, 1) });
});

test('numbers that JavaScript cannot hold make a column of texts', () => {
  const built = (...groups: readonly (readonly (number | bigint | null)[])[]) => {
    const builder = columnBuilder({ type: 'integer' }, groups.flat().length);
    for (const group of groups) builder.add(group);
    return builder.end();
  };
  expect(built([1n, null], [-2n])).toEqual({ kind: 'numbers', numbers: Float64Array.of(1, Number.NaN, -2) });
  const large = 9_007_199_254_740_993n;
  expect(built([1n, null], [-2n, large, 3n], [null])).toEqual({
    kind: 'texts',
    cells: ['1', null, '-2', String(large), '3', null],
  });
  expect(built([0.5, Number.NaN])).toEqual({ kind: 'texts', cells: ['0.5', 'NaN'] });
});

const name = fc.string({ unit: 'binary', minLength: 1, maxLength: 5 }).filter((text) => text.isWellFormed());
const selection: fc.Arbitrary<Selection> = fc.record({
  search: name,
  values: fc
    .uniqueArray(fc.tuple(name, fc.uniqueArray(fc.option(name), { minLength: 1, maxLength: 3 })), {
      selector: ([key]) => key,
      maxLength: 3,
    })
    .map((entries) => new Map(entries.map(([key, values]) => [key, new Set(values)]))),
  ranges: fc
    .uniqueArray(fc.tuple(name, fc.record({ from: name, to: fc.option(name, { nil: undefined }) })), {
      selector: ([key]) => key,
      maxLength: 3,
    })
    .map((entries) => new Map(entries)),
  sort: fc.option(fc.record({ column: name, descending: fc.boolean() }), { nil: undefined }),
  columns: fc.option(fc.array(name, { minLength: 1, maxLength: 3 }), { nil: undefined }),
  page: fc.integer({ min: 1, max: 9 }),
  picture: fc.option(name, { nil: undefined }),
});

test('a selection can be read back from its address', () => {
  fc.assert(
    fc.property(selection, (each) => {
      expect(parseSelection(printSelection(each))).toEqual(each);
    }),
  );
  fc.assert(
    fc.property(name, selection, (table, each) => {
      const route = { page: 'table' as const, table, selection: each };
      expect(parseRoute(printRoute(route))).toEqual(route);
    }),
  );
  fc.assert(
    fc.property(name, name, (table, id) => {
      expect(parseRoute(printRoute({ page: 'record', table, id }))).toEqual({ page: 'record', table, id });
    }),
  );
});

describe('a selection of rows', () => {
  const columns = [
    column('kind', 'string', {
      nullable: true,
      codes: [
        { code: 'x', description: undefined },
        { code: 'y', description: undefined },
      ],
    }),
    column('size', 'number', { nullable: true }),
    column('day', 'date', { nullable: true }),
    column('words', 'string', { nullable: true }),
  ];
  const data = loaded(columns, [
    ['x', 3, '2022-01-05', 'Öl und Wasser'],
    ['y', null, '2022-01-31', 'fire'],
    ['x', -1.5, null, null],
    [null, 10, '2022-03-01', '𝔘nder'],
    ['y', 3, '2022-01-05', '~'],
  ]);
  const rows = (part: Partial<Selection>): number[] => [...select(data, { ...everything, ...part }).rows];

  test.each<[string, Partial<Selection>, number[]]>([
    ['all', {}, [0, 1, 2, 3, 4]],
    ['a code', { values: new Map([['kind', new Set(['x'])]]) }, [0, 2]],
    ['a code or none', { values: new Map([['kind', new Set(['y', null])]]) }, [1, 3, 4]],
    ['numbers in a range, both ends included', { ranges: new Map([['size', { from: '-1.5', to: '3' }]]) }, [0, 2, 4]],
    ['days from one on', { ranges: new Map([['day', { from: '2022-01-31', to: undefined }]]) }, [1, 3]],
    ['words in another case', { search: 'öL U' }, [0]],
    ['a code is a word too', { search: 'x' }, [0, 2]],
    ['two filters', { search: 'x', ranges: new Map([['size', { from: '0', to: undefined }]]) }, [0]],
    ['a column that is not there', { values: new Map([['gone', new Set(['x'])]]) }, [0, 1, 2, 3, 4]],
    ['numbers in order, empty last', { sort: { column: 'size', descending: false } }, [2, 0, 4, 3, 1]],
    ['numbers in reverse, empty last', { sort: { column: 'size', descending: true } }, [3, 0, 4, 2, 1]],
    ['texts by code point', { sort: { column: 'words', descending: false } }, [1, 4, 0, 3, 2]],
    ['nothing', { search: 'no such words' }, []],
  ])('%s', (_, part, expected) => {
    expect(rows(part)).toEqual(expected);
  });

  test('a facet counts what all other filters leave', () => {
    const part = { values: new Map([['kind', new Set(['x'])]]), search: 'w' };
    const selected = select(data, { ...everything, ...part });
    expect([...selected.rows]).toEqual([0]);
    const counts = countValues(columns[0]!, data.columns[0]!, selected.rowsBut('kind'));
    expect(counts).toEqual([
      { value: 'x', count: 1 },
      { value: 'y', count: 0 },
    ]);
  });

  test('is written as CSV with a byte order mark', () => {
    const csv = csvOf(data, Uint32Array.of(0, 2), ['words', 'size']);
    expect(csv).toBe('\uFEFFwords,size\nÖl und Wasser,3\n,-1.5\n');
  });
});

test('texts are ordered by code points, numbers by size', () => {
  const texts = fc.array(
    fc.option(
      fc.oneof(fc.constantFrom('', 'a', 'aa', 'ab', 'aaa', '\u0000'), fc.string({ unit: 'binary', maxLength: 6 })),
    ),
    { maxLength: 90, size: 'max' },
  );
  const sortedRows = (values: readonly (string | null)[], descending = false): readonly number[] => {
    const rows = values.map((value) => [value]);
    return [
      ...select(loaded([column('t', 'string')], rows), { ...everything, sort: { column: 't', descending } }).rows,
    ];
  };
  const expectedRows = (values: readonly (string | null)[], direction = 1): readonly number[] =>
    [...values.keys()].toSorted((a, b) => {
      const [x, y] = [values[a] ?? null, values[b] ?? null];
      if (x === null || y === null) return Number(x === null) - Number(y === null) || a - b;
      return direction * compareText(x, y) || a - b;
    });
  fc.assert(
    fc.property(texts, (values) => {
      expect(sortedRows(values)).toEqual(expectedRows(values));
      expect(sortedRows(values, true)).toEqual(expectedRows(values, -1));
    }),
  );
  const [sign, rare] = ['\u{1f6f3}', '\uffff'];
  const many = Array.from({ length: 9000 }, (_, i) => {
    const n = (i * 7919) % 9001;
    if (n % 11 === 0) return null;
    // equal ones, long and short ones, what the first texts do not show, and signs beyond the first plane
    return `Ferry${n % 5 === 0 ? ' 🛳 ' : ' ü '}${'of Ystad '.repeat(n % 4)}${n % 1000}${n > 8990 ? rare : n % 7 === 0 ? sign : ''}`;
  });
  expect(sortedRows(many)).toEqual(expectedRows(many));
  const numbers = [3, -1, Number.MAX_VALUE, 0, -1, null, 0.1];
  const data = loaded(
    [column('n', 'number')],
    numbers.map((value) => [value]),
  );
  expect([...select(data, { ...everything, sort: { column: 'n', descending: true } }).rows]).toEqual([
    2, 0, 6, 3, 1, 4, 5,
  ]);
});

describe('a histogram', () => {
  test('of numbers: the bars hold each number once, and filter to what they count', () => {
    const numbers = fc.array(
      fc.oneof(fc.integer({ min: -1000, max: 1000 }), fc.double({ min: -5, max: 5, noNaN: true })),
      { minLength: 1 },
    );
    fc.assert(
      fc.property(numbers, (values) => {
        const data = loaded(
          [column('n', 'number')],
          values.map((value) => [value + 0]),
        );
        const bins = countNumbers(data.columns[0]!, Uint32Array.from(values.keys()));
        expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(values.length);
        for (const { from, to, count } of bins) {
          const ranges = new Map([['n', { from, to }]]);
          expect(select(data, { ...everything, ranges }).rows.length).toBe(count);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('of days: the same', () => {
    const days = fc.array(
      fc
        .date({ min: new Date('1850-01-01'), max: new Date('2030-12-31'), noInvalidDate: true })
        .map((day) => day.toISOString().slice(0, 10)),
      { minLength: 1, maxLength: 20 },
    );
    fc.assert(
      fc.property(days, (values) => {
        const data = loaded(
          [column('d', 'date')],
          values.map((value) => [value]),
        );
        const bins = countDays(data.columns[0]!, Uint32Array.from(values.keys()));
        expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(values.length);
        for (const { from, to, count } of bins) {
          expect(select(data, { ...everything, ranges: new Map([['d', { from, to }]]) }).rows.length).toBe(count);
        }
      }),
      { numRuns: 60 },
    );
  });

  test.each([
    [
      ['2022-01-30', '2022-02-02'],
      ['2022-01-30', '2022-01-31', '2022-02-01', '2022-02-02'],
    ],
    [
      ['2021-11-30', '2022-02-02'],
      ['2021-11', '2021-12', '2022-01', '2022-02'],
    ],
    [
      ['1999-06-01', '2004-02-02'],
      ['1999', '2000', '2001', '2002', '2003', '2004'],
    ],
    [
      ['1899-06-01', '2004-02-02'],
      ['189', '190', '191', '192', '193', '194', '195', '196', '197', '198', '199', '200'],
    ],
    [
      ['0098-01-01', '0101-12-31'],
      ['0098', '0099', '0100', '0101'],
    ],
  ] as const)('has no gap from %j', (extent, expected) => {
    expect(periods(extent, dayStep(extent))).toEqual(expected);
  });

  test('ends a month on its last day', () => {
    expect(boundsOf('2024-02', 'month')).toEqual({ from: '2024-02-01', to: '2024-02-29' });
  });
});

test('a span supports what lies below its field, and no neighbour', () => {
  const span = (number: number, ...fields: string[]): Evidence => ({
    number,
    source: 's',
    start: 0,
    end: 1,
    sha256: '',
    begins: '',
    ends: '',
    fields,
  });
  const all = [span(1, '/said'), span(2, '/said/date', '/kind'), span(3, '/saidings')];
  const numbers = (pointer: string): number[] => evidenceAt(all, pointer).map(({ number }) => number);
  expect(numbers('/said/date')).toEqual([1, 2]);
  expect(numbers('/said')).toEqual([1]);
  expect(numbers('/saidings/0')).toEqual([3]);
});

test('a network joins pairs once for each value, and looks the same each time', () => {
  const graph = graphOf([
    ['a', 'b', 'x'],
    ['a', 'b', 'x'],
    ['b', 'a', 'x'],
    ['a', 'c', null],
  ]);
  expect(graph.nodes).toEqual(['a', 'b', 'c']);
  expect(graph.edges.map(({ rows }) => rows)).toEqual([2, 1, 1]);
  const points = layOut(graph);
  expect(points).toEqual(layOut(graph));
  for (const { x, y } of points) for (const at of [x, y]) expect(at >= 0 && at <= 1).toBe(true);
  expect(layOut(graphOf([['a', 'a', null]]))).toEqual([{ x: 0.5, y: 0.5 }]);
});

test('a point of a map has all rows at its place, and the value of most of them', () => {
  const data = loaded(
    [column('north', 'number'), column('east', 'number'), column('kind', 'string')],
    [
      [50, 4, 'a'],
      [50.5, 4, 'b'],
      [null, 4, 'b'],
      [50.5, 4, 'c'],
      [50.5, 4, 'c'],
      [50.5, null, 'a'],
    ],
  );
  const [north, east, kind] = data.columns;
  if (north === undefined || east === undefined || kind === undefined) throw new Error('no columns');
  const spots = spotsOf(north, east, Uint32Array.of(0, 1, 2, 3, 4, 5));
  expect(spots).toEqual([
    { latitude: 50.5, longitude: 4, rows: [1, 3, 4] },
    { latitude: 50, longitude: 4, rows: [0] },
  ]);
  expect(spots.map((spot) => mainValue(kind, spot))).toEqual(['c', 'a']);
});

test('names in a network cover neither a point nor each other', () => {
  const points = [
    { x: 100, y: 50 },
    { x: 130, y: 50 },
    { x: 160, y: 52 },
    { x: 395, y: 90 },
  ];
  expect(labelSides(points, ['first', 'second', 'third', 'last'], 400)).toEqual(['left', undefined, 'right', 'left']);
});

const hostile = '</script><img src=x onerror=alert(1)>"\u2028</noscript>\0';

test('a data script is ASCII on one line, with any data', () => {
  const script = dataScript(hostile, { hostile });
  expect(script).toMatch(/^[\x20-\x7e]+\n$/);
  expect(script).not.toContain('<');
  expect(dataScript('a', { hostile })).toBe(dataScript('a', { hostile }));
});

test('markup from the data is text in the page without JavaScript', () => {
  const html = page({
    dataset: {
      name: hostile,
      title: hostile,
      description: hostile,
      version: hostile,
      citation: hostile,
      license: hostile,
      database: hostile,
    },
    tables: [
      {
        ...tableOf([
          { ...column(hostile, 'string'), description: hostile, codes: [{ code: hostile, description: hostile }] },
        ]),
        name: hostile,
        title: hostile,
      },
    ],
    files: [{ path: hostile, bytes: 1 }],
  });
  expect(html).not.toContain('<img');
  expect(html.match(/<\/noscript>/g)).toHaveLength(1);
  expect(html.match(/<\/script>/g)).toHaveLength(2);
});
