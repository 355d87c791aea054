import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvRows } from '../../scripts/write/csv.ts';

const texts = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', 'é', '🛳', '"', ',', '\n', '\r', ' ', '\t', '\u00a0', '\u2029', '\0') }),
  fc.string({ unit: 'grapheme' }),
);
const cells = fc.oneof(texts, fc.constant(null), fc.double({ noNaN: true }), fc.maxSafeInteger(), fc.boolean());

test('a row is what csv-stringify prints, and no line is longer than is told', () => {
  fc.assert(
    fc.property(fc.array(fc.array(cells, { minLength: 2, maxLength: 5 }), { maxLength: 4 }), (rows) => {
      const expected = stringify(rows, {
        record_delimiter: '\n',
        cast: { boolean: (value) => (value ? 'true' : 'false'), number: (value) => String(value) },
        quoted_match: /^$|[\r]|^\s|\s$/,
      });
      const { text, longest } = csvRows(rows);
      expect(text).toBe(expected);
      expect(longest).toBe(Math.max(0, ...rows.map((row) => csvRows([row]).text.length)));
    }),
    { numRuns: 1000 },
  );
});
