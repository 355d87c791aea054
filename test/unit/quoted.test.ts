import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { nodeFileSystem } from '../../scripts/disk/fileSystem.ts';
import { documentsIn } from '../../scripts/read/documents.ts';
import { isInQuotes } from '../../scripts/validate/rules/quoted.ts';
import { freshFolder } from '../support/run.ts';

test.each<[string, string, boolean]>([
  ['with the marks', 'He said [“We will come”] today.', true],
  ['next to the marks', 'He said “[We will come]” today.', true],
  ['in straight marks', 'He said "[We will come]" today.', true],
  ['in German marks', 'Er sagte: „Nein. [Wir kommen nicht.] Nie.“', true],
  ['in guillemets', 'Он сказал: «Нет. [Мы не придём.] Никогда».', true],
  ['in single marks', 'He said ‘No. [We will not come.] Never.’', true],
  ['in the middle of a quotation', '“No. [We will not come.] Never,” he said.', true],
  ['after a quotation', '“No,” he said. [They will not come.]', false],
  ['in another paragraph', '“No,” he said.\n“Never\n[He left.]', false],
  ['beside an apostrophe', 'It is Ida’s ship, and [she sailed].', false],
  ['without marks', '🛳 [She sailed] on Monday.', false],
])('words %s', (_what, marked, expected) => {
  const folder = freshFolder();
  fs.writeFileSync(path.join(folder, 'text.txt'), marked.replace(/[[\]]/g, ''));
  const text = documentsIn(nodeFileSystem(), folder)('text.txt');
  const points = Array.from(marked);
  const start = points.indexOf('[');
  expect(text !== undefined && isInQuotes(text, start, points.indexOf(']') - 1)).toBe(expected);
});
