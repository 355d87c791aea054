// A text about a harbour, and what a curator does with it.
import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';
import { dataset, schemas, sha256 } from '../support/fixture.ts';
import { workbenchOf } from '../support/workbench.ts';
import { visit } from './browser.ts';
import { atField, choose, findWords } from './curator.ts';

export const text = `Kiel is far from Ystad. ${'It rained. '.repeat(8)}
The ferry left for Germany with 40 cars. The Kieler harbour, say people in Kiel, is busy.
Her captain lives in Wien.
`;

const { properties } = schemas['schema/crossings.schema.json'] as {
  readonly properties: { readonly evidence: object };
};

/** Ports whose names need evidence. */
const ports = {
  type: 'object',
  properties: {
    id: { type: 'string' },
    name: { type: 'string', minLength: 1, 'x-evidence': true },
    country: { type: 'string', minLength: 1, 'x-evidence': true },
    evidence: properties.evidence,
  },
  required: ['id', 'name'],
  additionalProperties: false,
};

/** A workbench with the text, in which a new record can cite words for a port and its name. */
export async function openHarbour(browser: Browser): Promise<{ readonly page: Page; readonly folder: string }> {
  const folder = dataset({
    'schema/ports.schema.json': ports,
    'sources/gazette.txt': text,
    'raw/papers/gazette.json': { id: 'gazette', document: { file: 'gazette.txt', sha256: sha256(text) } },
    'raw/crossings/monday-ystad.json': { id: 'monday-ystad', kind: 'departure', ship: 'anna', on: '2022-02-28' },
  });
  const { url } = await workbenchOf(folder, 'gazette');
  const { page } = await visit(browser, { viewport: { width: 1440, height: 900 } });
  await page.goto(url);
  await page.locator('#text .piece').first().waitFor();
  return { page, folder };
}

/** Starts a crossing from words of the text, at its port. */
export async function beginAtPort(page: Page, words: string): Promise<void> {
  const { keyboard } = page;
  await findWords(page, words);
  await keyboard.press('Alt+N');
  await choose(page, 'Crossings');
  await atField(page, '/kind');
  await keyboard.press('Alt+A');
  await choose(page, 'port');
  await atField(page, '/port');
}

/** Makes the port that the field lacks. */
export async function makePort(page: Page, name: string): Promise<void> {
  await page.keyboard.type(name);
  await page.getByRole('option', { name: `New record in ports: ${name}` }).waitFor();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Ports: new record' }).waitFor();
  await expect.poll(() => page.getByRole('textbox', { name: 'name' }).inputValue()).toBe(name);
}

/** The words that a field cites. */
export function citedBy(page: Page, pointer: string): Promise<readonly string[]> {
  return page.locator(`[data-pointer="${pointer}"] .chip [aria-hidden]`).allTextContents();
}
