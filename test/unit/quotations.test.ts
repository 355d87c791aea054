import { expect, test } from 'vitest';
import { quotationAround } from '../../scripts/web/workbench/quotations.ts';

/** The quotation around `|` in a text, what is before it, and what follows in its sentence. */
function around(text: string): readonly string[] | undefined {
  const place = text.indexOf('|');
  const plain = text.replace('|', '');
  const found = quotationAround(plain, place);
  return found && [found.before, found, found.after].map(({ start, end }) => plain.slice(start, end));
}

test.each([
  ['He said: “We |left.” She', ['He said: ', 'We left.', '']],
  ['“We |left,” he said on Monday. She left.', ['', 'We left,', ' he said on Monday.']],
  ['“We |left,” he said, “and won.”', ['', 'We left,', ' he said, ']],
  ['He said: «Ми |йдемо», — і пішов.', ['He said: ', 'Ми йдемо', ', — і пішов.']],
  ['Er sagte: „Wir |gehen“, am 3. März.', ['Er sagte: ', 'Wir gehen', ', am 3. März.']],
  ['Er sagte: »Wir |gehen«.', ['Er sagte: ', 'Wir gehen', '.']],
  ['On – "We |left," he said.', ['On – ', 'We left,', ' he said.']],
  // the nearest one counts
  ['“They said “no” and |left,” he said.', ['', 'They said “no” and left,', ' he said.']],
  ['«The "good| men" left», he said.', ['«The ', 'good men', ' left»']],
  // no mark closes it
  ['“We |left, he said.\n\nShe', ['', 'We left, he said.', '']],
])('it goes from mark to mark: %s', (text, parts) => {
  expect(around(text)).toEqual(parts.map((part) => expect.stringContaining(part)));
  expect(around(text)?.slice(0, 2)).toEqual(parts.slice(0, 2));
});

test.each([
  ['We |left.'],
  ['“We left,” he |said.'],
  ['„Wir gehen“, sagte |er.'],
  ['»Wir gehen«, sagte |er.'],
  ['"We left," he |said, "and won."'],
  ['“We left.\n\nShe |left.”'],
  ['We left.” She |left.'],
])('outside of them, there is none: %s', (text) => {
  expect(around(text)).toBeUndefined();
});
