import fs from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { carfax, museum } from '../support/towers.ts';
import { workbenchOf } from '../support/workbench.ts';
import { picture, visit, laptop } from './browser.ts';
import { startChromium } from './chromium.mjs';
import { atField, choose } from './curator.ts';

// Nothing is overwritten, and nothing is lost.

let browser: Browser;
beforeAll(async () => {
  browser = await startChromium();
});
afterAll(() => browser.close());

const file = 'raw/towers/carfax.json';

async function pageAt(url: string, options = {}): Promise<Page> {
  const { page } = await visit(browser, { ...laptop, ...options });
  await page.goto(url);
  await page.getByRole('button', { name: /New record/ }).waitFor();
  return page;
}

async function openRecord(page: Page, words: string): Promise<void> {
  await page.keyboard.press('Alt+R');
  await choose(page, words);
  await page.locator('#form').waitFor();
}

async function begin(page: Page, table: string): Promise<void> {
  await page.keyboard.press('Alt+N');
  await choose(page, table);
  await page.locator('#form').waitFor();
}

function box(page: Page, name: string) {
  return page.getByRole('textbox', { name, exact: true });
}

function savedIn(folder: string, at = file): unknown {
  return JSON.parse(fs.readFileSync(path.join(folder, at), 'utf8'));
}

test('a new record with an identifier that is taken is told so while it is typed, and replaces nothing', async () => {
  const folder = museum();
  const { url } = await workbenchOf(folder);
  const page = await pageAt(url);
  await begin(page, 'Towers');
  await box(page, 'Name').fill('Magdalen');
  await page.getByRole('radio', { name: 'church' }).check();
  await box(page, 'Identifier').fill('carfax');
  await page.getByText('"carfax" is taken (Carfax Tower)').first().waitFor();
  await page.getByText('Left to do: 1').waitFor();
  await page.keyboard.press('Control+S');
  await page.locator('#notice.fault', { hasText: 'Not saved' }).waitFor();
  await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
  await picture(page, 'taken');
  expect(savedIn(folder)).toEqual(carfax);
  await page.getByRole('button', { name: 'Use magdalen' }).click();
  // the message does not outlive the fault
  await expect.poll(() => page.locator('#notice').textContent()).not.toContain('Not saved');
  await page.keyboard.press('Control+S');
  await page.getByText('Saved: raw/towers/magdalen.json').waitFor();
  expect(savedIn(folder)).toEqual(carfax);
});

test.each(['light', 'dark'] as const)(
  'what only one window changed is merged, and listed, in %s',
  async (colorScheme) => {
    const folder = museum({ [file]: { ...carfax, keepers: ['Ann', 'Bob'] } });
    const { url } = await workbenchOf(folder);
    const [one, two] = [await pageAt(url), await pageAt(url, { colorScheme })];
    for (const page of [one, two]) await openRecord(page, 'Carfax');
    await box(one, 'Name').fill('Carfax');
    await box(one, 'Height').fill('24');
    await box(one, 'Keeper').first().fill('Anna');
    await one.keyboard.press('Control+S');
    await one.getByText(/^Saved: /).waitFor();
    await two.getByRole('radio', { name: 'town_hall' }).check();
    await box(two, 'Height').fill('25');
    await two.keyboard.press('Control+S');
    const dialog = two.getByRole('dialog', { name: 'The file has changed' });
    await dialog.getByText('Name: Carfax Tower → Carfax (saved version)').waitFor();
    await dialog.getByText('Use: church → town_hall (you)').waitFor();
    // only the height was changed by both
    await expect.poll(() => dialog.getByRole('radio').count()).toBe(2);
    const button = dialog.getByRole('button', { name: 'Use the chosen values' });
    await expect.poll(() => button.isDisabled()).toBe(true);
    await dialog.getByText('Still to choose: Height.').waitFor();
    await picture(two, `merge-${colorScheme}`);
    await dialog.getByRole('radio', { name: '25' }).check();
    await button.click();
    await two.keyboard.press('Control+S');
    await two.getByText(/^Saved: /).waitFor();
    const merged = { ...carfax, name: 'Carfax', use: 'town_hall', height: 25, keepers: ['Anna', 'Bob'] };
    expect(savedIn(folder)).toEqual(merged);
  },
);

test('a draft of an older version is merged with the newer one after the page was loaded again', async () => {
  const folder = museum();
  const { url } = await workbenchOf(folder);
  const page = await pageAt(url);
  await openRecord(page, 'Carfax');
  await box(page, 'Height').fill('24');
  const draft = path.join(folder, '.demarche/drafts/towers/carfax.json');
  await expect.poll(() => fs.existsSync(draft)).toBe(true);
  fs.writeFileSync(path.join(folder, file), `${JSON.stringify({ ...carfax, name: 'Carfax' }, null, 2)}\n`);
  const { url: again } = await workbenchOf(folder);
  const later = await pageAt(again);
  await openRecord(later, 'carfax');
  await expect.poll(() => box(later, 'Height').inputValue()).toBe('24');
  await later.keyboard.press('Control+S');
  const dialog = later.getByRole('dialog', { name: 'The file has changed' });
  await dialog.getByText('Name: Carfax Tower → Carfax (saved version)').waitFor();
  await later.keyboard.press('Enter');
  await expect.poll(() => box(later, 'Name').inputValue()).toBe('Carfax');
  await later.keyboard.press('Control+S');
  await later.getByText(/^Saved: /).waitFor();
  expect(savedIn(folder)).toEqual({ ...carfax, name: 'Carfax', height: 24 });
});

test('undo past the first save leaves the identifier, and goes to the field that it changes', async () => {
  const folder = museum();
  const { url } = await workbenchOf(folder);
  const page = await pageAt(url);
  await begin(page, 'Towers');
  await page.getByRole('radio', { name: 'church' }).check();
  await box(page, 'Name').fill('Magdalen');
  await page.keyboard.press('Control+S');
  await page.getByText('Saved: raw/towers/magdalen.json').waitFor();
  await page.getByRole('radio', { name: 'town_hall' }).focus();
  await page.keyboard.press('Control+Z');
  await atField(page, '/name');
  await expect.poll(() => box(page, 'Name').inputValue()).toBe('');
  await expect.poll(() => box(page, 'Identifier').inputValue()).toBe('magdalen');
  await expect.poll(() => box(page, 'Identifier').isEditable()).toBe(false);
  await page.keyboard.press('Control+Z');
  await atField(page, '/use');
  await page.keyboard.press('Control+Shift+Z');
  await page.keyboard.press('Control+Shift+Z');
  await atField(page, '/name');
  await expect.poll(() => box(page, 'Name').inputValue()).toBe('Magdalen');
  await expect.poll(() => box(page, 'Identifier').inputValue()).toBe('magdalen');
});

test('a record whose file was deleted has no fault in its name, and its draft promises no file', async () => {
  const folder = museum({ 'raw/towers/old-gate.json': { id: 'old-gate', name: 'Old Gate', use: 'church' } });
  const { url } = await workbenchOf(folder);
  const page = await pageAt(url);
  await openRecord(page, 'Old Gate');
  fs.rmSync(path.join(folder, 'raw/towers/old-gate.json'));
  await box(page, 'Name').fill('Older Gate');
  await page.getByText('Left to do: 0').waitFor();
  await page.keyboard.press('Control+S');
  await page.getByRole('dialog', { name: 'The file has changed' }).getByText('was deleted or renamed').waitFor();
  await expect.poll(() => page.getByText('name the file').count()).toBe(0);
  await page.getByRole('dialog').getByRole('button', { name: 'Discard' }).click();
  const dialog = page.getByRole('dialog', { name: 'Discard a draft' });
  await dialog.getByText('What you have not saved of it is lost').waitFor();
  await expect.poll(() => dialog.getByText('stays as it is').count()).toBe(0);
});
