import fs from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newsroom } from '../support/articles.ts';
import { dataset, document, sha256 } from '../support/fixture.ts';
import { writeFiles } from '../support/run.ts';
import { picture, laptop } from './browser.ts';
import { startChromium } from './chromium.mjs';
import { atField, choose, findWords, openWorkbench, noticed, selectedIn } from './curator.ts';

// The text follows the record and the field, and says what it has.

let browser: Browser;
beforeAll(async () => {
  browser = await startChromium();
});
afterAll(() => browser.close());

const rain = 'It rained and rained.\n\n'.repeat(60);
const ferry = 'The Anna left Ystad on 7 March 2022 with 40 passengers.';
const harbour = 'The harbour of Ystad was empty.';
const text = `${rain}${ferry}\n${rain}${harbour}\n${rain}`;

function span(words: string, supports: readonly string[]): object {
  const start = text.indexOf(words);
  const [begins, ends] = [words.split(' ')[0], words.split(' ').at(-1)];
  return { source: 'log', start, end: start + words.length, begins, ends, sha256: sha256(words), supports };
}

const crossing = {
  id: 'spring',
  kind: 'departure',
  ship: 'anna',
  port: 'ystad',
  on: '2022-03-07',
  evidence: [span(ferry, ['/ship', '/on']), span(harbour, ['/port'])],
};

async function openPage(): Promise<Page> {
  const folder = dataset({
    'raw/papers/log.json': { id: 'log', document: { file: 'log.txt', sha256: sha256(text) } },
    'sources/log.txt': text,
    'raw/crossings/spring.json': crossing,
    'raw/crossings/autumn.json': { ...crossing, id: 'autumn', on: '2022-09-07' },
  });
  const { page } = await openWorkbench(browser, folder, laptop, 'log');
  await page.locator('#text .piece').first().waitFor();
  return page;
}

/** The words of a kind of highlight that are in the visible part of the text. */
function inSight(page: Page, highlight: string): Promise<readonly string[]> {
  return page.evaluate(`(() => {
    const frame = document.querySelector('#text').getBoundingClientRect();
    return [...(CSS.highlights.get(${JSON.stringify(highlight)}) ?? [])].filter((range) => {
      const box = range.getBoundingClientRect();
      return box.height > 0 && box.top >= frame.top && box.bottom <= frame.bottom;
    }).map(String);
  })()`);
}

function scrolled(page: Page): Promise<number> {
  return page.evaluate('document.querySelector("#text").scrollTop');
}

test('a record that is opened shows its first words, and each field that gets the focus its own', async () => {
  const page = await openPage();
  await page.getByRole('button', { name: 'spring' }).click();
  await page.getByRole('heading', { name: 'Crossings: spring' }).waitFor();
  await expect.poll(() => inSight(page, 'own')).toEqual([ferry]);
  await picture(page, 'record-shows-words');
  await page.getByRole('combobox', { name: 'port' }).focus();
  await expect.poll(() => inSight(page, 'focused')).toEqual([harbour]);
  await page.getByRole('textbox', { name: 'on' }).focus();
  await expect.poll(() => inSight(page, 'focused')).toEqual([ferry]);
  // words in view stay where they are
  await page.evaluate('document.querySelector("#text").scrollTop += 40');
  const before = await scrolled(page);
  await page.getByRole('combobox', { name: 'ship' }).focus();
  await expect.poll(() => inSight(page, 'focused')).toEqual([ferry]);
  expect(await scrolled(page)).toBe(before);
  // words that were just selected for a field stay in view
  await findWords(page, harbour.slice(0, 11));
  const there = await scrolled(page);
  await page.getByRole('textbox', { name: 'on' }).focus();
  await atField(page, '/on');
  expect(await scrolled(page)).toBe(there);
});

test('the dialog that finds words shows their places while one types', async () => {
  const page = await openPage();
  await page.keyboard.press('Alt+F');
  await page.getByRole('textbox', { name: 'Words to find' }).waitFor();
  await page.keyboard.type('ystad');
  await page.getByText('2 matches').waitFor();
  await expect.poll(() => inSight(page, 'found')).toEqual(['Ystad']);
  await picture(page, 'find-as-you-type');
  await page.keyboard.type('x');
  await page.getByText('The text does not have these words.').waitFor();
  await page.keyboard.press('Escape');
  await expect.poll(() => inSight(page, 'found')).toEqual([]);
});

test('keys go to the next suggestion that fits the field, and use it', async () => {
  const page = await openPage();
  const { keyboard } = page;
  await keyboard.press('Alt+N');
  await choose(page, 'Crossings');
  await atField(page, '/kind');
  await page.getByRole('textbox', { name: 'on' }).focus();
  await keyboard.press('Alt+Shift+Y');
  await noticed(page, 'date: 2022-03-07 (1 of 1). Alt+E uses it for on.');
  await expect.poll(() => selectedIn(page)).toBe('7 March 2022');
  await atField(page, '/on');
  await picture(page, 'suggestion');
  await keyboard.press('Alt+E');
  await noticed(page, 'Filled in and cited: on.');
  await expect.poll(() => page.getByRole('textbox', { name: 'on' }).inputValue()).toBe('2022-03-07');
  await page.getByRole('combobox', { name: 'ship' }).focus();
  await keyboard.press('Alt+Shift+Y');
  await expect.poll(() => selectedIn(page)).toBe('Anna');
  await keyboard.press('Alt+E');
  await expect.poll(() => page.getByRole('combobox', { name: 'ship' }).inputValue()).toContain('anna');
});

test('the list of sources closes a record without changes, and one with changes stays', async () => {
  const page = await openPage();
  await page.getByRole('button', { name: 'spring' }).click();
  await page.getByRole('heading', { name: 'Crossings: spring' }).waitFor();
  await page.keyboard.press('Alt+Q');
  const sources = page.getByRole('table', { name: 'Sources' });
  await sources.waitFor();
  await expect.poll(() => page.getByRole('heading', { name: 'Crossings: spring' }).count()).toBe(0);
  await expect.poll(() => page.getByRole('button', { name: 'spring' }).count()).toBe(0);
  await sources.getByRole('button', { name: 'log' }).click();
  await page.getByRole('button', { name: 'spring' }).click();
  await page.getByRole('textbox', { name: 'on' }).fill('2022-03-08');
  await page.keyboard.press('Alt+Q');
  await sources.waitFor();
  await expect.poll(() => page.getByRole('heading', { name: 'Crossings: spring' }).count()).toBe(1);
});

test('words that need no record say why, and Alt with a double click opens the reason', async () => {
  const folder = newsroom();
  const file = 'raw/papers/gazette.json';
  const gazette = JSON.parse(fs.readFileSync(path.join(folder, file), 'utf8')) as object;
  const words = document.slice(0, document.indexOf(' '));
  const cited = { source: 'gazette', start: 0, end: words.length, begins: words, ends: words, sha256: sha256(words) };
  const evidence = [{ ...cited, supports: ['/uncoded/1'] }];
  writeFiles(folder, { [file]: { ...gazette, uncoded: ['a headline', 'only background'], evidence } });
  const { page } = await openWorkbench(browser, folder, laptop, 'gazette');
  await page.getByRole('button', { name: 'monday-ystad' }).waitFor();
  const box = await page.evaluate<{ x: number; y: number; width: number; height: number }>(`(() => {
    const range = document.createRange();
    range.setStart(document.querySelector('.piece').firstChild, 0);
    range.setEnd(document.querySelector('.piece').firstChild, ${words.length});
    return range.getBoundingClientRect().toJSON();
  })()`);
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await expect.poll(() => page.locator('.hover').textContent()).toBe('No record needed: only background');
  await page.keyboard.down('Alt');
  await page.mouse.dblclick(box.x + box.width / 2, box.y + box.height / 2);
  await page.keyboard.up('Alt');
  await atField(page, '/uncoded/1');
});

test('what other records of the source repeat is in view for each new record', async () => {
  const page = await openPage();
  const offers = page.getByRole('complementary', { name: 'As in other records of this source' });
  const isBelowHead = async (): Promise<boolean> => {
    const [head, list] = await Promise.all([page.locator('.record-head').boundingBox(), offers.boundingBox()]);
    return head !== null && list !== null && list.y >= head.y + head.height - 1 && list.y + list.height <= 800;
  };
  for (const first of ['departure', 'arrival']) {
    await page.keyboard.press('Alt+N');
    await choose(page, 'Crossings');
    await atField(page, '/kind');
    await offers.waitFor();
    await expect.poll(isBelowHead).toBe(true);
    await picture(page, `offers-${first}`);
    // they are still there after a record that a field refers to was made
    if (first === 'departure') {
      await page.getByRole('combobox', { name: 'ship' }).fill('Berta');
      await page.getByRole('option', { name: 'New record in ships: Berta' }).click();
      await page.getByRole('heading', { name: 'Ships: new record' }).waitFor();
      await page.keyboard.press('Control+S');
      await noticed(page, 'filled in ship');
      await offers.waitFor();
    }
    await page.getByRole('radio', { name: first }).click();
    await page.evaluate('document.querySelector("#records").scrollTop = 1000');
  }
});
