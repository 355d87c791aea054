import fs from 'node:fs';
import path from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { german } from '../support/articles.ts';
import { sha256 } from '../support/fixture.ts';
import { page as html, withOrigins } from '../support/origins.ts';
import { writeFiles } from '../support/run.ts';
import { picture, laptop } from './browser.ts';
import { startChromium } from './chromium.mjs';
import { addAsItIs, atField, choose, findWords, openWorkbench, noticed } from './curator.ts';
import { hold } from './held.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await startChromium();
});
afterAll(() => browser.close());

async function openDialog(folder: string): Promise<{ readonly page: Page; readonly dialog: Locator }> {
  const { page } = await openWorkbench(browser, folder, laptop);
  await page.getByRole('button', { name: 'Add a source (Alt+I)' }).click();
  return { page, dialog: page.getByRole('dialog', { name: 'Add a source' }) };
}

/** Pastes a text into the field for the source. A page may not read it: the browser inserts the text itself. */
async function paste(page: Page, data: Readonly<Record<string, string>>): Promise<void> {
  await page.evaluate(`{
    const clipboardData = new DataTransfer();
    for (const [type, text] of Object.entries(${JSON.stringify(data)})) clipboardData.setData(type, text);
    const paste = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
    document.querySelector('dialog textarea').dispatchEvent(paste);
  }`);
}

async function drop(page: Page, name: string, text: string): Promise<void> {
  await page.evaluate(`{
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([${JSON.stringify(text)}], ${JSON.stringify(name)}));
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
  }`);
}

function textIn(dialog: Locator): Locator {
  return dialog.getByRole('textbox', { name: /^Text: paste/ });
}

function offerIn(dialog: Locator, field: string, name: string): Locator {
  return dialog.getByRole('group', { name: `Offers for ${field}` }).getByRole('button', { name, exact: true });
}

function savedIn(folder: string, file: string): unknown {
  return JSON.parse(fs.readFileSync(path.join(folder, 'raw', file), 'utf8'));
}

test('the dialog for a source asks for what the schema requires, and offers what a page says about itself', async () => {
  const folder = withOrigins();
  const { page, dialog } = await openDialog(folder);
  const labels = await dialog.locator('.asked > label').allTextContents();
  expect(labels).toEqual([
    'Web address',
    'Identifier',
    'Heading',
    'Outlet',
    'Author',
    'Published*',
    'Published: Basis*',
    'Kind*',
    'Language*',
  ]);
  await dialog.locator('input[type=file]').setInputFiles({
    name: 'anna.html',
    mimeType: 'text/html',
    buffer: Buffer.from(html),
  });
  const offer = (field: string, name: string): Locator => offerIn(dialog, field, name);
  // Enter takes what is offered for an empty field, and never adds a source that is not described yet
  const heading = dialog.getByRole('textbox', { name: 'Heading' });
  await offer('Heading', 'Fähre „Anna“ verlässt Ystad').waitFor();
  await heading.press('Enter');
  await expect.poll(() => heading.inputValue()).toBe('Fähre „Anna“ verlässt Ystad');
  await picture(page, 'new-source-enter');
  // with an answer, the next field is one Tab away
  await heading.press('Tab');
  await expect.poll(() => page.evaluate('document.activeElement.tagName')).not.toBe('BUTTON');
  await heading.press('Enter');
  const address = dialog.getByRole('textbox', { name: 'Web address' });
  await address.press('Enter');
  await expect.poll(() => address.inputValue()).toBe('https://gazette.example/2022/02/28/anna');
  await dialog.getByRole('textbox', { name: 'Identifier' }).press('Enter');
  await offer('Outlet', 'Harbour Gazette (site)').click();
  await expect
    .poll(() => dialog.getByRole('combobox', { name: 'Outlet', exact: true }).inputValue())
    .toBe('harbour-gazette');
  await offer('Author', 'Ida Berg (author)').click();
  await expect
    .poll(() => dialog.getByRole('combobox', { name: 'Author', exact: true }).inputValue())
    .toBe('Ida Berg (new record)');
  await offer('Language', 'German (de)').click();
  await offer('Published', '2022-02-28 (“28. Februar 2022”)').click();
  await dialog.getByRole('combobox', { name: 'Outlet: Basis' }).selectOption('inferred');
  await dialog.getByRole('combobox', { name: 'Authors: Basis' }).selectOption('stated');
  await dialog.getByRole('combobox', { name: 'Published: Basis' }).selectOption('stated');
  await dialog.getByRole('combobox', { name: 'Kind' }).selectOption('article');
  await picture(page, 'new-source-answered');
  await page.keyboard.press('Control+Enter');
  // the author is made first, in place, and cites her name
  await page.getByRole('heading', { name: 'Firms: new record' }).waitFor();
  await expect.poll(() => page.getByRole('textbox', { name: 'name' }).inputValue()).toBe('Ida Berg');
  await page.getByRole('button', { name: 'Evidence: Ida Berg', exact: true }).waitFor();
  // and so does what else is said of her
  await page.locator('.in-hand', { hasText: 'Ida Berg' }).waitFor();
  await page.keyboard.press('Control+S');
  await noticed(page, 'and filled in Authors › 1 › Firm.');
  await page.getByRole('heading', { name: /^Papers/ }).waitFor();
  await picture(page, 'new-source-form');
  // what the author brings is one step
  await page.keyboard.press('Control+Z');
  await page.locator('[data-pointer="/authors/0/firm"]').waitFor({ state: 'detached' });
  await page.keyboard.press('Control+Shift+Z');
  await page.locator('[data-pointer="/authors/0/firm"]').waitFor();
  await page.keyboard.press('Control+S');
  await noticed(page, /^Saved: raw\/papers\//);
  expect(savedIn(folder, 'papers/gazette-2022-02-28.json')).toMatchObject({
    heading: 'Fähre „Anna“ verlässt Ystad',
    outlet: { firm: 'harbour-gazette', basis: 'inferred' },
    authors: [{ firm: 'ida-berg', basis: 'stated' }],
    issued: { date: '2022-02-28', basis: 'stated' },
    kind: 'article',
    language: 'de',
    url: 'https://gazette.example/2022/02/28/anna',
    evidence: [
      { supports: ['/heading'] },
      { begins: 'Ida', ends: 'Berg', supports: ['/authors/0/firm'] },
      { begins: 'Harbour', supports: ['/outlet/firm'] },
      { begins: '28.', ends: '2022', supports: ['/issued/date'] },
    ],
  });
  expect(savedIn(folder, 'firms/ida-berg.json')).toMatchObject({ name: 'Ida Berg', evidence: [{ begins: 'Ida' }] });
});

test('a record for a new source that is discarded does not take the next one along', async () => {
  const { page, dialog } = await openDialog(withGrounds());
  await textIn(dialog).fill('Ida Berg writes for The Post.\nThe ferry left on Monday.\n');
  for (const [field, name] of [
    ['Outlet', 'The Post'],
    ['Author', 'Ida Berg'],
  ] as const) {
    await dialog.getByRole('combobox', { name: field, exact: true }).fill(name);
    await dialog.getByRole('combobox', { name: field, exact: true }).press('Tab');
  }
  await addAsItIs(page);
  const name = page.getByRole('textbox', { name: 'name' });
  await page.getByRole('heading', { name: 'Firms: new record' }).waitFor();
  await expect.poll(() => name.inputValue()).toBe('The Post');
  await page
    .locator('.record-head')
    .getByRole('button', { name: /^Discard Firms/ })
    .click();
  await page.getByRole('button', { name: 'Discard the draft' }).click();
  await expect.poll(() => name.inputValue()).toBe('Ida Berg');
  await noticed(page, 'The draft is discarded.');
});

test('an author who waits for a source with errors is filled in when both are saved, in this order', async () => {
  const folder = withOrigins();
  const { page, dialog } = await openDialog(folder);
  await textIn(dialog).fill('Ferry leaves\n\nBy Jane Roe\n\nThe ferry left on Monday.\n');
  await offerIn(dialog, 'Author', 'Jane Roe (“By Jane Roe”)').click();
  await dialog.getByRole('textbox', { name: 'Identifier' }).fill('herald');
  await addAsItIs(page);
  await page.getByRole('heading', { name: 'Firms: new record' }).waitFor();
  await page.keyboard.press('Control+S');
  await noticed(page, /^Not saved: it refers to the new record in Papers, which has errors/);
  await page.getByRole('button', { name: 'Open its draft' }).first().click();
  await page.getByRole('heading', { name: 'Papers: new record' }).waitFor();
  // undo ends with the source as it was added
  for (let i = 0; i < 5; i++) await page.keyboard.press('Control+Z');
  await expect.poll(() => page.getByRole('textbox', { name: 'id', exact: true }).inputValue()).toBe('herald');
  await picture(page, 'author-waits');
  await page.locator('[data-pointer="/issued/date"] input').fill('2022-02-28');
  await findWords(page, 'Monday');
  await page.locator('[data-pointer="/issued/date"] input').focus();
  await page.keyboard.press('Alt+E');
  for (const code of ['stated', 'article']) await page.getByRole('radio', { name: code }).check();
  await page.getByRole('textbox', { name: 'Language' }).fill('en');
  await page.keyboard.press('Control+S');
  await noticed(page, /^Saved: raw\/papers\/herald\.json/);
  await page.keyboard.press('Alt+B');
  await page.getByRole('heading', { name: 'Firms: new record' }).waitFor();
  await page.keyboard.press('Control+S');
  await noticed(page, 'Saved jane-roe and filled in Authors › 1 › Firm.');
  await expect.poll(() => page.getByRole('combobox', { name: 'Firm' }).inputValue()).toBe('jane-roe');
});

test('a pasted text is offered with its language and day; a pasted page is read as a file is', async () => {
  const { page, dialog } = await openDialog(withOrigins());
  await textIn(dialog).fill(german);
  await dialog.getByRole('button', { name: 'German (de)' }).waitFor();
  await dialog.getByRole('button', { name: '2022-02-28 (“28. Februar 2022”)' }).waitFor();
  await expect.poll(() => dialog.getByRole('button', { name: 'Ida Berg (author)' }).count()).toBe(0);
  await paste(page, { 'text/plain': html });
  await dialog
    .getByRole('group', { name: 'Offers for Author' })
    .getByRole('button', { name: 'Ida Berg (author)' })
    .waitFor();
  await expect.poll(() => textIn(dialog).inputValue()).toMatch(/^Fähre „Anna“ verlässt/);
  // "new record" at the end of the list is an answer too
  await dialog.getByRole('combobox', { name: 'Outlet', exact: true }).fill('The Post');
  await dialog.getByRole('option', { name: 'New record in firms: The Post' }).click();
  await expect
    .poll(() => dialog.getByRole('combobox', { name: 'Outlet', exact: true }).inputValue())
    .toBe('The Post (new record)');
  await picture(page, 'new-source-pasted');
});

test('a name that is typed is an answer when the field is left; closing the dialog loses nothing', async () => {
  const { page, dialog } = await openDialog(withOrigins());
  const outlet = dialog.getByRole('combobox', { name: 'Outlet', exact: true });
  await textIn(dialog).fill('A text.');
  await outlet.fill('The Post');
  await outlet.press('Tab');
  await expect.poll(() => outlet.inputValue()).toBe('The Post (new record)');
  await outlet.fill('Harbour Gazette');
  await outlet.press('Tab');
  await expect.poll(() => outlet.inputValue()).toBe('harbour-gazette');
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await page.keyboard.press('Alt+I');
  await expect.poll(() => textIn(dialog).inputValue()).toBe('A text.');
  await expect.poll(() => outlet.inputValue()).toBe('harbour-gazette');
});

interface Papers {
  readonly properties: { readonly authors: { readonly items: object } };
}

test('what is filled in by hand while another record is made for a new source stays', async () => {
  const folder = withOrigins();
  const schema = path.join(folder, 'schema/papers.schema.json');
  // an author of whom only the basis is known can be saved
  const { properties, ...rest } = JSON.parse(fs.readFileSync(schema, 'utf8')) as Papers;
  const { items, ...authors } = properties.authors;
  const loose = { ...properties, authors: { ...authors, items: { ...items, required: ['basis'] } } };
  fs.writeFileSync(schema, JSON.stringify({ ...rest, properties: loose }));
  const { page, dialog } = await openDialog(folder);
  const { keyboard } = page;
  await dialog
    .getByRole('textbox', { name: /^Text: paste/ })
    .fill(`Von Ida Berg, The Post. Aus: Harbour Gazette.\n${german}`);
  for (const [field, name] of [
    ['Author', 'Ida Berg'],
    ['Outlet', 'The Post'],
  ] as const) {
    const asked = dialog.getByRole('combobox', { name: field, exact: true });
    await asked.fill(name);
    await asked.press('Tab');
    await expect.poll(() => asked.inputValue()).toBe(`${name} (new record)`);
  }
  await dialog.getByRole('button', { name: 'German (de)' }).click();
  await dialog.getByRole('button', { name: '2022-02-28 (“28. Februar 2022”)' }).click();
  for (const field of ['Outlet', 'Authors', 'Published'])
    await dialog.getByRole('combobox', { name: `${field}: Basis` }).selectOption('inferred');
  await dialog.getByRole('combobox', { name: 'Kind' }).selectOption('article');
  await keyboard.press('Control+Enter');
  await page.getByRole('heading', { name: 'Firms: new record' }).waitFor();
  await expect.poll(() => page.getByRole('textbox', { name: 'name' }).inputValue()).toBe('Ida Berg');
  await page.getByRole('button', { name: 'Back to the new record in Papers' }).click();
  await page.getByRole('heading', { name: /^Papers/ }).waitFor();
  await keyboard.press('Alt+A');
  await choose(page, 'Outlet');
  await atField(page, '/outlet/firm');
  await choose(page, 'Harbour');
  await findWords(page, 'Harbour Gazette');
  await keyboard.press('Alt+E');
  const stated = page.locator('[data-pointer="/authors/0/basis"]').getByRole('radio', { name: 'stated' });
  await page.locator('[data-pointer="/outlet/basis"]').getByRole('radio', { name: 'stated' }).check();
  await keyboard.press('Alt+A');
  await choose(page, 'Authors');
  await stated.check();
  await keyboard.press('Control+S');
  await noticed(page, /^Saved: raw\/papers\//);
  await page.locator('.drafts').getByRole('button', { name: 'Firms: Ida Berg', exact: true }).click();
  await page.getByRole('heading', { name: 'Firms: new record' }).waitFor();
  await page.getByText('Left to do: 0').waitFor();
  await keyboard.press('Control+S');
  await noticed(
    page,
    'Saved ida-berg and filled in Authors › 1 › Firm. This record is complete: press Ctrl+S to save it.',
  );
  await page.getByRole('heading', { name: /^Papers/ }).waitFor();
  await keyboard.press('Control+S');
  await noticed(page, /^Saved: raw\/papers\//);
  const [file = ''] = fs.readdirSync(path.join(folder, 'raw/papers'));
  expect(savedIn(folder, `papers/${file}`)).toMatchObject({
    outlet: { firm: 'harbour-gazette', basis: 'stated' },
    authors: [{ firm: 'ida-berg', basis: 'stated' }],
  });
  await expect.poll(() => page.getByRole('button', { name: /^Back to/ }).count()).toBe(0);
});

test('a dropped file takes the place of what was typed, and a pasted text that of what a page said', async () => {
  const { page, dialog } = await openDialog(withOrigins());
  await textIn(dialog).fill('Typed.');
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await drop(page, 'dropped.txt', 'Dropped.\n');
  await expect.poll(() => textIn(dialog).inputValue()).toBe('Dropped.\n');
  await textIn(dialog).fill('Typed again.');
  await drop(page, 'anna.html', html);
  await offerIn(dialog, 'Author', 'Ida Berg (author)').waitFor();
  await expect.poll(() => textIn(dialog).inputValue()).toMatch(/^Fähre „Anna“ verlässt/);
  // part of another page, copied in a browser
  await paste(page, { 'text/plain': 'Part.', 'text/html': '<meta name="author" content="Jo Ek"><p>Part.</p>' });
  await offerIn(dialog, 'Author', 'Jo Ek (author)').waitFor();
  await drop(page, 'dropped.txt', 'Dropped.\n');
  await expect.poll(() => dialog.getByRole('button', { name: /\(author\)$/ }).count()).toBe(0);
  await paste(page, { 'text/plain': 'Part.', 'text/html': '<meta name="author" content="Jo Ek"><p>Part.</p>' });
  await offerIn(dialog, 'Author', 'Jo Ek (author)').waitFor();
  await paste(page, { 'text/plain': 'Plain.' });
  await expect.poll(() => dialog.getByRole('button', { name: /\(author\)$/ }).count()).toBe(0);
});

test('a source that is refused keeps its dialog as it was, and keys pressed meanwhile have no effect', async () => {
  const { page, dialog } = await openDialog(withOrigins());
  await textIn(dialog).fill('A text.');
  await dialog.getByRole('textbox', { name: 'Identifier' }).fill('../text');
  const { asked, answer } = await hold(page, 'addSource');
  await addAsItIs(page);
  await asked;
  const shown = await textIn(dialog).inputValue();
  await page.keyboard.type('xy');
  await answer();
  await dialog
    .getByRole('alert')
    .filter({ hasText: 'The keys that you pressed meanwhile have had no effect.' })
    .waitFor();
  expect(shown).toBe('A text.');
  await expect.poll(() => dialog.getByRole('textbox', { name: 'Identifier' }).inputValue()).toBe('../text');
  await expect.poll(() => textIn(dialog).inputValue()).toBe('A text.');
});

/** A dataset whose sources say in which words and on which basis their date is, and what their fields are for. */
function withGrounds(): string {
  const folder = withOrigins();
  const file = path.join(folder, 'schema/papers.schema.json');
  const schema = JSON.parse(fs.readFileSync(file, 'utf8')) as Dated;
  const { issued, outlet, kind } = schema.properties;
  const grounds = { 'x-grounds': { stated: 'stated', resolved: 'resolved', inferred: 'inferred' } };
  const codes = ['stated', 'resolved', 'inferred'].map((each) => ({ const: each, description: `${each}.` }));
  const basis = { ...issued.properties.basis, ...grounds, oneOf: codes };
  const printed = { title: 'As printed', type: 'string', 'x-verbatim': true, 'x-evidence': true };
  const properties = {
    ...schema.properties,
    kind: { ...kind, description: 'What sort of paper it is.' },
    outlet: { ...outlet, description: 'Absent where nothing in the text shows it.' },
    issued: { ...issued, properties: { ...issued.properties, printed, basis } },
  };
  fs.writeFileSync(file, JSON.stringify({ ...schema, properties }));
  return folder;
}

interface Dated {
  readonly properties: {
    readonly kind: object;
    readonly outlet: object;
    readonly issued: { readonly properties: { readonly basis: object } };
  };
}

test('a text offers the names in its by-line and its day with what that rests on; what is taken moves nothing', async () => {
  const folder = withGrounds();
  const { page, dialog } = await openDialog(folder);
  await textIn(dialog).fill(
    'Fähre „Anna“ verlässt Ystad\nVon Katrin Ahlers, Berlin, 28. Februar 2022\nSie hat 40 Autos.\n',
  );
  const day = offerIn(dialog, 'Published', '2022-02-28 (“28. Februar 2022”)');
  const basis = dialog.getByRole('combobox', { name: 'Published: Basis' });
  await day.waitFor();
  const corners = async (): Promise<unknown> => [await dialog.boundingBox(), await basis.boundingBox()];
  const before = await corners();
  await offerIn(dialog, 'Heading', 'Fähre „Anna“ verlässt Ystad').click();
  await day.click();
  await expect.poll(() => basis.inputValue()).toBe('stated');
  await expect.poll(() => day.getAttribute('aria-pressed')).toBe('true');
  expect(await corners()).toEqual(before);
  // another press takes it back
  await day.click();
  await expect.poll(() => basis.inputValue()).toBe('');
  await day.click();
  await expect.poll(() => basis.inputValue()).toBe('stated');
  const kind = dialog.getByRole('combobox', { name: 'Kind' });
  await kind.selectOption('article');
  await kind.focus();
  await dialog.locator('.about-asked').getByText('What sort of paper it is.').waitFor();
  expect(await corners()).toEqual(before);
  await offerIn(dialog, 'Author', 'Katrin Ahlers (“Von Katrin Ahlers”)').click();
  await dialog.getByRole('combobox', { name: 'Authors: Basis' }).selectOption('stated');
  await dialog.getByRole('button', { name: 'German (de)' }).click();
  await picture(page, 'new-source-by-line');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('heading', { name: 'Firms: new record' }).waitFor();
  await page.getByRole('button', { name: 'Evidence: Katrin Ahlers', exact: true }).waitFor();
  await page.keyboard.press('Control+S');
  await noticed(page, 'and filled in Authors › 1 › Firm.');
  await page.keyboard.press('Control+S');
  await noticed(page, /^Saved: raw\/papers\//);
  const [file = ''] = fs.readdirSync(path.join(folder, 'raw/papers'));
  expect(savedIn(folder, `papers/${file}`)).toMatchObject({
    authors: [{ firm: 'katrin-ahlers', basis: 'stated' }],
    issued: { date: '2022-02-28', printed: '28. Februar 2022', basis: 'stated' },
  });
});

test('a day that only the page has is known without words of the text', async () => {
  const { page, dialog } = await openDialog(withGrounds());
  const meta = '<meta property="article:published_time" content="2022-03-01">';
  await paste(page, { 'text/plain': 'Part.', 'text/html': `${meta}<p>Part.</p>` });
  const basis = dialog.getByRole('combobox', { name: 'Published: Basis' });
  await offerIn(dialog, 'Published', '2022-03-01 (page)').click();
  await expect.poll(() => basis.inputValue()).toBe('inferred');
  // a basis that was chosen stays
  await basis.selectOption('resolved');
  await offerIn(dialog, 'Published', '2022-03-01 (page)').click();
  await expect.poll(() => dialog.getByRole('textbox', { name: 'Published', exact: true }).inputValue()).toBe('');
  await expect.poll(() => basis.inputValue()).toBe('resolved');
});

test('the dialog for a source offers no names of the text behind it', async () => {
  const folder = withOrigins();
  const text = 'Mary Smith met Queen Anna.\n';
  writeFiles(folder, {
    'sources/log.txt': text,
    'raw/papers/log.json': { id: 'log', document: { file: 'log.txt', sha256: sha256(text) } },
  });
  const { page } = await openWorkbench(browser, folder, laptop, 'log');
  await page.locator('#text .piece').first().waitFor();
  await findWords(page, 'Mary Smith met Queen Anna.');
  await page.keyboard.press('Alt+I');
  const dialog = page.getByRole('dialog', { name: 'Add a source' });
  await textIn(dialog).fill('A text.');
  const author = dialog.getByRole('combobox', { name: 'Author', exact: true });
  await author.fill('que');
  await dialog.getByRole('option', { name: /^New record in .*: que/ }).waitFor();
  await expect.poll(() => dialog.getByRole('option', { name: 'Queen' }).count()).toBe(0);
  await author.fill('');
  await author.press('ArrowDown');
  await dialog.getByRole('option').first().waitFor();
  await expect.poll(() => dialog.getByRole('option', { name: /Queen|Smith/ }).count()).toBe(0);
});

test('a publisher that the text does not name is said to need evidence; one that was chosen cites its name', async () => {
  const folder = withGrounds();
  const { page, dialog } = await openDialog(folder);
  await textIn(dialog).fill('Harbour Gazette\nThe ferry left on Monday.\n');
  const outlet = dialog.getByRole('combobox', { name: 'Outlet', exact: true });
  await outlet.fill('The Post');
  await dialog.locator('.about-asked').getByText('Absent where nothing in the text shows it.').waitFor();
  await outlet.press('Tab');
  const remark = dialog.getByRole('status').filter({ hasText: 'The text does not have “The Post”' });
  await remark.waitFor();
  await picture(page, 'new-source-unnamed-outlet');
  await outlet.fill('Harbour');
  await dialog.getByRole('option', { name: 'Harbour Gazette' }).click();
  await remark.waitFor({ state: 'detached' });
  await addAsItIs(page);
  await page.getByRole('heading', { name: /^Papers/ }).waitFor();
  await page
    .locator('[data-pointer="/outlet/firm"]')
    .getByRole('button', { name: 'Evidence: Harbour Gazette', exact: true })
    .waitFor();
  await expect.poll(() => page.getByRole('combobox', { name: 'Firm' }).inputValue()).toBe('harbour-gazette');
});

test('each table of sources has its own answers', async () => {
  const folder = withOrigins();
  const papers: object = JSON.parse(fs.readFileSync(path.join(folder, 'schema/papers.schema.json'), 'utf8'));
  fs.writeFileSync(
    path.join(folder, 'schema/letters.schema.json'),
    JSON.stringify({ ...papers, title: 'Letters' }, undefined, 2),
  );
  fs.mkdirSync(path.join(folder, 'raw/letters'));
  const { page, dialog } = await openDialog(folder);
  const kind = dialog.getByRole('combobox', { name: 'Kind' });
  await dialog.getByRole('combobox', { name: 'Table' }).selectOption('papers');
  await kind.selectOption('article');
  await dialog.getByRole('combobox', { name: 'Table' }).selectOption('letters');
  await expect.poll(() => kind.inputValue()).toBe('');
  await dialog.getByRole('combobox', { name: 'Table' }).selectOption('papers');
  await expect.poll(() => kind.inputValue()).toBe('article');
  await picture(page, 'new-source-tables');
});

test('a required field for an identifier of the same form is offered that of the source', async () => {
  const folder = withOrigins();
  const at = path.join(folder, 'schema/papers.schema.json');
  const papers: { readonly properties: { readonly id: object }; readonly required: readonly string[] } = JSON.parse(
    fs.readFileSync(at, 'utf8'),
  );
  const slug = { type: 'string', pattern: '^[a-z0-9]+(?:-[a-z0-9]+)*$' };
  const properties = { ...papers.properties, id: slug, group: { ...slug, title: 'Group' } };
  writeFiles(folder, {
    'schema/papers.schema.json': { ...papers, properties, required: [...papers.required, 'group'] },
  });
  const { page, messages } = await openWorkbench(browser, folder, laptop);
  await page.getByRole('button', { name: 'Add a source' }).first().waitFor();
  await page.keyboard.press('Alt+I');
  const dialog = page.getByRole('dialog', { name: 'Add a source' });
  await dialog
    .getByRole('textbox', { name: /^Text: paste/ })
    .fill('Ferry leaves Ystad\n\n28 February 2022. It left.\n');
  await dialog.getByRole('textbox', { name: 'Web address' }).fill('https://harbour.example/news');
  const offers = dialog.getByRole('group', { name: 'Offers for Group' }).getByRole('button');
  await expect.poll(() => offers.allInnerTexts()).toEqual([expect.stringMatching(/^harbour-\S+ \(its identifier\)/)]);
  // one that is typed counts
  await dialog.getByRole('textbox', { name: 'Identifier' }).fill('harbour-monday');
  await expect
    .poll(() => offers.allInnerTexts())
    .toEqual([expect.stringMatching(/^harbour-monday \(its identifier\)/)]);
  const group = dialog.getByRole('textbox', { name: 'Group' });
  await group.press('Enter');
  await expect.poll(() => group.inputValue()).toBe('harbour-monday');
  // it follows until something else is typed
  await dialog.getByRole('textbox', { name: 'Identifier' }).fill('harbour-tuesday');
  await expect.poll(() => group.inputValue()).toBe('harbour-tuesday');
  await group.fill('other');
  await dialog.getByRole('textbox', { name: 'Identifier' }).fill('harbour-friday');
  await expect.poll(() => offers.allInnerTexts()).toEqual([expect.stringMatching(/^harbour-friday/)]);
  expect(await group.inputValue()).toBe('other');
  await picture(page, 'new-source-group');
  expect(messages).toEqual([]);
});
