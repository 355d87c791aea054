import fs from 'node:fs';
import path from 'node:path';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newsroom } from '../support/articles.ts';
import { sha256 } from '../support/fixture.ts';
import { writeFiles } from '../support/run.ts';
import { wide } from './browser.ts';
import { startChromium } from './chromium.mjs';
import { atField, choose, openWorkbench, selectedIn } from './curator.ts';

// Input of every kind while the page waits for an answer: typed, pasted, composed, clicked.

let browser: Browser;
beforeAll(async () => {
  browser = await startChromium();
});
afterAll(() => browser.close());

interface Opened {
  readonly folder: string;
  readonly page: Page;
  /** Holds the answers to a request until the returned function is called. */
  readonly gate: (request: string) => Promise<() => void>;
}

async function openPage(): Promise<Opened> {
  const folder = newsroom();
  const { page } = await openWorkbench(browser, folder, wide, 'gazette');
  await page.getByRole('button', { name: 'monday-ystad' }).waitFor();
  const gate = async (request: string): Promise<() => void> => {
    let open = (): void => undefined;
    const opened = new Promise<void>((resolve) => (open = resolve));
    await page.route(`**/api/${request}`, async (route) => {
      await opened;
      await route.fallback();
    });
    return () => open();
  };
  return { folder, page, gate };
}

/** Begins a record of a table with a name. */
async function beginNamed(page: Page, table: string, name: string): Promise<void> {
  await page.keyboard.press('Alt+N');
  await choose(page, table);
  await atField(page, '/name');
  await page.keyboard.type(name);
}

/** Composes a text as an input method does: first a part, then all of it. */
async function compose(session: CDPSession, part: string, text: string): Promise<void> {
  await session.send('Input.imeSetComposition', { text: part, selectionStart: part.length, selectionEnd: part.length });
  await session.send('Input.insertText', { text });
}

test('what is pasted, deleted or composed while a record is looked for goes into that record', async () => {
  const { page, gate } = await openPage();
  const { keyboard } = page;
  const session = await page.context().newCDPSession(page);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.evaluate(`navigator.clipboard.writeText('pasted\\nwords')`);
  await beginNamed(page, 'Ports', 'Malmö');
  const answer = await gate('fresh');
  await keyboard.press('Alt+N');
  await choose(page, 'Ships');
  const name = page.getByRole('textbox', { name: 'name' });
  await name.focus();
  await keyboard.press('Control+V');
  await keyboard.press('Control+Backspace');
  await keyboard.press('ArrowLeft');
  await keyboard.type('!');
  await compose(session, 'e', 'é');
  await keyboard.press('Delete');
  await keyboard.press('Home');
  await keyboard.press('Delete');
  await keyboard.type('P');
  // the Option key of a Mac: no key event, only a character
  await session.send('Input.insertText', { text: '@' });
  await expect.poll(() => name.inputValue()).toBe('Malmö');
  answer();
  await page.getByRole('heading', { name: 'Ships: new record' }).waitFor();
  await expect.poll(() => name.inputValue()).toBe('P@asted!é');
  // the record that was left is unchanged
  await keyboard.press('Alt+B');
  await page.getByRole('heading', { name: 'Ports: new record' }).waitFor();
  await expect.poll(() => name.inputValue()).toBe('Malmö');
  // a composition that is unfinished when the record opens continues in the field in focus
  const answerNext = await gate('fresh');
  await keyboard.press('Alt+N');
  await choose(page, 'Ships');
  await name.focus();
  await session.send('Input.imeSetComposition', { text: 'か', selectionStart: 1, selectionEnd: 1 });
  answerNext();
  await page.getByRole('heading', { name: 'Ships: new record' }).waitFor();
  await expect.poll(() => name.inputValue()).toBe('か');
});

test('Shift with an arrow extends what was found, also when it is pressed at once and a field has the focus', async () => {
  const { page } = await openPage();
  const { keyboard } = page;
  const sentence = 'ferry 🛳 left Ystad on Monday with 40 cars.';
  await page.getByRole('button', { name: 'monday-ystad' }).click();
  await atField(page, '/kind');
  const cars = page.getByRole('textbox', { name: 'cars', exact: true });
  const ship = page.getByRole('combobox', { name: 'ship' });
  for (const start of [page.locator('#text'), cars, ship]) {
    await start.focus();
    await keyboard.press('Alt+F');
    await keyboard.type('ferry');
    await keyboard.press('Enter');
    await keyboard.press('Shift+ArrowRight');
    await keyboard.press('Shift+ArrowDown');
    await expect.poll(() => selectedIn(page)).toBe(sentence);
    await expect.poll(() => start.and(page.locator(':focus')).count()).toBe(1);
  }
  // a search that is cancelled leaves it so
  await cars.focus();
  await keyboard.press('Alt+F');
  await keyboard.type('ferry');
  await keyboard.press('Enter');
  await keyboard.press('Alt+F');
  await page.getByRole('dialog').waitFor();
  await keyboard.press('Escape');
  await cars.and(page.locator(':focus')).waitFor();
  await keyboard.press('Shift+ArrowDown');
  await expect.poll(() => selectedIn(page)).toBe(sentence);
  // any other key is for the field again
  await cars.focus();
  await keyboard.press('Alt+F');
  await keyboard.type('Ystad');
  await keyboard.press('Enter');
  await keyboard.type('41');
  await keyboard.press('Shift+ArrowLeft');
  await keyboard.type('2');
  await expect.poll(() => cars.inputValue()).toBe('42');
  await expect.poll(() => selectedIn(page)).toBe('Ystad');
});

test('a record is not left while it is being saved, whatever is clicked or pressed twice', async () => {
  const { folder, page, gate } = await openPage();
  const { keyboard } = page;
  await beginNamed(page, 'Ports', 'Malmö');
  const answer = await gate('save');
  await page.getByRole('button', { name: 'Save', exact: true }).dblclick();
  await page.getByRole('button', { name: 'monday-ystad' }).click();
  await page.getByRole('heading', { name: 'Ports: new record' }).waitFor();
  answer();
  await page.getByRole('heading', { name: 'Crossings: monday-ystad' }).waitFor();
  await page.getByText('Drafts: 0', { exact: true }).waitFor();
  await expect.poll(() => page.getByText('kept as a draft').count()).toBe(0);
  await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
  expect(fs.existsSync(path.join(folder, 'raw/ports/malmoe.json'))).toBe(true);
  // if it cannot be saved, it stays open, and the page says why
  await beginNamed(page, 'Ports', 'Lund');
  await page.route('**/api/save', (route) => route.fulfill({ json: { refused: [] } }));
  const check = await gate('keep');
  await keyboard.press('Control+S');
  await page.getByRole('button', { name: 'monday-ystad' }).click();
  check();
  await page.getByText('Not saved: the record has errors.').waitFor();
  await page.getByRole('heading', { name: 'Ports: new record' }).waitFor();
  await page.unroute('**/api/save');
  // a click in the form of a record that is being left is not lost
  await keyboard.press('Control+S');
  await page.getByText('Saved: raw/ports/').waitFor();
  await page.getByRole('button', { name: 'monday-ystad' }).click();
  await page.getByRole('heading', { name: 'Crossings: monday-ystad' }).waitFor();
  const fresh = await gate('fresh');
  await keyboard.press('Alt+D');
  await page.getByRole('radio', { name: 'arrival' }).click();
  fresh();
  await page.getByRole('heading', { name: 'Crossings: new record' }).waitFor();
  await page.getByRole('status').getByText('Not saved, kept as a draft: Crossings: monday-ystad').waitFor();
});

test('keys that are held do in a text of several lines what they do when they are pressed', async () => {
  const { page, gate } = await openPage();
  const { keyboard } = page;
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.evaluate(`navigator.clipboard.writeText('zero ')`);
  const answer = await gate('record');
  await keyboard.press('Alt+R');
  await choose(page, 'monday');
  await keyboard.press('Alt+I');
  // meanwhile, no field has the focus
  await keyboard.press('Control+V');
  await keyboard.type('one');
  await keyboard.press('Enter');
  await keyboard.type('two three');
  await keyboard.press('ArrowUp');
  await keyboard.press('ArrowLeft');
  await keyboard.type('-');
  await keyboard.press('ArrowDown');
  await keyboard.press('Shift+Home');
  await keyboard.type('T');
  await keyboard.press('End');
  await keyboard.press('Shift+ArrowLeft');
  await keyboard.press('Backspace');
  answer();
  const text = page.getByRole('dialog').getByRole('textbox', { name: /^Text: paste/ });
  await expect.poll(() => text.inputValue()).toBe('zero on-e\nT');
});

test('a command that is pressed while a source of the list opens is about that source', async () => {
  const { folder, page, gate } = await openPage();
  writeFiles(folder, {
    'raw/papers/herald.json': { id: 'herald', document: { file: 'herald.txt', sha256: sha256('A ferry left.\n') } },
    'sources/herald.txt': 'A ferry left.\n',
  });
  await page.keyboard.press('Alt+Q');
  const row = page.getByRole('button', { name: 'herald' });
  await row.waitFor();
  const open = await gate('source');
  await Promise.all([page.waitForRequest(/\/api\/source$/), row.click()]);
  await page.keyboard.press('Alt+V');
  open();
  await page.getByRole('heading', { name: 'Review of herald' }).waitFor();
  await expect.poll(() => page.locator('#notice').textContent()).not.toContain('Open a source first');
});
