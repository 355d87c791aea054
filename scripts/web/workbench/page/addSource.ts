import { type Json, below, isObject, member } from '../../../json/json.ts';
import type { Field } from '../messages.ts';
import { ask } from './api.ts';
import { closeDialog } from './closeDialog.ts';
import { attempt, say } from './notice.ts';
import { leave, show } from './openRecords.ts';
import { openSource } from './openSource.ts';
import { reveal } from './reveal.ts';
import { fields, start, table } from './state.ts';
import { given } from './sourceFile.ts';

/** A text to add, and its origin. An empty value is unknown. */
export interface NewText {
  readonly table: string;
  readonly text: string;
  readonly url: string;
  readonly id: string;
}

/** Saves a text, and opens the record of its source to be filled in. Returns whether it did. */
export async function addSource({ table: name, text, url, id }: NewText): Promise<boolean> {
  if (!(await leave())) return false;
  const known = { ...(id === '' ? {} : { id }), ...(url === '' ? {} : { url }) };
  const record = await attempt(() => ask('addSource', { table: name, text, ...known }));
  if (record === undefined) return false;
  given.value = undefined;
  if (start.value !== undefined) start.value = { ...start.value, incoming: undefined };
  closeDialog('add source');
  show(record);
  const key = table.value?.key;
  const own = key === undefined ? undefined : member(record.value, key);
  if (typeof own === 'string') await openSource(own);
  for (const pointer of webFields(table.value?.field ?? 0, record.value)) reveal(pointer);
  say('Text saved. Now describe the source: press Alt+J to go to the next field.');
  return true;
}

/** Pointers of the fields for addresses: the page asks for them, required or not. */
function webFields(root: number, value: Json | undefined): readonly string[] {
  const found: string[] = [];
  const visit = (field: Field | undefined, pointer: string, inner: Json | undefined): void => {
    if (field?.format === 'uri') found.push(pointer);
    if (field?.kind !== 'object' || pointer.split('/').length > 2) return;
    for (const { name, field: at } of field.properties)
      visit(fields.value[at], below(pointer, name), isObject(inner) ? member(inner, name) : undefined);
  };
  visit(fields.value[root], '', value);
  return found;
}
