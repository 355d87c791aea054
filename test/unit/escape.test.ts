import fs from 'node:fs';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { codeSpan } from '../../scripts/comment/codeSpan.mjs';
import { faultOf } from '../../scripts/comment/fault.mjs';
import { printable } from '../../scripts/comment/printable.mjs';
import { type Report, renderReport } from '../../scripts/comment/render.mjs';
import { code, markdown, paragraphs } from '../../scripts/write/metadata/markdown.ts';
import { codeTexts, outsideCode, render } from '../support/markdown.ts';
import { root } from '../support/run.ts';

/** Characters that Markdown or GitHub would interpret. */
const hostile = [
  '@everyone',
  '##[add-mask]a',
  '::add-mask::a',
  '@org/team',
  'fixes #1',
  'GH-1',
  'owner/repo#1',
  'a'.repeat(40),
  'https://example.org',
  'http://example.org',
  'www.example.org',
  '//example.org',
  'ida@example.org',
  'mailto:ida@example.org',
  '$x^2$',
  '$`x`$',
  '$',
  '$$\nx\n$$',
  ':tada:',
  ':+1:',
  '<script>',
  '<!-- report -->',
  '</details>',
  '<a href="//example.org">',
  '&#64;everyone',
  '&lt;b&gt;',
  '&amp;',
  '![](x)',
  '[a](b)',
  '[a][b]',
  '[^1]',
  '[^1]: note',
  '[a]: //example.org',
  '- [ ] task',
  '`a`',
  '`',
  '``',
  '` a `',
  '```',
  '~~~',
  '~~a~~',
  'a|b',
  '|-|-|',
  '**a**',
  '_a_',
  '# heading',
  '> quote',
  '1. one',
  '---',
  '\\',
  '\\`',
  '\n\n# heading\n',
  '\r\n- item',
  '\u2028',
  '\u202e',
  '\u00ad',
  '\u200b',
  '\u{e0041}',
  '\ufe0f',
  '\ud800',
  '\u0000',
  ' ',
  '  ',
  ' a ',
  '    code',
  '\tcode',
  '',
];

/** What a reader sees of a text from data. */
const seen = (text: string): string => (text === '' ? ' ' : printable(text));

describe('a text from data in Markdown', () => {
  test.each(hostile)('%j is a code span and nothing else', (text) => {
    for (const place of [codeSpan(text), `- ${codeSpan(text)}`, `a ${codeSpan(text)} b ${codeSpan(text)}`]) {
      const html = render(place);
      expect(new Set(codeTexts(html))).toEqual(new Set([seen(text)]));
      expect(outsideCode(html)).toBe(outsideCode(render(place.replaceAll(codeSpan(text), '`x`'))));
    }
  });

  test('has a fence that GitHub can still read, with any number of backticks', () => {
    const text = Array.from({ length: 100 }, (_, i) => '`'.repeat(i)).join(' ');
    expect(codeSpan(text)).not.toMatch(/^`{81}/);
    expect(codeTexts(render(codeSpan(text)))).toEqual([text.replaceAll('`', '\\u0060')]);
  });

  test('never puts a dollar sign next to a fence, which would make a formula', () => {
    expect(codeSpan('$x$')).toBe('` $x$ `');
  });
});

describe('a description from a schema', () => {
  test.each([
    ['two\r\nlines', '<p>two lines</p>'],
    ['two\n\nparagraphs\n', '<p>two</p>\n<p>paragraphs</p>'],
    ['# no heading', '<p># no heading</p>'],
    ['- no item', '<p>- no item</p>'],
    ['1. no item', '<p>1. no item</p>'],
    ['~~a~~ *b* _c_ `d` [e](f)', '<p>~~a~~ *b* _c_ `d` [e](f)</p>'],
    ['<b> & &lt;', '<p>&lt;b&gt; &amp; &amp;lt;</p>'],
  ])('%j is paragraphs and nothing else', (text, html) => {
    expect(render(paragraphs(text))).toBe(html);
  });

  test('is one cell of a table, as is code', () => {
    const table = (cell: string): string => `| a | b |\n| --- | --- |\n| ${cell} | x |\n`;
    expect(render(table(markdown('a | b\n\nc')))).toContain('<td>a | b c</td>\n<td>x</td>');
    expect(render(table(code('^(a|`b`)$')))).toContain('<td><code>^(a|`b`)$</code></td>\n<td>x</td>');
  });
});

describe('a text from data on a terminal', () => {
  test('shows what is invisible or controls the terminal, as JSON would write it', () => {
    expect(printable('a\u001b[31m\r\u009b\u202e\u200b\u2028\ufeff\u115f\ufe0f')).toBe(
      'a\\u001b[31m\\u000d\\u009b\\u202e\\u200b\\u2028\\ufeff\\u115f\\ufe0f',
    );
    expect(printable('\u{e0041}\ud800')).toBe('\\udb40\\udc41\\ud800');
    expect(JSON.parse(printable(JSON.stringify('\u{e0041}\u202e')))).toBe('\u{e0041}\u202e');
  });

  test('shows what the log of a workflow would run, as JSON would write it', () => {
    expect(printable(' ::add-mask::a')).toBe(' \\u003a:add-mask::a');
    expect(printable('a ###[add-mask]b')).toBe('a #\\u0023#[add-mask]b');
    expect(JSON.parse(printable(JSON.stringify('##[add-mask]b')))).toBe('##[add-mask]b');
  });

  test('leaves what can be seen as it is', () => {
    for (const text of [
      'raw/a.json:4:3 error',
      'Öland 🛳 葛 ﷺ',
      'a::b #1 ## c',
      'e\u0301',
      'Aino Laine (Turku), 5 % & more',
    ])
      expect(printable(text)).toBe(text);
  });
});

const text = fc.oneof(
  fc.constantFrom(...hostile),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc
    .array(fc.constantFrom('`', '$', ' ', '\n', '@', '#', '<', '|', '[', ']', '(', ')', '\\', '*', 'a', '-', '~'), {
      maxLength: 12,
    })
    .map((parts) => parts.join('')),
);
const counted = fc.nat(20);
const texts = fc.record({ shown: fc.array(text, { maxLength: 3 }), more: counted });
const change = fc.constantFrom('added', 'changed', 'removed', 'withdrawn');
const line = fc.record({ text, evidence: text, more_spans: counted }, { requiredKeys: ['text'] });
const report: fc.Arbitrary<Report> = fc.record(
  {
    format: fc.constant('1'),
    deleted: counted,
    unseen: texts,
    bump: fc.record({ least: fc.constantFrom('major', 'minor', 'patch'), reasons: texts }),
    schema: texts,
    outliers: texts,
    tables: fc.array(
      fc.record({
        name: text,
        counts: fc.array(fc.record({ change, records: counted }), { maxLength: 4 }),
        records: fc.array(
          fc.record(
            { id: text, change, unseen: fc.constant(1), lines: fc.array(line, { maxLength: 3 }), more: counted },
            { requiredKeys: ['id', 'change', 'lines', 'more'] },
          ),
          {
            maxLength: 3,
          },
        ),
      }),
      { maxLength: 3 },
    ),
    more_tables: counted,
  },
  { requiredKeys: ['format', 'deleted', 'unseen', 'schema', 'tables', 'more_tables'] },
);

/** A value with each of its texts replaced. */
function withTexts(value: unknown, replace: (text: string, key: string) => string, key = ''): unknown {
  if (typeof value === 'string') return replace(value, key);
  if (Array.isArray(value)) return value.map((each) => withTexts(each, replace, key));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, withTexts(each, replace, name)]));
}

const known = new Set<string | undefined>([
  'p',
  'strong',
  'h3',
  'ul',
  'li',
  'code',
  'blockquote',
  'details',
  'summary',
]);
const ownWords = new Set(['format', 'least', 'change']);

describe('a report in Markdown', () => {
  test('has the same few tags for any texts, and shows each text', () => {
    fc.assert(
      fc.property(report, (given) => {
        const shown = new Map<string, string>();
        const plain = withTexts(given, (each, key) => {
          if (ownWords.has(key)) return each;
          // evidence that is the same stays the same
          const word = shown.get(each) ?? `x${shown.size}`;
          shown.set(each, word);
          return word;
        }) as Report;
        const html = render(renderReport(given));
        const outside = outsideCode(html);
        expect(outside).toBe(outsideCode(render(renderReport(plain))));
        expect(
          Array.from(outside.matchAll(/<[/]?(\w+)[^>]*>/g), ([, tag]) => tag).filter((tag) => !known.has(tag)),
        ).toEqual([]);
        const codes = new Set(codeTexts(html));
        const missing = [...shown.keys()].map(seen).filter((each) => !codes.has(each));
        expect(missing).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });
});

const schemaFile = path.join(root, 'scripts/comment/report.schema.json');
const schema = JSON.parse(fs.readFileSync(schemaFile, 'utf8')) as Parameters<typeof faultOf>[0];

describe('the schema of a report', () => {
  const accepts = new Ajv2020({ strict: true }).compile(schema);

  test('limits every text, list and number, and knows every property', () => {
    const parts: Record<string, unknown>[] = [];
    withParts(schema, (part) => parts.push(part));
    const limits: Readonly<Record<string, readonly string[]>> = {
      object: ['properties', 'required', 'additionalProperties'],
      array: ['items', 'maxItems'],
      string: ['maxLength'],
      integer: ['minimum', 'maximum'],
    };
    const annotations = new Set(['$schema', 'title', 'description', '$defs', 'type']);
    const unlimited = parts.filter((part) => {
      const expected = '$ref' in part ? ['$ref'] : 'enum' in part ? ['enum'] : limits[String(part['type'])];
      const keys = Object.keys(part).filter((key) => !annotations.has(key));
      return (
        keys.toSorted().join() !== expected?.toSorted().join() || (part['additionalProperties'] ?? false) !== false
      );
    });
    expect(unlimited).toEqual([]);
    expect(parts.length).toBeGreaterThan(20);
  });

  test('gives the same result in the check of the comment as in ajv', () => {
    fc.assert(
      fc.property(report, fc.nat(), fc.jsonValue(), (given, at, value) => {
        expect(accepts(given)).toBe(true);
        expect(faultOf(schema, given)).toBeUndefined();
        const broken = replaced(given, at, value);
        expect(faultOf(schema, broken) === undefined, JSON.stringify(broken)).toBe(accepts(broken));
      }),
      { numRuns: 100 },
    );
  });

  const empty = {
    format: '1',
    deleted: 0,
    unseen: { shown: [], more: 0 },
    schema: { shown: [], more: 0 },
    tables: [],
    more_tables: 0,
  };

  test.each([
    ['null', null, 'the report is not an object'],
    ['a list', [], 'the report is not an object'],
    ['another edition', { ...empty, format: '2' }, 'the report/format is none of 1'],
    ['a property too many', { ...empty, '@everyone': 1 }, 'the report has a property that the schema does not know'],
    ['a prototype', JSON.parse(`{"__proto__":1,${JSON.stringify(empty).slice(1)}`), /does not know$/],
    ['one of every object', { ...empty, constructor: 1 }, /does not know$/],
    ['a long text', { ...empty, unseen: { shown: ['x'.repeat(1001)], more: 0 } }, /longer than 1000 characters$/],
    ['a long list', { ...empty, tables: Array(1001).fill(0) }, 'the report/tables has more than 1000 elements'],
    ['a fraction', { ...empty, deleted: 0.5 }, 'the report/deleted is not an integer'],
    ['less than nothing', { ...empty, deleted: -1 }, 'the report/deleted is not between 0 and 1000000000'],
    ['no tables', { ...empty, tables: undefined }, 'the report/tables is not an array'],
  ])('rejects %s, in words that contain nothing of it', (_, value, says) => {
    expect(faultOf(schema, empty)).toBeUndefined();
    expect(faultOf(schema, value)).toMatch(says);
  });
});

/** Calls back with each schema inside a schema. */
function withParts(value: unknown, add: (part: Record<string, unknown>) => void): void {
  if (typeof value !== 'object' || value === null) return;
  const part = value as Record<string, unknown>;
  add(part);
  for (const key of ['properties', '$defs']) for (const each of Object.values(part[key] ?? {})) withParts(each, add);
  withParts(part['items'], add);
}

/** A value with the n-th of its parts, counted around, replaced by another. */
function replaced(value: unknown, n: number, by: unknown): unknown {
  let total = 0;
  const countParts = (each: unknown): void => {
    total++;
    if (typeof each === 'object' && each !== null) Object.values(each).forEach(countParts);
  };
  countParts(value);
  let left = n % total;
  const copy = (each: unknown): unknown => {
    if (left-- === 0) return by;
    if (Array.isArray(each)) return each.map(copy);
    if (typeof each !== 'object' || each === null) return each;
    return Object.fromEntries(Object.entries(each).map(([key, inner]) => [key, copy(inner)]));
  };
  return copy(value);
}

test('the selectors and joiners of an emoji are printed as they are, others are shown', () => {
  const printed = ['❤️', '👨‍👩‍👧', '☎️ 1'].map((emoji) => printable(emoji));
  expect(printed).toEqual(['❤️', '👨‍👩‍👧', '☎️ 1']);
  expect(printable('a\ufe0fb\u200dc')).toBe('a\\ufe0fb\\u200dc');
});
