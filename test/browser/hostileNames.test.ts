import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { lastingFolder, run, writeFiles } from '../support/run.ts';
import { type Visit, visit } from './browser.ts';
import { startChromium } from './chromium.mjs';

const markup = `</script><img src=x onerror="document.title='taken'"><!--`;
/** Identifiers with characters that are special in an address, HTML or JavaScript, or that mislead the eye. */
const ids = [
  'a/b',
  'a#b?c=d&e',
  '100%',
  '%2F',
  '..',
  './x',
  '__proto__',
  'constructor',
  'hasOwnProperty',
  'line\u2028separator',
  'javascript:alert(1)',
  'data:text/html,x',
  ' leading and trailing ',
  'b\\c"d\'e`f',
  'زورق',
  markup,
];
const columns = ['constructor', 'toString', 'hasOwnProperty', 'valueOf', markup, 'a/b', 'a~b', 'a.b', ' ', '#', '%'];
const long = 'x'.repeat(1024 * 1024);
const text = { type: 'string' };
const dialect = 'https://json-schema.org/draft/2020-12/schema';
const tables = ['constructor', '__proto__', 'wide'];

let browser: Browser;
const folder = lastingFolder();

beforeAll(async () => {
  browser = await startChromium();
  const schema = (properties: object): object => ({ $schema: dialect, type: 'object', properties, required: ['id'] });
  const strange = schema({
    id: text,
    url: { type: 'string', format: 'uri' },
    to: { type: 'string', 'x-references': 'constructor' },
    ...Object.fromEntries(columns.map((name) => [name, { ...text, title: `${name} ${markup}` }])),
  });
  const many = Array.from({ length: 800 }, (_, i) => [`c${i}`, { type: 'integer' }] as const);
  const record = (id: string, i: number): object => ({
    id,
    url: `javascript:document.title='taken'//${i}`,
    to: ids[(i + 1) % ids.length],
    ...Object.fromEntries(columns.map((name) => [name, i === 0 ? long : `${markup}${name}`])),
  });
  writeFiles(folder, {
    'schema/dataset.json': {
      name: 'strange',
      version: '1.0.0',
      title: 'Strange',
      licenses: [{ name: 'CC0-1.0', scope: 'data' }],
      description: markup,
    },
    'schema/constructor.schema.json': strange,
    'schema/__proto__.schema.json': schema({ id: text, name: text }),
    'schema/wide.schema.json': schema({ id: text, ...Object.fromEntries(many) }),
    ...Object.fromEntries(ids.map((id, i) => [`raw/constructor/r${i}.json`, record(id, i)])),
    'raw/__proto__/one.json': { id: '__proto__', name: markup },
    'raw/wide/one.json': { id: 'one', ...Object.fromEntries(many.map(([name], i) => [name, i])) },
  });
  const built = await run(folder, 'build', ['--layout', 'any', '--dist', 'dist', '--quiet']);
  if (built.status !== 0) throw new Error(built.out + built.err);
});
afterAll(() => browser.close());

const at = (): string => pathToFileURL(path.join(fs.realpathSync(path.join(folder, 'dist/next')), 'index.html')).href;

async function quietly(fragment: string, look: (opened: Visit) => Promise<void>): Promise<void> {
  const opened = await visit(browser);
  const { page, messages, requests } = opened;
  await page.goto(at() + fragment);
  await page.locator('h1').waitFor();
  await look(opened);
  expect(messages).toEqual([]);
  const own = new URL('.', page.url()).href;
  expect(requests.filter((each) => !each.startsWith(own) && !/^(?:data|blob):/.test(each))).toEqual([]);
  expect(await page.title()).not.toBe('taken');
  await expect.poll(() => page.locator('a[href^="javascript:" i], a[href^="data:text" i]').count()).toBe(0);
  await page.context().close();
}

test('names, identifiers and texts of any kind are shown as they are, and their addresses lead back to them', async () => {
  for (const table of tables) {
    await quietly(`#/table/${encodeURIComponent(table)}`, async ({ page }) => {
      await page.locator('tbody tr').first().waitFor();
    });
  }
  await quietly('#/table/constructor', async ({ page }) => {
    const links = await page
      .locator('tbody tr td:first-child a')
      .evaluateAll((all) => all.map((link) => [link.textContent, link.getAttribute('href')] as const));
    expect(links.map(([name]) => name).toSorted()).toEqual(ids.toSorted());
    for (const [name, href] of links) {
      await page.goto(at() + (href ?? ''));
      await page.locator('dt').first().waitFor();
      await expect.poll(() => page.locator('h1').textContent()).toContain(name ?? '');
    }
  });
  await quietly('#/table/wide', async ({ page }) => {
    await page.locator('tbody tr').first().waitFor();
  });
});
