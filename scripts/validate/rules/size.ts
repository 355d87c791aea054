import {
  mostAliased,
  mostBytes,
  mostJson5Bytes,
  mostJson5Signs,
  mostYamlBytes,
  mostYamlTokens,
} from '../../base/limits.ts';
import { book, bookFile } from './example.ts';
import type { RuleDefinition } from './rule.ts';

const mebi = 1024 * 1024;

/** Found where files are opened: read/records.ts. */
export const rule = {
  name: 'size',
  phase: 'file',
  severity: 'error',
  description:
    'A file that is one record, and each line of a file of lines, is at most 16 MiB large, so that any ' +
    'machine can read it. Split larger ones. YAML and JSON5 take longer to read, so their limits are lower: ' +
    `${mostYamlBytes / mebi} MiB and ${mostYamlTokens} tokens (keys, values, punctuation and line breaks) ` +
    `of YAML, whose aliases print at most ${mostAliased} characters; ${mostJson5Bytes / mebi} MiB and ` +
    `${mostJson5Signs} brackets, braces, commas and colons of JSON5.`,
  bad: {
    get files() {
      return { [bookFile]: ' '.repeat(mostBytes + 1) };
    },
    at: `${bookFile}:1:1`,
  },
  good: { [bookFile]: book() },
} as const satisfies RuleDefinition;
