import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newsroom } from '../support/articles.ts';
import { crossing, document, sha256 } from '../support/fixture.ts';
import { writeFiles } from '../support/run.ts';
import { workbenchOf } from '../support/workbench.ts';
import { picture, visit } from './browser.ts';
import { startChromium } from './chromium.mjs';
import { atField } from './curator.ts';

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
  const { url } = await workbenchOf(folder, source);
  const { page } = await visit(browser, { viewport: { width, height: 800 } });
  await page.goto(url);
  await page.locator('#text .piece').first().waitFor();
  return page;
}

async function heightOf(at: Locator): Promise<number> {
  return (await at.boundingBox())?.height ?? 0;
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

test.each(widths)('the way back and the name of the record are on one line each, at %d px', async (width) => {
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
    // with all the buttons that there can be
    await page.getByRole('textbox', { name: 'name' }).fill('');
    await page.getByRole('textbox', { name: 'id' }).fill('berta-of-the-southern-coast');
    await page.getByRole('button', { name: '1 left' }).waitFor();
    await picture(page, `back-${width}-${words}`);
    expect(await back.getAttribute('title')).toBe(`Back to ${long}`);
    expect(await heightOf(back)).toBeLessThanOrEqual(line + 1);
    const heading = page.getByRole('heading', { name: 'Ships: new record' });
    expect(await heightOf(heading)).toBeLessThan(1.3 * line);
    // both are on the line of the button that saves
    expect(await heightOf(page.locator('.record-head'))).toBeLessThan(2 * line);
    expect(await heading.textContent()).toContain('(not saved)');
    const [changed, head] = [await heading.locator('.changed').boundingBox(), await heading.boundingBox()];
    expect((changed?.x ?? 0) + (changed?.width ?? 0)).toBeLessThanOrEqual((head?.x ?? 0) + (head?.width ?? 0) + 1);
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
