import type { MarkedSpan } from '../messages.ts';
import { isIn, valueAt } from '../edit.ts';
import { titleIn } from './fieldWords.ts';
import { tableNamed, tableTitle } from './formFields.ts';
import { content, fields, recordNow } from './state.ts';

/** A mark in words: its record, and the fields that it supports, or why its words need no record. */
export function lineOf(mark: MarkedSpan): string {
  const { table, id, supports } = mark;
  const of = tableNamed(table);
  const { uncodedAt } = of ?? {};
  const uncoded = uncodedAt === undefined ? undefined : supports.find((pointer) => isIn(pointer, uncodedAt));
  if (uncoded !== undefined) return `No record needed: ${reasonOf(mark, uncoded)}`;
  const names = supports.map((pointer) => titleIn({ fields: fields.value, root: of?.field ?? 0 }, pointer));
  return `${tableTitle(table)}: ${id}: ${names.join(', ')}`;
}

/** The reason in the form, or else as it was saved. */
function reasonOf({ table, id, reason }: MarkedSpan, pointer: string): string {
  const isOpen = recordNow.value?.table === table && recordNow.value.id === id;
  const own = isOpen && content.value !== undefined ? valueAt(content.value.value, pointer) : reason;
  return typeof own === 'string' ? own : '';
}
