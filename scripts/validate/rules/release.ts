import type { RuleDefinition } from './rule.ts';

/** Found by `verify`. */
export const rule = {
  name: 'release',
  phase: 'release',
  severity: 'error',
  description:
    'A release matches its own description: no file is missing, unlisted or changed, and its formats agree with ' +
    'each other and with `datapackage.json`. `verify` checks this for any release.',
  bad: { files: { 'dist/next/csv/authors.csv': 'id,name\nida,Eva\n' }, at: 'dist/next/csv/authors.csv:1:1' },
  good: {},
} as const satisfies RuleDefinition;
