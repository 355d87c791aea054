import { drawn } from './drawn.ts';
import { notice, say } from './notice.ts';
import { doByDefault } from './pressKey.ts';
import { type TextChange, changeText, isTextControl } from './textControl.ts';

/** The input since the page began to look for the field that it is meant for. */
const held: (KeyboardEvent | TextChange)[] = [];

/** The number of such searches in progress, and of those that leave the focus where it is. */
let searches = 0;
let staying = 0;

/**
 * Goes to another field, which may take a moment. Keys pressed meanwhile are meant for that field. If the work stays at
 * the field in focus, text is meant for this one until the key of a command, which waits. If the work returns false, it
 * did not get there: then the held keys are dropped, because they were meant for something else.
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
    if (composing !== undefined && isReplaced(composing)) holdComposed(composing.at, composing.text);
    await repeatHeld();
  }
}

/** Keys besides characters that can be repeated. */
const repeatable: ReadonlySet<string> = new Set([
  'Enter',
  'Tab',
  'Backspace',
  'Delete',
  'Escape',
  'Home',
  'End',
  'ArrowDown',
  'ArrowUp',
  'ArrowLeft',
  'ArrowRight',
]);

/** Whether typed text is meant for a field that does not have the focus yet. */
function isHolding(): boolean {
  return settling !== undefined || composing !== undefined || (searches > 0 && (staying < searches || held.length > 0));
}

/**
 * Holds a key until the field that it is meant for has the focus. Returns whether it did: then no other handler may get
 * the key.
 */
function holdKey(event: KeyboardEvent, isCommand: boolean): boolean {
  if (event.isComposing) return false;
  // a composition whose field is gone never ends
  if (composing !== undefined && event.key !== 'Process') holdComposed(composing.at, composing.text);
  const { key, altKey, ctrlKey, metaKey } = event;
  // AltGr is reported as Ctrl and Alt
  const isModified = (altKey || ctrlKey || metaKey) && !event.getModifierState('AltGraph');
  const isPlain = isModified ? isSelectAll(event) : key.length === 1 || repeatable.has(key);
  const isHeld = isCommand ? searches > 0 || isHolding() : isPlain && isHolding();
  if (!isHeld) return false;
  held.push(event);
  stop(event);
  return true;
}

function isSelectAll({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): boolean {
  return (ctrlKey || metaKey) && !altKey && !shiftKey && key.toLowerCase() === 'a';
}

/** Holds a key before all that were pressed after it. */
export function holdFirst(event: KeyboardEvent): void {
  held.unshift(event);
}

function stop(event: Event): void {
  event.preventDefault();
  event.stopImmediatePropagation();
}

/** Holds pasted text. */
function holdPaste(event: ClipboardEvent): void {
  if (!isHolding()) return;
  stop(event);
  held.push({ inputType: 'insertFromPaste', text: event.clipboardData?.getData('text/plain') ?? '' });
}

/** Holds a change that no held key makes: the deletion of a word, or a character typed with the Option key of a Mac. */
function holdChange(event: InputEvent): void {
  // a drop with the mouse is meant for the field under it
  if (!isHolding() || !event.cancelable || event.isComposing || event.inputType === 'insertFromDrop') return;
  stop(event);
  // the selection to cut is in the other field
  if (event.inputType !== 'deleteByCut') held.push({ inputType: event.inputType, text: event.data ?? '' });
}

/** A text that an input method or a dead key composes in a field that it is not meant for. */
interface Composing {
  readonly at: HTMLInputElement | HTMLTextAreaElement;
  /** The field as it was before. */
  readonly value: string;
  readonly start: number | null;
  readonly end: number | null;
  /** The composed text so far. */
  readonly text: string;
  /** The field with it. */
  readonly shown: string;
}

let composing: Composing | undefined;
let isDropped = false;

/** The field in which a composition has just ended: Firefox reports its change after the end. */
let settling: EventTarget | undefined;

/** No page can prevent a composition. It happens in the field in focus, which then gets its text back. */
function beginComposition({ target: at }: CompositionEvent): void {
  if (!isHolding() || !isTextControl(at)) return;
  const { value, selectionStart: start, selectionEnd: end } = at;
  composing = { at, value, start, end, text: '', shown: value };
  isDropped = false;
}

function updateComposition({ data: text }: CompositionEvent): void {
  if (composing !== undefined) composing = { ...composing, text };
}

/** Hides a composed text from the page, which would take it for the text of the field. */
function hideComposed(event: Event): void {
  if (event.target !== settling && event.target !== composing?.at) return;
  event.stopImmediatePropagation();
  if (composing !== undefined) composing = { ...composing, shown: composing.at.value };
}

/** Holds the composed text. */
function endComposition({ data }: CompositionEvent): void {
  if (composing === undefined) return;
  const { at, value, start, end } = composing;
  if (!isReplaced(composing)) {
    at.value = value;
    at.setSelectionRange(start, end);
  }
  holdComposed(at, data);
}

/** Whether the field is gone or has another text of the page: the composition then ends without an event. */
function isReplaced({ at, value, shown }: Composing): boolean {
  return !at.isConnected || (at.value !== shown && at.value !== value);
}

function holdComposed(at: EventTarget, text: string): void {
  composing = undefined;
  settling = at;
  if (!isDropped) held.push({ inputType: 'insertText', text });
  setTimeout(() => {
    settling = undefined;
    void repeatHeld();
  });
}

function dropHeld(): void {
  isDropped = true;
  if (held.length === 0 && composing === undefined) return;
  held.length = 0;
  say(`${notice.value?.text ?? ''} The keys that you pressed meanwhile have had no effect.`.trim(), true);
}

/** Replays the held input, one by one, until a key begins another search. */
async function repeatHeld(): Promise<void> {
  const isWaiting = searches > 0 || composing !== undefined || settling !== undefined;
  const next = isWaiting ? undefined : held.shift();
  if (next === undefined) return;
  const at = document.activeElement ?? document.body;
  if (!(next instanceof KeyboardEvent)) changeText(at, next);
  else if (at.dispatchEvent(new KeyboardEvent('keydown', next))) doByDefault(at, next);
  // the next key acts on what this one has changed
  await drawn();
  await repeatHeld();
}

/** Whether a key is that of a command of the page. */
export let isCommandKey: (event: KeyboardEvent) => boolean = () => false;

/** Listens for all input before any field does. Returns a function that stops it. */
export function listenFirst(isCommand: (event: KeyboardEvent) => boolean): () => void {
  isCommandKey = isCommand;
  const ended = new AbortController();
  const first = { capture: true, signal: ended.signal };
  document.addEventListener('keydown', (event) => void holdKey(event, isCommand(event)), first);
  document.addEventListener('paste', holdPaste, first);
  document.addEventListener('beforeinput', holdChange, first);
  document.addEventListener('compositionstart', beginComposition, first);
  document.addEventListener('compositionupdate', updateComposition, first);
  document.addEventListener('input', hideComposed, first);
  document.addEventListener('compositionend', endComposition, first);
  return () => ended.abort();
}
