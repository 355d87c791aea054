import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { type Served, serveFolder } from '../../scripts/web/serve/serveFolder.ts';
import { readModel } from '../support/explorer.ts';
import { type Visit, picture, visit } from './browser.ts';
import { startChromium } from './chromium.mjs';
import { buildLights, hostile, withHistory } from './fixture.ts';

const shipped = inject('shipped');
let browser: Browser;
let lights: { readonly folder: string; readonly dist: string };
let served: Served;

beforeAll(async () => {
  [browser, lights] = await Promise.all([startChromium(), buildLights()]);
  served = await serveFolder(lights.dist, 0, ['next', 'latest']);
});
afterAll(async () => {
  served.close();
  await browser.close();
  fs.rmSync(lights.folder, { recursive: true, force: true });
});

/** The first page of a release from the disk, or that of the lights over HTTP. */
const fromDisk = (release: string): string => pathToFileURL(path.join(fs.realpathSync(release), 'index.html')).href;
const overHttp = (): string => `${served.url}next/index.html`;
const lightsFromDisk = (): string => fromDisk(path.join(lights.dist, 'next'));

/** Opens a page of the explorer, by the fragment of its address. */
async function open(at: string, fragment = '', options = {}): Promise<Visit> {
  const opened = await visit(browser, options);
  await opened.page.goto(at + fragment);
  await opened.page.locator('h1').waitFor();
  return opened;
}

/** Expects that the page printed nothing, requested nothing outside the folder, and ran nothing from the data. */
async function expectQuiet({ page, messages, requests }: Visit): Promise<void> {
  const folder = new URL('.', page.url()).href;
  expect(messages).toEqual([]);
  expect(requests.filter((each) => !each.startsWith(folder) && !/^(?:data|blob):/.test(each))).toEqual([]);
  expect(await page.title()).not.toBe('taken');
  await page.context().close();
}

/** Waits until the page shows this number of rows. */
const expectRows = (page: Page, words: string): Promise<void> =>
  page
    .locator('.tools [role=status]')
    .and(page.getByText(words, { exact: true }))
    .waitFor();
const firstColumn = (page: Page): Promise<string[]> => page.locator('tbody tr td:first-child').allTextContents();

describe.each([
  ['from the disk', () => lightsFromDisk()],
  ['over HTTP', () => overHttp()],
])('%s', (_, at) => {
  test('the first page shows what the dataset is and how large it is, and links to its tables', async () => {
    const opened = await open(at());
    const { page } = opened;
    await expect.poll(() => page.locator('h1').textContent()).toBe(`Lights ${hostile}`);
    const lead = await page.locator('.lead').textContent();
    expect(lead).toContain(`Lights along a coast ${hostile}.`);
    expect(lead).toContain('Version 1.0.0-next has 121 records in 2 tables');
    await page.getByRole('link', { name: 'Lights', exact: true }).click();
    await page.locator('tbody tr').first().waitFor();
    await expectRows(page, '120 rows');
    await expectQuiet(opened);
  });

  test('a table is searched, sorted, filtered and paged, and its address gives the same again', async () => {
    const opened = await open(at(), '#/table/lights');
    const { page } = opened;
    await page.getByRole('checkbox', { name: /^tower/ }).check();
    await expectRows(page, '40 rows of 120 rows');
    await page.getByRole('searchbox', { name: 'Search in Lights' }).fill('LIGHT 1');
    await expectRows(page, '9 rows of 120 rows');
    await page.locator('th .sort').first().click();
    await page.locator('th .sort').first().click();
    expect((await firstColumn(page))[0]).toBe('light-117');
    const address = page.url();
    await expectQuiet(opened);

    const again = await open(address);
    await expectRows(again.page, '9 rows of 120 rows');
    expect((await firstColumn(again.page))[0]).toBe('light-117');
    await again.page.getByRole('button', { name: /^Clear 2 filters/ }).click();
    await expectRows(again.page, '120 rows');
    await again.page.getByRole('button', { name: 'Next' }).click();
    expect((await firstColumn(again.page))[0]).toBe('light-069');
    await expectQuiet(again);
  });
});

test('a record shows its fields, the spans behind each value, and what refers to it', async () => {
  const opened = await open(lightsFromDisk(), '#/record/lights/light-000');
  const { page } = opened;
  await page.locator('.evidence li').first().waitFor();
  await expect
    .poll(() => page.locator('dt').allTextContents())
    .toEqual([
      'id',
      'Name',
      `Kind ${hostile}`,
      'First lit',
      'Automatic',
      'Position',
      'Latitude',
      'Longitude',
      'Range',
      'At least',
      'Usually',
      'At most',
      'Sectors',
      'Colour',
      'Degrees',
      'Colour',
    ]);
  const marks = (pointer: string): Promise<string[]> =>
    page.locator(`[data-pointer="${pointer}"] > dd > .value .mark`).allTextContents();
  await expect.poll(() => marks('/name')).toEqual(['2']);
  await expect.poll(() => marks('/lit')).toEqual(['1']);
  await expect.poll(() => marks('/sectors/0/colour')).toEqual(['1']);
  await expect.poll(() => marks('/sectors/1/colour')).toEqual([]);
  await page.locator('[data-pointer="/name"] .mark').click();
  const span = page.locator('.evidence li:focus');
  const shown = await span.textContent();
  for (const each of ['41 … high.', 'almanac', 'characters 53 to 68', '/name', 'SHA-256'])
    expect(shown).toContain(each);
  expect(
    await page.getByRole('region', { name: 'Referred to by' }).getByRole('link', { name: 'light-001' }).count(),
  ).toBe(1);
  await picture(page, 'record');
  await page.getByRole('link', { name: 'light-001' }).click();
  await page.getByRole('heading', { name: 'light-001' }).waitFor();
  await expect
    .poll(() => page.locator('[data-pointer="/seen_from"]').getByRole('link').allTextContents())
    .toEqual(['light-000']);
  await expectQuiet(opened);
});

test('an address of the web is a link, in a record and in a table; a script is none', async () => {
  const opened = await open(lightsFromDisk(), '#/record/lights/light-021');
  const { page } = opened;
  const links = page.locator('[data-pointer="/sectors"]').getByRole('link');
  await links.first().waitFor();
  await expect.poll(() => links.count()).toBe(1);
  await expect.poll(() => links.getAttribute('href')).toBe('https://colours.example/red?a=1&b="2"');
  await expect.poll(() => page.getByText('javascript:alert(1)//https://x.example').count()).toBe(1);
  await page.goto(`${lightsFromDisk()}#/table/lights_sectors?search=colours.example`);
  await page.getByRole('cell', { name: 'https://colours.example' }).getByRole('link').waitFor();
  await expectQuiet(opened);
});

test('a record shows what has changed in it and why, and a withdrawn one what replaces it', async () => {
  const release = await withHistory(path.join(lights.dist, 'next'));
  const opened = await open(fromDisk(release), '#/record/lights/light-001');
  const { page } = opened;
  const history = page.getByRole('region', { name: 'Changed in 1.0.0-next, since 0.9.0' });
  const words = await history.textContent();
  for (const each of ['changed', 'name', '"Old"', '"Light 1"', `Respelt ${hostile}`]) expect(words).toContain(each);
  await page.getByRole('link', { name: 'Changes' }).click();
  await page.getByText('1 change', { exact: true }).waitFor();
  await page.goto(`${fromDisk(release)}#/record/lights/light-gone`);
  await page.getByText(`This record was withdrawn on 2026-01-02: Never built ${hostile}`).waitFor();
  await page.getByRole('link', { name: 'light-002' }).click();
  await page.getByRole('heading', { name: 'light-002' }).waitFor();
  await expectQuiet(opened);
});

describe('pictures lead to their records', () => {
  test('over time', async () => {
    const opened = await open(lightsFromDisk(), '#/table/lights?picture=time');
    const { page } = opened;
    await picture(page, 'time');
    const bar = page.getByRole('link', { name: '1882: 2 rows' });
    await bar.click();
    await expectRows(page, '2 rows of 120 rows');
    await expectQuiet(opened);
  });

  test('ranges with a best figure and open ends', async () => {
    const opened = await open(lightsFromDisk(), '#/table/lights?picture=ranges');
    await picture(opened.page, 'ranges');
    const figure = opened.page.locator('figure');
    await expect.poll(() => figure.getByRole('link', { name: 'light-000: 1 to 5, best 3' }).count()).toBe(1);
    await figure.getByRole('link', { name: 'light-001: from 2' }).click();
    await opened.page.getByRole('heading', { name: 'light-001' }).waitFor();
    await expectQuiet(opened);
  });

  test('a map', async () => {
    const opened = await open(lightsFromDisk(), '#/table/lights?picture=map');
    await opened.page.locator('.land[d^=M]').waitFor({ state: 'attached' });
    await picture(opened.page, 'map');
    await opened.page.getByRole('link', { name: /^2 rows: light-059, .*…$/ }).click();
    await expectRows(opened.page, '2 rows of 120 rows');
    await expect.poll(() => firstColumn(opened.page)).toEqual(['light-059', 'light-119']);
    await expectQuiet(opened);
  });

  test('a network', async () => {
    const opened = await open(lightsFromDisk(), '#/table/lights_seen_from?picture=network');
    await opened.page.getByText('20 records and 19 lines').waitFor();
    await picture(opened.page, 'network');
    await opened.page
      .locator('svg')
      .getByRole('link', { name: /^light-019/ })
      .focus();
    await opened.page.keyboard.press('Enter');
    await opened.page.getByRole('heading', { name: 'light-019' }).waitFor();
    await expectQuiet(opened);
  });
});

test('a view is a table of its own group, with codes, a map, and links to the records that it names', async () => {
  const opened = await open(lightsFromDisk());
  const { page } = opened;
  await page.getByRole('heading', { name: 'Views' }).waitFor();
  await page.getByRole('link', { name: 'sight' }).click();
  await page.getByText('A view. Made from the tables').waitFor();
  await expectRows(page, '19 rows');
  await page.getByRole('checkbox', { name: /^tower/ }).check();
  await expectRows(page, '6 rows of 19 rows');
  const address = page.url();
  await page.getByText('Export or share').click();
  await expect.poll(() => page.locator('pre').textContent()).toContain('FROM release."sight"');
  await page.getByRole('button', { name: 'Map' }).click();
  await page
    .locator('figure')
    .getByRole('link', { name: /^light-018/ })
    .waitFor();
  await page.locator('tbody').getByRole('link', { name: 'light-017' }).click();
  await page.getByRole('heading', { name: 'light-017' }).waitFor();
  await page.goto(address);
  await expectRows(page, '6 rows of 19 rows');
  await page.locator('tbody tr').first().getByRole('link').first().click();
  await page.getByRole('heading', { name: 'light-003' }).waitFor();
  await page.getByRole('link', { name: 'Codebook' }).click();
  const section = page.getByRole('region', { name: 'sight', exact: true });
  await expect.poll(() => section.textContent()).toContain(`The light that is seen ${hostile}`);
  await expect.poll(() => section.textContent()).toContain('Refers to a record of the table in of.');
  await expectQuiet(opened);
});

test('numbers and days are filtered by their histograms', async () => {
  const opened = await open(lightsFromDisk(), '#/table/lights');
  const { page } = opened;
  const filters = page.getByRole('region', { name: 'Filters' });
  await filters.getByText('Position: Latitude').click();
  await filters
    .getByRole('button', { name: '50 to 50.2: 10 rows' })
    .or(filters.locator('.bars button').first())
    .first()
    .click();
  await expectRows(page, '10 rows of 120 rows');
  await filters.getByText('First lit', { exact: false }).first().click();
  await filters.getByLabel('From').last().fill('1850-01-01');
  await page.keyboard.press('Enter');
  await page.getByText(/^\d rows of 120 rows$/).waitFor();
  await expectQuiet(opened);
});

test('columns can be chosen, and are explained at the top with their codes', async () => {
  const opened = await open(lightsFromDisk(), '#/table/lights');
  const { page } = opened;
  await page.getByText('Columns (', { exact: false }).click();
  await page.locator('.columns').getByRole('checkbox').nth(1).uncheck();
  await expect.poll(() => page.locator('thead th').count()).toBe((await page.locator('.columns li').count()) - 1);
  await page.getByRole('button', { name: 'About Kind', exact: false }).click();
  const about = page.locator('.popover:popover-open');
  await expect.poll(() => about.textContent()).toContain(`On land ${hostile}`);
  await page.keyboard.press('Escape');
  await expectQuiet(opened);
});

test('the selection is downloaded as CSV for spreadsheets, with its count', async () => {
  const opened = await open(lightsFromDisk(), '#/table/lights?is.kind=tower&column=id&column=name&ascending=id');
  const { page } = opened;
  await page.getByText('Export or share').click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download 40 rows as CSV' }).click(),
  ]);
  const csv = fs.readFileSync(await download.path(), 'utf8');
  expect(csv.startsWith('\uFEFFid,name\nlight-000,')).toBe(true);
  expect(csv.trimEnd().split('\n')).toHaveLength(41);
  await expect.poll(() => page.locator('pre').textContent()).toContain(`WHERE "kind"::VARCHAR IN ('tower')`);
  await page.getByRole('button', { name: 'pandas' }).click();
  await expect.poll(() => page.locator('pre').textContent()).toContain('rows["kind"].isin(["tower"])');
  await expectQuiet(opened);
});

test('everything can be searched from the top of each page: records, columns and codes', async () => {
  const opened = await open(lightsFromDisk());
  const { page } = opened;
  await page.getByRole('searchbox', { name: 'Search names and descriptions' }).fill('eddystone');
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'light-000' }).waitFor();
  await page.getByRole('searchbox', { name: 'Search names and descriptions' }).fill('no such words');
  await page.keyboard.press('Enter');
  await page.getByText('No record matches.').waitFor();
  await page.getByText('No name or description matches.').waitFor();
  await page.getByRole('searchbox', { name: 'Search names and descriptions' }).fill('anchor');
  await page.keyboard.press('Enter');
  // the view has the code too, behind the tables
  await page.getByRole('link', { name: 'ship' }).first().click();
  await expectRows(page, '80 rows of 120 rows');
  // a list is named with its table: other tables can have a list of the same title
  await page.getByRole('searchbox', { name: 'Search names and descriptions' }).fill('degrees');
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'Lights, Sectors, Degrees' }).waitFor();
  await expectQuiet(opened);
});

test('codebook, citation and files are pages', async () => {
  const opened = await open(lightsFromDisk(), '#/codebook');
  const { page } = opened;
  await expect.poll(() => page.locator('main').textContent()).toContain('At anchor.');
  await page.getByRole('link', { name: 'Cite and download' }).click();
  await page.getByRole('heading', { name: 'Cite and download' }).waitFor();
  const main = await page.locator('main').textContent();
  for (const each of ['CC0-1.0', 'datapackage.json', 'csv/lights.csv', 'lights.duckdb']) expect(main).toContain(each);
  await expect.poll(() => page.locator('a[href^="javascript"]').count()).toBe(0);
  await expectQuiet(opened);
});

test('without JavaScript there is the codebook and the list of files', async () => {
  const opened = await visit(browser, { javaScriptEnabled: false });
  await opened.page.goto(fromDisk(shipped));
  const text = await opened.page.locator('main').innerText();
  const meanings = readModel(shipped).tables.flatMap(({ columns }) => columns.flatMap(({ codes = [] }) => codes));
  for (const each of ['csv/statements.csv', 'Codebook', meanings[0]?.description ?? 'no code'])
    expect(text).toContain(each);
  await expect.poll(() => opened.page.locator('a[href="csv/statements.csv"]').count()).toBe(1);
  await expectQuiet(opened);
});

describe('accessibility', () => {
  const pages: readonly (readonly [string, string])[] = [
    ['first page', '#/'],
    ['table', '#/table/statements?is.kind=warning'],
    ['time', '#/table/statements?picture=time'],
    ['ranges', '#/table/deployments?picture=ranges'],
    ['network', '#/table/statements_relations?picture=network'],
    ['record', '#/record/statements/2022-01-13-ryabkov-demand-rejected'],
    ['view', '#/table/dyads?picture=network'],
    ['map of a view', '#/table/events?picture=map'],
    ['codebook', '#/codebook'],
    ['cite', '#/cite'],
    ['search', '#/search?words=warning'],
  ];

  test.each([
    ['light', { colorScheme: 'light' }],
    ['dark', { colorScheme: 'dark' }],
    ['phone', { viewport: { width: 375, height: 700 }, isMobile: true, hasTouch: true }],
  ] as const)(
    'axe finds no problem: %s',
    async (mode, options) => {
      const opened = await open(fromDisk(shipped), '', options);
      const { page } = opened;
      await page.evaluate(axe.source);
      for (const [name, fragment] of pages) {
        await page.evaluate(`location.hash = ${JSON.stringify(fragment)}`);
        await page.waitForTimeout(150);
        await page.locator('h1').waitFor();
        const violations = await page.evaluate(
          'axe.run({ preload: false }).then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes.slice(0, 3).map(({ html }) => html)]))',
        );
        expect(violations, `${name}, ${mode}`).toEqual([]);
        const excess = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
        expect(excess, `${name}, ${mode}: wider than the screen`).toBeLessThanOrEqual(0);
        await picture(page, `${mode}-${name.replaceAll(' ', '-')}`);
      }
      await expectQuiet(opened);
    },
    180_000,
  );

  test('a table is reached, sorted and left by the keyboard alone', async () => {
    const opened = await open(lightsFromDisk());
    const { page } = opened;
    await page.keyboard.press('Tab');
    await expect.poll(() => page.locator(':focus').textContent()).toBe('Skip to content');
    await page.keyboard.press('Enter');
    for (let i = 0; i < 3; i++) {
      await page.keyboard.press('Tab');
      if ((await page.locator(':focus').textContent()) === 'Lights') break;
    }
    await page.keyboard.press('Enter');
    await page.locator('th .sort').first().focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('th').first().getAttribute('aria-sort')).toBe('descending');
    expect((await firstColumn(page))[0]).toBe('light-119');
    await expect.poll(() => page.getByRole('table').getAttribute('aria-rowcount')).toBe('121');
    await page.goBack();
    await expectQuiet(opened);
  });
});

test('the first table of the shipped dataset is shown from the disk; how long the page works is printed', async () => {
  const { page, ...opened } = await visit(browser);
  const session = await page.context().newCDPSession(page);
  // the CPU time of the page's thread, whatever else the machine does
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  await page.goto(`${fromDisk(shipped)}#/table/statements`);
  await page.locator('tbody tr').first().waitFor();
  const { metrics } = await session.send('Performance.getMetrics');
  // no limit: a slow machine is not the page's fault
  const seconds = metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0;
  process.stderr.write(`first table: ${(1000 * seconds).toFixed(0)} ms of the page's thread\n`);
  await expect.poll(() => page.locator('tbody tr').count()).toBeGreaterThan(10);
  await expectQuiet({ page, ...opened });
});

test('the program is small', () => {
  const program = fs.readFileSync(path.join(shipped, 'explorer/explorer.js'));
  expect(gzipSync(program).length).toBeLessThan(150_000);
});
