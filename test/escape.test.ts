import { expect, test } from 'vitest';
import { escapeMarkdown } from '../scripts/lib/text.ts';

test.each([
  '@everyone',
  '#1',
  'GH-1',
  'https://example.org',
  'www.example.org',
  '$x^2$',
  ':tada:',
  ':+1:',
  '<script>',
  '![](x)',
  '[a](b)',
  '`a`',
  'a|b',
  '**a**',
  '\u202e',
  '\u00ad',
])('%j is no more than its letters in Markdown', (text) => {
  const escaped = escapeMarkdown(text);
  expect(escaped).not.toContain(text);
  expect(escaped).not.toMatch(/[<>$]|(?<!\\)[`[\]|*]/);
});

test('what is nothing but text stays as it is', () => {
  for (const text of ['raw/a.json:4:3 error', 'on: "2022" → 1', 'Aino Laine (Turku), 5 % & more']) {
    expect(escapeMarkdown(text).replace('&amp;', '&')).toBe(text);
  }
});
