import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { withSpeakers } from '../support/speakers.ts';
import { laptop, picture } from './browser.ts';
import { startChromium } from './chromium.mjs';
import { atField, choose, findWords, openWorkbench } from './curator.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await startChromium();
});
afterAll(() => browser.close());

test('on whose behalf somebody speaks, a list begins with the government of the office, and has persons behind it', async () => {
  const words = 'Swedish minister Carl Holm told Anna Berg that the Navy of Sweden had left Norway.';
  const { page, messages } = await openWorkbench(browser, withSpeakers(words, 14), laptop, 'log');
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
    .toEqual(['Carl Holm', 'Anna Berg', 'Navy of Sweden']);
  await keyboard.press('Enter');
  await add('Role', '/speaker/role');
  await keyboard.type('Swedish minister');
  await add('On behalf of', '/speaker/for');
  await keyboard.press('ArrowDown');
  await expect
    .poll(async () => (await names.allTextContents()).slice(0, 3))
    .toEqual(['Government of Sweden', 'Government of Norway', 'Anna Berg']);
  await expect.poll(() => marked.allTextContents()).toEqual(['Government of Sweden']);
  await picture(page, 'usual');
  await keyboard.press('Enter');
  await expect.poll(() => page.getByRole('combobox', { name: 'On behalf of' }).inputValue()).toBe('sweden');
  expect(messages).toEqual([]);
});
