import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { digestFile, images, sourcesDigest } from '../../scripts/dev/screenshots.mjs';
import { visit } from '../browser/browser.ts';
import { startChromium } from '../browser/chromium.mjs';
import { codeBlocks, shellLines, shellWords } from '../support/markdown.ts';
import { freshFolder, root, run, writeFiles } from '../support/run.ts';
import { workbenchOf } from '../support/workbench.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await startChromium();
  fs.mkdirSync(images, { recursive: true });
});
afterAll(() => browser.close());

const look = { viewport: { width: 1280, height: 720 }, colorScheme: 'light' } as const;

/** Writes a picture of the page for the README. A digest of the sources is written when all are there. */
async function take(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: path.join(images, `${name}.png`) });
}

test('the explorer, at a table of the shipped dataset', async () => {
  const { page, messages } = await visit(browser, look);
  const address = pathToFileURL(path.join(inject('shipped'), 'index.html')).href;
  await page.goto(`${address}#/table/statements`);
  await page.locator('tbody tr').first().waitFor();
  await take(page, 'explorer');
  expect(messages).toEqual([]);
});

test('the workbench, at the article of CONTRIBUTING', async () => {
  const folder = path.join(freshFolder(), 'dataset');
  for (const part of ['schema', 'raw']) fs.cpSync(path.join(root, part), path.join(folder, part), { recursive: true });
  const guide = fs.readFileSync(path.join(root, 'CONTRIBUTING.md'), 'utf8');
  const [article = ''] = codeBlocks(guide, 'text');
  const [batch = ''] = codeBlocks(guide, 'yaml');
  const start = shellLines(guide).filter((line) => /^npx demarche (?:new sources|cite nordic|add \S+$)/.test(line));
  writeFiles(path.dirname(folder), { 'article.txt': article, 'talks.yaml': batch });
  fs.mkdirSync(path.join(folder, 'sources'));
  for (const line of start) {
    const [, , name = '', ...args] = shellWords(line);
    expect(await run(folder, name, [...args, '--sources', 'sources']), line).toMatchObject({ status: 0 });
  }
  const { url } = await workbenchOf(folder, 'nordic-wire-2022-03-03');
  const { page, messages } = await visit(browser, look);
  await page.goto(url);
  await page
    .getByRole('button', { name: /laine-berg-meeting|envoy met/ })
    .first()
    .click();
  await page.locator('#form').waitFor();
  await page.getByText('Loading more records…').waitFor({ state: 'detached' });
  await take(page, 'workbench');
  expect(messages).toEqual([]);
  fs.writeFileSync(digestFile, `${sourcesDigest()}\n`);
});
