import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Served, serveFolder } from '../../scripts/web/serve/serveFolder.ts';
import { dataset, sha256 } from '../support/fixture.ts';
import { run } from '../support/run.ts';
import { workbenchOf } from '../support/workbench.ts';
import { startFirefox, visitInFirefox } from './firefox.ts';
import { buildLights, hostile } from './fixture.ts';

let browser: Browser;
let lights: { readonly folder: string; readonly dist: string };
let served: Served;
beforeAll(async () => {
  [browser, lights] = await Promise.all([startFirefox(), buildLights()]);
  served = await serveFolder(lights.dist, 0, ['next', 'latest']);
});
afterAll(async () => {
  served.close();
  await browser.close();
  fs.rmSync(lights.folder, { recursive: true, force: true });
});

/** The first element of a selector with these words. */
const saying = (page: Page, selector: string, words: string): ReturnType<Page['locator']> =>
  page.locator(`${selector}::-p-text(${words})`);

const waitForText = async (page: Page, text: string): Promise<void> =>
  void (await page.waitForSelector(`::-p-text(${text})`));

const textOf = async (page: Page, selector: string): Promise<string> =>
  page.$eval(selector, (element) => element.textContent ?? '');

describe.each([
  ['from the disk', () => pathToFileURL(path.join(fs.realpathSync(path.join(lights.dist, 'next')), 'index.html')).href],
  ['over HTTP', () => `${served.url}next/index.html`],
])('the explorer in Firefox, %s', (_, at) => {
  test('leads from the first page over a table and a filter to a record and the spans behind its values', async () => {
    const { page, messages, requests } = await visitInFirefox(browser);
    await page.goto(at());
    await page.waitForSelector('.lead');
    await expect.poll(() => textOf(page, 'h1')).toBe(`Lights ${hostile}`);
    await saying(page, '.card a', 'Lights').click();
    await waitForText(page, '120 rows');
    await page.locator('.facets input[type=checkbox]').click();
    await waitForText(page, '40 rows of 120 rows');
    await page.locator('th .sort').click();
    await page.locator('th .sort').click();
    await page.waitForFunction(`document.querySelector('tbody td')?.textContent === 'light-117'`);
    await page.goto(`${at()}#/record/lights/light-000`);
    await page.waitForSelector('.evidence li');
    await page.locator('[data-pointer="/name"] .mark').click();
    const span = await textOf(page, '.evidence li:focus');
    for (const each of ['41 … high.', 'almanac', 'characters 53 to 68', 'SHA-256']) expect(span).toContain(each);
    for (const kind of ['time', 'ranges', 'map']) {
      await page.goto(`${at()}#/table/lights?picture=${kind}`);
      await page.waitForSelector('figure svg a');
    }
    expect(messages).toEqual([]);
    const folder = new URL('.', at()).href;
    expect(requests.filter((each) => !each.startsWith(folder) && !each.startsWith('data:'))).toEqual([]);
    expect(await page.title()).not.toBe('taken');
  });
});

/** CRLF line ends, characters of several code points, combining marks, and right-to-left words. */
const signs = [
  'The ferry 🛳️ of 👩🏽‍🚀 Ida left the cafe\u0301 in Ystad at noon.',
  'המעבורת אנה הגיעה לטרלבורג ב־3 במרץ.',
  'وصلت العبارة إلى الميناء 🇺🇦.',
  '',
].join('\r\n');

/** An expression that returns the words marked as chosen in the page. */
const selected = '[...(CSS.highlights.get("selected") ?? [])].map(String).join()';

interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where some words of the text are on the screen. */
async function placeOf(page: Page, words: string): Promise<Place> {
  return (await page.evaluate(`(() => {
    const wanted = ${JSON.stringify(words)};
    const nodes = [...document.querySelectorAll('#text .piece')].map((piece) => piece.firstChild);
    const node = nodes.find((each) => each.data.includes(wanted));
    const range = document.createRange();
    range.setStart(node, node.data.indexOf(wanted));
    range.setEnd(node, node.data.indexOf(wanted) + wanted.length);
    return range.getBoundingClientRect().toJSON();
  })()`)) as Place;
}

describe('the workbench in Firefox', () => {
  test('cites words by mouse and by keyboard, in any script, where they are in the file', async () => {
    const folder = dataset({
      'raw/papers/signs.json': { id: 'signs', document: { file: 'signs.txt', sha256: sha256(signs) } },
      'sources/signs.txt': signs,
    });
    const { url } = await workbenchOf(folder, 'signs');
    const { page, messages } = await visitInFirefox(browser);
    await page.goto(url);
    await page.waitForSelector('#text .piece');

    const place = await placeOf(page, 'cafe\u0301 in Ystad');
    const middle = place.y + place.height / 2;
    await page.mouse.move(place.x + 1, middle);
    await page.mouse.down();
    await page.mouse.move(place.x + place.width - 1, middle, { steps: 5 });
    await page.mouse.up();
    await expect.poll(() => page.evaluate(selected)).toBe('cafe\u0301 in Ystad');
    await saying(page, 'button', 'New record').click();
    await saying(page, 'dialog button', 'Crossings').click();
    await code(page, { port: 'Ystad', on: '2022-02-28' });

    const hebrew = await placeOf(page, 'הגיעה');
    await page.mouse.click(hebrew.x + hebrew.width / 2, hebrew.y + hebrew.height / 2, { count: 2 });
    expect(String(await page.evaluate(selected)).trim()).toBe('הגיעה');
    await page.keyboard.down('Alt');
    await page.keyboard.press('f');
    await page.keyboard.up('Alt');
    await page.waitForSelector('dialog input');
    await page.keyboard.type('לטרלבורג ב־3');
    await page.keyboard.press('Enter');
    await page.waitForFunction(`${selected} === ${JSON.stringify('לטרלבורג ב־3')}`);
    await page.keyboard.down('Alt');
    await page.keyboard.press('n');
    await page.keyboard.up('Alt');
    await page.waitForSelector('dialog button::-p-text(Crossings)');
    await page.keyboard.press('1');
    await code(page, { port: 'Trelleborg', on: '2022-03-03' });

    expect(citedIn(folder, '2022-02-28-anna-ystad')).toEqual(['cafe\u0301 in Ystad']);
    expect(citedIn(folder, '2022-03-03-anna-trelleborg')).toEqual(['לטרלבורג ב־3']);
    expect(await run(folder, 'validate', ['--sources', 'sources', '--require-sources'])).toMatchObject({ status: 0 });
    expect(messages).toEqual([]);
  });
});

/** Fills in a new record and saves it. */
async function code(page: Page, { port, on }: { readonly port: string; readonly on: string }): Promise<void> {
  await waitForText(page, 'Crossings: new record');
  await page.locator('#field\\/kind').click();
  await page.locator('#field\\/ship').fill('Anna');
  await saying(page, '[role=option]', 'Anna').click();
  await page.locator('#field\\/on').fill(on);
  await saying(page, '#form button', '+ port').click();
  await page.locator('#field\\/port').fill(port);
  await saying(page, '[role=option]', port).click();
  await waitForText(page, 'Left to do: 0');
  await saying(page, 'button', 'Save').click();
  await waitForText(page, 'Saved: raw/crossings/');
}

/** The words of a file that a record cites, from its offsets in code points. */
function citedIn(folder: string, id: string): readonly string[] {
  const record = JSON.parse(fs.readFileSync(path.join(folder, `raw/crossings/${id}.json`), 'utf8')) as {
    readonly evidence: readonly { readonly start: number; readonly end: number }[];
  };
  const characters = Array.from(fs.readFileSync(path.join(folder, 'sources/signs.txt'), 'utf8'));
  return record.evidence.map(({ start, end }) => characters.slice(start, end).join(''));
}
