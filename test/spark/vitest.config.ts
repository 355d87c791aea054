import { defineConfig } from 'vitest/config';

/** The tests of `make test-spark`. test/spark/run finds Spark and Java. */
export default defineConfig({
  test: {
    include: ['test/spark/*.test.ts'],
    // Spark uses all cores
    fileParallelism: false,
    testTimeout: 1_800_000,
    hookTimeout: 1_800_000,
  },
});
