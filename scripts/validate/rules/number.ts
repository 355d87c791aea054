import { resolvePointer } from '../../json/json.ts';
import { type NumberRule, integerFault, numberFault } from '../../json/number.ts';
import type { PlacedJson } from '../../json/positions.ts';
import type { Fault } from '../../base/problem.ts';
import { isWholeAt } from '../../schema/walk.ts';
import type { SeenRecord } from '../context.ts';
import { book, bookFile } from './example.ts';
import type { RuleDefinition } from './rule.ts';

/** A whole number that its column cannot hold is an error; in other people's data it goes to `_rest`. */
function check({ value, structure, found, run }: SeenRecord): readonly Fault[] {
  if (run.options.layout !== 'canonical') return [];
  return found.large.flatMap((pointer): readonly Fault[] => {
    const number = resolvePointer(value, pointer);
    const fault = typeof number === 'number' && isWholeAt(value, structure, pointer) ? integerFault(number) : undefined;
    return fault === undefined ? [] : [{ rule: 'number', pointer, ...fault }];
  });
}

/** Numbers in a text that would change when written. */
export function misspelt({ numbers }: Pick<PlacedJson, 'numbers'>, spelling: NumberRule): readonly Fault[] {
  return numbers.flatMap(({ pointer, offset, text }): readonly Fault[] => {
    const fault = numberFault(text, spelling);
    return fault === undefined ? [] : [{ rule: 'number', pointer, offset, ...fault }];
  });
}

export const rule = {
  name: 'number',
  phase: 'record',
  severity: 'error',
  description:
    'A number is written as programs print it, and JSON readers and its column can hold it exactly. `3.000` can ' +
    'mean three or three thousand, and most readers lose digits that a double cannot hold. No command rewrites ' +
    'it: only you know what is meant.',
  bad: {
    files: { [bookFile]: '{\n  "id": "ferry",\n  "title": "The Ferry",\n  "price": 3.000\n}\n' },
    at: `${bookFile}:4:12`,
  },
  good: { [bookFile]: book({ price: 3 }) },
  check,
} as const satisfies RuleDefinition;
