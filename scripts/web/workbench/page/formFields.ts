import { type Json, below, isArray, member, pointerSteps } from '../../../json/json.ts';
import { settled } from './branches.ts';
import { isIn, valueAt } from '../edit.ts';
import type { Field, TableMessage } from '../messages.ts';
import { type Form, titleIn } from './fieldWords.ts';
import { fieldAt } from './left.ts';
import { content, fields, open, start, table } from './state.ts';

/** The field of the form at a pointer or its steps; undefined if the schema does not describe it. */
export function fieldOf(at: string | readonly string[]): Field | undefined {
  return fieldAt(fields.value, table.value?.field ?? 0, typeof at === 'string' ? (pointerSteps(at) ?? []) : at);
}

/** Whether the schema requires evidence for a field: its own mark, or that of an object or list around it. */
export function needsEvidence(pointer: string): boolean {
  const root = table.value?.field;
  const steps = pointerSteps(pointer) ?? [];
  if (root === undefined || table.value?.spansAt === undefined) return false;
  return steps.some((_, i) => fieldAt(fields.value, root, steps.slice(0, i + 1))?.evidence === true);
}

/** Whether a field is a code or a boolean: other fields can be required because of it. */
export function isChoice(pointer: string | undefined): boolean {
  const steps = pointer === undefined ? [] : (pointerSteps(pointer) ?? []);
  const kind = fieldOf(steps)?.kind;
  return kind === 'code' || kind === 'boolean';
}

/** Whether a field is for words of the source such as an office: no name as printed, and nothing of the curator's. */
export function isForWords(pointer: string, { kind, ownWords, verbatim, distinct }: Field): boolean {
  return kind === 'text' && !ownWords && !verbatim && !distinct && needsEvidence(pointer);
}

/** Whether a field is a list. */
export function isList(pointer: string): boolean {
  return fieldOf(pointer)?.kind === 'list';
}

/** Whether a pointer leads to an element of a list, not to a member with a number for a name. */
export function isElement(pointer: string): boolean {
  const above = pointer.slice(0, pointer.lastIndexOf('/'));
  return isArray(valueAt(content.value?.value ?? {}, above)) || isList(above);
}

/** Whether a field quotes the source. */
export function fillsFromText(pointer: string): boolean {
  const field = fieldOf(pointer);
  return field?.verbatim === true;
}

/** Whether the value of a field can be words of a text: a text or the name of a record, but no code or date. */
export function namesWords(pointer: string): boolean {
  const kind = fieldOf(pointer)?.kind;
  return kind === 'text' || kind === 'reference';
}

/** Whether a pointer leads to a field that the form shows, not to the whole record or its evidence. */
export function isInForm(pointer: string): boolean {
  const name = pointerSteps(pointer)?.[0];
  return name !== undefined && table.value?.hidden.includes(name) === false;
}

/** Whether a pointer leads to the evidence of the record, which has no field. */
export function isEvidence(pointer: string): boolean {
  const at = table.value?.spansAt;
  return at !== undefined && isIn(pointer, at);
}

/** The first field that describes the content of the record; undefined if there is none. */
export function firstField(): string | undefined {
  const value = content.value?.value ?? {};
  const names = hiddenNames();
  const root = fields.value[table.value?.field ?? 0];
  const properties = root === undefined ? [] : settled(fields.value, root, value).properties;
  const first = properties.find(
    ({ name, required }) => !names.includes(name) && (required || member(value, name) !== undefined),
  );
  return first === undefined ? undefined : below('', first.name);
}

/** A table, by its name. */
export function tableNamed(of: string | undefined): TableMessage | undefined {
  return start.value?.tables.find(({ name }) => name === of);
}

/** The title of a table, by its name. */
export function tableTitle(of: string): string {
  return tableNamed(of)?.title ?? of;
}

/** The title of a field, as the schema gives it. */
export function titleOf(pointer: string): string {
  return titleIn({ fields: fields.value, root: table.value?.field ?? 0 }, pointer);
}

/** The names that messages about the open record can use. */
export function formNow(): Form {
  return { fields: fields.value, root: table.value?.field ?? 0, value: content.value?.value ?? {} };
}

/** Whether a field is the identifier of the record. */
export function isKeyOf(pointer: string): boolean {
  return pointer === below('', table.value?.key ?? '/');
}

/** Whether a field is the identifier of a saved record: it never changes. */
export function isFixed(pointer: string, value: Json | undefined): boolean {
  const id = open.value?.record.id ?? '';
  return isKeyOf(pointer) && id !== '' && (value === id || value === Number(id));
}

/** Names of the fields that identify the record rather than describe its content. */
export function hiddenNames(): readonly string[] {
  const key = table.value?.key;
  return [...(table.value?.hidden ?? []), ...(key === undefined ? [] : [key])];
}
