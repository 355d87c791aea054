import { defineConfig } from 'vitest/config';

// the tests that read a build of the shipped dataset: it is built once, and only when one of them runs
const shipped = [
  'test/e2e/explorer.test.ts',
  'test/e2e/metadata.test.ts',
  'test/e2e/documentedQueries.test.ts',
  'test/e2e/examples.test.ts',
  'test/e2e/questions.test.ts',
];

export default defineConfig({
  test: {
    // a test that waits for a child leaves its core to another
    maxWorkers: '100%',
    coverage: { include: ['scripts/**'] },
    projects: [
      {
        extends: true,
        test: { name: 'shipped', include: shipped, globalSetup: ['test/support/pages.ts', 'test/support/shipped.ts'] },
      },
      {
        extends: true,
        // make test-package, test-browser, screenshots, test-json-schema and test-spark run their own
        test: {
          name: 'others',
          include: ['test/**/*.test.ts'],
          exclude: [
            'test/package/**',
            'test/browser/**',
            'test/screenshots/**',
            'test/jsonSchema/**',
            'test/spark/**',
            ...shipped,
          ],
          globalSetup: 'test/support/pages.ts',
          setupFiles: 'test/support/resetPage.ts',
        },
      },
    ],
    // the files share their modules: loading them anew for each took a quarter of the time
    isolate: false,
    // compiled modules are kept in node_modules between runs: compiling them took a tenth of the time
    experimental: { fsModuleCache: true },
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
