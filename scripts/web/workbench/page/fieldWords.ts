import { type Json, pointerSteps } from '../../../json/json.ts';
import type { Field } from '../messages.ts';
import { valueAt } from '../edit.ts';
import { fieldAt } from './left.ts';

/** A part of a message: words, or a field by its title, with the name that the file has for it. */
export type Part = string | { readonly title: string; readonly name: string };

/** What names in a message can refer to: the fields of the form, and the value of the record. */
export interface Form {
  readonly fields: readonly Field[];
  readonly root: number;
  readonly value: Json;
}

/** The title of a field with those of the fields that it is in; an element by its number. */
export function titleIn({ fields, root }: Pick<Form, 'fields' | 'root'>, pointer: string): string {
  const steps = pointerSteps(pointer) ?? [];
  const titles = steps.map((step, i) =>
    /^\d+$/.test(step) ? String(Number(step) + 1) : (fieldAt(fields, root, steps.slice(0, i + 1))?.title ?? step),
  );
  return titles.join(' › ');
}

/** A pointer behind "at", or something in quotes, or a list of keys: where a message can name fields. */
const names = /(?<=\bat )\/[\w/-]+|"(?:[^"\\]|\\.)*"|(?<=\bkeys (?:here )?are )[\w, ]+/gu;

/** A message about a field that calls fields by the titles in the form instead of the names in files. */
export function partsOf(message: string, pointer: string, form: Form): readonly Part[] {
  const parts: Part[] = [];
  let end = 0;
  for (const { 0: found, index } of message.matchAll(names)) {
    parts.push(message.slice(end, index), ...named(found, pointer, form));
    end = index + found.length;
  }
  return [...parts, message.slice(end)].map((part) => (typeof part === 'string' ? inWordsOfForm(part) : part));
}

/** The same as a text. */
export function worded(message: string, pointer: string, form: Form): string {
  return partsOf(message, pointer, form)
    .map((part) => (typeof part === 'string' ? part : `“${part.title}”`))
    .join('');
}

function named(found: string, pointer: string, form: Form): readonly Part[] {
  if (found.startsWith('/')) return [pointed(found, form) ?? found];
  // the names of a list, and the text between them
  if (!found.startsWith('"')) return found.split(/(, | and )/).map((word) => near(word, pointer, form) ?? word);
  const name = found.slice(1, -1);
  // typed text is not a name
  if (valueAt(form.value, pointer) === name) return [found];
  return [pointed(name, form) ?? near(name, pointer, form) ?? found];
}

function pointed(pointer: string, form: Form): Part | undefined {
  const steps = pointerSteps(pointer) ?? [];
  const isField = steps.length > 0 && fieldAt(form.fields, form.root, steps) !== undefined;
  return isField ? { title: titleIn(form, pointer), name: pointer } : undefined;
}

/** A field by its name: one of those in the field that a message is about, or else beside it, or above. */
function near(name: string, pointer: string, { fields, root }: Form): Part | undefined {
  const steps = pointerSteps(pointer) ?? [];
  for (let depth = steps.length; depth >= 0; depth--) {
    const around = fieldAt(fields, root, steps.slice(0, depth));
    const inner = around?.properties.find((each) => each.name === name)?.field;
    if (inner !== undefined) return { title: fields[inner]?.title ?? name, name };
  }
  return undefined;
}

/** A form has fields where a file has keys. */
function inWordsOfForm(words: string): string {
  return words
    .replace(
      /\belements (\d+) and (\d+) of\b/u,
      (_, one, other) => `entries ${Number(one) + 1} and ${Number(other) + 1} of`,
    )
    .replace(/\bkeys (?=(?:here )?are )/u, 'fields ')
    .replace('leave the key out', 'leave it empty')
    .replace('unknown key', 'unknown field');
}
