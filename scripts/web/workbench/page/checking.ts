import type { RecordContent } from '../messages.ts';
import { ask } from './api.ts';
import { edited } from './keeping.ts';
import { attempt } from './notice.ts';
import { alike, checked, content, open, suggestions } from './state.ts';

/** How many checks were asked for. */
let asked = 0;

let checkTimer: ReturnType<typeof setTimeout> | undefined;

/** Milliseconds from the last change to the check. */
const checkPause = 30;

/** What the last check was about. */
let contentChecked: RecordContent | undefined;

/** Checks the record, unless the last check was about what it is now: then nothing has to be waited for. */
export async function checkLatest(): Promise<void> {
  if (content.value !== contentChecked) await checkNow();
}

/** Checks the record in the form; the answer of an older check is dropped. */
export async function checkNow(): Promise<void> {
  const [of, now] = [open.value, edited()];
  if (of === undefined || now === undefined) return;
  // the check that waits would ask the same again, and this answer would be too old
  clearTimeout(checkTimer);
  const number = ++asked;
  const found = await attempt(() => ask('check', now));
  // an older answer than the last question is of no use
  if (found === undefined || number !== asked) return;
  contentChecked = of.history.now;
  // the same findings are no reason to draw the form again
  if (JSON.stringify(found) !== JSON.stringify(checked.value)) checked.value = found;
  await lookForAlike(now, number);
}

/** Looks for records that this one may repeat, where suggestions are wanted. */
async function lookForAlike(now: NonNullable<ReturnType<typeof edited>>, number: number): Promise<void> {
  const found = suggestions.value === undefined ? [] : ((await attempt(() => ask('alike', now))) ?? []);
  if (number === asked && JSON.stringify(found) !== JSON.stringify(alike.value)) alike.value = found;
}

/** Checks the record when nobody has typed for a moment. */
export function checkSoon(): void {
  clearTimeout(checkTimer);
  checkTimer = setTimeout(() => void checkNow(), checkPause);
}
