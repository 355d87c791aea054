import { addElement } from './addElement.ts';
import { briefly } from './briefly.ts';
import { checkLatest, isChecked } from './checking.ts';
import { isIn } from '../edit.ts';
import { focusField } from './focus.ts';
import { list } from '../../../base/text.ts';
import { firstField, isChoice, isInForm, isList, titleOf } from './formFields.ts';
import { leftEmpty } from './reveal.ts';
import { say, sayWhile } from './notice.ts';
import type { RecordMessage } from '../messages.ts';
import type { Left } from './left.ts';
import { notePresses } from './pressing.ts';
import { focused, isChanged, recordNow } from './state.ts';
import { takeTyped } from './takeTyped.ts';
import { goingOn } from './typedAhead.ts';
import { following, left, nextLeft, sentenceOf, warnings } from './toDo.ts';

/** Goes to the next thing to do after the field in focus. */
export function next(): Promise<void> {
  return goingOn(goToNext);
}

async function goToNext(): Promise<void> {
  takeTyped();
  // a choice can make other fields required; other values cannot, so they need no wait
  if (isChoice(focused.value)) await briefly(checkLatest());
  if (left.value.length === 0) await briefly(checkLatest());
  const found =
    leftBehind() ?? nextLeft(seen?.of === recordNow.value ? seen?.pointers : undefined) ?? following(warnings.value);
  seen = { of: recordNow.value, pointers: new Set(left.value.map(({ pointer }) => pointer)) };
  if (found === undefined) return say(isChecked() ? complete() : unchecked);
  const { pointer, what } = found;
  if (what === 'fill in' && isList(pointer)) {
    addElement(pointer);
    // the field that gets the focus was just added
    return ask(left.value.find((each) => isIn(each.pointer, pointer)) ?? found);
  }
  focusField(pointer);
  ask(found);
}

/** What to say if the server has not checked the record yet. */
const unchecked = 'The record is still being checked: press Alt+J again.';

/** That nothing is left to do, and which fields are still empty. */
function complete(): string {
  if (!isChanged.value) return 'This record is complete and saved.';
  const empty = list(leftEmpty().map(titleOf));
  const without = empty === '' ? '' : ` Left out, since empty: ${empty}.`;
  return `This record is complete: press Ctrl+S to save it.${without}`;
}

/** Says what to do at a field, until it is done. */
function ask(found: Left): void {
  const isSame = ({ pointer, what }: Left): boolean => pointer === found.pointer && what === found.what;
  sayWhile(sentenceOf(found), () => [...left.value, ...warnings.value].some(isSame));
}

/**
 * Focuses the field where the work on a record that was just opened begins. If nothing is left to do, another place can
 * get the focus.
 */
export async function goToFirst(ifDone: () => void = focusFirst): Promise<void> {
  const [now, isElsewhere] = [recordNow.value, notePresses()];
  await briefly(checkLatest());
  // the user may have gone elsewhere meanwhile
  if (recordNow.value !== now || focused.value !== undefined || isElsewhere()) return;
  if (left.value.length + warnings.value.length > 0) focusFirst();
  else ifDone();
}

/** Focuses the first field with something to do, or else the first field. */
export function focusFirst(): void {
  const found = [...left.value, ...warnings.value].find(({ pointer }) => isInForm(pointer));
  const pointer = found?.pointer ?? firstField();
  if (pointer !== undefined) focusField(pointer);
}

/** The empty field that the user left for the text, to find words to cite. */
function leftBehind(): Left | undefined {
  if (document.activeElement?.id !== 'text') return undefined;
  return left.value.find(({ pointer, what }) => what === 'fill in' && pointer === focused.value);
}

/** What was left to do at the last step, and in which record. */
let seen: { readonly of: RecordMessage | undefined; readonly pointers: ReadonlySet<string> } | undefined;
