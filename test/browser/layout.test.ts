import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newsroom } from '../support/articles.ts';
import { crossing, document, sha256 } from '../support/fixture.ts';
import { writeFiles } from '../support/run.ts';
import { picture, laptop } from './browser.ts';
import { startChromium } from './chromium.mjs';
import { atField, findWords, openWorkbench, noticed } from './curator.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await startChromium();
});
afterAll(() => browser.close());

const long = 'the-gazette-of-the-harbour-towns-on-the-southern-coast-ferry-anna-leaves-ystad-2022-02-28';

/** Opens a dataset with a source and a record that have long names. */
async function openPage(width: number, source = long): Promise<Page> {
  const folder = newsroom();
  const paper = { id: long, document: { file: 'gazette.txt', sha256: sha256(document) } };
  writeFiles(folder, {
    [`raw/papers/${long}.json`]: paper,
    [`raw/crossings/${long}.json`]: { ...crossing, id: long },
  });
  const { page } = await openWorkbench(browser, folder, { viewport: { width, height: 800 } }, source);
  await page.locator('#text .piece').first().waitFor();
  return page;
}

async function heightOf(at: Locator): Promise<number> {
  return (await at.boundingBox())?.height ?? 0;
}

/** The words of the elements in a part of the page whose box is too small for them. */
async function cutIn(part: Locator): Promise<readonly string[]> {
  return part.evaluate((at) =>
    [...at.querySelectorAll('h2, h2 span, button, .title, label')].flatMap((each) => {
      const isShown = each.clientWidth > 1;
      const isCut = each.scrollWidth > each.clientWidth + 1 || each.scrollHeight > each.clientHeight + 2;
      return isShown && isCut ? [each.textContent] : [];
    }),
  );
}

/** What lies over something else in a part of the page: pairs of the words of each. */
async function overlapsIn(part: Locator, all: string): Promise<readonly string[]> {
  return part.evaluate((at, selector) => {
    const boxes = [...at.querySelectorAll(selector)]
      .map((each) => ({ each, box: each.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 1);
    return boxes.flatMap(({ each: one, box: a }, i) =>
      boxes.slice(i + 1).flatMap(({ each: other, box: b }) => {
        const isOver = a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
        const isInside = one.contains(other) || other.contains(one);
        return isOver && !isInside ? [`${one.outerHTML.slice(0, 60)} / ${other.outerHTML.slice(0, 60)}`] : [];
      }),
    );
  }, all);
}

const widths = [1280, 1440] as const;

test.each(widths)('a long message stays in the header, and is all there, at %d px', async (width) => {
  const page = await openPage(width);
  await page.getByRole('button', { name: long }).first().click();
  await page.getByRole('button', { name: '+ url' }).click();
  await page.keyboard.type('https://example.org/');
  await page.keyboard.press('Control+S');
  const notice = page.locator('#notice', { hasText: /^Saved: .*make a record of them/ });
  await notice.waitFor();
  await picture(page, `saved-${width}`);
  const [own, header] = [await notice.boundingBox(), await page.locator('header').boundingBox()];
  expect((own?.y ?? 0) + (own?.height ?? Infinity)).toBeLessThanOrEqual(header?.height ?? 0);
  const { shown, all } = await notice.locator('[role=status]').evaluate((element) => ({
    shown: element.clientHeight,
    all: element.scrollHeight,
  }));
  expect(all).toBeLessThanOrEqual(shown);
});

test.each([1024, ...widths])('neither the way back nor the name of the record is cut off, at %d px', async (width) => {
  const page = await openPage(width, 'gazette');
  const { keyboard } = page;
  const bare = page.getByRole('button', { name: 'Save', exact: true });
  await page.locator('nav').getByRole('button', { name: long }).first().click();
  await page.locator('#form').waitFor();
  const line = await heightOf(bare);
  for (const words of ['Berta', 'Carla']) {
    await page.getByRole('combobox', { name: 'ship' }).fill(words);
    await page.getByRole('option', { name: `New record in ships: ${words}` }).waitFor();
    await keyboard.press('ArrowDown');
    await keyboard.press('Enter');
    const back = page.getByRole('button', { name: `Back to ${long}` });
    await back.waitFor();
    await atField(page, '/name');
    // with all the buttons that there can be
    await page.getByRole('textbox', { name: 'name' }).fill('');
    await page.getByRole('textbox', { name: 'id' }).fill('berta-of-the-southern-coast');
    await page.getByRole('button', { name: '1 left' }).waitFor();
    await picture(page, `back-${width}-${words}`);
    const heading = page.getByRole('heading', { name: 'Ships: new record' });
    await expect.poll(() => heading.textContent()).toContain('(not saved)');
    await expect.poll(() => cutIn(page.locator('.record-head'))).toEqual([]);
    // what is not cut off may take another line, but not more
    await expect
      .poll(() => heightOf(page.locator('.record-head')))
      .toBeLessThan(width > 1024 ? 3.4 * line : 4.6 * line);
    await back.click();
    await page.getByRole('heading', { name: long }).waitFor();
  }
});

test('a click on a record in the list leads to its form, as Enter does', async () => {
  const page = await openPage(1280, 'gazette');
  const record = page.locator('nav').getByRole('button', { name: 'monday-ystad' });
  await record.press('Enter');
  await page.locator('#form').waitFor();
  const focusedNow = (): Promise<string> =>
    page.evaluate<string>('document.activeElement.closest("[data-pointer]")?.dataset.pointer ?? ""');
  await expect.poll(focusedNow).not.toBe('');
  const where = await focusedNow();
  await page.locator('nav').getByRole('button', { name: long }).first().click();
  await page.getByRole('heading', { name: long }).waitFor();
  await record.click();
  await page.getByRole('heading', { name: 'monday-ystad' }).waitFor();
  await atField(page, where);
  await picture(page, 'clicked-record');
});

test.each([1024, 1280])('in a narrow form, chips and buttons lie on nothing, at %d px', async (width) => {
  const page = await openPage(width, 'gazette');
  await page.locator('nav').getByRole('button', { name: 'monday-ystad' }).click();
  await page.locator('#form').waitFor();
  for (const words of ['The ferry', 'left Ystad on Monday', 'with 40 cars', 'Monday with 40']) {
    await findWords(page, words);
    await page.getByRole('combobox', { name: 'port' }).first().focus();
    await page.keyboard.press('Alt+E');
    await noticed(page, 'Cited for port.');
  }
  await page.locator('summary', { hasText: 'Öland' }).click();
  await page.locator('[data-pointer="/stops/0/crew/0"]').waitFor();
  await picture(page, `narrow-${width}`);
  const form = page.locator('#form');
  await expect
    .poll(() => overlapsIn(form, 'input, textarea, .chip, .title, .head button, .tools button, .add'))
    .toEqual([]);
  await expect.poll(() => cutIn(form)).toEqual([]);
});

test('an element of a list is named once, and its fields have the width of the list', async () => {
  const page = await openPage(1280, 'gazette');
  await page.locator('nav').getByRole('button', { name: 'monday-ystad' }).click();
  await page.locator('[data-add="/stops"]').click();
  await page.getByText('Entry 3').first().waitFor();
  const shown = await page.getByText('Entry 3').evaluateAll((all) => all.filter((each) => each.clientWidth > 1).length);
  expect(shown).toBeLessThanOrEqual(1);
  const [list, field] = [page.locator('[data-pointer="/stops"]'), page.locator('[data-pointer="/stops/2/port"]')];
  const [outer, inner] = [(await list.boundingBox())?.width ?? 0, (await field.boundingBox())?.width ?? 0];
  expect(inner).toBeGreaterThan(outer - 60);
});

test('the list of records has the room that the form does not need, and one line for each record', async () => {
  const folder = newsroom();
  const remark = 'A remark that is much longer than half of the pane is wide';
  const more = Array.from({ length: 12 }, (_, i) => `c-${i}`);
  writeFiles(folder, Object.fromEntries(more.map((id) => [`raw/crossings/${id}.json`, { ...crossing, id, remark }])));
  const { page } = await openWorkbench(browser, folder, laptop, 'gazette');
  const list = page.locator('nav');
  await list.getByText('Crossings').click();
  await list.getByRole('button', { name: remark }).first().waitFor();
  const isWhole = (): Promise<boolean> => list.evaluate((at) => at.scrollHeight <= at.clientHeight + 1);
  await expect.poll(() => isWhole()).toBe(true);
  await picture(page, 'list-alone');
  await expect.poll(() => heightOf(list.getByRole('button', { name: remark }).first())).toBeLessThan(30);
  await list.getByRole('button', { name: remark }).first().click();
  await page.locator('#form').waitFor();
  await expect.poll(() => heightOf(list)).toBeLessThanOrEqual(160);
});

test('a message of success goes with the next change; one of a fault stays until it is fixed or closed', async () => {
  const page = await openPage(1280, 'gazette');
  const { keyboard } = page;
  await page.locator('nav').getByRole('button', { name: 'monday-ystad' }).click();
  const cars = page.getByRole('textbox', { name: 'cars', exact: true });
  const notice = page.locator('#notice');
  const said = (words: string | RegExp): Promise<void> => notice.filter({ hasText: words }).waitFor();
  await cars.fill('41');
  await keyboard.press('Control+S');
  await said(/^Saved: /);
  await cars.fill('4');
  await expect.poll(() => notice.textContent()).toBe('');
  await page.getByRole('button', { name: '+ remark' }).click();
  for (const end of ['fixed', 'closed']) {
    await cars.fill('many');
    await keyboard.press('Control+S');
    await said('Not saved: the record has errors.');
    await page.getByRole('textbox', { name: 'remark' }).fill(end);
    await page.getByRole('button', { name: '1 left' }).waitFor();
    await said('Not saved: the record has errors.');
    await picture(page, `fault-${end}`);
    const [own, header] = [await notice.boundingBox(), await page.locator('header').boundingBox()];
    expect((own?.y ?? 0) + (own?.height ?? Infinity)).toBeLessThanOrEqual(header?.height ?? 0);
    if (end === 'fixed') await cars.fill('42');
    else await page.getByRole('button', { name: 'Close the message' }).click();
    await expect.poll(() => notice.textContent()).toBe('');
  }
});

test('the page itself never scrolls, whatever is brought into view: its parts do', async () => {
  const { page } = await openWorkbench(browser, newsroom(), { viewport: { width: 1280, height: 500 } }, 'gazette');
  const { keyboard } = page;
  const room = (): Promise<readonly number[]> =>
    page.evaluate('[scrollY, document.scrollingElement.scrollHeight - innerHeight]');
  const monday = page.getByRole('button', { name: 'monday-ystad' });
  await monday.click();
  await atField(page, '/kind');
  await keyboard.press('Alt+D');
  await page.getByRole('heading', { name: 'Crossings: new record' }).waitFor();
  await monday.click();
  await atField(page, '/kind');
  await page.getByRole('button', { name: 'Drafts: 1' }).click();
  await page.locator('#records .drafts button:focus').waitFor();
  expect(await room()).toEqual([0, 0]);
  for (const keys of ['Alt+T', 'Alt+J', 'Alt+U', 'Alt+J', 'Alt+K', 'Alt+J']) {
    await keyboard.press(keys);
    expect(await room(), keys).toEqual([0, 0]);
  }
});

test('the list of the records of a source ends with a whole line above the form', async () => {
  const folder = newsroom();
  const ids = Array.from({ length: 11 }, (_, i) => `crossing-${i}`);
  for (const id of ids) writeFiles(folder, { [`raw/crossings/${id}.json`]: { ...crossing, id } });
  const { page } = await openWorkbench(browser, folder, laptop, 'gazette');
  const list = page.getByRole('navigation', { name: 'Records of the source' });
  await list.getByRole('button', { name: 'crossing-10' }).waitFor();
  await list.getByRole('button', { name: 'crossing-0', exact: true }).click();
  await page.getByRole('heading', { name: 'Crossings: crossing-0' }).waitFor();
  const cut = await list.evaluate((at) => {
    const { top } = at.getBoundingClientRect();
    const bottom = top + at.clientHeight;
    const boxes = [...at.querySelectorAll('li, summary')].map((each) => each.getBoundingClientRect());
    const isScrolled = at.scrollHeight > at.clientHeight;
    return { isScrolled, cut: boxes.filter((box) => box.top < bottom - 1 && box.bottom > bottom + 1).length };
  });
  expect(cut).toEqual({ isScrolled: true, cut: 0 });
  await picture(page, 'layout-list');
});
