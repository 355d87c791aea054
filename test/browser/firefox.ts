import fs from 'node:fs';
import path from 'node:path';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';

/** The installed Firefox, or why there is none. `FIREFOX` names another program; if it is empty, there is none. */
export function findFirefox(env: NodeJS.ProcessEnv): { readonly program: string } | { readonly reason: string } {
  const given = env['FIREFOX'];
  if (given === '') return { reason: 'FIREFOX is empty' };
  if (given !== undefined) return fs.existsSync(given) ? { program: given } : { reason: `there is no ${given}` };
  const folders = (env['PATH'] ?? '').split(path.delimiter).filter((folder) => folder !== '');
  const places = ['firefox-esr', 'firefox'].flatMap((name) => folders.map((folder) => path.join(folder, name)));
  const program = places.find((place) => fs.existsSync(place));
  return program === undefined ? { reason: 'there is no firefox-esr and no firefox on PATH' } : { program };
}

/** Starts Firefox without a window, with its usual rules for pages from the disk. */
export async function startFirefox(): Promise<Browser> {
  const found = findFirefox(process.env);
  if ('reason' in found) throw new Error(found.reason);
  return puppeteer.launch({
    browser: 'firefox',
    executablePath: found.program,
    headless: true,
    timeout: 90_000,
    extraPrefsFirefox: { 'security.fileuri.strict_origin_policy': true },
  });
}

/** A page with its console output and its requests. */
export interface FirefoxVisit {
  readonly page: Page;
  readonly messages: readonly string[];
  readonly requests: readonly string[];
}

/** Opens a page in a context of its own, and listens to it from the start. */
export async function visitInFirefox(browser: Browser): Promise<FirefoxVisit> {
  const page = await (await browser.createBrowserContext()).newPage();
  await page.setViewport({ width: 1440, height: 900 });
  page.setDefaultTimeout(20_000);
  const messages: string[] = [];
  const requests: string[] = [];
  page.on('console', (message) => void messages.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => void messages.push(`error: ${String(error)}`));
  page.on('request', (request) => void requests.push(request.url()));
  page.on('requestfailed', (request) => void messages.push(`failed: ${request.url()}`));
  return { page, messages, requests };
}
