import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sha256 } from '../support/fixture.ts';
import { writeFiles } from '../support/run.ts';
import { withSpeakers } from '../support/speakers.ts';
import { laptop, picture } from './browser.ts';
import { startChromium } from './chromium.mjs';
import { atField, choose, findWords, openWorkbench } from './curator.ts';
import { citedBy } from './harbour.ts';
import { hold } from './held.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await startChromium();
});
afterAll(() => browser.close());

test('on whose behalf somebody speaks, a list begins with the government of the office, and has persons behind it', async () => {
  const words = 'Dutch minister Carl Holm told Anna Berg that the Navy of the Netherlands had left Norway.';
  const { page, messages } = await openWorkbench(browser, withSpeakers(words, 16), laptop, 'log');
  const { keyboard } = page;
  await page.locator('#text .piece').first().waitFor();
  await findWords(page, words);
  await keyboard.press('Alt+N');
  await choose(page, 'Crossings');
  await page.locator('[data-pointer]:focus-within').first().waitFor();
  const add = async (title: string, at: string): Promise<void> => {
    await keyboard.press('Alt+A');
    await choose(page, title);
    await atField(page, at);
  };
  const names = page.getByRole('option').locator('b');
  const marked = page.locator('[role="option"][aria-selected="true"] b');
  await add('Speaker', '/speaker/actor');
  await keyboard.press('ArrowDown');
  // the navy is named, but nothing of its kind has spoken yet
  await expect
    .poll(async () => (await names.allTextContents()).slice(0, 3))
    .toEqual(['Carl Holm', 'Anna Berg', 'Navy of the Netherlands']);
  await keyboard.press('Enter');
  await add('Role', '/speaker/role');
  await keyboard.type('Dutch minister');
  await add('On behalf of', '/speaker/for');
  await keyboard.press('ArrowDown');
  await expect
    .poll(async () => (await names.allTextContents()).slice(0, 3))
    .toEqual(['Government of the Netherlands', 'Government of Norway', 'Anna Berg']);
  await expect.poll(() => marked.allTextContents()).toEqual(['Government of the Netherlands']);
  await picture(page, 'usual');
  await keyboard.press('Enter');
  await expect.poll(() => page.getByRole('combobox', { name: 'On behalf of' }).inputValue()).toBe('netherlands');
  expect(messages).toEqual([]);
});

test('until it is known what is usual, nothing is highlighted; then the list is put in order', async () => {
  const words = 'The Navy of the Netherlands left, said Carl Holm.';
  const { page } = await openWorkbench(browser, withSpeakers(words, 16), laptop, 'log');
  await page.locator('#text .piece').first().waitFor();
  await findWords(page, words);
  await page.keyboard.press('Alt+N');
  await choose(page, 'Crossings');
  await page.locator('[data-pointer]:focus-within').first().waitFor();
  await page.keyboard.press('Alt+A');
  await choose(page, 'Speaker');
  await atField(page, '/speaker/actor');
  const names = page.getByRole('option').locator('b');
  const marked = page.locator('[role="option"][aria-selected="true"] b');
  const held = await hold(page, 'unusual');
  await page.keyboard.press('ArrowDown');
  await held.asked;
  await names.first().waitFor();
  expect((await names.allTextContents())[0]).toBe('Navy of the Netherlands');
  expect(await marked.count()).toBe(0);
  await held.answer();
  await expect.poll(async () => (await names.allTextContents())[0]).toBe('Carl Holm');
  await expect.poll(() => marked.allTextContents()).toEqual(['Carl Holm']);
});

test.each([
  ['Dutch Carl Holm spoke.', 'Dutch Carl Holm spoke.'],
  ['It was Carl Holm who spoke.', 'He left.'],
])('of “%s”, words that name the country are cited, and else those of another record', async (spoken, cited) => {
  const words = `${spoken} He left.`;
  const folder = withSpeakers(words, 16);
  const span = { source: 'log', start: words.indexOf('He left.'), end: words.length, begins: 'He', ends: 'left.' };
  const evidence = [{ ...span, sha256: sha256('He left.'), supports: ['/speaker/for'] }];
  const speaker = { actor: 'holm', for: 'netherlands' };
  writeFiles(folder, {
    'raw/crossings/other.json': { id: 'other', speaker, kind: 'departure', ship: 'anna', on: '2022-02-28', evidence },
  });
  const { page } = await openWorkbench(browser, folder, laptop, 'log');
  const { keyboard } = page;
  await page.getByRole('button', { name: 'other' }).waitFor();
  await findWords(page, spoken);
  await keyboard.press('Alt+N');
  await choose(page, 'Crossings');
  await page.locator('[data-pointer]:focus-within').first().waitFor();
  await keyboard.press('Alt+A');
  await choose(page, 'Speaker');
  await atField(page, '/speaker/actor');
  await choose(page, 'Carl');
  await keyboard.press('Alt+A');
  await choose(page, 'On behalf of');
  await atField(page, '/speaker/for');
  await keyboard.press('ArrowDown');
  await page.getByRole('option', { name: 'Government of the Netherlands', selected: true }).waitFor();
  await keyboard.press('Enter');
  await expect.poll(() => page.getByRole('combobox', { name: 'On behalf of' }).inputValue()).toBe('netherlands');
  await expect.poll(() => citedBy(page, '/speaker/for')).toEqual([cited]);
});
