import fs from 'node:fs';
import path from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { german } from '../support/articles.ts';
import { page as html, withOrigins } from '../support/origins.ts';
import { workbenchOf } from '../support/workbench.ts';
import { picture, visit } from './browser.ts';
import { startChromium } from './chromium.mjs';
import { atField, choose, findWords } from './curator.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await startChromium();
});
afterAll(() => browser.close());

async function openDialog(folder: string): Promise<{ readonly page: Page; readonly dialog: Locator }> {
  const { url } = await workbenchOf(folder);
  const { page } = await visit(browser, { viewport: { width: 1280, height: 800 } });
  await page.goto(url);
  await page.getByRole('button', { name: 'Add a source (Alt+I)' }).click();
  return { page, dialog: page.getByRole('dialog', { name: 'Add a source' }) };
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
  const offer = (field: string, name: string): Locator =>
    dialog.getByRole('group', { name: `Offers for ${field}` }).getByRole('button', { name, exact: true });
  await offer('Heading', 'Fähre „Anna“ verlässt Ystad').click();
  await offer('Web address', 'https://gazette.example/2022/02/28/anna').click();
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
  expect(await page.getByRole('textbox', { name: 'name' }).inputValue()).toBe('Ida Berg');
  await page.getByRole('button', { name: 'Evidence: Ida Berg', exact: true }).waitFor();
  await page.keyboard.press('Control+S');
  await page.locator('#notice', { hasText: 'and filled in Authors › 1 › Firm.' }).waitFor();
  await page.getByRole('heading', { name: /^Papers/ }).waitFor();
  await picture(page, 'new-source-form');
  // what the author brings is one step
  await page.keyboard.press('Control+Z');
  await page.locator('[data-pointer="/authors/0/firm"]').waitFor({ state: 'detached' });
  await page.keyboard.press('Control+Shift+Z');
  await page.locator('[data-pointer="/authors/0/firm"]').waitFor();
  await page.keyboard.press('Control+S');
  await page.locator('#notice', { hasText: /^Saved: raw\/papers\// }).waitFor();
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

test('a pasted text is offered with its language and day; a pasted page is read as a file is', async () => {
  const { page, dialog } = await openDialog(withOrigins());
  const paste = (words: string): Promise<void> =>
    page.evaluate<undefined>(`{
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', ${JSON.stringify(words)});
      const paste = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
      document.querySelector('dialog textarea').dispatchEvent(paste);
    }`);
  await dialog.getByRole('textbox', { name: /^Text: paste/ }).fill(german);
  await dialog.getByRole('button', { name: 'German (de)' }).waitFor();
  await dialog.getByRole('button', { name: '2022-02-28 (“28. Februar 2022”)' }).waitFor();
  expect(await dialog.getByRole('button', { name: 'Ida Berg (author)' }).count()).toBe(0);
  await paste(html);
  await dialog
    .getByRole('group', { name: 'Offers for Author' })
    .getByRole('button', { name: 'Ida Berg (author)' })
    .waitFor();
  expect(await dialog.getByRole('textbox', { name: /^Text: paste/ }).inputValue()).toMatch(/^Fähre „Anna“ verlässt/);
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
  await dialog.getByRole('textbox', { name: /^Text: paste/ }).fill('A text.');
  await outlet.fill('The Post');
  await outlet.press('Tab');
  await expect.poll(() => outlet.inputValue()).toBe('The Post (new record)');
  await outlet.fill('Harbour Gazette');
  await outlet.press('Tab');
  await expect.poll(() => outlet.inputValue()).toBe('harbour-gazette');
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await page.keyboard.press('Alt+I');
  expect(await dialog.getByRole('textbox', { name: /^Text: paste/ }).inputValue()).toBe('A text.');
  expect(await outlet.inputValue()).toBe('harbour-gazette');
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
  await page.locator('#notice', { hasText: /^Saved: raw\/papers\// }).waitFor();
  await page.locator('.drafts').getByRole('button', { name: 'Firms: Ida Berg', exact: true }).click();
  await page.getByRole('heading', { name: 'Firms: new record' }).waitFor();
  await page.getByText('Left to do: 0').waitFor();
  await keyboard.press('Control+S');
  await page.locator('#notice', { hasText: 'Saved ida-berg and filled in Authors › 1 › Firm.' }).waitFor();
  await page.getByRole('heading', { name: /^Papers/ }).waitFor();
  await keyboard.press('Control+S');
  await page.locator('#notice', { hasText: /^Saved: raw\/papers\// }).waitFor();
  const [file = ''] = fs.readdirSync(path.join(folder, 'raw/papers'));
  expect(savedIn(folder, `papers/${file}`)).toMatchObject({
    outlet: { firm: 'harbour-gazette', basis: 'stated' },
    authors: [{ firm: 'ida-berg', basis: 'stated' }],
  });
  expect(await page.getByRole('button', { name: /^Back to/ }).count()).toBe(0);
});
