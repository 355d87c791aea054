import { addElement } from './addElement.ts';
import { checkLatest } from './checking.ts';
import { focusField } from './focus.ts';
import { isCode, isList, titleOf } from './formFields.ts';
import { say } from './notice.ts';
import { focused } from './state.ts';
import { nextLeft } from './toDo.ts';

/** Milliseconds to wait for a check before going on, so that typing is not held up. */
const mostWaited = 150;

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, milliseconds));
}

/** Goes to the next thing to do after the field in focus. */
export async function next(): Promise<void> {
  // a code can make other fields required; other values cannot, so they need no wait
  if (isCode(focused.value)) await Promise.race([checkLatest(), pause(mostWaited)]);
  if (nextLeft() === undefined) await checkLatest();
  const following = nextLeft();
  if (following === undefined) return say('This record is complete.');
  const { pointer, what, words } = following;
  if (what === 'fill in' && isList(pointer)) addElement(pointer);
  else focusField(pointer);
  say(
    what === 'cite'
      ? `${titleOf(pointer)}: select the words in the text that support it, then press Alt+E.`
      : what === 'fill in'
        ? `${titleOf(pointer)}: fill it in.`
        : `${titleOf(pointer)}: ${words}`,
  );
}
