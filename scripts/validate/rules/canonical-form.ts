import { type KeyOrder, type Layout, printCanonical } from '../../json/canonical.ts';
import { type Json, below, isArrayIndex, isObject, member } from '../../json/json.ts';
import type { Fault } from '../../base/problem.ts';
import { compareIds, printable, quoted } from '../../base/text.ts';
import type { SeenRecord } from '../context.ts';
import { book, bookFile } from './example.ts';
import type { RuleDefinition } from './rule.ts';

/** Lines must be in the order of their identifiers, so that the tables are. */
function check({ raw, type, value, run }: SeenRecord): readonly Fault[] {
  if (run.options.layout !== 'canonical' || !isObject(value)) return [];
  const id = type.key === undefined ? undefined : member(value, type.key);
  if (raw.line === 0 || type.key === undefined || (typeof id !== 'string' && typeof id !== 'number')) return [];
  const before = run.lastId?.file === raw.file ? run.lastId.id : undefined;
  run.lastId = { file: raw.file, id };
  if (before === undefined || compareIds(before, id) <= 0) return [];
  const message = `${quoted(String(id))} comes after ${quoted(String(before))}: lines go in order of their ids`;
  return [
    {
      rule: 'canonical-form',
      message,
      pointer: below('', type.key),
      hint: { before: 'run ', verb: 'fix', arguments: [] },
    },
  ];
}

/** Why a text that is valid JSON differs from its canonical print. */
export function explainForm(text: string, value: Json, order: KeyOrder, layout: Layout): Fault {
  const fault = (offset: number, message: string): Fault => ({
    rule: 'canonical-form',
    message,
    pointer: '',
    offset,
    hint: { before: 'run ', verb: 'fix', arguments: [] },
  });
  const canonical = printCanonical(value, order, layout);
  if (text.includes('\r')) return fault(text.indexOf('\r'), 'the line ends with CR');
  if (`${text}\n` === canonical) return fault(text.length, 'the file does not end with a newline');
  if (text.trimEnd() === canonical.trimEnd())
    return fault(canonical.trimEnd().length, 'the file does not end with one newline');
  const offset = firstDifference(text, canonical);
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const keyHere = /^\s*("(?:[^"\\]|\\.)*")\s*:/.exec(text.slice(lineStart))?.[1];
  const keyThere = /^\s*("(?:[^"\\]|\\.)*")\s*:/.exec(canonical.slice(lineStart))?.[1];
  if (keyHere !== undefined && keyThere !== undefined && keyHere !== keyThere) {
    return fault(text.indexOf(keyHere, lineStart), `the key ${printable(keyThere)} belongs here: ${keyRule(keyThere)}`);
  }
  return fault(
    offset,
    layout === 'file'
      ? 'spacing or spelling differs from the canonical print'
      : 'the line differs from the compact print',
  );
}

function keyRule(key: string): string {
  return isArrayIndex(key.slice(1, -1))
    ? 'keys go in the order of the schema, and whole numbers that it does not name in ascending order'
    : 'keys go in the order of the schema';
}

function firstDifference(a: string, b: string): number {
  let i = 0;
  while (i < a.length && i < b.length && a.charCodeAt(i) === b.charCodeAt(i)) i++;
  return i;
}

export const rule = {
  name: 'canonical-form',
  phase: 'text',
  severity: 'error',
  description:
    'A file is exactly its canonical print: keys in the order of the schema, two spaces, LF, a newline at ' +
    'the end; lines in order of their ids. Then a diff shows only changes of data. `fix` writes ' +
    'this form.',
  bad: { files: { [bookFile]: '{ "id": "ferry", "title": "The Ferry" }\n' }, at: `${bookFile}:1:2` },
  good: { [bookFile]: book() },
  check,
} as const satisfies RuleDefinition;
