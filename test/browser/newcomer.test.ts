import fs from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newsroom } from '../support/articles.ts';
import { crossing, dataset, schemas, sha256 } from '../support/fixture.ts';
import { freshFolder, root, writeFiles } from '../support/run.ts';
import { workbenchOf } from '../support/workbench.ts';
import { picture, visit, wide } from './browser.ts';
import { startChromium } from './chromium.mjs';
import { atField, choose, dragOver, fillCrossing, findWords, openWorkbench, noticed } from './curator.ts';

// Obstacles for a curator who knew only the page itself.

let browser: Browser;
beforeAll(async () => {
  browser = await startChromium();
});
afterAll(() => browser.close());

const text = `The ferry left Ystad early on Monday with about forty cars and a crew of nine. ${'It rained. '.repeat(60)}
The harbour master of Trelleborg saw her at noon.
`;

const { properties } = schemas['schema/crossings.schema.json'] as { readonly properties: object };

/** Crossings whose fields follow from one another, are described, and have lists of codes. */
const crossings = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Crossings',
  description: 'Ships that leave or arrive. One record for each.',
  type: 'object',
  properties: {
    ...properties,
    load: {
      title: 'Load',
      type: 'object',
      properties: {
        least: { title: 'Least', type: 'integer' },
        measure: {
          title: 'Measure',
          description: 'How the number is meant. A word such as about or some makes it a rough one.',
          type: 'string',
          oneOf: ['exact', 'about', 'most', 'unknown', 'none'].map((code) => ({ const: code, description: code })),
        },
      },
      required: ['measure'],
      additionalProperties: false,
      if: { properties: { measure: { const: 'about' } } },
      then: { required: ['least'] },
    },
    topics: {
      title: 'Topics',
      type: 'array',
      minItems: 1,
      items: {
        title: 'Topic',
        type: 'string',
        oneOf: ['sea', 'trade', 'weather', 'traffic', 'harbour'].map((code) => ({ const: code, description: code })),
      },
    },
    seen: { title: 'Seen', type: 'string', format: 'edtf', 'x-at-most': '1/on' },
    blurb: { title: 'Blurb', type: 'string', 'x-own-words': true },
  },
  required: ['id', 'kind', 'ship', 'load', 'on', 'topics'],
  additionalProperties: false,
};

/** A crossing whose port is cited with words of the text. */
function crossingCiting(id: string, words: string): object {
  const start = text.indexOf(words);
  const span = {
    source: 'gazette',
    start,
    end: start + words.length,
    sha256: sha256(words),
    begins: words,
    ends: words,
  };
  const known = { kind: 'departure', ship: 'anna', load: { measure: 'none' }, port: 'ystad', topics: ['sea'] };
  return { id, ...known, on: '2022-02-28', evidence: [{ ...span, supports: ['/port'] }] };
}

async function openPage(records: Readonly<Record<string, object | string>> = {}): Promise<Page> {
  const folder = dataset({
    'schema/crossings.schema.json': crossings,
    'sources/gazette.txt': text,
    'raw/papers/gazette.json': { id: 'gazette', document: { file: 'gazette.txt', sha256: sha256(text) } },
    'raw/crossings/monday-ystad.json': {
      id: 'monday-ystad',
      kind: 'departure',
      ship: 'anna',
      load: { measure: 'none' },
      on: '2022-02-28',
      topics: ['sea'],
    },
    ...records,
  });
  const { page } = await openWorkbench(browser, folder, wide);
  // keys do nothing before the page has started
  await page.getByRole('button', { name: 'gazette' }).waitFor();
  return page;
}

/** A promise to wait for, and the function that resolves it. */
function gate(): { readonly promise: Promise<void>; readonly go: () => void } {
  let go = (): void => undefined;
  const promise = new Promise<void>((resolve) => (go = resolve));
  return { promise, go: () => go() };
}

/** Opens the source, and starts a crossing from words of its text. */
async function beginCrossing(page: Page, words: string): Promise<void> {
  await page.getByRole('button', { name: 'gazette' }).click();
  await page.locator('#text .piece').first().waitFor();
  await findWords(page, words);
  await page.keyboard.press('Alt+N');
  await page.getByRole('dialog').getByText('Ships that leave or arrive.').first().waitFor();
  await page.keyboard.press('1');
  await atField(page, '/kind');
}

test('the first page explains how to begin, and each dialog can be closed with the mouse', async () => {
  const page = await openPage();
  await page.getByRole('button', { name: 'Steps and keys' }).click();
  await page.getByRole('heading', { name: 'How to code a text' }).waitFor();
  // Enter must not close a dialog that just opened
  await expect.poll(() => page.evaluate('document.activeElement.tagName')).toBe('DIALOG');
  await page.getByRole('button', { name: 'Close' }).click();
  await page.getByRole('button', { name: 'Add a source' }).first().click();
  await page.getByRole('heading', { name: 'Add a source' }).waitFor();
  await page.getByRole('button', { name: 'Close' }).click();
  await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
});

test('long titles can be read in full, the help fills its dialog, and the list of tables says how to choose', async () => {
  const title = 'The ferry Anna left Ystad on Monday with forty cars, and the harbour master of Trelleborg saw her';
  const folder = newsroom();
  writeFiles(folder, {
    'raw/papers/herald.json': { id: 'herald', title, document: { file: 'herald.txt', sha256: sha256(`${title}\n`) } },
    'sources/herald.txt': `${title}\n`,
  });
  const { page } = await openWorkbench(browser, folder, wide);
  const { keyboard } = page;
  const list = page.getByRole('table', { name: 'Sources' });
  const row = list.getByRole('row').filter({ hasText: title });
  // the identifier is not only in a tooltip
  await row.getByText('herald', { exact: true }).waitFor();
  const [name, number] = await Promise.all([row, row.locator('.number').first()].map((each) => each.boundingBox()));
  expect(number?.y).toBeLessThan((name?.y ?? 0) + 20);
  await picture(page, 'sources');
  await row.getByRole('button').click();
  await page
    .getByRole('combobox', { name: 'Source' })
    .and(page.getByTitle(title, { exact: true }))
    .waitFor();
  await keyboard.press('Alt+H');
  const help = page.getByRole('dialog', { name: 'Help' });
  await help.waitFor();
  const [dialog, steps] = await Promise.all([help, help.locator('.help')].map((each) => each.boundingBox()));
  const last = await help.locator('.help > div').last().boundingBox();
  expect(steps?.width).toBeGreaterThan(0.9 * (dialog?.width ?? Infinity));
  expect(last?.x).toBeGreaterThan((dialog?.x ?? Infinity) + (dialog?.width ?? 0) / 3);
  await keyboard.press('Escape');
  await keyboard.press('Alt+N');
  const tables = page.getByRole('dialog', { name: 'New record' });
  await tables.getByText('No words are selected').waitFor();
  await expect.poll(() => tables.getByRole('combobox').getAttribute('aria-describedby')).toBe('new-record-hint');
  await tables.getByText('Type a part of its name and press Enter, or press its number.').waitFor();
  await expect.poll(() => tables.locator('li kbd').allTextContents()).toEqual(['1', '2', '3', '4']);
  await keyboard.press('Escape');
  await findWords(page, 'forty cars');
  await keyboard.press('Alt+N');
  await tables.getByText('will cite the selected words: forty cars').waitFor();
});

test('Alt+J goes back to a field that a code has made required, and reports when nothing is left', async () => {
  const page = await openPage();
  const { keyboard } = page;
  await beginCrossing(page, 'The ferry left Ystad');
  await fillCrossing(page);
  await keyboard.press('Alt+J');
  await atField(page, '/load/measure');
  await choose(page, 'about');
  await keyboard.press('Alt+J');
  await atField(page, '/load/least');
  await keyboard.type('40');
  await keyboard.press('Alt+J');
  await atField(page, '/topics/0');
  // an element that was only added is empty, not wrong
  await page.getByRole('button', { name: '1 left' }).waitFor();
  await page.getByRole('button', { name: 'fill in: Topics › 1' }).waitFor();
  await expect.poll(() => page.locator('#form .error').count()).toBe(0);
  await choose(page, 'sea');
  await page.getByText('Left to do: 0').waitFor();
  await keyboard.press('Alt+J');
  await page.getByText('press Ctrl+S to save it').waitFor();
});

test('Alt+J goes through each form of the shipped dataset from top to bottom, and says where it is', async () => {
  const folder = path.join(freshFolder(), 'dataset');
  for (const part of ['schema', 'raw']) fs.cpSync(path.join(root, part), path.join(folder, part), { recursive: true });
  fs.mkdirSync(path.join(folder, 'sources'));
  const { page } = await openWorkbench(browser, folder, wide);
  await page.getByRole('table', { name: 'Sources' }).waitFor();
  for (const title of ['Deployments', 'Meetings', 'Statements']) {
    await page.keyboard.press('Alt+N');
    await choose(page, title);
    await page.getByRole('heading', { name: `${title}: new record` }).waitFor();
    const positionNow = '[...document.querySelectorAll("#form :is(input, textarea)")].indexOf(document.activeElement)';
    const positions: number[] = [];
    for (let i = 0; i < 9; i++) {
      await expect.poll(() => page.evaluate<number>(positionNow)).not.toBe(positions.at(-1) ?? -1);
      positions.push(await page.evaluate<number>(positionNow));
      await page.keyboard.press('Alt+J');
    }
    expect(positions, title).toEqual(positions.toSorted((a, b) => a - b));
  }
  // the notice names the field in focus, not the list that it was added to
  await page.keyboard.press('Alt+N');
  await choose(page, 'Deployments');
  await page.getByRole('heading', { name: 'Deployments: new record' }).waitFor();
  await page.locator('[data-pointer="/personnel/comparator"] input').focus();
  await page.keyboard.press('Alt+J');
  await atField(page, '/places/0/place');
  await noticed(page, 'Places › 1 › Place: fill it in.');
});

test('a warning is shown when the record is saved, and Alt+J goes there', async () => {
  const page = await openPage();
  const { keyboard } = page;
  await page.getByRole('button', { name: 'gazette' }).click();
  await page.locator('#text .piece').first().waitFor();
  await keyboard.press('Alt+R');
  await choose(page, 'monday');
  await page.getByRole('heading', { name: 'monday-ystad' }).waitFor();
  await findWords(page, 'The ferry left Ystad');
  await keyboard.press('Alt+A');
  // the list is open at once, and inside the dialog
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('option').first().waitFor();
  const [inner, outer] = [await dialog.getByRole('listbox').boundingBox(), await dialog.boundingBox()];
  expect((inner?.y ?? 0) + (inner?.height ?? 0)).toBeLessThanOrEqual((outer?.y ?? 0) + (outer?.height ?? 0));
  await choose(page, 'port');
  await atField(page, '/port');
  await choose(page, 'Ystad');
  await page.getByText('cite: port').waitFor();
  await keyboard.press('Alt+E');
  await keyboard.press('Alt+A');
  await choose(page, 'Blurb');
  await atField(page, '/blurb');
  await keyboard.type('Early on Monday with about forty cars and a crew of nine she left.');
  await page.getByText('Warnings: 1').waitFor();
  await keyboard.press('Control+S');
  await page.getByText('1 warning: press Alt+J to see.').waitFor();
  await page.getByRole('radio', { name: 'departure' }).focus();
  await keyboard.press('Alt+J');
  await atField(page, '/blurb');
  // a message names the other field by its title in the form
  await keyboard.press('Alt+A');
  await choose(page, 'Seen');
  await atField(page, '/seen');
  await keyboard.type('2022-03-01');
  const error = page.locator('#form .error', { hasText: 'at on' });
  await error.waitFor();
  await expect.poll(() => error.locator('.named').getAttribute('title')).toBe('/on');
});

test('a field that gets the focus is not hidden behind the top of the record', async () => {
  const page = await openPage();
  await page.setViewportSize({ width: 1440, height: 600 });
  const { keyboard } = page;
  await beginCrossing(page, 'The ferry left Ystad early on Monday with about forty cars and a crew of nine.');
  for (let i = 0; i < 8; i++) {
    await keyboard.press('Alt+J');
    const isSeen = await page.evaluate(`(() => {
      const at = document.activeElement.closest('[data-pointer]').getBoundingClientRect();
      return at.top >= document.querySelector('.record-head').getBoundingClientRect().bottom;
    })()`);
    expect(isSeen).toBe(true);
  }
});

test('a click counts although the form moves when the field before it loses the focus', async () => {
  const page = await openPage();
  await beginCrossing(page, 'The ferry left Ystad');
  const measure = page.getByRole('combobox', { name: 'Measure' });
  await measure.click();
  await page.keyboard.type('most');
  await page.keyboard.press('Enter');
  const described = page.getByText('How the number is meant.');
  await described.waitFor();
  const button = await page.getByRole('button', { name: '+ Topic' }).boundingBox();
  if (button === null) throw new Error('the button is not there');
  await page.mouse.move(button.x + button.width / 2, button.y + 2);
  await page.mouse.down();
  // until the mouse button is released, the form stays as it is
  await expect.poll(() => described.isVisible()).toBe(true);
  await page.mouse.up();
  await atField(page, '/topics/0');
  await expect.poll(() => described.isVisible()).toBe(false);
});

test('what is typed while the next field is looked for is written into that field', async () => {
  const page = await openPage();
  const { keyboard } = page;
  await beginCrossing(page, 'The ferry left Ystad');
  await page.getByRole('combobox', { name: 'Measure' }).focus();
  await choose(page, 'about');
  // the check says what else is required, and takes a moment
  await keyboard.press('Alt+J');
  await keyboard.type('1234');
  await atField(page, '/load/least');
  await expect.poll(() => page.getByRole('textbox', { name: 'Least' }).inputValue()).toBe('1234');
  await expect.poll(() => page.getByRole('combobox', { name: 'Measure' }).inputValue()).toBe('about');
  // from the choice of a table on
  await keyboard.press('Alt+N');
  await page.getByRole('dialog').getByText('Ships that leave or arrive.').first().waitFor();
  await keyboard.press('4');
  await keyboard.type('Berta');
  await page.getByRole('heading', { name: 'Ships: new record' }).waitFor();
  await expect.poll(() => page.getByRole('textbox', { name: 'name' }).inputValue()).toBe('Berta');
});

test('keys pressed at once after Enter in a list act on what the choice leads to', async () => {
  const page = await openPage();
  const { keyboard } = page;
  await beginCrossing(page, 'The ferry left Ystad');
  // the list of fields: the choice adds one, and the next keys go into it
  await keyboard.press('Alt+A');
  await keyboard.type('blurb');
  await keyboard.press('Enter');
  await keyboard.type('She left.');
  await expect.poll(() => page.getByRole('textbox', { name: 'Blurb' }).inputValue()).toBe('She left.');
  // nothing is answered before all keys are pressed
  const { promise: pressed, go: answer } = gate();
  await page.route('**/api/find', async (route) => {
    await pressed;
    await route.continue();
  });
  await page.getByRole('combobox', { name: 'ship' }).focus();
  await keyboard.type('Ann');
  await keyboard.press('Enter');
  await keyboard.press('Tab');
  await keyboard.type('2022-02-29');
  await keyboard.press('Backspace');
  await keyboard.type('8');
  await keyboard.press('Alt+J');
  await keyboard.type('abou');
  await keyboard.press('Enter');
  await keyboard.press('Alt+J');
  await keyboard.type('40');
  await expect.poll(() => page.getByRole('textbox', { name: 'on', exact: true }).inputValue()).toBe('');
  answer();
  await expect.poll(() => page.getByRole('textbox', { name: 'Least' }).inputValue()).toBe('40');
  await expect.poll(() => page.getByRole('combobox', { name: 'ship' }).inputValue()).toBe('anna');
  await expect.poll(() => page.getByRole('combobox', { name: 'Measure' }).inputValue()).toBe('about');
  await expect.poll(() => page.getByRole('textbox', { name: 'on', exact: true }).inputValue()).toBe('2022-02-28');
});

test('keys pressed at once after a new record was asked for are typed into it, and into the one that waits', async () => {
  const page = await openPage();
  const { keyboard } = page;
  await beginCrossing(page, 'The ferry left Ystad');
  await page.getByRole('combobox', { name: 'ship' }).focus();
  await keyboard.type('Ann');
  // the last choice of the list, which has not arrived yet
  await keyboard.press('ArrowUp');
  await keyboard.press('Enter');
  await keyboard.type('a');
  await keyboard.press('Control+S');
  await keyboard.press('Alt+J');
  await keyboard.type('2022-02-28');
  await expect.poll(() => page.getByRole('textbox', { name: 'on', exact: true }).inputValue()).toBe('2022-02-28');
  await expect.poll(() => page.getByRole('combobox', { name: 'ship' }).inputValue()).toBe('a');
});

test('while a record is being saved, typing goes on, and commands wait: no draft of it is left behind', async () => {
  const page = await openPage();
  const { keyboard } = page;
  await beginCrossing(page, 'The ferry left Ystad');
  const { promise: pressed, go: answer } = gate();
  await page.route('**/api/save', async (route) => {
    await pressed;
    await route.continue();
  });
  await keyboard.press('Alt+N');
  await choose(page, 'Ports');
  const name = page.getByRole('textbox', { name: 'name' });
  await name.fill('Malmö');
  await keyboard.press('Control+S');
  await page.getByText('Saving…').waitFor();
  await keyboard.press('Alt+N');
  await keyboard.type('Ships');
  await keyboard.press('Enter');
  await keyboard.type('Berta');
  answer();
  await page.getByRole('heading', { name: 'Ships: new record' }).waitFor();
  await expect.poll(() => name.inputValue()).toBe('Berta');
  // only the new one
  await page.getByText('Drafts: 1', { exact: true }).waitFor();
  await expect.poll(() => page.getByText('kept as a draft').count()).toBe(0);
  await page.unroute('**/api/save');
  const { promise, go } = gate();
  await page.route('**/api/save', async (route) => {
    await promise;
    await route.continue();
  });
  await keyboard.press('Control+S');
  await page.getByText('Saving…').waitFor();
  const kept = page.waitForResponse('**/api/keep');
  await keyboard.type(' II');
  await expect.poll(() => name.inputValue()).toBe('Berta II');
  await kept;
  const keptAgain = page.waitForResponse('**/api/keep');
  go();
  await page.getByText('Saved: raw/ships/').waitFor();
  await expect.poll(() => page.locator('.changed', { hasText: 'not saved' }).count()).toBe(1);
  // text typed meanwhile is a draft of the saved record, under its new name
  await keptAgain;
  await page.reload();
  await page.getByText('Drafts: 1', { exact: true }).waitFor();
});

test('keys pressed after a save that is refused are not typed into the record, and the page says so', async () => {
  const page = await openPage();
  const { keyboard } = page;
  await beginCrossing(page, 'The ferry left Ystad');
  await keyboard.press('Alt+N');
  await choose(page, 'Ports');
  const name = page.getByRole('textbox', { name: 'name' });
  await name.fill('Malmö');
  const { promise, go } = gate();
  await page.route('**/api/save', async (route) => {
    await promise;
    await route.fulfill({ json: { refused: [] } });
  });
  await keyboard.press('Control+Enter');
  await page.getByText('Saving…').waitFor();
  await keyboard.type('next');
  go();
  await page.getByText('The keys that you pressed meanwhile have had no effect.').waitFor();
  await expect.poll(() => name.inputValue()).toBe('Malmö');
});

test('a record whose draft cannot be kept is not left', async () => {
  const page = await openPage();
  await beginCrossing(page, 'The ferry left Ystad');
  await page.keyboard.press('Alt+N');
  await choose(page, 'Ports');
  const name = page.getByRole('textbox', { name: 'name' });
  await name.fill('Malmö');
  await page.route('**/api/keep', async (route) => route.abort());
  await page.keyboard.press('Alt+R');
  await choose(page, 'monday');
  await page.locator('#notice.fault').waitFor();
  await page.getByRole('heading', { name: 'Ports: new record' }).waitFor();
  await expect.poll(() => name.inputValue()).toBe('Malmö');
  await expect.poll(() => page.getByText('kept as a draft').count()).toBe(0);
});

test('what was typed into a field with a list is saved without a choice from it', async () => {
  const page = await openPage();
  await page.keyboard.press('Alt+R');
  await choose(page, 'monday');
  const measure = page.getByRole('combobox', { name: 'Measure' });
  await measure.click();
  await page.keyboard.type('unknown');
  await page.keyboard.press('Control+S');
  await page.getByText('Saved: raw/crossings/monday-ystad.json').waitFor();
  await atField(page, '/load/measure');
  await expect.poll(() => page.locator('.changed').count()).toBe(0);
  const { keyboard } = page;
  await keyboard.press('Control+Z');
  await expect.poll(() => measure.inputValue()).toBe('none');
});

test('a screen reader hears each group by its title, and no list without items', async () => {
  const page = await openPage();
  await page.keyboard.press('Alt+R');
  await choose(page, 'monday');
  await page.getByRole('group', { name: 'Load', exact: true }).waitFor();
  await page.getByRole('group', { name: 'Topics', exact: true }).waitFor();
  const tree = await page.locator('body').ariaSnapshot();
  expect(tree.split('\n').filter((line) => /^\s*- (?:list|group|textbox|combobox|button|radio)$/.test(line))).toEqual(
    [],
  );
});

test('an interval is made of a date with a button, and its end is written next', async () => {
  const page = await openPage();
  await beginCrossing(page, 'The ferry left Ystad');
  const date = page.getByRole('textbox', { name: 'on', exact: true });
  await date.fill('2022-02-07');
  await page.getByRole('button', { name: 'Range' }).click();
  await atField(page, '/on');
  await expect.poll(() => page.evaluate('document.activeElement.selectionStart')).toBe(11);
  await page.keyboard.type('2022-02-13');
  await expect.poll(() => date.inputValue()).toBe('2022-02-07/2022-02-13');
});

test('a draft is not cited with words that were selected for another record', async () => {
  const page = await openPage();
  await beginCrossing(page, 'The ferry left Ystad');
  await page.getByRole('radio', { name: 'departure' }).click();
  expect(await dragOver(page, 'harbour master')).toBe('harbour master');
  await page.keyboard.press('Alt+N');
  await choose(page, 'Ports');
  await page.getByRole('heading', { name: 'Ports: new record' }).waitFor();
  await page.getByText('Fields that you fill in cite').waitFor();
  // other words are taken in one step, the same ones again stop it
  expect(await dragOver(page, 'of Trelleborg')).toBe('of Trelleborg');
  await page.keyboard.press('Alt+W');
  await page.locator('.in-hand', { hasText: 'of Trelleborg' }).waitFor();
  await page.keyboard.press('Alt+W');
  await expect.poll(() => page.locator('.in-hand').count()).toBe(0);
  await page
    .getByRole('complementary', { name: 'Left to do' })
    .getByRole('button', { name: /^Crossings: / })
    .click();
  await page.getByRole('heading', { name: 'Crossings: new record' }).waitFor();
  await expect.poll(() => page.locator('.in-hand').count()).toBe(0);
});

test('a list that somebody only looks at leaves the value and its evidence', async () => {
  const page = await openPage();
  const { keyboard } = page;
  await beginCrossing(page, 'The ferry left Ystad');
  const measure = page.getByRole('combobox', { name: 'Measure' });
  await measure.click();
  await choose(page, 'most');
  for (const leave of [
    () => keyboard.press('Tab'),
    () => page.locator('#text').click({ position: { x: 5, y: 5 } }),
    () => dragOver(page, 'harbour master'),
  ]) {
    await measure.click();
    await page.getByRole('option', { name: 'exact' }).waitFor();
    await expect.poll(() => measure.inputValue()).toBe('most');
    await leave();
    await page.getByRole('option').first().waitFor({ state: 'hidden' });
    await expect.poll(() => measure.inputValue()).toBe('most');
  }
  // typed text counts, and words that match no choice get an answer
  await measure.click();
  await keyboard.type('zz');
  await page.getByRole('status').getByText('No choice has these words.').waitFor();
  await keyboard.press('Escape');
  await expect.poll(() => measure.inputValue()).toBe('most');
  await measure.click();
  await keyboard.press('Backspace');
  await keyboard.press('Tab');
  await page.getByRole('button', { name: 'fill in: Load › Measure' }).waitFor();
});

test('a number that is typed as it is printed becomes one at the press of a button', async () => {
  const page = await openPage();
  const { keyboard } = page;
  await beginCrossing(page, 'The ferry left Ystad');
  await page.getByRole('combobox', { name: 'Measure' }).click();
  await choose(page, 'about');
  await keyboard.press('Alt+J');
  await page.getByRole('textbox', { name: 'Least' }).fill('3,000');
  const error = page.locator('#form .error', { hasText: 'not a whole number' });
  await error.waitFor();
  await expect.poll(() => error.textContent()).not.toContain('quotes');
  await page.getByRole('button', { name: 'Use 3000' }).click();
  await error.waitFor({ state: 'detached' });
  await expect.poll(() => page.getByRole('textbox', { name: 'Least' }).inputValue()).toBe('3000');
});

test('long words that new fields cite are cut off inside the window', async () => {
  const page = await openPage();
  await beginCrossing(
    page,
    'The ferry left Ystad early on Monday with about forty cars and a crew of nine. It rained. It rained. It rained.',
  );
  const stop = await page.getByRole('button', { name: 'Stop', exact: true }).boundingBox();
  expect((stop?.x ?? 0) + (stop?.width ?? 0)).toBeLessThanOrEqual(1440);
});

test('Alt+J goes back from the text to the field that somebody came from, while it is empty', async () => {
  const page = await openPage();
  const { keyboard } = page;
  await beginCrossing(page, 'The ferry left Ystad');
  await page.getByRole('textbox', { name: 'On' }).focus();
  await dragOver(page, 'early on Monday');
  await keyboard.press('Alt+W');
  await keyboard.press('Alt+J');
  await atField(page, '/on');
  await keyboard.type('2022-02-28');
  await dragOver(page, 'The ferry');
  await keyboard.press('Alt+J');
  await atField(page, '/load/measure');
  await expect.poll(() => page.getByRole('textbox', { name: 'On' }).inputValue()).toBe('2022-02-28');
});

test('a draft that somebody leaves is named where it happens, counted, and one key away', async () => {
  const page = await openPage();
  const { keyboard } = page;
  await beginCrossing(page, 'The ferry left Ystad');
  await page.getByText('Drafts: 0', { exact: true }).waitFor();
  // a screen reader only announces changes in an element that already exists
  const heard = page.locator('.record-head [role="status"]');
  await expect.poll(() => heard.textContent()).toBe('');
  const isThere = `document.querySelector('.record-head [role="status"]').checkVisibility()`;
  await expect.poll(() => page.evaluate(isThere)).toBe(true);
  await page.getByRole('radio', { name: 'departure' }).click();
  await keyboard.press('Alt+D');
  await page.getByRole('status').getByText('Not saved, kept as a draft: Crossings').waitFor();
  // the copy counts too
  await page.getByRole('button', { name: 'Drafts: 2', exact: true }).click();
  await expect.poll(() => page.evaluate('document.activeElement.closest(".drafts") !== null')).toBe(true);
  await keyboard.press('Alt+B');
  await page.getByRole('radio', { name: 'departure' }).and(page.locator(':checked')).waitFor();
  // then the copy was left; a record with a file leaves a draft too
  await page.getByRole('button', { name: 'Drafts: 2', exact: true }).waitFor();
  await keyboard.press('Alt+R');
  await choose(page, 'monday');
  // the draft that is left has this field too
  await page.getByRole('heading', { name: 'Crossings: monday-ystad' }).waitFor();
  await page.getByRole('combobox', { name: 'Measure' }).fill('unknown');
  await keyboard.press('Alt+N');
  await choose(page, 'Ports');
  await page.getByRole('status').getByText('kept as a draft: Crossings: monday-ystad').waitFor();
  await page.getByRole('button', { name: 'Drafts: 3', exact: true }).waitFor();
  await page.getByRole('button', { name: 'Later' }).click();
  await expect.poll(() => page.getByText('kept as a draft').count()).toBe(0);
  await page.getByRole('heading', { name: 'Drafts to finish and save: 3' }).waitFor();
});

test('what earlier records cite with the same words is offered to the next one, with its evidence', async () => {
  const page = await openPage({
    'raw/crossings/anna.json': crossingCiting('anna', 'early on Monday'),
    'raw/crossings/berta.json': crossingCiting('berta', 'early on Monday'),
  });
  const { keyboard } = page;
  const { promise, go } = gate();
  await page.route('**/api/repeated', async (route) => {
    await promise;
    await route.continue();
  });
  await beginCrossing(page, 'about forty cars');
  // the key waits for the search
  await keyboard.press('Alt+P');
  go();
  await page.getByRole('dialog', { name: 'Repeated values' }).waitFor();
  await keyboard.press('Escape');
  await atField(page, '/kind');
  const offered = page.getByRole('complementary', { name: 'As in other records of this source' });
  await offered.getByRole('button', { name: 'port: ystad' }).waitFor();
  await expect.poll(() => offered.locator('q').allTextContents()).toEqual(['early on Monday']);
  // nothing is in the record before the user adopts it
  await expect.poll(() => page.getByRole('combobox', { name: 'port' }).count()).toBe(0);
  await keyboard.press('Alt+P');
  const dialog = page.getByRole('dialog', { name: 'Repeated values' });
  await expect.poll(() => dialog.locator('b').allTextContents()).toEqual(['ystad']);
  await expect.poll(() => dialog.locator('q').allTextContents()).toEqual(['early on Monday']);
  await picture(page, 'repeated');
  await expect.poll(() => page.evaluate('document.activeElement.type')).toBe('checkbox');
  // also if the list scrolls, which Chromium would focus
  await keyboard.press('Escape');
  const size = page.viewportSize();
  await page.setViewportSize({ width: 1280, height: 240 });
  await keyboard.press('Alt+P');
  await dialog.waitFor();
  const list = 'document.querySelector("dialog ul")';
  expect(await page.evaluate(`${list}.scrollHeight > ${list}.clientHeight`)).toBe(true);
  await expect.poll(() => page.evaluate('document.activeElement.type')).toBe('checkbox');
  await page.setViewportSize(size ?? { width: 1440, height: 900 });
  // if nothing is marked, there is nothing to fill in
  await keyboard.press('Space');
  await dialog.getByRole('button', { name: 'Fill in 0 of 1', disabled: true }).waitFor();
  await keyboard.press('Enter');
  await expect.poll(() => dialog.count()).toBe(1);
  await keyboard.press('Space');
  await dialog.getByRole('button', { name: 'Fill in 1 of 1' }).waitFor();
  await expect.poll(() => page.getByRole('combobox', { name: 'port' }).count()).toBe(0);
  await keyboard.press('Enter');
  await page.getByText('Filled in and cited: port.').waitFor();
  // the dialog returns the focus
  await atField(page, '/kind');
  await expect.poll(() => page.getByRole('combobox', { name: 'port' }).inputValue()).toBe('ystad');
  await page.getByRole('button', { name: 'Evidence: early on Monday', exact: true }).waitFor();
  await expect.poll(() => offered.count()).toBe(0);
  await keyboard.press('Control+Z');
  await offered.waitFor();
  // a copy has the value, and gets its evidence
  await page.getByRole('button', { name: 'berta' }).click();
  await page.getByRole('heading', { name: 'Crossings: berta' }).waitFor();
  await keyboard.press('Alt+D');
  await offered.waitFor();
  await keyboard.press('Alt+P');
  await keyboard.press('Enter');
  await page.getByRole('button', { name: 'Evidence: early on Monday', exact: true }).waitFor();
  // words that all records share do not show the rest of this one
  await keyboard.press('Alt+Shift+E');
  await page.locator('#notice', { hasText: 'Select words in the text first.' }).waitFor();
});

test('what other records cite in another paragraph is offered, but only taken over if the user marks it', async () => {
  const paragraphs = `${text}\nOn Tuesday, the ferry stayed in port.\n`;
  const page = await openPage({
    'sources/gazette.txt': paragraphs,
    'raw/papers/gazette.json': { id: 'gazette', document: { file: 'gazette.txt', sha256: sha256(paragraphs) } },
    'raw/crossings/anna.json': crossingCiting('anna', 'early on Monday'),
    'raw/crossings/berta.json': crossingCiting('berta', 'early on Monday'),
  });
  await beginCrossing(page, 'On Tuesday');
  const offered = page.getByRole('complementary', { name: 'As in other records of this source' });
  await offered.getByText('of another paragraph').waitFor();
  await expect.poll(() => offered.getByRole('button').allTextContents()).toEqual(['port: ystad']);
  await page.keyboard.press('Alt+P');
  const dialog = page.getByRole('dialog', { name: 'Repeated values' });
  await dialog.getByRole('button', { name: 'Fill in 0 of 1', disabled: true }).waitFor();
  await page.keyboard.press('Space');
  await page.keyboard.press('Enter');
  await noticed(page, 'Filled in and cited: port.');
  // words in the same paragraph are likely to be about the same
  await page.getByRole('button', { name: 'gazette' }).first().waitFor();
  await findWords(page, 'The ferry left');
  await page.keyboard.press('Control+Z');
  await page.keyboard.press('Alt+W');
  await offered.getByRole('button', { name: 'Use all' }).waitFor();
});

test('a list near the bottom opens upward, and the words of marks stay beside the form', async () => {
  const page = await openPage();
  await page.setViewportSize({ width: 1440, height: 520 });
  await beginCrossing(page, 'The ferry left Ystad');
  const measure = page.getByRole('combobox', { name: 'Measure' });
  await measure.focus();
  // as far down as the pane goes
  await page.evaluate(`(() => {
    const pane = document.querySelector('#records');
    const input = document.querySelector('[role="combobox"][aria-label="Measure"]');
    pane.scrollTop -= pane.getBoundingClientRect().bottom - input.getBoundingClientRect().bottom - 10;
  })()`);
  await page.keyboard.press('ArrowDown');
  await page.getByRole('option').first().waitFor();
  const list = await page.getByRole('listbox', { name: 'Measure' }).boundingBox();
  const keys = await page.locator('footer').boundingBox();
  const input = await measure.boundingBox();
  expect((list?.y ?? 0) + (list?.height ?? 0)).toBeLessThanOrEqual(keys?.y ?? 0);
  expect((list?.y ?? 0) + (list?.height ?? 0)).toBeLessThanOrEqual((input?.y ?? 0) + 1);
  await page.keyboard.press('Escape');
  await page.getByRole('radio', { name: 'departure' }).click();
  await page.keyboard.press('Alt+A');
  await choose(page, 'cars');
  await page.keyboard.type('40');
  await findWords(page, 'The ferry left Ystad early on Monday with about forty cars and a crew of nine. It rained.');
  await page.keyboard.press('Alt+E');
  await page.getByText('Cited for cars.').waitFor();
  const pane = await page.locator('#text').boundingBox();
  await page.mouse.move((pane?.x ?? 0) + (pane?.width ?? 0) - 120, (pane?.y ?? 0) + 30);
  const hover = await page.locator('.hover').boundingBox();
  expect((hover?.x ?? 0) + (hover?.width ?? 0)).toBeLessThanOrEqual((pane?.x ?? 0) + (pane?.width ?? 0));
});

test('a notice that is longer than its place is shown in full under the pointer, and can be closed', async () => {
  const page = await openPage();
  const words = 'gone '.repeat(150).trim();
  await page.route('**/api/suggest', (route) =>
    route.fulfill({ status: 400, contentType: 'application/json', body: JSON.stringify({ failure: words }) }),
  );
  await page.getByRole('button', { name: 'gazette' }).click();
  await page.locator('#text .piece').first().waitFor();
  await page.keyboard.press('Alt+Y');
  const notice = page.locator('#notice');
  await expect.poll(() => notice.textContent()).toContain(words);
  // it covers nothing until somebody wants to read it
  const header = await page.locator('header').boundingBox();
  expect((await notice.boundingBox())?.height).toBeLessThanOrEqual(header?.height ?? 0);
  await notice.hover();
  const [own, inner] = [await notice.boundingBox(), await notice.locator('span').boundingBox()];
  expect(own?.height).toBeGreaterThanOrEqual(inner?.height ?? Infinity);
  await expect
    .poll(() => page.evaluate('document.elementFromPoint(innerWidth / 2, 90)?.closest("#notice") !== null'))
    .toBe(true);
  await page.getByRole('button', { name: 'Close the message' }).click();
  await expect.poll(() => notice.textContent()).toBe('');
  // the focus returns to where it was, by mouse and by keyboard
  await page.getByRole('combobox', { name: 'Source' }).focus();
  const focusedNow = 'document.activeElement.getAttribute("aria-label")';
  for (const closeBy of [
    () => page.getByRole('button', { name: 'Close the message' }).click(),
    async () => {
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
    },
  ]) {
    await page.keyboard.press('Alt+Y');
    await page.getByRole('button', { name: 'Close the message' }).waitFor();
    await closeBy();
    await expect.poll(() => notice.textContent()).toBe('');
    await expect.poll(() => page.evaluate(focusedNow)).toBe('Source');
  }
});

test('the report for the reviewer is laid out, none of its texts becomes markup, and drafts are not in the commit', async () => {
  const folder = newsroom();
  const markup = '<img src=x onerror="document.title=1"> </details> [link](javascript:alert(1)) **bold**';
  const ships = ['bea', 'cleo', 'dora', 'elsa'].map((id) => [`raw/ships/${id}.json`, { id, name: id }] as const);
  writeFiles(folder, {
    'raw/crossings/monday-ystad.json': { ...crossing, remark: markup },
    ...Object.fromEntries(ships),
  });
  const { url } = await workbenchOf(folder, 'gazette');
  const { page, messages, requests } = await visit(browser, wide);
  await page.goto(url);
  // keys do nothing before the page has started
  await page.getByRole('button', { name: markup }).waitFor();
  await page.keyboard.press('Alt+N');
  await choose(page, 'Ports');
  await page.getByRole('textbox', { name: 'name' }).fill('Malmö');
  await page.keyboard.press('Alt+G');
  const dialog = page.getByRole('dialog', { name: 'Commit changes' });
  await dialog.getByText('Not saved, so not in this commit: 1 draft.').waitFor();
  await dialog.getByText('Report for the reviewer').click();
  await dialog.getByRole('region', { name: 'Report for the reviewer' }).waitFor();
  await dialog.getByRole('heading', { name: 'crossings' }).waitFor();
  await picture(page, 'report');
  await dialog.getByText('Every change').click();
  await expect.poll(() => dialog.locator('.report code', { hasText: markup.slice(-40) }).count()).toBe(2);
  await expect.poll(() => dialog.locator('.report').locator('img, a, script').count()).toBe(0);
  await expect.poll(() => dialog.locator('.report').textContent()).not.toMatch(/###|\*\*crossings/);
  // and not even if a report had texts outside code
  await page.keyboard.press('Escape');
  const none = { schemaFiles: [], remotes: [], branches: [] };
  const changes = { ...none, files: ['x.json'], branch: 'main', report: `${markup}\n\n<img src=x>\n` };
  await page.route('**/api/changes', (route) => route.fulfill({ json: changes }));
  await page.keyboard.press('Alt+G');
  await dialog.getByText('Report for the reviewer').click();
  await dialog.locator('.report strong', { hasText: 'bold' }).waitFor();
  await expect.poll(() => dialog.locator('.report').locator('img, script, a[href*="javascript" i]').count()).toBe(0);
  await dialog.getByRole('button', { name: 'Ports: Malmö', exact: true }).click();
  await expect.poll(() => page.getByRole('textbox', { name: 'name' }).inputValue()).toBe('Malmö');
  expect(messages).toEqual([]);
  expect(requests.every((each) => each.startsWith(new URL(url).origin) || each.startsWith('data:'))).toBe(true);
});
