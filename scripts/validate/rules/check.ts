import type { RuleDefinition } from './rule.ts';

/** Found by a query over all tables, in the commands `build` and `validate --checks`. */
export const rule = {
  name: 'check',
  phase: 'database',
  severity: 'error',
  description:
    'A query in `schema/checks/` returns no row. Each row names a table, a record, a JSON Pointer and a message. ' +
    '`build` and `validate --checks` run the queries, since they need all tables.',
  bad: {
    files: {
      'schema/checks/short_titles.sql':
        "-- Titles have at most eight letters.\nSELECT 'books' AS \"table\", id AS record, '/title' AS pointer,\n" +
        "  'the title is long' AS message\nFROM books WHERE length(title) > 8\n",
    },
    at: 'raw/books/ferry.json:3:12',
  },
  good: {
    'schema/checks/short_titles.sql':
      "-- Titles have at most nine letters.\nSELECT 'books' AS \"table\", id AS record, '/title' AS pointer,\n" +
      "  'the title is long' AS message\nFROM books WHERE length(title) > 9\n",
  },
} as const satisfies RuleDefinition;
