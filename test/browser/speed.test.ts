import fs from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { crossing, dataset, sha256 } from '../support/fixture.ts';
import { workbenchOf } from '../support/workbench.ts';
import { visit, wide } from './browser.ts';
import { startChromium } from './chromium.mjs';

let browser: Browser;
beforeAll(async () => {
  browser = await startChromium();
});
afterAll(() => browser.close());

/** With RECORDS=100000, it takes minutes to create and remove the files. */
const records = Number(process.env['RECORDS'] ?? 10_000);
const cited = 3000;

/** A text of one megabyte with characters beyond U+FFFF; each line is one crossing. */
const line = (i: number): string =>
  `The ferry 🛳 Anna left Ystad on day ${i} with ${i % 300} cars and a crew of nine.\n`;
const text = Array.from({ length: 14_000 }, (_, i) => line(i)).join('');

/** A dataset of many records, of which a few thousand cite one long text. */
function large(): string {
  const folder = dataset({
    'raw/papers/long.json': { id: 'long', document: { file: 'long.txt', sha256: sha256(text) } },
    'sources/long.txt': text,
  });
  const at = path.join(folder, 'raw/crossings');
  let start = 0;
  for (let i = 0; i < records; i++) {
    const words = line(i).trimEnd();
    const length = Array.from(words).length;
    const span = { source: 'long', start, end: start + length, sha256: sha256(words), begins: 'The', ends: 'nine.' };
    const evidence = i < cited ? [{ ...span, supports: ['/port', '/cars'] }] : crossing.evidence;
    start += length + 1;
    const record = { ...crossing, id: `crossing-${i}`, cars: i % 300, evidence };
    fs.writeFileSync(path.join(at, `crossing-${i}.json`), `${JSON.stringify(record, null, 2)}\n`);
  }
  return folder;
}

/** The median and the maximum of some times, in milliseconds. */
function figures(times: readonly number[]): string {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number): string =>
    (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(1);
  return `median ${at(0.5)} ms, 95 % ${at(0.95)} ms, worst ${at(1)} ms`;
}

/** Records in the page how long each key takes until it is painted. */
const listen = `(() => {
  window.painted = [];
  document.addEventListener('input', (event) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => window.painted.push(performance.now() - event.timeStamp);
    requestAnimationFrame(() => channel.port2.postMessage(0));
  }, true);
})()`;

interface Keys {
  readonly painted: readonly number[];
  /** The CPU time of the page's scripts for each key, with its check, in milliseconds. */
  readonly scripts: number;
}

/** Types digits, and measures the time of the page for each. Other programs do not count in the time of scripts. */
async function typed(page: Page, count: number): Promise<Keys> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const scripts = async (): Promise<number> => {
    const { metrics } = await session.send('Performance.getMetrics');
    return (metrics.find(({ name }) => name === 'ScriptDuration')?.value ?? 0) * 1000;
  };
  await page.evaluate(listen);
  const before = await scripts();
  for (let i = 0; i < count; i++) {
    await page.keyboard.type(String((i % 9) + 1));
    await page.waitForTimeout(150);
  }
  return { scripts: ((await scripts()) - before) / count, painted: await page.evaluate<number[]>('window.painted') };
}

/** The time of the checks that follow a change. */
async function checked(page: Page, count: number): Promise<readonly number[]> {
  const times: number[] = [];
  for (let i = 0; i < count; i++) {
    const answer = page.waitForResponse((response) => response.url().endsWith('/api/check'));
    const at = performance.now();
    await page.keyboard.type('1');
    await answer;
    times.push(performance.now() - at);
    await page.waitForTimeout(150);
  }
  return times;
}

/** Scrolls the text: the visible part is marked, and most of the rest is not. */
async function expectMarksInView(page: Page, share: number): Promise<void> {
  await page.evaluate(`(() => {
    const pane = document.querySelector('#text');
    pane.scrollTop = pane.scrollHeight * ${share};
  })()`);
  const isMarked = `(() => {
    const frame = document.querySelector('#text').getBoundingClientRect();
    const all = [...CSS.highlights].filter(([name]) => name.startsWith('table-')).flatMap(([, each]) => [...each]);
    const isInView = (range) => {
      const { top, bottom } = range.getBoundingClientRect();
      return bottom > top && top < frame.bottom && bottom > frame.top;
    };
    return all.length < ${cited / 2} && all.filter(isInView).length > 5;
  })()`;
  await expect.poll(() => page.evaluate(isMarked)).toBe(true);
}

/** Saves, and gives the time until the page shows that. A search of the driver in a long text takes longer. */
async function saved(page: Page): Promise<string> {
  await page.evaluate(`void (window.shown = new Promise((resolve) => {
    let pressed = 0;
    document.addEventListener('keydown', ({ timeStamp }) => (pressed = timeStamp), true);
    const at = document.querySelector('.notice-room');
    const observer = new MutationObserver(() => {
      if (!at.textContent.startsWith('Saved: ')) return;
      observer.disconnect();
      requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - pressed)));
    });
    observer.observe(at, { subtree: true, childList: true, characterData: true });
  }))`);
  await page.keyboard.press('Control+S');
  return `${(await page.evaluate<number>('window.shown')).toFixed(0)} ms`;
}

/** Types words into a list of records, and gives the time of each key until what it finds is painted. */
async function listed(page: Page, words: string): Promise<readonly number[]> {
  const times: number[] = [];
  for (const key of words) {
    await page.evaluate(`void (window.shown = new Promise((resolve) => {
      performance.clearResourceTimings();
      const isAnswered = () => performance.getEntriesByType('resource').some(({ name }) => name.endsWith('/api/list'));
      document.addEventListener('input', ({ timeStamp }) => {
        const look = () => requestAnimationFrame(() => {
          if (isAnswered()) setTimeout(() => resolve(performance.now() - timeStamp));
          else look();
        });
        look();
      }, { capture: true, once: true });
    }))`);
    await page.keyboard.type(key);
    times.push(await page.evaluate<number>('window.shown'));
  }
  return times;
}

async function timed(work: () => Promise<unknown>): Promise<string> {
  const from = performance.now();
  await work();
  return `${(performance.now() - from).toFixed(0)} ms`;
}

test('a text of a megabyte and many records stay quick; the times are printed', async () => {
  const folder = large();
  const report: string[] = [];
  const started = performance.now();
  const { url } = await workbenchOf(folder, 'long');
  report.push(`start: ${(performance.now() - started).toFixed(0)} ms`);
  const { page, messages } = await visit(browser, wide);
  const { keyboard } = page;
  const from = performance.now();
  await page.goto(url);
  await page.locator('#text .piece').first().waitFor();
  report.push(`open the text: ${(performance.now() - from).toFixed(0)} ms`);
  await page.getByText(`Crossings ${cited}`).waitFor({ timeout: 120_000 });
  report.push(`know all records: ${(performance.now() - from).toFixed(0)} ms`);
  await expectMarksInView(page, 0);
  await expectMarksInView(page, 0.2);
  await page.evaluate('document.querySelector("#text").scrollTop = 0');
  await keyboard.press('Alt+R');
  await page.getByRole('combobox', { name: 'Record' }).waitFor();
  report.push(`find a record, for each key: ${figures(await listed(page, 'crossing-77'))}`);
  await page.getByRole('option', { name: 'crossing-77 ' }).first().waitFor();
  await keyboard.press('Enter');
  await page.getByRole('heading', { name: /Crossings: crossing-77/ }).waitFor();
  await page.getByRole('textbox', { name: 'length' }).fill('1');
  const keys = await typed(page, 8);
  expect(keys.painted.length).toBe(8);
  report.push(`a key in a record: scripts ${keys.scripts.toFixed(1)} ms`, `… painted: ${figures(keys.painted)}`);
  await page.getByRole('textbox', { name: 'length' }).fill('1');
  report.push(`… checked: ${figures(await checked(page, 8))}`);
  report.push(`save it: ${await saved(page)}`);
  report.push(
    `go to the next sentence without a record: ${await timed(async () => {
      await keyboard.press('Alt+U');
      await page.getByText('sentences have no record yet').waitFor();
    })}`,
  );
  await keyboard.press('Alt+D');
  await page.getByRole('heading', { name: 'Crossings: new record' }).waitFor();
  await page.getByRole('textbox', { name: 'length' }).fill('1');
  const more = await typed(page, 8);
  report.push(`a key in a new record: scripts ${more.scripts.toFixed(1)} ms`, `… painted: ${figures(more.painted)}`);
  await page.getByRole('textbox', { name: 'length' }).fill('1');
  report.push(`… checked: ${figures(await checked(page, 8))}`);
  await page.getByRole('button', { name: 'Remove stops', exact: true }).click();
  // a copied number does not cite words with another one
  await page.getByRole('textbox', { name: 'cars' }).fill('41');
  await keyboard.press('Alt+Shift+E');
  await page.getByText('Left to do: 0').waitFor();
  report.push(`save it: ${await saved(page)}`);
  expect(messages).toEqual([]);
  process.stdout.write(`${records} records, a text of a megabyte\n${report.join('\n')}\n`);
}, 300_000);
