import { defineConfig } from 'vitest/config';

/** The official test suite of JSON Schema, from a copy that JSON_SCHEMA_SUITE names: `test/jsonSchema/run`. */
export default defineConfig({ test: { include: ['test/jsonSchema/*.test.ts'], testTimeout: 600_000 } });
