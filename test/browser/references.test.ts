import fs from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newsroom } from '../support/articles.ts';
import { withOrigins } from '../support/origins.ts';
import { sha256 } from '../support/fixture.ts';
import { writeFiles } from '../support/run.ts';
import { picture, wide } from './browser.ts';
import { startChromium } from './chromium.mjs';
import { atField, choose, findWords, noticed, openWorkbench } from './curator.ts';
import { hold } from './held.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await startChromium();
});
afterAll(() => browser.close());

/** A newsroom with an article that is open. */
async function reading(folder: string, text: string): Promise<Page> {
  writeFiles(folder, {
    'sources/log.txt': text,
    'raw/papers/log.json': { id: 'log', document: { file: 'log.txt', sha256: sha256(text) } },
  });
  const { page } = await openWorkbench(browser, folder, wide, 'log');
  await page.locator('#text .piece').first().waitFor();
  return page;
}

/** Begins a crossing that cites words, at its empty reference to a ship. */
async function atShip(page: Page, words: string): Promise<void> {
  await findWords(page, words);
  await page.keyboard.press('Alt+N');
  await choose(page, 'Crossings');
  await atField(page, '/kind');
  await page.getByRole('combobox', { name: 'ship' }).focus();
}

function options(page: Page): Promise<string[]> {
  return page.locator('.combobox').getByRole('option').allTextContents();
}

test.each(['Enter', 'Tab'])('a surname that looks like a country takes none with %s', async (key) => {
  const folder = newsroom();
  writeFiles(folder, { 'raw/ships/mali.json': { id: 'mali', name: 'Mali' } });
  const page = await reading(folder, 'Malik met Roe.\n');
  await atShip(page, 'Malik met');
  await page.keyboard.type('Malik');
  await page.getByRole('option', { name: /^Mali\s*similar/, selected: false }).waitFor();
  await page.keyboard.press(key);
  await page.keyboard.press('Tab');
  await expect.poll(() => page.getByRole('combobox', { name: 'ship' }).inputValue()).toBe('Malik');
  // in another language, that is the country
  await page.getByRole('combobox', { name: 'ship' }).fill('Малі');
  await page.getByRole('option', { name: /^Mali/, selected: true }).waitFor();
  await page.keyboard.press(key);
  await expect.poll(() => page.getByRole('combobox', { name: 'ship' }).inputValue()).toBe('mali');
});

test('of names in the text, those of records are first, then similar ones; new names need no record twice', async () => {
  const folder = newsroom();
  const at = path.join(folder, 'schema/ships.schema.json');
  const ships: { readonly properties: object } = JSON.parse(fs.readFileSync(at, 'utf8'));
  const also = { title: 'Also', type: 'array', items: { type: 'string', minLength: 1 } };
  writeFiles(folder, {
    'schema/ships.schema.json': {
      ...ships,
      properties: { ...ships.properties, also },
      'x-distinct': ['/name', '/also'],
    },
    'raw/ships/nord.json': { id: 'nord', name: 'Джейн Норд', also: ['Jane Nord'] },
    'raw/ships/smith.json': { id: 'smith', name: 'Mary Smith' },
  });
  const page = await reading(
    folder,
    'On Monday the ferry Jane Nord left Ystad. Later John Smith came, with Queen Mary and King Anna.\n',
  );
  const { keyboard } = page;
  await atShip(page, 'ferry Jane Nord left');
  await keyboard.press('ArrowDown');
  await expect
    .poll(() => options(page))
    .toEqual(['Джейн Нордnord', 'Annaanna', 'Mary Smithsmith', 'New record in Ships…Shift+Enter']);
  await keyboard.press('Enter');
  await expect.poll(() => page.getByRole('combobox', { name: 'ship' }).inputValue()).toBe('nord');
  // a surname with another first name is a guess, a longer name that of another record
  await atShip(page, 'John Smith came, with Queen Mary and King Anna');
  await keyboard.press('ArrowDown');
  await expect
    .poll(() => options(page))
    .toEqual([
      'Mary Smithsimilarsmith',
      'Annasimilaranna',
      'New record in Ships: Queen Mary…',
      'New record in Ships: King Anna…',
      'New record in Ships: John Smith, although “Mary Smith” exists↑ goes here',
      'Джейн Нордnord',
      'New record in Ships…',
    ]);
  await picture(page, 'named-guess');
  for (const _ of ['Mary', 'Anna', 'Queen']) await keyboard.press('ArrowDown');
  await page.getByRole('option', { name: 'Queen Mary', selected: true }).waitFor();
  for (const _ of ['King', 'others']) await keyboard.press('ArrowDown');
  // ↓ passes over what repeats a record
  await page.getByRole('option', { name: /^Джейн/, selected: true }).waitFor();
  // with nothing but guesses, nothing is highlighted
  await keyboard.press('Escape');
  await atShip(page, 'Later John Smith came');
  await keyboard.press('ArrowDown');
  await page.getByRole('option', { name: /^Mary Smith/ }).waitFor();
  await expect.poll(() => page.getByRole('option', { selected: true }).count()).toBe(0);
});

test('a command takes the only match of half a name, also before the list is there, and no other text is forgotten', async () => {
  const folder = newsroom();
  writeFiles(folder, { 'raw/ships/bore.json': { id: 'bore', name: 'Bore' } });
  const page = await reading(folder, 'The ferry met the liner Queen Mary.\n');
  const { keyboard } = page;
  const ship = page.getByRole('combobox', { name: 'ship' });
  await atShip(page, 'The ferry met');
  await keyboard.type('bor');
  await page.getByRole('option', { name: 'Bore' }).waitFor();
  await keyboard.press('Alt+J');
  await expect.poll(() => ship.inputValue()).toBe('bore');
  await keyboard.press('Control+Z');
  await expect.poll(() => ship.inputValue()).toBe('');
  await ship.focus();
  await keyboard.type('bor');
  await keyboard.press('Alt+J');
  await expect.poll(() => ship.inputValue()).toBe('bore');
  await ship.fill('Maria');
  await page.getByRole('option', { name: 'New record in Ships: Maria' }).waitFor();
  await keyboard.press('Alt+J');
  await page.locator('[data-pointer="/ship"]').getByText('no ship "Maria"').waitFor();
  await ship.fill('bor');
  await keyboard.press('Control+S');
  await expect.poll(() => ship.inputValue()).toBe('bore');
});

test('words within a name that the list does not show are taken by an arrow key alone', async () => {
  const folder = newsroom();
  const at = path.join(folder, 'schema/ships.schema.json');
  const ships: { readonly properties: object } = JSON.parse(fs.readFileSync(at, 'utf8'));
  const also = { title: 'Also', type: 'array', items: { type: 'string', minLength: 1 } };
  writeFiles(folder, {
    'schema/ships.schema.json': { ...ships, properties: { ...ships.properties, also } },
    'raw/ships/smith.json': { id: 'smith', name: 'Mary Smith', also: ['Crew at Lund'] },
  });
  const page = await reading(folder, 'The ferry left Lund.\n');
  const ship = page.getByRole('combobox', { name: 'ship' });
  await atShip(page, 'The ferry left');
  for (const key of ['Tab', 'Alt+J']) {
    await ship.fill('lund');
    await page.getByRole('option', { name: /^Mary Smith\s*similar/, selected: false }).waitFor();
    await page.keyboard.press(key);
    await page.locator('[data-pointer="/ship"]').getByText('no ship "lund"').waitFor();
    await expect.poll(() => ship.inputValue()).toBe('lund');
  }
  // the beginning of such a name is as good as its own
  await ship.fill('crew');
  await page.getByRole('option', { name: /^Mary Smith/, selected: true }).waitFor();
});

test('keys after a command that waits for the list are for the field that it goes to', async () => {
  const folder = newsroom();
  writeFiles(folder, { 'raw/ships/bore.json': { id: 'bore', name: 'Bore' } });
  const page = await reading(folder, 'The ferry met the liner Queen Mary.\n');
  await atShip(page, 'The ferry met');
  const find = await hold(page, 'find', 'bor');
  await page.keyboard.type('bor');
  await find.asked;
  await page.keyboard.press('Alt+A');
  await page.keyboard.type('remark');
  await find.answer();
  await expect.poll(() => page.getByRole('combobox', { name: 'ship' }).inputValue()).toBe('bore');
  await page.getByRole('dialog').getByRole('combobox').waitFor();
  await expect.poll(() => page.getByRole('dialog').getByRole('combobox').inputValue()).toBe('remark');
});

test('words that are cited for all fields at once are to be checked for a reference that they do not name', async () => {
  const page = await reading(newsroom(), 'It left on Monday. The port was Ystad.\n');
  const { keyboard } = page;
  await atShip(page, 'It left on Monday.');
  await keyboard.press('Alt+W');
  await keyboard.press('Alt+A');
  await choose(page, 'port');
  await atField(page, '/port');
  await keyboard.type('yst');
  await keyboard.press('Enter');
  await expect.poll(() => page.getByRole('combobox', { name: 'port' }).inputValue()).toBe('ystad');
  await findWords(page, 'It left on Monday.');
  await keyboard.press('Alt+Shift+E');
  await noticed(page, 'Cited for 1 field. Check port: the words do not have the name. Press Ctrl+Z to undo.');
  await keyboard.press('Control+Z');
  await findWords(page, 'The port was Ystad.');
  await keyboard.press('Alt+Shift+E');
  await noticed(page, 'Cited for 1 field. Press Ctrl+Z to undo.');
});

test('words with the last name alone, after another first name, do not name the record', async () => {
  const folder = newsroom();
  writeFiles(folder, { 'raw/ports/smith.json': { id: 'smith', name: 'Mary Smith' } });
  const page = await reading(folder, 'John Smith came.\n');
  const { keyboard } = page;
  await atShip(page, 'John Smith came.');
  await keyboard.press('Alt+W');
  await keyboard.press('Alt+A');
  await choose(page, 'port');
  await atField(page, '/port');
  await keyboard.type('mary');
  await keyboard.press('Enter');
  await expect.poll(() => page.getByRole('combobox', { name: 'port' }).inputValue()).toBe('smith');
  await findWords(page, 'John Smith came.');
  await keyboard.press('Alt+Shift+E');
  await noticed(page, 'Check port: the words do not have the name.');
});

test('a name that a draft has gets no second record by one key', async () => {
  const page = await reading(newsroom(), 'Off Ystad, the ferry met the liner Queen Mary.\n');
  await page.keyboard.press('Alt+N');
  await choose(page, 'Ships');
  await atField(page, '/name');
  await page.keyboard.type('Queen Mary');
  await atShip(page, 'the liner Queen Mary');
  await page.keyboard.type('quee');
  await expect
    .poll(() => options(page))
    .toEqual([
      'Queen Marydraft: save it firstqueen-mary',
      'New record in Ships: Queen Mary, although “Queen Mary” exists↑ goes here',
      'New record in Ships: quee…',
    ]);
});

test('letters that begin a name in the text make the record of that name', async () => {
  const page = await reading(newsroom(), 'Off Ystad, the ferry met the liner Queen Mary.\n');
  await atShip(page, 'the liner Queen Mary');
  await page.keyboard.type('quee');
  await page.getByRole('option', { name: 'New record in Ships: Queen Mary' }).waitFor();
  await expect
    .poll(() => options(page))
    .toEqual(['New record in Ships: Queen Mary…Shift+Enter', 'New record in Ships: quee…']);
  await page.keyboard.press('Shift+Enter');
  await page.getByRole('heading', { name: 'Ships: new record' }).waitFor();
  await expect.poll(() => page.getByRole('textbox', { name: 'name' }).inputValue()).toBe('Queen Mary');
});

test('letters that begin a single word with a capital make the record of that name, as the text writes it', async () => {
  const page = await reading(newsroom(), 'Off Tapa’s coast, the ferry met the Öland.\n');
  await atShip(page, 'Off Tapa’s coast, the ferry met the Öland.');
  const ship = page.getByRole('combobox', { name: 'ship' });
  for (const [typed, choices] of [
    ['tap', ['New record in Ships: Tapa…Shift+Enter', 'New record in Ships: tap…']],
    ['öland', ['New record in Ships: Öland…Shift+Enter']],
    ['Tapa', ['New record in Ships: Tapa…Shift+Enter']],
  ] as const) {
    await ship.fill(typed);
    await expect.poll(() => options(page)).toEqual(choices);
  }
});

test('with nothing typed, no record is highlighted that the text does not name, and Enter goes to the first one', async () => {
  const folder = newsroom();
  writeFiles(folder, { 'raw/ships/bore.json': { id: 'bore', name: 'Bore' } });
  const page = await reading(folder, 'The ferry left with the Queen Mary and Bore’s captain.\n');
  const { keyboard } = page;
  const ship = page.getByRole('combobox', { name: 'ship' });
  const highlighted = page.getByRole('option', { selected: true });
  await atShip(page, 'The ferry left');
  await keyboard.press('ArrowDown');
  await page.getByRole('option', { name: /^Bore/ }).waitFor();
  await expect.poll(() => highlighted.count()).toBe(0);
  await keyboard.press('Enter');
  await noticed(page, 'Nothing is chosen yet: press Enter again');
  await expect.poll(() => highlighted.allTextContents()).toEqual(['Annaanna']);
  await expect.poll(() => ship.inputValue()).toBe('');
  await keyboard.press('Enter');
  await expect.poll(() => ship.inputValue()).toBe('anna');
  // in a field that is filled in, too
  await keyboard.press('ArrowDown');
  await page.getByRole('option', { name: /^Bore/ }).waitFor();
  await keyboard.press('Enter');
  await expect.poll(() => highlighted.count()).toBe(1);
  await keyboard.press('Escape');
  // before the list has come
  await ship.fill('');
  await keyboard.press('Tab');
  await expect.poll(() => ship.and(page.locator(':focus')).count()).toBe(0);
  await ship.focus();
  await atField(page, '/ship');
  await expect.poll(() => ship.inputValue()).toBe('');
  const held = await hold(page, 'find');
  for (const key of ['ArrowDown', 'Enter', 'Enter']) await keyboard.press(key);
  await held.answer();
  await expect.poll(() => ship.inputValue()).toBe('anna');
  // what has something is mostly not meant
  await keyboard.press('Escape');
  await atShip(page, 'Bore’s captain');
  await keyboard.press('ArrowDown');
  await expect.poll(() => options(page)).toEqual(['Borebore', 'Annaanna', 'New record in Ships…Shift+Enter']);
  await expect.poll(() => highlighted.count()).toBe(0);
  // a new name is first, and nothing happens to it in one press
  await keyboard.press('Escape');
  await atShip(page, 'Queen Mary');
  await keyboard.press('ArrowDown');
  await page.getByRole('option', { name: /Queen Mary/ }).waitFor();
  await expect.poll(() => highlighted.count()).toBe(0);
  await keyboard.press('Enter');
  await expect.poll(() => highlighted.textContent()).toMatch('Queen Mary');
});

test('records that another entry of the list has come last, although the text names them', async () => {
  const folder = newsroom();
  const at = path.join(folder, 'schema/crossings.schema.json');
  const crossings: { readonly properties: object } = JSON.parse(fs.readFileSync(at, 'utf8'));
  const met = { type: 'array', items: { type: 'string', 'x-references': 'ships' } };
  writeFiles(folder, {
    'schema/crossings.schema.json': { ...crossings, properties: { ...crossings.properties, met } },
    'raw/ships/bore.json': { id: 'bore', name: 'Bore' },
    'raw/ships/dora.json': { id: 'dora', name: 'Dora' },
  });
  const page = await reading(folder, 'Bore met Anna and Dora.\n');
  const { keyboard } = page;
  await atShip(page, 'Bore met Anna');
  await keyboard.press('Alt+A');
  await choose(page, 'met');
  await atField(page, '/met/0');
  await keyboard.press('ArrowDown');
  await expect
    .poll(() => options(page))
    .toEqual(['Borebore', 'Annaanna', 'Doradora', 'New record in Ships…Shift+Enter']);
  await keyboard.press('Enter');
  await keyboard.press('Alt+A');
  await choose(page, 'met 2');
  await atField(page, '/met/1');
  await keyboard.press('ArrowDown');
  await expect
    .poll(() => options(page))
    .toEqual(['Annaanna', 'Doradora', 'Borebore', 'New record in Ships…Shift+Enter']);
  await keyboard.press('Enter');
  await expect.poll(() => page.locator('[data-pointer="/met/1"] input').inputValue()).toBe('anna');
});

test('what was found is whole words, and can be extended after a look at the list', async () => {
  const page = await reading(newsroom(), 'The German soldiers met the Queen Mary.\n');
  const { keyboard } = page;
  const selected = () => page.evaluate('[...CSS.highlights.get("selected")].map(String).join()');
  await atShip(page, 'German');
  await keyboard.press('Alt+F');
  await keyboard.type('queen m');
  await keyboard.press('Enter');
  await expect.poll(selected).toBe('Queen Mary');
  await keyboard.press('Alt+F');
  await keyboard.type('German so');
  await keyboard.press('Enter');
  await expect.poll(selected).toBe('German soldiers');
  await keyboard.press('ArrowDown');
  await page.getByRole('option').first().waitFor();
  await keyboard.press('Escape');
  await keyboard.press('Shift+ArrowRight');
  await expect.poll(selected).toBe('German soldiers met');
  await atField(page, '/ship');
  // in the record that the list makes, the keys are those of its name
  await keyboard.press('Alt+F');
  await keyboard.type('Queen Mary');
  await keyboard.press('Enter');
  await expect.poll(selected).toBe('Queen Mary');
  await keyboard.press('ArrowDown');
  await page.getByRole('option', { name: /Queen Mary/ }).waitFor();
  await keyboard.press('Shift+Enter');
  await page.getByRole('heading', { name: 'Ships: new record' }).waitFor();
  await atField(page, '/name');
  await keyboard.press('End');
  await keyboard.press('Shift+ArrowLeft');
  await keyboard.type('ie');
  await expect.poll(() => page.getByRole('textbox', { name: 'name' }).inputValue()).toBe('Queen Marie');
  await atField(page, '/name');
});

test('a part of a word that the mouse selects is said to be one', async () => {
  const page = await reading(newsroom(), 'The ferry left on Tuesday.\n');
  const box: { readonly x: number; readonly right: number; readonly y: number } = await page.evaluate(`(() => {
    const range = new Range();
    const node = document.querySelector('#text .piece').firstChild;
    range.setStart(node, 15);
    range.setEnd(node, 21);
    const { x, right, y, height } = range.getBoundingClientRect();
    return { x, right, y: y + height / 2 };
  })()`);
  await page.mouse.move(box.x, box.y);
  await page.mouse.down();
  await page.mouse.move(box.right, box.y, { steps: 4 });
  await page.mouse.up();
  await expect.poll(() => page.locator('#notice').textContent()).toBe('“on Tue” is only a part of “on Tuesday”.');
});

test('a reference to what has no name lists first what cites the same words, and no new names', async () => {
  const folder = newsroom();
  const at = path.join(folder, 'schema/crossings.schema.json');
  const { properties }: { readonly properties: { readonly evidence: object } } = JSON.parse(
    fs.readFileSync(at, 'utf8'),
  );
  const text = 'The Queen Mary left Ystad. Bore stayed.\n';
  const cited = (words: string) => ({
    source: 'log',
    start: text.indexOf(words),
    end: text.indexOf(words) + words.length,
    begins: words.slice(0, 4),
    ends: words.slice(-4),
    sha256: sha256(words),
    supports: ['/summary'],
  });
  const notes = {
    title: 'Notes',
    type: 'object',
    properties: {
      id: { type: 'string' },
      summary: { type: 'string', 'x-own-words': true, 'x-evidence': true },
      after: { type: 'string', 'x-references': 'notes' },
      evidence: properties.evidence,
    },
    required: ['id', 'summary'],
  };
  writeFiles(folder, {
    'schema/notes.schema.json': { ...notes, 'x-label': '/summary' },
    'raw/notes/all-quiet.json': { id: 'all-quiet', summary: 'Nothing' },
    'raw/notes/bore-stayed.json': { id: 'bore-stayed', summary: 'Stays', evidence: [cited('stayed')] },
    'raw/notes/mary-left.json': { id: 'mary-left', summary: 'Goes', evidence: [cited('left Ystad')] },
  });
  const page = await reading(folder, text);
  const { keyboard } = page;
  await page.getByRole('button', { name: 'Goes' }).waitFor();
  await findWords(page, 'Queen Mary left Ystad');
  await keyboard.press('Alt+N');
  await choose(page, 'Notes');
  await keyboard.press('Alt+A');
  await choose(page, 'after');
  await atField(page, '/after');
  await keyboard.press('ArrowDown');
  await expect
    .poll(() => options(page))
    .toEqual(['Goesmary-left', 'Staysbore-stayed', 'Nothingall-quiet', 'New record in Notes…Shift+Enter']);
  await expect.poll(() => page.getByRole('option', { selected: true }).count()).toBe(0);
  // a record is not offered for itself
  await keyboard.press('Escape');
  await page.getByRole('button', { name: 'Goes' }).click();
  await page.getByRole('heading', { name: 'Notes: Goes' }).waitFor();
  await keyboard.press('Alt+A');
  await choose(page, 'after');
  await atField(page, '/after');
  await keyboard.press('ArrowDown');
  await expect.poll(async () => (await options(page)).slice(0, 2)).toEqual(['Staysbore-stayed', 'Nothingall-quiet']);
  await keyboard.type('goe');
  await page.getByText('No record has these words.').waitFor();
});

test('letters within a word of a name are taken by an arrow key alone, and make the name in the text', async () => {
  const folder = newsroom();
  writeFiles(folder, { 'raw/ships/admiral.json': { id: 'admiral', name: 'Admiral Nord' } });
  const page = await reading(folder, 'The admiral met it. The admiral met the Mira Roe there.\n');
  const { keyboard } = page;
  await atShip(page, 'The admiral met it');
  await keyboard.type('mir');
  await expect
    .poll(() => options(page))
    .toEqual(['Admiral Nordsimilaradmiral', 'New record in Ships: mir…Shift+Enter']);
  await keyboard.press('Escape');
  await atShip(page, 'the Mira Roe there');
  await keyboard.type('mir');
  await expect
    .poll(() => options(page))
    .toEqual(['Admiral Nordsimilaradmiral', 'New record in Ships: Mira Roe…Shift+Enter', 'New record in Ships: mir…']);
  await expect.poll(() => page.getByRole('option', { selected: true }).count()).toBe(0);
  await keyboard.press('Tab');
  await expect.poll(() => page.getByRole('combobox', { name: 'ship' }).inputValue()).toBe('mir');
  // a whole word of the name stands for it, too
  for (const words of ['mira', 'roe']) {
    await page.getByRole('combobox', { name: 'ship' }).fill(words);
    await page.getByRole('option', { name: 'New record in Ships: Mira Roe…Shift+Enter' }).waitFor();
  }
});

test('letters that begin a new name in the text do not take a record that begins so', async () => {
  const folder = newsroom();
  writeFiles(folder, { 'raw/ships/oleksii.json': { id: 'oleksii', name: 'Oleksii Roe' } });
  const page = await reading(folder, 'He met Oleksandr Nord there. Oleksii Roe was not there.\n');
  const { keyboard } = page;
  await atShip(page, 'He met Oleksandr Nord there');
  await keyboard.type('olek');
  await expect
    .poll(() => options(page))
    .toEqual([
      'Oleksii Roesimilaroleksii',
      'New record in Ships: Oleksandr Nord…Shift+Enter',
      'New record in Ships: olek…',
    ]);
  await expect.poll(() => page.getByRole('option', { selected: true }).count()).toBe(0);
  await keyboard.press('Escape');
  // the record that the text names is meant
  await atShip(page, 'Oleksii Roe was not there');
  await keyboard.type('olek');
  await page.getByRole('option', { name: /^Oleksii Roe/, selected: true }).waitFor();
});

test('a name that another table has is not offered as a new record', async () => {
  const folder = newsroom();
  writeFiles(folder, { 'raw/ports/old-town.json': { id: 'old-town', name: 'Old Town' } });
  const page = await reading(folder, 'The Old Town met the Queen Mary.\n');
  await atShip(page, 'The Old Town met the Queen Mary');
  await page.keyboard.press('ArrowDown');
  await expect
    .poll(() => options(page))
    .toEqual(['New record in Ships: Queen Mary…Shift+Enter', 'Annaanna', 'New record in Ships…']);
});

test.each([
  ['Mary Lukas', 'President Lukas left Ystad.', 'Luk', 'luk'],
  ['Mary Ann Lukas', 'Mary Lukas left Ystad.', 'Mary', 'although “Mary Ann Lukas” exists'],
  ['Sergey Lukas', 'Sergei Lukas left Ystad.', 'luk', 'although “Sergey Lukas” exists'],
  ['Volodymyr Lukass', 'Volodymyr Lukas left Ystad.', 'Luk', 'although “Volodymyr Lukass” exists'],
])('%s is no other one than the name in “%s”', async (name, text, typed, fresh) => {
  const folder = newsroom();
  writeFiles(folder, { 'raw/ships/lukas.json': { id: 'lukas', name } });
  const page = await reading(folder, `${text}\n`);
  await atShip(page, text.replace(' Ystad.', ''));
  await page.keyboard.type(typed);
  await page.getByRole('option', { name: new RegExp(`^${name}`), selected: true }).waitFor();
  // a new record would say that there is one
  await page
    .getByRole('option', { name: new RegExp(`^New record in Ships: .*${fresh}`, 'i') })
    .first()
    .waitFor();
  await page.keyboard.press('Enter');
  await expect.poll(() => page.getByRole('combobox', { name: 'ship' }).inputValue()).toBe('lukas');
});

test('a draft does not come before the record that is meant, and the page says if all are only similar', async () => {
  const folder = newsroom();
  const page = await reading(folder, 'On Monday Oleksandr Nord left Ystad.\n');
  const { keyboard } = page;
  await keyboard.press('Alt+N');
  await choose(page, 'Ships');
  await atField(page, '/name');
  await keyboard.type('Oleksii Roe');
  await atShip(page, 'Oleksandr Nord left');
  await keyboard.type('Olek');
  await page.getByRole('option', { name: /^Oleksii Roe/ }).waitFor();
  await expect.poll(() => page.getByRole('option', { selected: true }).count()).toBe(0);
  await expect
    .poll(() => page.locator('[data-pointer="/ship"] .no-choice').textContent())
    .toBe('Only similar ones: ↓ goes to them.');
});

test('records of one table that have the same name leave room for those of others', async () => {
  const folder = newsroom();
  const papers = Array.from({ length: 60 }, (_, i) => [`raw/papers/p${i}.json`, { id: `p${i}`, title: 'The Herald' }]);
  writeFiles(folder, { ...Object.fromEntries(papers), 'raw/ships/mary.json': { id: 'mary', name: 'Queen Mary' } });
  const page = await reading(folder, 'The Herald wrote that Queen Mary left Ystad.\n');
  await atShip(page, 'The Herald wrote that Queen Mary left');
  await page.keyboard.press('ArrowDown');
  const active = page.getByRole('option', { selected: true });
  await expect.poll(() => active.allTextContents()).toEqual([expect.stringMatching(/^Queen Mary/)]);
});

test('a record that is open can be chosen in a dialog about another one', async () => {
  const { page } = await openWorkbench(browser, withOrigins(), wide, 'firms/harbour-gazette');
  await page.getByRole('heading', { name: /Firms/ }).waitFor();
  await page.keyboard.press('Alt+I');
  const dialog = page.getByRole('dialog', { name: 'Add a source' });
  await dialog.getByRole('textbox', { name: /^Text: paste/ }).fill('Ferry leaves\n\nThe Harbour Gazette says so.\n');
  await dialog.getByRole('combobox', { name: 'Outlet', exact: true }).focus();
  await page.keyboard.type('Harbour');
  const active = dialog.getByRole('option', { selected: true });
  await expect.poll(() => active.allTextContents()).toContain('Harbour Gazetteharbour-gazette');
});

test('the record of a reference beside it comes last, as does one of another entry', async () => {
  const folder = newsroom();
  const at = path.join(folder, 'schema/crossings.schema.json');
  const crossings: { readonly properties: object } = JSON.parse(fs.readFileSync(at, 'utf8'));
  const ship = { type: 'string', 'x-references': 'ships' };
  const tow = {
    type: 'object',
    properties: { tug: { ...ship, title: 'Tug' }, other: { ...ship, title: 'Other' } },
    required: ['tug'],
  };
  writeFiles(folder, {
    'schema/crossings.schema.json': { ...crossings, properties: { ...crossings.properties, tow } },
    'raw/ships/bore.json': { id: 'bore', name: 'Bore' },
  });
  const page = await reading(folder, 'Anna towed Bore.\n');
  const { keyboard } = page;
  await atShip(page, 'Anna towed Bore');
  for (const [field, pointer, order] of [
    ['tow', '/tow/tug', ['Annaanna', 'Borebore', 'New record in Ships…Shift+Enter']],
    ['other', '/tow/other', ['Borebore', 'Annaanna', 'New record in Ships…Shift+Enter']],
  ] as const) {
    await keyboard.press('Alt+A');
    await choose(page, field);
    await atField(page, pointer);
    await keyboard.press('ArrowDown');
    await expect.poll(() => options(page)).toEqual(order);
    await keyboard.press('Enter');
  }
  await expect.poll(() => page.locator('[data-pointer="/tow/other"] input').inputValue()).toBe('bore');
});

test('new names are offered for a table whose names can be long, before names of several words that the text begins', async () => {
  const folder = newsroom();
  const at = path.join(folder, 'schema/ships.schema.json');
  const ships: { readonly properties: object } = JSON.parse(fs.readFileSync(at, 'utf8'));
  const name = { type: 'string', maxLength: 2000, 'x-distinct': true };
  writeFiles(folder, {
    'schema/ships.schema.json': { ...ships, properties: { ...ships.properties, name } },
    'raw/ships/fleet.json': { id: 'fleet', name: 'Fleet of Sweden' },
  });
  const page = await reading(folder, 'The Queen Mary left Sweden.\n');
  await atShip(page, 'The Queen Mary left Sweden');
  await page.keyboard.press('ArrowDown');
  await expect
    .poll(() => options(page))
    .toEqual([
      'New record in Ships: Queen Mary…Shift+Enter',
      'Fleet of Swedensimilarfleet',
      'Annaanna',
      'New record in Ships…',
    ]);
});

test('words are found inside of longer ones only if the text does not have them alone', async () => {
  const page = await reading(newsroom(), 'The Estonian ferry left Estonia. Estonians met it.\n');
  const { keyboard } = page;
  const selected = () => page.evaluate('[...CSS.highlights.get("selected")].map(String).join()');
  for (const [words, found] of [
    ['estonia', 'Estonia'],
    ['estonia', 'Estonia'],
    ['estoni', 'Estonians'],
  ] as const) {
    await keyboard.press('Alt+F');
    await keyboard.type(words);
    await keyboard.press('Enter');
    await expect.poll(selected).toBe(found);
  }
});

test('beside another reference, what other records of the source have there is first, then what its record refers to', async () => {
  const folder = newsroom();
  const read = (at: string): { readonly properties: object } =>
    JSON.parse(fs.readFileSync(path.join(folder, at), 'utf8'));
  const [crossings, ships] = [read('schema/crossings.schema.json'), read('schema/ships.schema.json')];
  const ship = { type: 'string', 'x-references': 'ships' };
  const tow = {
    type: 'object',
    properties: { tug: { ...ship, title: 'Tug' }, other: { ...ship, title: 'Other', 'x-evidence': true } },
    required: ['tug'],
  };
  const text = 'Anna towed it. Anna came again.';
  const cited = { source: 'log', start: 0, end: 10, begins: 'Anna', ends: 'towed', sha256: sha256('Anna towed') };
  writeFiles(folder, {
    'schema/crossings.schema.json': { ...crossings, properties: { ...crossings.properties, tow } },
    'schema/ships.schema.json': { ...ships, properties: { ...ships.properties, sister: ship } },
    'raw/ships/anna.json': { ...read('raw/ships/anna.json'), sister: 'bore' },
    'raw/ships/bore.json': { id: 'bore', name: 'Bore' },
    'raw/ships/cora.json': { id: 'cora', name: 'Cora' },
    'raw/crossings/first.json': {
      id: 'first',
      kind: 'departure',
      ship: 'anna',
      tow: { tug: 'anna', other: 'cora' },
      evidence: [{ ...cited, supports: ['/kind', '/ship', '/tow/other'] }],
    },
  });
  const page = await reading(folder, `${text}\n`);
  const { keyboard } = page;
  await page.getByRole('button', { name: 'first' }).waitFor();
  await atShip(page, 'Anna came again');
  for (const [field, pointer, id] of [
    ['tow', '/tow/tug', 'anna'],
    ['other', '/tow/other', 'cora'],
  ] as const) {
    await keyboard.press('Alt+A');
    await choose(page, field);
    await atField(page, pointer);
    await keyboard.press('ArrowDown');
    await page.getByRole('option', { selected: true }).waitFor();
    expect((await options(page)).slice(0, 2)).toEqual(
      id === 'anna' ? ['Annaanna', 'Borebore'] : ['Coracora', 'Borebore'],
    );
    await keyboard.press('Enter');
    await expect.poll(() => page.locator(`[data-pointer="${pointer}"] input`).inputValue()).toBe(id);
  }
  // the words in hand do not name it: those of the other record do
  await noticed(page, 'It cites the words that another record cites for it.');
  const chips = page.locator('[data-pointer="/tow/other"] .chip [aria-hidden]');
  await expect.poll(() => chips.allTextContents()).toEqual(['Anna towed']);
  await keyboard.press('Control+Z');
  await expect.poll(() => chips.count()).toBe(0);
});

test('an arrow key goes on from the record that is named to the new names, in a list that it has opened', async () => {
  const page = await reading(newsroom(), 'Anna met the Queen Mary.\n');
  const { keyboard } = page;
  await atShip(page, 'Anna met the Queen Mary');
  await keyboard.press('ArrowDown');
  await page.getByRole('option', { name: /^Anna/, selected: true }).waitFor();
  await keyboard.press('ArrowDown');
  const highlighted = page.getByRole('option', { selected: true });
  await expect.poll(() => highlighted.allTextContents()).toEqual([expect.stringContaining('Queen Mary')]);
});
