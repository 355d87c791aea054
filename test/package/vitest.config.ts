import { defineConfig } from 'vitest/config';

/** `make test-package`: it packs and installs the toolkit, so it needs npm and its registry, or npm's cache. */
export default defineConfig({
  test: { include: ['test/package/*.test.ts'], testTimeout: 300_000, hookTimeout: 300_000 },
});
