import fs from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bells } from '../support/bells.ts';
import { repository } from '../support/repository.ts';
import { writeFiles } from '../support/run.ts';
import { laptop } from './browser.ts';
import { startChromium } from './chromium.mjs';
import { choose, openWorkbench, noticed } from './curator.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await startChromium();
});
afterAll(() => browser.close());

/** Where the focus is: the field, the text or the list; empty if nothing has it. */
function focusOf(page: Page): Promise<string> {
  return page.evaluate<string>(`(() => {
    const at = document.activeElement;
    if (at === null || at === document.body) return '';
    return at.closest('[data-pointer]')?.dataset.pointer ?? at.getAttribute('aria-label') ?? (at.id || at.textContent);
  })()`);
}

async function discard(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Discard/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Discard the draft' }).click();
}

test('beside a text, what closes a dialog or a record leaves the focus in the form or the text', async () => {
  const folder = repository();
  writeFiles(folder, { 'raw/ships/berta.json': { id: 'berta', name: 'Berta' } });
  const { page, messages } = await openWorkbench(browser, folder, laptop, 'gazette');
  const { keyboard } = page;
  await page.locator('#text .piece').first().waitFor();
  await keyboard.press('Alt+R');
  await choose(page, 'berta');
  await page.getByRole('heading', { name: 'Ships: Berta' }).waitFor();
  const field = page.getByRole('textbox', { name: 'name' });
  await field.fill('Clara');
  await discard(page);
  await noticed(page, 'The draft is discarded.');
  await expect.poll(() => focusOf(page)).toBe('/name');
  await page.getByRole('button', { name: 'Change…' }).click();
  await page.getByRole('dialog').getByRole('textbox', { name: 'Identifier' }).fill('clara');
  await keyboard.press('Enter');
  await noticed(page, 'berta is now clara.');
  await expect.poll(() => focusOf(page)).not.toBe('');
  await keyboard.press('Alt+G');
  await page.getByRole('textbox', { name: 'Commit message' }).waitFor();
  await page.getByRole('button', { name: /^Commit/ }).click();
  await noticed(page, 'Committed');
  await expect.poll(() => focusOf(page)).not.toBe('');
  await page.getByRole('button', { name: 'Delete…' }).click();
  await page.getByRole('button', { name: 'Delete the record' }).click();
  await noticed(page, 'Deleted: raw/ships/clara.json');
  await expect.poll(() => focusOf(page)).toBe('Text of the source');
  expect(messages).toEqual([]);
});

test('where the text of the source is not there, the list of sources has the focus', async () => {
  const folder = repository();
  fs.rmSync(path.join(folder, 'sources'), { recursive: true });
  writeFiles(folder, { 'raw/ships/berta.json': { id: 'berta', name: 'Berta' } });
  const { page, messages } = await openWorkbench(browser, folder, laptop, 'berta');
  await page.getByRole('heading', { name: 'Ships: Berta' }).waitFor();
  await page.getByRole('button', { name: 'Delete…' }).click();
  await page.getByRole('button', { name: 'Delete the record' }).click();
  await noticed(page, 'Deleted:');
  await expect.poll(() => focusOf(page)).toBe('gazette');
  expect(messages).toEqual([]);
});

test('without sources, the list of records has the focus after a record is gone', async () => {
  const { page, messages } = await openWorkbench(browser, bells(), laptop, 'little-tom');
  await page.getByRole('heading', { name: 'Bells: Little Tom' }).waitFor();
  await page.getByRole('button', { name: 'Delete…' }).click();
  await page.getByRole('button', { name: 'Delete the record' }).click();
  await noticed(page, 'Deleted:');
  await expect.poll(() => focusOf(page)).toBe('Record');
  await page.keyboard.press('Alt+N');
  await choose(page, 'Towers');
  await page.keyboard.type('Magdalen');
  await discard(page);
  await noticed(page, 'The draft is discarded.');
  await expect.poll(() => focusOf(page)).toBe('Record');
  expect(messages).toEqual([]);
});
