import fs from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { german, newsroom, stressed } from '../support/articles.ts';
import { git } from '../support/repository.ts';
import { run } from '../support/run.ts';
import { workbenchOf } from '../support/workbench.ts';
import { picture, visit, wide } from './browser.ts';
import { startChromium } from './chromium.mjs';
import { addPortAndCars, atField, choose, dragOver, fillCrossing, openWorkbench, selectedIn } from './curator.ts';

// The two articles of workbench.test.ts with the devices swapped: Ukrainian by keyboard, German by mouse.

let browser: Browser;
beforeAll(async () => {
  browser = await startChromium();
});
afterAll(() => browser.close());

const crossingFile = 'raw/crossings/2022-02-28-anna-ystad.json';

/** Finds words by key. Returns the selected words. */
async function findByKey(page: Page, words: string): Promise<string> {
  await page.keyboard.press('Alt+F');
  await page.getByRole('textbox', { name: 'Words to find' }).waitFor();
  const before = await selectedIn(page);
  await page.keyboard.type(words);
  await page.keyboard.press('Enter');
  await expect.poll(() => selectedIn(page)).not.toBe(before);
  return selectedIn(page);
}

/** The words of the crossing's spans, by the fields that they support. */
function cited(folder: string): ReadonlyMap<string, string> {
  const { evidence } = JSON.parse(fs.readFileSync(path.join(folder, crossingFile), 'utf8')) as {
    readonly evidence: readonly {
      readonly start: number;
      readonly end: number;
      readonly supports: readonly string[];
    }[];
  };
  const file = fs.readdirSync(path.join(folder, 'sources')).find((name) => name !== 'gazette.txt') ?? '';
  const characters = Array.from(fs.readFileSync(path.join(folder, 'sources', file), 'utf8'));
  return new Map(
    evidence.flatMap(({ start, end, supports }) =>
      supports.map((pointer): [string, string] => [pointer, characters.slice(start, end).join('')]),
    ),
  );
}

/** The output of git and `validate` when everything is committed. */
async function expectCommitted(folder: string): Promise<void> {
  expect(await run(folder, 'validate', ['--strict', '--require-sources'])).toMatchObject({ status: 0, out: '' });
  expect(git(folder, 'status', '--porcelain')).toBe('');
  expect(git(folder, 'log', '-1', '--format=%D')).toContain('HEAD -> curate/');
}

test('a Ukrainian article goes from its text to a commit by keyboard alone', async () => {
  const folder = newsroom();
  const { page, messages } = await openWorkbench(browser, folder, wide);
  const { keyboard } = page;
  await page.getByRole('button', { name: 'gazette' }).waitFor();
  await keyboard.press('Alt+I');
  await page.getByRole('dialog').waitFor();
  await keyboard.insertText(stressed);
  for (const key of ['Tab', 'Tab', 'Tab', 'Control+Enter']) await keyboard.press(key);
  await page.getByRole('heading', { name: 'Papers: new record' }).waitFor();
  await keyboard.press('Control+S');
  await page.getByText('Saved: raw/papers/').waitFor();
  // as typed on a keyboard: without stress marks, with straight quotes and letters of one code point
  expect(await findByKey(page, 'пором "anna" вийшов')).toBe('Поро\u0301м «Anna» ви\u0438\u0306шов');
  expect(await findByKey(page, "об'єктом")).toBe('обʼє\u0301ктом');
  expect(await findByKey(page, 'Пором "Anna" 🛳')).toBe('Поро\u0301м «Anna» 🛳');
  // word by word, and to the end of the sentence
  await keyboard.press('ArrowRight');
  await expect.poll(() => selectedIn(page)).toBe('з');
  await keyboard.press('ArrowRight');
  await expect.poll(() => selectedIn(page)).toBe('обʼє\u0301ктом');
  await keyboard.press('Shift+ArrowRight');
  await keyboard.press('Shift+ArrowRight');
  await expect.poll(() => selectedIn(page)).toBe('обʼє\u0301ктом „Б“ ви\u0438\u0306шов');
  await keyboard.press('Shift+ArrowLeft');
  await expect.poll(() => selectedIn(page)).toBe('обʼє\u0301ктом „Б');
  await keyboard.press('Shift+ArrowDown');
  const sentence = 'обʼє\u0301ктом „Б“ ви\u0438\u0306шов у понеділок з порту Істад.';
  await expect.poll(() => selectedIn(page)).toBe(sentence);
  await keyboard.press('Alt+N');
  await page.getByRole('dialog').waitFor();
  await choose(page, 'crossings');
  await fillCrossing(page);
  await addPortAndCars(page);
  // other words for this field
  await keyboard.press('Alt+T');
  await keyboard.press('End');
  await expect.poll(() => selectedIn(page)).toBe('гарною');
  expect(await findByKey(page, '40 автомобілів')).toBe('40 автомобілів');
  await keyboard.press('Alt+W');
  await keyboard.press('Alt+T');
  await atField(page, '/cars');
  await keyboard.type('40');
  await page.getByText('Left to do: 0').waitFor();
  await picture(page, 'workbench-ukrainian');
  await keyboard.press('Control+S');
  await page.getByText(`Saved: ${crossingFile}`).waitFor();
  await keyboard.press('Alt+G');
  await page.getByRole('dialog').getByText('Crossings: 2022-02-28-anna-ystad added').waitFor();
  for (let i = 0; i < 8 && !(await page.evaluate<boolean>('document.activeElement.matches(".primary")')); i++)
    await keyboard.press('Tab');
  await keyboard.press('Enter');
  await page.getByText('Nothing was pushed').waitFor();
  expect(cited(folder)).toEqual(
    new Map([
      ['/port', sentence],
      ['/cars', '40 автомобілів'],
    ]),
  );
  await expectCommitted(folder);
  expect(messages).toEqual([]);
});

test('a German article goes from a pasted text to a commit by mouse; keys only write values', async () => {
  const folder = newsroom();
  const { url } = await workbenchOf(folder);
  const { page, messages } = await visit(browser, wide);
  const click = async (name: string, role: 'button' | 'radio' | 'option' | 'combobox' = 'button'): Promise<void> =>
    page
      .getByRole(role, { name, exact: role === 'radio' || role === 'combobox' })
      .first()
      .click();
  await page.goto(url);
  await click('Add a source');
  await page.getByRole('textbox', { name: /^Text: paste/ }).click();
  await page.keyboard.insertText(german.replaceAll('\r\n', '\n'));
  await page.getByRole('dialog').getByRole('button', { name: 'Add source', exact: true }).click();
  await page.getByRole('heading', { name: 'Papers: new record' }).waitFor();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('Saved: raw/papers/faehre-anna-verlaesst-2022-02-28.json').waitFor();
  const sentence = 'Die Fähre „Anna“ 🛳 hat am Montag den Hafen von Ystad verlassen.';
  expect(await dragOver(page, sentence)).toBe(sentence);
  await click('new record');
  await page.getByRole('dialog').getByRole('button', { name: 'Crossings' }).click();
  await page.getByRole('heading', { name: 'Crossings: new record' }).waitFor();
  await click('departure', 'radio');
  await click('ship', 'combobox');
  await click('Anna', 'option');
  await page.getByRole('textbox', { name: 'on', exact: true }).click();
  await page.keyboard.type('2022-02-28');
  await click('+ port');
  await click('port', 'combobox');
  await page.getByRole('option', { name: 'Ystad' }).click();
  await click('stop');
  await click('+ cars');
  await page.getByRole('textbox', { name: 'cars' }).click();
  await page.keyboard.type('40');
  await page.getByText('cite: cars').waitFor();
  expect(await dragOver(page, '40 Autos')).toBe('40 Autos');
  await page.getByRole('button', { name: 'Cite for this field' }).click();
  await page.getByText('Left to do: 0').waitFor();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText(`Saved: ${crossingFile}`).waitFor();
  expect(await dragOver(page, 'Das Wetter war gut.')).toBe('Das Wetter war gut.');
  await click('more keys');
  await click('No record needed');
  await page.getByRole('dialog').getByLabel(/^Why/).click();
  await page.keyboard.type('no crossing');
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved in the source’s record.').waitFor();
  await click('Review');
  await page.getByRole('combobox', { name: 'Reviewed by' }).click();
  await page.keyboard.type('Berta');
  await page.getByRole('checkbox', { name: 'Mark as reviewed although' }).click();
  await click('Mark as reviewed');
  await page.getByText('Marked as reviewed by Berta').waitFor();
  await click('Commit changes');
  await page.getByRole('button', { name: 'Commit', exact: true }).click();
  await page.getByText('Nothing was pushed').waitFor();
  expect(cited(folder)).toEqual(
    new Map([
      ['/port', sentence],
      ['/cars', '40 Autos'],
    ]),
  );
  await expectCommitted(folder);
  expect(messages).toEqual([]);
});
