import { defineConfig } from 'vitest/config';

/** `make test-spark`: it needs Spark and Java, which test/spark/run finds. */
export default defineConfig({
  test: {
    include: ['test/spark/*.test.ts'],
    // there are two cores: Spark takes them
    fileParallelism: false,
    testTimeout: 1_800_000,
    hookTimeout: 1_800_000,
  },
});
