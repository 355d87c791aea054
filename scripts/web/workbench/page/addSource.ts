import { batch } from '@preact/signals';
import { type Json, type JsonObject, below, isObject, member } from '../../../json/json.ts';
import type { Field } from '../messages.ts';
import { ask } from './api.ts';
import type { Answers } from './asked.ts';
import { forgetBegun } from './begunSource.ts';
import { makeFor } from './createInPlace.ts';
import { closerOfDialog } from './dialogCloser.ts';
import { citing, isIn, parentOf } from '../edit.ts';
import { edit } from './editing.ts';
import { needsEvidence } from './formFields.ts';
import { attempt, say } from './notice.ts';
import { leave, show } from './openRecords.ts';
import { openSource } from './openSource.ts';
import { reveal } from './reveal.ts';
import { fields, start, table } from './state.ts';
import { takeDate } from './takeDate.ts';
import { nearestIn } from './wordsInText.ts';
import { given } from './sourceFile.ts';

/** A text to add, and its origin. An empty value is unknown. */
export interface NewText {
  readonly table: string;
  readonly text: string;
  readonly url: string;
  readonly id: string;
  readonly answers: Answers;
}

/** Saves a text, and opens the record of its source to be filled in. Returns whether it did. */
export async function addSource({ table: name, text, url, id, answers }: NewText): Promise<boolean> {
  const before = given.value;
  const close = closerOfDialog();
  if (!(await leave())) return false;
  const known = { ...(id === '' ? {} : { id }), ...(url === '' ? {} : { url }) };
  const made = [...answers].flatMap(([pointer, answer]) =>
    'name' in answer ? [{ pointer, ...answer, beside: besideOf(pointer, answers) }] : [],
  );
  const waiting = new Set(made.flatMap(({ pointer, beside }) => [pointer, ...beside.map(([at]) => at)]));
  const others = new Map([...answers].filter(([pointer]) => !waiting.has(pointer)));
  const record = await attempt(() => ask('addSource', { table: name, text, ...known, values: valuesIn(others) }));
  if (record === undefined) return false;
  // the dialog is not drawn without what was in it
  batch(() => {
    forgetBegun();
    if (start.value !== undefined) start.value = { ...start.value, incoming: undefined };
    // the dialog is that of another file if one was dropped meanwhile
    if (given.value !== before) return;
    given.value = undefined;
    close();
  });
  show(record);
  const key = table.value?.key;
  const own = key === undefined ? undefined : member(record.value, key);
  if (typeof own !== 'string') return true;
  await openSource(own);
  citeAnswers(others);
  fillInBeside(others);
  for (const pointer of webFields(table.value?.field ?? 0, record.value)) reveal(pointer);
  say('Text saved. Now describe the source: press Alt+J to go to the next field.');
  await makeFor(made);
  return true;
}

/** The values beside a field, in the same object. */
function besideOf(pointer: string, answers: Answers): readonly (readonly [string, Json])[] {
  const above = parentOf(pointer);
  if (above === '') return [];
  return [...answers].flatMap(([at, answer]) =>
    at !== pointer && isIn(at, above) && 'value' in answer ? [[at, answer.value] as const] : [],
  );
}

function valuesIn(answers: Answers): JsonObject {
  return Object.fromEntries([...answers].flatMap(([at, answer]) => ('value' in answer ? [[at, answer.value]] : [])));
}

/** Cites the words of the text that an answer is from, where the schema wants evidence. */
function citeAnswers(answers: Answers): void {
  for (const [pointer, answer] of answers) {
    if (!('value' in answer) || !needsEvidence(pointer)) continue;
    const words = answer.words ?? (typeof answer.value === 'string' ? answer.value : undefined);
    const spot = words === undefined ? undefined : nearestIn(words, 0);
    if (spot !== undefined) edit((before) => citing(before, spot, [pointer]));
  }
}

/** Fills in what is beside a day that the text offered, as the button of its field would: its words as written. */
function fillInBeside(answers: Answers): void {
  const day = table.value?.asked.find(({ about }) => about === 'day')?.pointer;
  const answer = answers.get(day ?? '');
  if (day === undefined || answer === undefined || !('value' in answer) || answer.words === undefined) return;
  const words = nearestIn(answer.words, 0);
  if (words !== undefined) takeDate(day, { date: answer.value, grounds: 'stated', sentence: '', words });
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
