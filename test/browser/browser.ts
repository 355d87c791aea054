import fs from 'node:fs';
import path from 'node:path';
import type { Browser, BrowserContextOptions, Page, Request } from 'playwright-core';

/** A page with its requests and its console output. */
export interface Visit {
  readonly page: Page;
  /** The output on the console, and uncaught errors. */
  readonly messages: readonly string[];
  /** The addresses of all requests. */
  readonly requests: readonly string[];
  /** Loads the page again. What the page that goes still waited for is no failed request. */
  readonly reload: () => Promise<void>;
}

/** Sizes of the window. */
export const wide: BrowserContextOptions = { viewport: { width: 1440, height: 900 } };
export const laptop: BrowserContextOptions = { viewport: { width: 1280, height: 800 } };

/** Opens a new page in a context of its own, and listens to it from the start. */
export async function visit(browser: Browser, options: BrowserContextOptions = {}): Promise<Visit> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const messages: string[] = [];
  const requests: string[] = [];
  page.on('console', (message) => void messages.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => void messages.push(`error: ${error.stack ?? error.message}`));
  const cutOff = new WeakSet<Request>();
  const pending = new Set<Request>();
  let isLeaving = false;
  page.on('request', (request) => {
    requests.push(request.url());
    pending.add(request);
  });
  page.on('requestfinished', (request) => void pending.delete(request));
  page.on('requestfailed', (request) => {
    pending.delete(request);
    const isAborted = /ABORTED/.test(request.failure()?.errorText ?? '');
    if (!cutOff.has(request) && !(isLeaving && isAborted)) messages.push(`failed: ${request.url()}`);
  });
  const reload = async (): Promise<void> => {
    for (const request of pending) cutOff.add(request);
    isLeaving = true;
    await page.reload();
    isLeaving = false;
  };
  await delayAnswers(page);
  return { page, messages, requests, reload };
}

/**
 * Delays each answer by up to LATE milliseconds, if that is set: a test that fails then depends on the speed of the
 * machine.
 */
async function delayAnswers(page: Page): Promise<void> {
  const most = Number(process.env['LATE'] ?? 0);
  if (most === 0) return;
  // what a page sends at its end is sent at once
  await page.route(/\/api\/(?!keep$)/, (route) => {
    // the page may be closed by then
    setTimeout(() => void route.fallback().catch(() => undefined), Math.random() * most);
  });
}

/** Takes a picture of a page, for manual inspection, if a folder for it is given. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['PICTURES'];
  if (folder === undefined) return;
  fs.mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: path.join(folder, `${name}.png`) });
}
