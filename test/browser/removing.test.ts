import fs from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newsroom } from '../support/articles.ts';
import { picture, laptop } from './browser.ts';
import { startChromium } from './chromium.mjs';
import { atField, choose, findWords, openWorkbench } from './curator.ts';
import { beginAtPort, citedBy, openHarbour } from './harbour.ts';

// Evidence, fields and entries are removed by keys, and empty entries are not saved.

let browser: Browser;
beforeAll(async () => {
  browser = await startChromium();
});
afterAll(() => browser.close());

function notice(page: Page, words: string): Promise<void> {
  return page.locator('#notice', { hasText: words }).waitFor();
}

test('a key removes the words that a field cites, and asks which if there are several', async () => {
  const { page } = await openHarbour(browser);
  const { keyboard } = page;
  await beginAtPort(page, 'The ferry left for Germany with 40 cars');
  await choose(page, 'ystad');
  await keyboard.press('Alt+E');
  await notice(page, 'port cites these words already. Alt+Delete removes them.');
  await findWords(page, 'The ferry left for Germany with');
  await keyboard.press('Alt+E');
  // both begin alike and are told apart by their ends
  const [first = '', second = ''] = await citedBy(page, '/port');
  expect([first.slice(-3), second.slice(-4)]).toEqual(['ars', 'with']);
  await keyboard.press('Alt+Delete');
  await page.getByRole('dialog', { name: 'Remove evidence' }).waitFor();
  await picture(page, 'remove-evidence');
  await page.getByRole('option').nth(1).waitFor();
  await keyboard.press('ArrowDown');
  await keyboard.press('Enter');
  await notice(page, 'No longer cited for port');
  await expect.poll(() => citedBy(page, '/port')).toEqual([first]);
  await atField(page, '/port');
  await keyboard.press('Alt+Delete');
  await expect.poll(() => citedBy(page, '/port')).toEqual([]);
  await keyboard.press('Alt+Delete');
  await notice(page, 'port cites no words of its own.');
  await keyboard.press('Control+Z');
  await expect.poll(() => citedBy(page, '/port')).toEqual([first]);
  // the button beside the words does the same, and leaves the focus at the field
  await page
    .locator('[data-pointer="/port"]')
    .getByRole('button', { name: /^Remove this evidence: / })
    .click();
  await notice(page, 'No longer cited for port');
  await expect.poll(() => citedBy(page, '/port')).toEqual([]);
  await atField(page, '/port');
});

/** The workbench of a crossing with stops. */
async function openCrossing(): Promise<{ readonly page: Page; readonly folder: string }> {
  const folder = newsroom();
  const { page } = await openWorkbench(browser, folder, laptop, 'gazette');
  await page.getByRole('button', { name: 'monday-ystad' }).click();
  await page.getByRole('textbox', { name: 'cars' }).waitFor();
  return { page, folder };
}

test('a key removes the field in focus, and asks how much of an entry', async () => {
  const { page } = await openCrossing();
  const { keyboard } = page;
  await page.getByRole('textbox', { name: 'cars' }).focus();
  await keyboard.press('Alt+Shift+Delete');
  await notice(page, 'Removed: cars. Ctrl+Z undoes it.');
  await atField(page, '/length');
  const stops = page.locator('.card summary');
  await expect.poll(() => stops.count()).toBe(2);
  await stops.last().click();
  await page.locator('[data-pointer="/stops/1/port"] input').focus();
  await keyboard.press('Alt+Shift+Delete');
  await page.getByRole('dialog', { name: 'Remove a field or an entry' }).waitFor();
  await page.getByRole('option', { name: 'stops › 2 › port' }).waitFor();
  await expect
    .poll(() => page.getByRole('option').allTextContents())
    .toEqual(['stops › 2 › port', 'stops › 2', 'stops']);
  await keyboard.press('ArrowDown');
  await keyboard.press('Enter');
  await notice(page, 'Removed: stops › 2.');
  await expect.poll(() => stops.count()).toBe(1);
  // something in the form has the focus
  await expect.poll(() => page.evaluate('document.activeElement.closest("#form") !== null')).toBe(true);
});

test('an entry that was left empty does not prevent a save, and each entry has a button of its own', async () => {
  const { page, folder } = await openCrossing();
  const { keyboard } = page;
  await page.locator('.card summary').first().click();
  await page.locator('[data-pointer="/stops/0/crew/1"] input').focus();
  await page.locator('[data-add="/stops/0/crew"]').click();
  await atField(page, '/stops/0/crew/2');
  const names = await page.getByRole('button', { name: /^Remove stops › 1 › crew › / }).count();
  expect(names).toBe(3);
  await page.getByRole('textbox', { name: 'cars' }).fill('41');
  await keyboard.press('Control+S');
  await notice(page, 'Saved: raw/crossings/monday-ystad.json · Left out, since empty: stops › 1 › crew › 3.');
  const saved = fs.readFileSync(path.join(folder, 'raw/crossings/monday-ystad.json'), 'utf8');
  expect(JSON.parse(saved)).toMatchObject({ cars: 41, stops: [{ crew: ['Ida', 'Öland, "Bo"'] }, {}] });
});
