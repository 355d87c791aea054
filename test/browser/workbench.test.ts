import fs from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { crossing, dataset } from '../support/fixture.ts';
import { run } from '../support/run.ts';
import { workbenchOf } from '../support/workbench.ts';
import { picture, visit } from './browser.ts';
import { startChromium } from './chromium.mjs';

let browser: Browser;
beforeAll(async () => {
  browser = await startChromium();
});
afterAll(() => browser.close());

const size = { viewport: { width: 1440, height: 900 } };

/** Selects words of the text by the key that finds them. */
async function findWords(page: Page, words: string): Promise<void> {
  await page.keyboard.press('Alt+F');
  await page.keyboard.type(words);
  await page.keyboard.press('Enter');
  await expect.poll(() => page.evaluate('getSelection().toString()')).toBe(words);
}

test('a record is made from words of the text by keyboard alone, saved as fix would print it, and valid', async () => {
  const folder = dataset();
  const { url } = await workbenchOf(folder, 'gazette');
  const { page, messages } = await visit(browser, size);
  await page.goto(url);
  await page.locator('#text .piece').waitFor();
  await findWords(page, 'left Ystad');
  await page.keyboard.press('Alt+N');
  await page.getByRole('dialog').getByText('Crossings').waitFor();
  await page.keyboard.press('1');
  await page.getByRole('heading', { name: 'Crossings: new record' }).waitFor();
  await page.locator('#field\\/kind').check();
  await page.getByRole('combobox', { name: 'ship' }).fill('ann');
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('textbox', { name: 'on' }).fill('2022-02-28');
  await page.getByRole('button', { name: '+ port' }).click();
  await page.getByRole('combobox', { name: 'port' }).fill('yst');
  await page.getByRole('option', { name: 'Ystad' }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByText('Left to do: 0').waitFor();
  await picture(page, 'workbench');
  await page.keyboard.press('Control+S');
  await page.getByText('Saved:').waitFor();
  const made = path.join(folder, 'raw/crossings/2022-02-28-anna-ystad.json');
  const record: unknown = JSON.parse(fs.readFileSync(made, 'utf8'));
  expect(record).toMatchObject({
    kind: 'departure',
    ship: 'anna',
    port: 'ystad',
    on: '2022-02-28',
    evidence: [{ source: 'gazette', start: crossing.evidence[0]?.start, supports: ['/port'] }],
  });
  expect((await run(folder, 'validate', ['--sources', 'sources', '--require-sources'])).out).toBe('');
  expect((await run(folder, 'fix', ['--check', '--sources', 'sources'])).status).toBe(0);
  expect(messages).toEqual([]);
});
