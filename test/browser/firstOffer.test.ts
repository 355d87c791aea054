import fs from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newsroom } from '../support/articles.ts';
import { resolving } from '../support/departures.ts';
import { sha256 } from '../support/fixture.ts';
import { writeFiles } from '../support/run.ts';
import { laptop, picture } from './browser.ts';
import { startChromium } from './chromium.mjs';
import { atField, choose, findWords, noticed, openWorkbench } from './curator.ts';
import { citedBy } from './harbour.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await startChromium();
});
afterAll(() => browser.close());

/** Begins a crossing from words of a source. */
async function beginCrossing(page: Page, words: string): Promise<void> {
  await page.locator('#text .piece').first().waitFor();
  await findWords(page, words);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Alt+N');
  await choose(page, 'Crossings');
}

/** The key that the page shows beside the offers of a field. */
function keyShown(page: Page): Promise<unknown> {
  return page.evaluate(`[...document.querySelectorAll('[data-enter]')].map((each) => {
    const { content, visibility } = getComputedStyle(each, '::after');
    return visibility === 'visible' ? content.split('"')[1] : '';
  })`);
}

/** Waits until the first offer of a kind has the focus. */
async function atOffer(page: Page, kind: string): Promise<void> {
  const at = 'document.activeElement.closest("[role=group]")?.ariaLabel';
  await expect.poll(() => page.evaluate(at)).toBe(kind);
  expect(await page.evaluate('document.activeElement.hasAttribute("data-enter")')).toBe(true);
}

test.each([
  ['fr', 'Le ferry est parti hier.', '2022-02-14'],
  ['fr', 'Le ferry est parti le 12 janvier 2022.', '2022-01-12'],
  ['en', 'The ferry left a day ago.', '2022-02-14'],
])('Enter takes a date that words can only mean (%s: %s)', async (language, words, date) => {
  const { page, messages } = await openWorkbench(browser, resolving(words, language), laptop, 'log');
  await beginCrossing(page, words);
  const day = page.getByRole('textbox', { name: 'Day', exact: true });
  await day.focus();
  await expect.poll(() => keyShown(page)).toEqual(['Enter']);
  await page.keyboard.press('Enter');
  await expect.poll(() => day.inputValue()).toBe(date);
  expect(messages).toEqual([]);
});

test.each([
  ['en', 'The ferry left on Monday.', '2022-02-14'],
  ['en', 'The two are due to meet in Ystad on Saturday.', '2022-02-19'],
  ['en', 'The ferry will be back within ten days.', '[2022-02-15..2022-02-25]'],
  ['en', '“The ferry left two days ago,” he told us.', '2022-02-13'],
  ['fr', 'Il reviendra avant la fin du mois.', '[..2022-02-28]'],
  ['fr', 'Le ferry est parti le 12 janvier 2022 et reviendra le 14 mars 2022.', '2022-01-12'],
])('Enter goes to a date that words can mean, and there takes it (%s: %s)', async (language, words, date) => {
  const { page, messages } = await openWorkbench(browser, resolving(words, language), laptop, 'log');
  await beginCrossing(page, words);
  const day = page.getByRole('textbox', { name: 'Day', exact: true });
  await day.focus();
  await expect.poll(() => keyShown(page)).toEqual(['Enter Enter']);
  await picture(page, `reached-${date.slice(0, 10)}`);
  await page.keyboard.press('Enter');
  await atOffer(page, 'Dates in the text');
  await expect.poll(() => day.inputValue()).toBe('');
  await expect.poll(() => keyShown(page)).toEqual(['']);
  await page.keyboard.press('Enter');
  await expect.poll(() => day.inputValue()).toBe(date);
  expect(messages).toEqual([]);
});

test('a date with a limit comes before those after it, which no Enter takes', async () => {
  const words = 'They will meet on Saturday, and leave in two days.';
  const folder = resolving(words, 'en');
  const file = path.join(folder, 'schema/crossings.schema.json');
  const crossings: { readonly properties: object } = JSON.parse(fs.readFileSync(file, 'utf8'));
  const day = { type: 'string', format: 'edtf' };
  const properties = { ...crossings.properties, on: { ...day, 'x-at-most': '1/reported' }, reported: day };
  writeFiles(folder, { 'schema/crossings.schema.json': { ...crossings, properties } });
  const { page, messages } = await openWorkbench(browser, folder, laptop, 'log');
  const { keyboard } = page;
  await beginCrossing(page, 'in two days');
  const offers = page.getByRole('group', { name: 'Dates in the text' }).getByRole('button');
  const on = page.getByRole('textbox', { name: 'on', exact: true });
  await keyboard.press('Alt+A');
  await choose(page, 'on');
  await atField(page, '/on');
  await expect.poll(() => offers.allTextContents()).toEqual(['Use 2022-02-17 Thursday 17 February 2022']);
  // what is past and has no date comes before the day of its report
  const ofSource = page.getByRole('group', { name: 'The date of the source' }).getByRole('button');
  await expect
    .poll(() => ofSource.allTextContents())
    .toEqual(['Use [..2022-02-15] if no date is given', 'Use 2022-02-15']);
  await expect.poll(() => keyShown(page)).toEqual(['Enter Enter']);
  await findWords(page, 'on Saturday');
  await keyboard.press('Escape');
  await on.focus();
  // without the limit, the date of the source is it
  await expect.poll(() => offers.first().textContent()).toBe('Use 2022-02-12 the Saturday before');
  await keyboard.press('Alt+A');
  await choose(page, 'reported');
  await atField(page, '/reported');
  await keyboard.type('2022-02-20');
  await on.focus();
  await expect.poll(() => offers.first().textContent()).toBe('Use 2022-02-19 the Saturday after');
  expect(messages).toEqual([]);
});

test('for the time of what was reported, words that say when somebody spoke come first', async () => {
  const words = '“Yesterday they came,” said Roe, who left on Saturday, and she said on Monday it was cold.';
  const folder = resolving(words, 'en');
  const file = path.join(folder, 'schema/crossings.schema.json');
  const crossings: { readonly properties: object } = JSON.parse(fs.readFileSync(file, 'utf8'));
  const day = { type: 'string', format: 'edtf' };
  const properties = { ...crossings.properties, on: { ...day, 'x-at-most': '1/reported' }, reported: day, other: day };
  writeFiles(folder, { 'schema/crossings.schema.json': { ...crossings, properties } });
  const { page, messages } = await openWorkbench(browser, folder, laptop, 'log');
  const { keyboard } = page;
  await beginCrossing(page, words);
  const quoted = page.getByRole('group', { name: 'Dates in the text' }).locator('q');
  for (const [field, order] of [
    ['on', ['on Monday', 'on Saturday', 'Yesterday']],
    ['other', ['Yesterday', 'on Saturday', 'on Monday']],
  ] as const) {
    await keyboard.press('Alt+A');
    await choose(page, field);
    await atField(page, `/${field}`);
    await expect.poll(() => quoted.allTextContents()).toEqual(order);
  }
  expect(messages).toEqual([]);
});

test('the dates of records about the same paragraph are offered, with where they come from', async () => {
  const text = 'The ferry left on Monday. It had 40 cars.\n\nLater it came back.\n\nIt rained.';
  const folder = resolving(text, 'en');
  const file = path.join(folder, 'schema/crossings.schema.json');
  const crossings: { readonly properties: object } = JSON.parse(fs.readFileSync(file, 'utf8'));
  const on = { title: 'On', type: 'string', format: 'edtf', 'x-evidence': true, 'x-at-most': '/reported' };
  const properties = { ...crossings.properties, on, reported: { type: 'string', format: 'edtf' } };
  const start = text.indexOf('on Monday');
  const span = { source: 'log', start, end: start + 'on Monday'.length, begins: 'on', ends: 'Monday' };
  const monday = { date: '2022-02-14', rests: 'reading', because: 'Monday' };
  const from = text.indexOf('rained');
  const rained = { start: from, end: from + 'rained'.length, begins: 'rained', ends: 'rained' };
  writeFiles(folder, {
    'schema/crossings.schema.json': { ...crossings, properties },
    'raw/crossings/first.json': {
      id: 'first',
      kind: 'departure',
      ship: 'anna',
      left: monday,
      on: '2022-02-14',
      evidence: [{ ...span, sha256: sha256('on Monday'), supports: ['/left/date', '/on'] }],
    },
    'raw/crossings/second.json': {
      id: 'second',
      kind: 'departure',
      ship: 'anna',
      left: { date: '2022-02-08', rests: 'words' },
      evidence: [
        {
          source: 'log',
          start: 0,
          end: 3,
          begins: 'The',
          ends: 'The',
          sha256: sha256('The'),
          supports: ['/left/date'],
        },
        { ...span, ...rained, sha256: sha256('rained'), supports: ['/left/date'] },
      ],
    },
  });
  const { page, messages } = await openWorkbench(browser, folder, laptop, 'log');
  const { keyboard } = page;
  await page.getByRole('button', { name: 'first' }).waitFor();
  await beginCrossing(page, 'had 40 cars');
  const near = page.getByRole('group', { name: 'Dates of records about this paragraph' });
  const day = page.getByRole('textbox', { name: 'Day', exact: true });
  await day.focus();
  const both = ['first › Departure:Use 2022-02-14second › Departure:Use 2022-02-08'];
  await expect.poll(() => near.allTextContents()).toEqual(both);
  await picture(page, 'near-dates');
  await near.getByRole('button').first().click();
  await expect.poll(() => day.inputValue()).toBe('2022-02-14');
  await expect
    .poll(() => page.getByRole('textbox', { name: 'Because', exact: true }).inputValue())
    .toBe('No date is given: Monday 14 February 2022, the date of “first › Departure”.');
  // another paragraph
  await beginCrossing(page, 'came back');
  await day.focus();
  await page.getByRole('group', { name: 'The date of the source' }).waitFor();
  await expect.poll(() => near.count()).toBe(0);
  expect(messages).toEqual([]);
  // not after the limit
  await beginCrossing(page, 'had 40 cars');
  await keyboard.press('Alt+A');
  await choose(page, 'reported');
  await atField(page, '/reported');
  await keyboard.type('2022-02-20');
  await keyboard.press('Alt+A');
  await choose(page, 'On');
  await atField(page, '/on');
  await expect.poll(() => near.allTextContents()).toEqual(both);
  await page.locator('[data-pointer="/reported"] input').fill('2022-02-10');
  await page.locator('[data-pointer="/on"] input').focus();
  await expect.poll(() => near.allTextContents()).toEqual(['second › Departure:Use 2022-02-08']);
  // what the other record cites for it, also in other paragraphs
  await near.getByRole('button').click();
  await expect.poll(() => citedBy(page, '/on')).toEqual(['had 40 cars', 'The', 'rained']);
  await keyboard.press('Control+Z');
  // nor of the source, which is later; the time up to the limit is offered in its place
  const own = page.getByRole('group', { name: 'Other dates of this record' });
  await expect
    .poll(() => own.allTextContents())
    .toEqual(['reported:Use [..2022-02-10] if no date is givenUse 2022-02-10']);
  expect(await page.getByRole('group', { name: 'The date of the source' }).count()).toBe(0);
  await keyboard.press('Enter');
  await atOffer(page, 'Other dates of this record');
  // back to the limit after the date: they are offered again
  await page.locator('[data-pointer="/reported"] input').fill('2022-02-20');
  await page.locator('[data-pointer="/on"] input').focus();
  await expect.poll(() => near.allTextContents()).toEqual(both);
});

test('the date of the source comes before later ones for a report, which limits other dates', async () => {
  const folder = resolving('On Saturday they met. They will leave within ten days, it said on 10 February 2022.', 'en');
  const file = path.join(folder, 'schema/crossings.schema.json');
  const crossings: { readonly properties: object } = JSON.parse(fs.readFileSync(file, 'utf8'));
  const day = { type: 'string', format: 'edtf' };
  const report = { type: 'object', properties: { date: day }, required: ['date'] };
  const properties = { ...crossings.properties, on: { ...day, 'x-at-most': '/reports/0/date' } };
  writeFiles(folder, {
    'schema/crossings.schema.json': {
      ...crossings,
      // the end of a time is no report
      properties: {
        ...properties,
        reports: { type: 'array', items: report },
        begins: { ...day, 'x-at-most': '/later' },
        later: day,
      },
    },
  });
  const { page, messages } = await openWorkbench(browser, folder, laptop, 'log');
  const { keyboard } = page;
  await beginCrossing(page, 'will leave within ten days');
  const first = page.locator('[data-enter]');
  await keyboard.press('Alt+A');
  await choose(page, 'later');
  await atField(page, '/later');
  await expect.poll(() => first.textContent()).toMatch('[2022-02-15..2022-02-25]');
  await keyboard.press('Alt+A');
  await choose(page, 'reports');
  await atField(page, '/reports/0/date');
  await expect.poll(() => first.textContent()).toBe('Use 2022-02-15');
  await expect
    .poll(() => page.getByRole('group', { name: 'Dates in the text' }).textContent())
    .toMatch('[2022-02-15..2022-02-25]');
  // earlier ones come after it too, unless words say in full when the report was made
  await findWords(page, 'On Saturday');
  await keyboard.press('Escape');
  await page.locator('[data-pointer="/reports/0/date"] input').focus();
  await page.getByRole('group', { name: 'Dates in the text' }).getByText('2022-02-12').first().waitFor();
  await expect.poll(() => first.textContent()).toBe('Use 2022-02-15');
  await findWords(page, '10 February 2022');
  await keyboard.press('Escape');
  await page.locator('[data-pointer="/reports/0/date"] input').focus();
  await expect.poll(() => first.textContent()).toMatch('Use 2022-02-10');
  expect(messages).toEqual([]);
});

test('words also count from another date of the record, and then no Enter takes them', async () => {
  const { page, messages } = await openWorkbench(browser, resolving('The ferry left yesterday.', 'en'), laptop, 'log');
  const { keyboard } = page;
  await beginCrossing(page, 'yesterday');
  const offers = page.getByRole('group', { name: 'Dates in the text' }).getByRole('button');
  const day = page.getByRole('textbox', { name: 'Day', exact: true });
  await day.focus();
  await expect.poll(() => offers.allTextContents()).toEqual(['Use 2022-02-14 Monday 14 February 2022']);
  await expect.poll(() => keyShown(page)).toEqual(['Enter']);
  await keyboard.press('Alt+A');
  await choose(page, 'on');
  await atField(page, '/on');
  await keyboard.type('2022-02-10');
  await day.focus();
  await expect
    .poll(() => offers.allTextContents())
    .toEqual([
      'Use 2022-02-14 counted from the date of the source',
      'Use 2022-02-09 counted from Thursday, 10 February 2022, on',
    ]);
  await expect.poll(() => keyShown(page)).toEqual(['Enter Enter']);
  await keyboard.press('Enter');
  await atOffer(page, 'Dates in the text');
  await expect.poll(() => day.inputValue()).toBe('');
  await offers.last().click();
  await expect.poll(() => day.inputValue()).toBe('2022-02-09');
  await expect
    .poll(() => page.getByRole('textbox', { name: 'Because', exact: true }).inputValue())
    .toBe('Read "yesterday" as the day before 10 February 2022, the date of “on”.');
  expect(messages).toEqual([]);
});

test('a number that another field cites is not taken again by one Enter', async () => {
  const folder = newsroom();
  const file = path.join(folder, 'schema/crossings.schema.json');
  const crossings: { readonly properties: object } = JSON.parse(fs.readFileSync(file, 'utf8'));
  const lorries = { type: 'integer', minimum: 0, 'x-evidence': true };
  const properties = { ...crossings.properties, lorries };
  writeFiles(folder, { 'schema/crossings.schema.json': { ...crossings, properties } });
  const { page, messages } = await openWorkbench(browser, folder, laptop, 'gazette');
  const { keyboard } = page;
  await beginCrossing(page, '40 cars');
  await atField(page, '/kind');
  const box = (name: string) => page.locator(`[data-pointer="/${name}"] input`);
  const offer = page.getByRole('group', { name: 'Quantity in the text' }).getByRole('button');
  await keyboard.press('Alt+A');
  await choose(page, 'cars');
  await atField(page, '/cars');
  await expect.poll(() => keyShown(page)).toEqual(['Enter']);
  await keyboard.press('Enter');
  await expect.poll(() => box('cars').inputValue()).toBe('40');
  await keyboard.press('Alt+A');
  await choose(page, 'lorries');
  await atField(page, '/lorries');
  await expect.poll(() => keyShown(page)).toEqual(['Enter Enter']);
  await keyboard.press('Enter');
  await atOffer(page, 'Quantity in the text');
  await expect.poll(() => box('lorries').inputValue()).toBe('');
  // longer words around the same number
  await box('lorries').focus();
  await findWords(page, 'with 40 cars');
  await keyboard.press('Escape');
  await box('lorries').focus();
  await offer.waitFor();
  await expect.poll(() => keyShown(page)).toEqual(['Enter Enter']);
  await keyboard.press('Enter');
  await keyboard.press('Enter');
  await expect.poll(() => box('lorries').inputValue()).toBe('40');
  expect(messages).toEqual([]);
});

test('words at the same place of another source do not make a date less certain', async () => {
  const text = 'The ferry left Ystad on 3 March 2022.\n';
  const folder = resolving(text, 'en');
  const start = text.indexOf('3 March 2022');
  const span = { start, end: start + '3 March 2022'.length, begins: '4', ends: '2022', supports: ['/port'] };
  const other = text.replace('3 March 2022', '4 April 2022');
  const raw = 'raw/crossings/monday-ystad.json';
  const { on: _, ...before }: { readonly on: string } = JSON.parse(fs.readFileSync(path.join(folder, raw), 'utf8'));
  writeFiles(folder, {
    'sources/other.txt': other,
    'raw/papers/other.json': { id: 'other', document: { file: 'other.txt', sha256: sha256(other) } },
    [raw]: { ...before, evidence: [{ ...span, source: 'other', sha256: sha256('4 April 2022') }] },
  });
  const { page, messages } = await openWorkbench(browser, folder, laptop, 'other');
  const { keyboard } = page;
  await page.getByRole('button', { name: 'monday-ystad' }).first().click();
  await page.getByRole('heading', { name: 'monday-ystad' }).waitFor();
  const shown = page.getByRole('combobox', { name: 'Source' });
  await shown.click();
  await shown.fill('log');
  await page.getByRole('option').first().waitFor();
  await keyboard.press('Enter');
  await page.getByText('The ferry left Ystad on 3 March 2022.').waitFor();
  await findWords(page, '3 March 2022');
  await keyboard.press('Escape');
  await page.getByRole('textbox', { name: 'Day', exact: true }).focus();
  await expect.poll(() => keyShown(page)).toEqual(['Enter']);
  expect(messages).toEqual([]);
});

test('Enter does not hold the keys of a server that never answers', async () => {
  const { page } = await openWorkbench(browser, newsroom(), laptop, 'gazette');
  await page.route('**/api/dates', () => {});
  await beginCrossing(page, 'on Monday');
  const on = page.getByRole('textbox', { name: 'on', exact: true });
  await on.focus();
  await page.keyboard.press('Enter');
  await page.keyboard.type('2022');
  await expect.poll(() => on.inputValue()).toBe('2022');
});

test('days after a limit that only a code sets come last, once the record has the code', async () => {
  const words = 'They meet next Friday. They met on Saturday.';
  const folder = resolving(words, 'en');
  const file = path.join(folder, 'schema/crossings.schema.json');
  const crossings: { readonly properties: object } = JSON.parse(fs.readFileSync(file, 'utf8'));
  const day = { type: 'string', format: 'edtf' };
  const state = { type: 'string', enum: ['held', 'planned'], 'x-at-most': { held: { '1/on': '/report/date' } } };
  const report = { type: 'object', properties: { date: day }, required: ['date'] };
  const properties = { ...crossings.properties, state, on: day, report };
  writeFiles(folder, { 'schema/crossings.schema.json': { ...crossings, properties } });
  const { page, messages } = await openWorkbench(browser, folder, laptop, 'log');
  const { keyboard } = page;
  await beginCrossing(page, words);
  const quoted = page.getByRole('group', { name: 'Dates in the text' }).locator('q');
  const add = async (name: string, pointer: string): Promise<void> => {
    await keyboard.press('Alt+A');
    await choose(page, name);
    await atField(page, pointer);
  };
  await add('state', '/state');
  await page.getByRole('radio', { name: 'planned' }).check();
  await add('on', '/on');
  await expect.poll(() => quoted.allTextContents()).toEqual(['next Friday', 'on Saturday']);
  await page.getByRole('radio', { name: 'held' }).check();
  await page.locator('[data-pointer="/on"] input').focus();
  await expect.poll(() => quoted.allTextContents()).toEqual(['on Saturday', 'next Friday']);
  expect(messages).toEqual([]);
});

test('dates of withdrawn records are not offered, and the beginning of a time is not what was reported', async () => {
  const text = 'The ferry left on Monday. It will be away from 3 March 2022.';
  const folder = resolving(text, 'en');
  const file = path.join(folder, 'schema/crossings.schema.json');
  const crossings: { readonly properties: object } = JSON.parse(fs.readFileSync(file, 'utf8'));
  const day = { type: 'string', format: 'edtf' };
  const stay = {
    title: 'Stay',
    type: 'object',
    properties: { from: { ...day, 'x-at-most': '1/to' }, to: day },
    required: ['from'],
  };
  const withdrawn = {
    type: 'object',
    'x-withdrawal': true,
    properties: { date: { type: 'string', format: 'date' }, reason: { type: 'string' } },
    required: ['date', 'reason'],
    additionalProperties: false,
  };
  const span = { source: 'log', start: text.indexOf('on Monday'), begins: 'on', ends: 'Monday' };
  const evidence = { ...span, end: span.start + 'on Monday'.length, sha256: sha256('on Monday') };
  const first = { kind: 'departure', ship: 'anna', left: { date: '2022-02-14', rests: 'words' } };
  writeFiles(folder, {
    'schema/crossings.schema.json': { ...crossings, properties: { ...crossings.properties, stay, withdrawn } },
    'raw/crossings/first.json': {
      id: 'first',
      ...first,
      withdrawn: { date: '2022-03-01', reason: 'Wrong day.' },
      evidence: [{ ...evidence, supports: ['/left/date'] }],
    },
    'raw/crossings/second.json': {
      id: 'second',
      ...first,
      left: { ...first.left, date: '2022-02-13' },
      evidence: [{ ...evidence, supports: ['/left/date'] }],
    },
  });
  const { page, messages } = await openWorkbench(browser, folder, laptop, 'log');
  await page.getByRole('button', { name: 'second' }).waitFor();
  await beginCrossing(page, '3 March 2022');
  await page.getByRole('textbox', { name: 'Day', exact: true }).focus();
  const near = page.getByRole('group', { name: 'Dates of records about this paragraph' });
  await expect.poll(() => near.allTextContents()).toEqual(['second › Departure:Use 2022-02-13']);
  await page.keyboard.press('Alt+A');
  await choose(page, 'stay');
  await atField(page, '/stay/from');
  await page.keyboard.press('Enter');
  await expect.poll(() => page.locator('[data-pointer="/stay/from"] input').inputValue()).toBe('2022-03-03');
  expect(messages).toEqual([]);
});

test('a planned day is no time of what was reported, and Alt+J fills in before it cites', async () => {
  const words = 'They are to cross on Monday, it said.';
  const folder = resolving(words, 'en');
  const file = path.join(folder, 'schema/crossings.schema.json');
  const crossings: { readonly properties: object } = JSON.parse(fs.readFileSync(file, 'utf8'));
  const day = { type: 'string', format: 'edtf' };
  const text = { type: 'string', 'x-evidence': true };
  const properties = {
    word: text,
    other: { ...text, title: 'Other' },
    ...crossings.properties,
    on: { ...day, 'x-at-most': '/reported' },
    reported: day,
    more: { title: 'More', type: 'object', properties: { one: { type: 'string' } }, required: ['one'] },
  };
  writeFiles(folder, {
    'schema/crossings.schema.json': { ...crossings, properties, required: ['id', 'word', 'other', 'kind'] },
  });
  const { page, messages } = await openWorkbench(browser, folder, laptop, 'log');
  const { keyboard } = page;
  await page.locator('#text .piece').first().waitFor();
  await keyboard.press('Alt+N');
  await choose(page, 'Crossings');
  await atField(page, '/word');
  await keyboard.type('Boats');
  await page.locator('[data-pointer="/kind"]').getByRole('radio').first().focus();
  // the first text lacks evidence, the second is empty
  await keyboard.press('Alt+J');
  await atField(page, '/other');
  await findWords(page, 'are to cross on Monday');
  await keyboard.press('Escape');
  await keyboard.press('Alt+A');
  await choose(page, 'on');
  await atField(page, '/on');
  const offers = page.locator('[data-pointer="/on"] [data-enter]');
  await expect.poll(() => offers.allTextContents()).toEqual(['Use [..2022-02-15] if no date is given']);
  // what is added and left empty is named
  await page.locator('[data-pointer="/other"] :is(input, textarea)').fill('Ferries');
  await page.locator('[data-pointer="/kind"]').getByRole('radio').first().check();
  await findWords(page, words);
  await keyboard.press('Alt+Shift+E');
  await keyboard.press('Alt+A');
  await choose(page, 'more');
  await atField(page, '/more/one');
  await keyboard.press('Alt+J');
  await noticed(page, 'This record is complete: press Ctrl+S to save it. Left out, since empty: on and More.');
  expect(messages).toEqual([]);
});

test('Enter takes the date that typed words can only mean, or goes to the first of several', async () => {
  const { page, messages } = await openWorkbench(browser, resolving('The ferry left.', 'en'), laptop, 'log');
  const { keyboard } = page;
  await beginCrossing(page, 'The ferry left');
  const day = page.getByRole('textbox', { name: 'Day', exact: true });
  await day.focus();
  await keyboard.type('early March 2022');
  await keyboard.press('Enter');
  await expect.poll(() => day.inputValue()).toBe('2022-03-01~/2022-03-10~');
  // a date that is written as such stays
  await keyboard.press('Enter');
  await day.fill('on Monday');
  await keyboard.press('Enter');
  await expect.poll(() => page.evaluate('document.activeElement.innerText')).toMatch(/2022-02-14/);
  await expect.poll(() => day.inputValue()).toBe('on Monday');
  await keyboard.press('Enter');
  await expect.poll(() => day.inputValue()).toBe('2022-02-14');
  expect(messages).toEqual([]);
});

test.each([
  ['without words of its own', 'late at sea', {}],
  ['with a day after its limit', 'late to 1 March 2022', { 'x-at-most': '/said' }],
])('%s, the status of something is as of the time of saying, and cites what shows that', async (_, status, limit) => {
  const words = `It said on Saturday that it was ${status}.`;
  const folder = resolving(words, 'en');
  const file = path.join(folder, 'schema/crossings.schema.json');
  const crossings: { readonly properties: object } = JSON.parse(fs.readFileSync(file, 'utf8'));
  const day = { type: 'string', format: 'edtf', 'x-evidence': true };
  const properties = {
    ...crossings.properties,
    other: { ...day, title: 'Other' },
    said: { ...day, 'x-at-most': '/reported' },
    reported: day,
    as: { ...day, ...limit },
  };
  writeFiles(folder, { 'schema/crossings.schema.json': { ...crossings, properties } });
  const { page, messages } = await openWorkbench(browser, folder, laptop, 'log');
  const { keyboard } = page;
  await beginCrossing(page, 'on Saturday');
  const add = async (name: string, at: string): Promise<void> => {
    await keyboard.press('Alt+A');
    await choose(page, name);
    await atField(page, at);
  };
  await add('other', '/other');
  await keyboard.type('2022-01-01');
  await add('said', '/said');
  await keyboard.type('2022-02-12');
  await findWords(page, status);
  await keyboard.press('Escape');
  await keyboard.press('Alt+W');
  await page.locator('.in-hand', { hasText: status }).waitFor();
  await add('as', '/as');
  const own = page.getByRole('group', { name: 'Other dates of this record' });
  await expect.poll(() => own.locator('.builders > span').allTextContents()).toEqual(['said:', 'Other:']);
  await keyboard.press('Enter');
  await atOffer(page, 'Other dates of this record');
  await keyboard.press('Enter');
  await expect.poll(() => page.locator('[data-pointer="/as"] input').inputValue()).toBe('2022-02-12');
  const chips = page.locator('[data-pointer="/as"] .chip [aria-hidden]');
  await expect.poll(() => chips.allTextContents()).toEqual(['on Saturday', status]);
  expect(messages).toEqual([]);
});

test('of a limit without a date, that of its own limit counts', async () => {
  const folder = resolving('It is late to 1 March 2022.', 'en');
  const file = path.join(folder, 'schema/crossings.schema.json');
  const crossings: { readonly properties: object } = JSON.parse(fs.readFileSync(file, 'utf8'));
  const day = { type: 'string', format: 'edtf' };
  const properties = {
    ...crossings.properties,
    as: { ...day, 'x-at-most': '/said' },
    said: { ...day, 'x-at-most': '/reported' },
    reported: day,
  };
  writeFiles(folder, { 'schema/crossings.schema.json': { ...crossings, properties } });
  const { page } = await openWorkbench(browser, folder, laptop, 'log');
  const add = async (name: string): Promise<void> => {
    await page.keyboard.press('Alt+A');
    await choose(page, name);
    await atField(page, `/${name}`);
  };
  await beginCrossing(page, '1 March 2022');
  await add('as');
  // the day of the source is 15 February
  await expect.poll(() => keyShown(page)).toEqual(['Enter Enter']);
  await add('reported');
  await page.keyboard.type('2022-03-02');
  await page.locator('[data-pointer="/as"] input').focus();
  await expect.poll(() => keyShown(page)).toEqual(['Enter']);
});

test('something was said on one day of a week, and lasted the whole week: that is offered first', async () => {
  const folder = resolving('It said last week that it was late.', 'en');
  const file = path.join(folder, 'schema/crossings.schema.json');
  const crossings: { readonly properties: object } = JSON.parse(fs.readFileSync(file, 'utf8'));
  const day = { type: 'string', format: 'edtf' };
  const properties = {
    ...crossings.properties,
    said: { ...day, 'x-at-most': '/reported' },
    reported: day,
    lasted: day,
  };
  writeFiles(folder, { 'schema/crossings.schema.json': { ...crossings, properties } });
  const { page } = await openWorkbench(browser, folder, laptop, 'log');
  await beginCrossing(page, 'last week');
  const meanings = page.getByRole('group', { name: 'Dates in the text' }).locator('.meaning');
  for (const [name, first] of [
    ['said', 'one day of the week'],
    ['lasted', 'the whole week'],
  ] as const) {
    await page.keyboard.press('Alt+A');
    await choose(page, name);
    await atField(page, `/${name}`);
    await expect.poll(async () => (await meanings.allTextContents())[0]).toBe(first);
  }
});
