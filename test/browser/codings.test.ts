import fs from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newsroom } from '../support/articles.ts';
import { crossing, dataset, document, sha256 } from '../support/fixture.ts';
import { git } from '../support/repository.ts';
import { writeFiles } from '../support/run.ts';
import { workbenchOf } from '../support/workbench.ts';
import { picture, visit, laptop } from './browser.ts';
import { startChromium } from './chromium.mjs';
import { atField, choose, openWorkbench, noticed } from './curator.ts';
import { hold } from './held.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await startChromium();
});
afterAll(() => browser.close());

const comparison = (page: Page) => page.getByRole('region', { name: 'Compare codings' });

/** Evidence for words of the gazette. */
function spanOf(words: string, supports: readonly string[]): object {
  const start = Array.from(document.slice(0, document.indexOf(words))).length;
  const [begins = '', ends = ''] = [words.split(' ')[0], words.split(' ').at(-1)];
  return { source: 'gazette', start, end: start + words.length, sha256: sha256(words), begins, ends, supports };
}

const pair = {
  ...crossing,
  on: '2022-03-01',
  cars: 41,
  evidence: [spanOf('Monday with 40 cars.', ['/port', '/cars'])],
};
const only = { ...crossing, id: 'ferry-ystad', kind: 'arrival', evidence: [spanOf('The ferry', ['/port', '/cars'])] };

/** Opens the comparison with a second coding. */
async function compare(
  theirs: Readonly<Record<string, object>>,
  folder = newsroom(),
): Promise<{ folder: string; second: string; page: Page; messages: readonly string[] }> {
  const second = path.join(folder, 'second/records');
  writeFiles(second, theirs);
  const { url } = await workbenchOf(folder, 'gazette', second);
  const { page, messages } = await visit(browser, laptop);
  await page.goto(url);
  await page.locator('#text .piece').first().waitFor();
  await page.keyboard.press('Alt+C');
  await comparison(page).getByRole('list').waitFor();
  return { folder, second, page, messages };
}

function read(folder: string, file: string): unknown {
  return JSON.parse(fs.readFileSync(path.join(folder, file), 'utf8'));
}

function decisionsOf(second: string): readonly unknown[] {
  const at = path.join(second, '.decisions.ndjson');
  if (!fs.existsSync(at)) return [];
  return fs
    .readFileSync(at, 'utf8')
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
}

/** The words of the text that the comparison highlights. */
function cited(page: Page): Promise<string> {
  return page.evaluate<string>('[...(CSS.highlights.get("focused") ?? [])].map(String).join(" | ")');
}

/** The value of the radio button in focus, and its field. */
function atChoice(page: Page): Promise<string> {
  return page.evaluate<string>('document.activeElement.name + " " + document.activeElement.value');
}

test('keys alone decide, with one reason for several fields; each decision is saved and leads to the next', async () => {
  const { folder, second, page, messages } = await compare({
    'crossings/monday-ystad.json': pair,
    'crossings/ferry-ystad.json': only,
  });
  const { keyboard } = page;
  const region = comparison(page);
  await region.getByText('2 of 2 differences are open.').waitFor();
  await picture(page, 'codings-list');
  await keyboard.press('Enter');
  await region.getByText('Difference 1 of 2.').waitFor();
  await expect.poll(() => atChoice(page)).toBe('compared/on first');
  // nothing is chosen by going to another field
  await keyboard.press('ArrowDown');
  await expect.poll(() => atChoice(page)).toBe('compared/cars first');
  await expect.poll(() => region.locator(':checked').count()).toBe(0);
  await expect.poll(() => cited(page)).toBe('left Ystad on Monday with 40 cars. | Monday with 40 cars.');
  await picture(page, 'codings-fields');
  await keyboard.press('ArrowRight');
  await expect.poll(() => atChoice(page)).toBe('compared/cars second');
  await keyboard.press('Enter');
  await noticed(page, 'on: choose one of the two');
  await expect.poll(() => atChoice(page)).toBe('compared/on first');
  await keyboard.press('ArrowLeft');
  await keyboard.press('Enter');
  await noticed(page, 'a decision needs a reason');
  expect(decisionsOf(second)).toEqual([]);
  await keyboard.type('as printed');
  await keyboard.press('Control+S');
  await region.getByText('Difference 2 of 2. Open: 1.').waitFor();
  expect(read(folder, 'raw/crossings/monday-ystad.json')).toMatchObject({ on: '2022-02-28', cars: 41 });
  expect(decisionsOf(second)).toMatchObject([
    { field: '/on', chosen: 'first', reason: 'as printed', by: 'Ida' },
    { field: '/cars', chosen: 'second', reason: 'as printed', firstValue: 40, secondValue: 41 },
  ]);
  // a record that only one coding has shows its fields
  await region.locator('dt', { hasText: 'kind' }).waitFor();
  await expect.poll(() => cited(page)).toBe('The ferry');
  await picture(page, 'codings-only');
  await expect.poll(() => atChoice(page)).toBe('compared first');
  await keyboard.press('ArrowRight');
  await keyboard.press('Tab');
  await keyboard.type('I had missed it.');
  await keyboard.press('Enter');
  await noticed(page, 'No difference is open');
  expect(read(folder, 'raw/crossings/ferry-ystad.json')).toEqual(read(second, 'crossings/ferry-ystad.json'));
  // what was decided, by whom and why stays there to be read
  await region.getByRole('button', { name: 'ferry-ystad, only in the second coding (decided)' }).click();
  await region.getByRole('list', { name: 'Decisions' }).getByText('I had missed it.').waitFor();
  await expect.poll(() => region.getByRole('radio').count()).toBe(0);
  await keyboard.press('Escape');
  await region.getByRole('button', { name: 'Crossings: monday-ystad (decided)' }).click();
  await region.getByText('41, as in the second coding').waitFor();
  await picture(page, 'codings-decided');
  await keyboard.press('Escape');
  await keyboard.press('Escape');
  await expect.poll(() => region.count()).toBe(0);
  expect(messages).toEqual([]);
});

test('what prevents a decision is said with its place, and nothing is recorded', async () => {
  const { second, page } = await compare({
    'crossings/ferry-ystad.json': { ...only, ship: 'berta' },
    'ships/berta.json': { id: 'berta', name: 'Berta' },
  });
  const region = comparison(page);
  await region.getByRole('button', { name: 'ferry-ystad, only in the second coding' }).click();
  await region.getByRole('radio', { name: 'Add it' }).check();
  await region.getByRole('textbox', { name: 'Reason', exact: true }).fill('It is there.');
  await page.keyboard.press('Enter');
  await region.getByRole('alert').getByText('ship:').waitFor();
  await picture(page, 'codings-refused');
  expect(decisionsOf(second)).toEqual([]);
  await region.getByRole('button', { name: 'Decide on Ships: Berta (berta) first' }).click();
  await region.getByRole('heading', { name: 'Ships: Berta (berta), only in the second coding' }).waitFor();
  await region.getByRole('radio', { name: 'Add it' }).check();
  await region.getByRole('textbox', { name: 'Reason', exact: true }).fill('A new ship.');
  await page.keyboard.press('Enter');
  await noticed(page, 'Decided and saved');
  expect(decisionsOf(second)).toMatchObject([{ table: 'ships', second: 'berta', reason: 'A new ship.' }]);
});

test('records and references are called by the names of each coding, with the identifier', async () => {
  const { page, messages } = await compare({
    'crossings/monday-ystad.json': { ...pair, ship: 'berta', port: 'trelleborg', stops: crossing.stops.slice(0, 1) },
    'ships/berta.json': { id: 'berta', name: 'Berta' },
    'ports/trelleborg.json': { id: 'trelleborg', name: 'Trälleborg' },
  });
  const region = comparison(page);
  await picture(page, 'codings-names');
  await region.getByRole('button', { name: 'Ships: Berta (berta), only in the second coding' }).waitFor();
  await region.getByRole('button', { name: 'Crossings: monday-ystad', exact: true }).click();
  const field = (title: string) => region.getByRole('group', { name: title });
  await field('ship').getByText('Anna (anna)').waitFor();
  await field('ship').getByText('Berta (berta)').waitFor();
  await field('port').getByText('Trälleborg (trelleborg)').waitFor();
  await field('stops').getByText('Trelleborg (trelleborg)').waitFor();
  // the second coding has no record of that port
  await expect.poll(() => field('stops').getByText('Ystad (ystad)').count()).toBe(2);
  await picture(page, 'codings-names-of-references');
  await page.keyboard.press('ArrowDown');
  await region.getByRole('button', { name: 'All from the second coding' }).click();
  await field('ship').getByRole('radio', { name: 'Anna' }).check();
  await region.getByRole('textbox', { name: 'Reason, for all' }).fill('as printed');
  await page.keyboard.press('Control+S');
  await region.getByText('Difference 1 of 2. Open: 1.').waitFor();
  await page.keyboard.press('Escape');
  await region.getByRole('button', { name: 'Crossings: monday-ystad (decided)' }).click();
  await region.getByRole('list', { name: 'Decisions' }).getByText('Anna (anna), as in the first coding').waitFor();
  expect(messages).toEqual([]);
});

test('a value that has changed since it was shown is shown anew before it is taken', async () => {
  const { folder, second, page } = await compare({ 'crossings/monday-ystad.json': pair });
  const region = comparison(page);
  await page.keyboard.press('Enter');
  await region.getByRole('button', { name: 'All from the second coding' }).click();
  await region.getByRole('textbox', { name: 'Reason, for all' }).fill('as printed');
  writeFiles(second, { 'crossings/monday-ystad.json': { ...pair, cars: 999 } });
  await page.keyboard.press('Control+S');
  const alert = region.getByRole('alert').getByText('Not decided: a record has changed since it was compared.');
  await alert.waitFor();
  await picture(page, 'codings-changed');
  expect(decisionsOf(second)).toEqual([]);
  expect(read(folder, 'raw/crossings/monday-ystad.json')).toMatchObject({ cars: 40 });
  await region.getByRole('button', { name: 'Compare again' }).click();
  await region.getByText('999').first().waitFor();
  await alert.waitFor({ state: 'hidden' });
  await region.getByRole('button', { name: 'All from the second coding' }).click();
  await region.getByRole('textbox', { name: 'Reason, for all' }).fill('as printed');
  await page.keyboard.press('Control+S');
  await noticed(page, 'Decided and saved');
  expect(read(folder, 'raw/crossings/monday-ystad.json')).toMatchObject({ cars: 999 });
});

test('a record that only the first coding has is deleted by a decision', async () => {
  const { folder, second, page } = await compare({ 'crossings/ferry-ystad.json': only }, dataset());
  const region = comparison(page);
  await region.getByRole('button', { name: 'monday-ystad, only in the first coding' }).click();
  await region.getByRole('radio', { name: 'Delete it' }).check();
  await region.getByRole('textbox', { name: 'Reason', exact: true }).fill('It says the same twice.');
  await region.getByRole('textbox', { name: 'Decided by' }).fill('Ida');
  await page.keyboard.press('Control+S');
  await region.getByRole('heading', { name: 'ferry-ystad, only in the second coding' }).waitFor();
  expect(fs.existsSync(path.join(folder, 'raw/crossings/monday-ystad.json'))).toBe(false);
  expect(decisionsOf(second)).toMatchObject([{ first: 'monday-ystad', second: '', chosen: 'second' }]);
});

test('keys pressed while a decision is saved wait for the next difference', async () => {
  const { second, page } = await compare({
    'crossings/monday-ystad.json': pair,
    'crossings/ferry-ystad.json': only,
  });
  const region = comparison(page);
  await page.keyboard.press('Enter');
  await region.getByRole('button', { name: 'All from the first coding' }).click();
  await region.getByRole('textbox', { name: 'Reason, for all' }).fill('as printed');
  const { asked, answer } = await hold(page, 'resolve');
  await page.keyboard.press('Enter');
  await asked;
  for (const key of ['ArrowRight', 'Tab', 'x']) await page.keyboard.press(key);
  await answer();
  await region.getByText('Difference 2 of 2.').waitFor();
  await expect.poll(() => region.getByRole('radio', { name: 'Add it' }).isChecked()).toBe(true);
  await expect.poll(() => region.getByRole('textbox', { name: 'Reason', exact: true }).inputValue()).toBe('x');
  expect(decisionsOf(second)).toMatchObject([{ field: '/on' }, { field: '/cars' }]);
});

test('the comparison gives way to a record that is opened, and says which coding this is', async () => {
  const { page } = await compare({ 'crossings/monday-ystad.json': pair });
  await page.getByRole('button', { name: 'Compare codings (Alt+C)' }).waitFor();
  await page.keyboard.press('Enter');
  await expect.poll(() => atChoice(page)).toBe('compared/on first');
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => cited(page)).toContain('Monday with 40 cars.');
  await page.keyboard.press('Alt+R');
  await choose(page, 'monday');
  // the difference has a heading of the same name
  await comparison(page).waitFor({ state: 'detached' });
  await page.getByRole('heading', { name: 'Crossings: monday-ystad' }).waitFor();
  // its first field cites nothing
  await atField(page, '/kind');
  await expect.poll(() => cited(page)).toBe('');
});

test('the comparison of a source that is left for another one highlights no words there', async () => {
  const folder = newsroom();
  const text = `No ferry left. ${document}`;
  writeFiles(folder, {
    'raw/papers/herald.json': { id: 'herald', document: { file: 'herald.txt', sha256: sha256(text) } },
    'sources/herald.txt': text,
  });
  const both = { ...pair, evidence: [...pair.evidence, { ...spanOf('The ferry', ['/on']), source: 'herald' }] };
  both.evidence[1] = { ...both.evidence[1], start: 0, end: 2, sha256: sha256('No'), begins: 'No', ends: 'No' };
  const { page } = await compare({ 'crossings/monday-ystad.json': both }, folder);
  await page.keyboard.press('Enter');
  await expect.poll(() => atChoice(page)).toBe('compared/on first');
  await page.keyboard.press('Alt+Q');
  await page.getByRole('button', { name: 'herald' }).click();
  await expect.poll(() => page.locator('#text').textContent()).toBe(text);
  await expect.poll(() => cited(page)).toBe('');
});

test('what was in the form before the comparison is a draft, and a save of it leads back to what waits for it', async () => {
  const { page, messages } = await compare({ 'crossings/monday-ystad.json': pair });
  const { keyboard } = page;
  const region = comparison(page);
  const throughComparison = async (): Promise<void> => {
    await keyboard.press('Alt+C');
    await region.getByRole('list').waitFor();
    // another look
    await Promise.all([page.waitForResponse('**/api/differing'), keyboard.press('Alt+C')]);
    await region.getByRole('list').waitFor();
    await keyboard.press('Escape');
    await region.waitFor({ state: 'detached' });
  };
  await keyboard.press('Escape');
  await page.getByRole('button', { name: 'monday-ystad' }).click();
  await page.getByRole('textbox', { name: 'cars', exact: true }).fill('41');
  await throughComparison();
  await page.getByText('Drafts: 1', { exact: true }).waitFor();
  await page.locator('.drafts').getByRole('button', { name: 'Crossings: monday-ystad', exact: true }).waitFor();
  await keyboard.press('Alt+B');
  await page.getByRole('heading', { name: 'Crossings: monday-ystad' }).waitFor();
  await atField(page, '/kind');
  const ship = page.getByRole('combobox', { name: 'ship' });
  await ship.fill('');
  await ship.press('Tab');
  await ship.fill('Berta');
  await page.getByRole('option', { name: 'New record in ships: Berta…' }).click();
  await page.getByRole('heading', { name: 'Ships: new record' }).waitFor();
  await throughComparison();
  await page.getByText('Drafts: 2', { exact: true }).waitFor();
  // the one that was left last, not the first one
  await keyboard.press('Alt+B');
  await page.getByRole('heading', { name: 'Ships: new record' }).waitFor();
  await throughComparison();
  // nothing waits while there is no form: a record that is made now does not lead anywhere
  await keyboard.press('Alt+N');
  await choose(page, 'Ports');
  await atField(page, '/name');
  await expect.poll(() => page.getByRole('button', { name: /^Back to/ }).count()).toBe(0);
  await page.getByRole('button', { name: 'Ships: Berta', exact: true }).click();
  await page.getByRole('heading', { name: 'Ships: new record' }).waitFor();
  await page.getByText('Left to do: 0').waitFor();
  await keyboard.press('Control+S');
  await page.getByRole('heading', { name: 'Crossings: monday-ystad' }).waitFor();
  await noticed(page, 'Saved berta and filled in ship.');
  expect(messages).toEqual([]);
});

test('keys pressed while a record is withdrawn by a decision wait for the next difference', async () => {
  const folder = newsroom();
  git(folder, 'tag', 'v1.0.0');
  const { page } = await compare({ 'crossings/ferry-ystad.json': only }, folder);
  const region = comparison(page);
  await region.getByRole('button', { name: 'monday-ystad, only in the first coding' }).click();
  await region.getByRole('radio', { name: 'Delete it' }).check();
  await region.getByRole('textbox', { name: 'Reason', exact: true }).fill('It says the same twice.');
  await page.keyboard.press('Enter');
  await region.getByRole('alert').getByText('published in version 1.0.0').waitFor();
  const { asked, answer } = await hold(page, 'resolve');
  await region.getByRole('button', { name: 'Withdraw it' }).click();
  await asked;
  for (const key of ['ArrowRight', 'Tab', 'x']) await page.keyboard.press(key);
  await answer();
  await region.getByText('Difference 1 of 2.').or(region.getByText('Difference 2 of 2.')).waitFor();
  await region.getByRole('heading', { name: 'ferry-ystad, only in the second coding' }).waitFor();
  await expect.poll(() => region.getByRole('radio', { name: 'Add it' }).isChecked()).toBe(true);
  await expect.poll(() => region.getByRole('textbox', { name: 'Reason', exact: true }).inputValue()).toBe('x');
});

test('a review leads through the records, and does not hide what is open', async () => {
  const folder = newsroom();
  const { page, messages } = await openWorkbench(browser, folder, laptop, 'gazette');
  await page.getByRole('button', { name: 'monday-ystad' }).waitFor();
  const { keyboard } = page;
  await keyboard.press('Alt+V');
  const dialog = page.getByRole('dialog', { name: 'Review' });
  await dialog.getByText('Looked at 0 of 2 records').waitFor();
  await keyboard.type('Berta');
  await dialog.getByRole('button', { name: 'Mark as reviewed' }).click();
  await dialog.getByText('Not marked: 2 records were not looked at.').waitFor();
  await picture(page, 'review-walk');
  await dialog.getByRole('combobox').focus();
  await keyboard.press('Enter');
  await noticed(page, 'Record 1 of 2 in this review.');
  await keyboard.press('Alt+V');
  await dialog.getByText('Looked at 1 of 2 records').waitFor();
  await keyboard.press('Enter');
  await noticed(page, 'Record 2 of 2 in this review.');
  await keyboard.press('Alt+V');
  await dialog.getByText('Looked at 2 of 2 records').waitFor();
  await keyboard.press('Enter');
  await noticed(page, 'Marked as reviewed by Berta.');
  // a change of a record ends it
  await keyboard.press('Escape');
  await page.getByRole('button', { name: 'monday-ystad' }).click();
  await page.getByRole('textbox', { name: 'cars', exact: true }).fill('41');
  await keyboard.press('Control+S');
  await noticed(page, 'The review of gazette was of the records before');
  expect(read(folder, 'raw/papers/gazette.json')).not.toHaveProperty('reviewed');
  await keyboard.press('Alt+V');
  await dialog.getByText('Not reviewed yet.').waitFor();
  expect(messages).toEqual([]);
});
