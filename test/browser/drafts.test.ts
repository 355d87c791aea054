import fs from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newsroom } from '../support/articles.ts';
import { crossing } from '../support/fixture.ts';
import { writeFiles } from '../support/run.ts';
import { workbenchOf } from '../support/workbench.ts';
import { picture, visit, laptop, wide } from './browser.ts';
import { startChromium } from './chromium.mjs';
import {
  addAsItIs,
  addPortAndCars,
  atField,
  choose,
  fillCrossing,
  findWords,
  openWorkbench,
  noticed,
  inForm,
} from './curator.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await startChromium();
});
afterAll(() => browser.close());

const file = 'raw/crossings/monday-ystad.json';

test('a draft whose record is gone becomes a new record; any draft can be discarded, after a question', async () => {
  const folder = newsroom();
  const { page, messages } = await openWorkbench(browser, folder, wide, 'gazette');
  const { keyboard } = page;
  await page.getByRole('button', { name: 'monday-ystad' }).click();
  await page.getByRole('heading', { name: 'Crossings: monday-ystad' }).waitFor();
  const cars = page.getByRole('textbox', { name: 'cars', exact: true });
  await cars.fill('41');
  fs.rmSync(path.join(folder, file));
  // the record is still in the form
  await keyboard.press('Control+S');
  const conflict = page.getByRole('dialog', { name: 'The file has changed' });
  await conflict.getByText('monday-ystad was deleted or renamed.').waitFor();
  await picture(page, 'gone');
  await keyboard.press('Escape');
  await keyboard.press('Alt+N');
  await choose(page, 'Ports');
  await atField(page, '/name');
  // the record is not in the form
  const list = page.getByRole('complementary', { name: 'Left to do' });
  await list.getByRole('button', { name: 'Crossings: monday-ystad', exact: true }).click();
  await noticed(page, 'monday-ystad was deleted or renamed.');
  await page.getByRole('heading', { name: 'Crossings: new record' }).waitFor();
  await expect.poll(() => cars.inputValue()).toBe('41');
  await expect.poll(() => page.getByText('kept as a draft').count()).toBe(0);
  await page.getByText('Left to do: 0').waitFor();
  await keyboard.press('Control+S');
  await page.getByText(`Saved: ${file}`).waitFor();
  expect(JSON.parse(fs.readFileSync(path.join(folder, file), 'utf8'))).toEqual({ ...crossing, cars: 41 });
  // discarding a changed record restores the saved version
  await cars.fill('42');
  await page.getByRole('button', { name: 'Discard Crossings: monday-ystad' }).click();
  // Enter discards nothing, and the button that looks as if it were next is the one that it presses
  await page.getByRole('dialog', { name: 'Discard a draft' }).waitFor();
  await expect.poll(() => page.evaluate('document.activeElement.className')).toBe('primary');
  await keyboard.press('Enter');
  await expect.poll(() => cars.inputValue()).toBe('42');
  await page.getByRole('button', { name: 'Discard Crossings: monday-ystad' }).click();
  await page.getByRole('button', { name: 'Discard the draft' }).click();
  await expect.poll(() => cars.inputValue()).toBe('41');
  await expect.poll(() => page.getByText('(not saved)').count()).toBe(0);
  // a new record goes away
  await keyboard.press('Alt+N');
  await choose(page, 'Ports');
  await atField(page, '/name');
  await keyboard.type('Lund');
  await page.getByRole('button', { name: 'Discard Ports: new record' }).click();
  await page.getByRole('button', { name: 'Discard the draft' }).click();
  await page.getByText('To make a record').or(page.getByText('Select words in the text')).first().waitFor();
  await page.getByText('Drafts: 0', { exact: true }).waitFor();
  expect(messages).toEqual([]);
});

test('a draft of an older version of its record is merged with the newer one when it is saved', async () => {
  const folder = newsroom();
  const { page } = await openWorkbench(browser, folder, wide, 'gazette');
  const { keyboard } = page;
  await page.getByRole('button', { name: 'monday-ystad' }).click();
  const cars = page.getByRole('textbox', { name: 'cars', exact: true });
  await cars.fill('41');
  await keyboard.press('Alt+N');
  await choose(page, 'Ports');
  await page.getByText('kept as a draft').waitFor();
  writeFiles(folder, { [file]: { ...crossing, on: '2022-03-01' } });
  await keyboard.press('Alt+B');
  await page.getByRole('heading', { name: 'Crossings: monday-ystad' }).waitFor();
  await keyboard.press('Control+S');
  const dialog = page.getByRole('dialog', { name: 'The file has changed' });
  await dialog.getByText('on: 2022-02-28 → 2022-03-01 (saved version)').waitFor();
  await dialog.getByText('cars: 40 → 41 (you)').waitFor();
  expect(JSON.parse(fs.readFileSync(path.join(folder, file), 'utf8'))).toMatchObject({ on: '2022-03-01', cars: 40 });
});

test('a draft that is on its way when it is discarded or saved does not come back', async () => {
  const folder = newsroom();
  const { url } = await workbenchOf(folder, 'gazette');
  const { page, messages } = await visit(browser, wide);
  await page.clock.install();
  await page.goto(url);
  await page.getByRole('button', { name: 'monday-ystad' }).click();
  const cars = page.getByRole('textbox', { name: 'cars', exact: true });
  let held: { readonly name: string; go?: () => void } | undefined;
  await page.route(/\/api\/(keep|discard)$/, async (route) => {
    const now = held;
    if (now?.name === path.basename(route.request().url()) && now.go === undefined)
      await new Promise<void>((resolve) => (now.go = resolve));
    await route.continue();
  });
  const holding = async (name: string, work: () => Promise<void>): Promise<void> => {
    held = { name };
    await work();
    await expect.poll(() => held?.go).toBeDefined();
  };
  const release = async (...names: readonly string[]): Promise<void> => {
    const answers = names.map((name) => page.waitForResponse(`**/api/${name}`));
    held?.go?.();
    held = undefined;
    await Promise.all(answers);
  };
  const discard = async (): Promise<void> => {
    await page.getByRole('button', { name: 'Discard Crossings: monday-ystad' }).click();
    await page.getByRole('button', { name: 'Discard the draft' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  };
  const expectNone = async (value: string): Promise<void> => {
    await expect.poll(() => cars.inputValue()).toBe(value);
    expect(drafts(folder)).toEqual([]);
  };
  // the draft is on its way when it is discarded
  await holding('keep', () => cars.fill('41'));
  await discard();
  await release('keep', 'discard');
  await expectNone('40');
  // somebody types while the request to discard is on its way
  await cars.fill('42');
  await holding('discard', discard);
  await cars.fill('43');
  await page.clock.fastForward(1000);
  await release('discard');
  await expectNone('40');
  // the draft is on its way when the record is saved
  await holding('keep', () => cars.fill('44'));
  await page.keyboard.press('Control+S');
  await page.getByText('Saving…').waitFor();
  await release('keep', 'save');
  await expectNone('44');
  expect(messages).toEqual([]);
});

test('a draft opens at its first open field, or else at its first field, in view', async () => {
  const { page, messages } = await openWorkbench(
    browser,
    newsroom(),
    { viewport: { width: 1280, height: 500 } },
    'gazette',
  );
  const { keyboard } = page;
  await page.getByRole('button', { name: 'monday-ystad' }).click();
  await page.getByRole('textbox', { name: 'cars', exact: true }).fill('41');
  const leaveForPort = async (): Promise<void> => {
    await keyboard.press('Alt+N');
    await choose(page, 'Ports');
    await atField(page, '/name');
    await page.locator('#records').evaluate('(records) => records.scrollTo(0, records.scrollHeight)');
    await page.getByText('kept as a draft').waitFor();
  };
  const expectAt = async (heading: string, pointer: string): Promise<void> => {
    await page.getByRole('heading', { name: heading }).waitFor();
    await atField(page, pointer);
    const [top, head] = await page.evaluate<readonly [number, number]>(`[
      document.activeElement.getBoundingClientRect().top,
      document.querySelector('.record-head').getBoundingClientRect().bottom,
    ]`);
    expect(top).toBeGreaterThanOrEqual(head);
    expect(top).toBeLessThan(500);
  };
  // it is complete
  await leaveForPort();
  await keyboard.press('Alt+B');
  await expectAt('Crossings: monday-ystad', '/kind');
  await keyboard.press('Alt+N');
  await choose(page, 'Crossings');
  await atField(page, '/kind');
  await keyboard.press('Space');
  await leaveForPort();
  await keyboard.press('Alt+B');
  await expectAt('Crossings: new record', '/ship');
  await leaveForPort();
  await page.getByRole('button', { name: 'Go back to it' }).click();
  await expectAt('Crossings: new record', '/ship');
  await leaveForPort();
  const list = page.getByRole('complementary', { name: 'Left to do' });
  await list.getByRole('button', { name: 'Crossings: departure', exact: true }).click();
  await expectAt('Crossings: new record', '/ship');
  expect(messages).toEqual([]);
});

test('an optional field that was added and left empty is there again when the draft is opened', async () => {
  const { page, messages, reload } = await openWorkbench(browser, newsroom(), wide, 'gazette');
  const { keyboard } = page;
  await page.locator('#text .piece').first().waitFor();
  await keyboard.press('Alt+N');
  await choose(page, 'Crossings');
  await atField(page, '/kind');
  await keyboard.press('Space');
  await keyboard.press('Alt+A');
  await choose(page, 'remark');
  await atField(page, '/remark');
  await keyboard.press('Alt+N');
  await choose(page, 'Ports');
  await atField(page, '/name');
  await expect.poll(() => page.locator('[data-pointer="/remark"]').count()).toBe(0);
  await keyboard.press('Alt+B');
  await page.getByRole('heading', { name: 'Crossings: new record' }).waitFor();
  await page.getByRole('textbox', { name: 'remark' }).waitFor();
  // nor does a reload lose it
  const kept = page.waitForRequest('**/api/keep');
  await page.getByRole('button', { name: '+ cars' }).click();
  await page.getByRole('textbox', { name: 'cars' }).waitFor();
  await (await kept).response();
  await reload();
  for (const name of ['remark', 'cars']) await page.getByRole('textbox', { name }).waitFor();
  // it is no longer a part of the form once it was removed
  await page.getByRole('button', { name: 'Remove remark' }).click();
  await keyboard.press('Alt+N');
  await choose(page, 'Ports');
  await atField(page, '/name');
  await keyboard.press('Alt+B');
  await page.getByRole('textbox', { name: 'cars' }).waitFor();
  await expect.poll(() => page.getByRole('textbox', { name: 'remark' }).count()).toBe(0);
  expect(messages).toEqual([]);
});

test('the number of drafts counts the open record too, and leads to it if it is the only one', async () => {
  const { page, messages } = await openWorkbench(browser, newsroom(), wide, 'gazette');
  const { keyboard } = page;
  await page.locator('#text .piece').first().waitFor();
  await keyboard.press('Alt+N');
  await choose(page, 'Crossings');
  await atField(page, '/kind');
  await page.getByText('Drafts: 0', { exact: true }).waitFor();
  await keyboard.press('Space');
  await keyboard.press('Control+S');
  await noticed(page, 'kept as a draft');
  await page.getByRole('button', { name: 'Drafts: 1', exact: true }).click();
  await atField(page, '/ship');
  // a record that another one needs
  await keyboard.type('Berta');
  await page.getByRole('option', { name: 'New record in ships: Berta' }).waitFor();
  await keyboard.press('ArrowDown');
  await keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Ships: new record' }).waitFor();
  await page.getByText('Drafts: 2', { exact: true }).waitFor();
  await page.getByRole('heading', { name: 'Other drafts to finish and save: 1' }).waitFor();
  await page.getByRole('button', { name: 'Back to the new record in Crossings' }).click();
  await atField(page, '/ship');
  await page.getByText('Drafts: 2', { exact: true }).waitFor();
  // the texts and buttons of the list are apart, on one line
  const row = page.locator('.drafts li').first();
  const [name, button] = await Promise.all([0, 1].map((i) => row.getByRole('button').nth(i).boundingBox()));
  if (name == null || button == null) throw new Error('the list has no row');
  expect(button.x - name.x - name.width).toBeGreaterThan(8);
  expect(button.y).toBeLessThan(name.y + name.height);
  await page.getByRole('button', { name: 'Discard Crossings: new record' }).click();
  await page.getByRole('heading', { name: 'Discard this new record in Crossings?' }).waitFor();
  expect(messages).toEqual([]);
});

test('the fields of a new source are below their labels', async () => {
  const { page } = await openWorkbench(browser, newsroom(), wide, 'gazette');
  await page.locator('#text .piece').first().waitFor();
  await page.keyboard.press('Alt+I');
  const field = page.getByRole('dialog').locator('label:has([type="file"])');
  const label = await field.boundingBox();
  const input = await field.locator('input').boundingBox();
  expect(input?.y).toBeGreaterThan((label?.y ?? Infinity) + 10);
});

test('a record that exists as a draft is not to be made again: a button opens its draft, and a save leads back', async () => {
  const folder = newsroom();
  const { page, messages } = await openWorkbench(browser, folder, wide);
  const { keyboard } = page;
  await page.getByRole('button', { name: 'gazette' }).waitFor();
  await keyboard.press('Alt+I');
  await page.getByRole('dialog').waitFor();
  await keyboard.insertText('Anna left Ystad.\n');
  await page.getByRole('textbox', { name: 'Identifier' }).fill('herald');
  await keyboard.press('Control+Enter');
  await page.getByRole('heading', { name: 'Papers: new record' }).waitFor();
  await findWords(page, 'Anna left Ystad.');
  await keyboard.press('Alt+N');
  await choose(page, 'Crossings');
  await fillCrossing(page);
  await addPortAndCars(page);
  // a span of a source without a record
  const fault = page.locator('.problems').getByText('no paper "herald"');
  await fault.waitFor();
  await expect.poll(() => page.getByRole('button', { name: 'Add to papers' }).count()).toBe(0);
  await picture(page, 'open-its-draft');
  await page.getByRole('button', { name: 'Open its draft' }).click();
  await page.getByRole('heading', { name: 'Papers: new record' }).waitFor();
  await page.getByRole('button', { name: 'Back to the new record in Crossings' }).waitFor();
  await keyboard.press('Control+S');
  await page.getByRole('heading', { name: 'Crossings: new record' }).waitFor();
  await noticed(page, 'Saved herald.');
  await fault.waitFor({ state: 'detached' });
  await keyboard.press('Control+S');
  await page.getByText('Saved: raw/crossings/2022-02-28-anna-ystad.json').waitFor();
  const made = path.join(folder, 'raw/crossings/2022-02-28-anna-ystad.json');
  expect(JSON.parse(fs.readFileSync(made, 'utf8'))).toMatchObject({
    port: 'ystad',
    evidence: [{ source: 'herald', begins: 'Anna', ends: 'Ystad.' }],
  });
  expect(drafts(folder)).toEqual([]);
  expect(messages).toEqual([]);
});

test('a reference finds the drafts of other records, says that they are drafts, and leads to them', async () => {
  const folder = newsroom();
  const { page, messages } = await openWorkbench(browser, folder, wide, 'gazette');
  const { keyboard } = page;
  await page.locator('#text .piece').first().waitFor();
  await keyboard.press('Alt+N');
  await choose(page, 'ports');
  await atField(page, '/name');
  await keyboard.type('Rostock Süd');
  await keyboard.press('Alt+N');
  await choose(page, 'Crossings');
  await fillCrossing(page);
  await keyboard.press('Alt+A');
  await choose(page, 'port');
  await atField(page, '/port');
  await keyboard.press('ArrowDown');
  await page.getByRole('option').nth(2).waitFor();
  await expect
    .poll(() => page.getByRole('option').allTextContents())
    .toEqual([
      'Trelleborgtrelleborg',
      'Ystadystad',
      'Rostock Süddraft: save it firstrostock-sued',
      'New record in Ports…Shift+Enter',
    ]);
  await picture(page, 'draft-in-list');
  await choose(page, 'süd');
  await expect.poll(() => page.getByRole('combobox', { name: 'port' }).inputValue()).toBe('rostock-sued');
  const fault = page.locator('[data-pointer="/port"] .problems');
  await fault.getByText('no port "rostock-sued" (it is a draft: save that first)').waitFor();
  await fault.getByRole('button', { name: 'Open its draft' }).click();
  await page.getByRole('heading', { name: 'ports: new record' }).waitFor();
  await keyboard.press('Control+S');
  await atField(page, '/port');
  await fault.waitFor({ state: 'hidden' });
  // it is a record now, and listed once
  await keyboard.press('ArrowDown');
  await page.getByRole('option').nth(2).waitFor();
  await expect
    .poll(() => page.getByRole('option').allTextContents())
    .toEqual(['Trelleborgtrelleborg', 'Ystadystad', 'Rostock Südrostock-sued', 'New record in Ports…Shift+Enter']);
  expect(messages).toEqual([]);
});

/** The files of drafts. */
function drafts(folder: string): readonly string[] {
  const at = path.join(folder, '.demarche/drafts');
  return fs.readdirSync(at, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'));
}

test('in the list of drafts, the button that discards one is a single line beside a long name', async () => {
  const { page } = await openWorkbench(browser, newsroom(), wide, 'gazette');
  await page.locator('#text .piece').first().waitFor();
  await page.keyboard.press('Alt+N');
  await choose(page, 'Ports');
  await atField(page, '/name');
  await page.keyboard.type('Trelleborg and all the harbours of the coast '.repeat(4));
  await page.keyboard.press('Alt+N');
  await choose(page, 'Ships');
  const button = page.locator('.drafts .discard');
  const height = async (): Promise<number> => (await button.boundingBox())?.height ?? 0;
  await expect.poll(() => height()).toBeLessThan(30);
});

test('a new source has a short identifier, and is called by its title from the first letter on', async () => {
  const folder = newsroom();
  const { page, messages } = await openWorkbench(browser, folder, wide, 'gazette');
  const { keyboard } = page;
  await page.locator('#text .piece').first().waitFor();
  const add = async (address: string): Promise<void> => {
    await keyboard.press('Alt+I');
    await page.getByRole('dialog').waitFor();
    await keyboard.insertText('The ferry Anna leaves the port of Ystad for Trelleborg with forty cars\n');
    await page.getByRole('textbox', { name: 'Web address' }).fill(address);
    await keyboard.press('Control+Enter');
    await page.getByRole('heading', { name: 'Papers: new record' }).waitFor();
  };
  const picker = page.getByRole('combobox', { name: 'Source', exact: true });
  await add('https://www.harbour-news.co.uk/2022/02/28/anna');
  await expect.poll(() => picker.inputValue()).toBe('harbour-news-2022-02-28');
  const title = page.getByRole('textbox', { name: 'title' });
  await page.getByRole('button', { name: '+ title' }).click();
  await title.fill('The ferry Anna');
  await expect.poll(() => picker.inputValue()).toBe('The ferry Anna');
  await picture(page, 'source-title');
  // another of the same site and day, while the first one is a draft
  await add('https://www.harbour-news.co.uk/2022/02/28/anna-again');
  await expect.poll(() => picker.inputValue()).toBe('harbour-news-2022-02-28-the-ferry-anna');
  await keyboard.press('Alt+B');
  await expect.poll(() => page.getByRole('textbox', { name: 'title' }).inputValue()).toBe('The ferry Anna');
  expect(messages).toEqual([]);
});

/** A newsroom whose sources name a ship in an optional group. Ships cite their names. Adds required source fields. */
function publishing(required: readonly string[]): string {
  const folder = newsroom();
  interface Schema {
    readonly properties: { readonly evidence: object };
    readonly required: readonly string[];
  }
  const read = (table: string): Schema =>
    JSON.parse(fs.readFileSync(path.join(folder, `schema/${table}.schema.json`), 'utf8')) as Schema;
  const [papers, ships] = [read('papers'), read('ships')];
  const outlet = { type: 'string', 'x-references': 'ships' };
  const publisher = { type: 'object', properties: { outlet }, required: ['outlet'], additionalProperties: false };
  const { evidence } = papers.properties;
  const name = { type: 'string', 'x-evidence': true };
  writeFiles(folder, {
    'schema/papers.schema.json': {
      ...papers,
      properties: { ...papers.properties, publisher },
      required: [...papers.required, ...required],
    },
    'schema/ships.schema.json': { ...ships, properties: { ...ships.properties, name, evidence } },
  });
  return folder;
}

/** Adds a source, and begins the ship that its publisher refers to. */
async function beginOutlet(page: Page, url: string, add: (page: Page) => Promise<void>): Promise<void> {
  const { keyboard } = page;
  await page.goto(url);
  await page.getByRole('button', { name: 'gazette' }).waitFor();
  await keyboard.press('Alt+I');
  await page.getByRole('dialog').waitFor();
  await keyboard.insertText('Harbour Line reports that Anna left Ystad.\n');
  await page.getByRole('textbox', { name: 'Identifier' }).fill('herald');
  await add(page);
  await page.getByRole('heading', { name: 'Papers: new record' }).waitFor();
  await keyboard.press('Alt+A');
  await choose(page, 'publisher');
  await atField(page, '/publisher/outlet');
  await keyboard.type('Harbour Line');
  await page.getByRole('option', { name: 'New record in ships: Harbour Line' }).waitFor();
  await keyboard.press('ArrowDown');
  await keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Ships: new record' }).waitFor();
  await page.locator('.problems').getByText('Refers to a draft, which is saved with this record.').waitFor();
  await expect.poll(() => page.getByText('correct: evidence').count()).toBe(0);
}

/** Saves the source with its outlet filled in. */
async function saveWithOutlet(page: Page, folder: string): Promise<void> {
  await atField(page, '/publisher/outlet');
  await page.getByText('Left to do: 0').waitFor();
  await page.keyboard.press('Control+S');
  await page.getByText('Saved: raw/papers/herald.json').waitFor();
  const read = (at: string): unknown => JSON.parse(fs.readFileSync(path.join(folder, at), 'utf8'));
  expect(read('raw/papers/herald.json')).toMatchObject({ publisher: { outlet: 'harbour-line' } });
  expect(read('raw/ships/harbour-line.json')).toMatchObject({ name: 'Harbour Line', evidence: [{ source: 'herald' }] });
  expect(drafts(folder)).toEqual([]);
}

test('a record that a new source waits for, and that cites that source, is saved after it', async () => {
  const folder = publishing([]);
  const { url } = await workbenchOf(folder);
  const { page, messages } = await visit(browser, wide);
  await beginOutlet(page, url, () => page.keyboard.press('Control+Enter'));
  await page.keyboard.press('Control+S');
  await page.getByRole('heading', { name: 'Papers: herald' }).waitFor();
  const notice = page.locator('#notice', {
    hasText: 'Saved herald first, then harbour-line and filled in publisher › outlet.',
  });
  await notice.waitFor();
  await saveWithOutlet(page, folder);
  expect(messages).toEqual([]);
});

test('a source with errors is saved first; the record it waits for leads back to it, also when opened later', async () => {
  const folder = publishing(['published']);
  const { url } = await workbenchOf(folder);
  const { page, messages } = await visit(browser, wide);
  const { keyboard } = page;
  await beginOutlet(page, url, addAsItIs);
  await keyboard.press('Control+S');
  await noticed(page, 'Not saved: it refers to the new record in Papers');
  await page.getByRole('button', { name: 'Open its draft' }).click();
  await page.getByRole('heading', { name: 'Papers: new record' }).waitFor();
  const published = page.getByRole('textbox', { name: 'published' });
  await published.click();
  await published.fill('2022-02-28');
  await expect.poll(() => published.inputValue()).toBe('2022-02-28');
  await keyboard.press('Control+S');
  await page.getByText('Saved: raw/papers/herald.json').waitFor();
  await keyboard.press('Alt+B');
  await page.getByRole('heading', { name: 'Ships: new record' }).waitFor();
  await page.getByText('Left to do: 0').waitFor();
  await keyboard.press('Control+S');
  await noticed(
    page,
    'Saved harbour-line and filled in publisher › outlet. This record is complete: press Ctrl+S to save it.',
  );
  await saveWithOutlet(page, folder);
  expect(messages).toEqual([]);
});

test('a source is saved first without an entry that only waits, and the entry is there to be filled in', async () => {
  const folder = publishing([]);
  const papers = path.join(folder, 'schema/papers.schema.json');
  const schema: { readonly properties: { readonly publisher: object } } = JSON.parse(fs.readFileSync(papers, 'utf8'));
  const { publisher, ...properties } = schema.properties;
  const publishers = { type: 'array', minItems: 1, items: publisher };
  writeFiles(folder, { 'schema/papers.schema.json': { ...schema, properties: { ...properties, publishers } } });
  const { page, messages } = await openWorkbench(browser, folder, wide);
  const { keyboard } = page;
  await page.getByRole('button', { name: 'gazette' }).waitFor();
  await keyboard.press('Alt+I');
  await page.getByRole('dialog').waitFor();
  await keyboard.insertText('Harbour Line reports that Anna left Ystad.\n');
  await page.getByRole('textbox', { name: 'Identifier' }).fill('herald');
  await keyboard.press('Control+Enter');
  await page.getByRole('heading', { name: 'Papers: new record' }).waitFor();
  await keyboard.press('Alt+A');
  await choose(page, 'publishers');
  await atField(page, '/publishers/0/outlet');
  await keyboard.type('Harbour Line');
  await keyboard.press('Shift+Enter');
  await page.getByRole('heading', { name: 'Ships: new record' }).waitFor();
  await page.locator('.problems').getByText('Refers to a draft, which is saved with this record.').waitFor();
  await keyboard.press('Control+S');
  await noticed(page, 'Saved herald first, then harbour-line and filled in');
  await atField(page, '/publishers/0/outlet');
  await page.getByText('Left to do: 0').waitFor();
  await keyboard.press('Control+S');
  await noticed(page, 'Saved: raw/papers/herald.json');
  const saved: unknown = JSON.parse(fs.readFileSync(path.join(folder, 'raw/papers/herald.json'), 'utf8'));
  expect(saved).toMatchObject({ publishers: [{ outlet: 'harbour-line' }] });
  expect(messages).toEqual([]);
});

test('undo keeps the identifier of a record that was saved before the one that it waited for', async () => {
  const folder = newsroom();
  const read = (table: string): { readonly properties: object } =>
    JSON.parse(fs.readFileSync(path.join(folder, `schema/${table}.schema.json`), 'utf8')) as { properties: object };
  const withReference = (table: string, name: string, to: string): object => {
    const { properties, ...schema } = read(table);
    return { ...schema, properties: { ...properties, [name]: { type: 'string', 'x-references': to } } };
  };
  writeFiles(folder, {
    'schema/ships.schema.json': withReference('ships', 'home', 'ports'),
    'schema/ports.schema.json': withReference('ports', 'flagship', 'ships'),
  });
  const { page } = await openWorkbench(browser, folder, laptop, 'gazette');
  const { keyboard } = page;
  await page.locator('#text .piece').first().waitFor();
  await keyboard.press('Alt+N');
  await choose(page, 'Ships');
  await atField(page, '/name');
  await keyboard.type('Berta Nord');
  await keyboard.press('Alt+A');
  await choose(page, 'home');
  await atField(page, '/home');
  await keyboard.type('Lund');
  await page.getByRole('option', { name: 'New record in ports: Lund…' }).click();
  await page.getByRole('heading', { name: 'Ports: new record' }).waitFor();
  await keyboard.press('Alt+A');
  await choose(page, 'flagship');
  await atField(page, '/flagship');
  await choose(page, 'Berta');
  await page.locator('.problems').getByText('which is saved with this record').waitFor();
  await keyboard.press('Control+S');
  await noticed(page, 'Saved berta-nord first, then lund and filled in home.');
  // the reference, its field and the name
  await keyboard.press('Control+Z');
  await keyboard.press('Control+Z');
  await keyboard.press('Control+Z');
  await expect.poll(() => page.getByRole('textbox', { name: 'name', exact: true }).inputValue()).not.toBe('Berta Nord');
  await expect.poll(() => page.getByRole('textbox', { name: 'id', exact: true }).inputValue()).toBe('berta-nord');
});

test('what a save says besides is said also if it returns to another record, or opens the next one', async () => {
  const folder = newsroom();
  const read = (name: string): { readonly properties: object } =>
    JSON.parse(fs.readFileSync(path.join(folder, name), 'utf8')) as { properties: object };
  const [ports, papers] = [read('schema/ports.schema.json'), read('schema/papers.schema.json')];
  const { evidence } = papers.properties as { readonly evidence: object };
  const aliases = { type: 'array', minItems: 1, items: { type: 'string', minLength: 1 } };
  const gazette = { ...read('raw/papers/gazette.json'), reviewed: { by: 'Ida', date: '2022-03-01' } };
  writeFiles(folder, {
    'schema/ports.schema.json': { ...ports, properties: { ...ports.properties, aliases, evidence } },
    'raw/papers/gazette.json': gazette,
    'raw/crossings/tuesday-ystad.json': { ...crossing, id: 'tuesday-ystad' },
  });
  const { page, messages } = await openWorkbench(browser, folder, laptop, 'gazette');
  const { keyboard } = page;
  await page.getByRole('button', { name: 'monday-ystad' }).click();
  await page.getByRole('heading', { name: 'Crossings: monday-ystad' }).waitFor();
  const port = page.locator('[data-pointer="/port"]').getByRole('combobox');
  await port.fill('Monday Harbour');
  await page.getByRole('option', { name: 'New record in ports: Monday Harbour…' }).click();
  await page.getByRole('heading', { name: 'Ports: new record' }).waitFor();
  await atField(page, '/name');
  await findWords(page, 'Monday');
  await keyboard.press('Alt+E');
  await keyboard.press('Alt+A');
  await choose(page, 'aliases');
  await atField(page, '/aliases/0');
  await keyboard.press('Control+S');
  const notice = page.locator('#notice', { hasText: 'Saved monday-harbour and filled in port.' });
  await notice.filter({ hasText: 'The review of gazette was of the records before: it is removed.' }).waitFor();
  await notice.filter({ hasText: 'Left out, since empty: aliases › 1.' }).waitFor();
  // the next record is a draft, which has a message of its own
  writeFiles(folder, { 'raw/papers/gazette.json': gazette });
  await page.getByRole('button', { name: 'tuesday-ystad' }).click();
  await page.getByRole('heading', { name: 'Crossings: tuesday-ystad' }).waitFor();
  await inForm(page);
  await page.getByRole('textbox', { name: 'cars', exact: true }).fill('51');
  await page.getByRole('button', { name: 'monday-ystad', exact: true }).click();
  await page.getByRole('heading', { name: 'Crossings: monday-ystad' }).waitFor();
  await keyboard.press('Control+Enter');
  await page.getByRole('heading', { name: 'Crossings: tuesday-ystad' }).waitFor();
  await page
    .locator('#notice', { hasText: 'This is your unsaved draft.' })
    .filter({ hasText: 'The review of gazette was of the records before: it is removed.' })
    .waitFor();
  expect(messages).toEqual([]);
});
