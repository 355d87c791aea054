import { bookFile } from './example.ts';
import type { RuleDefinition } from './rule.ts';

/** Found where files are listed and opened: read/records.ts. */
export const rule = {
  name: 'file',
  phase: 'file',
  severity: 'error',
  description:
    'A file in the folder of records can hold records: a regular file whose name ends in `.json` or ' +
    '`.ndjson`, no link that leads nowhere or out of the folder. Anything else would be left out of a ' +
    'release without a word.',
  bad: { files: { 'raw/books/notes.txt': 'Ask Ida.\n' }, at: 'raw/books/notes.txt:1:1' },
  good: { [bookFile]: { id: 'ferry', title: 'The Ferry' } },
} as const satisfies RuleDefinition;
