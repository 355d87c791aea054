import { type Json, below, isArray } from '../../../json/json.ts';
import type { RecordContent } from '../messages.ts';
import { citing, isBlank, setAt, valueAt } from './edit.ts';
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
  const of = table.value;
  const name = of?.label === undefined ? undefined : valueAt(content.value, below('', of.label));
  const text = (wordsOf(words) ?? '').replace(/\s+/gu, ' ').trim();
  if (typeof name !== 'string' || name === '' || holds(words, name)) return undefined;
  if (text === '' || text.length > longestName || /[.!?…]$/u.test(text)) return undefined;
  const at = emptyName(content.value);
  if (at === undefined) return undefined;
  const filled = setAt(content, at.field, at.isList ? [text] : text);
  const pointer = at.isList ? below(at.field, 0) : at.field;
  return { content: needsEvidence(pointer) ? citing(filled, words, [pointer]) : filled, title: titleOf(at.field) };
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
