import { below, pointerSteps } from '../../../json/json.ts';
import { unciting, valueAt } from '../edit.ts';
import { drawn } from './drawn.ts';
import { edit, remove } from './editing.ts';
import { afterRemoval, focusField } from './focus.ts';
import { isFixed, titleOf } from './formFields.ts';
import { spansOfField } from './left.ts';
import { say } from './notice.ts';
import { shortForms } from './shortWords.ts';
import { wordsOf } from './sourceText.ts';
import { goingOn } from './typedAhead.ts';
import { content, dialog, focused, opened, spansNow } from './state.ts';

/** Something that can be removed, by what it is called. */
export interface Removable {
  readonly label: string;
  readonly remove: () => void;
}

/** The most characters of a span that its chip or choice shows. */
export const mostOfSpan = 28;

/** The words of the spans that support a field: all, and as short as a chip is. */
export function spanLabels(pointer: string): readonly { readonly index: number; readonly words: string }[] {
  const spans = spansNow.value;
  return spansOfField({ spans }, pointer).own.flatMap((index) => {
    const span = spans[index];
    if (span === undefined) return [];
    return [{ index, words: wordsOf(span) ?? `${span.source} ${span.start}–${span.end}` }];
  });
}

/** The spans of the field in focus. */
function removableSpans(): readonly Removable[] {
  const pointer = focused.value;
  if (pointer === undefined) return [];
  const spans = spanLabels(pointer);
  const forms = shortForms(
    spans.map(({ words }) => words),
    2 * mostOfSpan,
  );
  return spans.map(({ index }, i) => ({
    label: `“${forms[i] ?? ''}”`,
    remove: () => uncite(pointer, index, forms[i] ?? ''),
  }));
}

/** Removes a span of a field, and says which: `words` are a short form of its own. */
export function uncite(pointer: string, index: number, words: string): void {
  edit((before) => unciting(before, index, pointer));
  say(`No longer cited for ${titleOf(pointer)}: “${words}”. Ctrl+Z undoes it.`);
}

/** The field in focus, and the entries, lists and groups that it is in, from the inside out. */
function removableFields(): readonly Removable[] {
  const steps = pointerSteps(focused.value ?? '') ?? [];
  const all = steps.map((_, i) => steps.slice(0, steps.length - i).reduce(below, ''));
  return all.filter(isRemovable).map((pointer) => ({ label: titleOf(pointer), remove: () => takeOut(pointer) }));
}

function isRemovable(pointer: string): boolean {
  const value = valueAt(content.value?.value ?? {}, pointer);
  return (value !== undefined || opened.value.has(pointer)) && !isFixed(pointer, value);
}

/** Removes a field or an entry with its evidence, closes what was opened in it, and goes to the field that follows. */
export function takeOut(pointer: string): void {
  const [title, next] = [titleOf(pointer), afterRemoval(pointer)];
  remove([pointer]);
  say(`Removed: ${title}. Ctrl+Z undoes it.`);
  void goingOn(async () => {
    await drawn();
    if (next !== undefined) focusField(next);
  });
}

/** What the dialog asks about. */
export const removable = { spans: removableSpans, fields: removableFields };

/** Removes the evidence of the field in focus; asks which if it has several spans. */
export function removeSpan(): void {
  const pointer = focused.value;
  if (content.value === undefined || pointer === undefined) return say('No field is chosen: click one first.');
  const [first, ...others] = removableSpans();
  if (first === undefined) return say(`${titleOf(pointer)} cites no words of its own.`);
  if (others.length === 0) first.remove();
  else dialog.value = 'remove evidence';
}

/** Removes the field in focus; asks what to remove if it is in an entry, list or group. */
export function removeField(): void {
  const pointer = focused.value;
  if (content.value === undefined || pointer === undefined) return say('No field is chosen: click one first.');
  const [first, ...others] = removableFields();
  if (first === undefined) return say(`${titleOf(pointer)} has nothing to remove.`);
  if (others.length === 0) void keepingFocus(first.remove);
  else dialog.value = 'remove field';
}

/** Makes a change. If the field in focus is gone then, the next one gets the focus, or else the one before. */
export async function keepingFocus(change: () => void): Promise<void> {
  const before = pointersInForm();
  const at = Math.max(before.indexOf(focused.value ?? ''), 0);
  change();
  await drawn();
  const active = document.activeElement;
  if (active !== null && active !== document.body) return;
  const now = new Set(pointersInForm());
  const next = [...before.slice(at), ...before.slice(0, at).toReversed()].find((each) => now.has(each));
  if (next !== undefined) focusField(next);
}

/** The fields with a control, in the order of the form. */
function pointersInForm(): readonly string[] {
  return [...document.querySelectorAll<HTMLElement>('#form .field[data-pointer]')].flatMap(
    (each) => each.dataset['pointer'] ?? [],
  );
}
