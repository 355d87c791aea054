import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/screenshots/*.test.ts'],
    globalSetup: ['test/support/pages.ts', 'test/support/shipped.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
