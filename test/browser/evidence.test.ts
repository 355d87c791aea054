import fs from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sha256 } from '../support/fixture.ts';
import { writeFiles } from '../support/run.ts';
import { picture } from './browser.ts';
import { startChromium } from './chromium.mjs';
import { atField, choose, findWords, noticed, selectedIn } from './curator.ts';
import { beginAtPort, citedBy, makePort, openHarbour, text } from './harbour.ts';

// Which words a field cites, and which not.

let browser: Browser;
beforeAll(async () => {
  browser = await startChromium();
});
afterAll(() => browser.close());

test('the name of a record made in place is cited where the source has it, or else not at all', async () => {
  const { page, folder } = await openHarbour(browser);
  const { keyboard } = page;
  await beginAtPort(page, 'The ferry left for Germany');
  await makePort(page, 'Kiel');
  await expect.poll(() => citedBy(page, '/name')).toEqual(['Kiel']);
  await expect.poll(() => page.locator('.in-hand').count()).toBe(0);
  await picture(page, 'made-elsewhere');
  await keyboard.press('Control+S');
  await atField(page, '/port');
  const { evidence } = JSON.parse(fs.readFileSync(path.join(folder, 'raw/ports/kiel.json'), 'utf8')) as {
    readonly evidence: readonly { readonly start: number }[];
  };
  // the nearest, and no part of another word
  expect(evidence.map(({ start }) => start)).toEqual([text.lastIndexOf('Kiel')]);
  // a name that the source has in another form
  await keyboard.press('Control+A');
  await makePort(page, 'Vienna');
  await page.getByText('cite: name').waitFor();
  await expect.poll(() => citedBy(page, '/name')).toEqual([]);
  // the evidence follows the name
  const name = page.getByRole('textbox', { name: 'name' });
  for (const typed of ['Ystad', 'Ystad and Kiel', 'Kiel']) {
    await name.fill(typed);
    await expect.poll(() => citedBy(page, '/name')).toEqual(typed.includes('and') ? [] : [typed]);
  }
});

test('a record made in place cites the selected words if they have its name or were selected for it', async () => {
  const { page } = await openHarbour(browser);
  const { keyboard } = page;
  await beginAtPort(page, 'Kiel is far');
  await makePort(page, 'Kiel');
  await expect.poll(() => citedBy(page, '/name')).toEqual(['Kiel is far']);
  await page.getByRole('button', { name: 'Back to the new record' }).click();
  await atField(page, '/port');
  await findWords(page, 'Wien');
  await keyboard.press('Control+A');
  await makePort(page, 'Vienna');
  await expect.poll(() => citedBy(page, '/name')).toEqual(['Wien']);
});

test('Alt+W cites for what is filled in already if the words contain it; Alt+E cites them for the rest', async () => {
  const { page } = await openHarbour(browser);
  const { keyboard } = page;
  await keyboard.press('Alt+N');
  await choose(page, 'Ports');
  await atField(page, '/name');
  await keyboard.type('Kiel');
  await page.getByRole('button', { name: 'country' }).click();
  await atField(page, '/country');
  await keyboard.type('Deutschland');
  await findWords(page, 'Kiel is far');
  await keyboard.press('Alt+W');
  await page.getByText('Cited for name. Each field without evidence').waitFor();
  await page.getByText('For country as it is, press Alt+E.').waitFor();
  await picture(page, 'cite-filled-in');
  await expect
    .poll(async () => [await citedBy(page, '/name'), await citedBy(page, '/country')])
    .toEqual([['Kiel is far'], []]);
  // nothing is selected: the words in hand count
  await page.evaluate('getSelection().removeAllRanges()');
  await page.getByRole('textbox', { name: 'country' }).focus();
  await keyboard.press('Alt+E');
  await expect.poll(() => citedBy(page, '/country')).toEqual(['Kiel is far']);
  await keyboard.press('Control+Z');
  // a change is a filling in
  await keyboard.press('End');
  await keyboard.type('!');
  await expect.poll(() => citedBy(page, '/country')).toEqual(['Kiel is far']);
});

test('a record made in place cites the words that the waiting one has in hand, if they have its name', async () => {
  const { page } = await openHarbour(browser);
  const { keyboard } = page;
  await beginAtPort(page, 'Kiel is far from Ystad.');
  await makePort(page, 'Kiel');
  await keyboard.press('Control+S');
  await atField(page, '/port');
  // another record cleared the selection
  await expect.poll(() => selectedIn(page)).toBe('');
  await makePort(page, 'far');
  await page.locator('.in-hand', { hasText: 'Kiel is far from Ystad.' }).waitFor();
  await page.getByRole('button', { name: 'country' }).click();
  await atField(page, '/country');
  await keyboard.type('Deutschland');
  await expect.poll(() => citedBy(page, '/country')).toEqual(['Kiel is far from Ystad.']);
  await expect.poll(() => citedBy(page, '/name')).toEqual(['Kiel is far from Ystad.']);
});

test('without a selection, Alt+Shift+E cites the words that the name of a record made in place cites', async () => {
  const { page } = await openHarbour(browser);
  const { keyboard } = page;
  await beginAtPort(page, 'Kiel is far from Ystad.');
  await makePort(page, 'Kiel');
  await keyboard.press('Control+S');
  await atField(page, '/port');
  await expect.poll(() => selectedIn(page)).toBe('');
  await makePort(page, 'Kieler');
  await page.getByRole('button', { name: 'country' }).click();
  await atField(page, '/country');
  await keyboard.type('Deutschland');
  await expect.poll(() => citedBy(page, '/name')).toEqual(['Kieler']);
  await page.getByRole('button', { name: '1 left' }).waitFor();
  await keyboard.press('Control+S');
  await noticed(page, 'Alt+Shift+E takes “Kieler”.');
  await keyboard.press('Alt+Shift+E');
  await expect.poll(() => citedBy(page, '/country')).toEqual(['Kieler']);
  await noticed(page, 'Cited for 1 field.');
});

test('a copied number does not cite words with another one; a sentence with selected words is the next', async () => {
  const { page } = await openHarbour(browser);
  const { keyboard } = page;
  await findWords(page, 'far from');
  await keyboard.press('Alt+U');
  await expect.poll(() => selectedIn(page)).toBe('Kiel is far from Ystad.');
  await keyboard.press('Alt+N');
  await choose(page, 'Crossings');
  await atField(page, '/kind');
  await keyboard.press('Alt+W');
  await keyboard.press('Alt+A');
  await choose(page, 'cars');
  await atField(page, '/cars');
  await keyboard.type('900');
  await keyboard.press('Alt+D');
  await noticed(page, 'Copied without identifier and evidence.');
  await keyboard.press('Alt+W');
  await noticed(page, 'no longer cite');
  await findWords(page, 'with 40 cars');
  await keyboard.press('Alt+Shift+E');
  await noticed(page, 'Not for cars');
  await expect.poll(() => citedBy(page, '/cars')).toEqual([]);
  await page.getByRole('textbox', { name: 'cars' }).fill('40');
  await keyboard.press('Alt+Shift+E');
  await expect.poll(() => citedBy(page, '/cars')).toEqual(['with 40 cars']);
});

test('Alt+W cites for a number that is filled in only at its field, and never for a code', async () => {
  const { page } = await openHarbour(browser);
  const { keyboard } = page;
  await beginAtPort(page, 'It rained');
  await keyboard.press('Alt+W');
  await keyboard.press('Alt+A');
  await choose(page, 'cars');
  await atField(page, '/cars');
  await keyboard.type('40');
  await page.getByRole('combobox', { name: 'ship' }).focus();
  await findWords(page, 'with 40 cars');
  await keyboard.press('Alt+W');
  await page.locator('.in-hand', { hasText: 'with 40 cars' }).waitFor();
  await expect.poll(() => citedBy(page, '/cars')).toEqual([]);
  await keyboard.press('Alt+W');
  await page.getByRole('textbox', { name: 'cars' }).focus();
  await keyboard.press('Alt+W');
  await expect.poll(() => citedBy(page, '/cars')).toEqual(['with 40 cars']);
});

/** Goes to a record from the list of sources. */
async function goToRecord(page: Page, id: string): Promise<void> {
  await page.getByRole('table', { name: 'Sources' }).waitFor();
  await page.keyboard.press('Alt+R');
  await page.getByRole('dialog', { name: 'Go to a record' }).waitFor();
  await choose(page, id);
  await page.getByRole('heading', { name: `Crossings: ${id}` }).waitFor();
}

test('no field cites words of a text that is no longer in view', async () => {
  const { page } = await openHarbour(browser);
  const { keyboard } = page;
  await beginAtPort(page, 'Kiel is far');
  await page.locator('.in-hand').waitFor();
  await keyboard.press('Alt+Q');
  await goToRecord(page, 'monday-ystad');
  await page.getByRole('combobox', { name: 'ship' }).focus();
  await picture(page, 'no-text-open');
  for (const key of ['Alt+E', 'Alt+Shift+E', 'Alt+W']) {
    await keyboard.press(key);
    await noticed(page, 'No text is open');
    // the next key has to say it again
    await keyboard.press('Control+S');
    await noticed(page, 'There are no changes to save.');
  }
  await expect.poll(() => citedBy(page, '/ship')).toEqual([]);
});

test('a record that waits does not return with words of a text that is no longer in view', async () => {
  const { page } = await openHarbour(browser);
  await beginAtPort(page, 'Kiel is far');
  await makePort(page, 'Kiel');
  await page.keyboard.press('Alt+Q');
  await page.getByRole('table', { name: 'Sources' }).waitFor();
  await expect.poll(() => page.locator('.in-hand').count()).toBe(0);
  await page.getByRole('button', { name: 'Back to the new record' }).click();
  await atField(page, '/port');
  await expect.poll(() => page.locator('.in-hand').count()).toBe(0);
});

test('a record that is opened from the list of sources shows the source that it cites', async () => {
  const { page, folder } = await openHarbour(browser);
  const [words, start] = ['Ystad', text.indexOf('Ystad')];
  const ends = { start, end: start + words.length, begins: words, ends: words };
  const cited = { source: 'gazette', ...ends, sha256: sha256(words), supports: ['/ship'] };
  const sunday = { id: 'sunday-ystad', kind: 'departure', ship: 'anna', on: '2022-02-27', evidence: [cited] };
  writeFiles(folder, { 'raw/crossings/sunday-ystad.json': sunday });
  await page.keyboard.press('Alt+Q');
  await goToRecord(page, 'sunday-ystad');
  await expect.poll(() => page.locator('#text').textContent()).toBe(text);
  await expect.poll(() => citedBy(page, '/ship')).toEqual(['Ystad']);
});
