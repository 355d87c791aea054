import type { Fault } from '../../base/problem.ts';
import { list, quoted } from '../../base/text.ts';
import { below, isArray, isObject, parseJson, pointerSteps, selectPointers } from '../../json/json.ts';
import type { RawRecord } from '../../read/records.ts';
import { bookFile } from './example.ts';
import type { RuleDefinition } from './rule.ts';

/** How many keys are named if a pointer matches none of them. */
const mostListed = 5;

/** What is wrong with the first file of a table whose pointer to its records matches nothing in any file. */
function check({ file, text }: RawRecord): readonly Fault[] {
  const parsed = parseJson(text);
  const steps = pointerSteps(file.select ?? '') ?? [];
  if (!('value' in parsed)) return [];
  const prefixes = steps.map((_, i) => steps.slice(0, i).reduce(below, ''));
  const reached = prefixes.flatMap((prefix) => selectPointers(parsed.value, prefix).slice(0, 1)).at(-1);
  const [pointer, at] = reached ?? ['', parsed.value];
  const keys = isObject(at) ? Object.keys(at) : [];
  const there = isArray(at)
    ? `${at.length} elements`
    : isObject(at)
      ? `the keys ${list(keys.slice(0, mostListed).map((key) => quoted(key)))}${keys.length > mostListed ? ', …' : ''}`
      : 'neither elements nor members';
  const where = pointer === '' ? 'the top of the file' : quoted(pointer);
  const message = `the pointer ${quoted(file.select ?? '')} matches no record of ${file.table} in any file`;
  return [{ rule: 'file', message, pointer, hint: `${where} has ${there}` }];
}

/** Faults of single files are found when they are listed and opened: read/records.ts. */
export const rule = {
  name: 'file',
  phase: 'file',
  severity: 'error',
  description:
    'A file in the folder of records can hold records: it is a regular file whose name ends in `.json` or ' +
    '`.ndjson`, not a link that is broken or points outside the folder. Anything else would be left out of a release ' +
    'silently. A glob in the configuration must match a file, and a pointer must match a value: otherwise a ' +
    'typo would leave a table empty. A schema of records without a folder is a warning, unless another schema ' +
    'refers to it.',
  bad: { files: { 'raw/books/notes.txt': 'Ask Ida.\n' }, at: 'raw/books/notes.txt:1:1' },
  good: { [bookFile]: { id: 'ferry', title: 'The Ferry' } },
  check,
} as const satisfies RuleDefinition;
