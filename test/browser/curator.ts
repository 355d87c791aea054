// The actions of a curator in the workbench.
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { expect } from 'vitest';
import { workbenchOf } from '../support/workbench.ts';
import { type Visit, visit } from './browser.ts';

/** Opens the workbench of a folder in a page of its own, at a source or record. */
export async function openWorkbench(
  browser: Browser,
  folder: string,
  options: BrowserContextOptions,
  opened?: string,
): Promise<Visit> {
  const { url } = await workbenchOf(folder, opened);
  const visited = await visit(browser, options);
  await visited.page.goto(url);
  return visited;
}

/** Waits until the notice of the page has some words. */
export async function noticed(page: Page, words: string | RegExp): Promise<void> {
  await page.locator('#notice', { hasText: words }).waitFor();
}

/** Selects words of the text by the key that finds them. */
export async function findWords(page: Page, words: string): Promise<void> {
  await page.keyboard.press('Alt+F');
  await page.getByRole('textbox', { name: 'Words to find' }).waitFor();
  await page.keyboard.type(words);
  await page.keyboard.press('Enter');
  const selected = '[...CSS.highlights.get("selected")].map(String).join()';
  await expect.poll(() => page.evaluate(selected)).toBe(words);
}

/** Types words into the field in focus, and takes the first choice. */
export async function choose(page: Page, words: string): Promise<void> {
  await page.keyboard.type(words);
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('Enter');
}

/** Waits until a record that was just opened has the focus at the field to begin with. */
export async function inForm(page: Page): Promise<void> {
  await page.locator('#form :focus').first().waitFor();
}

/** Waits until a field has the focus. */
export async function atField(page: Page, pointer: string): Promise<void> {
  await expect
    .poll(() => page.evaluate('document.activeElement.closest("[data-pointer]")?.dataset.pointer'))
    .toBe(pointer);
}

/** Fills in the fields that a new crossing needs first: its kind, ship and day. */
export async function fillCrossing(page: Page): Promise<void> {
  const { keyboard } = page;
  await atField(page, '/kind');
  await keyboard.press('Space');
  await keyboard.press('Alt+J');
  await atField(page, '/ship');
  await choose(page, 'Anna');
  await keyboard.press('Alt+J');
  await atField(page, '/on');
  await keyboard.type('2022-02-28');
}

/** Adds a port, and the field for cars, to a crossing. */
export async function addPortAndCars(page: Page): Promise<void> {
  await page.keyboard.press('Alt+A');
  await choose(page, 'port');
  await atField(page, '/port');
  await choose(page, 'Ystad');
  await page.keyboard.press('Alt+A');
  await choose(page, 'cars');
  await atField(page, '/cars');
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly height: number;
}

/** Drags the mouse over words of the text. Returns the selected words. */
export async function dragOver(page: Page, words: string): Promise<string> {
  const { first, last } = await page.evaluate<{ first: Box; last: Box }>(`(() => {
    const words = ${JSON.stringify(words)};
    const walker = document.createTreeWalker(document.querySelector('#text'), NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      const at = node.data.indexOf(words);
      if (at < 0) continue;
      node.parentElement.scrollIntoView({ block: 'nearest' });
      const box = (from, to) => {
        const range = document.createRange();
        range.setStart(node, from);
        range.setEnd(node, to);
        return range.getBoundingClientRect().toJSON();
      };
      return { first: box(at, at + 1), last: box(at + words.length - 1, at + words.length) };
    }
  })()`);
  await page.mouse.move(first.left + 1, first.top + first.height / 2);
  await page.mouse.down();
  await page.mouse.move(last.right - 1, last.top + last.height / 2, { steps: 4 });
  await page.mouse.up();
  return selectedIn(page);
}

/** The words that are selected in the text. */
export async function selectedIn(page: Page): Promise<string> {
  return page.evaluate<string>('[...(CSS.highlights.get("selected") ?? [])].map(String).join()');
}

/** Adds a source although required fields are empty: its dialog says so first. */
export async function addAsItIs(page: Page): Promise<void> {
  await page.keyboard.press('Control+Enter');
  await page.getByRole('alert').filter({ hasText: 'Still empty: ' }).waitFor();
  await page.locator('.add-source .asked :focus').waitFor();
  await page.keyboard.press('Control+Enter');
}
