// Starts the browser of the tests. Plain JavaScript, so that canStart.mjs runs before anything compiles TypeScript.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { brotliDecompressSync } from 'node:zlib';
import packaged from '@sparticuz/chromium';
import { chromium } from 'playwright-core';

/**
 * We do not use the package's own flags: they switch off the same-origin policy, and with it the limits of a page from
 * the disk. As root, Chromium has no sandbox. It must not make requests of its own, since tests count requests.
 */
const args = [
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

/** Starts the Chromium of an npm package, which is unpacked once into the folder for temporary files. */
export async function startChromium() {
  packaged.setGraphicsMode = false;
  const executablePath = await packaged.executablePath();
  try {
    return await chromium.launch({ executablePath, args });
  } catch {
    // a system library is missing: the package has those too
    const env = { ...process.env, LD_LIBRARY_PATH: libraries() };
    return chromium.launch({ executablePath, args, env });
  }
}

/** Unpacks the system libraries in the package. */
function libraries() {
  const packed = path.resolve(import.meta.dirname, '../../node_modules/@sparticuz/chromium/bin/al2023.tar.br');
  const folder = path.join(os.tmpdir(), 'chromium-libraries');
  fs.mkdirSync(folder, { recursive: true });
  const tar = spawnSync('tar', ['-x', '-C', folder], { input: brotliDecompressSync(fs.readFileSync(packed)) });
  if (tar.status !== 0) throw new Error(`tar: ${tar.stderr.toString()}`);
  return path.join(folder, 'lib');
}
