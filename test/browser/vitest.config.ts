import process from 'node:process';
import { defineConfig } from 'vitest/config';
import { findFirefox } from './firefox.ts';

const inFirefox = 'test/browser/firefox.test.ts';
const firefox = findFirefox(process.env);
if ('reason' in firefox) process.stdout.write(`${inFirefox}: NOT RUN: ${firefox.reason}\n`);

export default defineConfig({
  test: {
    include: ['test/browser/*.test.ts'],
    exclude: 'reason' in firefox ? [inFirefox] : [],
    globalSetup: ['test/support/pages.ts', 'test/support/shipped.ts'],
    // one browser at a time
    fileParallelism: false,
    // as long as an action of Playwright waits for its element
    expect: { poll: { timeout: 10_000 } },
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
