import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // make test-package runs these
    exclude: ['test/package/**'],
    globalSetup: 'test/support/shipped.ts',
    // a test that waits for a child leaves its core to another
    maxWorkers: '100%',
    // the files share their modules: loading them anew for each took a quarter of the time
    isolate: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    coverage: { include: ['scripts/**'] },
  },
});
