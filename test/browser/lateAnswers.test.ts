import fs from 'node:fs';
import path from 'node:path';
import type { Browser, Locator, Page, Request } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newsroom } from '../support/articles.ts';
import { crossing, document, sha256 } from '../support/fixture.ts';
import { museum } from '../support/museum.ts';
import { writeFiles } from '../support/run.ts';
import { workbenchOf } from '../support/workbench.ts';
import { visit, wide, laptop } from './browser.ts';
import { startChromium } from './chromium.mjs';
import { atField, choose, findWords, openWorkbench, noticed, selectedIn, inForm } from './curator.ts';
import { beginAtPort, makePort, openHarbour } from './harbour.ts';
import { hold } from './held.ts';

// Answers that come when the user has gone on, or in another order than they were asked for.

let browser: Browser;
beforeAll(async () => {
  browser = await startChromium();
});
afterAll(() => browser.close());

const before = 'A line that no record is about.\n'.repeat(3);
const herald = `${before}${document}`;
const inHerald = crossing.evidence.map((span) => ({
  ...span,
  source: 'herald',
  start: span.start + before.length,
  end: span.end + before.length,
}));

interface Opened {
  readonly folder: string;
  readonly page: Page;
}

/** A workbench with two sources and two crossings. */
async function openPage(): Promise<Opened> {
  const folder = newsroom();
  writeFiles(folder, {
    'raw/papers/herald.json': { id: 'herald', document: { file: 'herald.txt', sha256: sha256(herald) } },
    'sources/herald.txt': herald,
    'raw/crossings/tuesday-ystad.json': { ...crossing, id: 'tuesday-ystad', cars: 50 },
    'raw/crossings/sunday-ystad.json': { ...crossing, id: 'sunday-ystad', cars: 60, evidence: inHerald },
  });
  const { page } = await openWorkbench(browser, folder, wide, 'gazette');
  await page.getByRole('button', { name: 'monday-ystad' }).waitFor();
  return { folder, page };
}

interface Pause {
  /** Lets time pass. */
  readonly end: () => Promise<void>;
}

/** Stops the timers and frames of a page. */
async function pauseClock(page: Page): Promise<Pause> {
  await page.clock.install();
  await page.clock.pauseAt(Date.now() + 60_000);
  return { end: () => page.clock.runFor(1000) };
}

function heading(page: Page, name: string) {
  return page.getByRole('heading', { name, level: 2 });
}

function draftsIn(folder: string): readonly string[] {
  const at = path.join(folder, '.demarche/drafts');
  if (!fs.existsSync(at)) return [];
  return fs
    .readdirSync(at, { recursive: true, withFileTypes: true })
    .flatMap((each) => (each.isFile() ? [each.name] : []));
}

test('of two records that are clicked, the last one is shown, whichever is answered first', async () => {
  const { page } = await openPage();
  const first = await hold(page, 'record', 'monday-ystad');
  await page.getByRole('button', { name: 'monday-ystad' }).click();
  await first.asked;
  await page.getByRole('button', { name: 'tuesday-ystad' }).click();
  await heading(page, 'Crossings: tuesday-ystad').waitFor();
  await page.getByRole('textbox', { name: 'cars', exact: true }).fill('51');
  await first.answer();
  await expect.poll(() => heading(page, 'Crossings: tuesday-ystad').count()).toBe(1);
  await expect.poll(() => page.getByText('kept as a draft').count()).toBe(0);
});

test('of two sources that are clicked, the last one is shown, whichever is answered first', async () => {
  const { page } = await openPage();
  await page.keyboard.press('Alt+Q');
  const first = await hold(page, 'source', 'gazette');
  await page.getByRole('table', { name: 'Sources' }).getByRole('button', { name: 'gazette' }).click();
  await first.asked;
  await page.getByRole('button', { name: 'herald' }).click();
  await expect.poll(() => page.locator('#text').textContent()).toBe(herald);
  await first.answer();
  await expect.poll(() => page.locator('#text').textContent()).toBe(herald);
});

test('a source that is answered after the list of sources was opened does not close the list', async () => {
  const { page } = await openPage();
  await page.keyboard.press('Alt+Q');
  const first = await hold(page, 'source', 'herald');
  await page.getByRole('button', { name: 'herald' }).click();
  await first.asked;
  await page.keyboard.press('Alt+Q');
  await first.answer();
  await expect.poll(() => page.getByRole('table', { name: 'Sources' }).count()).toBe(1);
});

test('a record that is answered after a source was chosen does not show another source', async () => {
  const { page } = await openPage();
  await page.keyboard.press('Alt+Q');
  await page.getByRole('table', { name: 'Sources' }).waitFor();
  const record = await hold(page, 'record', 'monday-ystad');
  await page.keyboard.press('Alt+R');
  await choose(page, 'monday-ystad');
  await record.asked;
  const source = await hold(page, 'source', 'herald');
  await page.getByRole('table', { name: 'Sources' }).getByRole('button', { name: 'herald' }).click();
  await source.asked;
  await record.answer();
  await heading(page, 'Crossings: monday-ystad').waitFor();
  await source.answer();
  await expect.poll(() => page.locator('#text').textContent()).toBe(herald);
});

test('a change that is undone leaves no draft, also if another record is opened at once', async () => {
  const { folder, page } = await openPage();
  await page.getByRole('button', { name: 'monday-ystad' }).click();
  const cars = page.getByRole('textbox', { name: 'cars', exact: true });
  const kept = page.waitForResponse('**/api/keep');
  await cars.fill('41');
  await kept;
  const pause = await pauseClock(page);
  expect(draftsIn(folder)).toEqual(['monday-ystad.json']);
  await page.keyboard.press('Control+Z');
  await page.getByRole('button', { name: 'tuesday-ystad' }).click();
  await heading(page, 'Crossings: tuesday-ystad').waitFor();
  await pause.end();
  await page.getByText('Drafts: 0', { exact: true }).waitFor();
  expect(draftsIn(folder)).toEqual([]);
});

test('a change that is undone while the record is saved leaves no draft', async () => {
  const { folder, page } = await openPage();
  await page.getByRole('button', { name: 'monday-ystad' }).click();
  await inForm(page);
  const cars = page.getByRole('textbox', { name: 'cars', exact: true });
  await cars.fill('41');
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  await page.route('**/api/save', async (route) => {
    const response = await route.fetch();
    await opened;
    await route.fulfill({ response });
  });
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect
    .poll(() => fs.readFileSync(path.join(folder, 'raw/crossings/monday-ystad.json'), 'utf8'))
    .toContain('41');
  const kept = page.waitForResponse('**/api/keep');
  await page.getByRole('textbox', { name: 'length' }).fill('173');
  await kept;
  const pause = await pauseClock(page);
  await page.keyboard.press('Control+Z');
  open();
  await page.getByText('Saved: raw/crossings/monday-ystad.json').waitFor();
  await pause.end();
  await page.getByText('Drafts: 0', { exact: true }).waitFor();
  await expect.poll(() => draftsIn(folder)).toEqual([]);
});

test('a save that begins while another record is looked for is waited for', async () => {
  const { folder, page } = await openPage();
  await page.getByRole('button', { name: 'monday-ystad' }).click();
  await inForm(page);
  await page.getByRole('textbox', { name: 'cars', exact: true }).fill('41');
  const next = await hold(page, 'record', 'tuesday-ystad');
  await page.getByRole('button', { name: 'tuesday-ystad' }).click();
  await next.asked;
  writeFiles(folder, { 'raw/crossings/monday-ystad.json': { ...crossing, on: '2022-03-01' } });
  const save = await hold(page, 'save');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await save.asked;
  await next.answer();
  await save.answer();
  // the conflict is that of the record that is shown
  await page.getByRole('dialog', { name: 'The file has changed' }).waitFor();
  await expect.poll(() => heading(page, 'Crossings: monday-ystad').count()).toBe(1);
});

test('a record that waits for another one is the one that was saved meanwhile', async () => {
  const { page } = await openPage();
  await page.getByRole('button', { name: 'monday-ystad' }).click();
  await page.getByRole('textbox', { name: 'cars', exact: true }).fill('41');
  const save = await hold(page, 'save');
  await page.keyboard.press('Control+S');
  await save.asked;
  const ship = page.getByRole('combobox', { name: 'ship' });
  await ship.fill('Berta');
  await page.getByRole('option', { name: 'New record in ships: Berta…' }).click();
  await save.answer();
  await heading(page, 'Ships: new record').waitFor();
  await page.getByText('Left to do: 0').waitFor();
  await page.keyboard.press('Control+S');
  await heading(page, 'Crossings: monday-ystad').waitFor();
  await page.getByText('Saved berta and filled in ship.').waitFor();
  await page.keyboard.press('Control+S');
  await page.getByText('Saved: raw/crossings/monday-ystad.json').waitFor();
  await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
});

test('what was typed into a list goes into its own record, also when a key opens another one', async () => {
  const { page } = await openPage();
  await page.getByRole('button', { name: 'monday-ystad' }).click();
  await inForm(page);
  await page.getByRole('textbox', { name: 'cars', exact: true }).fill('41');
  await page.getByRole('button', { name: 'tuesday-ystad' }).click();
  await heading(page, 'Crossings: tuesday-ystad').waitFor();
  await inForm(page);
  const ship = page.getByRole('combobox', { name: 'ship' });
  await ship.fill('Berta');
  await page.keyboard.press('Alt+B');
  await heading(page, 'Crossings: monday-ystad').waitFor();
  await page.getByText('Not saved, kept as a draft: Crossings: tuesday-ystad').waitFor();
  await expect.poll(() => ship.inputValue()).toBe('anna');
  await page.keyboard.press('Alt+B');
  await heading(page, 'Crossings: tuesday-ystad').waitFor();
  await expect.poll(() => ship.inputValue()).toBe('Berta');
});

test('a copy has what was typed into a list last', async () => {
  const { page } = await openPage();
  await page.getByRole('button', { name: 'monday-ystad' }).click();
  const ship = page.getByRole('combobox', { name: 'ship' });
  await ship.fill('Berta');
  await page.keyboard.press('Alt+D');
  await heading(page, 'Crossings: new record').waitFor();
  await expect.poll(() => ship.inputValue()).toBe('Berta');
});

test('a record that is clicked while a draft is discarded stays open', async () => {
  const { page } = await openPage();
  await page.getByRole('button', { name: 'monday-ystad' }).click();
  await page.getByRole('textbox', { name: 'cars', exact: true }).fill('41');
  await page.getByRole('button', { name: 'Discard Crossings: monday-ystad' }).click();
  const record = await hold(page, 'record', 'monday-ystad');
  await page.getByRole('button', { name: 'Discard the draft' }).click();
  await record.asked;
  await page.getByRole('button', { name: 'tuesday-ystad' }).click();
  await heading(page, 'Crossings: tuesday-ystad').waitFor();
  await record.answer();
  await expect.poll(() => heading(page, 'Crossings: tuesday-ystad').count()).toBe(1);
  await expect.poll(() => page.getByText('kept as a draft').count()).toBe(0);
});

test('suggestions are those of the source that is shown', async () => {
  const { page } = await openPage();
  const suggest = await hold(page, 'suggest');
  await page.keyboard.press('Alt+Y');
  await suggest.asked;
  await page.keyboard.press('Alt+Q');
  await page.getByRole('button', { name: 'herald' }).click();
  await expect.poll(() => page.locator('#text').textContent()).toBe(herald);
  await suggest.answer();
  await expect.poll(() => page.evaluate('CSS.highlights.get("suggested")?.size ?? 0')).toBe(0);
});

test('a commit that ends late leaves the next dialog open', async () => {
  const { page, folder } = await openPage();
  writeFiles(folder, { 'raw/ports/lund.json': { id: 'lund', name: 'Lund' } });
  await page.keyboard.press('Alt+G');
  await page.getByRole('heading', { name: /^Changes since the last commit: / }).waitFor();
  const commit = await hold(page, 'commit');
  await page.keyboard.press('Control+Enter');
  await commit.asked;
  await page.keyboard.press('Escape');
  await page.keyboard.press('Alt+N');
  await page.getByRole('dialog', { name: 'New record' }).waitFor();
  await commit.answer();
  await noticed(page, 'Committed');
  await expect.poll(() => page.getByRole('dialog', { name: 'New record' }).count()).toBe(1);
});

test('changes that cannot be listed leave the next dialog open', async () => {
  const { page } = await openPage();
  let fail = (): void => undefined;
  const failed = new Promise<void>((resolve) => (fail = resolve));
  await page.route('**/api/changes', async (route) => {
    await failed;
    await route.fulfill({ status: 500, json: { failure: 'No changes today.' } });
  });
  const asked = page.waitForRequest('**/api/changes');
  await page.keyboard.press('Alt+G');
  await asked;
  await page.keyboard.press('Escape');
  await page.keyboard.press('Alt+N');
  await page.getByRole('dialog', { name: 'New record' }).waitFor();
  fail();
  await noticed(page, 'No changes today.');
  await expect.poll(() => page.getByRole('dialog', { name: 'New record' }).count()).toBe(1);
});

test('a review that is saved late does not take the user back to its source', async () => {
  const { page } = await openPage();
  await page.keyboard.press('Alt+V');
  await page.getByRole('combobox', { name: 'Reviewed by' }).fill('Ida');
  await page.getByRole('checkbox', { name: 'Mark as reviewed although' }).check();
  const review = await hold(page, 'review');
  await page.getByRole('button', { name: 'Mark as reviewed' }).click();
  await review.asked;
  await page.keyboard.press('Alt+Q');
  await page.getByRole('button', { name: 'herald' }).click();
  await expect.poll(() => page.locator('#text').textContent()).toBe(herald);
  await review.answer();
  await noticed(page, 'Marked as reviewed');
  await expect.poll(() => page.locator('#text').textContent()).toBe(herald);
});

test('a record that is chosen by Enter before the list has come is not opened if the dialog was closed', async () => {
  const { page } = await openPage();
  await page.keyboard.press('Alt+R');
  const found = await hold(page, 'list', 'monday');
  await page.keyboard.type('monday');
  await page.keyboard.press('Enter');
  await found.asked;
  await page.getByRole('button', { name: 'Close' }).click();
  await found.answer();
  await expect.poll(() => page.getByRole('heading', { level: 2 }).count()).toBe(0);
});

test('the last of two dropped files is the one to add, whichever is converted first', async () => {
  const { page } = await openPage();
  const drop = async (name: string): Promise<void> => {
    await page.evaluate(`(() => {
      const data = new DataTransfer();
      data.items.add(new File(['Text of ${name}'], '${name}', { type: 'text/plain' }));
      document.body.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: data }));
    })()`);
  };
  const first = await hold(page, 'toText', 'first.txt');
  await drop('first.txt');
  await first.asked;
  await drop('second.txt');
  const text = page.getByRole('dialog', { name: 'Add a source' }).getByRole('textbox').first();
  await expect.poll(() => text.inputValue()).toBe('Text of second.txt');
  await first.answer();
  await expect.poll(() => text.inputValue()).toBe('Text of second.txt');
});

test('the evidence of another source is selected in that source, although it is answered before the next frame', async () => {
  const { page } = await openPage();
  await page.keyboard.press('Alt+R');
  await choose(page, 'sunday');
  await expect.poll(() => page.locator('#text').textContent()).toBe(herald);
  // its evidence is in another source than the one that was chosen since
  await page.getByRole('combobox', { name: 'Source', exact: true }).click();
  await choose(page, 'gazette');
  await expect.poll(() => page.locator('#text').textContent()).toBe(document);
  await page.getByText('Loading more records').waitFor({ state: 'detached' });
  const pause = await pauseClock(page);
  const marks = page.waitForResponse('**/api/marks');
  await page
    .getByRole('button', { name: /^Evidence: / })
    .first()
    .click();
  await (await marks).finished();
  await pause.end();
  await expect.poll(() => page.locator('#text').textContent()).toBe(herald);
  await expect.poll(() => selectedIn(page)).toBe('left Ystad on Monday with 40 cars.');
});

test('a text that is no choice is accepted when Enter was pressed and the field left before the list came', async () => {
  const { page } = await openPage();
  await page.getByRole('button', { name: 'monday-ystad' }).click();
  const ship = page.getByRole('combobox', { name: 'ship' });
  const found = await hold(page, 'find', 'nothing');
  await ship.fill('nothing');
  await ship.press('Enter');
  await found.asked;
  await page.getByRole('textbox', { name: 'cars', exact: true }).click();
  await found.answer();
  await page.getByText('(not saved)').waitFor();
  await expect.poll(() => ship.inputValue()).toBe('nothing');
  await expect.poll(() => ship.getAttribute('aria-expanded')).toBe('false');
});

test('what was typed last is kept when the page is closed', async () => {
  const { folder, page } = await openPage();
  await page.getByRole('button', { name: 'monday-ystad' }).click();
  await page.clock.install();
  const cars = page.getByRole('textbox', { name: 'cars', exact: true });
  await cars.fill('41');
  await expect.poll(() => cars.inputValue()).toBe('41');
  await page.reload();
  await page.getByText('Drafts: 1', { exact: true }).waitFor();
  expect(draftsIn(folder)).toEqual(['monday-ystad.json']);
});

test('a list of sources that fails can be asked for again', async () => {
  const { page } = await openPage();
  await page.route('**/api/queue', (route) => route.fulfill({ status: 500, json: { failure: 'No list today.' } }));
  await page.keyboard.press('Alt+Q');
  const again = page.getByRole('button', { name: 'Try again' });
  await again.waitFor();
  await page.unroute('**/api/queue');
  await again.click();
  await page.getByRole('table', { name: 'Sources' }).waitFor();
  await expect.poll(() => again.count()).toBe(0);
});

test('words that are cited for all fields are not cited by a record that was opened meanwhile', async () => {
  const { folder, page } = await openPage();
  const evidence = crossing.evidence.map((span) => ({ ...span, supports: ['/on'] }));
  writeFiles(folder, { 'raw/crossings/tuesday-ystad.json': { ...crossing, id: 'tuesday-ystad', evidence } });
  await page.getByRole('button', { name: 'monday-ystad' }).click();
  await heading(page, 'Crossings: monday-ystad').waitFor();
  await findWords(page, 'left Ystad on');
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  const held: Request[] = [];
  await page.route('**/api/check', async (route) => {
    if (route.request().postData()?.includes('monday-ystad') !== true) return route.continue();
    held.push(route.request());
    await opened;
    return route.continue();
  });
  await page.getByRole('textbox', { name: 'cars', exact: true }).fill('41');
  await page.keyboard.press('Alt+Shift+E');
  await page.getByRole('button', { name: 'tuesday-ystad' }).click();
  await page.getByRole('button', { name: 'Needs evidence' }).first().waitFor();
  open();
  for (const each of held) await (await each.response())?.finished();
  await page.evaluate('new Promise((resolve) => setTimeout(() => requestAnimationFrame(() => setTimeout(resolve))))');
  await expect.poll(() => page.getByText('Cited for').count()).toBe(0);
  await expect.poll(() => page.getByRole('button', { name: 'Evidence: left Ystad on', exact: true }).count()).toBe(0);
});

/** The comparison of two codings that differ in two crossings, at the fields of the one that both have. */
async function openDifference(): Promise<Opened & { readonly second: string; readonly region: Locator }> {
  const folder = newsroom();
  const second = path.join(folder, 'second/records');
  writeFiles(second, {
    'crossings/monday-ystad.json': { ...crossing, cars: 41 },
    'crossings/ferry-ystad.json': { ...crossing, id: 'ferry-ystad', kind: 'arrival', cars: 99, evidence: [early] },
  });
  const { url } = await workbenchOf(folder, 'gazette', second);
  const { page } = await visit(browser, laptop);
  await page.goto(url);
  await page.locator('#text .piece').first().waitFor();
  await page.keyboard.press('Alt+C');
  const region = page.getByRole('region', { name: 'Compare codings' });
  await region.getByRole('button', { name: 'Crossings: monday-ystad' }).click();
  await region.getByRole('radio').last().check();
  await region.getByRole('textbox', { name: 'Reason' }).fill('I counted again.');
  return { folder, page, second, region };
}

const early = {
  source: 'gazette',
  start: 0,
  end: 9,
  sha256: sha256('The ferry'),
  begins: 'The',
  ends: 'ferry',
  supports: ['/port', '/cars'],
};

test('a decision that is saved late is noted at its difference, with its values, while another one is in view', async () => {
  const { page, region } = await openDifference();
  const { asked, answer } = await hold(page, 'resolve');
  await region.getByRole('button', { name: 'Decide and save' }).click();
  await asked;
  await region.getByRole('button', { name: 'All differences' }).click();
  await region.getByRole('button', { name: 'ferry-ystad, only in the second coding' }).click();
  const highlighted = (): Promise<unknown> =>
    page.evaluate('[...(CSS.highlights.get("focused") ?? [])].map(String).join()');
  await expect.poll(highlighted).toBe('The ferry');
  await answer();
  await noticed(page, 'Decided and saved. Open: 1.');
  await expect.poll(() => highlighted()).toBe('The ferry');
  await region.getByRole('radio', { name: 'Add it' }).check();
  await expect.poll(() => highlighted()).toBe('The ferry');
  await region.getByRole('button', { name: 'All differences' }).click();
  await region.getByRole('button', { name: 'Crossings: monday-ystad (decided)' }).click();
  await region.getByText('41, as in the second coding').waitFor();
});

test('a decision that is saved late is not noted at a difference of a newer list', async () => {
  const { page, region, folder, second } = await openDifference();
  const { asked, answer } = await hold(page, 'resolve');
  await region.getByRole('button', { name: 'Decide and save' }).click();
  await asked;
  await region.getByRole('button', { name: 'All differences' }).click();
  await region.getByRole('button', { name: 'Close' }).click();
  await region.waitFor({ state: 'detached' });
  // a difference that comes before it in the list
  const alpha = { ...crossing, id: 'alpha-ystad', evidence: [early] };
  writeFiles(folder, { 'raw/crossings/alpha-ystad.json': alpha });
  writeFiles(second, { 'crossings/alpha-ystad.json': { ...alpha, cars: 12 } });
  await page.getByRole('button', { name: 'Compare codings (Alt+C)' }).click();
  await region.getByText('3 of 3 differences are open.').waitFor();
  await answer();
  await noticed(page, 'Decided and saved. Open: 2.');
  await expect
    .poll(() => region.getByRole('button', { name: '(decided)' }).allTextContents())
    .toEqual(['Crossings: monday-ystad (decided)']);
});

test('what prevents a decision is said also when its difference is no longer in view', async () => {
  const { page, region, folder } = await openDifference();
  writeFiles(folder, { 'raw/crossings/monday-ystad.json': { ...crossing, cars: 43 } });
  const { asked, answer } = await hold(page, 'resolve');
  await region.getByRole('button', { name: 'Decide and save' }).click();
  await asked;
  await region.getByRole('button', { name: 'All differences' }).click();
  await answer();
  await page
    .locator('#notice', { hasText: 'Not decided: Crossings: monday-ystad. Open the difference again' })
    .waitFor();
  expect(fs.readFileSync(path.join(folder, 'raw/crossings/monday-ystad.json'), 'utf8')).toContain('43');
});

for (const [name, label] of [
  ['delete', 'Delete…'],
  ['rename', 'Change…'],
] as const)
  test(`what could not be found for a dialog leaves the next dialog of the same name open: ${name}`, async () => {
    const { page } = await openPage();
    await page.getByRole('button', { name: 'monday-ystad' }).click();
    await heading(page, 'Crossings: monday-ystad').waitFor();
    let fail = (): void => undefined;
    const failed = new Promise<void>((resolve) => (fail = resolve));
    let asked = 0;
    await page.route('**/api/ties', async (route) => {
      if (++asked > 1) return route.continue();
      await failed;
      return route.fulfill({ status: 500, json: { failure: 'No ties today.' } });
    });
    const first = page.waitForRequest('**/api/ties');
    await page.getByRole('button', { name: label }).click();
    await first;
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: label }).click();
    await page.getByRole('dialog').waitFor();
    fail();
    await noticed(page, 'No ties today.');
    await expect.poll(() => page.getByRole('dialog').count()).toBe(1);
  });

test('Alt+J does not call a record complete that the server has not checked', async () => {
  const { page } = await openWorkbench(browser, newsroom(), laptop, 'gazette');
  await page.getByRole('button', { name: 'monday-ystad' }).first().click();
  await page.getByText('Left to do: 0').waitFor();
  await page.route('**/api/check', () => undefined);
  await page.locator('[data-pointer="/on"] input').fill('2022-03-01');
  await page.keyboard.press('Alt+J');
  await noticed(page, 'The record is still being checked: press Alt+J again.');
  await page.unroute('**/api/check');
  await page.keyboard.press('Alt+J');
  await noticed(page, 'This record is complete: press Ctrl+S to save it.');
  expect(await page.locator('[data-pointer="/on"] input').inputValue()).toBe('2022-03-01');
});

test('the list of records is completed, although a field has searched for others meanwhile', async () => {
  const { url } = await workbenchOf(museum());
  const { page } = await visit(browser, wide);
  // as long as not all records are read, the list lacks some
  let isRead = false;
  await page.route('**/api/list', async (route) => {
    const response = await route.fetch();
    const all: { readonly tables: readonly { readonly table: string }[] } = await response.json();
    const known = all.tables.filter(({ table }) => table === 'bells');
    await route.fulfill({ response, json: isRead ? all : { ...all, tables: known, isComplete: false } });
  });
  const reading = await hold(page, 'find', '"words":""}');
  await page.goto(url);
  const rows = page.locator('#record-rows').getByRole('option');
  await rows.filter({ hasText: 'tom' }).click();
  await reading.asked;
  const founder = page.getByRole('combobox', { name: 'Founder' });
  await founder.fill('chapel');
  await page.locator('.combobox').getByRole('option', { name: 'Whitechapel' }).first().waitFor();
  isRead = true;
  await reading.answer();
  await expect.poll(() => rows.filter({ hasText: 'Ann Lee' }).count()).toBe(1);
});

test('a click in a record made in place counts, also before the record is checked', async () => {
  const { page } = await openHarbour(browser);
  await beginAtPort(page, 'Kiel is far from Ystad.');
  const { asked, answer } = await hold(page, 'check', '"name":"Kiel"');
  await makePort(page, 'Kiel');
  await asked;
  await page.getByRole('button', { name: 'country' }).click();
  await atField(page, '/country');
  await page.keyboard.type('Deutschland');
  await answer();
  const country = page.getByRole('textbox', { name: 'country' });
  await expect.poll(() => country.inputValue()).toBe('Deutschland');
  await page.getByRole('button', { name: 'Save', exact: true }).waitFor();
  await atField(page, '/country');
  expect(await page.getByRole('textbox', { name: 'name' }).inputValue()).toBe('Kiel');
});

test('a click counts while a record that was opened is checked, and while one is returned to', async () => {
  const { page } = await openPage();
  // it is checked when it is shown, and to find out what is left
  const both = [await hold(page, 'check', '"monday-ystad"'), await hold(page, 'check', '"monday-ystad"')];
  await page.getByRole('button', { name: 'monday-ystad' }).click();
  for (const { asked } of both) await asked;
  const shown = page.getByRole('combobox', { name: 'Source' });
  await shown.click();
  for (const { answer } of both) await answer();
  await page.getByRole('button', { name: 'Save', exact: true }).waitFor();
  await expect.poll(() => shown.and(page.locator(':focus')).count()).toBe(1);
  // the record that waits
  await page.keyboard.press('Escape');
  const ship = page.getByRole('combobox', { name: 'ship' });
  await ship.fill('Berta');
  await page.getByRole('option', { name: 'New record in ships: Berta' }).waitFor();
  await page.keyboard.press('Shift+Enter');
  await atField(page, '/name');
  await page.keyboard.press('Control+S');
  const second = await hold(page, 'check', '"monday-ystad"');
  await second.asked;
  const cars = page.getByRole('textbox', { name: 'cars', exact: true });
  await cars.click();
  await second.answer();
  await noticed(page, 'Saved berta and filled in ship.');
  await atField(page, '/cars');
});
