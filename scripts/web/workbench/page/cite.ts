import { count, list } from '../../../base/text.ts';
import type { Json } from '../../../json/json.ts';
import { briefly } from './briefly.ts';
import { checkLatest } from './checking.ts';
import { citing, isBlank, valueAt } from '../edit.ts';
import { withoutOldSentence } from './dateByHand.ts';
import { siblingsOf } from './earlierDate.ts';
import { edit, fillInWritten } from './editing.ts';
import { fillsFromText, namesWords, needsEvidence, titleOf } from './formFields.ts';
import { uncitedIn } from './left.ts';
import { say } from './notice.ts';
import { canHaveNumber } from './numberIn.ts';
import { wordsForAll, wordsOf } from './sourceText.ts';
import {
  type Words,
  content,
  copiedAt,
  focused,
  inHand,
  inView,
  open,
  selection,
  source,
  spansNow,
  waiting,
} from './state.ts';
import { withValue } from './setValue.ts';
import { unnamedIn } from './unnamed.ts';
import { selectedValueFor } from './suggested.ts';
import { goingOn } from './typedAhead.ts';
import { left } from './toDo.ts';
import { isSameWords } from './sameWords.ts';
import { holds } from './wordsInText.ts';

/** Makes the selected words evidence for the field in focus, or else those that fields cite as they are filled in. */
export function citeFocused(): void {
  const words = selection.value ?? inHand.value;
  const pointer = focused.value;
  if (open.value === undefined) return say('Open a record first.');
  if (words === undefined) return askForWords();
  if (pointer === undefined) return say('No field is chosen: click one, then press Alt+E.');
  const now = content.value;
  // words for a record that is made in place are where its name is: its other fields cite them too
  const isFirst = waiting.value.length > 0 && inHand.value === undefined && now?.spans.length === 0;
  if (isFirst && uncited().length > 0) return citeFirst(words, pointer);
  if (now !== undefined && isBlank(valueAt(now.value, pointer))) {
    const text = fillsFromText(pointer) ? wordsOf(words)?.replace(/\s+/gu, ' ') : undefined;
    const value = text ?? selectedValueFor(pointer);
    if (value === undefined) return say('Fill in the field first, then cite words for it.');
    edit((before) => citing(withoutOldSentence(withValue(before, pointer, value), pointer), words, [pointer]));
    return say(`Filled in and cited: ${titleOf(pointer)}.`);
  }
  const isCitedAlready = spansNow.value.some((span) => isSameWords(span, words) && span.supports.includes(pointer));
  if (isCitedAlready) return say(`${titleOf(pointer)} cites these words already. Alt+Delete removes them.`);
  edit((before) => citing(before, words, [pointer]));
  say(`Cited for ${titleOf(pointer)}.${stillHas(pointer, words)}`);
}

/** Makes the first words of a record that is made in place evidence for all that it has, and for what follows. */
function citeFirst(words: Words, pointer: string): void {
  const isFilled = content.value !== undefined && !isBlank(valueAt(content.value.value, pointer));
  const pointers = [...new Set([...(isFilled ? [pointer] : []), ...uncited()])];
  edit((before) => citing(before, words, pointers));
  inHand.value = words;
  void goingOn(async () => {
    const written = (await fillInWritten(words)) ?? '';
    say(`Cited for ${list(pointers.map(titleOf))}. ${written}Each field that you fill in cites these words too.`);
  });
}

/** What to say if a field of words of the text has other ones than those that it cites now. */
function stillHas(pointer: string, words: Words): string {
  const own = content.value === undefined ? undefined : valueAt(content.value.value, pointer);
  if (typeof own !== 'string' || !fillsFromText(pointer) || own === wordsOf(words)?.replace(/\s+/gu, ' ')) return '';
  return ` Its text is still “${own}”. Empty the field first if these words should replace it.`;
}

/** Makes words evidence for every field that needs some and has none. */
export async function citeAllLeft(): Promise<void> {
  const words = wordsForAll.value;
  const form = open.value?.form;
  if (form === undefined) return say('Open a record first.');
  if (words === undefined) return askForWords();
  await briefly(checkLatest());
  // the user may have opened another record or text meanwhile
  if (open.value?.form !== form || inView(words) === undefined) return;
  const uncitedYet = left.value.filter(({ what }) => what === 'cite').map(({ pointer }) => pointer);
  if (uncitedYet.length === 0) return say('Every field has the evidence that it needs.');
  const pointers = uncitedYet.filter((pointer) => canCite(pointer, words));
  const others = uncitedYet.filter((pointer) => !pointers.includes(pointer));
  const rest = others.length === 0 ? '' : ` Not for ${list(others.map(titleOf))}: the words do not have it.`;
  if (pointers.length === 0) return say(`Nothing is cited.${rest}`);
  edit((before) => citing(before, words, pointers));
  const cited = `Cited for ${count(pointers.length, 'field')}.${rest}`;
  say(`${cited} Press Ctrl+Z to undo.`);
  void tellOfUnnamed(pointers, words, cited);
}

/** Adds to what was said about cited words which references they do not name. */
async function tellOfUnnamed(pointers: readonly string[], words: Words, cited: string): Promise<void> {
  const now = content.value;
  const unnamed = await unnamedIn(pointers, wordsOf(words) ?? '');
  if (unnamed.length > 0 && content.value === now)
    say(`${cited} Check ${list(unnamed.map(titleOf))}: the words do not have the name. Press Ctrl+Z to undo.`);
}

/**
 * Whether words can support a field: one that must have words of the text has these, and so has a copied number. A date
 * with such words beside it is in these.
 */
function canCite(pointer: string, words: Words): boolean {
  const own = ownOf(pointer);
  const beside = siblingsOf(pointer);
  if (beside.find((each) => each.pointer === pointer)?.field.kind === 'date')
    return beside.every((each) => !each.hasWords || isBlank(ownOf(each.pointer)) || canCite(each.pointer, words));
  if (typeof own === 'number') return own !== copiedAt(pointer) || canHaveNumber(wordsOf(words) ?? '', own);
  return typeof own !== 'string' || !fillsFromText(pointer) || holds(words, own);
}

function ownOf(pointer: string): Json | undefined {
  return content.value === undefined ? undefined : valueAt(content.value.value, pointer);
}

/**
 * Makes each field without evidence cite the selected words when it is filled in or changed; with the same words again,
 * stops that. Fields that are filled in already cite them at once if the words contain their text.
 */
export function citeAsYouFillIn(): void {
  const [before, words] = [inHand.value, selection.value];
  if (before === undefined && words === undefined) return askForWords();
  const isSame = words === undefined || isSameWords(before, words);
  inHand.value = before !== undefined && isSame ? undefined : words;
  if (inHand.value === undefined) return say('Fields that you fill in no longer cite these words.');
  const cited = citeFilledIn(inHand.value);
  const at = focused.value;
  const isFilled = at !== undefined && content.value !== undefined && !isBlank(valueAt(content.value.value, at));
  const from = at === undefined || isFilled ? '' : `, from ${titleOf(at)} on`;
  say(
    `${cited.length === 0 ? '' : `Cited for ${list(cited.map(titleOf))}. `}Each field without evidence that you ` +
      `fill in or change now cites these words${from}. Press Alt+W to stop.` +
      (at !== undefined && isFilled && uncited().includes(at) ? ` For ${titleOf(at)} as it is, press Alt+E.` : ''),
  );
}

/** Says that no words are selected, or why none can be. */
export function askForWords(): void {
  const isShown = source.value?.text !== undefined;
  say(isShown ? 'Select words in the text first.' : 'No text is open: choose a source first.');
}

function uncited(): readonly string[] {
  return content.value === undefined ? [] : uncitedIn(content.value, needsEvidence);
}

/** Makes words evidence for the fields without any whose text they contain. Returns the pointers of these. */
function citeFilledIn(words: Words): readonly string[] {
  const value = content.value?.value ?? {};
  const pointers = uncited().filter((pointer) => {
    const own = valueAt(value, pointer);
    // a number can be anywhere in a text: only that of the field in focus is meant
    if (typeof own === 'number') return pointer === focused.value && holds(words, String(own));
    return typeof own === 'string' && namesWords(pointer) && holds(words, own);
  });
  if (pointers.length > 0) edit((before) => citing(before, words, pointers));
  return pointers;
}
