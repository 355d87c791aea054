import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import chromium from '@sparticuz/chromium';
import { type Browser, type BrowserContextOptions, type Page, chromium as engine } from 'playwright-core';

/** Starts the Chromium that comes inside an npm package; it is unpacked once, into the folder for temporary files. */
export async function startChromium(): Promise<Browser> {
  chromium.setGraphicsMode = false;
  const executablePath = await chromium.executablePath();
  const start = async (env: NodeJS.ProcessEnv): Promise<Browser> =>
    engine.launch({ executablePath, env: definedOnly(env), args: flags, headless: true });
  try {
    return await start(process.env);
  } catch {
    // the machine lacks a system library; the package brings those too
    return start({ ...process.env, LD_LIBRARY_PATH: libraries() });
  }
}

/**
 * The package's own flags are not used: they switch off the same-origin policy, and with it what a page from the disk
 * may not do. As root there is no sandbox. Chromium asks for nothing by itself, since tests count requests.
 */
const flags = [
  '--no-sandbox',
  '--no-zygote',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--font-render-hinting=none',
];

/** Unpacks the system libraries that the package brings. */
function libraries(): string {
  const packed = path.resolve(import.meta.dirname, '../../node_modules/@sparticuz/chromium/bin/al2023.tar.br');
  const folder = path.join(os.tmpdir(), 'chromium-libraries');
  fs.mkdirSync(folder, { recursive: true });
  const tar = spawnSync('tar', ['-x', '-C', folder], { input: brotliDecompressSync(fs.readFileSync(packed)) });
  if (tar.status !== 0) throw new Error(`tar: ${tar.stderr.toString()}`);
  return path.join(folder, 'lib');
}

function definedOnly(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined));
}

/** A page with what it has asked for and said. */
export interface Visit {
  readonly page: Page;
  /** What was written to the console, and errors that nothing caught. */
  readonly messages: readonly string[];
  /** Addresses of all that was loaded. */
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

/** Where a test leaves its pictures, for a look at them. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['PICTURES'] ?? path.join(os.tmpdir(), 'demarche-pictures');
  fs.mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: path.join(folder, `${name}.png`), fullPage: true });
}
