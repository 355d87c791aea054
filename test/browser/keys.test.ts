import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newsroom } from '../support/articles.ts';
import { crossing, sha256 } from '../support/fixture.ts';
import { writeFiles } from '../support/run.ts';
import { workbenchOf } from '../support/workbench.ts';
import { visit, wide } from './browser.ts';
import { startChromium } from './chromium.mjs';
import { atField, choose, findWords, openWorkbench, selectedIn, inForm } from './curator.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await startChromium();
});
afterAll(() => browser.close());

const other = { ...crossing, id: 'tuesday-ystad', on: '2022-03-01', cars: 41 };

type Step<T = void> = (page: Page) => Promise<T>;

const notice =
  (words: string | RegExp): Step =>
  async (page) =>
    page.locator('#notice', { hasText: words }).waitFor();

const dialog =
  (name: string): Step =>
  async (page) => {
    await page.getByRole('dialog', { name }).waitFor();
    await page.keyboard.press('Escape');
    if ((await page.getByRole('dialog').count()) > 0) await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
  };

const heading =
  (name: string): Step =>
  async (page) =>
    page.getByRole('heading', { name }).waitFor();

/** Waits until an expression of the page returns this text. */
const becomes =
  (read: Step<string>, text: string): Step =>
  async (page) => {
    await expect.poll(() => read(page)).toBe(text);
  };

const cars: Step<string> = (page) => page.getByRole('textbox', { name: 'cars', exact: true }).inputValue();

/** Every key of the page, in a sensible order: the steps before it, and what it does. */
const keys: readonly (readonly [shown: string, does: Step, before?: Step])[] = [
  ['Alt+H', dialog('Help')],
  ['Alt+I', dialog('Add a source')],
  ['Alt+N', dialog('New record')],
  ['Alt+F', dialog('Find in the text')],
  ['Alt+C', notice('There is only one coding')],
  ['Alt+Y', notice(/^\d+ suggestions/)],
  ['Alt+T', becomes((page) => page.evaluate<string>('document.activeElement.id'), 'text')],
  ['Alt+Shift+Y', notice(/^(?:name|date|number): .* \(\d+ of \d+\)/)],
  ['Alt+U', notice('Every sentence has a record')],
  ['Alt+O', dialog('No record needed'), (page) => findWords(page, 'The ferry')],
  ['Alt+X', notice('Date fields show all of their help now.')],
  ['Alt+V', dialog('Review')],
  ['Alt+G', dialog('Commit changes')],
  ['Alt+B', notice('There are no drafts')],
  ['Alt+P', notice('Open a record first')],
  ['Alt+R', dialog('Go to a record')],
  [
    'Ctrl+Enter',
    heading('Crossings: tuesday-ystad'),
    async (page) => {
      await page.getByRole('button', { name: 'monday-ystad' }).click();
      await heading('Crossings: monday-ystad')(page);
    },
  ],
  ['Alt+A', dialog('Add a field')],
  ['Ctrl+Z', becomes(cars, '41'), (page) => page.getByRole('textbox', { name: 'cars' }).fill('42')],
  ['Ctrl+Shift+Z', becomes(cars, '42')],
  ['Ctrl+S', notice('Saved: raw/crossings/tuesday-ystad.json')],
  ['Alt+D', heading('Crossings: new record')],
  ['Alt+J', (page) => atField(page, '/port')],
  ['Alt+E', notice('Cited for port.'), (page) => findWords(page, 'Ystad')],
  ['Alt+Shift+E', notice('Cited for 1 field.'), (page) => findWords(page, 'on Monday')],
  ['Alt+W', (page) => page.locator('.in-hand', { hasText: 'on Monday' }).waitFor()],
  ['Alt+Delete', notice('No longer cited for port: “Ystad”.')],
  ['Alt+Shift+Delete', notice('Removed: port.')],
  ['Alt+Shift+D', (page) => page.getByRole('dialog', { name: 'Discard a draft' }).waitFor()],
  ['Alt+Q', (page) => page.getByRole('table', { name: 'Sources' }).waitFor()],
];

test('every key does what it says; the foot of the page has the common ones, and all when asked', async () => {
  const folder = newsroom();
  writeFiles(folder, { 'raw/crossings/tuesday-ystad.json': `${JSON.stringify(other, null, 2)}\n` });
  const { page, messages } = await openWorkbench(browser, folder, wide, 'gazette');
  await page.getByRole('button', { name: 'tuesday-ystad' }).waitFor();
  const footer = page.locator('footer');
  const shown = (): Promise<readonly string[]> => footer.locator('kbd').allTextContents();
  // two lines in a small window
  await page.setViewportSize({ width: 1280, height: 720 });
  const line = (await footer.locator('button').first().boundingBox())?.height ?? 0;
  expect((await footer.boundingBox())?.height).toBeLessThan(3 * line);
  const common = await shown();
  await page.keyboard.press('Alt+K');
  await expect.poll(async () => (await shown()).length).toBe(keys.length + 1);
  const all = ['Alt+K', ...keys.map(([name]) => name)];
  expect((await shown()).toSorted()).toEqual(all.toSorted());
  expect(all).toEqual(expect.arrayContaining([...common]));
  await page.keyboard.press('Alt+H');
  const help = page.getByRole('dialog', { name: 'Help' });
  expect((await help.locator('.key-table kbd').allTextContents()).toSorted()).toEqual(all.toSorted());
  await page.keyboard.press('Escape');
  for (const [name, does, before] of keys) {
    await before?.(page);
    await page.keyboard.press(name.replace('Ctrl', 'Control'));
    await does(page).catch((error: unknown) => {
      throw new Error(`${name} does something else`, { cause: error });
    });
  }
  expect(messages).toEqual([]);
});

test('the other keys that the help names work: arrows in the text, Alt with arrows in a list, Escape', async () => {
  const { page, messages } = await openWorkbench(browser, newsroom(), wide, 'gazette');
  const { keyboard } = page;
  await page.locator('#text .piece').first().waitFor();
  await keyboard.press('Alt+T');
  const pressed: readonly (readonly [string, string])[] = [
    ['ArrowRight', 'The'],
    ['ArrowRight', 'ferry'],
    ['Shift+ArrowRight', 'ferry 🛳 left'],
    ['Shift+ArrowLeft', 'ferry'],
    ['Shift+ArrowDown', 'ferry 🛳 left Ystad on Monday with 40 cars.'],
    ['Home', 'The'],
    ['End', 'cars'],
    ['ArrowLeft', '40'],
  ];
  for (const [key, words] of pressed) {
    await keyboard.press(key);
    expect([key, await selectedIn(page)]).toEqual([key, words]);
  }
  await page.getByRole('button', { name: 'monday-ystad' }).click();
  const summaries = page.locator('.card summary');
  await expect.poll(() => summaries.first().textContent()).toContain('ystad');
  await summaries.first().focus();
  await keyboard.press('Alt+ArrowDown');
  await expect.poll(() => summaries.first().textContent()).toContain('trelleborg');
  await expect
    .poll(() => page.evaluate('document.activeElement.closest("[data-pointer]")?.dataset.pointer'))
    .toContain('/stops/1');
  await keyboard.press('Alt+ArrowUp');
  await expect.poll(() => summaries.first().textContent()).toContain('ystad');
  // Escape closes the list of a field, and then nothing else
  const ship = page.getByRole('combobox', { name: 'ship' });
  await ship.focus();
  await keyboard.press('ArrowDown');
  await page.getByRole('option').first().waitFor();
  await keyboard.press('Escape');
  await expect.poll(() => page.getByRole('option').count()).toBe(0);
  await expect.poll(() => ship.inputValue()).toBe('anna');
  expect(messages).toEqual([]);
});

test('undo in a list drops what was typed there, and then undoes the steps of the record', async () => {
  const { page, messages } = await openWorkbench(browser, newsroom(), wide, 'gazette');
  await page.getByRole('button', { name: 'monday-ystad' }).click();
  await inForm(page);
  const fields = [page.getByRole('textbox', { name: 'cars' }), page.getByRole('combobox', { name: 'ship' })] as const;
  const values = (): Promise<readonly string[]> => Promise.all(fields.map((field) => field.inputValue()));
  await fields[0].fill('41');
  await fields[1].focus();
  await page.keyboard.press('Control+A');
  await page.keyboard.type('Berta');
  await page.keyboard.press('Control+Z');
  await expect.poll(values).toEqual(['41', 'anna']);
  await page.keyboard.press('Control+Z');
  await expect.poll(values).toEqual(['40', 'anna']);
  expect(messages).toEqual([]);
});

test('the key that opens the next record says that the one before was saved; after a new record, none is next', async () => {
  const { page, messages } = await openWorkbench(browser, newsroom(), wide, 'gazette');
  const { keyboard } = page;
  await page.getByRole('button', { name: 'monday-ystad' }).click();
  await page.getByRole('textbox', { name: 'cars' }).fill('41');
  await keyboard.press('Control+Enter');
  await heading('Papers: gazette')(page);
  await notice('Saved: raw/crossings/monday-ystad.json')(page);
  await findWords(page, 'Ystad');
  await keyboard.press('Alt+N');
  await choose(page, 'Ports');
  await atField(page, '/name');
  await keyboard.type('Zealand');
  await keyboard.press('Control+Enter');
  await notice('Saved: raw/ports/zealand.json')(page);
  await heading('Ports: zealand')(page);
  expect(messages).toEqual([]);
});

test('the arrow keys choose in the list of sources, and the text that is opened gets the focus', async () => {
  const folder = newsroom();
  const text = 'The ferry has sailed.\n';
  writeFiles(folder, {
    'raw/papers/herald.json': { id: 'herald', document: { file: 'herald.txt', sha256: sha256(text) } },
    'sources/herald.txt': text,
  });
  const { url } = await workbenchOf(folder, 'herald');
  const { page } = await visit(browser);
  await page.goto(url);
  await page.locator('#text .piece').first().waitFor();
  const inFocus = () => page.evaluate<string>('document.activeElement.textContent');
  await page.keyboard.press('Alt+U');
  await page.locator('#notice', { hasText: 'no record yet' }).waitFor();
  await page.keyboard.press('Alt+Q');
  await expect.poll(inFocus).toBe('herald');
  await expect.poll(() => page.locator('#notice').textContent()).toBe('');
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => inFocus()).toBe('gazette');
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => inFocus()).toBe('gazette');
  await page.keyboard.press('ArrowUp');
  await expect.poll(() => inFocus()).toBe('herald');
  await page.keyboard.press('Enter');
  await expect.poll(() => page.evaluate<string>('document.activeElement.id')).toBe('text');
  // from anywhere, and also when the list is in view already
  await page.keyboard.press('Alt+Q');
  await expect.poll(inFocus).toBe('herald');
  await page.getByRole('combobox').first().focus();
  await page.keyboard.press('Alt+Q');
  await expect.poll(inFocus).toBe('herald');
});
