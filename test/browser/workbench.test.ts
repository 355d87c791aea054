import fs from 'node:fs';
import path from 'node:path';
import axe from 'axe-core';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { german, newsroom, ukrainian } from '../support/articles.ts';
import { crossing, dataset } from '../support/fixture.ts';
import { git } from '../support/repository.ts';
import { run } from '../support/run.ts';
import { workbenchOf } from '../support/workbench.ts';
import { picture, visit, wide } from './browser.ts';
import { startChromium } from './chromium.mjs';
import { addPortAndCars, atField, choose, fillCrossing, findWords, openWorkbench } from './curator.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await startChromium();
});
afterAll(() => browser.close());

const clean = { status: 0, out: '' };

test('a record is made from words of the text, saved as fix would print it, and valid', async () => {
  const folder = dataset();
  const { page, messages } = await openWorkbench(browser, folder, wide, 'gazette');
  await page.locator('#text .piece').waitFor();
  await findWords(page, 'left Ystad');
  await page.keyboard.press('Alt+N');
  await page.getByRole('dialog').getByText('Crossings').waitFor();
  await page.keyboard.press('1');
  await page.getByRole('heading', { name: 'Crossings: new record' }).waitFor();
  await page.locator('#field\\/kind').check();
  await page.getByRole('combobox', { name: 'ship' }).fill('ann');
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('textbox', { name: 'on' }).fill('2022-02-28');
  await page.getByRole('button', { name: '+ port' }).click();
  await page.getByRole('combobox', { name: 'port' }).fill('yst');
  await page.getByRole('option', { name: 'Ystad' }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByText('Left to do: 0').waitFor();
  await page.keyboard.press('Control+S');
  await page.getByText('Saved:').waitFor();
  const made = path.join(folder, 'raw/crossings/2022-02-28-anna-ystad.json');
  expect(JSON.parse(fs.readFileSync(made, 'utf8'))).toMatchObject({
    kind: 'departure',
    ship: 'anna',
    port: 'ystad',
    on: '2022-02-28',
    evidence: [{ source: 'gazette', start: crossing.evidence[0]?.start, supports: ['/port'] }],
  });
  expect((await run(folder, 'validate', ['--sources', 'sources', '--require-sources'])).out).toBe('');
  expect((await run(folder, 'fix', ['--check', '--sources', 'sources'])).status).toBe(0);
  expect(messages).toEqual([]);
});

test('a record that a field refers to is made on the way, and fills the field in when it is saved', async () => {
  const folder = dataset();
  const { page, messages } = await openWorkbench(browser, folder, wide, 'gazette');
  const { keyboard } = page;
  await page.locator('#text .piece').waitFor();
  await keyboard.press('Alt+N');
  await page.getByRole('dialog').getByText('Crossings').waitFor();
  await keyboard.press('1');
  await atField(page, '/kind');
  await keyboard.press('Space');
  await keyboard.press('Alt+J');
  await atField(page, '/ship');
  await keyboard.type('Berta');
  await page.getByRole('option', { name: 'New record in ships: Berta' }).waitFor();
  await keyboard.press('ArrowDown');
  await keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Ships: new record' }).waitFor();
  await expect.poll(() => page.getByRole('textbox', { name: 'name' }).inputValue()).toBe('Berta');
  await page.getByRole('button', { name: 'Back to the new record' }).waitFor();
  await picture(page, 'workbench-in-place');
  await keyboard.press('Control+S');
  await page.getByRole('heading', { name: 'Crossings: new record' }).waitFor();
  await atField(page, '/ship');
  await expect.poll(() => page.getByRole('combobox', { name: 'ship' }).inputValue()).toBe('berta');
  await expect.poll(() => page.getByRole('radio', { name: 'departure' }).isChecked()).toBe(true);
  expect(fs.existsSync(path.join(folder, 'raw/ships/berta.json'))).toBe(true);
  // earlier typing can still be undone
  await keyboard.press('Control+Z');
  await expect.poll(() => page.getByRole('combobox', { name: 'ship' }).inputValue()).toBe('');
  await keyboard.press('Control+Z');
  await expect.poll(() => page.getByRole('radio', { name: 'departure' }).isChecked()).toBe(false);
  expect(messages).toEqual([]);
});

test('a German article goes from its text to a commit by keyboard alone', async () => {
  const folder = newsroom();
  const { page, messages } = await openWorkbench(browser, folder, wide);
  const { keyboard } = page;
  await page.getByRole('button', { name: 'gazette' }).waitFor();
  await keyboard.press('Alt+I');
  await page.getByRole('dialog').waitFor();
  await keyboard.insertText(german.replaceAll('\r\n', '\n'));
  await keyboard.press('Tab');
  await keyboard.press('Tab');
  await keyboard.type('https://news.example/anna');
  await keyboard.press('Tab');
  await keyboard.press('Control+Enter');
  await page.getByRole('heading', { name: 'Papers: new record' }).waitFor();
  await page.getByRole('textbox', { name: 'archived' }).waitFor();
  await picture(page, 'workbench-add-source');
  await keyboard.press('Control+S');
  await page.getByText('Saved: raw/papers/news-2022-02-28.json').waitFor();
  // the ship left
  await findWords(page, 'am Montag den Hafen von Ystad verlassen');
  await keyboard.press('Alt+N');
  await page.getByRole('dialog').getByText('Crossings').waitFor();
  await keyboard.press('1');
  await fillCrossing(page);
  await addPortAndCars(page);
  await keyboard.press('Alt+W');
  await keyboard.type('40');
  await page.getByText('cite: cars').waitFor();
  await findWords(page, '40 Autos');
  await keyboard.press('Alt+E');
  await page.getByText('Left to do: 0').waitFor();
  await keyboard.press('Control+S');
  await page.getByText('Saved: raw/crossings/2022-02-28-anna-ystad.json').waitFor();
  // the rest of the text
  await keyboard.press('Alt+U');
  await page.getByText('4 of 6 sentences have no record yet').waitFor();
  await findWords(page, 'Das Wetter war gut.');
  await keyboard.press('Alt+O');
  await page.getByRole('dialog').waitFor();
  await keyboard.type('no crossing');
  await keyboard.press('Enter');
  await page.getByText('Saved in the source’s record.').waitFor();
  await keyboard.press('Alt+O');
  await page.getByText('Reason so far: no crossing. A new one for the same words replaces it.').waitFor();
  await picture(page, 'workbench-reason');
  await page.getByRole('button', { name: 'They need a record after all' }).press('Enter');
  await page.getByText('Removed from the source’s record.').waitFor();
  await keyboard.press('Alt+O');
  await page.getByRole('dialog').waitFor();
  await keyboard.type('no crossing');
  await keyboard.press('Enter');
  await page.getByText('Saved in the source’s record.').waitFor();
  await keyboard.press('Alt+U');
  await page.getByText('3 of 6 sentences have no record yet').waitFor();
  await picture(page, 'workbench-coverage');
  await keyboard.press('Alt+V');
  await page.getByRole('dialog').getByText('Not reviewed yet.').waitFor();
  await keyboard.type('Berta');
  // what is open has to be accepted
  const box = page.getByRole('checkbox', { name: '3 sentences have neither a record nor a reason for none' });
  while (!(await box.evaluate((at) => at.matches(':focus')))) await keyboard.press('Tab');
  await keyboard.press('Space');
  await keyboard.press('Enter');
  await page.getByText('Marked as reviewed by Berta.').waitFor();
  await keyboard.press('Alt+G');
  await page.getByRole('dialog').getByText('Crossings: 2022-02-28-anna-ystad added').waitFor();
  await picture(page, 'workbench-changes');
  await page.getByRole('textbox', { name: 'Commit message' }).focus();
  await keyboard.press('Control+A');
  await keyboard.type('Code the article on the ferry Anna');
  await keyboard.press('Tab');
  await keyboard.press('Enter');
  await page.getByText('Nothing was pushed').waitFor();
  expect(await run(folder, 'validate', ['--require-sources'])).toMatchObject(clean);
  expect(git(folder, 'log', '-1', '--format=%s %D')).toContain('Code the article on the ferry Anna HEAD -> curate/');
  expect(git(folder, 'status', '--porcelain')).toBe('');
  expect(JSON.parse(fs.readFileSync(path.join(folder, 'raw/papers/news-2022-02-28.json'), 'utf8'))).toMatchObject({
    reviewed: { by: 'Berta' },
    uncoded: ['no crossing'],
    evidence: [{ begins: 'Das', ends: 'gut.', supports: ['/uncoded/0'] }],
  });
  expect(messages).toEqual([]);
});

test('a Ukrainian article goes from a dropped file to a commit by mouse', async () => {
  const folder = newsroom();
  const { page, messages } = await openWorkbench(browser, folder, wide);
  await page.getByRole('button', { name: 'gazette' }).waitFor();
  await page.getByRole('button', { name: 'Add a source' }).first().click();
  const bytes = Buffer.from(ukrainian.replaceAll('\n', '\r\n'));
  await page
    .getByLabel('File', { exact: true })
    .setInputFiles({ name: 'стаття.txt', mimeType: 'text/plain', buffer: bytes });
  await expect.poll(() => page.getByLabel(/^Text: paste/).inputValue()).toContain('Пором');
  await page.getByRole('button', { name: 'Add source', exact: true }).click();
  await page.getByRole('heading', { name: 'Papers: new record' }).waitFor();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('Saved: raw/papers/').waitFor();
  const words = await page.evaluate<{ x: number; y: number; width: number; height: number }>(`(() => {
    const node = [...document.querySelectorAll('.piece')].at(-1).firstChild;
    const at = node.data.indexOf('Істад.');
    const range = document.createRange();
    range.setStart(node, at);
    range.setEnd(node, at + 5);
    return range.getBoundingClientRect().toJSON();
  })()`);
  await page.mouse.dblclick(words.x + words.width / 2, words.y + words.height / 2);
  await page.getByRole('button', { name: 'New record' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Crossings' }).click();
  await page.getByRole('heading', { name: 'Crossings: new record' }).waitFor();
  await page.getByRole('radio', { name: 'departure' }).click();
  await page.getByRole('combobox', { name: 'ship' }).click();
  await page.getByRole('option', { name: 'Anna' }).click();
  await page.getByRole('textbox', { name: 'on' }).fill('2022-02-28');
  await page.getByRole('button', { name: '+ port' }).click();
  await page.getByRole('combobox', { name: 'port' }).click();
  await page.getByRole('option', { name: 'Ystad' }).click();
  await page.getByText('Left to do: 0').waitFor();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('Saved: raw/crossings/2022-02-28-anna-ystad.json').waitFor();
  await page.getByRole('button', { name: 'Commit changes' }).click();
  await page.getByRole('button', { name: 'Commit', exact: true }).click();
  await page.getByText('Nothing was pushed').waitFor();
  const record = JSON.parse(fs.readFileSync(path.join(folder, 'raw/crossings/2022-02-28-anna-ystad.json'), 'utf8'));
  const file = fs.readdirSync(path.join(folder, 'sources')).find((name) => name !== 'gazette.txt') ?? '';
  const text = fs.readFileSync(path.join(folder, 'sources', file));
  expect(text.equals(bytes)).toBe(true);
  const [span] = record.evidence;
  expect(Array.from(text.toString('utf8')).slice(span.start, span.end).join('')).toBe('Істад');
  expect(await run(folder, 'validate', ['--require-sources'])).toMatchObject(clean);
  expect(messages).toEqual([]);
});

test.each(['light', 'dark'] as const)('the page has no fault that axe finds, in %s', async (colorScheme) => {
  const { page } = await openWorkbench(browser, dataset(), { ...wide, colorScheme }, 'gazette');
  await page.getByRole('button', { name: 'monday-ystad' }).click();
  await page.locator('#form').waitFor();
  await page.getByRole('combobox', { name: 'ship' }).fill('a');
  await page.getByRole('option').first().waitFor();
  const faults = async (): Promise<readonly string[]> => {
    await page.evaluate(axe.source);
    const found = await page.evaluate<axe.AxeResults>('axe.run()');
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  };
  expect(await faults()).toEqual([]);
  await picture(page, `workbench-${colorScheme}`);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Alt+I');
  await page.getByRole('dialog').waitFor();
  expect(await faults()).toEqual([]);
});

test('a file that has changed in the meantime is shown next to what was typed, and nothing is lost', async () => {
  const folder = dataset();
  const { url } = await workbenchOf(folder, 'gazette');
  const windows = [await visit(browser, wide), await visit(browser, wide)] as const;
  for (const { page } of windows) {
    await page.goto(url);
    await page.getByRole('button', { name: 'monday-ystad' }).click();
    await page.locator('#form').waitFor();
  }
  const [{ page: one }, { page: two }] = windows;
  await one.getByRole('textbox', { name: 'cars' }).fill('41');
  await one.keyboard.press('Control+S');
  await one.getByText(/^Saved: /).waitFor();
  await two.getByRole('textbox', { name: 'length' }).fill('99');
  await two.keyboard.press('Control+S');
  const dialog = two.getByRole('dialog', { name: 'The file has changed' });
  await dialog.getByText('cars: 40 → 41 (saved version)').waitFor();
  await dialog.getByText('length: 172.5 → 99 (you)').waitFor();
  await picture(two, 'workbench-conflict');
  await dialog.getByRole('button', { name: 'Use the merged version' }).click();
  await two.keyboard.press('Control+S');
  await two.getByText(/^Saved: /).waitFor();
  const saved = JSON.parse(fs.readFileSync(path.join(folder, 'raw/crossings/monday-ystad.json'), 'utf8'));
  expect(saved).toEqual({ ...crossing, cars: 41, length: 99 });
});

test('what is typed survives a page that dies, and undo goes back to what was saved', async () => {
  const folder = dataset();
  const { url } = await workbenchOf(folder, 'gazette');
  const first = await visit(browser, wide);
  await first.page.goto(url);
  await first.page.getByRole('button', { name: 'monday-ystad' }).click();
  await first.page.getByRole('textbox', { name: 'cars' }).fill('77');
  await expect.poll(() => fs.existsSync(path.join(folder, '.demarche/drafts/crossings/monday-ystad.json'))).toBe(true);
  await first.page.close();
  const { page } = await visit(browser, wide);
  await page.goto(url);
  await page.getByRole('button', { name: 'monday-ystad', exact: true }).click();
  await expect.poll(() => page.getByRole('textbox', { name: 'cars' }).inputValue()).toBe('77');
  await page.keyboard.press('Control+Z');
  await expect.poll(() => page.getByRole('textbox', { name: 'cars' }).inputValue()).toBe('40');
  await page.keyboard.press('Control+Shift+Z');
  await expect.poll(() => page.getByRole('textbox', { name: 'cars' }).inputValue()).toBe('77');
  // the next element of a list is added by its name, only once
  await page.keyboard.press('Alt+A');
  await page.getByRole('dialog').waitFor();
  await choose(page, 'stops › 3');
  await atField(page, '/stops/2/port');
  await page.keyboard.press('Escape');
  await expect.poll(() => page.getByText('Left to do: 1').isVisible()).toBe(true);
  await picture(page, 'workbench-list');
});
