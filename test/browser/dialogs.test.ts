import fs from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newsroom } from '../support/articles.ts';
import { git } from '../support/repository.ts';
import { crossing, schemas, sha256 } from '../support/fixture.ts';
import { writeFiles } from '../support/run.ts';
import { picture, laptop, wide } from './browser.ts';
import { startChromium } from './chromium.mjs';
import { atField, choose, findWords, openWorkbench, noticed } from './curator.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await startChromium();
});
afterAll(() => browser.close());

const file = 'schema/crossings.schema.json';

/** A workbench whose crossings need more fields than they have. */
async function openPage(): Promise<Page> {
  const folder = newsroom();
  const required = ['id', 'kind', 'ship', 'port', 'on', 'cars', 'length', 'remark'];
  const { port: _port, cars: _cars, evidence: _evidence, ...bare } = crossing;
  writeFiles(folder, {
    [file]: { ...schemas[file], required },
    'raw/crossings/tuesday-ystad.json': { ...bare, id: 'tuesday-ystad' },
  });
  const { page } = await openWorkbench(browser, folder, wide, 'gazette');
  await page.getByRole('button', { name: 'monday-ystad' }).waitFor();
  return page;
}

/** Opens a dialog, and closes it again. */
async function lookAtHelp(page: Page): Promise<void> {
  await page.keyboard.press('Alt+H');
  await page.getByRole('dialog', { name: 'Help' }).waitFor();
  await page.keyboard.press('Escape');
  await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
}

test('after a dialog, Alt+J goes on from where somebody was, not from a field of the record before', async () => {
  const page = await openPage();
  const { keyboard } = page;
  await page.getByRole('button', { name: 'monday-ystad' }).click();
  // the last field of the form
  await page.getByRole('textbox', { name: 'remark' }).focus();
  await keyboard.press('Alt+R');
  await choose(page, 'tuesday');
  await page.getByRole('heading', { name: 'Crossings: tuesday-ystad' }).waitFor();
  await atField(page, '/port');
  await lookAtHelp(page);
  await atField(page, '/port');
  await keyboard.press('Alt+J');
  await atField(page, '/cars');
  await expect.poll(() => page.getByRole('textbox', { name: 'remark' }).inputValue()).toBe('');
});

test('of the records that match, those that cite the open text come first', async () => {
  const page = await openPage();
  await page.keyboard.press('Alt+R');
  const options = page.getByRole('dialog').getByRole('option');
  await page.getByRole('combobox', { name: 'Record' }).fill('day');
  await expect.poll(() => options.first().textContent()).toContain('monday-ystad');
  await expect.poll(() => page.getByRole('dialog').getByRole('group', { name: 'Cite the text' }).count()).toBe(1);
  await page.getByRole('combobox', { name: 'Record' }).fill('tuesday');
  await expect.poll(() => page.getByRole('dialog').getByRole('group', { name: 'Cite the text' }).count()).toBe(0);
  await expect.poll(() => options.first().textContent()).toContain('tuesday-ystad');
  // a record of just the words that are typed comes before them
  await page.getByRole('combobox', { name: 'Record' }).fill('ysta');
  await expect.poll(() => options.first().textContent()).toContain('monday-ystad');
  await page.getByRole('combobox', { name: 'Record' }).fill('ystad');
  await expect.poll(() => options.first().textContent()).toBe('Ystadystad');
  // with words selected, what was sought before does not hide what cites them
  await page.keyboard.press('Escape');
  await findWords(page, 'left Ystad');
  await page.keyboard.press('Alt+R');
  await expect.poll(() => page.getByRole('combobox', { name: 'Record' }).inputValue()).toBe('');
  await expect.poll(() => options.first().textContent()).toContain('monday-ystad');
});

test('a review of the source in the form leaves the user at the same field', async () => {
  const page = await openPage();
  const { keyboard } = page;
  await keyboard.press('Alt+R');
  await choose(page, 'gazette');
  await page.getByRole('heading', { name: 'Papers: gazette' }).waitFor();
  for (const name of ['url', 'published']) await page.getByRole('button', { name: `+ ${name}` }).click();
  await page.locator('[data-pointer="/url"] input').focus();
  await keyboard.press('Alt+V');
  await page.getByRole('dialog').getByText('Not reviewed yet.').waitFor();
  await keyboard.type('Berta');
  await page.getByRole('checkbox', { name: 'Mark as reviewed although' }).check();
  await page.getByRole('button', { name: 'Mark as reviewed' }).click();
  await page.getByText('Marked as reviewed by Berta.').waitFor();
  await atField(page, '/url');
  // a command that acts on the field that was in focus
  await keyboard.press('Alt+T');
  await keyboard.press('Alt+T');
  await atField(page, '/url');
  // fields that were added and are empty stay
  await expect.poll(() => page.locator('[data-pointer="/published"]').count()).toBe(1);
});

test('the words that were found last are found again by Enter, and each match says which one it is', async () => {
  const { page, messages } = await openWorkbench(browser, newsroom(), wide, 'gazette');
  await page.locator('#text .piece').first().waitFor();
  // letters of two words
  await page.keyboard.press('Alt+F');
  await page.getByRole('textbox', { name: 'Words to find' }).waitFor();
  await page.keyboard.type('n');
  await page.keyboard.press('Enter');
  await noticed(page, 'Match 1 of 2');
  for (const place of ['Match 2 of 2', 'Match 1 of 2']) {
    await page.keyboard.press('Alt+F');
    await page.getByRole('textbox', { name: 'Words to find' }).waitFor();
    await page.keyboard.press('Enter');
    await noticed(page, place);
  }
  expect(messages).toEqual([]);
});

test('Enter in the list of records goes to the form; what is asked there is gone when it is done', async () => {
  const page = await openPage();
  const { keyboard } = page;
  await page.getByRole('button', { name: 'monday-ystad' }).focus();
  await keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Crossings: monday-ystad' }).waitFor();
  await atField(page, '/remark');
  await keyboard.press('Alt+T');
  await keyboard.press('Alt+J');
  await atField(page, '/remark');
  await noticed(page, 'remark: fill it in.');
  await keyboard.type('Late');
  await expect.poll(() => page.locator('#notice').textContent()).toBe('');
});

test('the next dialog stays open, although the browser reports the closing of the last one afterwards', async () => {
  const page = await openPage();
  await page.keyboard.press('Alt+N');
  await page.getByRole('dialog', { name: 'New record' }).waitFor();
  // the report comes in a task of its own, and a key press can be before it
  await page.evaluate(`new Promise((resolve) => {
    const before = document.querySelector('dialog');
    before.addEventListener('close', () => setTimeout(resolve));
    before.close();
    document.dispatchEvent(new KeyboardEvent('keydown', { key: 'g', code: 'KeyG', altKey: true }));
  })`);
  const dialog = page.getByRole('dialog', { name: 'Commit changes' });
  await dialog.getByRole('heading', { name: 'Changes since the last commit: 1 record' }).waitFor();
  await expect.poll(() => page.getByRole('dialog').count()).toBe(1);
});

test('a cancelled choice of a file leaves the dialog open, and its button closes it', async () => {
  const page = await openPage();
  await page.keyboard.press('Alt+I');
  const dialog = page.getByRole('dialog', { name: 'Add a source' });
  await dialog.locator('input[type="file"]').dispatchEvent('cancel', { bubbles: true });
  await page.keyboard.press('Control+Z');
  await expect.poll(() => dialog.count()).toBe(1);
  await dialog.getByRole('button', { name: 'Close' }).click();
  await dialog.waitFor({ state: 'detached' });
});

test('every dialog has the key of its main button on it; those about the text leave the text in view', async () => {
  const folder = newsroom();
  writeFiles(folder, { 'raw/crossings/monday-ystad.json': { ...crossing, cars: 41 } });
  const { page } = await openWorkbench(browser, folder, { viewport: { width: 1024, height: 700 } }, 'gazette');
  await page.getByRole('button', { name: 'monday-ystad' }).click();
  await page.getByRole('heading', { name: 'Crossings: monday-ystad' }).waitFor();
  await page.getByRole('textbox', { name: 'cars', exact: true }).fill('42');
  await findWords(page, 'The ferry');
  const pane = await page.locator('#text').boundingBox();
  const edge = (pane?.x ?? 0) + (pane?.width ?? 0);
  const dialogs = [
    ['Alt+O', 'Save Enter = Enter'],
    ['Alt+F', 'Find Enter = Enter'],
    ['Alt+V', 'Look at the next record Enter = Enter'],
    ['Alt+N', ''],
    ['Alt+R', ''],
    ['Alt+A', ''],
    ['Alt+I', 'Add source Ctrl+Enter = Ctrl+Enter'],
    ['Alt+G', 'Commit Ctrl+Enter = Ctrl+Enter'],
  ] as const;
  const shownKeys: string[] = [];
  const covering: string[] = [];
  for (const [key] of dialogs) {
    await page.keyboard.press(key);
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    if (key === 'Alt+G') await dialog.getByRole('textbox', { name: 'Commit message' }).waitFor();
    if (key === 'Alt+O') await dialog.locator('blockquote', { hasText: 'The ferry' }).waitFor();
    await picture(page, `dialog-${key}`);
    const keys = await dialog.locator('.primary > kbd').allTextContents();
    const buttons = await dialog.locator('.primary').allTextContents();
    shownKeys.push(`${key}: ${buttons.map((words, i) => `${words} = ${keys[i] ?? ''}`).join()}`);
    if (((await dialog.boundingBox())?.x ?? 0) < edge) covering.push(key);
    await page.keyboard.press('Escape');
    if ((await page.getByRole('dialog').count()) > 0) await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  }
  expect(shownKeys).toEqual(dialogs.map(([key, button]) => `${key}: ${button}`));
  expect(covering).toEqual(['Alt+I', 'Alt+G']);
});

test('without selected words, nothing is asked about them', async () => {
  const page = await openPage();
  await page.keyboard.press('Alt+O');
  const dialog = page.getByRole('dialog', { name: 'No record needed' });
  await dialog.getByText('First select the words').waitFor();
  await expect.poll(() => dialog.locator('input').count()).toBe(0);
});

test('a reason that was typed in half is not taken when its list is left', async () => {
  const folder = newsroom();
  const at = path.join(folder, 'schema/papers.schema.json');
  const papers: { readonly properties: { readonly uncoded: object } } = JSON.parse(fs.readFileSync(at, 'utf8'));
  const reasons = [
    { const: 'bg', description: 'Background of the story' },
    { const: 'op', description: 'Opinion' },
  ];
  const uncoded = { ...papers.properties.uncoded, items: { oneOf: reasons } };
  writeFiles(folder, { 'schema/papers.schema.json': { ...papers, properties: { ...papers.properties, uncoded } } });
  const { page } = await openWorkbench(browser, folder, laptop, 'gazette');
  await page.locator('#text .piece').first().waitFor();
  await findWords(page, 'The ferry');
  await page.keyboard.press('Alt+O');
  const dialog = page.getByRole('dialog', { name: 'No record needed' });
  await page.keyboard.type('backg');
  await dialog.getByRole('option', { name: 'Background' }).waitFor();
  await dialog.locator('blockquote').click();
  await expect.poll(() => dialog.getByRole('option').count()).toBe(0);
  await page.keyboard.press('Tab');
  await page.keyboard.type('opin');
  await dialog.getByRole('option', { name: 'Opinion' }).waitFor();
  // the dialog gets smaller when its list closes: the button stays below the pointer
  await dialog.getByRole('button', { name: 'Close' }).click();
  await dialog.waitFor({ state: 'detached' });
  expect(JSON.parse(fs.readFileSync(path.join(folder, 'raw/papers/gazette.json'), 'utf8'))).not.toHaveProperty(
    'uncoded',
  );
});

test('whoever coded a source is not proposed as its reviewer, and is warned; another user is proposed', async () => {
  const folder = newsroom();
  const text = 'A ferry left.\n';
  writeFiles(folder, {
    'raw/papers/herald.json': { id: 'herald', document: { file: 'herald.txt', sha256: sha256(text) } },
    'sources/herald.txt': text,
  });
  const { page, messages, reload } = await openWorkbench(browser, folder, laptop, 'gazette');
  await page.getByRole('button', { name: 'monday-ystad' }).waitFor();
  const answered = (): Promise<unknown> => page.waitForResponse(/\/api\/reviewers$/);
  const by = page.getByRole('combobox', { name: 'Reviewed by' });
  await Promise.all([answered(), page.keyboard.press('Alt+V')]);
  await expect.poll(() => by.inputValue()).toBe('');
  const warning = page.getByText('Ida has coded this source. A review by another person finds more.');
  await expect.poll(() => warning.count()).toBe(0);
  await page.keyboard.type('Ida');
  await warning.waitFor();
  await picture(page, 'review-own');
  await by.fill('Otto');
  // the name stays while the records are looked at
  await page.keyboard.press('Escape');
  await page.keyboard.press('Alt+V');
  await expect.poll(() => by.inputValue()).toBe('Otto');
  await page.keyboard.press('Escape');
  // that of another source is a matter of its own
  await page.keyboard.press('Alt+Q');
  await page.getByRole('button', { name: 'herald' }).click();
  await expect.poll(() => page.locator('#text').textContent()).toBe(text);
  await Promise.all([answered(), page.keyboard.press('Alt+V')]);
  await page.getByRole('heading', { name: 'Review of herald' }).waitFor();
  await expect.poll(() => by.inputValue()).not.toBe('Otto');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Alt+Q');
  await page.getByRole('button', { name: 'gazette' }).click();
  await page.keyboard.press('Alt+V');
  await expect.poll(() => by.inputValue()).toBe('Otto');
  await page.keyboard.press('Escape');
  git(folder, 'config', 'user.name', 'Berta');
  await reload();
  await page.getByRole('button', { name: 'monday-ystad' }).waitFor();
  await page.keyboard.press('Alt+V');
  await expect.poll(() => by.inputValue()).toBe('Berta');
  expect(
    await page.locator('datalist option').evaluateAll((all) => all.map((each) => each.getAttribute('value'))),
  ).toEqual(['Berta']);
  expect(messages).toEqual([]);
});

test('in a low window, the main button of a dialog and the subject of a commit are in view', async () => {
  const folder = newsroom();
  writeFiles(folder, {
    'raw/ships/berta.json': { id: 'berta', name: 'Berta' },
    'raw/ports/kiel.json': { id: 'kiel', name: 'Kiel' },
    'raw/crossings/monday-ystad.json': { ...crossing, cars: 41 },
    'raw/crossings/tuesday-ystad.json': { ...crossing, id: 'tuesday-ystad' },
  });
  const { page } = await openWorkbench(browser, folder, { viewport: { width: 1024, height: 400 } }, 'gazette');
  await page.getByRole('button', { name: 'monday-ystad' }).waitFor();
  await page.keyboard.press('Alt+G');
  const dialog = page.getByRole('dialog');
  const message = dialog.getByRole('textbox', { name: 'Commit message' });
  await message.waitFor();
  await expect.poll(() => message.inputValue()).toMatch(/\n.*\n.*\n.*\n/);
  await expect.poll(() => message.evaluate((at) => at.scrollTop)).toBe(0);
  const inView = async (): Promise<boolean> => {
    const [box, button] = [await dialog.boundingBox(), await dialog.locator('.primary').boundingBox()];
    return (button?.y ?? 0) + (button?.height ?? 0) <= (box?.y ?? 0) + (box?.height ?? 0);
  };
  await expect.poll(() => dialog.evaluate((at) => at.scrollHeight > at.clientHeight)).toBe(true);
  expect(await inView()).toBe(true);
});

test('before the list of tables, a new record says what it will cite', async () => {
  const { page } = await openWorkbench(browser, newsroom(), { viewport: { width: 1024, height: 300 } }, 'gazette');
  await page.locator('#text .piece').first().waitFor();
  await findWords(page, 'The ferry');
  await page.keyboard.press('Alt+N');
  const words = page.getByRole('dialog').locator('.citing q');
  await expect.poll(() => words.textContent()).toBe('The ferry');
  const box = await words.boundingBox();
  expect((box?.y ?? 300) + (box?.height ?? 0)).toBeLessThan(300);
});

test('Tab stays in a dialog, also in one with a single field', async () => {
  const page = await openPage();
  await page.getByRole('button', { name: 'monday-ystad' }).click();
  await atField(page, '/remark');
  const inFocus = page.getByRole('dialog').locator(':focus');
  const isAt = async (at: string): Promise<void> => {
    await expect.poll(() => inFocus.and(page.locator(at)).count()).toBe(1);
  };
  await page.keyboard.press('Alt+A');
  await isAt('[role=combobox]');
  for (const key of ['Tab', 'Shift+Tab']) {
    await page.keyboard.press(key);
    await isAt('[role=combobox]');
  }
  await expect.poll(() => inFocus.getAttribute('aria-label')).toBe('Field');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Alt+F');
  await page.keyboard.type('ferry');
  await page.keyboard.press('Tab');
  await isAt('button.primary');
  await page.keyboard.press('Tab');
  await isAt('input');
});
