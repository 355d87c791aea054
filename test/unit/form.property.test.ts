import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type KeyOrder, type Layout, print, printCanonical } from '../../scripts/json/canonical.ts';
import { membersAsPrinted } from '../../scripts/json/form.ts';
import { type Json, isArray, isObject } from '../../scripts/json/json.ts';
import { root } from '../support/run.ts';

function membersOf(value: Json): number {
  if (isArray(value)) return value.reduce<number>((sum, element) => sum + membersOf(element), 0);
  if (!isObject(value)) return 0;
  return Object.values(value).reduce<number>((sum, member) => sum + 1 + membersOf(member), 0);
}

/** Whether the check of the bytes accepts a text as its own print. */
function taken(text: string, layout: Layout): boolean {
  const members = membersAsPrinted(Buffer.from(text), layout);
  if (members === undefined) return false;
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    return false;
  }
  return members === membersOf(value);
}

const oddNumber = fc.constantFrom(-0, 1e-7, 0.000001, 0.00001, 1e21, 5e-324, 123456789012345680000, 0.1, 1.5, -2.25);
const number = fc.oneof(
  fc.integer(),
  oddNumber,
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.maxSafeInteger(),
);
const text = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom('', '"', '\\', '\n', '\t\b\f\r', '\u0001', '\u007f', '\u2028', '\ud800', 'é𝄞', '/', ' ', ': ', ',\n'),
);
const key = fc.oneof(fc.constantFrom('a', 'b', '', '1', '10', '-1', '1a', '__proto__', 'é', '"'), text);
const { value: json } = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.oneof(number, text, fc.boolean(), fc.constant(null)),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.array(fc.tuple(key, tie('value')), { maxLength: 4 }).map((entries): Json => Object.fromEntries(entries)),
  ),
}));
const layout = fc.constantFrom<Layout>('file', 'line');

/** Possible changes to a text: insert a piece, remove one, repeat one. */
const pieces = [
  '0',
  '.',
  'e1',
  '-',
  ' ',
  '  ',
  '\n',
  '\t',
  '\r',
  '"',
  '\\u0041',
  '\\/',
  ',',
  ':',
  '{',
  '}',
  '[]',
  'null',
  '\uFEFF',
  '"a": 1,\n',
];
const edit = fc.record({ at: fc.nat(), cut: fc.nat(3), put: fc.oneof(fc.constant(''), fc.constantFrom(...pieces)) });

function edited(whole: string, edits: readonly { at: number; cut: number; put: string }[]): string {
  let result = whole;
  for (const { at, cut, put } of edits) {
    const start = at % (result.length + 1);
    result = result.slice(0, start) + put + result.slice(start + cut);
  }
  return result;
}

/** Members of the print, one of them a second time. */
function withTwin(printed: string, at: number): string {
  const lines = printed.split('\n');
  const members = lines.flatMap((line, i) => (/^ *"[^"]*": .*,$/.test(line) ? [i] : []));
  const chosen = members[at % Math.max(members.length, 1)];
  return chosen === undefined ? printed : lines.toSpliced(chosen, 0, lines[chosen] ?? '').join('\n');
}

test('after any change, a text that is accepted as its print is its print', () => {
  let [wrong, right] = [0, 0];
  // bytes are known to be UTF-8 before they are looked at
  const law = (form: Layout, text_: string): void => {
    const changed = text_.toWellFormed();
    const own = ((): boolean => {
      try {
        return print(JSON.parse(changed) as Json, form) === changed;
      } catch {
        return false;
      }
    })();
    if (own) right++;
    else wrong++;
    expect(own || !taken(changed, form), JSON.stringify(changed)).toBe(true);
  };
  fc.assert(
    fc.property(json, layout, fc.array(edit, { maxLength: 2 }), fc.nat(), (value, form, edits, at) => {
      const printed = print(value, form);
      law(form, edited(printed, edits));
      law(form, withTwin(printed, at));
      law(form, print(value, form === 'file' ? 'line' : 'file'));
      law(form, JSON.stringify(value, null, 4));
    }),
    { numRuns: Number(process.env['RUNS'] ?? 10_000) },
  );
  expect(Math.min(wrong, right)).toBeGreaterThan(1000);
});

test('if no schema gives an order, the canonical print is the print', () => {
  fc.assert(
    fc.property(json, layout, (value, form) => {
      expect(printCanonical(value, undefined, form)).toBe(print(value, form));
    }),
  );
});

test('the canonical print has whole numbers as keys where the schema has them', () => {
  const order = (names: readonly string[]): KeyOrder => ({
    rank: (name) => (names.includes(name) ? names.indexOf(name) : undefined),
    member: () => order(['b', '1']),
    element: undefined,
  });
  const value = { '7': 0, '2020': { '1': [], b: {} }, '2021': 1, id: 'a', z: null, '01': 2 };
  expect(printCanonical(value, order(['id', '2021', '2020']), 'line')).toBe(
    '{"id":"a","2021":1,"2020":{"b":{},"1":[]},"7":0,"z":null,"01":2}',
  );
});

test.each([
  ['{\n  "a": 1,\n  "b": [],\n  "c": {},\n  "d": [\n    -0.5,\n    "é\\n\\"\\\\",\n    null\n  ]\n}\n', 4],
  ['5\n', 0],
  ['[]\n', 0],
  ['{\n  "a": 1\n}', undefined],
  ['{\n  "a": 1\n}\n\n', undefined],
  ['{\n  "a":1\n}\n', undefined],
  ['{\n  "a":  1\n}\n', undefined],
  ['{\n   "a": 1\n}\n', undefined],
  ['{\n  "a": 1 \n}\n', undefined],
  ['{ }\n', undefined],
  ['[\n  \n]\n', undefined],
  ['{\n}\n', undefined],
  ['{\n  "1": 1\n}\n', undefined],
  ['-0\n', undefined],
  ['1.0\n', undefined],
  ['1e3\n', undefined],
  ['0.0000001\n', undefined],
  ['1234567890123456\n', undefined],
  ['123456789012345\n', 0],
  ['0.1234567890123456\n', undefined],
  ['"\\u0041"\n', undefined],
  ['"\\/"\n', undefined],
  ['"\t"\n', undefined],
])('%j', (text_, members) => {
  expect(membersAsPrinted(Buffer.from(text_), 'file')).toBe(members);
});

test('the check of the bytes recognises every record of the dataset as its print', () => {
  const raw = path.join(root, 'raw');
  const open = fs
    .readdirSync(raw, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.json'))
    .filter((file) => !taken(fs.readFileSync(path.join(raw, file), 'utf8'), 'file'));
  expect(open).toEqual([]);
});
