import fs from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newsroom } from '../support/articles.ts';
import { sha256 } from '../support/fixture.ts';
import { writeFiles } from '../support/run.ts';
import { laptop, picture } from './browser.ts';
import { startChromium } from './chromium.mjs';
import { atField, choose, findWords, openWorkbench, noticed } from './curator.ts';
import { hold } from './held.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await startChromium();
});
afterAll(() => browser.close());

/** A newsroom whose ships have a flag and a size, which a crossing repeats for the ships that it met. */
function flagged(): string {
  const folder = newsroom();
  const read = (at: string): { readonly properties: object } =>
    JSON.parse(fs.readFileSync(path.join(folder, at), 'utf8'));
  const [crossings, ships] = [read('schema/crossings.schema.json'), read('schema/ships.schema.json')];
  const flag = { title: 'Flag', type: 'string', enum: ['red', 'blue', 'green'], 'x-evidence': true };
  const size = { title: 'Size', type: 'string', enum: ['small', 'big'] };
  const met = {
    title: 'Met',
    type: 'object',
    properties: { ship: { title: 'Met ship', type: 'string', 'x-references': 'ships' }, flag, size },
    required: ['ship', 'flag', 'size'],
    additionalProperties: false,
  };
  const mets = { title: 'Mets', type: 'array', items: met };
  const { 'x-evidence': _, ...plainFlag } = flag;
  writeFiles(folder, {
    'schema/crossings.schema.json': { ...crossings, properties: { met, mets, ...crossings.properties } },
    'schema/ships.schema.json': { ...ships, properties: { ...ships.properties, flag: plainFlag, size } },
    'raw/ships/anna.json': { ...read('raw/ships/anna.json'), flag: 'blue', size: 'big' },
    'raw/ships/bore.json': { id: 'bore', name: 'Bore' },
    'raw/ships/cora.json': { id: 'cora', name: 'Cora', flag: 'green', size: 'small' },
  });
  return folder;
}

/** The codes that are chosen in a field, from top to bottom. */
function chosen(page: Page, pointer: string): () => Promise<readonly string[]> {
  return () => page.locator(`[data-pointer^="${pointer}/"] label:has(input:checked)`).allInnerTexts();
}

/** Begins a crossing, and adds a field with the ship that it met. */
async function meet(page: Page, field: string): Promise<void> {
  await page.locator('#text .piece').first().waitFor();
  await page.keyboard.press('Alt+N');
  await choose(page, 'Crossings');
  await atField(page, '/kind');
  await page.keyboard.press('Alt+A');
  await choose(page, field);
}

test('a code beside a reference follows the record, until a curator chooses one', async () => {
  const { page, messages } = await openWorkbench(browser, flagged(), laptop, 'gazette');
  const codes = chosen(page, '/met');
  await meet(page, 'met');
  const ship = page.getByRole('combobox', { name: 'Met ship' });
  await atField(page, '/met/ship');
  await page.keyboard.type('Ann');
  await page.keyboard.press('Tab');
  await noticed(page, 'Also filled in, as in the record of anna: Flag and Size.');
  await expect.poll(codes).toEqual(['blue', 'big']);
  await ship.fill('Cor');
  await ship.press('Tab');
  await expect.poll(codes).toEqual(['green', 'small']);
  // a code that the record lacks does not stay that of the one before, also if the field was emptied on the way
  await ship.fill('');
  await ship.press('Tab');
  await ship.fill('Bor');
  await ship.press('Tab');
  await noticed(page, 'Emptied, since the record of bore has none: Flag and Size.');
  await picture(page, 'emptied-codes');
  await expect.poll(codes).toEqual([]);
  await ship.fill('Ann');
  await ship.press('Tab');
  await expect.poll(codes).toEqual(['blue', 'big']);
  await page.getByRole('radio', { name: 'red' }).check();
  await ship.fill('Cor');
  await ship.press('Tab');
  await noticed(page, 'Also filled in, as in the record of cora: Size.');
  await expect.poll(codes).toEqual(['red', 'small']);
  expect(messages).toEqual([]);
});

test('a chosen record and the codes that follow it are one step of undo', async () => {
  const { page, messages } = await openWorkbench(browser, flagged(), laptop, 'gazette');
  const { keyboard } = page;
  const codes = chosen(page, '/met');
  await meet(page, 'met');
  const ship = page.getByRole('combobox', { name: 'Met ship' });
  for (const [words, found] of [
    ['Ann', ['blue', 'big']],
    ['Cor', ['green', 'small']],
  ] as const) {
    await ship.fill(words);
    await ship.press('Tab');
    await expect.poll(codes).toEqual(found);
  }
  await keyboard.press('Control+Z');
  await expect.poll(codes).toEqual(['blue', 'big']);
  await expect.poll(() => ship.inputValue()).toBe('anna');
  await keyboard.press('Control+Z');
  await expect.poll(codes).toEqual([]);
  await expect.poll(() => ship.inputValue()).toBe('');
  await keyboard.press('Control+Shift+Z');
  await expect.poll(codes).toEqual(['blue', 'big']);
  await expect.poll(() => ship.inputValue()).toBe('anna');
  expect(messages).toEqual([]);
});

test('a code that was chosen in one entry of a list stays when the entry before it is removed', async () => {
  const { page, messages } = await openWorkbench(browser, flagged(), laptop, 'gazette');
  const { keyboard } = page;
  const codes = chosen(page, '/mets');
  const ship = (index: number) => page.locator(`[data-pointer="/mets/${index}/ship"] input`);
  await meet(page, 'mets');
  await atField(page, '/mets/0/ship');
  await ship(0).fill('Ann');
  await ship(0).press('Tab');
  await expect.poll(codes).toEqual(['blue', 'big']);
  await keyboard.press('Alt+A');
  await choose(page, 'mets 2');
  await atField(page, '/mets/1/ship');
  await ship(1).fill('Bor');
  await ship(1).press('Tab');
  await expect.poll(() => ship(1).inputValue()).toBe('bore');
  await page.locator('[data-pointer="/mets/1/flag"] label', { hasText: 'blue' }).click();
  await page.locator('[data-pointer="/mets/1/size"] label', { hasText: 'big' }).click();
  await page.getByRole('button', { name: 'Remove Mets › 1', exact: true }).click();
  await expect.poll(codes).toEqual(['blue', 'big']);
  await expect.poll(() => ship(0).inputValue()).toBe('bore');
  const held = await hold(page, 'record', 'cora');
  await ship(0).fill('Cor');
  await ship(0).press('Tab');
  await held.asked;
  await held.answer();
  await expect.poll(() => ship(0).inputValue()).toBe('cora');
  await expect.poll(codes).toEqual(['blue', 'big']);
  expect(messages).toEqual([]);
});

test('a code that follows a reference cites nothing, and not what the one before it cited', async () => {
  const { page, messages } = await openWorkbench(browser, flagged(), laptop, 'gazette');
  const { keyboard } = page;
  const flag = page.locator('[data-pointer="/met/flag"]');
  await page.locator('#text .piece').first().waitFor();
  await findWords(page, 'with 40 cars');
  await keyboard.press('Escape');
  await meet(page, 'met');
  const ship = page.getByRole('combobox', { name: 'Met ship' });
  await ship.fill('Ann');
  await ship.press('Tab');
  await expect.poll(chosen(page, '/met')).toEqual(['blue', 'big']);
  await expect.poll(() => flag.locator('.chip').count()).toBe(0);
  await flag.getByText('Needs evidence').waitFor();
  await flag.locator('input:checked').focus();
  await keyboard.press('Alt+E');
  await expect.poll(() => flag.locator('.chip').count()).toBe(1);
  await ship.fill('Cor');
  await ship.press('Tab');
  await expect.poll(chosen(page, '/met')).toEqual(['green', 'small']);
  await expect.poll(() => flag.locator('.chip').count()).toBe(0);
  expect(messages).toEqual([]);
});

test('a late answer about a record changes nothing once the reference has another value', async () => {
  const { page, messages } = await openWorkbench(browser, flagged(), laptop, 'gazette');
  const codes = chosen(page, '/met');
  await meet(page, 'met');
  const ship = page.getByRole('combobox', { name: 'Met ship' });
  const held = await hold(page, 'record', 'anna');
  await ship.fill('Ann');
  await page.getByRole('option', { name: 'anna' }).waitFor();
  await ship.press('Enter');
  await held.asked;
  await page.getByRole('button', { name: 'Remove Met › Met ship' }).click();
  await expect.poll(() => ship.inputValue()).toBe('');
  await held.answer();
  expect(await codes()).toEqual([]);
  expect(messages).toEqual([]);
});

test('codes stay if a record cannot be read, and go with a record that is not saved yet', async () => {
  const { page } = await openWorkbench(browser, flagged(), laptop, 'gazette');
  const codes = chosen(page, '/met');
  await meet(page, 'met');
  const ship = page.getByRole('combobox', { name: 'Met ship' });
  await ship.fill('Ann');
  await ship.press('Tab');
  await expect.poll(codes).toEqual(['blue', 'big']);
  await page.route('**/api/record', (route) => route.abort(), { times: 2 });
  await ship.fill('Cor');
  await ship.press('Tab');
  await expect.poll(() => ship.inputValue()).toBe('cora');
  await expect.poll(codes).toEqual(['blue', 'big']);
  await page.keyboard.press('Control+Z');
  await expect.poll(() => ship.inputValue()).not.toBe('cora');
  // a draft of a ship
  await page.keyboard.press('Alt+N');
  await choose(page, 'Ships');
  await atField(page, '/name');
  await page.keyboard.type('Dora');
  await page.keyboard.press('Alt+B');
  await page.getByRole('heading', { name: 'Crossings: new record' }).waitFor();
  await page.locator('[data-pointer]:focus-within').first().waitFor();
  await expect.poll(() => ship.inputValue()).toBe('anna');
  await expect.poll(codes).toEqual(['blue', 'big']);
  await ship.fill('Dor');
  await ship.press('Tab');
  await noticed(page, 'Emptied, since dora is not saved yet: Flag and Size.');
  await expect.poll(codes).toEqual([]);
});

test.each(['a command', 'a click'])(
  'a record is saved by %s with the codes of the record that was just named',
  async (by) => {
    const folder = flagged();
    const at = (name: string): string => path.join(folder, name);
    const schema = fs
      .readFileSync(at('schema/crossings.schema.json'), 'utf8')
      .replace(/("enum":[^}]*),\s*"x-evidence": true/, '$1');
    const monday: object = JSON.parse(fs.readFileSync(at('raw/crossings/monday-ystad.json'), 'utf8'));
    const met = { ship: 'anna', flag: 'blue', size: 'big' };
    writeFiles(folder, {
      'schema/crossings.schema.json': JSON.parse(schema),
      'raw/crossings/monday-ystad.json': { ...monday, met },
    });
    const { page } = await openWorkbench(browser, folder, laptop, 'gazette');
    await page.getByRole('button', { name: 'monday-ystad' }).click();
    await atField(page, '/met/ship');
    const ship = page.getByRole('combobox', { name: 'Met ship' });
    await ship.fill(by === 'a click' ? 'Cora' : 'Cor');
    await page.getByRole('option', { name: 'Cora' }).first().waitFor();
    if (by === 'a click') await page.getByRole('button', { name: 'Save', exact: true }).click();
    else await page.keyboard.press('Control+S');
    await noticed(page, 'Saved: raw/crossings/monday-ystad.json');
    expect(JSON.parse(fs.readFileSync(at('raw/crossings/monday-ystad.json'), 'utf8'))).toMatchObject({
      met: { ship: 'cora', flag: 'green', size: 'small' },
    });
  },
);

test('what a value rests on is filled in if the cited words have its name, and follows another value', async () => {
  const folder = newsroom();
  const at = path.join(folder, 'schema/crossings.schema.json');
  const crossings: { readonly properties: object } = JSON.parse(fs.readFileSync(at, 'utf8'));
  const rests = {
    title: 'Rests on',
    type: 'string',
    enum: ['words', 'reading', 'guess'],
    'x-grounds': { stated: 'words', resolved: 'reading', inferred: 'guess', reason: '1/how' },
  };
  const around = (own: object) => ({
    type: 'object',
    properties: { ...own, rests, how: { type: 'string' } },
    required: [...Object.keys(own), 'rests'],
    additionalProperties: false,
    'x-evidence': true,
  });
  const ship = { title: 'Met ship', type: 'string', 'x-references': 'ships' };
  const properties = { met: around({ ship }), ...crossings.properties };
  const text = 'Anna of Sweden met Cora and Annabel. Dora’s captain came.\n';
  writeFiles(folder, {
    'schema/crossings.schema.json': { ...crossings, properties },
    'raw/ships/bore.json': { id: 'bore', name: 'Bore' },
    'raw/ships/cora.json': { id: 'cora', name: 'Cora' },
    'raw/ships/dora.json': { id: 'dora', name: 'Dora' },
    'sources/log.txt': text,
    'raw/papers/log.json': { id: 'log', document: { file: 'log.txt', sha256: sha256(text) } },
  });
  const { page, messages } = await openWorkbench(browser, folder, laptop, 'log');
  const { keyboard } = page;
  await page.locator('#text .piece').first().waitFor();
  await findWords(page, 'Anna of Sweden met Cora');
  await meet(page, 'met');
  const met = page.getByRole('combobox', { name: 'Met ship' });
  const rest = (pointer: string) => page.locator(`[data-pointer="${pointer}/rests"] label:has(input:checked)`);
  await atField(page, '/met/ship');
  await choose(page, 'Anna');
  await noticed(page, 'Rests on is words, since the cited words have the name. Ctrl+Z undoes it, with the choice.');
  await expect.poll(() => rest('/met').allInnerTexts()).toEqual(['words']);
  // both cite the words
  await expect
    .poll(() => page.locator('[data-pointer="/met/rests"]').getByText('Anna of Sweden').first().isVisible())
    .toBe(true);
  await met.fill('Bore');
  await met.press('Tab');
  await noticed(page, 'Emptied, since the cited words do not have the name: Rests on.');
  await expect.poll(() => rest('/met').count()).toBe(0);
  await keyboard.press('Control+Z');
  await expect.poll(() => met.inputValue()).toBe('anna');
  await expect.poll(() => rest('/met').allInnerTexts()).toEqual(['words']);
  // the words do not name the other one: that is said, but not of a name in another form
  await met.fill('Bore');
  await met.press('Tab');
  await noticed(page, 'Check it: the words that it cites do not have its name.');
  await keyboard.press('Control+Z');
  await expect.poll(() => met.inputValue()).toBe('anna');
  // what a curator has chosen stays
  await page.locator('[data-pointer="/met/rests"]').getByRole('radio', { name: 'guess' }).check();
  const held = await hold(page, 'named');
  await met.fill('Cora');
  await met.press('Tab');
  await held.asked;
  await held.answer();
  await expect.poll(() => met.inputValue()).toBe('cora');
  await expect.poll(() => rest('/met').allInnerTexts()).toEqual(['guess']);
  // the words that have the name show it, not those in hand
  await page.locator('[data-pointer="/met/rests"]').getByRole('radio', { name: 'words' }).check();
  await met.fill('Bore');
  await met.press('Tab');
  await noticed(page, 'Emptied');
  await findWords(page, 'and Annabel');
  await keyboard.press('Escape');
  await keyboard.press('Alt+W');
  await page.locator('.in-hand', { hasText: 'and Annabel' }).waitFor();
  await met.fill('Anna');
  await met.press('Tab');
  await expect.poll(() => rest('/met').allInnerTexts()).toEqual(['words']);
  const grounds = page.locator('[data-pointer="/met/rests"] .chip [aria-hidden]');
  await expect.poll(() => grounds.allTextContents()).toEqual(['Anna of Sweden met Cora']);
  // what somebody has is somebody else
  await met.fill('Bore');
  await met.press('Tab');
  await expect.poll(() => rest('/met').count()).toBe(0);
  await findWords(page, 'Dora’s captain came');
  await keyboard.press('Escape');
  await keyboard.press('Alt+W');
  await page.locator('.in-hand', { hasText: 'Dora’s captain came' }).waitFor();
  const again = await hold(page, 'named');
  await met.fill('Dora');
  await met.press('Tab');
  await again.asked;
  await again.answer();
  await expect.poll(() => met.inputValue()).toBe('dora');
  expect(await rest('/met').count()).toBe(0);
  await met.fill('Anna');
  await met.press('Tab');
  await expect.poll(() => met.inputValue()).toBe('anna');
  // a space that was meant for a later field empties none
  await met.focus();
  await keyboard.press('Space');
  await keyboard.press('Alt+T');
  await expect.poll(() => met.inputValue()).toBe('anna');
  expect(messages).toEqual([]);
});

test('Alt+A goes to a field of an entry that is closed', async () => {
  const folder = flagged();
  const at = path.join(folder, 'raw/crossings/monday-ystad.json');
  const before: object = JSON.parse(fs.readFileSync(at, 'utf8'));
  const met = (ship: string) => ({ ship, flag: 'red', size: 'big' });
  writeFiles(folder, { 'raw/crossings/monday-ystad.json': { ...before, mets: [met('anna'), met('cora')] } });
  const { page, messages } = await openWorkbench(browser, folder, laptop, 'gazette');
  await page.getByRole('button', { name: 'monday-ystad' }).first().click();
  await page.getByRole('heading', { name: 'monday-ystad' }).waitFor();
  await expect.poll(() => page.locator('[data-pointer="/mets/1/ship"]').count()).toBe(0);
  await page.keyboard.press('Alt+A');
  await choose(page, 'mets 2 met ship');
  await atField(page, '/mets/1/ship');
  expect(messages).toEqual([]);
});
