import { defineConfig } from 'vitest/config';

/** `npm run test-json-schema`: the official test suite of JSON Schema, from a copy that JSON_SCHEMA_SUITE names. */
export default defineConfig({ test: { include: ['test/jsonSchema/*.test.ts'], testTimeout: 600_000 } });
