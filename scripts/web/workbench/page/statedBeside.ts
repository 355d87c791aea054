import { type Json, codeName, pointerSteps } from '../../../json/json.ts';

import { placeOf } from '../wordBounds.ts';
import { ask } from './api.ts';
import { siblingsOf } from './earlierDate.ts';
import { fieldAt, spansOfField } from './left.ts';
import { wordsOf } from './sourceText.ts';
import { type Words, content, fields, table } from './state.ts';
import type { Field } from '../messages.ts';

/** A required field that says what the value beside it rests on. */
export interface GroundsBeside {
  readonly pointer: string;
  /** The code of `x-grounds` for what the source says. */
  readonly stated: string;
}

/**
 * The field that says what a reference or code rests on (`x-grounds`). Undefined if it can be about something else too:
 * beside a date, another reference or, for a code, another code.
 */
export function groundsBeside(pointer: string): GroundsBeside | undefined {
  const beside = siblingsOf(pointer);
  const isValue = ({ kind, grounds }: Field): boolean =>
    grounds === undefined && (kind === 'reference' || kind === 'code');
  const isDated = beside.some(({ field }) => field.kind === 'date');
  const values = beside.filter(({ field }) => isValue(field));
  const references = values.filter(({ field }) => field.kind === 'reference');
  const [only, other] = references.length > 0 ? references : values;
  const around = fieldAt(fields.value, table.value?.field ?? 0, (pointerSteps(pointer) ?? []).slice(0, -1));
  const required = new Set(around?.properties.flatMap((each) => (each.required ? [each.name] : [])));
  const isRequired = (at: string): boolean => required.has(pointerSteps(at)?.at(-1) ?? '');
  const [grounds, second] = beside.filter(({ pointer: at, field }) => field.grounds !== undefined && isRequired(at));
  if (isDated || only?.pointer !== pointer || other !== undefined || second !== undefined) return undefined;
  const stated = grounds?.field.grounds?.stated;
  return grounds === undefined || stated === undefined ? undefined : { pointer: grounds.pointer, stated };
}

/** Finds the words that a reference or code cites and that have the name of a value, as a whole. */
export async function namingFor(pointer: string): Promise<(value: Json | undefined) => Words | undefined> {
  const field = fieldAt(fields.value, table.value?.field ?? 0, pointerSteps(pointer) ?? []);
  const spans = content.value?.spans ?? [];
  const cited = spansOfField({ spans }, pointer).own.flatMap((at) => spans[at] ?? []);
  const text = cited.flatMap((words) => wordsOf(words) ?? []).join('\n');
  if (field === undefined || text === '') return () => undefined;
  const wordsWith = (name = ''): Words | undefined =>
    name === '' ? undefined : cited.find((words) => placeOf(name, wordsOf(words) ?? '') >= 0);
  if (field.kind === 'code')
    return (value) => {
      const named = field.codes.find(({ code }) => value !== undefined && codeName(code) === codeName(value));
      const names = named === undefined ? [] : [named.label, named.description, ...(named.names ?? [])];
      return names.map(wordsWith).find((words) => words !== undefined);
    };
  const found = await ask('named', { tables: field.tables, text }).catch(() => []);
  return (value) => wordsWith(found.find(({ id, naming }) => naming.isWhole && id === value)?.naming.name);
}
