import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvRows } from '../../scripts/write/csv.ts';

const texts = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', 'é', '🛳', '"', ',', '\n', '\r', ' ', '\t', '\u00a0', '\u2029', '\0') }),
  fc.string({ unit: 'grapheme' }),
);
const cells = fc.oneof(texts, fc.constant(null), fc.double({ noNaN: true }), fc.maxSafeInteger(), fc.boolean());

test('rows are read back from their CSV, and no line is longer than the bound', () => {
  fc.assert(
    fc.property(fc.array(fc.array(cells, { minLength: 2, maxLength: 2 }), { maxLength: 4 }), (rows) => {
      const { text, longest } = csvRows(rows);
      const options = { relax_column_count: true, record_delimiter: '\n', quote: '"' } as const;
      const read: unknown = parse(text, options);
      expect(read).toEqual(rows.map((row) => row.map((cell) => (cell === null ? '' : String(cell)))));
      for (const row of rows) expect(csvRows([row]).text.length).toBeLessThanOrEqual(longest);
    }),
    { numRuns: 1000 },
  );
});

test('rows are printed as csv-stringify prints them, whether they need quotes or not', () => {
  const options = {
    record_delimiter: '\n',
    cast: { boolean: String, number: String },
    quoted_match: /^$|\r|^\s|\s$/,
  };
  fc.assert(
    fc.property(fc.array(fc.array(cells, { minLength: 3, maxLength: 3 }), { maxLength: 5 }), (rows) => {
      expect(csvRows(rows).text).toBe(stringify(rows, options));
    }),
    { numRuns: 1000 },
  );
});
