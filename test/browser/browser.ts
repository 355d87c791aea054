import fs from 'node:fs';
import path from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

/** A page with its requests and its console output. */
export interface Visit {
  readonly page: Page;
  /** The output on the console, and uncaught errors. */
  readonly messages: readonly string[];
  /** The addresses of all requests. */
  readonly requests: readonly string[];
}

/** Opens a new page in a context of its own, and listens to it from the start. */
export async function visit(browser: Browser, options: BrowserContextOptions = {}): Promise<Visit> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const messages: string[] = [];
  const requests: string[] = [];
  page.on('console', (message) => void messages.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => void messages.push(`error: ${error.stack ?? error.message}`));
  page.on('request', (request) => void requests.push(request.url()));
  page.on('requestfailed', (request) => void messages.push(`failed: ${request.url()}`));
  return { page, messages, requests };
}

/** Takes a picture of a page, for manual inspection, if a folder for it is given. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['PICTURES'];
  if (folder === undefined) return;
  fs.mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: path.join(folder, `${name}.png`) });
}

/** The messages of a page, without requests that a reload has cut off. */
export function apartFromReload(messages: readonly string[]): readonly string[] {
  return messages.filter((message) => !/^failed: .*\/api\/(?:alike|check)$/.test(message));
}
