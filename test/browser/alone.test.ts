import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ListMessage } from '../../scripts/web/workbench/messages.ts';
import { bells } from '../support/bells.ts';
import { writeFiles } from '../support/run.ts';
import { workbenchOf } from '../support/workbench.ts';
import { type Visit, picture, visit, laptop } from './browser.ts';
import { startChromium } from './chromium.mjs';
import { atField, choose, noticed } from './curator.ts';

// The workbench of a dataset without sources and evidence.

let browser: Browser;
beforeAll(async () => {
  browser = await startChromium();
});
afterAll(() => browser.close());

async function openBells(folder = bells()): Promise<Visit> {
  const { url } = await workbenchOf(folder);
  const visited = await visit(browser, laptop);
  await visited.page.goto(url);
  await visited.page.getByRole('option').first().waitFor();
  return visited;
}

const rows = (page: Page): Promise<readonly string[]> => page.locator('#record-rows [role="option"]').allTextContents();

const heading = (page: Page, name: string): Promise<void> => page.getByRole('heading', { name }).waitFor();

test('all records are listed by table; words of names, identifiers, codes and tables choose among them', async () => {
  const { page, messages } = await openBells();
  const all = ['Great Tom', 'Little Tom', 'Bell of the Thunder', 'Carfax Tower'];
  await picture(page, 'alone');
  const names = async (): Promise<readonly string[]> =>
    page.locator('#record-rows [role="option"] b').allTextContents();
  // as long as records are read, the list has their identifiers
  await expect.poll(names).toEqual(all);
  await page.keyboard.press('Alt+R');
  const found: readonly (readonly [string, readonly string[]])[] = [
    ['tom', ['Great Tom', 'Little Tom']],
    ['ships-b', ['Bell of the Thunder']],
    ['iron', ['Little Tom']],
    ['cast iron', ['Little Tom']],
    ['towers', ['Carfax Tower']],
    ['bells bronze', ['Great Tom', 'Bell of the Thunder']],
    ['bells bronze tom', ['Great Tom']],
    ['xyz', []],
  ];
  for (const [words, expected] of found) {
    await page.keyboard.press('Control+A');
    await page.keyboard.type(words);
    await expect.poll(async () => [words, await names()]).toEqual([words, expected]);
  }
  await page.getByText('No record matches.').waitFor();
  expect(messages).toEqual([]);
});

test('arrows and Enter open a record of the list; Ctrl+Enter saves and opens the next, or says that it is the last', async () => {
  const { page, messages } = await openBells();
  const { keyboard } = page;
  await keyboard.press('Alt+R');
  await keyboard.press('ArrowDown');
  await keyboard.press('ArrowDown');
  await keyboard.press('Enter');
  await heading(page, 'Bells: Bell of the Thunder');
  await atField(page, '/name');
  await picture(page, 'alone-open');
  await keyboard.press('End');
  await keyboard.type(' II');
  await keyboard.press('Control+Enter');
  await heading(page, 'Towers: Carfax Tower');
  await noticed(page, 'Saved: raw/bells/ships-bell.json');
  await page.getByRole('option', { name: 'Bell of the Thunder II' }).waitFor();
  await keyboard.press('Control+Enter');
  await noticed(page, 'The list has no record after this one.');
  await heading(page, 'Towers: Carfax Tower');
  expect(messages).toEqual([]);
});

test('a new record is in the list as a draft, and as a record when it is saved', async () => {
  const { page, messages } = await openBells();
  const { keyboard } = page;
  await page.getByRole('button', { name: 'New record' }).first().click();
  await choose(page, 'Towers');
  await heading(page, 'Towers: new record');
  await atField(page, '/name');
  await keyboard.type('Magdalen');
  await keyboard.press('Alt+N');
  await choose(page, 'Bells');
  await heading(page, 'Bells: new record');
  await page.getByRole('group', { name: 'Show' }).getByRole('button', { name: 'Drafts' }).click();
  await expect.poll(() => rows(page)).toEqual(['Magdalendraft']);
  await page.getByRole('option', { name: 'Magdalen' }).click();
  await heading(page, 'Towers: new record');
  await page.getByRole('radio', { name: 'church' }).check();
  await keyboard.press('Control+S');
  await noticed(page, 'Saved: raw/towers/magdalen.json');
  await page.getByText('There are no drafts.').waitFor();
  await page.getByRole('button', { name: 'All records' }).click();
  await page.getByRole('option', { name: 'Magdalen' }).waitFor();
  expect(messages).toEqual([]);
});

test('records with errors are listed as they are found; after a change, the list stays until all are checked', async () => {
  const folder = bells();
  for (const id of ['abbey', 'minster']) writeFiles(folder, { [`raw/towers/${id}.json`]: { id, name: id } });
  const { page, messages } = await openBells(folder);
  /** The only record that has been checked; all, if it is empty. */
  let only = 'minster';
  await page.route('**/api/list', async (route) => {
    const { shown } = route.request().postDataJSON() as { readonly shown: string };
    if (shown !== 'errors') return route.continue();
    const response = await route.fetch();
    const whole = (await response.json()) as ListMessage;
    if (only === '') return route.fulfill({ response, json: whole });
    const tables = whole.tables.map((each) => {
      const records = each.records.filter(({ id }) => id === only);
      return { ...each, count: records.length, records };
    });
    return route.fulfill({ response, json: { ...whole, tables, checked: 0.43 } });
  });
  const found = (): Promise<readonly string[]> => page.locator('#record-rows [role="option"] b').allTextContents();
  await page.getByRole('button', { name: 'With errors' }).click();
  await page.getByText('Checking all records: 40 %. More can follow.').waitFor();
  expect(await found()).toEqual(['minster']);
  await picture(page, 'alone-checking');
  only = '';
  await expect.poll(found).toEqual(['abbey', 'minster']);
  await page.getByText('Checking all records').waitFor({ state: 'detached' });
  only = 'minster';
  await page.getByRole('option', { name: 'abbey' }).click();
  await heading(page, 'Towers: abbey');
  await page.getByText('Checking all records: 40 %.').waitFor();
  expect(await found()).toEqual(['abbey', 'minster']);
  only = '';
  await page.getByText('Checking all records').waitFor({ state: 'detached' });
  expect(messages).toEqual([]);
});

test('no key, message, step of the help or field is about sources, texts or evidence', async () => {
  const { page, messages } = await openBells();
  const { keyboard } = page;
  const body = (): Promise<string | null> => page.locator('#workbench').innerText();
  const said: (string | null)[] = [await body()];
  await page.keyboard.press('Alt+K');
  for (const key of 'ABCDEFIJKOPQRSTUVWY') {
    await keyboard.press(`Alt+${key}`);
    said.push(await body());
    await keyboard.press('Escape');
  }
  for (const key of ['Control+S', 'Control+Enter', 'Alt+Shift+E']) {
    await keyboard.press(key);
    said.push(await body());
  }
  await noticed(page, 'Open a record first');
  await keyboard.press('Alt+H');
  await page.getByRole('heading', { name: 'How to fill in records' }).waitFor();
  await picture(page, 'alone-help');
  said.push(await body());
  await keyboard.press('Escape');
  await page.getByRole('option', { name: 'Great Tom' }).click();
  await heading(page, 'Bells: Great Tom');
  await keyboard.press('Alt+D');
  await noticed(page, 'Copied without identifier. Change what differs.');
  said.push(await body());
  expect(said.join('\n').match(/.*(?:source|evidence|sentence|\bcit|the text).*/gi)).toBe(null);
  expect(messages).toEqual([]);
});

test('the records with errors are listed with their first error, until they are saved without any', async () => {
  const { page, messages } = await openBells(
    bells({
      'raw/bells/no-metal.json': { id: 'no-metal', name: 'Old bell' },
      'raw/bells/wrong-metal.json': { id: 'wrong-metal', name: 'Wrong bell', metal: 'gold' },
    }),
  );
  await page.getByRole('button', { name: 'With errors' }).click();
  const names = page.locator('#record-rows [role="option"] b');
  await expect.poll(() => names.allTextContents()).toEqual(['Old bell', 'Wrong bell']);
  await page.locator('#record-rows .fault', { hasText: 'metal' }).first().waitFor();
  await picture(page, 'alone-errors');
  await page.getByRole('option', { name: 'Old bell' }).click();
  await heading(page, 'Bells: Old bell');
  await page.getByRole('radio', { name: 'bronze' }).check();
  await page.keyboard.press('Control+Enter');
  await heading(page, 'Bells: Wrong bell');
  await expect.poll(() => names.allTextContents()).toEqual(['Wrong bell']);
  await page.getByRole('radio', { name: 'bronze' }).check();
  await page.keyboard.press('Control+S');
  await page.getByText('No record has an error.').waitFor();
  expect(messages).toEqual([]);
});

test('the command opens a record; the page opens it again when it is loaded again, and a new draft too', async () => {
  const { url } = await workbenchOf(bells(), 'little-tom');
  const { page, messages, reload } = await visit(browser, laptop);
  await page.goto(url);
  await heading(page, 'Bells: Little Tom');
  await page.getByRole('option', { name: 'Great Tom' }).click();
  await heading(page, 'Bells: Great Tom');
  await expect.poll(() => new URL(page.url()).hash).toBe('#record=bells/great-tom');
  await reload();
  await heading(page, 'Bells: Great Tom');
  await page.keyboard.press('Alt+N');
  await choose(page, 'Towers');
  await atField(page, '/name');
  await page.keyboard.type('Magdalen');
  await expect.poll(() => new URL(page.url()).hash).toMatch(/^#draft=towers\//);
  await Promise.all([page.waitForResponse(/\/api\/keep$/), page.keyboard.press('Tab')]);
  await reload();
  await heading(page, 'Towers: new record');
  await expect.poll(() => page.getByRole('textbox', { name: 'Name' }).inputValue()).toBe('Magdalen');
  expect(messages).toEqual([]);
});

test('an address that leads nowhere says what is wrong, and the list is there', async () => {
  const { url } = await workbenchOf(bells());
  const { page, reload } = await visit(browser, laptop);
  await page.goto(url);
  await page.getByRole('option').first().waitFor();
  await page.goto(`${new URL(url).origin}/#record=bells/gone`);
  await page.locator('#notice.fault', { hasText: 'no record of bells is called "gone"' }).waitFor();
  await reload();
  await page.locator('#notice.fault', { hasText: 'no record of bells is called "gone"' }).waitFor();
  await page.getByRole('option', { name: 'Great Tom' }).waitFor();
  // the token of a workbench that has ended
  await page.goto(`${new URL(url).origin}/#outdated`);
  await page.locator('#notice.fault', { hasText: 'This address is out of date.' }).waitFor();
  await page.getByText('The workbench could not be opened.').waitFor();
  await expect.poll(() => page.locator('footer, .combobox, .queue').count()).toBe(0);
});

test('Alt+A finds an entry of a list by its number; inside a list, the next entry comes first', async () => {
  const marked = { id: 'marked', name: 'Marked', metal: 'bronze', marks: ['one'] };
  const { page, messages } = await openBells(bells({ 'raw/bells/marked.json': marked }));
  await page.getByRole('option', { name: 'Marked' }).click();
  await heading(page, 'Bells: Marked');
  await page.keyboard.press('Alt+A');
  await choose(page, 'marks 2');
  await atField(page, '/marks/1');
  await page.keyboard.type('two');
  await page.keyboard.press('Alt+A');
  const dialog = page.getByRole('dialog', { name: 'Add a field' });
  await dialog.getByRole('option').first().waitFor();
  await expect.poll(() => dialog.getByRole('option').locator('b').allTextContents()).toEqual(['Marks › 3', 'Tower']);
  // a field that is there takes the focus
  await page.keyboard.type('name');
  await expect.poll(() => dialog.getByRole('option').locator('b').first().textContent()).toBe('Go to Name');
  await page.keyboard.press('Enter');
  await atField(page, '/name');
  expect(messages).toEqual([]);
});
