import type { Suggestion } from '../messages.ts';
import { focusField } from './focus.ts';
import { fieldOf, titleOf } from './formFields.ts';
import { say } from './notice.ts';
import { focused, lastSelected, selection, source, suggestions } from './state.ts';
import { showWords } from './TextPane.tsx';

/** What a field gets from a suggestion; undefined if the suggestion does not fit. */
function valueFor({ kind, value, table: of }: Suggestion, pointer: string): string | number | undefined {
  const field = fieldOf(pointer);
  if (kind === 'number') return field?.kind === 'number' ? value : undefined;
  if (kind === 'date') return field?.kind === 'date' ? value : undefined;
  return field?.kind === 'reference' && of !== undefined && field.tables.includes(of) ? value : undefined;
}

/** What a field gets from the suggestion that is selected. */
export function selectedValueFor(pointer: string): string | number | undefined {
  const words = selection.value;
  if (words?.source !== source.value?.id) return undefined;
  const here = (suggestions.value ?? []).filter(({ start, end }) => start === words?.start && end === words.end);
  return here.map((each) => valueFor(each, pointer)).find((value) => value !== undefined);
}

/** Selects the next suggestion that fits the field in focus; any, if none fits. The field keeps the focus. */
export function nextSuggestion(): void {
  const [all, pointer] = [suggestions.value ?? [], focused.value];
  const fitting = pointer === undefined ? [] : all.filter((each) => valueFor(each, pointer) !== undefined);
  const list = fitting.length > 0 ? fitting : all;
  const at = lastSelected.value?.start ?? -1;
  const found = list.find(({ start }) => start > at) ?? list[0];
  if (found === undefined) return say('There are no suggestions for this text.');
  const isInForm = document.querySelector('#form')?.contains(document.activeElement) === true;
  showWords(found.start, found.end);
  // the browser moves the focus to the selection
  if (isInForm && pointer !== undefined) focusField(pointer);
  const use = fitting.length > 0 && pointer !== undefined ? ` Alt+E uses it for ${titleOf(pointer)}.` : '';
  say(`${found.kind}: ${found.meaning} (${list.indexOf(found) + 1} of ${list.length}).${use}`);
}
