import { type Json, below, isArray, isObject } from '../../../json/json.ts';
import { checkLatest } from './checking.ts';
import { remove } from './editing.ts';
import { titleOf } from './formFields.ts';
import { keepingFocus } from './removing.ts';
import { checked, content, opened } from './state.ts';

/** The entries of lists that were added and not filled in. */
export function emptyEntries(value: Json, pointer = ''): readonly string[] {
  if (isArray(value))
    return value.flatMap((each, i) => {
      const at = below(pointer, i);
      return isEmpty(each) ? [at] : emptyEntries(each, at);
    });
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, inner]) => emptyEntries(inner, below(pointer, name)));
}

function isEmpty(value: Json): boolean {
  return value === '' || (isArray(value) ? value : isObject(value) ? Object.keys(value) : undefined)?.length === 0;
}

/** Drops empty entries that are errors or that the user added: empty fields are not saved. Returns their titles. */
export async function dropEmptyEntries(): Promise<readonly string[]> {
  if (emptyEntries(content.value?.value ?? {}).length === 0) return [];
  await checkLatest();
  const faulty = new Set((checked.value?.problems ?? []).map(({ pointer }) => pointer));
  const empty = emptyEntries(content.value?.value ?? {}).filter((at) => faulty.has(at) || opened.value.has(at));
  const titles = empty.map(titleOf);
  if (empty.length > 0) await keepingFocus(() => remove(empty));
  return titles;
}
