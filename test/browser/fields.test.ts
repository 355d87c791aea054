import fs from 'node:fs';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newsroom, ukrainian } from '../support/articles.ts';
import { resolving } from '../support/departures.ts';
import { crossing, schemas, sha256 } from '../support/fixture.ts';
import { writeFiles } from '../support/run.ts';
import { picture, laptop, wide } from './browser.ts';
import { startChromium } from './chromium.mjs';
import { atField, choose, findWords, openWorkbench, noticed, inForm } from './curator.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await startChromium();
});
afterAll(() => browser.close());

const file = 'schema/crossings.schema.json';

/** The crossings with a description of each property. */
function described(): object {
  const crossings: { readonly properties: Readonly<Record<string, object>> } = JSON.parse(
    JSON.stringify(schemas[file]),
  );
  const properties = Object.entries(crossings.properties).map(([name, property]) => [
    name,
    { ...property, description: `What ${name} means.` },
  ]);
  return { ...crossings, properties: Object.fromEntries(properties) };
}

test('the field in focus says what it means, on the screen and to a screen reader', async () => {
  const folder = newsroom();
  writeFiles(folder, { [file]: described() });
  const { page, messages } = await openWorkbench(browser, folder, wide, 'gazette');
  await page.getByRole('button', { name: 'monday-ystad' }).click();
  await atField(page, '/kind');
  // the first field has the focus: leave it
  await page.locator('#text').focus();
  for (const name of ['kind', 'ship', 'port', 'on', 'cars', 'length', 'stops']) {
    const field = page.locator(`[data-pointer="/${name}"]`);
    const about = field.getByText(`What ${name} means.`, { exact: true });
    await expect.poll(() => about.isVisible(), { message: name }).toBe(false);
    // before it has the focus, a tooltip says it
    await expect
      .poll(() => field.getByTitle(`What ${name} means.`, { exact: true }).first().isVisible(), { message: name })
      .toBe(true);
    if (name === 'stops') await field.locator('[data-add="/stops"]').focus();
    else await field.locator('input').first().focus();
    await about.waitFor();
    const id = (await about.getAttribute('id')) ?? '';
    expect(
      await page
        .locator(`[data-pointer="/${name}"] [aria-describedby~="${id}"], fieldset[aria-describedby~="${id}"]`)
        .count(),
      name,
    ).toBeGreaterThan(0);
  }
  await picture(page, 'described');
  expect(messages).toEqual([]);
});

test('a date in words says which date it can mean; a button takes it, and its days are shown', async () => {
  const { page } = await openWorkbench(browser, newsroom(), wide, 'gazette');
  await page.getByRole('button', { name: 'monday-ystad' }).click();
  const on = page.getByRole('textbox', { name: 'on', exact: true });
  for (const [words, date, days] of [
    ['early March 2022', '2022-03-01~/2022-03-10~', 'from about 1 March 2022 to about 10 March 2022'],
    ['as of 3 March 2022', '2022-03-03', 'Thursday 3 March 2022'],
    ['about March 2022', '2022-03~', 'about March 2022'],
  ] as const) {
    await on.fill(words);
    const use = page.getByRole('button', { name: `Use ${date}`, exact: true });
    await use.press('Enter');
    await use.waitFor({ state: 'detached' });
    await expect.poll(() => on.inputValue()).toBe(date);
    await atField(page, '/on');
    await page.locator('output', { hasText: days }).waitFor();
  }
});

test('Enter in a list without a match stays in the field, and says so; a new record takes an arrow key first', async () => {
  const folder = newsroom();
  const kinds = ['departure', 'arrival', 'detour', 'delay', 'stop'].map((code) => ({ const: code, description: code }));
  const schema = JSON.parse(JSON.stringify(schemas[file]), (key, value: unknown) => (key === 'oneOf' ? kinds : value));
  writeFiles(folder, { [file]: schema });
  const { page, messages } = await openWorkbench(browser, folder, wide, 'gazette');
  const { keyboard } = page;
  await page.locator('#text .piece').first().waitFor();
  await keyboard.press('Alt+N');
  await choose(page, 'Crossings');
  await atField(page, '/kind');
  await keyboard.type('Ystad');
  await keyboard.press('Enter');
  await page.locator('[data-pointer="/kind"]').getByText('No choice has these words.').waitFor();
  await picture(page, 'no-match');
  await atField(page, '/kind');
  await keyboard.press('Control+A');
  await choose(page, 'dep');
  await keyboard.press('Alt+J');
  await atField(page, '/ship');
  await keyboard.type('Berta');
  // before and after the answer
  await keyboard.press('Enter');
  await page.locator('[data-pointer="/ship"]').getByText('No record has these words.').waitFor();
  await keyboard.press('Enter');
  await picture(page, 'no-record-matches');
  await atField(page, '/ship');
  await page.getByRole('heading', { name: 'Crossings: new record' }).waitFor();
  await expect.poll(() => page.getByRole('combobox', { name: 'ship' }).inputValue()).toBe('Berta');
  await keyboard.press('ArrowDown');
  await keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Ships: new record' }).waitFor();
  expect(messages).toEqual([]);
});

test('an error is next to its field: what explains the field comes after it', async () => {
  const folder = newsroom();
  writeFiles(folder, { [file]: described(), 'raw/crossings/monday-ystad.json': { ...crossing, kind: 'sunk' } });
  const { page, messages } = await openWorkbench(browser, folder, wide, 'gazette');
  await page.getByRole('button', { name: 'monday-ystad' }).click();
  await inForm(page);
  await page.getByRole('textbox', { name: 'on', exact: true }).fill('28 Feb');
  await page.getByRole('textbox', { name: 'cars', exact: true }).fill('many');
  for (const [name, control] of [
    ['on', 'input'],
    ['cars', 'input'],
    ['kind', '.radios'],
  ] as const) {
    const field = page.locator(`[data-pointer="/${name}"]`);
    await field.locator('input').first().focus();
    await field.locator('.problems .error').waitFor();
    await field.getByText(`What ${name} means.`, { exact: true }).waitFor();
    await picture(page, `error-${name}`);
    const [box, error] = await Promise.all([control, '.problems'].map((each) => field.locator(each).boundingBox()));
    if (box == null || error == null) throw new Error(`${name} is not in view`);
    expect(Math.abs(error.y - box.y - box.height), name).toBeLessThan(6);
  }
  expect(messages).toEqual([]);
});

test('one of a few values is chosen by its first letters; a saved record is not to be saved again', async () => {
  const folder = newsroom();
  const crossings = JSON.stringify(schemas[file]);
  const kinds = ['departure', 'detour', 'arrival', 'anchored'].map((code) => ({ const: code, description: code }));
  const schema = JSON.parse(crossings, (key, value: unknown) => (key === 'oneOf' ? kinds : value));
  writeFiles(folder, { [file]: schema });
  const { page } = await openWorkbench(browser, folder, wide, 'gazette');
  const { keyboard } = page;
  await page.getByRole('button', { name: 'monday-ystad' }).click();
  const chosen = page.locator('[data-pointer="/kind"] input:checked');
  await chosen.focus();
  for (const [typed, kind] of [
    ['det', 'detour'],
    ['A', 'arrival'],
    ['nchor', 'anchored'],
    ['dx', 'departure'],
  ] as const) {
    await keyboard.type(typed);
    await expect.poll(() => page.locator('[data-pointer="/kind"] label:has(:checked)').textContent()).toBe(kind);
  }
  await keyboard.type('anc');
  await keyboard.press('Alt+J');
  await noticed(page, 'This record is complete: press Ctrl+S to save it.');
  await keyboard.press('Control+S');
  await noticed(page, /^Saved: /);
  await keyboard.press('Alt+J');
  await noticed(page, 'This record is complete and saved.');
});

test('dates in the words of the source have buttons: where two days are possible, one for each', async () => {
  const folder = newsroom();
  const text = `${ukrainian}Наступний рейс буде 12 березня.\n`;
  const papers: { readonly properties: object } = JSON.parse(
    fs.readFileSync(path.join(folder, 'schema/papers.schema.json'), 'utf8'),
  );
  const properties = {
    ...papers.properties,
    published: { type: 'string', format: 'date', 'x-issued': true },
    language: { type: 'string', 'x-language': true },
  };
  const crossings: { readonly properties: object } = JSON.parse(
    fs.readFileSync(path.join(folder, 'schema/crossings.schema.json'), 'utf8'),
  );
  const citedDay = { type: 'string', format: 'edtf', 'x-evidence': true };
  const paper = { id: 'log', published: '2022-02-28', language: 'uk' };
  writeFiles(folder, {
    'schema/papers.schema.json': { ...papers, properties },
    'schema/crossings.schema.json': { ...crossings, properties: { ...crossings.properties, on: citedDay } },
    'raw/papers/log.json': { ...paper, document: { file: 'log.txt', sha256: sha256(text) } },
    'sources/log.txt': text,
  });
  const { page, messages } = await openWorkbench(browser, folder, laptop, 'log');
  const { keyboard } = page;
  await page.locator('#text .piece').first().waitFor();
  await findWords(page, 'У вівторок він прибув до Треллеборга');
  await keyboard.press('Alt+N');
  await choose(page, 'Crossings');
  const on = page.getByRole('textbox', { name: 'on', exact: true });
  await on.focus();
  const offers = page.getByRole('group', { name: 'Dates in the text' });
  await offers.getByText('relative to 2022-02-28').waitFor();
  await picture(page, 'dates-offered');
  await expect
    .poll(() => offers.getByRole('button').allTextContents())
    .toEqual([
      'Use 2022-02-22 the Tuesday before',
      'Use 2022-03-01 the Tuesday after',
      'Use [2022-02-22,2022-03-01] one of these',
    ]);
  // nothing is written unasked
  await expect.poll(() => on.inputValue()).toBe('');
  await offers.getByRole('button', { name: 'Use 2022-03-01' }).press('Enter');
  await expect.poll(() => on.inputValue()).toBe('2022-03-01');
  await atField(page, '/on');
  // the words that the button quotes, not the longer ones in hand
  const cited = page.locator('[data-pointer="/on"] .chip [aria-hidden]');
  await expect.poll(() => cited.allTextContents()).toEqual(['У вівторок']);
  await offers.waitFor({ state: 'detached' });
  // typed words are understood too
  for (const [words, date] of [
    ['12 березня 2022 року', '2022-03-12'],
    ['у вівторок', '2022-02-22'],
    ['на початку березня 2022', '2022-03-01~/2022-03-10~'],
  ] as const) {
    await on.fill(words);
    const use = page.getByRole('button', { name: `Use ${date}`, exact: true });
    await use.waitFor();
    await picture(page, `dates-typed-${date.slice(0, 10)}`);
    await use.press('Enter');
    await expect.poll(() => on.inputValue()).toBe(date);
  }
  // the selected words count where no field cites words yet
  await keyboard.press('Alt+W');
  await keyboard.press('Alt+W');
  await on.fill('');
  await findWords(page, '12 березня');
  await page.getByRole('group', { name: 'Dates in the text' }).getByRole('button', { name: 'Use 2022-03-12' }).click();
  await expect.poll(() => on.inputValue()).toBe('2022-03-12');
  await expect.poll(() => cited.allTextContents()).toEqual(['12 березня']);
  expect(messages).toEqual([]);
});

test('the date of the source is offered with its words, and as a limit where no date is given', async () => {
  const { page, messages } = await openWorkbench(browser, resolving(), laptop, 'log');
  const { keyboard } = page;
  await page.locator('#text .piece').first().waitFor();
  await findWords(page, 'Le ferry est parti lundi.');
  await keyboard.press('Alt+N');
  await choose(page, 'Crossings');
  const box = (name: string) => page.getByRole('textbox', { name, exact: true });
  const chosen = (): Promise<readonly string[]> => page.locator('label:has(input:checked)').allInnerTexts();
  const [day, because] = [box('Day'), box('Because')];
  const cited = page.locator('[data-pointer="/left/date"] .chip [aria-hidden]');
  await day.focus();
  const offers = page.getByRole('group', { name: 'The date of the source' });
  await expect
    .poll(() => offers.getByRole('button').allTextContents())
    .toEqual(['Use 2022-02-15', 'Use [..2022-02-15] if no date is given']);
  await picture(page, 'source-date');
  await offers.getByRole('button', { name: 'Use [..2022-02-15]' }).click();
  await expect
    .poll(() => because.inputValue())
    .toMatch(/^No date is given: no later than .*, the date of the source\.$/);
  await expect.poll(async () => [await day.inputValue(), await chosen()]).toEqual(['[..2022-02-15]', ['guess']]);
  await expect.poll(() => cited.allTextContents()).toEqual(['Le ferry est parti lundi.']);
  await picture(page, 'source-date-taken');
  // changed by hand, it has no sentence until it is that date again
  await day.fill('[..2022-02-14]');
  await expect.poll(() => because.inputValue()).toBe('');
  await day.fill('[..2022-02-15]');
  await expect.poll(() => because.inputValue()).toMatch(/^No date is given/);
  // another date takes the place of all of that
  await day.fill('');
  await offers.getByRole('button', { name: 'Use 2022-02-15' }).click();
  await expect.poll(() => day.inputValue()).toBe('2022-02-15');
  await expect.poll(chosen).toEqual(['words']);
  await expect.poll(() => because.count()).toBe(0);
  await expect.poll(() => cited.allTextContents()).toContain('mardi 15');
  // the record of the source itself is not offered its own date
  await keyboard.press('Alt+R');
  await choose(page, 'log');
  await box('published').waitFor();
  await box('published').fill('');
  await expect.poll(() => page.getByRole('button', { name: /^Use / }).count()).toBe(0);
  expect(messages).toEqual([]);
});

test('Enter in an empty date or number takes the first offer, also before it is there', async () => {
  const story = 'Le ferry est parti hier avec 40 voitures. Il reviendra le 12 mars 2022.';
  const { page, messages } = await openWorkbench(browser, resolving(story), laptop, 'log');
  const { keyboard } = page;
  await page.locator('#text .piece').first().waitFor();
  await findWords(page, 'Le ferry est parti hier avec 40 voitures.');
  await keyboard.press('Alt+N');
  await choose(page, 'Crossings');
  const day = page.getByRole('textbox', { name: 'Day', exact: true });
  await day.focus();
  await page.locator('[data-pointer="/left/date"] [aria-keyshortcuts="Enter"]').waitFor();
  await picture(page, 'first-offer');
  await keyboard.press('Enter');
  await expect.poll(() => day.inputValue()).toBe('2022-02-14');
  await keyboard.press('Control+Z');
  await day.focus();
  // what follows waits for the offer: the first one is that of the words, not the date of the source
  await keyboard.press('Enter');
  await keyboard.press('Alt+A');
  await choose(page, 'cars');
  await atField(page, '/cars');
  await expect.poll(() => day.inputValue()).toBe('2022-02-14');
  await keyboard.press('Enter');
  await expect.poll(() => page.getByRole('textbox', { name: 'cars' }).inputValue()).toBe('40');
  // a field that is filled in is left alone
  await keyboard.press('Enter');
  await noticed(page, 'Filled in: cars.');
  // the words of another date may not be meant here: Enter only goes to what they offer
  await keyboard.press('Alt+A');
  await choose(page, 'on');
  await atField(page, '/on');
  await keyboard.press('Enter');
  await expect.poll(() => page.evaluate('document.activeElement.textContent')).toBe('Use 2022-02-15');
  await expect.poll(() => page.getByRole('textbox', { name: 'on', exact: true }).inputValue()).toBe('');
  expect(messages).toEqual([]);
});

test('Alt+Shift+E cites no words for a date whose own words are elsewhere', async () => {
  const story = 'Le ferry est parti lundi. Il avait 40 voitures.';
  const { page, messages } = await openWorkbench(browser, resolving(story), laptop, 'log');
  const { keyboard } = page;
  await page.locator('#text .piece').first().waitFor();
  await findWords(page, 'lundi');
  await keyboard.press('Alt+N');
  await choose(page, 'Crossings');
  const day = page.getByRole('textbox', { name: 'Day', exact: true });
  await day.focus();
  await keyboard.press('Enter');
  await keyboard.press('Enter');
  await expect.poll(() => day.inputValue()).toBe('2022-02-14');
  await keyboard.press('Alt+D');
  await page.getByText('Copied without').waitFor();
  await findWords(page, 'Il avait 40 voitures.');
  await keyboard.press('Alt+Shift+E');
  await noticed(page, /Not for .*Day.* and .*Words: the words do not have it/);
  await expect.poll(() => page.locator('[data-pointer="/left/date"] .chip').count()).toBe(0);
  await findWords(page, 'parti lundi');
  await keyboard.press('Alt+Shift+E');
  await expect.poll(() => page.locator('[data-pointer="/left/date"] .chip').count()).toBe(1);
  expect(messages).toEqual([]);
});

test('a click on the name of a code chooses it, also while the text of another field is selected', async () => {
  const { page, messages } = await openWorkbench(browser, newsroom(), laptop, 'gazette');
  await page.getByRole('button', { name: 'monday-ystad' }).click();
  await atField(page, '/kind');
  const cars = page.getByRole('textbox', { name: 'cars' });
  await cars.focus();
  await cars.selectText();
  await page.locator('label', { hasText: 'arrival' }).click();
  await expect.poll(() => page.getByRole('radio', { name: 'arrival' }).isChecked()).toBe(true);
  expect(messages).toEqual([]);
});

test('Tab selects a short text; a code is completed by the name it has; Shift+Enter twice makes a record', async () => {
  const folder = newsroom();
  const schemaOf = (name: string): { readonly properties: object } =>
    JSON.parse(fs.readFileSync(path.join(folder, `schema/${name}.schema.json`), 'utf8'));
  const [crossings, ships] = [schemaOf('crossings'), schemaOf('ships')];
  const codes = ['LT', 'LV', 'EE', 'SE', 'FI', 'DK'];
  const names = ['Lithuania', 'Latvia', 'Estonia', 'Sweden', 'Finland', 'Denmark'];
  const flag = { title: 'Flag', oneOf: codes.map((code, i) => ({ const: code, description: names[i] })) };
  const about = { title: 'About', type: 'string', 'x-references': ['ships', 'ports'] };
  writeFiles(folder, {
    'schema/crossings.schema.json': { ...crossings, properties: { about, ...crossings.properties } },
    'schema/ships.schema.json': { ...ships, properties: { ...ships.properties, flag } },
  });
  const { page, messages } = await openWorkbench(browser, folder, laptop, 'gazette');
  const { keyboard } = page;
  await page.locator('#text .piece').first().waitFor();
  await keyboard.press('Alt+N');
  await choose(page, 'Crossings');
  await keyboard.press('Alt+A');
  await choose(page, 'about');
  await keyboard.type('Zora');
  await page.getByText('press Shift+Enter twice to make one').waitFor();
  await keyboard.press('Shift+Enter');
  await page.getByRole('option', { name: 'New record in Ships: Zora…', selected: true }).waitFor();
  // another one can still be meant
  await keyboard.press('ArrowDown');
  await page.getByRole('option', { name: /^New record in .*orts: Zora…/, selected: true }).waitFor();
  await keyboard.press('ArrowUp');
  await keyboard.press('Shift+Enter');
  await page.getByRole('heading', { name: 'Ships: new record' }).waitFor();
  const name = page.getByRole('textbox', { name: 'name', exact: true });
  await expect.poll(() => name.inputValue()).toBe('Zora');
  await atField(page, '/name');
  await page.getByRole('textbox', { name: 'id', exact: true }).focus();
  await keyboard.press('Tab');
  await keyboard.type('Zora Nord');
  await expect.poll(() => name.inputValue()).toBe('Zora Nord');
  await keyboard.press('Alt+A');
  await choose(page, 'Flag');
  await keyboard.type('lith');
  await keyboard.press('Control+S');
  await atField(page, '/about');
  await expect.poll(() => page.getByRole('combobox', { name: 'About' }).inputValue()).toBe('zora-nord');
  const saved: unknown = JSON.parse(fs.readFileSync(path.join(folder, 'raw/ships/zora-nord.json'), 'utf8'));
  expect(saved).toMatchObject({ flag: 'LT' });
  // its name beside the reference is the one that it has now
  await page.locator('[data-pointer="/about"]').getByText('Zora Nord', { exact: true }).waitFor();
  expect(messages).toEqual([]);
});

test('undo takes back an empty field that was added, and then the change before it', async () => {
  const { page, messages } = await openWorkbench(browser, newsroom(), laptop, 'gazette');
  const { keyboard } = page;
  await page.getByRole('button', { name: 'monday-ystad' }).click();
  await atField(page, '/kind');
  const cars = page.getByRole('textbox', { name: 'cars' });
  await cars.fill('41');
  await keyboard.press('Alt+A');
  await choose(page, 'remark');
  const remark = page.locator('[data-pointer="/remark"]');
  await atField(page, '/remark');
  await keyboard.press('Control+Z');
  await remark.waitFor({ state: 'detached' });
  await atField(page, '/cars');
  await expect.poll(() => cars.inputValue()).toBe('41');
  await keyboard.press('Control+Z');
  await expect.poll(() => cars.inputValue()).toBe('40');
  // a save leaves no empty object that was added
  await keyboard.press('Alt+A');
  await choose(page, 'withdrawn');
  const withdrawn = page.locator('[data-pointer="/withdrawn"]');
  await withdrawn.waitFor();
  await cars.fill('42');
  await keyboard.press('Control+S');
  await withdrawn.waitFor({ state: 'detached' });
  expect(messages).toEqual([]);
});

test('undo takes back each added field in turn, and redo adds it again', async () => {
  const { page, messages } = await openWorkbench(browser, newsroom(), laptop, 'gazette');
  const { keyboard } = page;
  const shown = async (): Promise<readonly string[]> => {
    const all = await page.locator('#form [data-pointer]').evaluateAll((each) => each.map((at) => at.dataset.pointer));
    return ['/remark', '/withdrawn', '/length'].filter((pointer) => all.includes(pointer));
  };
  await page.locator('#text .piece').first().waitFor();
  await keyboard.press('Alt+N');
  await choose(page, 'Crossings');
  await atField(page, '/kind');
  await page.getByRole('radio', { name: 'arrival' }).check();
  for (const name of ['remark', 'length']) {
    await keyboard.press('Alt+A');
    await choose(page, name);
    await atField(page, `/${name}`);
  }
  await keyboard.type('120');
  // a group, whose first field gets the focus
  await keyboard.press('Alt+A');
  await choose(page, 'withdrawn');
  await atField(page, '/withdrawn/date');
  const length = page.getByRole('textbox', { name: 'length' });
  const kind = page.getByRole('radio', { name: 'arrival' });
  const steps = [
    { fields: ['/remark', '/withdrawn', '/length'], at: '/withdrawn/date' },
    { fields: ['/remark', '/length'], at: '/length' },
    // without its text
    { fields: ['/remark', '/length'], at: '/length' },
    { fields: ['/remark'], at: '/remark' },
    { fields: [], at: '/kind' },
  ];
  for (const { fields, at } of steps.slice(1)) {
    await keyboard.press('Control+Z');
    await expect.poll(shown).toEqual(fields);
    await atField(page, at);
  }
  expect(await kind.isChecked()).toBe(true);
  await keyboard.press('Control+Z');
  await expect.poll(() => kind.isChecked()).toBe(false);
  await keyboard.press('Control+Shift+Z');
  await expect.poll(() => kind.isChecked()).toBe(true);
  for (const { fields } of steps.toReversed().slice(1)) {
    await keyboard.press('Control+Shift+Z');
    await expect.poll(shown).toEqual(fields);
  }
  await atField(page, '/withdrawn/date');
  await expect.poll(() => length.inputValue()).toBe('120');
  // a group that is removed comes back, too
  await page.getByRole('button', { name: 'Remove withdrawn', exact: true }).click();
  await expect.poll(shown).toEqual(['/remark', '/length']);
  await keyboard.press('Control+Z');
  await expect.poll(shown).toEqual(['/remark', '/withdrawn', '/length']);
  expect(messages).toEqual([]);
});

test('a first save keeps which fields undo takes back; a discarded draft leaves no empty field', async () => {
  const { page, messages } = await openWorkbench(browser, newsroom(), laptop, 'gazette');
  const { keyboard } = page;
  const [cars, remark] = [page.getByRole('textbox', { name: 'cars' }), page.locator('[data-pointer="/remark"]')];
  await page.getByRole('button', { name: 'monday-ystad' }).click();
  await atField(page, '/kind');
  await keyboard.press('Alt+A');
  await choose(page, 'remark');
  await atField(page, '/remark');
  await keyboard.press('Alt+A');
  await choose(page, 'withdrawn');
  await atField(page, '/withdrawn/date');
  await cars.fill('41');
  await page.getByRole('button', { name: /^Discard/ }).click();
  await page.getByRole('button', { name: 'Discard the draft' }).click();
  await noticed(page, 'The draft is discarded.');
  await expect.poll(() => cars.inputValue()).toBe('40');
  await remark.waitFor({ state: 'detached' });
  await page.locator('[data-pointer="/withdrawn"]').waitFor({ state: 'detached' });
  // a new record, whose identifier comes with its save
  await keyboard.press('Alt+N');
  await choose(page, 'Ports');
  await atField(page, '/name');
  await keyboard.type('Gdynia');
  await keyboard.press('Alt+A');
  await choose(page, 'withdrawn');
  await atField(page, '/withdrawn/date');
  await keyboard.press('Control+S');
  await noticed(page, 'Saved: raw/ports/gdynia.json');
  await keyboard.press('Control+Z');
  await page.locator('[data-pointer="/withdrawn"]').waitFor({ state: 'detached' });
  await expect.poll(() => page.getByRole('textbox', { name: 'name', exact: true }).inputValue()).toBe('Gdynia');
  await keyboard.press('Control+Shift+Z');
  await page.locator('[data-pointer="/withdrawn"]').waitFor();
  expect(messages).toEqual([]);
});

test('a date without an end keeps the sentence about its beginning, in one step', async () => {
  const { page, messages } = await openWorkbench(browser, resolving(), laptop, 'log');
  const { keyboard } = page;
  await page.locator('#text .piece').first().waitFor();
  await findWords(page, 'Le ferry est parti lundi.');
  await keyboard.press('Alt+N');
  await choose(page, 'Crossings');
  const box = (name: string) => page.getByRole('textbox', { name, exact: true });
  const press = (name: string): Promise<void> =>
    page.locator('[data-pointer="/left/date"]').getByRole('button', { name, exact: true }).click();
  const [day, because] = [box('Day'), box('Because')];
  const both = (): Promise<readonly string[]> => Promise.all([day.inputValue(), because.inputValue()]);
  const read = 'Read "lundi" as the last Monday before 15 February 2022, the date of the source';
  await day.focus();
  await page.getByRole('button', { name: 'Use 2022-02-14' }).click();
  await expect.poll(both).toEqual(['2022-02-14', `${read}.`]);
  // how exact it is changes nothing about how it was found
  await press('Approximate');
  await expect.poll(both).toEqual(['2022-02-14~', `${read}.`]);
  await press('Approximate');
  await expect.poll(both).toEqual(['2022-02-14', `${read}.`]);
  await press('Uncertain');
  await expect.poll(both).toEqual(['2022-02-14?', `${read}.`]);
  await press('Uncertain');
  await press('No end date');
  await expect.poll(both).toEqual(['2022-02-14/..', `${read}; no end is given.`]);
  await picture(page, 'no-end-date');
  // no button makes a range or a choice of this one, which would be no date
  expect(await page.getByRole('button', { name: /^(No end date|One of)$/ }).count()).toBe(0);
  await keyboard.press('Control+Z');
  await expect.poll(both).toEqual(['2022-02-14', `${read}.`]);
  await keyboard.press('Control+Shift+Z');
  // the end that is typed is selected
  await day.press('End');
  for (let i = 0; i < 2; i++) await keyboard.press('Backspace');
  await keyboard.type('2022-02-16');
  await expect.poll(both).toEqual(['2022-02-14/2022-02-16', '']);
  await keyboard.press('Alt+A');
  await choose(page, 'on');
  await box('on').fill('2022-02-17');
  await day.fill('');
  await press('Use 2022-02-17');
  await press('No end date');
  const since = 'No date is given: from 17 February 2022 on, the date of “on”.';
  await expect.poll(both).toEqual(['2022-02-17/..', since]);
  await day.fill('2022-02-16');
  await expect.poll(both).toEqual(['2022-02-16', '']);
  await because.fill('The log is of the day after.');
  await press('No end date');
  await expect.poll(both).toEqual(['2022-02-16/..', 'The log is of the day after.']);
  expect(messages).toEqual([]);
});

test('another date of the record is offered, and the time from then on, with the sentence for it', async () => {
  const { page, messages } = await openWorkbench(browser, resolving(), laptop, 'log');
  const { keyboard } = page;
  await page.locator('#text .piece').first().waitFor();
  await findWords(page, 'Le ferry est parti lundi.');
  await keyboard.press('Alt+N');
  await choose(page, 'Crossings');
  const box = (name: string) => page.getByRole('textbox', { name, exact: true });
  await keyboard.press('Alt+A');
  await choose(page, 'on');
  await box('on').fill('2022-02-14');
  const [day, because] = [box('Day'), box('Because')];
  await day.focus();
  const offers = page.getByRole('group', { name: 'Other dates of this record' });
  await expect
    .poll(() => offers.getByRole('button').allTextContents())
    .toEqual(['Use 2022-02-14', 'Use 2022-02-14/.. from then on']);
  await picture(page, 'own-dates');
  await offers.getByRole('button', { name: 'from then on' }).click();
  const since = 'No date is given: from 14 February 2022 on, the date of “on”.';
  await expect.poll(() => because.inputValue()).toBe(since);
  await expect.poll(() => day.inputValue()).toBe('2022-02-14/..');
  await expect.poll(() => page.locator('label:has(input:checked)').allInnerTexts()).toEqual(['guess']);
  // a sentence of an offer goes with its date
  await day.fill('2022-02-15');
  await expect.poll(() => because.inputValue()).toBe('');
  await expect.poll(() => offers.count()).toBe(0);
  expect(messages).toEqual([]);
});

test('the date of a source that cites no words for it is inferred, and the sentence goes with the next date', async () => {
  const folder = resolving();
  const paper = path.join(folder, 'raw/papers/log.json');
  const { evidence: _, ...log }: { readonly evidence: unknown } = JSON.parse(fs.readFileSync(paper, 'utf8'));
  writeFiles(folder, { 'raw/papers/log.json': log });
  const { page } = await openWorkbench(browser, folder, laptop, 'log');
  const { keyboard } = page;
  await page.locator('#text .piece').first().waitFor();
  await findWords(page, 'Le ferry est parti lundi.');
  await keyboard.press('Alt+N');
  await choose(page, 'Crossings');
  const box = (name: string) => page.getByRole('textbox', { name, exact: true });
  const chosen = (): Promise<readonly string[]> => page.locator('label:has(input:checked)').allInnerTexts();
  await box('Day').focus();
  const offers = page.getByRole('group', { name: 'The date of the source' });
  await offers.getByRole('button', { name: 'Use 2022-02-15' }).click();
  await expect
    .poll(() => box('Because').inputValue())
    .toBe('No date is given: Tuesday 15 February 2022, the date of the source.');
  await expect.poll(chosen).toEqual(['guess']);
  await box('Day').fill('');
  await page.getByRole('group', { name: 'Dates in the text' }).getByRole('button').first().click();
  await expect.poll(() => box('Because').inputValue()).toMatch(/^Read "lundi" as /);
  await expect.poll(chosen).toEqual(['reading']);
});

test('an offered date fills in what follows from it in one step, and overwrites nothing', async () => {
  const { page, messages, reload } = await openWorkbench(browser, resolving(), laptop, 'log');
  const { keyboard } = page;
  await page.locator('#text .piece').first().waitFor();
  await findWords(page, 'lundi');
  await keyboard.press('Alt+N');
  await choose(page, 'Crossings');
  const box = (name: string) => page.getByRole('textbox', { name, exact: true });
  const chosen = (): Promise<readonly string[]> => page.locator('label:has(input:checked)').allInnerTexts();
  const [day, words, because] = [box('Day'), box('Words'), box('Because')];
  await day.focus();
  const offers = page.getByRole('group', { name: 'Dates in the text' });
  await offers.getByRole('button').first().waitFor();
  await expect
    .poll(() => offers.getByRole('button').allTextContents())
    .toEqual([
      'Use 2022-02-14 the Monday before',
      'Use 2022-02-21 the Monday after',
      'Use [2022-02-14,2022-02-21] one of these',
    ]);
  await picture(page, 'resolving-offered');
  await offers.getByRole('button', { name: 'Use 2022-02-14' }).press('Enter');
  const because14 = 'Read "lundi" as the last Monday before 15 February 2022, the date of the source.';
  await expect.poll(() => because.inputValue()).toBe(because14);
  await expect
    .poll(async () => [await day.inputValue(), await words.inputValue(), await chosen()])
    .toEqual(['2022-02-14', 'lundi', ['reading']]);
  await atField(page, '/left/date');
  for (const pointer of ['/left/date', '/left/words'])
    await expect
      .poll(() => page.locator(`[data-pointer="${pointer}"] .chip [aria-hidden]`).allTextContents())
      .toEqual(['lundi']);
  // how it was worked out names no record
  await expect.poll(() => page.locator('[data-pointer="/id"] input').getAttribute('placeholder')).toBe('lundi');
  await page.getByText('Also filled in: Words, Rests on and Because. Press Ctrl+Z to undo.').waitFor();
  await page.getByText('Monday 14 February 2022').waitFor();
  await picture(page, 'resolving-taken');
  // one step takes all of it back
  await keyboard.press('Control+Z');
  await words.waitFor({ state: 'detached' });
  await expect.poll(async () => [await day.inputValue(), await because.count(), await chosen()]).toEqual(['', 0, []]);
  await keyboard.press('Control+Shift+Z');
  await expect.poll(() => because.inputValue()).toBe(because14);
  // another date replaces what was filled in with the one before
  await day.fill('');
  await offers.getByRole('button', { name: 'Use 2022-02-21' }).click();
  await expect
    .poll(() => because.inputValue())
    .toBe('Read "lundi" as the first Monday after 15 February 2022, the date of the source.');
  // also in a duplicate, and after a reload
  await keyboard.press('Alt+D');
  await expect.poll(() => page.getByRole('heading', { level: 2 }).textContent()).toContain('new record');
  await page.getByText('Drafts: 2').waitFor();
  await reload();
  await expect.poll(() => words.inputValue()).toBe('lundi');
  await day.fill('avant la fin du mois');
  await page.getByRole('button', { name: 'Use [..2022-02-28]', exact: true }).click();
  await expect.poll(() => because.inputValue()).toMatch(/^Read "avant la fin du mois" as /);
  await day.fill('lundi');
  await page.getByRole('button', { name: 'Use 2022-02-21', exact: true }).click();
  await expect.poll(() => because.inputValue()).toMatch(/^Read "lundi" as the first Monday/);
  // but nothing that the curator has written
  await because.fill('The ferry always leaves on Mondays.');
  await day.fill('lundi');
  await page.getByRole('button', { name: 'Use 2022-02-14', exact: true }).click();
  await expect.poll(() => day.inputValue()).toBe('2022-02-14');
  await expect.poll(() => because.inputValue()).toBe('The ferry always leaves on Mondays.');
  expect(messages).toEqual([]);
});

test('a date that is taken again from the same words elsewhere cites these, and so do its words', async () => {
  const story = 'Le ferry est parti lundi. Il reviendra lundi avec 40 voitures.';
  const folder = resolving(story);
  const { page, messages } = await openWorkbench(browser, folder, laptop, 'log');
  const { keyboard } = page;
  await page.locator('#text .piece').first().waitFor();
  await findWords(page, 'lundi.');
  await keyboard.press('Alt+N');
  await choose(page, 'Crossings');
  const day = page.getByRole('textbox', { name: 'Day', exact: true });
  await day.focus();
  const offers = page.getByRole('group', { name: 'Dates in the text' });
  await offers.getByRole('button', { name: 'Use 2022-02-14' }).click();
  await expect.poll(() => page.getByRole('textbox', { name: 'Words', exact: true }).inputValue()).toBe('lundi');
  await day.fill('');
  await findWords(page, 'lundi avec');
  await day.focus();
  await offers.getByRole('button', { name: 'Use 2022-02-21' }).click();
  await expect.poll(() => day.inputValue()).toBe('2022-02-21');
  await keyboard.press('Control+S');
  await noticed(page, /^Saved: raw\/crossings\//);
  const made = fs.readdirSync(path.join(folder, 'raw/crossings')).find((name) => !name.startsWith('monday'));
  const {
    evidence,
  }: { readonly evidence: readonly { readonly start: number; readonly supports: readonly string[] }[] } = JSON.parse(
    fs.readFileSync(path.join(folder, 'raw/crossings', made ?? ''), 'utf8'),
  );
  const second = story.lastIndexOf('lundi');
  const citing = evidence.filter(({ supports }) => supports.includes('/left/words'));
  expect(citing.map(({ start }) => start)).toEqual([second]);
  expect(messages).toEqual([]);
});

test('a date that is changed by hand loses the sentence of a button, but none that the curator has edited', async () => {
  const { page, messages, reload } = await openWorkbench(browser, resolving(), laptop, 'log');
  const { keyboard } = page;
  await page.locator('#text .piece').first().waitFor();
  await findWords(page, 'lundi');
  await keyboard.press('Alt+N');
  await choose(page, 'Crossings');
  const box = (name: string) => page.getByRole('textbox', { name, exact: true });
  const chosen = (): Promise<readonly string[]> => page.locator('label:has(input:checked)').allInnerTexts();
  const [day, words, because] = [box('Day'), box('Words'), box('Because')];
  const sentence = 'Read "lundi" as the last Monday before 15 February 2022, the date of the source.';
  await day.focus();
  await page.getByRole('button', { name: 'Use 2022-02-14' }).click();
  await expect.poll(() => because.inputValue()).toBe(sentence);
  await day.press('End');
  await day.pressSequentially('/..');
  await expect.poll(() => because.inputValue()).toBe('');
  await page.getByText('“Because” was about the date before, and is empty now. Ctrl+Z undoes it.').waitFor();
  await picture(page, 'by-hand');
  // the words and what the date rests on are still what the curator chose with the button
  await expect.poll(async () => [await words.inputValue(), await chosen()]).toEqual(['lundi', ['reading']]);
  // back to the date before, by hand or by an undo
  for (let i = 0; i < 3; i++) await day.press('Backspace');
  await expect.poll(() => because.inputValue()).toBe(sentence);
  await day.pressSequentially('/..');
  await expect.poll(() => because.inputValue()).toBe('');
  await keyboard.press('Control+Z');
  await expect.poll(() => because.inputValue()).toBe(sentence);
  await expect.poll(() => day.inputValue()).toBe('2022-02-14');
  // a button that makes the date uncertain keeps it, also after a reload
  await page.getByText('Drafts: 1').waitFor();
  await reload();
  await expect.poll(() => because.inputValue()).toBe(sentence);
  await day.focus();
  await page.getByRole('button', { name: 'Approximate' }).click();
  await expect.poll(() => day.inputValue()).toBe('2022-02-14~');
  await expect.poll(() => because.inputValue()).toBe(sentence);
  await page.getByRole('button', { name: 'Approximate' }).click();
  await expect.poll(() => day.inputValue()).toBe('2022-02-14');
  await expect.poll(() => because.inputValue()).toBe(sentence);
  // a button for words that are typed replaces those of the date before
  await day.fill('2022-02-14/..');
  await expect.poll(() => because.inputValue()).toBe('');
  await day.fill('avant la fin du mois');
  await page.getByRole('button', { name: 'Use [..2022-02-28]', exact: true }).click();
  await expect.poll(() => because.inputValue()).toMatch(/^Read "avant la fin du mois" as /);
  await expect.poll(() => words.inputValue()).toBe('avant la fin du mois');
  // a sentence that the curator has edited stays
  const edited = 'Read "avant la fin du mois" as one date in February.';
  await because.fill(edited);
  await day.fill('[2022-02-16..2022-02-28]');
  await page.getByText('one date, from 16 February 2022 to 28 February 2022').waitFor();
  await expect.poll(() => because.inputValue()).toBe(edited);
  expect(messages).toEqual([]);
});

test('typed words and whole dates fill in what follows, too', async () => {
  const { page, messages } = await openWorkbench(browser, resolving(), laptop, 'log');
  const { keyboard } = page;
  await page.locator('#text .piece').first().waitFor();
  await findWords(page, 'Il reviendra le 12 mars 2022, avant la fin du mois.');
  await keyboard.press('Alt+N');
  await choose(page, 'Crossings');
  const box = (name: string) => page.getByRole('textbox', { name, exact: true });
  const chosen = (): Promise<readonly string[]> => page.locator('label:has(input:checked)').allInnerTexts();
  const [day, words, because] = [box('Day'), box('Words'), box('Because')];
  await day.focus();
  const offers = page.getByRole('group', { name: 'Dates in the text' });
  await offers.getByRole('button', { name: 'Use 2022-03-12 Saturday 12 March 2022' }).click();
  await expect.poll(() => day.inputValue()).toBe('2022-03-12');
  // a date in full is stated: there is nothing to explain
  await expect.poll(chosen).toEqual(['words']);
  await expect.poll(async () => [await words.inputValue(), await because.count()]).toEqual(['12 mars 2022', 0]);
  await day.fill('avant la fin du mois');
  const use = page.getByRole('button', { name: 'Use [..2022-02-28]', exact: true });
  await use.press('Enter');
  await expect.poll(chosen).toEqual(['reading']);
  await expect.poll(() => words.inputValue()).toBe('avant la fin du mois');
  for (const pointer of ['/left/date', '/left/words'])
    await expect
      .poll(() => page.locator(`[data-pointer="${pointer}"] .chip [aria-hidden]`).allTextContents())
      .toEqual(['avant la fin du mois']);
  await expect
    .poll(() => because.inputValue())
    .toBe(
      'Read "avant la fin du mois" as one date before the end of the month of 15 February 2022, the date of the source.',
    );
  await page.getByText('one date, no later than 28 February 2022').waitFor();
  // a choice of the curator stays, and so does its field for the reason
  await page.getByRole('radio', { name: 'guess' }).click();
  await because.fill('');
  await day.fill('lundi');
  await page.getByRole('button', { name: 'Use 2022-02-14', exact: true }).press('Enter');
  await expect.poll(() => day.inputValue()).toBe('2022-02-14');
  await expect.poll(async () => [await chosen(), await because.inputValue()]).toEqual([['guess'], '']);
  expect(messages).toEqual([]);
});

test('a date that is typed in words of the text cites these too, wherever they are', async () => {
  const { page } = await openWorkbench(browser, resolving(), laptop, 'log');
  await page.locator('#text .piece').first().waitFor();
  await findWords(page, 'Le ferry');
  await page.keyboard.press('Alt+N');
  await choose(page, 'Crossings');
  await page.getByRole('textbox', { name: 'Day', exact: true }).fill('avant la fin du mois');
  await page.getByRole('button', { name: 'Use [..2022-02-28]', exact: true }).press('Enter');
  const cited = (pointer: string) => page.locator(`[data-pointer="${pointer}"] .chip [aria-hidden]`);
  // the first words are those that it cites as it is filled in
  await expect.poll(() => cited('/left/date').allTextContents()).toEqual(['Le ferry', 'avant la fin du mois']);
  await expect.poll(() => cited('/left/words').allTextContents()).toEqual(['avant la fin du mois']);
});

test('the same day is that of the date before the selected words, and the button says of which', async () => {
  const story = 'Le ferry est parti le 12 mars 2022. Le même jour, il est revenu. Il ne repartira pas avant jeudi.';
  const { page, messages } = await openWorkbench(browser, resolving(story), laptop, 'log');
  await page.locator('#text .piece').first().waitFor();
  await findWords(page, 'Le même jour, il est revenu.');
  await page.keyboard.press('Alt+N');
  await choose(page, 'Crossings');
  const box = (name: string) => page.getByRole('textbox', { name, exact: true });
  await box('Day').focus();
  const offers = page.getByRole('group', { name: 'Dates in the text' }).getByRole('button');
  await expect.poll(() => offers.allTextContents()).toEqual(['Use 2022-03-12 the day of “12 mars 2022”']);
  await picture(page, 'same-day-offered');
  await offers.click();
  await expect
    .poll(() => box('Because').inputValue())
    .toBe('Read "Le même jour" as the day of "12 mars 2022" before it, Saturday 12 March 2022.');
  await expect
    .poll(async () => [await box('Day').inputValue(), await box('Words').inputValue()])
    .toEqual(['2022-03-12', 'Le même jour']);
  await picture(page, 'same-day-taken');
  // a date that is not before a day has no last one
  await findWords(page, 'Il ne repartira pas avant jeudi.');
  await box('Day').fill('');
  await expect
    .poll(() => offers.allTextContents())
    .toEqual([
      'Use [2022-02-17..] one date no earlier than the Thursday after',
      'Use [2022-02-10..] one date no earlier than the Thursday before',
    ]);
  await picture(page, 'not-before-offered');
  expect(messages).toEqual([]);
});

test('in a copy, another date takes the place of all that was copied beside it', async () => {
  const { page } = await openWorkbench(browser, resolving(), laptop, 'log');
  const { keyboard } = page;
  await page.locator('#text .piece').first().waitFor();
  await findWords(page, 'Le ferry est parti lundi.');
  await keyboard.press('Alt+N');
  await choose(page, 'Crossings');
  const box = (name: string) => page.getByRole('textbox', { name, exact: true });
  await box('Day').fill('2022-02-14');
  await page.getByRole('radio', { name: 'guess' }).click();
  await box('Because').fill('The day before the storm.');
  await keyboard.press('Alt+D');
  await noticed(page, 'Copied without identifier and evidence.');
  await findWords(page, 'avant la fin du mois');
  await box('Day').fill('');
  await page.getByRole('group', { name: 'Dates in the text' }).getByRole('button').first().click();
  await expect.poll(() => box('Because').inputValue()).toMatch(/^Read "avant la fin du mois" as /);
  await expect.poll(() => page.locator('label:has(input:checked)').allInnerTexts()).toEqual(['reading']);
});

test('words that are cited beside an empty date are the curator’s own: a date leaves them', async () => {
  const { page, messages } = await openWorkbench(browser, resolving(), laptop, 'log');
  await page.locator('#text .piece').first().waitFor();
  await findWords(page, 'avant la fin du mois');
  await page.keyboard.press('Alt+N');
  await choose(page, 'Crossings');
  const box = (name: string) => page.getByRole('textbox', { name, exact: true });
  await page.getByRole('button', { name: '+ Words' }).click();
  await box('Words').fill('avant la fin du mois');
  await page.keyboard.press('Alt+E');
  await page.locator('[data-pointer="/left/words"] .chip').waitFor();
  await page.getByRole('radio', { name: 'words' }).click();
  await findWords(page, '12 mars 2022');
  await box('Day').focus();
  await page.getByRole('button', { name: 'Use 2022-03-12' }).click();
  await expect.poll(() => box('Day').inputValue()).toBe('2022-03-12');
  await expect.poll(() => box('Words').inputValue()).toBe('avant la fin du mois');
  await expect
    .poll(() => page.locator('[data-pointer="/left/words"] .chip [aria-hidden]').allTextContents())
    .toEqual(['avant la fin du mois']);
  expect(messages).toEqual([]);
});

test('what an undo took back is not known as filled in any more: a choice after it stays', async () => {
  const { page, messages } = await openWorkbench(browser, resolving(), laptop, 'log');
  const { keyboard } = page;
  await page.locator('#text .piece').first().waitFor();
  await findWords(page, 'lundi');
  await keyboard.press('Alt+N');
  await choose(page, 'Crossings');
  const box = (name: string) => page.getByRole('textbox', { name, exact: true });
  const chosen = (): Promise<readonly string[]> => page.locator('label:has(input:checked)').allInnerTexts();
  await box('Day').focus();
  await page.getByRole('button', { name: 'Use 2022-02-14' }).click();
  await expect.poll(chosen).toEqual(['reading']);
  await keyboard.press('Control+Z');
  await expect.poll(chosen).toEqual([]);
  await page.getByRole('radio', { name: 'reading' }).click();
  await findWords(page, '12 mars 2022');
  await box('Day').focus();
  await page.getByRole('button', { name: 'Use 2022-03-12' }).click();
  await expect.poll(() => box('Words').inputValue()).toBe('12 mars 2022');
  await expect.poll(() => chosen()).toEqual(['reading']);
  expect(messages).toEqual([]);
});

test('another date takes the place of one in so many words, with its words, also after a save and a reload', async () => {
  const { page, messages, reload } = await openWorkbench(browser, resolving(), laptop, 'log');
  const { keyboard } = page;
  await page.locator('#text .piece').first().waitFor();
  await findWords(page, '12 mars 2022');
  await keyboard.press('Alt+N');
  await choose(page, 'Crossings');
  const box = (name: string) => page.getByRole('textbox', { name, exact: true });
  const chosen = (): Promise<readonly string[]> => page.locator('label:has(input:checked)').allInnerTexts();
  await box('Day').focus();
  await page.getByRole('button', { name: 'Use 2022-03-12' }).click();
  await expect.poll(chosen).toEqual(['words']);
  await keyboard.press('Control+S');
  await noticed(page, /^Saved: /);
  await reload();
  await expect.poll(() => box('Words').inputValue()).toBe('12 mars 2022');
  await findWords(page, 'lundi');
  await box('Day').fill('');
  await page.getByRole('button', { name: 'Use 2022-02-14' }).click();
  await expect.poll(() => box('Words').inputValue()).toBe('lundi');
  await expect.poll(() => chosen()).toEqual(['reading']);
  for (const pointer of ['/left/date', '/left/words'])
    await expect
      .poll(() => page.locator(`[data-pointer="${pointer}"] .chip [aria-hidden]`).allTextContents())
      .toEqual(['lundi']);
  expect(messages).toEqual([]);
});

test('words at the start of longer words that are selected are found there, not after them', async () => {
  const { page } = await openWorkbench(browser, resolving(), laptop, 'log');
  await page.locator('#text .piece').first().waitFor();
  await findWords(page, 'le 12 mars 2022');
  // not the first word of the text, which is another match
  await findWords(page, 'le');
  await page.getByText('Match 2 of 2').waitFor();
  await findWords(page, '12 mars');
  await expect.poll(() => page.locator('#notice').textContent()).not.toContain('Match');
});

test('the help of a date is one line, and all of it on request; an error is next to its field', async () => {
  const { page, messages } = await openWorkbench(browser, resolving(), laptop, 'log');
  await page.locator('#text .piece').first().waitFor();
  await page.keyboard.press('Alt+N');
  await choose(page, 'Crossings');
  const day = page.getByRole('textbox', { name: 'Day', exact: true });
  await day.fill('2022-02-30');
  const field = page.locator('[data-pointer="/left/date"]');
  const error = field.getByText('February 2022 has 28 days');
  await error.waitFor();
  const [input, said] = [await day.boundingBox(), await error.boundingBox()];
  expect((said?.y ?? 0) - (input?.y ?? 0) - (input?.height ?? 0)).toBeLessThan(12);
  const about = field.locator('.about');
  const line = async (): Promise<number> => (await about.boundingBox())?.height ?? 0;
  await expect.poll(() => line()).toBeLessThan(30);
  await expect.poll(() => field.getByText('early March').count()).toBe(0);
  await picture(page, 'date-help-line');
  await page.keyboard.press('Alt+X');
  await field.getByText('early March').waitFor();
  await expect.poll(() => line()).toBeGreaterThan(60);
  await picture(page, 'date-help-whole');
  await field.getByRole('button', { name: 'Less (Alt+X)' }).click();
  await field.getByText('early March').waitFor({ state: 'detached' });
  // the click does not leave the field
  await atField(page, '/left/date');
  expect(messages).toEqual([]);
});

test('a name that a record has, in any case and accents, is not made again by ↓ and Enter, nor silently', async () => {
  const folder = newsroom();
  const { page, messages } = await openWorkbench(browser, folder, wide, 'gazette');
  const { keyboard } = page;
  await page.locator('#text .piece').first().waitFor();
  await keyboard.press('Alt+N');
  await choose(page, 'Crossings');
  await atField(page, '/kind');
  await keyboard.press('Space');
  await keyboard.press('Alt+J');
  await atField(page, '/ship');
  await keyboard.type('ÀNNA');
  await page.getByRole('option', { name: 'New record in ships: ÀNNA, although “Anna” exists' }).waitFor();
  await keyboard.press('ArrowDown');
  await keyboard.press('Enter');
  const ship = page.getByRole('combobox', { name: 'ship' });
  await expect.poll(() => ship.inputValue()).toBe('anna');
  await page.getByRole('heading', { name: 'Crossings: new record' }).waitFor();
  // whoever wants one makes it, and sees the warning before and after
  await ship.fill('anna ');
  await page.getByRole('option', { name: 'although “Anna” exists' }).waitFor();
  await picture(page, 'name-exists');
  await keyboard.press('ArrowUp');
  await keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Ships: new record' }).waitFor();
  await page.getByRole('complementary', { name: 'Possible duplicates' }).getByText('same name').waitFor();
  await page.getByText('Warnings: 1').waitFor();
  await page.getByRole('button', { name: 'look at: name' }).waitFor();
  await picture(page, 'name-repeated');
  await keyboard.press('Control+S');
  await noticed(page, 'Warning: anna has this name already.');
  await atField(page, '/ship');
  expect(messages).toEqual([]);
});

test('another name that a record has is a warning, also without suggestions', async () => {
  const folder = newsroom();
  const ships = JSON.parse(JSON.stringify(schemas['schema/ships.schema.json']));
  const also = { title: 'Also', type: 'array', items: { title: 'Other name', type: 'string' } };
  writeFiles(folder, {
    'schema/ships.schema.json': { ...ships, properties: { ...ships.properties, also } },
    'raw/ships/berta.json': { id: 'berta', name: 'Berta', also: ['Old Lady'] },
  });
  const { page, messages } = await openWorkbench(browser, folder, laptop, 'berta');
  await page.getByRole('heading', { name: 'Ships: Berta' }).waitFor();
  await page.keyboard.press('Alt+D');
  await page.getByText('Copied').waitFor();
  await page.getByRole('textbox', { name: 'name', exact: true }).fill('Clara');
  await page.getByRole('button', { name: 'look at: name' }).waitFor();
  await page.getByRole('complementary', { name: 'Possible duplicates' }).getByText('same other name').waitFor();
  expect(messages).toEqual([]);
});

/** A newsroom with a crossing whose kind and long remark lack evidence. */
function withRemark(): string {
  const folder = newsroom();
  const crossings = JSON.parse(JSON.stringify(schemas[file]));
  const kind = { ...crossings.properties.kind, 'x-evidence': true };
  const remark = { type: 'string', maxLength: 300, 'x-evidence': true };
  const late = { id: 'monday-ystad', kind: 'arrival', ship: 'anna', on: '2022-03-01', remark: 'She was late.' };
  writeFiles(folder, {
    [file]: { ...crossings, properties: { ...crossings.properties, kind, remark } },
    'raw/crossings/monday-ystad.json': late,
  });
  return folder;
}

test('Alt+J goes to the chosen one of radio buttons, and selects a text of several lines, to replace it', async () => {
  const { page, messages } = await openWorkbench(browser, withRemark(), wide, 'gazette');
  const { keyboard } = page;
  await page.locator('#text .piece').first().waitFor();
  await keyboard.press('Alt+R');
  await choose(page, 'monday');
  await atField(page, '/kind');
  await keyboard.press('Alt+D');
  await page.getByRole('heading', { name: 'Crossings: new record' }).waitFor();
  await noticed(page, 'Copied without');
  await keyboard.press('Alt+J');
  await atField(page, '/remark');
  await keyboard.type('On time.');
  await expect.poll(() => page.getByRole('textbox', { name: 'remark' }).inputValue()).toBe('On time.');
  await keyboard.press('Alt+J');
  await atField(page, '/kind');
  await expect.poll(() => page.evaluate('document.activeElement.parentElement.textContent')).toBe('arrival');
  expect(messages).toEqual([]);
});

test('the identifier of a saved record looks read-only, and says why typing has no effect', async () => {
  const { page, messages } = await openWorkbench(browser, newsroom(), wide, 'gazette');
  await page.getByRole('button', { name: 'monday-ystad' }).click();
  const id = page.getByRole('textbox', { name: 'id', exact: true });
  await id.waitFor();
  const borders = `['id', 'cars'].map((name) =>
    getComputedStyle(document.querySelector('[data-pointer="/' + name + '"] input')).borderTopStyle)`;
  await expect.poll(() => page.evaluate(borders)).toEqual(['dashed', 'solid']);
  const reason = 'Other records can refer to a saved record';
  await expect.poll(() => id.getAttribute('title')).toContain(reason);
  await id.focus();
  await page.keyboard.type('x');
  await noticed(page, reason);
  await expect.poll(() => id.inputValue()).toBe('monday-ystad');
  await picture(page, 'fixed-identifier');
  expect(messages).toEqual([]);
});

test('one key makes the record of a name, before the list is there too, but none that exists', async () => {
  const { page, messages } = await openWorkbench(browser, newsroom(), wide, 'gazette');
  const { keyboard } = page;
  await page.locator('#text .piece').first().waitFor();
  await keyboard.press('Alt+N');
  await choose(page, 'Crossings');
  const ship = page.getByRole('combobox', { name: 'ship' });
  await ship.focus();
  // a name that contains one that is known
  await keyboard.type('Ann');
  const create = page.getByRole('option', { name: 'New record in ships: Ann…' });
  await create.getByText('Shift+Enter').waitFor();
  await picture(page, 'create-key');
  await keyboard.press('Shift+Enter');
  await page.getByRole('heading', { name: 'Ships: new record' }).waitFor();
  await expect.poll(() => page.getByRole('textbox', { name: 'name' }).inputValue()).toBe('Ann');
  await keyboard.press('Control+S');
  await atField(page, '/ship');
  await expect.poll(() => ship.inputValue()).toBe('ann');
  // pressed at once, it waits for the list
  await ship.fill('');
  await keyboard.type('Berta');
  await keyboard.press('Shift+Enter');
  await page.getByRole('heading', { name: 'Ships: new record' }).waitFor();
  await expect.poll(() => page.getByRole('textbox', { name: 'name' }).inputValue()).toBe('Berta');
  await keyboard.press('Control+S');
  await atField(page, '/ship');
  // a name that exists has no such key: Enter, seeing that, makes it
  await ship.fill('anna');
  await page.getByRole('option', { name: 'although “Anna” exists' }).waitFor();
  await keyboard.press('Shift+Enter');
  await page.getByRole('option', { name: 'although “Anna” exists', selected: true }).waitFor();
  await page.getByRole('heading', { name: 'Crossings: new record' }).waitFor();
  expect(messages).toEqual([]);
});

test('an empty reference lists what the selected words name, and one key makes the record of the only new name', async () => {
  const story = 'Off Ystad, the Anna met the liner Queen Mary on Monday.';
  const { page, messages } = await openWorkbench(browser, resolving(story), laptop, 'log');
  const { keyboard } = page;
  await page.locator('#text .piece').first().waitFor();
  await findWords(page, story);
  await keyboard.press('Alt+N');
  await choose(page, 'Crossings');
  await keyboard.press('Alt+A');
  await choose(page, 'ship');
  const ship = page.getByRole('combobox', { name: 'ship' });
  await ship.press('ArrowDown');
  await expect
    .poll(() => page.locator('.combobox').getByRole('option').allTextContents())
    .toEqual(['Annaanna', 'New record in Ships: Queen Mary…Shift+Enter', 'New record in Ships…']);
  await picture(page, 'named-in-text');
  await keyboard.press('Escape');
  await keyboard.press('Shift+Enter');
  await page.getByRole('heading', { name: 'Ships: new record' }).waitFor();
  await expect.poll(() => page.getByRole('textbox', { name: 'name' }).inputValue()).toBe('Queen Mary');
  await keyboard.press('Control+S');
  await atField(page, '/ship');
  await expect.poll(() => ship.inputValue()).toBe('queen-mary');
  // a field that is filled in is left alone
  await keyboard.press('Shift+Enter');
  await ship.fill('');
  await expect
    .poll(() => page.locator('.combobox').getByRole('option').allTextContents())
    .toEqual(['Annaanna', 'Queen Maryqueen-mary', 'New record in Ships…Shift+Enter']);
  await keyboard.press('Enter');
  await expect.poll(() => ship.inputValue()).toBe('anna');
  expect(messages).toEqual([]);
});

test('a name that no record has goes to a similar one, only with an arrow key', async () => {
  const { page, messages } = await openWorkbench(browser, newsroom(), wide, 'gazette');
  const { keyboard } = page;
  await page.locator('#text .piece').first().waitFor();
  await keyboard.press('Alt+N');
  await choose(page, 'Crossings');
  const ship = page.getByRole('combobox', { name: 'ship' });
  await ship.focus();
  await keyboard.type('Enna');
  await page.getByRole('option', { name: /^Anna\s*similar/, selected: false }).waitFor();
  await picture(page, 'sounds-alike');
  await keyboard.press('Tab');
  await expect.poll(() => ship.inputValue()).toBe('Enna');
  await ship.fill('Енні');
  await page.getByRole('option', { name: /^Anna\s*similar/ }).waitFor();
  await keyboard.press('ArrowDown');
  await keyboard.press('Enter');
  await expect.poll(() => ship.inputValue()).toBe('anna');
  expect(messages).toEqual([]);
});

test('a text of the source that cites other words stays, and the page says so', async () => {
  const { page } = await openWorkbench(browser, resolving(), laptop, 'log');
  const { keyboard } = page;
  await page.locator('#text .piece').first().waitFor();
  await findWords(page, 'lundi');
  await keyboard.press('Alt+N');
  await choose(page, 'Crossings');
  await page.getByRole('button', { name: '+ Words', exact: true }).click();
  await atField(page, '/left/words');
  await keyboard.press('Alt+E');
  const words = page.getByRole('textbox', { name: 'Words', exact: true });
  await expect.poll(() => words.inputValue()).toBe('lundi');
  await findWords(page, '12 mars 2022');
  await keyboard.press('Alt+E');
  await noticed(page, 'Its text is still “lundi”. Empty the field first if these words should replace it.');
  await expect.poll(() => words.inputValue()).toBe('lundi');
});

test('half a code is completed when the field is left, and typed again; a name that nothing has stays', async () => {
  const folder = newsroom();
  const crossings: { readonly properties: object } = JSON.parse(fs.readFileSync(path.join(folder, file), 'utf8'));
  const codes = ['bilateral_meeting', 'press_conference', 'phone_call', 'summit', 'visit', 'inspection', 'repair'];
  const sort = {
    type: 'string',
    oneOf: codes.map((code) => ({ const: code, description: `No bilateral talk: ${code}.` })),
  };
  writeFiles(folder, {
    [file]: { ...crossings, properties: { sort, ...crossings.properties }, required: ['sort'] },
    'raw/ships/western.json': { id: 'western', name: "Lavrov's Western colleagues" },
    'raw/ships/lavrov.json': { id: 'lavrov', name: 'Sergey Lavrov' },
  });
  const { page } = await openWorkbench(browser, folder, laptop, 'gazette');
  const { keyboard } = page;
  await page.locator('#text .piece').first().waitFor();
  await keyboard.press('Alt+N');
  await choose(page, 'Crossings');
  const [kind, ship] = [page.getByRole('combobox', { name: 'sort' }), page.getByRole('combobox', { name: 'ship' })];
  await atField(page, '/sort');
  await keyboard.type('bilat');
  await page.getByRole('option').first().waitFor();
  await keyboard.press('Alt+A');
  await expect.poll(() => kind.inputValue()).toBe('bilateral_meeting');
  // what is typed after a choice replaces it
  await choose(page, 'ship');
  await atField(page, '/ship');
  await kind.click();
  await choose(page, 'summ');
  await expect.poll(() => kind.inputValue()).toBe('summit');
  await choose(page, 'vis');
  await expect.poll(() => kind.inputValue()).toBe('visit');
  // in a list that makes no records, Shift+Enter is Enter
  await keyboard.type('rep');
  await page.getByRole('option').first().waitFor();
  await keyboard.press('Shift+Enter');
  await expect.poll(() => kind.inputValue()).toBe('repair');
  // Tab takes the highlighted one if a word of its name begins so, but not for one letter
  await ship.fill('lavrov');
  await expect.poll(() => page.getByRole('option').count()).toBe(3);
  const first = await page.getByRole('option').first().locator('span').textContent();
  await keyboard.press('Tab');
  await expect.poll(() => ship.inputValue()).toBe(first);
  await ship.fill('e');
  await expect.poll(() => page.getByRole('option').count()).toBe(3);
  await keyboard.press('Tab');
  await page.locator('[data-pointer="/ship"]').getByText('no ship "e"').waitFor();
  // the list of such a field has what matches it, not everything, and Shift+Enter makes a record of that name
  await ship.fill('Maria');
  await keyboard.press('Tab');
  await page.locator('[data-pointer="/ship"]').getByText('no ship "Maria"').waitFor();
  await ship.focus();
  await keyboard.press('ArrowDown');
  await expect
    .poll(() => page.getByRole('option').allTextContents())
    .toEqual(['New record in Ships: Maria…Shift+Enter']);
  await keyboard.press('Escape');
  await keyboard.press('Shift+Enter');
  await page.getByRole('heading', { name: 'Ships: new record' }).waitFor();
  await expect.poll(() => page.getByRole('textbox', { name: 'name' }).inputValue()).toBe('Maria');
});
