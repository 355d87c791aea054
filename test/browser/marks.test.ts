import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newsroom } from '../support/articles.ts';
import { crossing, document, schemas, sha256 } from '../support/fixture.ts';
import { writeFiles } from '../support/run.ts';
import { picture, wide } from './browser.ts';
import { startChromium } from './chromium.mjs';
import { atField, findWords, noticed, openWorkbench, selectedIn } from './curator.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await startChromium();
});
afterAll(() => browser.close());

const { properties } = schemas['schema/crossings.schema.json'] as { readonly properties: { evidence: object } };

/** A table of names with evidence. */
function named(title: string): object {
  const of = schemas[`schema/${title.toLowerCase()}.schema.json`] as { readonly properties: object };
  return { ...of, title, properties: { ...of.properties, evidence: properties.evidence } };
}

/** A record whose name is cited with words of the text. */
function cited(id: string, words: string): object {
  const start = Array.from(document.slice(0, document.indexOf(words))).length;
  const [begins, ends] = [words.split(' ')[0], words.split(' ').at(-1)];
  const span = { source: 'gazette', start, end: start + words.length, sha256: sha256(words), begins, ends };
  return { id, name: id, evidence: [{ ...span, supports: ['/name'] }] };
}

/** The text with spans of three tables about the word Ystad. */
async function openPage(options: BrowserContextOptions): Promise<Page> {
  const folder = newsroom();
  writeFiles(folder, {
    'schema/ships.schema.json': named('Ships'),
    'schema/ports.schema.json': named('Ports'),
    'raw/ports/ystad.json': cited('ystad', 'left Ystad on Monday'),
    'raw/ships/anna.json': cited('anna', 'Ystad'),
    'raw/crossings/monday-ystad.json': crossing,
  });
  const { page } = await openWorkbench(
    browser,
    folder,
    { viewport: { width: 1440, height: 900 }, ...options },
    'gazette',
  );
  await page.getByRole('button', { name: 'ystad', exact: true }).waitFor();
  return page;
}

/** The rows of pixels of a word and of the lines below it, each as the colours in it. */
async function rowsOf(page: Page, word: string): Promise<readonly (readonly string[])[]> {
  const box = await page.evaluate<{ x: number; y: number; width: number; height: number }>(`(() => {
    const node = document.querySelector('.piece').firstChild;
    const range = document.createRange();
    range.setStart(node, node.data.indexOf('${word}'));
    range.setEnd(node, node.data.indexOf('${word}') + ${word.length});
    return range.getBoundingClientRect().toJSON();
  })()`);
  const clip = { x: Math.ceil(box.x), y: Math.floor(box.y), width: Math.floor(box.width) - 1, height: box.height + 14 };
  const png = (await page.screenshot({ clip })).toString('base64');
  return page.evaluate<string[][]>(`(async () => {
    const image = new Image();
    image.src = 'data:image/png;base64,${png}';
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext('2d');
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, image.width, image.height);
    return Array.from({ length: image.height }, (_, y) => [...new Set(Array.from({ length: image.width }, (_, x) =>
      'rgb(' + data.slice(4 * (y * image.width + x), 4 * (y * image.width + x) + 3).join(', ') + ')'))]);
  })()`);
}

test.each(['light', 'dark'] as const)('words of three tables have a line for each, in %s', async (colorScheme) => {
  const page = await openPage({ colorScheme });
  const lines = await page.evaluate<string[]>(
    `[...document.querySelectorAll('.legend .swatch')].filter((each) => each.textContent !== 'Papers').map((each) =>
      getComputedStyle(each).textDecorationColor)`,
  );
  expect(new Set(lines).size).toBe(3);
  const rows = await rowsOf(page, 'Ystad');
  await picture(page, `marks-${colorScheme}`);
  for (const line of lines) {
    const own = rows.filter((colours) => colours.includes(line));
    expect(own.length, line).toBeGreaterThan(0);
    // from one end of the word to the other, and in no other colour
    for (const colours of own) expect(colours).toEqual([line]);
  }
});

test('where the system chooses the colours, the lines of tables differ by their style', async () => {
  const page = await openPage({ forcedColors: 'active' });
  await picture(page, 'marks-forced');
  const styles = await page.evaluate<string[]>(
    `[...document.querySelectorAll('.legend .swatch')].map((each) => getComputedStyle(each).textDecorationStyle)`,
  );
  expect(new Set(styles).size).toBe(4);
  const rows = await rowsOf(page, 'Ystad');
  const [back, front] = await page.evaluate<readonly [string, string]>(`(() => {
    const { backgroundColor, color } = getComputedStyle(document.querySelector('#text'));
    return [backgroundColor, color];
  })()`);
  // below the letters: three lines, with nothing between them
  const isLine = rows.map(
    (colours) => colours.includes(front) && colours.every((each) => each === front || each === back),
  );
  const starts = isLine.filter((is, i) => is && isLine[i - 1] === false);
  expect(starts.length).toBeGreaterThanOrEqual(3);
});

test('records of seven tables on the same words are all listed, by mouse and by keyboard, and open from the list', async () => {
  const folder = newsroom();
  const tables = ['boats', 'cargo', 'crews', 'docks', 'ports', 'routes', 'ships'];
  for (const [i, table] of tables.entries()) {
    const title = `${table[0]?.toUpperCase()}${table.slice(1)}`;
    const schema = { ...named(table === 'ports' ? 'Ports' : 'Ships'), title };
    writeFiles(folder, {
      [`schema/${table}.schema.json`]: schema,
      [`raw/${table}/of-${table}.json`]: cited(`of-${table}`, i % 2 === 0 ? 'Ystad' : 'left Ystad on Monday'),
    });
  }
  const { page, messages } = await openWorkbench(browser, folder, wide, 'gazette');
  await page.getByRole('button', { name: 'of-ships', exact: true }).waitFor();
  const ids = tables.map((table) => `of-${table}`).toSorted();
  await findWords(page, 'Ystad');
  await page.mouse.move(...(await middleOf(page, 'Ystad')));
  const hover = page.locator('.hover');
  await hover.waitFor();
  await picture(page, 'seven-tables');
  for (const id of ids) await expect.poll(() => hover.textContent()).toContain(id);
  // while somebody works with the keyboard, the pointer means nothing
  await page.keyboard.press('Shift');
  await expect.poll(() => hover.count()).toBe(0);
  const options = page.getByRole('group', { name: 'Cite the selected words 8' }).getByRole('option').locator('b');
  const listed = (): Promise<readonly string[]> => options.allTextContents();
  await page.keyboard.press('Alt+R');
  await expect.poll(async () => (await listed()).toSorted()).toEqual(['monday-ystad', ...ids]);
  await picture(page, 'seven-tables-list');
  await page.keyboard.press('Enter');
  await page.locator('#form').waitFor();
  await page.keyboard.down('Alt');
  await page.mouse.dblclick(...(await middleOf(page, 'Ystad')));
  await page.keyboard.up('Alt');
  await expect.poll(async () => (await listed()).length).toBe(8);
  await page.getByRole('option', { name: 'of-ships' }).first().click();
  await page.getByRole('heading', { name: 'Ships: of-ships' }).waitFor();
  expect(messages).toEqual([]);
});

/** The middle of a word of the text. */
async function middleOf(page: Page, word: string): Promise<readonly [number, number]> {
  return page.evaluate<[number, number]>(`(() => {
    const node = document.querySelector('.piece').firstChild;
    const range = document.createRange();
    range.setStart(node, node.data.indexOf('${word}'));
    range.setEnd(node, node.data.indexOf('${word}') + ${word.length});
    const { x, y, width, height } = range.getBoundingClientRect();
    return [x + width / 2, y + height / 2];
  })()`);
}

test('Alt+U goes on through sentences of which records cite a small part; a reason for the whole settles one', async () => {
  const folder = newsroom();
  const [span] = Object(cited('', 'Ystad')).evidence;
  writeFiles(folder, {
    'raw/crossings/monday-ystad.json': { ...crossing, evidence: [{ ...span, supports: ['/port'] }] },
  });
  const { page } = await openWorkbench(browser, folder, wide, 'gazette');
  const { keyboard } = page;
  await page.getByRole('button', { name: 'monday-ystad' }).waitFor();
  const done = 'Every sentence has a record, or needs none.';
  await keyboard.press('Alt+U');
  await noticed(page, `${done} In 1, records cite only a small part: Alt+U goes to it.`);
  expect(await selectedIn(page)).toBe('');
  await keyboard.press('Alt+U');
  await noticed(page, 'Records cite only a small part of this sentence. Press Alt+O if the rest needs no record.');
  expect(await selectedIn(page)).toBe(document.trim());
  await expect
    .poll(() => page.evaluate('[...CSS.highlights.get("partly-covered")].map(String).join()'))
    .toBe(document.trim());
  await keyboard.press('Alt+O');
  await page.getByRole('dialog', { name: 'No record needed' }).locator('input:focus').waitFor();
  await keyboard.type('background.');
  await keyboard.press('Enter');
  await noticed(page, 'Press Alt+U to go to the next sentence.');
  await keyboard.press('Alt+U');
  await expect.poll(() => page.locator('#notice').textContent()).toBe(done);
  // the record takes more of the same words, and says so once
  await page.getByRole('button', { name: 'monday-ystad' }).click();
  await atField(page, '/cars');
  await findWords(page, 'with 40 cars');
  await keyboard.press('Alt+E');
  await noticed(page, 'Cited for');
  await keyboard.press('Control+S');
  await noticed(page, 'Words that it cites are also marked as needing no record: background. Alt+O on them takes that');
  await page.getByRole('textbox', { name: 'cars', exact: true }).fill('41');
  await keyboard.press('Control+S');
  await noticed(page, /^Saved: raw\/crossings\/monday-ystad.json(?: · \d warnings?: .*)?$/);
});
