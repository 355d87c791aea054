import { describeInvisible } from '../../base/invisible.ts';
import type { Fault } from '../../base/problem.ts';
import { printable } from '../../base/text.ts';
import { type Json, below, isArray, isObject } from '../../json/json.ts';
import type { Findings } from '../../schema/walk.ts';
import type { SeenRecord } from '../context.ts';
import { book, bookFile } from './example.ts';
import type { RuleDefinition } from './rule.ts';

/** Bytes that are not UTF-8 are found when they are decoded: read/decode.ts. */
function check({ found }: Pick<SeenRecord, 'found'>): readonly Fault[] {
  return found.halves.map((pointer) => ({
    rule: 'encoding',
    message: 'half of a surrogate pair, which UTF-8 cannot hold',
    pointer,
  }));
}

/** Invisible characters in keys and texts without other faults. The edges of a span are copied from the document. */
export function invisible(record: Json, { spans }: Findings, faults: readonly Fault[]): readonly Fault[] {
  const faulty = new Set(faults.map(({ pointer }) => pointer));
  const isEdge = (pointer: string): boolean =>
    /\/(?:begins|ends)$/.test(pointer) && spans.some((at) => pointer.startsWith(`${at}/`));
  return [...textsOf(record, '')].flatMap(({ pointer, text, atKey }) => {
    const what = faulty.has(pointer) || isEdge(pointer) ? undefined : describeInvisible(text);
    if (what === undefined) return [];
    return [{ rule: 'encoding', message: `invisible character ${printable(what)}`, pointer, atKey, hint: 'delete it' }];
  });
}

interface PlacedText {
  readonly pointer: string;
  readonly text: string;
  readonly atKey: boolean;
}

/** The keys and texts of a value that is not nested deeper than the limit. */
function* textsOf(value: Json, pointer: string): Generator<PlacedText> {
  if (typeof value === 'string') yield { pointer, text: value, atKey: false };
  else if (isArray(value)) for (const [i, element] of value.entries()) yield* textsOf(element, below(pointer, i));
  else if (isObject(value))
    for (const [key, inner] of Object.entries(value)) {
      yield { pointer: below(pointer, key), text: key, atKey: true };
      yield* textsOf(inner, below(pointer, key));
    }
}

export const rule = {
  name: 'encoding',
  phase: 'record',
  severity: 'error',
  description:
    'A file is UTF-8 without a byte order mark, and its texts have no half of a surrogate pair and no ' +
    'invisible character, except in an emoji or a word that needs it. Such characters make two texts differ ' +
    'that look the same.',
  bad: { files: { [bookFile]: book({ title: 'The\u200b Ferry' }) }, at: `${bookFile}:3:12` },
  good: { [bookFile]: book() },
  check,
} as const satisfies RuleDefinition;
