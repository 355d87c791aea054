import { type Json, below, isArray } from '../../../json/json.ts';
import { nameIn } from '../../../schema/nameIn.ts';
import type { RecordContent } from '../messages.ts';
import { citing, isBlank, setAt, valueAt } from '../edit.ts';
import { needsEvidence, titleOf } from './formFields.ts';
import { wordsOf } from './sourceText.ts';
import { type Words, fields, table } from './state.ts';
import { holds } from './wordsInText.ts';

/** The most characters of words that are a name. */
const longestName = 100;

/** A name in the words of the text: the field that holds it, and what it is called. */
interface Written {
  readonly content: RecordContent;
  readonly title: string;
}

/**
 * The record of something with a translated name, with its name as the text has it: in the first field for names in the
 * words of a text, if that is empty. Undefined if the words hold its own name, or are no name.
 */
export function withWrittenName(content: RecordContent, words: Words): Written | undefined {
  const name = table.value === undefined ? undefined : nameIn(table.value.label, content.value);
  const text = (wordsOf(words) ?? '').replace(/\s+/gu, ' ').trim();
  if (name === undefined || holds(words, name)) return undefined;
  if (text === '' || text.length > longestName || /[.!?…]$/u.test(text)) return undefined;
  const empty = emptyName(content.value);
  if (empty === undefined) return undefined;
  const { field, isList } = empty;
  const filled = setAt(content, field, isList ? [text] : text);
  const pointer = isList ? below(field, 0) : field;
  return { content: needsEvidence(pointer) ? citing(filled, words, [pointer]) : filled, title: titleOf(field) };
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
