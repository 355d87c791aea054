import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeFiles } from '../support/run.ts';
import { sha256 } from '../support/fixture.ts';
import { startChromium } from './chromium.mjs';
import { atField, choose, findWords, noticed, selectedIn } from './curator.ts';
import { beginAtPort, citedBy, makePort, openHarbour } from './harbour.ts';

// Words that were selected for one record, field or source are never cited by another one unasked.

let browser: Browser;
beforeAll(async () => {
  browser = await startChromium();
});
afterAll(() => browser.close());

/** Saves a port that was made in place, with other words for its country. */
async function citeCountryAndSave(page: Page, words: string): Promise<void> {
  const { keyboard } = page;
  await page.getByRole('button', { name: 'country' }).click();
  await atField(page, '/country');
  await keyboard.type('Germany');
  await findWords(page, words);
  await keyboard.press('Alt+E');
  await expect.poll(() => citedBy(page, '/country')).toEqual([words]);
  await keyboard.press('Control+S');
  await atField(page, '/port');
}

test('a record made in place does not cite words that were selected for the one made before', async () => {
  const { page } = await openHarbour(browser);
  await beginAtPort(page, 'The ferry left for Germany');
  await makePort(page, 'Kiel');
  await citeCountryAndSave(page, 'Kieler harbour');
  await page.keyboard.press('Control+A');
  await makePort(page, 'Ystad');
  await expect.poll(() => citedBy(page, '/name')).toEqual(['Ystad']);
  await expect.poll(() => page.locator('.in-hand').count()).toBe(0);
});

test('a record that waited cites its own words again, not those that were selected for the other one', async () => {
  const { page } = await openHarbour(browser);
  await beginAtPort(page, 'The ferry left for Germany');
  await makePort(page, 'Kiel');
  await citeCountryAndSave(page, 'Kieler harbour');
  await expect.poll(() => selectedIn(page)).toBe('');
  await page.keyboard.press('Alt+A');
  await choose(page, 'cars');
  await page.keyboard.type('40');
  await page.keyboard.press('Alt+E');
  const own = ['The ferry left for Germany'];
  await expect.poll(() => citedBy(page, '/cars')).toEqual(own);
  await expect.poll(() => citedBy(page, '/port')).toEqual(own);
  // the place in the text stays: the next word is the one after those that were selected
  await page.keyboard.press('Alt+T');
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => selectedIn(page)).toBe('say');
});

test('a record made in place does not cite words that were selected for another field', async () => {
  const { page } = await openHarbour(browser);
  await beginAtPort(page, 'The ferry left for Germany');
  await page.keyboard.press('Alt+A');
  await choose(page, 'cars');
  await atField(page, '/cars');
  await findWords(page, '40 cars');
  await page.getByRole('combobox', { name: 'port' }).click();
  await makePort(page, 'Kiel');
  await expect.poll(() => citedBy(page, '/name')).toEqual(['Kiel']);
  await expect.poll(() => page.locator('.in-hand').count()).toBe(0);
});

/** Cites words for the port of a new crossing, and saves it. */
async function saveCrossing(page: Page): Promise<void> {
  const { keyboard } = page;
  await beginAtPort(page, 'Kiel is far');
  await choose(page, 'ystad');
  await page.getByRole('radio', { name: 'departure' }).click();
  await page.getByRole('combobox', { name: 'ship' }).click();
  await choose(page, 'anna');
  await page.getByRole('textbox', { name: 'on' }).fill('2022-03-01');
  await keyboard.press('Control+S');
  await noticed(page, 'Saved:');
}

/** Focuses the port of the record in the form, and asks to cite the selected words. */
async function citeAtShip(page: Page): Promise<void> {
  await page.getByRole('combobox', { name: 'ship' }).click();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Alt+E');
}

test('a record or draft that is opened does not cite words that the one before cites', async () => {
  const { page } = await openHarbour(browser);
  await saveCrossing(page);
  await page.keyboard.press('Alt+R');
  await choose(page, 'monday-ystad');
  await page.getByRole('heading', { name: 'Crossings: monday-ystad' }).waitFor();
  await expect.poll(() => selectedIn(page)).toBe('');
  await citeAtShip(page);
  await noticed(page, 'Select words in the text first.');
  // words that no record has used yet were selected for the record that is opened
  await findWords(page, '40 cars');
  await page.getByRole('textbox', { name: 'on' }).fill('2022-03-02');
  await page.keyboard.press('Alt+N');
  await choose(page, 'Crossings');
  await atField(page, '/kind');
  await page.locator('.in-hand', { hasText: '40 cars' }).waitFor();
  await page.keyboard.press('Alt+B');
  await page.getByRole('heading', { name: 'Crossings: monday-ystad' }).waitFor();
  await expect.poll(() => selectedIn(page)).toBe('');
});

test('words that no record has cited yet stay selected for the record that is opened', async () => {
  const { page } = await openHarbour(browser);
  await saveCrossing(page);
  await findWords(page, 'It rained');
  await page.keyboard.press('Alt+R');
  await choose(page, 'monday-ystad');
  await page.getByRole('heading', { name: 'Crossings: monday-ystad' }).waitFor();
  await citeAtShip(page);
  await expect.poll(() => citedBy(page, '/ship')).toEqual(['It rained']);
});

test('a record that waited when its text was left does not cite words of it when both are back', async () => {
  const { page } = await openHarbour(browser);
  await beginAtPort(page, 'Kiel is far');
  await makePort(page, 'Kiel');
  await page.keyboard.press('Alt+Q');
  await page.getByRole('table', { name: 'Sources' }).getByRole('button', { name: 'gazette' }).click();
  await page.locator('#text .piece').first().waitFor();
  await page.getByRole('button', { name: 'Back to the new record' }).click();
  await atField(page, '/port');
  await expect.poll(() => page.locator('.in-hand').count()).toBe(0);
});

test('values that other records of a text repeat are not offered beside another text', async () => {
  const { page, folder } = await openHarbour(browser);
  const herald = 'Nothing about ferries.\n';
  const span = (id: string): object => {
    const words = { start: 0, end: 4, begins: 'Kiel', ends: 'Kiel' };
    const cited = { source: 'gazette', ...words, sha256: sha256('Kiel'), supports: ['/ship'] };
    return { id, kind: 'departure', ship: 'anna', on: '2022-02-27', evidence: [cited] };
  };
  writeFiles(folder, {
    'raw/papers/herald.json': { id: 'herald', document: { file: 'herald.txt', sha256: sha256(herald) } },
    'sources/herald.txt': herald,
    'raw/crossings/one.json': span('one'),
    'raw/crossings/two.json': span('two'),
  });
  await page.keyboard.press('Alt+N');
  await choose(page, 'Crossings');
  const offers = page.getByRole('complementary', { name: 'As in other records of this source' });
  await offers.waitFor();
  const picker = page.getByRole('combobox', { name: 'Source' });
  await picker.click();
  await choose(page, 'herald');
  await expect.poll(() => page.locator('#text').textContent()).toBe(herald);
  await expect.poll(() => offers.count()).toBe(0);
});

test.each(['Alt+B', 'Go back to it'])(
  'a draft that is opened again with %s cites the words that it was citing',
  async (way) => {
    const { page } = await openHarbour(browser);
    const { keyboard } = page;
    await beginAtPort(page, 'The ferry left for Germany');
    await keyboard.press('Control+A');
    await choose(page, 'Ystad');
    await page.locator('.in-hand', { hasText: 'The ferry left for Germany' }).waitFor();
    await keyboard.press('Alt+R');
    await choose(page, 'gazette');
    await page.getByRole('heading', { name: 'Papers: gazette' }).waitFor();
    await expect.poll(() => page.locator('.in-hand').count()).toBe(0);
    if (way === 'Alt+B') await keyboard.press(way);
    else await page.getByRole('button', { name: way }).click();
    await page.getByRole('heading', { name: 'Crossings: new record' }).waitFor();
    await page.locator('.in-hand', { hasText: 'The ferry left for Germany' }).waitFor();
    await keyboard.press('Alt+A');
    await choose(page, 'cars');
    await keyboard.type('40');
    await expect.poll(() => citedBy(page, '/cars')).toEqual(['The ferry left for Germany']);
  },
);

test('a duplicate does not cite the words of its original, but those that were selected for it', async () => {
  const { page } = await openHarbour(browser);
  const { keyboard } = page;
  await beginAtPort(page, 'The ferry left for Germany');
  await keyboard.press('Control+A');
  await choose(page, 'Ystad');
  await expect.poll(() => citedBy(page, '/port')).toEqual(['The ferry left for Germany']);
  await keyboard.press('Alt+D');
  await noticed(page, 'Copied without identifier and evidence.');
  await expect.poll(() => page.locator('.in-hand').count()).toBe(0);
  await findWords(page, 'with 40 cars');
  await keyboard.press('Alt+D');
  await page.locator('.in-hand', { hasText: 'with 40 cars' }).waitFor();
});
