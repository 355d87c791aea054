import fs from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { crossing, dataset, schemas, sha256 } from '../support/fixture.ts';
import { repository } from '../support/repository.ts';
import { writeFiles } from '../support/run.ts';
import { withLoads } from '../support/loads.ts';
import { workbenchOf } from '../support/workbench.ts';
import { picture, visit, laptop } from './browser.ts';
import { startChromium } from './chromium.mjs';
import { atField, choose, findWords, openWorkbench, noticed } from './curator.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await startChromium();
});
afterAll(() => browser.close());

const read = (folder: string, name: string): unknown => JSON.parse(fs.readFileSync(path.join(folder, name), 'utf8'));

test('the identifier of an uncommitted record can be changed: what follows is shown before', async () => {
  const folder = dataset();
  const { page, messages } = await openWorkbench(browser, folder, laptop, 'gazette');
  const { keyboard } = page;
  await page.locator('#text .piece').waitFor();
  await keyboard.press('Alt+R');
  await choose(page, 'ports ystad');
  await page.getByRole('heading', { name: 'Ports: Ystad', exact: true }).waitFor();
  await page.getByRole('textbox', { name: 'name', exact: true }).fill('Ystad town');
  await page.getByRole('button', { name: 'Change…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Change the identifier' });
  await dialog.getByText('crossings: monday-ystad /stops/0/port').waitFor();
  await picture(page, 'rename');
  // the name in use is selected: typing replaces it
  await keyboard.type('trelleborg');
  await keyboard.press('Enter');
  await dialog.getByText('"trelleborg" is taken').waitFor();
  await dialog.getByRole('textbox', { name: 'Identifier' }).fill('ystad-town');
  await keyboard.press('Enter');
  await noticed(page, 'ystad is now ystad-town. 2 references changed');
  // what was not saved is still there
  await expect.poll(() => page.getByRole('textbox', { name: 'name', exact: true }).inputValue()).toBe('Ystad town');
  await keyboard.press('Control+S');
  await page.getByText('Saved: raw/ports/ystad-town.json').waitFor();
  expect(read(folder, 'raw/crossings/monday-ystad.json')).toMatchObject({ port: 'ystad-town' });
  expect(read(folder, 'raw/ports/ystad-town.json')).toEqual({ id: 'ystad-town', name: 'Ystad town' });
  expect(fs.existsSync(path.join(folder, 'raw/ports/ystad.json'))).toBe(false);
  // the identifier that was taken
  expect(messages).toEqual([expect.stringContaining('422')]);
});

test('a saved record can be deleted after a question, unless another one refers to it', async () => {
  const folder = dataset();
  const { page, messages } = await openWorkbench(browser, folder, laptop, 'gazette');
  const { keyboard } = page;
  await page.locator('#text .piece').waitFor();
  await keyboard.press('Alt+R');
  await choose(page, 'trelleborg');
  await page.getByRole('heading', { name: 'Ports: Trelleborg' }).waitFor();
  await page.getByRole('button', { name: 'Delete…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Delete a record' });
  await dialog.getByText('Not deleted: other records refer to it.').waitFor();
  await picture(page, 'delete-refused');
  await dialog.getByRole('button', { name: 'crossings: monday-ystad /stops/1/port' }).click();
  await page.getByRole('heading', { name: 'Crossings: monday-ystad' }).waitFor();
  await atField(page, '/stops/1/port');
  await page.getByRole('button', { name: 'Delete…' }).click();
  await dialog.getByText('once deleted, it cannot be brought back').waitFor();
  await picture(page, 'delete');
  await dialog.getByRole('button', { name: 'Delete the record' }).click();
  await page.getByText('Deleted: raw/crossings/monday-ystad.json').waitFor();
  expect(fs.existsSync(path.join(folder, 'raw/crossings/monday-ystad.json'))).toBe(false);
  await expect.poll(() => page.getByRole('navigation').getByText('monday-ystad').count()).toBe(0);
  expect(messages).toEqual([]);
});

test('whoever deletes a source learns before and after that its text stays, and where', async () => {
  const text = 'The ferry left Lund.\n';
  const folder = dataset({
    'sources/herald.txt': text,
    'raw/papers/herald.json': { id: 'herald', document: { file: 'herald.txt', sha256: sha256(text) } },
  });
  const { page, messages } = await openWorkbench(browser, folder, laptop, 'herald');
  await page.locator('#text .piece').waitFor();
  await page.getByRole('button', { name: 'herald', exact: true }).click();
  await page.getByRole('heading', { name: 'Papers: herald' }).waitFor();
  await page.getByRole('button', { name: 'Delete…' }).click();
  const stays =
    'The text of the source stays in sources/herald.txt: delete that file yourself if you no longer need it.';
  const dialog = page.getByRole('dialog', { name: 'Delete a record' });
  await dialog.getByText(stays).waitFor();
  await picture(page, 'delete-source');
  await dialog.getByRole('button', { name: 'Delete the record' }).click();
  await noticed(page, `Deleted: raw/papers/herald.json · ${stays}`);
  await picture(page, 'deleted-source');
  // no new record can cite it
  await expect.poll(() => page.locator('#text .piece').count()).toBe(0);
  await page.getByRole('button', { name: 'gazette' }).waitFor();
  expect(fs.readFileSync(path.join(folder, 'sources/herald.txt'), 'utf8')).toBe(text);
  expect(messages).toEqual([]);
});

test('a record that a commit holds keeps its identifier, and the page says why', async () => {
  const { page, messages } = await openWorkbench(browser, repository(), laptop, 'gazette');
  await page.getByRole('button', { name: 'monday-ystad' }).click();
  await page.getByRole('button', { name: 'Change…' }).click();
  await page.getByRole('dialog').getByText('holds this record, so its identifier never changes').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Delete…' }).click();
  await page.getByRole('dialog').getByText('Git keeps raw/crossings/monday-ystad.json as it was committed.').waitFor();
  expect(messages).toEqual([]);
});

const lines = Array.from({ length: 300 }, (_, i) => `Line ${i} of the herald says nothing.\n`);
const herald = `${lines.join('')}The ferry left Lund.\n`;

/** A dataset with a second source, whose only record cites its last line. */
function withHerald(): string {
  const start = herald.indexOf('The ferry');
  const words = 'The ferry left Lund.';
  const span = { source: 'herald', start, end: start + words.length, sha256: sha256(words) };
  return dataset({
    'sources/herald.txt': herald,
    'raw/papers/herald.json': { id: 'herald', document: { file: 'herald.txt', sha256: sha256(herald) } },
    'raw/crossings/lund.json': {
      ...crossing,
      id: 'lund',
      evidence: [{ ...span, begins: 'The ferry', ends: 'Lund.', supports: ['/port', '/cars'] }],
    },
  });
}

/** Whether words of the text are visible. */
function isVisible(page: Page, words: string): Promise<boolean> {
  return page.evaluate<boolean>(`(() => {
    const walker = document.createTreeWalker(document.querySelector('#text') ?? document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const at = walker.currentNode.data.indexOf(${JSON.stringify(words)});
      if (at < 0) continue;
      const range = document.createRange();
      range.setStart(walker.currentNode, at);
      range.setEnd(walker.currentNode, at + 3);
      const [box, frame] = [range.getBoundingClientRect(), document.querySelector('#text').getBoundingClientRect()];
      return box.height > 0 && box.top >= frame.top && box.bottom <= frame.bottom;
    }
    return false;
  })()`);
}

test('a record that is opened shows its source at its words, and can cite more of it at once', async () => {
  const { page, messages } = await openWorkbench(browser, withHerald(), laptop, 'gazette');
  const { keyboard } = page;
  await page.getByText('The ferry 🛳 left').waitFor();
  await keyboard.press('Alt+R');
  await choose(page, 'lund');
  await page.getByRole('heading', { name: 'Crossings: lund' }).waitFor();
  await expect.poll(() => isVisible(page, 'The ferry left Lund.')).toBe(true);
  await page.getByRole('textbox', { name: 'cars', exact: true }).focus();
  await findWords(page, 'Line 299');
  await keyboard.press('Alt+E');
  await noticed(page, 'Cited for cars.');
  // the record of a source shows its own text
  await keyboard.press('Alt+R');
  await choose(page, 'gazette');
  await page.getByText('The ferry 🛳 left').waitFor();
  await page.getByRole('heading', { name: 'Papers: gazette' }).waitFor();
  expect(messages).toEqual([]);
});

test('after the page was loaded again, a draft that cites nothing yet shows the source where it was begun', async () => {
  const { page, messages, reload } = await openWorkbench(browser, withHerald(), laptop);
  const { keyboard } = page;
  await page.getByRole('button', { name: /^herald/ }).click();
  await page.locator('#text .piece').first().waitFor();
  await keyboard.press('Alt+N');
  await choose(page, 'Crossings');
  await atField(page, '/kind');
  await keyboard.press('Space');
  await page.getByText('Drafts: 1', { exact: true }).waitFor();
  await reload();
  await page.getByText('Line 0 of the herald').waitFor();
  await page.getByRole('heading', { name: 'Crossings: new record' }).waitFor();
  await keyboard.press('Alt+B');
  await noticed(page, 'The only draft is the record in the form.');
  expect(messages).toEqual([]);
});

test('words with one number fill in a quantity, with its limit, unit and words, in one step', async () => {
  const text = 'The ferry came late. Over 1,200 cars were on board.';
  const { page, messages } = await openWorkbench(browser, withLoads(text, 'en'), laptop, 'herald');
  const { keyboard } = page;
  await page.locator('#text .piece').first().waitFor();
  await findWords(page, 'Over 1,200 cars');
  await keyboard.press('Alt+N');
  await choose(page, 'Crossings');
  await atField(page, '/kind');
  await keyboard.press('Alt+A');
  await choose(page, 'Load');
  await atField(page, '/load/of');
  const offer = page.getByRole('group', { name: 'Quantity in the text' });
  await offer.locator('q', { hasText: 'Over 1,200' }).waitFor();
  await picture(page, 'quantity');
  // what is there already is not replaced
  await page.getByRole('combobox', { name: 'Limit' }).click();
  await choose(page, 'about');
  await offer.getByRole('button', { name: 'Fill in Low: 1200, Of: cars, Words: Over 1,200 cars' }).click();
  await page.getByText('Filled in: Low, Of, Words. Ctrl+Z undoes it.').waitFor();
  const low = page.getByRole('textbox', { name: 'Low' });
  await expect.poll(() => low.inputValue()).toBe('1200');
  await page.getByRole('button', { name: 'Evidence: Over 1,200 cars', exact: true }).first().waitFor();
  await expect.poll(() => page.getByRole('button', { name: 'Evidence: Over 1,200 cars', exact: true }).count()).toBe(4);
  await expect.poll(() => page.getByRole('combobox', { name: 'Limit' }).inputValue()).toBe('about');
  await expect.poll(() => offer.count()).toBe(0);
  await keyboard.press('Control+Z');
  await low.waitFor({ state: 'detached' });
  await expect.poll(() => page.getByRole('combobox', { name: 'Limit' }).inputValue()).toBe('about');
  // Enter in any of its fields that is empty takes it, radio buttons too
  await page.locator('[data-pointer="/load/of"] input').first().focus();
  await keyboard.press('Enter');
  await expect.poll(() => low.inputValue()).toBe('1200');
  expect(messages).toEqual([]);
});

const french = 'Paris, 3 mars. Le ministère des Affaires étrangères a démenti lundi. La porte-parole n’a rien ajouté.';

/** A dataset of statements by actors who have an English name, and those that a text has. */
function withActors(): string {
  const { properties } = schemas['schema/crossings.schema.json'] as { readonly properties: { evidence: object } };
  const { evidence } = properties;
  const shape = (title: string, fields: object, required: readonly string[]): object => ({
    ...schemas['schema/ships.schema.json'],
    title,
    properties: { id: { type: 'string' }, ...fields, evidence },
    required: ['id', ...required],
  });
  const name = { title: 'Name', type: 'string', 'x-distinct': true, 'x-evidence': true };
  const original = {
    title: 'Name as printed',
    type: 'string',
    'x-verbatim': true,
    'x-distinct': true,
    'x-evidence': true,
  };
  const kind = { title: 'Kind', type: 'string', enum: ['person', 'ministry'], 'x-evidence': true };
  const actor = { title: 'Actor', type: 'string', 'x-references': 'actors', 'x-evidence': true };
  return dataset({
    'schema/actors.schema.json': shape(
      'Actors',
      { kind, name, originals: { title: 'Names as printed', type: 'array', minItems: 1, items: original } },
      ['kind', 'name'],
    ),
    'schema/says.schema.json': shape('Statements', { actor }, ['actor']),
    'raw/actors/bo.json': { id: 'bo', kind: 'person', name: 'Bo' },
    'raw/says/first.json': { id: 'first', actor: 'bo' },
    'raw/papers/monde.json': { id: 'monde', document: { file: 'monde.txt', sha256: sha256(french) } },
    'sources/monde.txt': french,
  });
}

/** Begins a statement that cites a sentence, and names its actor in English. */
async function beginStatement(page: Page, url: string): Promise<void> {
  const { keyboard } = page;
  await page.goto(url);
  await page.locator('#text .piece').first().waitFor();
  await findWords(page, 'Le ministère des Affaires étrangères a démenti lundi.');
  await keyboard.press('Alt+N');
  await choose(page, 'Statements');
  await atField(page, '/actor');
}

async function createActor(page: Page): Promise<void> {
  await page.keyboard.type('French Foreign Ministry');
  await page.getByRole('option', { name: 'New record in Actors: French Foreign Ministry' }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Actors: new record' }).waitFor();
}

const inFrench = 'Le ministère des Affaires étrangères';

function madeActor(folder: string): unknown {
  return read(folder, 'raw/actors/french-foreign-ministry.json');
}

const whole = {
  kind: 'ministry',
  name: 'French Foreign Ministry',
  originals: [inFrench],
  evidence: [{ source: 'monde', start: french.indexOf(inFrench), end: french.indexOf(' a démenti') }],
};

test('an actor with a translated name cites the words that are selected for it, and has them as its original name', async () => {
  const folder = withActors();
  const { url } = await workbenchOf(folder, 'monde');
  const { page, messages } = await visit(browser, laptop);
  await beginStatement(page, url);
  await findWords(page, inFrench);
  await page.getByRole('combobox', { name: 'Actor' }).focus();
  await createActor(page);
  await noticed(page, 'Names as printed is in the words of the text.');
  await picture(page, 'translated');
  await atField(page, '/kind');
  await page.getByRole('radio', { name: 'ministry' }).check();
  await page.getByText('Left to do: 0').waitFor();
  await page.keyboard.press('Control+S');
  await page.getByRole('heading', { name: 'Statements: new record' }).waitFor();
  expect(madeActor(folder)).toMatchObject(whole);
  expect(messages).toEqual([]);
});

/** Names an actor who is not known yet, at words selected for it in a text. Returns the folder. */
async function nameActor(text: string, words: string, name: string): Promise<{ folder: string; page: Page }> {
  const folder = withActors();
  writeFiles(folder, {
    'raw/papers/post.json': { id: 'post', document: { file: 'post.txt', sha256: sha256(text) } },
    'sources/post.txt': text,
  });
  const { page } = await openWorkbench(browser, folder, laptop, 'post');
  await page.locator('#text .piece').first().waitFor();
  await findWords(page, text.trim());
  await page.keyboard.press('Alt+N');
  await choose(page, 'Statements');
  await atField(page, '/actor');
  await findWords(page, words);
  await page.getByRole('combobox', { name: 'Actor' }).focus();
  await page.keyboard.type(name);
  await page.keyboard.press('Shift+Enter');
  return { folder, page };
}

/** Saves the new actor as a ministry. */
async function saveMinistry(page: Page): Promise<void> {
  await atField(page, '/kind');
  await page.getByRole('radio', { name: 'ministry' }).check();
  await page.getByText('Left to do: 0').waitFor();
  await page.keyboard.press('Control+S');
  await page.getByRole('heading', { name: 'Statements: new record' }).waitFor();
}

test('the original name has no ending of the English genitive', async () => {
  const text = 'Bulgaria’s ministers denied it on Monday.\n';
  const { folder, page } = await nameActor(text, 'Bulgaria’s', 'Government of B.');
  await noticed(page, 'Names as printed is in the words of the text.');
  await saveMinistry(page);
  expect(read(folder, 'raw/actors/government-of-b.json')).toMatchObject({ originals: ['Bulgaria'] });
});

test.each(['Dutch', 'up to 120 soldiers'])(
  '“%s” is evidence for a new actor, but not its original name',
  async (words) => {
    const text = 'The Dutch ministers denied it, and up to 120 soldiers came.\n';
    const { folder, page } = await nameActor(text, words, 'Government of N.');
    await saveMinistry(page);
    const made = read(folder, 'raw/actors/government-of-n.json');
    expect(made).toMatchObject({ name: 'Government of N.', evidence: [{ source: 'post' }] });
    expect(made).not.toHaveProperty('originals');
  },
);

test('words that are the name of another actor are evidence for a new one, but not its original name', async () => {
  const folder = withActors();
  writeFiles(folder, { 'raw/actors/quai.json': { id: 'quai', kind: 'person', name: inFrench } });
  const { url } = await workbenchOf(folder, 'monde');
  const { page } = await visit(browser, laptop);
  await beginStatement(page, url);
  await createActor(page);
  await atField(page, '/kind');
  await findWords(page, inFrench);
  await page.keyboard.press('Alt+E');
  await noticed(page, 'Cited for Name. Each field that you fill in');
  await page.getByRole('radio', { name: 'ministry' }).check();
  await page.keyboard.press('Control+S');
  await page.getByRole('heading', { name: 'Statements: new record' }).waitFor();
  expect(madeActor(folder)).not.toHaveProperty('originals');
});

test('words that are cited at an empty field of an actor made without words are evidence for its name', async () => {
  const { url } = await workbenchOf(withActors(), 'monde');
  const { page } = await visit(browser, laptop);
  await beginStatement(page, url);
  await createActor(page);
  await atField(page, '/kind');
  await findWords(page, inFrench);
  await page.keyboard.press('Alt+E');
  await noticed(page, 'Cited for Name.');
  await page.getByRole('radio', { name: 'ministry' }).check();
  await page.getByText('Left to do: 0').waitFor();
  await expect.poll(() => page.locator('[data-pointer="/kind"] .chip').count()).toBe(1);
});

test('an actor that was made without words gets all its evidence by one key, and its original name', async () => {
  const folder = withActors();
  const { url } = await workbenchOf(folder, 'monde');
  const { page, messages } = await visit(browser, laptop);
  await beginStatement(page, url);
  await createActor(page);
  await noticed(page, 'select the words that mean it and press Alt+E');
  await atField(page, '/kind');
  await findWords(page, inFrench);
  await page.getByRole('radio', { name: 'ministry' }).check();
  await page.keyboard.press('Alt+E');
  await noticed(page, 'Cited for Kind and Name.');
  await page.getByText('Left to do: 0').waitFor();
  await page.keyboard.press('Control+S');
  await page.getByRole('heading', { name: 'Statements: new record' }).waitFor();
  expect(madeActor(folder)).toMatchObject(whole);
  expect(messages).toEqual([]);
});

test('a name in the letters of the text is a name as printed where all others have Latin letters', async () => {
  const folder = withActors();
  const text = 'Марія Захарова заявила це в середу.\n';
  writeFiles(folder, {
    'raw/actors/ida.json': { id: 'ida', kind: 'person', name: 'Ida' },
    'raw/actors/otto.json': { id: 'otto', kind: 'person', name: 'Otto' },
    'raw/papers/herald.json': { id: 'herald', document: { file: 'herald.txt', sha256: sha256(text) } },
    'sources/herald.txt': text,
  });
  const { url } = await workbenchOf(folder, 'herald');
  const { page, messages } = await visit(browser, laptop);
  await page.goto(url);
  await page.locator('#text .piece').first().waitFor();
  await page.keyboard.press('Alt+N');
  await choose(page, 'Statements');
  await atField(page, '/actor');
  await page.keyboard.type('Марія Захарова');
  await page.keyboard.press('Shift+Enter');
  await noticed(page, 'The other names of this table have Latin letters: write this one so.');
  await atField(page, '/name');
  await page.keyboard.type('Maria Zakharova');
  const printed = page.locator('[data-pointer="/originals/0"]');
  await expect.poll(() => printed.getByRole('textbox').inputValue()).toBe('Марія Захарова');
  await expect.poll(() => printed.locator('.chip [aria-hidden]').allTextContents()).toEqual(['Марія Захарова']);
  await page.getByRole('radio', { name: 'person' }).check();
  // the name and the kind cite the only words that the record has
  await page.keyboard.press('Alt+Shift+E');
  await page.getByText('Left to do: 0').waitFor();
  await page.keyboard.press('Control+S');
  await atField(page, '/actor');
  expect(read(folder, 'raw/actors/maria-zakharova.json')).toMatchObject({
    name: 'Maria Zakharova',
    originals: ['Марія Захарова'],
  });
  expect(messages).toEqual([]);
});
