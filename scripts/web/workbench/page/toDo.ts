import { computed } from '@preact/signals';
import { type Json, isArray, pointerSteps } from '../../../json/json.ts';
import type { Checked, TableMessage } from '../messages.ts';
import { isIn, valueAt } from '../edit.ts';
import { blanks, isSavedWith } from './fieldProblems.ts';
import { worded } from './fieldWords.ts';
import { formNow, needsEvidence, titleOf } from './formFields.ts';
import { labelNow } from './recordName.ts';
import { type Left, fieldAt, leftIn, missingLeaves, spansOfField, uncitedIn } from './left.ts';
import { wordsForAll, wordsOf } from './sourceText.ts';
import { alike, checked, content, fields, focused, table } from './state.ts';

/** What is known about a record before its first check: which fields the schema always requires. */
const nothingFound: Checked = { problems: [], missing: [], id: undefined };

/** What is left to do in the record, in the order of the form. */
export const left = computed(() => {
  const [of, now, found] = [table.value, content.value, checked.value ?? nothingFound];
  if (of === undefined || now === undefined) return [];
  const id = of.key === undefined ? [] : [of.key];
  const leaves = missingLeaves(fields.value, of.field, now.value, [...of.hidden, ...id]);
  // missing evidence is listed at the fields that need it
  const missing = found.missing.filter(
    // what was filled in since the last check is not missing
    (pointer) => pointer !== of.spansAt && valueAt(now.value, pointer) === undefined,
  );
  const toAdd = [...missing, ...[...blanks.value].filter((pointer) => !isOneOfMore(now.value, pointer))];
  const problems = found.problems.filter((problem) => !blanks.value.has(problem.pointer) && !isSavedWith(problem));
  // evidence that was cited since is not missing either
  const isCited = (pointer: string): boolean => {
    const { own, above } = spansOfField(now, pointer);
    return own.length + above.length > 0;
  };
  const lacking = { toAdd, leaves, uncited: uncitedIn(now, needsEvidence), isCited };
  return leftIn({ ...found, problems }, lacking, orderOf(of)).map((each) => ({
    ...each,
    words: worded(each.words, each.pointer, formNow()),
  }));
});

/** Whether a list has other entries than an empty one: a save leaves that out. */
function isOneOfMore(value: Json, pointer: string): boolean {
  const above = valueAt(value, pointer.slice(0, pointer.lastIndexOf('/')));
  return isArray(above) && above.some((each) => each !== '');
}

/** What deserves a look but does not prevent a save. */
export const warnings = computed<readonly Left[]>(() => [
  ...(checked.value?.problems ?? [])
    .filter(({ severity }) => severity === 'warning')
    .map(({ pointer, message }): Left => ({ pointer, what: 'look at', words: worded(message, pointer, formNow()) })),
  ...namesakes(),
]);

/** The records with a name of this one, or that say the same, as warnings at its name. */
export function namesakes(): readonly Left[] {
  const label = labelNow();
  if (label === undefined) return [];
  return alike.value.flatMap(({ id, why }): readonly Left[] => {
    const words = {
      name: `${id} has this name already`,
      'other name': `${id} also has one of the other names of this record`,
      'values and words': `${id} says the same of the same words: if both are right, let one refer to the other`,
    };
    return why === 'values' || why === 'words' ? [] : [{ pointer: label, what: 'look at', words: words[why] }];
  });
}

/**
 * What is left after the field that had the focus last, then from the start again; fields that only lack evidence come
 * when nothing else is left. Fields before it that were not among the `seen` ones come first: they became required when
 * something was filled in.
 */
export function nextLeft(seen?: ReadonlySet<string>): Left | undefined {
  const list = left.value;
  const at = focused.value;
  const since = list.find(
    ({ pointer, what }) =>
      what === 'fill in' && seen?.has(pointer) === false && at !== undefined && isBefore(pointer, at),
  );
  // evidence can be cited for all fields at once, when they have their values
  return since ?? following(list.filter(({ what }) => what !== 'cite')) ?? following(list);
}

/** The first item after the field in focus, or else the first of all. */
export function following(list: readonly Left[]): Left | undefined {
  const at = focused.value;
  return (at === undefined ? undefined : list.find(({ pointer }) => isBefore(at, pointer))) ?? list[0];
}

function isBefore(one: string, other: string): boolean {
  const order = table.value === undefined ? undefined : orderOf(table.value);
  return order !== undefined && order(one) < order(other);
}

/** The position of a field in the form: fields in schema order, elements by index. */
function orderOf({ field, spansAt }: TableMessage): (pointer: string) => number {
  return (pointer) => {
    // problems of the evidence itself have no field
    if (spansAt !== undefined && isIn(pointer, spansAt)) return Infinity;
    const steps = pointerSteps(pointer) ?? [];
    return steps.reduce((sum, step, i) => {
      const above = fieldAt(fields.value, field, steps.slice(0, i));
      const at = above?.properties.findIndex(({ name }) => name === step) ?? -1;
      return sum + ((at < 0 ? Number(step) || 0 : at) + 1) / 100 ** (i + 1);
    }, 0);
  };
}

/** Whether two say the same about a field; a fault in other words counts as another one. */
export function isSameTask(one: Left, other: Left): boolean {
  return one.pointer === other.pointer && one.what === other.what && one.words === other.words;
}

/** The most of words that a sentence repeats. Code units. */
const longestRepeated = 40;

/** That a key cites the only words that the record cites so far; empty if there are none, or others. */
function orCited(): string {
  const words = wordsForAll.value;
  const text = words === undefined ? undefined : wordsOf(words);
  if (text === undefined) return '';
  const [begun = ''] =
    text.length > longestRepeated ? (/^[^]{0,39}(?=\s)/u.exec(text) ?? [text.slice(0, longestRepeated)]) : [text];
  return ` Alt+Shift+E takes “${begun === text ? text : `${begun} …`}”.`;
}

/** What is left to do at a field, in a sentence. */
export function sentenceOf({ pointer, what, words }: Left): string {
  const title = titleOf(pointer);
  if (what === 'cite') return `${title}: select the words in the text that support it, then press Alt+E.${orCited()}`;
  return what === 'fill in' ? `${title}: fill it in.` : `${title}: ${words}`;
}
