import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { print } from '../../scripts/json/canonical.ts';
import { type Json, type JsonObject, isObject, parseJson } from '../../scripts/json/json.ts';
import { museum } from '../support/museum.ts';
import { picture, laptop } from './browser.ts';
import { startChromium } from './chromium.mjs';
import { atField, openWorkbench, inForm } from './curator.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await startChromium();
});
afterAll(() => browser.close());

/** Opens the workbench of a museum. */
async function open(folder: string): Promise<{ readonly page: Page; readonly messages: readonly string[] }> {
  const { page, messages } = await openWorkbench(browser, folder, laptop);
  await page.locator('#record-rows').getByRole('option').first().waitFor();
  return { page, messages };
}

async function openRecord(page: Page, id: string): Promise<void> {
  await page
    .locator(`#record-rows [role="option"]`)
    .filter({ hasText: new RegExp(`${id}$`) })
    .first()
    .click();
  await page.waitForURL((url) => url.hash.endsWith(`/${id}`));
  await page.getByRole('heading', { level: 2 }).waitFor();
  await inForm(page);
}

/** A choice of the list of a field. */
function choice(page: Page, name: string | RegExp): Locator {
  return page.locator('.combobox').getByRole('option', { name }).first();
}

/** Saves a record. The message can still be that of the save before. */
async function saved(page: Page, file: string): Promise<void> {
  await page.keyboard.press('Control+S');
  await page.getByText(`Saved: raw/${file}`).waitFor();
}

function recordIn(folder: string, file: string): JsonObject {
  const parsed = parseJson(fs.readFileSync(path.join(folder, 'raw', file), 'utf8'));
  if (!('value' in parsed) || !isObject(parsed.value)) throw new Error(`${file} is no record`);
  return parsed.value;
}

const sign = fc.constantFrom('\n', '\r\n', '\r', '\t', ' ', '\u00a0', '"', '\\', 'a', 'é', '🛳', '{', '1.0', '1e400');
const someText = fc.array(sign, { minLength: 1, maxLength: 6 }).map((parts) => parts.join(''));
const number = fc.constantFrom(0, -1, 0.1, 1e21, 5e-7, 1234567890123456, -1.5e300);
const key = fc.constantFrom('0', '12', 'a/b', '~', ' x ', 'name', '"');
const anything = fc.constantFrom<Json>(null, true, '', 'null', '5', 5, [], {}, [null, { '': [1, ''] }], ' {"a": 1} ');
const bell = fc.record(
  {
    name: someText,
    other_names: fc.uniqueArray(someText, { minLength: 1, maxLength: 3 }),
    founder: fc.constant('taylor'),
    weight: number,
    inscription: fc.oneof(someText, fc.constant('')),
    story: fc.oneof(someText, fc.constant('')),
    grade: fc.constantFrom('a', 'b ', ' c', '', 'd\u00a0', 'e'),
    range: fc.oneof(number, someText, fc.constantFrom('', '5', ' 5', null)),
    labels: fc.dictionary(key, fc.oneof(someText, fc.constant('')), { minKeys: 1, maxKeys: 3 }),
    grid: fc.array(fc.array(number, { maxLength: 2 }), { minLength: 1, maxLength: 2 }),
    anything,
  },
  { requiredKeys: ['name', 'inscription'] },
);

test('a value stays as it is when the form shows it, whatever it has in it', async () => {
  const bells = fc.sample(bell, { numRuns: 6, seed: Number(process.env['SEED'] ?? 20261127) });
  const files = Object.fromEntries(
    bells.map((value, i): [string, string] => [
      `raw/bells/bell-${i}.json`,
      print({ id: `bell-${i}`, ...value }, 'file'),
    ]),
  );
  const folder = museum({ ...files, 'demarche.config.json': { layout: 'any' } });
  const { page, messages } = await open(folder);
  for (const i of bells.keys()) {
    const before = recordIn(folder, `bells/bell-${i}.json`);
    await openRecord(page, `bell-${i}`);
    const controls = page.locator('#form :is(input:not([type="radio"]), textarea)');
    const count = await controls.count();
    for (let at = 0; at < count; at++) {
      await controls.nth(at).focus();
      await page.keyboard.press('End');
    }
    for (const list of await page.getByRole('combobox').all()) {
      await list.focus();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Tab');
    }
    const inscription = page.getByRole('textbox', { name: 'Inscription' });
    await inscription.focus();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('!');
    await saved(page, `bells/bell-${i}.json`);
    const inscribed = { ...before, inscription: `${String(before['inscription'])}!` };
    await expect.poll(() => recordIn(folder, `bells/bell-${i}.json`)).toEqual(inscribed);
  }
  expect(messages).toEqual([]);
});

test('Enter begins a line in a text with lines, Shift+Enter in any other that can have them', async () => {
  const inscription = 'LINE ONE\r\nLINE TWO\nLINE THREE';
  const folder = museum({ 'raw/bells/tom.json': { id: 'tom', name: 'Great Tom', inscription, story: 'Cast.' } });
  const { page } = await open(folder);
  await openRecord(page, 'tom');
  await page.getByRole('textbox', { name: 'Inscription' }).focus();
  await page.keyboard.press('Control+End');
  await page.keyboard.type('!\nFOUR');
  await page.getByRole('textbox', { name: 'Story' }).focus();
  await page.keyboard.press('End');
  await page.keyboard.type('\nTwice.');
  await page.getByRole('textbox', { name: 'Name', exact: true }).focus();
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await page.keyboard.type('!');
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.type('of Oxford');
  await picture(page, 'lines');
  await saved(page, 'bells/tom.json');
  await expect
    .poll(() => recordIn(folder, 'bells/tom.json'))
    .toEqual({
      id: 'tom',
      name: 'Great Tom!\nof Oxford',
      inscription: `${inscription}!\nFOUR`,
      story: 'Cast.\nTwice.',
    });
  await atField(page, '/name');
});

test('a one-of told apart by a code is a choice with titles; another choice drops what it has no field for', async () => {
  const folder = museum();
  const { page, messages } = await open(folder);
  await openRecord(page, 'taylor');
  const who = page.locator('[data-pointer="/who"]');
  const titles = (): Promise<readonly string[]> => who.locator('.title').allTextContents();
  await expect.poll(() => titles()).toEqual(['Person or organisation*', 'type*', 'Given name', 'Family name*']);
  await picture(page, 'person');
  await expect.poll(() => who.getByRole('group', { name: 'Optional fields' }).allTextContents()).toEqual(['+ Born']);
  const organisation = page.getByRole('radio', { name: 'Organisation' });
  await organisation.focus();
  await who.getByText('Organisation: A foundry or other organisation.').waitFor();
  await page.keyboard.press('Space');
  await who.getByRole('textbox', { name: 'Name', exact: true }).waitFor();
  await expect.poll(() => titles()).toEqual(['Person or organisation*', 'type*', 'Name*']);
  await expect.poll(() => organisation.and(page.locator(':focus')).count()).toBe(1);
  await page.getByText('fill in: Person or organisation › Name').waitFor();
  await page.keyboard.press('Alt+J');
  await atField(page, '/who/name');
  await picture(page, 'organisation');
  await page.keyboard.press('Control+Z');
  await expect.poll(titles).toEqual(['Person or organisation*', 'type*', 'Given name', 'Family name*']);
  await page.keyboard.press('Control+Shift+Z');
  await who.getByRole('textbox', { name: 'Name' }).fill('Taylor & Co');
  await saved(page, 'founders/taylor.json');
  await expect
    .poll(() => recordIn(folder, 'founders/taylor.json')['who'])
    .toEqual({ type: 'organisation', name: 'Taylor & Co' });
  expect(messages).toEqual([]);
});

test('a new record begins with the choice, and Alt+A offers only what the choice has', async () => {
  const { page } = await open(museum());
  await page.keyboard.press('Alt+N');
  await page.keyboard.type('Founders');
  await choice(page, 'Founders').waitFor();
  await page.keyboard.press('Enter');
  await atField(page, '/who/type');
  await picture(page, 'choice');
  await expect
    .poll(() => page.locator('[data-pointer="/who"] .title').allTextContents())
    .toEqual(['Person or organisation*', 'type*']);
  await page.keyboard.type('p');
  await page.getByRole('textbox', { name: 'Family name' }).waitFor();
  await atField(page, '/who/type');
  await page.keyboard.press('Alt+A');
  await choice(page, 'Born').waitFor();
  await expect
    .poll(() => page.locator('.combobox').getByRole('option').allTextContents())
    .toEqual(['Person or organisation › Given name', 'Person or organisation › Born', 'Town']);
});

test('a one-of without a code is a choice too', async () => {
  const folder = museum();
  const { page, messages } = await open(folder);
  await openRecord(page, 'tom');
  await page.getByRole('button', { name: '+ Keeper' }).click();
  const keeper = page.locator('[data-pointer="/keeper"]');
  const someone = keeper.getByRole('radio', { name: 'Someone else' });
  await keeper.getByRole('radio').first().and(page.locator(':focus')).waitFor();
  await expect.poll(() => keeper.locator('.title').allTextContents()).toEqual(['Keeper']);
  await someone.focus();
  await page.keyboard.press('Space');
  await keeper.getByRole('textbox', { name: 'Name of the keeper' }).fill('Ida');
  await picture(page, 'someone');
  await expect.poll(() => someone.isChecked()).toBe(true);
  await saved(page, 'bells/tom.json');
  await expect.poll(() => recordIn(folder, 'bells/tom.json')).toMatchObject({ keeper: { name: 'Ida' } });
  await keeper.getByRole('radio', { name: 'Known keeper' }).check();
  await keeper.getByRole('combobox', { name: 'Founder' }).fill('taylor');
  await choice(page, /taylor$/).click();
  await saved(page, 'bells/tom.json');
  await expect.poll(() => recordIn(folder, 'bells/tom.json')).toMatchObject({ keeper: { founder: 'taylor' } });
  expect(messages).toEqual([]);
});

test('a one-of at the top of a schema is a choice between its records', async () => {
  const folder = museum();
  const { page } = await open(folder);
  await openRecord(page, 'ann');
  await picture(page, 'top');
  await page.getByRole('radio', { name: 'Leaflet' }).check();
  await page.getByRole('textbox', { name: 'heading' }).fill('Towers');
  await saved(page, 'guides/ann.json');
  await expect
    .poll(() => recordIn(folder, 'guides/ann.json'))
    .toEqual({ id: 'ann', kind: 'leaflet', heading: 'Towers' });
});

test('a record is called by a name in an object', async () => {
  const { page } = await open(museum());
  await openRecord(page, 'tom');
  await page.locator('[data-pointer="/founder"]').getByText('Taylor', { exact: true }).waitFor();
  await page.getByRole('combobox', { name: 'Founder' }).fill('white');
  await choice(page, 'Whitechapel Foundry').waitFor();
  await expect
    .poll(() => page.locator('.combobox').getByRole('option').allTextContents())
    .toEqual(['Whitechapel Foundrywhitechapel', 'New record in Founders: white…Shift+Enter']);
});

test('a record is called by all of the texts with x-label, wherever it is named', async () => {
  const named = { type: 'string', minLength: 1, 'x-label': true };
  const folder = museum({
    'schema/ringers.schema.json': {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      title: 'Ringers',
      type: 'object',
      properties: {
        id: { type: 'string', pattern: '^[a-z]+$' },
        given: { ...named, title: 'Given name' },
        family: { ...named, title: 'Family name' },
        bell: { type: 'string', 'x-references': 'bells', title: 'Bell' },
      },
      required: ['id', 'family'],
      additionalProperties: false,
    },
    'raw/ringers/ida.json': { id: 'ida', given: 'Ida', family: 'Lee', bell: 'tom' },
  });
  const { page } = await open(folder);
  await expect.poll(() => page.locator('#record-rows').getByRole('option', { name: 'Ida Lee' }).count()).toBe(1);
  await openRecord(page, 'ida');
  await page.getByRole('heading', { name: 'Ringers: Ida Lee', exact: true }).waitFor();
  await page.getByRole('button', { name: 'Delete…' }).click();
  await page.getByRole('heading', { name: 'Delete Ida Lee (ida)?' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('textbox', { name: 'Given name' }).fill('Idun');
  await page.getByRole('button', { name: 'Discard Ringers: Ida Lee' }).click();
  await page.getByRole('heading', { name: 'Discard Ringers: Ida Lee (ida)?' }).waitFor();
  await page.keyboard.press('Escape');
  await openRecord(page, 'ann');
  await page.getByRole('heading', { name: 'Guides: Ann Lee', exact: true }).waitFor();
  // the records that refer to another one are called so, too
  await openRecord(page, 'tom');
  await page.getByRole('button', { name: 'Delete…' }).click();
  await page.getByRole('button', { name: 'Ringers: ida /bell', exact: true }).waitFor();
});

test('null that is typed as JSON is null, and what is no JSON a text', async () => {
  const folder = museum();
  const { page } = await open(folder);
  await openRecord(page, 'tom');
  await page.getByRole('button', { name: '+ Anything' }).click();
  const field = page.getByRole('textbox', { name: 'Anything, as JSON' });
  for (const [typed, value] of [
    ['null', null],
    ['far', 'far'],
    ['[1]', [1]],
  ] as const) {
    await field.fill(typed);
    await saved(page, 'bells/tom.json');
    await expect.poll(() => recordIn(folder, 'bells/tom.json')).toMatchObject({ anything: value });
  }
});

const focusedPointer = (page: Page): Promise<unknown> =>
  page.evaluate('document.activeElement.closest("[data-pointer]")?.dataset.pointer');

test('a required list can be empty, and says so', async () => {
  const folder = museum({ 'raw/inspections/last.json': { id: 'last', bell: 'tom', findings: [] } });
  const { page } = await open(folder);
  await page.keyboard.press('Alt+N');
  await page.keyboard.type('Inspections');
  await choice(page, 'Inspections').waitFor();
  await page.keyboard.press('Enter');
  await atField(page, '/bell');
  await page.keyboard.type('tom');
  await choice(page, 'Great Tom').waitFor();
  await page.keyboard.press('Enter');
  const findings = page.locator('[data-pointer="/findings"]');
  // an entry that was added and removed is no answer yet
  await findings.getByRole('button', { name: '+ Entry' }).click();
  await findings.getByRole('button', { name: 'Remove Findings › 1' }).click();
  await page.getByText('fill in: Findings', { exact: true }).waitFor();
  await findings.getByRole('button', { name: '+ none' }).press('Enter');
  await findings.getByText('None').waitFor();
  await page.getByRole('textbox', { name: 'Identifier' }).fill('first');
  await atField(page, '/id');
  await saved(page, 'inspections/first.json');
  await expect
    .poll(() => recordIn(folder, 'inspections/first.json'))
    .toEqual({ id: 'first', bell: 'tom', findings: [] });
});

test('a number that is written otherwise has a button, in the language of the browser too', async () => {
  const folder = museum({ 'raw/bells/tom.json': { id: 'tom', name: 'Great Tom', weight: 1, diameter: 1 } });
  const { page } = await openWorkbench(browser, folder, { viewport: { width: 1280, height: 800 }, locale: 'de-DE' });
  await page.locator('#record-rows').getByRole('option').first().waitFor();
  await openRecord(page, 'tom');
  const weight = page.getByRole('textbox', { name: 'Weight' });
  for (const [typed, numbers] of [
    ['46,5', ['46.5']],
    [' 46.5 ', ['46.5']],
    ['+46', ['46']],
    ['046', ['46']],
    ['46.5 kg', ['46.5']],
    ['6,350', ['6.35', '6350']],
  ] as const) {
    await weight.fill(typed);
    const buttons = page.locator('[data-pointer="/weight"] .action');
    await expect.poll(() => buttons.allTextContents()).toEqual(numbers.map((each) => `Use ${each}`));
    await buttons.first().click();
    await expect.poll(() => weight.inputValue()).toBe(numbers[0]);
  }
  await page.getByRole('textbox', { name: 'Diameter' }).fill('46.5');
  await page.locator('[data-pointer="/diameter"]').getByText('is 46.5, not a whole number').waitFor();
});

test('of the numbers that a comma can mean, English has the larger one first', async () => {
  const { page } = await open(
    museum({ 'raw/bells/tom.json': { id: 'tom', name: 'Great Tom', weight: 1, diameter: 1 } }),
  );
  await openRecord(page, 'tom');
  await page.getByRole('textbox', { name: 'Weight' }).fill('6,350');
  const offered = page.locator('[data-pointer="/weight"] .action');
  await expect.poll(() => offered.allTextContents()).toEqual(['Use 6350', 'Use 6.35']);
});

test('Tab takes the choice that the text means, and ↓ does not leave the only match', async () => {
  const folder = museum();
  const { page } = await open(folder);
  await openRecord(page, 'tom');
  const founder = page.getByRole('combobox', { name: 'Founder' });
  await founder.fill('whitech');
  await choice(page, 'Whitechapel').waitFor();
  await founder.press('Tab');
  await expect.poll(() => founder.inputValue()).toBe('whitechapel');
  await founder.fill('tayl');
  // before the list is there
  await founder.press('Tab');
  await expect.poll(() => founder.inputValue()).toBe('taylor');
  await founder.fill('chapel');
  await choice(page, 'Whitechapel').waitFor();
  await founder.press('ArrowDown');
  await founder.press('Enter');
  await expect.poll(() => founder.inputValue()).toBe('whitechapel');
  await page.getByRole('heading', { name: 'Bells: Great Tom' }).waitFor();
  await founder.fill('nobody');
  await page.getByText('No record has these words.').waitFor();
  await founder.press('Tab');
  await page.locator('[data-pointer="/founder"] .error').waitFor();
  await expect.poll(() => founder.inputValue()).toBe('nobody');
});

test('a member of a map is added with Enter; a list that was not filled in is not saved', async () => {
  const folder = museum({ 'raw/bells/tom.json': { id: 'tom', name: 'Great Tom', labels: { en: 'Tom' } } });
  const { page } = await open(folder);
  await openRecord(page, 'tom');
  const added = page.getByRole('textbox', { name: 'Name of the new field' });
  await added.fill('de');
  await added.press('Enter');
  await atField(page, '/labels/de');
  await page.keyboard.type('Thomas');
  await added.fill('fr');
  await page.getByRole('button', { name: '+ Grid' }).click();
  await page.getByRole('textbox', { name: 'fr' }).waitFor();
  await page.locator('[data-pointer="/grid/0"]').waitFor();
  await saved(page, 'bells/tom.json');
  await expect
    .poll(() => recordIn(folder, 'bells/tom.json'))
    .toEqual({
      id: 'tom',
      name: 'Great Tom',
      labels: { en: 'Tom', de: 'Thomas' },
    });
});

test('the focus goes to the next field or entry when one is removed, and to a new entry', async () => {
  const tom = { id: 'tom', name: 'Great Tom', other_names: ['a', 'b', 'c'], weight: 1, diameter: 2 };
  const { page } = await open(museum({ 'raw/bells/tom.json': tom }));
  await openRecord(page, 'tom');
  for (const [remove, pointer] of [
    ['Remove Weight', '/diameter'],
    ['Remove Name', '/name'],
  ] as const) {
    await page.getByRole('button', { name: remove, exact: true }).click();
    await expect.poll(() => focusedPointer(page)).toBe(pointer);
  }
  const list = page.locator('[data-pointer="/other_names"]');
  for (const [at, pointer, left] of [
    [0, '/other_names/0', ['b', 'c']],
    [1, '/other_names/0', ['b']],
  ] as const) {
    await list
      .locator(`[data-pointer="/other_names/${at}"]`)
      .getByRole('button', { name: /^Remove/ })
      .click();
    await expect.poll(() => focusedPointer(page)).toBe(pointer);
    expect(
      await list.locator('textarea').evaluateAll((all) => all.map((each) => ('value' in each ? each.value : ''))),
    ).toEqual(left);
  }
  await page.keyboard.press('Enter');
  await atField(page, '/other_names/1');
  await page.keyboard.type('d');
  await list.getByRole('button', { name: 'Duplicate Other names › 1' }).click();
  await atField(page, '/other_names/1');
  await page.getByText('entries 2 and 1 of').or(page.getByText('entries 1 and 2 of')).first().waitFor();
});

test('empty fields of an entry move with it', async () => {
  const findings = [{ part: 'lip' }, { part: 'crown' }];
  const folder = museum({ 'raw/inspections/first.json': { id: 'first', bell: 'tom', findings } });
  const { page } = await open(folder);
  await openRecord(page, 'first');
  const cards = page.locator('.card');
  await cards.first().locator('summary').click();
  await page.getByRole('button', { name: '+ Note' }).click();
  await page.getByRole('textbox', { name: 'Note' }).waitFor();
  await expect.poll(() => cards.first().getByText('Entry 1').filter({ visible: true }).count()).toBe(1);
  await page.keyboard.press('Alt+ArrowDown');
  await expect.poll(() => cards.last().locator('summary').textContent()).toContain('lip');
  await cards.last().getByRole('textbox', { name: 'Note' }).waitFor();
  await expect.poll(() => page.locator('[data-pointer="/findings/0/note"]').count()).toBe(0);
});

test('a field with several types has a text field, and says which type its value has', async () => {
  const folder = museum();
  const { page } = await open(folder);
  await openRecord(page, 'tom');
  await page.getByRole('button', { name: '+ Range' }).click();
  await atField(page, '/range');
  const range = page.getByRole('textbox', { name: 'Range' });
  const chosen = (): Promise<readonly string[]> =>
    page.locator('[data-pointer="/range"] label:has(:checked)').allTextContents();
  for (const [typed, type, value] of [
    ['far', 'Text', 'far'],
    ['12.5', 'Number', 12.5],
  ] as const) {
    await range.fill('');
    await expect.poll(chosen).toEqual([]);
    await range.pressSequentially(typed);
    await expect.poll(chosen).toEqual([type]);
    await saved(page, 'bells/tom.json');
    await expect.poll(() => recordIn(folder, 'bells/tom.json')).toMatchObject({ range: value });
  }
  await page.getByRole('radio', { name: 'Text' }).check();
  await saved(page, 'bells/tom.json');
  await expect.poll(() => recordIn(folder, 'bells/tom.json')).toMatchObject({ range: '12.5' });
  await page.getByRole('radio', { name: 'None' }).check();
  await saved(page, 'bells/tom.json');
  await expect.poll(() => recordIn(folder, 'bells/tom.json')).toMatchObject({ range: null });
});
