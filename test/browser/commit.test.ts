import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newsroom } from '../support/articles.ts';
import { crossing, schemas } from '../support/fixture.ts';
import { git } from '../support/repository.ts';
import { writeFiles } from '../support/run.ts';
import { picture, laptop } from './browser.ts';
import { startChromium } from './chromium.mjs';
import { openWorkbench, noticed } from './curator.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await startChromium();
});
afterAll(() => browser.close());

test('the commit says what is in it, on which branch, what prevents it and where, and what comes next', async () => {
  const folder = newsroom();
  git(folder, 'branch', 'older');
  writeFiles(folder, {
    'raw/crossings/monday-ystad.json': { ...crossing, cars: 41 },
    'raw/ships/anna.json': { id: 'anna', name: '' },
  });
  git(folder, 'remote', 'add', 'origin', 'https://git.example/ferries.git');
  const { page, messages } = await openWorkbench(browser, folder, laptop, 'gazette');
  const { keyboard } = page;
  await page.getByRole('button', { name: 'monday-ystad' }).waitFor();
  await keyboard.press('Alt+G');
  const dialog = page.getByRole('dialog', { name: 'Commit changes' });
  await dialog.getByRole('heading', { name: 'Changes since the last commit: 2 records' }).waitFor();
  await dialog.getByText('Crossings: monday-ystad changed').waitFor();
  const message = dialog.getByRole('textbox', { name: 'Commit message' });
  await expect.poll(() => message.evaluate((at) => at === at.ownerDocument.activeElement)).toBe(true);
  await message.fill('Count again');
  await dialog.getByText('2 files').click();
  await dialog.getByText('raw/ships/anna.json').waitFor();
  const branch = dialog.getByRole('textbox', { name: 'Branch' });
  const meaning = dialog.locator('#branch-meaning');
  await expect
    .poll(() => meaning.textContent())
    .toContain('You are on main. The commit goes on the new branch curate/gazette');
  await branch.fill('older');
  await expect
    .poll(() => meaning.textContent())
    .toContain('You are on main. The commit goes on older, which exists already');
  await branch.fill('main');
  await expect.poll(() => meaning.textContent()).toContain('This is the branch that you are on. Nothing is pushed.');
  await branch.fill('curate/gazette');
  await dialog.getByRole('button', { name: 'Commit', exact: true }).click();
  await dialog.getByRole('alert').getByText('Not committed. Fix').waitFor();
  await picture(page, 'refused');
  expect(git(folder, 'branch', '--show-current')).toBe('main\n');
  await dialog.getByRole('button', { name: 'anna', exact: true }).first().click();
  await page.getByRole('heading', { name: 'Ships: anna' }).waitFor();
  const name = page.getByRole('textbox', { name: 'name', exact: true });
  await expect.poll(() => name.evaluate((at) => at === at.ownerDocument.activeElement)).toBe(true);
  await name.fill('Anna II');
  await keyboard.press('Control+S');
  await page.getByText('Saved: raw/ships/anna.json').waitFor();
  await keyboard.press('Alt+G');
  // while the records are checked, a second click commits nothing
  let asked = 0;
  await page.route('**/api/commit', (route) => {
    asked++;
    return route.continue();
  });
  await dialog.getByRole('button', { name: 'Commit', exact: true }).dblclick();
  await noticed(page, 'git push -u origin curate/gazette');
  expect(asked).toBe(1);
  expect(git(folder, 'branch', '--show-current')).toBe('curate/gazette\n');
  await keyboard.press('Alt+G');
  await dialog.getByRole('heading', { name: 'There are no changes to commit' }).waitFor();
  expect(messages).toEqual([]);
});

test('every file of a new folder counts, and is listed', async () => {
  const folder = newsroom();
  const ports = Array.from({ length: 30 }, (_, i) => `port-${String(i).padStart(2, '0')}`);
  writeFiles(folder, Object.fromEntries(ports.map((id) => [`raw/ports/south/${id}.json`, { id, name: id }])));
  const { page, messages } = await openWorkbench(browser, folder, laptop, 'gazette');
  await page.getByRole('button', { name: 'monday-ystad' }).waitFor();
  await page.keyboard.press('Alt+G');
  const dialog = page.getByRole('dialog', { name: 'Commit changes' });
  await dialog.getByRole('heading', { name: 'Changes since the last commit: 30 records' }).waitFor();
  await picture(page, 'many-records');
  await dialog.getByText('30 files').click();
  await dialog.getByText('raw/ports/south/port-29.json').waitFor();
  await picture(page, 'many-files');
  expect(messages).toEqual([]);
});

test('in a dialog, keys do not change the record behind, and Ctrl+Enter submits the dialog', async () => {
  const folder = newsroom();
  writeFiles(folder, { 'raw/crossings/monday-ystad.json': { ...crossing, cars: 41 } });
  const { page, messages } = await openWorkbench(browser, folder, laptop, 'gazette');
  const { keyboard } = page;
  await page.getByRole('button', { name: 'monday-ystad' }).click();
  const cars = page.getByRole('textbox', { name: 'cars', exact: true });
  await cars.fill('many');
  await keyboard.press('Control+S');
  await page.getByText('Not saved: the record has errors. cars: “cars” is a text, not a whole number.').waitFor();
  await keyboard.press('Alt+N');
  const search = page.getByRole('dialog', { name: 'New record' });
  await search.getByRole('heading').click();
  await keyboard.press('Control+S');
  await keyboard.press('Control+Z');
  // what is typed after a click beside the fields is not lost
  await keyboard.type('sh');
  await expect.poll(() => search.locator('input').first().inputValue()).toBe('sh');
  await keyboard.press('Escape');
  await search.waitFor({ state: 'detached' });
  await expect.poll(() => cars.inputValue()).toBe('many');
  await keyboard.press('Alt+G');
  const dialog = page.getByRole('dialog', { name: 'Commit changes' });
  await dialog.getByRole('textbox', { name: 'Commit message' }).fill('Count again');
  await keyboard.press('Control+Enter');
  await noticed(page, 'Nothing was pushed: the repository has no remote.');
  expect(git(folder, 'log', '-1', '--format=%s')).toBe('Count again\n');
  expect(messages).toEqual([]);
});

test('the proposed message says what each commit changes; a typed one is kept until a commit has it', async () => {
  const folder = newsroom();
  writeFiles(folder, { 'raw/crossings/monday-ystad.json': { ...crossing, cars: 41 } });
  const { page, messages } = await openWorkbench(browser, folder, laptop, 'gazette');
  const { keyboard } = page;
  await page.getByRole('button', { name: 'monday-ystad' }).waitFor();
  const message = page.getByRole('textbox', { name: 'Commit message' });
  await keyboard.press('Alt+G');
  await expect.poll(() => message.inputValue()).toBe('Code gazette: change 1 record\n\n- Crossings: 1 changed');
  await message.fill('Count the cars again');
  await keyboard.press('Escape');
  await message.waitFor({ state: 'detached' });
  await keyboard.press('Alt+G');
  await expect.poll(() => message.inputValue()).toBe('Count the cars again');
  await keyboard.press('Control+Enter');
  await noticed(page, 'Nothing was pushed');
  expect(git(folder, 'log', '-1', '--format=%s')).toBe('Count the cars again\n');
  writeFiles(folder, { 'raw/ports/lund.json': { id: 'lund', name: 'Lund' } });
  await keyboard.press('Alt+G');
  await expect.poll(() => message.inputValue()).toBe('Add 1 record\n\n- Ports: 1 added');
  expect(messages).toEqual([]);
});

test('a changed schema is listed, and is in the commit only if it is included', async () => {
  const folder = newsroom();
  const schema = 'schema/ships.schema.json';
  const { properties, ...others } = schemas[schema] as { readonly properties: object };
  writeFiles(folder, {
    [schema]: { ...others, properties: { ...properties, owner: { type: 'string' } } },
    'raw/ships/anna.json': { id: 'anna', name: 'Anna', owner: 'The Navy' },
  });
  const { page, messages } = await openWorkbench(browser, folder, laptop, 'gazette');
  const { keyboard } = page;
  await page.getByRole('button', { name: 'monday-ystad' }).waitFor();
  await keyboard.press('Alt+G');
  const dialog = page.getByRole('dialog', { name: 'Commit changes' });
  // by its name
  await dialog.getByText('Ships: Anna changed').waitFor();
  const include = dialog.getByRole('checkbox', { name: 'Include the changed schema in this commit: 1 file' });
  await expect.poll(() => include.isChecked()).toBe(false);
  await dialog.getByText(schema, { exact: true }).waitFor();
  await dialog.getByRole('textbox', { name: 'Branch' }).fill('owners');
  await keyboard.press('Control+Enter');
  await dialog.getByRole('alert').getByText('Not committed: the records do not fit the schema').waitFor();
  await picture(page, 'needs-schema');
  await keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await keyboard.press('Alt+G');
  // what was typed is still there
  await expect.poll(() => dialog.getByRole('textbox', { name: 'Branch' }).inputValue()).toBe('owners');
  await include.check();
  await dialog.getByRole('button', { name: 'Commit', exact: true }).click();
  await noticed(page, 'on branch owners. Nothing was pushed');
  expect(git(folder, 'status', '--porcelain')).toBe('');
  expect(messages).toEqual([]);
});
