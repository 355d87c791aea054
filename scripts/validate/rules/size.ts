import { mostBytes } from '../../base/limits.ts';
import { book, bookFile } from './example.ts';
import type { RuleDefinition } from './rule.ts';

/** Found where files are opened: read/records.ts. */
export const rule = {
  name: 'size',
  phase: 'file',
  severity: 'error',
  description:
    'A file that is one record, and each line of a file of lines, is at most 16 MiB large, so that any ' +
    'machine can read it. Larger ones are several records.',
  bad: {
    get files() {
      return { [bookFile]: ' '.repeat(mostBytes + 1) };
    },
    at: `${bookFile}:1:1`,
  },
  good: { [bookFile]: book() },
} as const satisfies RuleDefinition;
