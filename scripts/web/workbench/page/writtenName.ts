import { type Json, below, isArray } from '../../../json/json.ts';
import { nameIn } from '../../../schema/nameIn.ts';
import type { RecordContent } from '../messages.ts';
import { endingGenitive } from '../namesInText.ts';
import { ask } from './api.ts';
import { citing, isBlank, setAt, valueAt } from '../edit.ts';
import { needsEvidence, titleOf } from './formFields.ts';
import { wordsOf } from './sourceText.ts';
import { type Words, fields, lastSelected, table } from './state.ts';
import { holds, nearestIn } from './wordsInText.ts';

/** The most characters of words that are a name. */
const longestName = 100;

/** A name in the words of the text: the field that holds it, and what it is called. */
export interface Written {
  readonly content: RecordContent;
  readonly title: string;
  readonly name: string;
}

/**
 * The record of something with a translated name, with its name as the text has it: in the first field for names in the
 * words of a text, if that is empty. Undefined if the words hold its own name, or are no name.
 */
export function withWrittenName(content: RecordContent, words: Words): Written | undefined {
  const name = table.value === undefined ? undefined : nameIn(table.value.label, content.value);
  const text = (wordsOf(words) ?? '').replace(/\s+/gu, ' ').trim().replace(endingGenitive, '');
  if (name === undefined || holds(words, name)) return undefined;
  if (text === '' || text.length > longestName || /[.!?…]$/u.test(text)) return undefined;
  // in `up to 120 soldiers`, that is no name
  if (/\p{N}/u.test(text) && !/\p{N}/u.test(name)) return undefined;
  const empty = emptyName(content.value);
  if (empty === undefined) return undefined;
  const { field, isList } = empty;
  const filled = setAt(content, field, isList ? [text] : text);
  const pointer = isList ? below(field, 0) : field;
  return {
    content: needsEvidence(pointer) ? citing(filled, words, [pointer]) : filled,
    title: titleOf(field),
    name: text,
  };
}

/** Whether a record of the table has a name. */
export async function isName(name: string): Promise<boolean> {
  const tables = table.value === undefined ? [] : [table.value.name];
  const found = await ask('find', { tables, words: name, known: true }).catch(() => undefined);
  return found?.records.some(({ isCalledSo }) => isCalledSo) === true;
}

/** The record with a name as the text has it, in the first field for such names, if that is empty. */
export function withNameOfText(content: RecordContent, name: string): RecordContent {
  const empty = emptyName(content.value);
  if (empty === undefined) return content;
  const pointer = empty.isList ? below(empty.field, 0) : empty.field;
  const filled = setAt(content, empty.field, empty.isList ? [name] : name);
  const spot = needsEvidence(pointer) ? nearestIn(name, lastSelected.value?.start ?? 0) : undefined;
  return spot === undefined ? filled : citing(filled, spot, [pointer]);
}

/** The fewest names of other records that show in which letters a table has them. */
const fewestNames = 3;

/** Whether a name has no Latin letters, and the names of the other records of its table have. */
export async function isInOtherLetters(name: string, of: string): Promise<boolean> {
  const isLatin = (text: string): boolean => /\p{Script=Latin}/u.test(text);
  if (!/\p{L}/u.test(name) || isLatin(name)) return false;
  const found = await ask('find', { tables: [of], words: '', known: true }).catch(() => undefined);
  const names = (found?.records ?? []).flatMap(({ label }) => label ?? []);
  return names.length >= fewestNames && names.every(isLatin);
}

/** The first field for names in the words of a text, if it is empty. */
function emptyName(value: Json): { readonly field: string; readonly isList: boolean } | undefined {
  const { properties = [] } = fields.value[table.value?.field ?? -1] ?? {};
  for (const { name, field } of properties) {
    const own = fields.value[field];
    const element = own?.element === undefined ? undefined : fields.value[own.element];
    const text = element ?? own;
    if (text?.kind !== 'text' || !text.verbatim || !text.distinct) continue;
    const held = valueAt(value, below('', name));
    const isEmpty = isBlank(held) || (isArray(held) && held.length === 0);
    return isEmpty ? { field: below('', name), isList: element !== undefined } : undefined;
  }
  return undefined;
}
