import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type CDPSession } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { visit } from './browser.ts';
import { startChromium } from './chromium.mjs';
import { buildLights, withManyRows } from './fixture.ts';

const rows = 1_000_000;
let browser: Browser;
let folder: string;
let release: string;
beforeAll(async () => {
  const lights = await buildLights();
  folder = lights.folder;
  release = await withManyRows(path.join(lights.dist, 'next'), rows);
  browser = await startChromium();
});
afterAll(async () => {
  await browser.close();
  fs.rmSync(folder, { recursive: true, force: true });
});

/** Milliseconds of CPU time of the page's thread: other programs do not count. */
async function worked(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0);
}

test('a million rows are sorted, filtered and searched; how long the page works for each is printed', async () => {
  const { page, messages } = await visit(browser);
  page.setDefaultTimeout(40_000);
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const report: string[] = [];
  const timed = async (what: string, act: () => Promise<void>, row: string): Promise<void> => {
    const before = await worked(session);
    await act();
    await page.locator('tbody tr:first-child').getByText(row, { exact: true }).waitFor();
    report.push(`${what}: ${((await worked(session)) - before).toFixed(0)} ms`);
  };
  const heading = (name: string) => async (): Promise<void> =>
    page.getByRole('button', { name: new RegExp(`^${name}( [↑↓])?$`) }).click();
  const address = `${pathToFileURL(path.join(release, 'index.html')).href}#/table/many`;
  await timed('load', async () => void (await page.goto(address)), 'row-0000000');
  await timed('first sort of unique texts', heading('text'), 'The ferry 0 left.');
  await timed('the other way round', heading('text'), 'The ferry 999999 left.');
  await timed('first sort of numbers', heading('size'), 'The ferry 0 left.');
  const filters = page.getByRole('region', { name: 'Filters' });
  await filters.locator('summary').getByText('code', { exact: true }).click();
  await timed('filter by a code', () => page.getByRole('checkbox', { name: /^code 19/ }).check(), 'The ferry 19 left.');
  const search = page.getByRole('searchbox', { name: 'Search in Many' });
  await timed('search in the texts', () => search.fill('FERRY 12359 '), 'The ferry 12359 left.');
  await page.getByText('1 row of 1,000,000 rows', { exact: true }).waitFor();
  process.stderr.write(`${rows} rows\n${report.join('\n')}\n`);
  expect(messages).toEqual([]);
}, 300_000);
