import { pointerSteps } from '../../../json/json.ts';

import { placeOf } from '../wordBounds.ts';
import { ask } from './api.ts';
import { requiredBeside, siblingsOf } from './earlierDate.ts';
import { fieldOf } from './formFields.ts';
import { spansOfField } from './left.ts';
import { wordsOf } from './sourceText.ts';
import { type Words, content } from './state.ts';

/** A required field that says what the value beside it rests on. */
export interface GroundsBeside {
  readonly pointer: string;
  /** The code of `x-grounds` for what the source says. */
  readonly stated: string;
}

/**
 * The field that says what a reference rests on (`x-grounds`). Undefined if it can be about something else too: beside
 * a date or another reference. Of a code such as a country, a name in the words says less: it can be that of another
 * one.
 */
export function groundsBeside(pointer: string): GroundsBeside | undefined {
  const beside = siblingsOf(pointer);
  const isDated = beside.some(({ field }) => field.kind === 'date');
  const [only, other] = beside.filter(({ field }) => field.kind === 'reference');
  const required = requiredBeside(pointer);
  const isRequired = (at: string): boolean => required.has(pointerSteps(at)?.at(-1) ?? '');
  const [grounds, second] = beside.filter(({ pointer: at, field }) => field.grounds !== undefined && isRequired(at));
  if (isDated || only?.pointer !== pointer || other !== undefined || second !== undefined) return undefined;
  const stated = grounds?.field.grounds?.stated;
  return grounds === undefined || stated === undefined ? undefined : { pointer: grounds.pointer, stated };
}

/** Finds the words that a reference cites and that have the name of a record, as a whole. */
export async function namingFor(pointer: string): Promise<(id: string | undefined) => Words | undefined> {
  const field = fieldOf(pointer);
  const spans = content.value?.spans ?? [];
  const cited = spansOfField({ spans }, pointer).own.flatMap((at) => spans[at] ?? []);
  const text = cited.flatMap((words) => wordsOf(words) ?? []).join('\n');
  if (field === undefined || text === '') return () => undefined;
  const found = await ask('named', { tables: field.tables, text }).catch(() => []);
  return (id) => {
    const name = found.find(({ naming, id: own }) => naming.isWhole && !naming.isIndirect && own === id)?.naming.name;
    return name === undefined ? undefined : cited.find((words) => placeOf(name, wordsOf(words) ?? '') >= 0);
  };
}
