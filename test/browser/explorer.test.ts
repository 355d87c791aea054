import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { picture, visit } from './browser.ts';
import { startChromium } from './chromium.mjs';

let browser: Browser;
beforeAll(async () => {
  browser = await startChromium();
});
afterAll(() => browser.close());

const shipped = (): string => inject('shipped');
const fromDisk = (release: string): string => pathToFileURL(path.join(release, 'index.html')).href;

test('a table of the shipped dataset opens from the disk, and nothing outside is asked for', async () => {
  const { page, messages, requests } = await visit(browser);
  await page.goto(fromDisk(shipped()));
  await page.getByRole('link', { name: 'Statements', exact: true }).click();
  await page.getByRole('table').waitFor();
  await picture(page, 'table');
  const rows = fs.readFileSync(path.join(shipped(), 'csv/statements.csv'), 'utf8').trimEnd().split('\n').length - 1;
  expect(await page.getByRole('status').textContent()).toBe(`${rows} rows`);
  expect(messages).toEqual([]);
  const folder = pathToFileURL(shipped()).href;
  expect(requests.filter((each) => !each.startsWith(folder) && !each.startsWith('data:'))).toEqual([]);
});
