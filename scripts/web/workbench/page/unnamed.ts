import { valueAt } from '../edit.ts';
import { isNoFirstName, isTitle } from '../../../base/titleWords.ts';
import type { NamedRecord } from '../namedInText.ts';
import { namesInText } from '../namesInText.ts';
import { canBeSame } from '../sameName.ts';
import { beginsWord, placeOf } from '../wordBounds.ts';
import { ask } from './api.ts';
import { fieldOf } from './formFields.ts';
import { content, otherDrafts } from './state.ts';

/** The tables that the reference at a pointer can point to; none for any other field. */
export function tablesAt(pointer: string): readonly string[] {
  return fieldOf(pointer)?.tables ?? [];
}

/**
 * The references to records of which a text has no word of a name, in any form. It can still mean one: "he" and "the
 * minister" do. Without an answer of the server, nothing is known, and of drafts neither.
 */
export async function unnamedIn(pointers: readonly string[], text: string): Promise<readonly string[]> {
  const references = pointers.flatMap((pointer) => {
    const [tables, id] = [tablesAt(pointer), valueAt(content.value?.value ?? {}, pointer)];
    return tables.length === 0 || typeof id !== 'string' || isDraft(tables, id) ? [] : [{ pointer, tables, id }];
  });
  if (references.length === 0 || text === '') return [];
  const tables = [...new Set(references.flatMap((each) => each.tables))];
  const named = await ask('named', { tables, text }).catch(() => undefined);
  if (named === undefined) return [];
  const areUnnamed = await Promise.all(
    references.map(async ({ tables: own, id }) => {
      const found = named.find((each) => own.includes(each.table) && each.id === id);
      if (found !== undefined) return !found.naming.isCertain && isOfOther(found, text);
      const label = (await ask('find', { tables: own, words: id }).catch(() => undefined))?.records.find(
        (each) => each.id === id,
      )?.label;
      return label !== undefined && !hasWordOf(label, text);
    }),
  );
  return references.filter((_, i) => areUnnamed[i] === true).map(({ pointer }) => pointer);
}

/** Whether a text has the last name of a record only behind other first names: `John Smith` is not `Mary Smith`. */
function isOfOther({ naming, label }: NamedRecord, text: string): boolean {
  const names = namesInText(text).filter((name) => placeOf(naming.name, name) >= 0);
  return (
    names.length > 0 &&
    names.every((name) => {
      const [first = ''] = name.split(' ');
      return !isTitle(first) && !isNoFirstName(first) && !canBeSame(name, label ?? '');
    })
  );
}

function isDraft(tables: readonly string[], id: string): boolean {
  return otherDrafts.value.some(({ table: of, identifier }) => tables.includes(of) && identifier === id);
}

/** Letters by which a word is known in other cases of a language. */
const shortestStem = 4;

/** Whether a text has a word of a name, in any form: `Зеленського` for `Зеленський`. */
function hasWordOf(name: string, text: string): boolean {
  const words = name.toLowerCase().match(/[\p{L}\p{M}]{4,}/gu) ?? [];
  return words.some((word) => beginsWord(text.toLowerCase(), word.slice(0, shortestStem)));
}
