import { drawn } from './drawn.ts';
import { notice, say } from './notice.ts';
import { doByDefault } from './pressKey.ts';

/** Keys pressed since the page began to look for the field that they are meant for. */
const held: KeyboardEvent[] = [];

/** How many such searches are going on, and how many of them leave the field in focus as it is. */
let searches = 0;
let staying = 0;

/**
 * Goes to another field, which may take a moment. Keys that are pressed meanwhile are meant for that field. If the work
 * stays at the field in focus, what is typed is meant for this one, until a command is pressed, which waits. If the
 * work returns false, it did not get there: then the held keys are dropped, since they were meant for something else.
 */
export async function goingOn(work: () => Promise<unknown>, stays = false): Promise<void> {
  searches++;
  if (stays) staying++;
  try {
    if ((await work()) === false) dropHeld();
  } finally {
    await drawn();
    searches--;
    if (stays) staying--;
    await repeatHeld();
  }
}

/** Keys besides characters that can be repeated. */
const repeatable: ReadonlySet<string> = new Set([
  'Enter',
  'Tab',
  'Backspace',
  'Escape',
  'ArrowDown',
  'ArrowUp',
  'ArrowLeft',
  'ArrowRight',
]);

/** Holds a key until the field that it is meant for has the focus. Gives whether it did: then nothing else may see it. */
export function holdKey(event: KeyboardEvent, isCommand: boolean): boolean {
  if (searches === 0 || event.isComposing) return false;
  const { key, altKey, ctrlKey, metaKey } = event;
  // AltGr is reported as Ctrl and Alt
  const isModified = (altKey || ctrlKey || metaKey) && !event.getModifierState('AltGraph');
  const isPlain = !isModified && (key.length === 1 || repeatable.has(key));
  if (!isPlain && !isCommand) return false;
  if (!isCommand && staying === searches && held.length === 0) return false;
  held.push(event);
  event.preventDefault();
  event.stopImmediatePropagation();
  return true;
}

function dropHeld(): void {
  if (held.length === 0) return;
  held.length = 0;
  say(`${notice.value?.text ?? ''} The keys that you pressed meanwhile have had no effect.`.trim(), true);
}

/** Presses the held keys one by one, until one of them begins another search. */
async function repeatHeld(): Promise<void> {
  const key = searches > 0 ? undefined : held.shift();
  if (key === undefined) return;
  const at = document.activeElement ?? document.body;
  if (at.dispatchEvent(new KeyboardEvent('keydown', key))) doByDefault(at, key);
  // the next key acts on what this one has changed
  await drawn();
  await repeatHeld();
}
