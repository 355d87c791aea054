import fs from 'node:fs';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dataset } from '../support/fixture.ts';
import { repository } from '../support/repository.ts';
import { workbenchOf } from '../support/workbench.ts';
import { picture, visit } from './browser.ts';
import { startChromium } from './chromium.mjs';
import { atField, choose } from './curator.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await startChromium();
});
afterAll(() => browser.close());

const size = { viewport: { width: 1280, height: 800 } };
const read = (folder: string, name: string): unknown => JSON.parse(fs.readFileSync(path.join(folder, name), 'utf8'));

test('the identifier of an uncommitted record can be changed: what follows is shown before', async () => {
  const folder = dataset();
  const { url } = await workbenchOf(folder, 'gazette');
  const { page, messages } = await visit(browser, size);
  const { keyboard } = page;
  await page.goto(url);
  await page.locator('#text .piece').waitFor();
  await keyboard.press('Alt+R');
  await choose(page, 'ystad');
  await page.getByRole('heading', { name: 'Ports: ystad' }).waitFor();
  await page.getByRole('textbox', { name: 'name', exact: true }).fill('Ystad town');
  await page.getByRole('button', { name: 'Change…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Change the identifier' });
  await dialog.getByText('crossings: monday-ystad /stops/0/port').waitFor();
  await picture(page, 'rename');
  // the name in use is selected: typing replaces it
  await keyboard.type('trelleborg');
  await keyboard.press('Enter');
  await dialog.getByText('"trelleborg" is taken').waitFor();
  await dialog.getByRole('textbox', { name: 'Identifier' }).fill('ystad-town');
  await keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Ports: ystad-town' }).waitFor();
  await page.locator('#notice', { hasText: 'ystad is now ystad-town. 2 references changed' }).waitFor();
  // what was not saved is still there
  await expect.poll(() => page.getByRole('textbox', { name: 'name', exact: true }).inputValue()).toBe('Ystad town');
  await keyboard.press('Control+S');
  await page.getByText('Saved: raw/ports/ystad-town.json').waitFor();
  expect(read(folder, 'raw/crossings/monday-ystad.json')).toMatchObject({ port: 'ystad-town' });
  expect(read(folder, 'raw/ports/ystad-town.json')).toEqual({ id: 'ystad-town', name: 'Ystad town' });
  expect(fs.existsSync(path.join(folder, 'raw/ports/ystad.json'))).toBe(false);
  // the identifier that was taken
  expect(messages).toEqual([expect.stringContaining('422')]);
});

test('a saved record can be deleted after a question, unless another one refers to it', async () => {
  const folder = dataset();
  const { url } = await workbenchOf(folder, 'gazette');
  const { page, messages } = await visit(browser, size);
  const { keyboard } = page;
  await page.goto(url);
  await page.locator('#text .piece').waitFor();
  await keyboard.press('Alt+R');
  await choose(page, 'trelleborg');
  await page.getByRole('heading', { name: 'Ports: trelleborg' }).waitFor();
  await page.getByRole('button', { name: 'Delete…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Delete a record' });
  await dialog.getByText('Not deleted: other records refer to it.').waitFor();
  await picture(page, 'delete-refused');
  await dialog.getByRole('button', { name: 'crossings: monday-ystad /stops/1/port' }).click();
  await page.getByRole('heading', { name: 'Crossings: monday-ystad' }).waitFor();
  await atField(page, '/stops/1/port');
  await page.getByRole('button', { name: 'Delete…' }).click();
  await dialog.getByText('once deleted, it cannot be brought back').waitFor();
  await picture(page, 'delete');
  await dialog.getByRole('button', { name: 'Delete the record' }).click();
  await page.getByText('Deleted: raw/crossings/monday-ystad.json').waitFor();
  expect(fs.existsSync(path.join(folder, 'raw/crossings/monday-ystad.json'))).toBe(false);
  await expect.poll(() => page.getByRole('navigation').getByText('monday-ystad').count()).toBe(0);
  expect(messages).toEqual([]);
});

test('a record that a commit holds keeps its identifier, and the page says why', async () => {
  const { url } = await workbenchOf(repository(), 'gazette');
  const { page, messages } = await visit(browser, size);
  await page.goto(url);
  await page.getByRole('button', { name: 'monday-ystad' }).click();
  await page.getByRole('button', { name: 'Change…' }).click();
  await page.getByRole('dialog').getByText('holds this record, so its identifier never changes').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Delete…' }).click();
  await page.getByRole('dialog').getByText('Git keeps raw/crossings/monday-ystad.json as it was committed.').waitFor();
  expect(messages).toEqual([]);
});
