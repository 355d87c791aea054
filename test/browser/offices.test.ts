import fs from 'node:fs';
import path from 'node:path';
import type { Browser } from 'playwright-core';
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

const name = { title: 'Name', type: 'string', maxLength: 2000 };

/** A newsroom whose crossings have a captain, with an office. `text` is what the source says. */
function withCaptains(text: string): string {
  const folder = resolving(text, 'en');
  const file = path.join(folder, 'schema/crossings.schema.json');
  const crossings: { readonly properties: object } = JSON.parse(fs.readFileSync(file, 'utf8'));
  const captain = {
    title: 'Captain',
    type: 'object',
    properties: {
      person: { title: 'Person', type: 'string', 'x-references': 'people' },
      printed: { ...name, title: 'Printed', 'x-verbatim': true, 'x-evidence': true },
      office: { ...name, title: 'Office', pattern: String.raw`^[^\n]*$`, 'x-evidence': true },
      mood: { ...name, title: 'Mood' },
    },
    required: ['person'],
  };
  const properties = { id: { type: 'string' }, name };
  writeFiles(folder, {
    'schema/crossings.schema.json': { ...crossings, properties: { captain, ...crossings.properties } },
    'schema/people.schema.json': { type: 'object', properties, required: ['id', 'name'], 'x-authority': true },
    'raw/people/berg.json': { id: 'berg', name: 'Anna Berg' },
    'raw/people/holm.json': { id: 'holm', name: 'Carl Holm' },
  });
  return folder;
}

const text = 'The harbour’s spokeswoman, Anna Berg, came. So did Carl Holm.\n\nBerg said on Monday that it was late.';

test('Enter fills in the office of the person beside it in the words of the text, and cites them', async () => {
  const { page, messages, requests } = await openWorkbench(browser, withCaptains(text), laptop, 'log');
  const { keyboard } = page;
  await page.locator('#text .piece').first().waitFor();
  await findWords(page, 'Berg said on Monday');
  await keyboard.press('Escape');
  await keyboard.press('Alt+N');
  await choose(page, 'Crossings');
  const add = async (title: string, at: string): Promise<void> => {
    await keyboard.press('Alt+A');
    await choose(page, title);
    await atField(page, at);
  };
  await add('Captain', '/captain/person');
  const offers = page.getByRole('group', { name: 'Office in the text' });
  await choose(page, 'Anna');
  await add('Printed', '/captain/printed');
  await add('Mood', '/captain/mood');
  await add('Office', '/captain/office');
  await expect.poll(() => offers.allTextContents()).toEqual(['Use harbour’s spokeswoman']);
  const key = 'getComputedStyle(document.querySelector("[data-enter]"), "::after").visibility';
  expect(await page.evaluate(key)).toBe('visible');
  await picture(page, 'office');
  // a name as printed and a mood are no office: nothing is asked about them
  const asked = (): number => requests.filter((each) => each.endsWith('/api/office')).length;
  const before = asked();
  await page.clock.install();
  for (const other of ['mood', 'printed']) {
    await page.locator(`[data-pointer="/captain/${other}"] textarea`).fill('');
    await page.clock.runFor(1000);
    expect(await offers.count()).toBe(0);
  }
  expect(asked()).toBe(before);
  const office = page.locator('[data-pointer="/captain/office"] textarea');
  await office.focus();
  await keyboard.press('Enter');
  await expect.poll(() => office.inputValue()).toBe('harbour’s spokeswoman');
  await atField(page, '/captain/office');
  await expect
    .poll(() => page.locator('[data-pointer="/captain/office"] .evidence').allInnerTexts())
    .toEqual([expect.stringContaining('harbour’s spokeswoman')]);
  // the text says nothing of the other one
  await keyboard.press('Control+Z');
  await expect.poll(() => office.inputValue()).toBe('');
  await page.locator('[data-pointer="/captain/person"] input').fill('Carl');
  await page.getByRole('option').first().waitFor();
  await keyboard.press('Enter');
  await office.focus();
  await keyboard.press('Enter');
  await keyboard.type('mate');
  await expect.poll(() => office.inputValue()).toBe('mate');
  expect(messages).toEqual([]);
});
