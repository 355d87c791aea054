import fs from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { museum } from '../support/museum.ts';
import { laptop } from './browser.ts';
import { startChromium } from './chromium.mjs';
import { atField, openWorkbench } from './curator.ts';

// Empty entries are left out of a save, and what is removed takes with it only what is in it.

let browser: Browser;
beforeAll(async () => {
  browser = await startChromium();
});
afterAll(() => browser.close());

/** Opens a record of a museum, by its identifier. */
async function openRecord(id: string, folder: string): Promise<Page> {
  const { page } = await openWorkbench(browser, folder, laptop);
  await page
    .locator('#record-rows [role="option"]')
    .filter({ hasText: new RegExp(`${id}$`) })
    .first()
    .click();
  await page.waitForURL((address) => address.hash.endsWith(`/${id}`));
  await page.getByRole('heading', { level: 2 }).waitFor();
  return page;
}

function noticeOf(page: Page) {
  return page.locator('#notice');
}

const lip = { part: 'lip' };

/** An inspection with findings, and an empty note at the last one. */
async function openNoted(findings: readonly object[]): Promise<Page> {
  const first = { id: 'first', bell: 'tom', inspector: 'Ada', findings };
  const page = await openRecord('first', museum({ 'raw/inspections/first.json': first }));
  const card = page.locator('.card').last();
  await card.locator('summary').click();
  await card.getByRole('button', { name: '+ Note' }).click();
  await atField(page, `/findings/${findings.length - 1}/note`);
  return page;
}

test('empty fields move up with their entry if an empty entry before it is left out', async () => {
  const page = await openNoted([lip, {}, { part: 'crown' }]);
  await page.keyboard.press('Control+S');
  await expect
    .poll(() => noticeOf(page).textContent())
    .toContain('Saved: raw/inspections/first.json · Left out, since empty: Findings › 2.');
  await page.getByRole('textbox', { name: 'Note' }).waitFor();
  await expect.poll(() => page.locator('[data-pointer="/findings/1/note"]').count()).toBe(1);
});

test('empty fields move up with their entry if the one before it is gone with its last field', async () => {
  const page = await openNoted([lip, { part: 'crown' }]);
  await page.locator('.card summary').first().click();
  await page.locator('[data-pointer="/findings/0/part"] :is(input, textarea)').focus();
  await page.keyboard.press('Alt+Shift+Delete');
  await page.getByRole('option', { name: 'Findings › 1 › Part' }).waitFor();
  await page.keyboard.press('Enter');
  await expect.poll(() => page.locator('.card').count()).toBe(1);
  await expect.poll(() => page.locator('[data-pointer="/findings/0/note"]').count()).toBe(1);
});

test('an entry whose only text is cleared stays where it is: what is typed next goes into it', async () => {
  const folder = museum({
    'raw/inspections/first.json': { id: 'first', bell: 'tom', findings: [lip, { part: 'crown' }] },
  });
  const page = await openRecord('first', folder);
  await page.locator('.card summary').first().click();
  await page.locator('[data-pointer="/findings/0/part"] :is(input, textarea)').focus();
  await page.keyboard.press('Control+A');
  await page.keyboard.press('Backspace');
  await page.keyboard.type('rim');
  await page.keyboard.press('Control+S');
  await expect.poll(() => noticeOf(page).textContent()).toContain('Saved: raw/inspections/first.json');
  const saved: unknown = JSON.parse(fs.readFileSync(path.join(folder, 'raw/inspections/first.json'), 'utf8'));
  expect(saved).toMatchObject({ findings: [{ part: 'rim' }, { part: 'crown' }] });
});

/** A bell with the name of another one, and an empty entry among its other names. */
async function openNamesake(): Promise<Page> {
  const page = await openRecord('ann', museum({ 'raw/bells/ann.json': { id: 'ann', name: 'Great Tom', weight: 1 } }));
  await page.getByRole('button', { name: '+ Other names' }).click();
  await page.locator('[data-add="/other_names"]').click();
  await atField(page, '/other_names/1');
  return page;
}

test('a save says at once what was left out, and which warnings there are', async () => {
  const page = await openNamesake();
  await page.getByRole('textbox', { name: 'Weight' }).fill('2');
  await page.keyboard.press('Control+S');
  await expect
    .poll(() => noticeOf(page).textContent())
    .toContain(
      'Saved: raw/bells/ann.json · Left out, since empty: Other names › 1 and Other names › 2. · 1 warning: press Alt+J to see.',
    );
});

test('what was left out is said also if the record has errors, or nothing else has changed', async () => {
  const page = await openNamesake();
  await page.keyboard.press('Control+S');
  await expect
    .poll(() => noticeOf(page).textContent())
    .toContain('There are no changes to save. Left out, since empty: Other names › 1 and Other names › 2.');
  await page.locator('[data-add="/other_names"]').click();
  await atField(page, '/other_names/0');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('');
  await page.keyboard.press('Control+S');
  await expect.poll(() => noticeOf(page).textContent()).toContain('Not saved: the record has errors.');
  await expect.poll(() => noticeOf(page).textContent()).toContain('Left out, since empty: Other names › 1.');
});

test('a number of a list that is cleared stays where it is, too', async () => {
  const page = await openRecord(
    'grid',
    museum({ 'raw/bells/grid.json': { id: 'grid', name: 'Grid', grid: [[1, 2]] } }),
  );
  const number = (at: number) => page.locator(`[data-pointer="/grid/0/${at}"] input`);
  await number(0).focus();
  await page.keyboard.press('Control+A');
  await page.keyboard.press('Backspace');
  await page.keyboard.type('7');
  await expect.poll(() => number(0).inputValue()).toBe('7');
  await expect.poll(() => number(1).inputValue()).toBe('2');
});
