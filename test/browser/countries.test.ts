import fs from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { resolving } from '../support/departures.ts';
import { writeFiles } from '../support/run.ts';
import { laptop, picture } from './browser.ts';
import { startChromium } from './chromium.mjs';
import { atField, choose, findWords, openWorkbench } from './curator.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await startChromium();
});
afterAll(() => browser.close());

const named = new Intl.DisplayNames('en', { type: 'region' });
const codes = 'AD AE BE CA CD CG CZ DE EE ES FR GB IT LT LV NL NO PL PT RO RU TR UA US'.split(' ');
const flag = { title: 'Flag', oneOf: codes.map((code) => ({ const: code, description: named.of(code) })) };

/** A newsroom in which ships have a flag. `text` is what the source says. */
function withFlags(text: string): string {
  const folder = resolving(text, 'en');
  const file = path.join(folder, 'schema/ships.schema.json');
  const ships: { readonly properties: object } = JSON.parse(fs.readFileSync(file, 'utf8'));
  writeFiles(folder, { 'schema/ships.schema.json': { ...ships, properties: { ...ships.properties, flag } } });
  return folder;
}

/** Begins a ship from words of the source, and goes to its flag. */
async function beginShip(page: Page, words: string, called: string): Promise<void> {
  await page.locator('#text .piece').first().waitFor();
  await findWords(page, words);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Alt+N');
  await choose(page, 'Ships');
  await page.locator('[data-pointer="/name"] :is(input, textarea)').fill(called);
  await page.keyboard.press('Alt+A');
  await choose(page, 'Flag');
  await atField(page, '/flag');
}

const active = '[role="option"][aria-selected="true"]';

test('the code of the country that the name or the words have is first, and taken by ↓ and Enter', async () => {
  const text = 'A Dutch frigate, the Ida, came. The Norwegians met the French.';
  const { page, messages } = await openWorkbench(browser, withFlags(text), laptop, 'log');
  const { keyboard } = page;
  const options = page.locator('[data-pointer="/flag"]').getByRole('option');
  const input = page.locator('[data-pointer="/flag"] input');
  await beginShip(page, 'A Dutch frigate', 'Ida');
  await keyboard.press('ArrowDown');
  await expect.poll(() => page.locator(active).allInnerTexts()).toEqual([expect.stringContaining('Netherlands')]);
  await picture(page, 'country');
  await keyboard.press('Enter');
  await expect.poll(() => input.inputValue()).toBe('NL');
  // typed, if no code has these words
  await input.fill('danish or dutch');
  await expect.poll(() => options.first().innerText()).toContain('NL');
  await keyboard.press('Escape');
  // an adjective that several have is only similar
  await input.fill('congolese');
  await expect.poll(async () => (await options.allInnerTexts()).map((each) => each.slice(0, 2))).toEqual(['CD', 'CG']);
  expect(await page.locator(active).count()).toBe(0);
  await keyboard.press('Escape');
  // the name says more than the words
  await beginShip(page, 'A Dutch frigate', 'Navy of Estonia');
  await keyboard.press('ArrowDown');
  await expect.poll(() => page.locator(active).allInnerTexts()).toEqual([expect.stringContaining('Estonia')]);
  await keyboard.press('Enter');
  await expect.poll(() => input.inputValue()).toBe('EE');
  // of two, none is meant before an arrow key
  await beginShip(page, 'The Norwegians met the French', 'Anna');
  await keyboard.press('ArrowDown');
  await expect.poll(async () => (await options.allInnerTexts()).slice(0, 2).join()).toMatch(/^NO.*FR/su);
  expect(await page.locator(active).count()).toBe(0);
  await keyboard.press('Enter');
  await expect.poll(() => page.locator(active).allInnerTexts()).toEqual([expect.stringContaining('NO')]);
  expect(messages).toEqual([]);
});

test('of two codes that begin alike, no key takes one', async () => {
  const folder = withFlags('A Dutch frigate, the Ida, came.');
  const file = path.join(folder, 'schema/ships.schema.json');
  const ships: { readonly properties: object } = JSON.parse(fs.readFileSync(file, 'utf8'));
  const sort = { title: 'Sort', enum: ['north_gate', 'north_pier', 'south', 'east', 'west'] };
  writeFiles(folder, { 'schema/ships.schema.json': { ...ships, properties: { ...ships.properties, sort } } });
  const { page, messages } = await openWorkbench(browser, folder, laptop, 'log');
  const { keyboard } = page;
  await beginShip(page, 'A Dutch frigate', 'Ida');
  await keyboard.press('Alt+A');
  await choose(page, 'Sort');
  await atField(page, '/sort');
  const input = page.locator('[data-pointer="/sort"] input');
  const options = page.locator('[data-pointer="/sort"]').getByRole('option');
  await keyboard.type('nor');
  await expect.poll(() => options.count()).toBe(2);
  await keyboard.press('Alt+J');
  await expect.poll(() => input.inputValue()).toBe('nor');
  await input.fill('north_p');
  await keyboard.press('Alt+J');
  await expect.poll(() => input.inputValue()).toBe('north_pier');
  expect(messages).toEqual([]);
});
