import { focusTaken } from './focus.ts';

/** What was typed since the page began to look for the field that it is meant for. */
let typed = '';

/** How many such searches are going on. */
let searches = 0;

/** Goes to another field, which may take a moment. What is typed meanwhile is meant for that field. */
export async function goingOn(work: () => Promise<void>): Promise<void> {
  searches++;
  try {
    await work();
  } finally {
    await focusTaken();
    if (--searches === 0) write();
  }
}

/** Keeps a character for the field that is looked for. Gives whether it did: then nothing else must happen with it. */
export function keepTyped(event: KeyboardEvent): boolean {
  const { key, altKey, ctrlKey, metaKey, isComposing, defaultPrevented } = event;
  const isForField = key.length === 1 && !altKey && !ctrlKey && !metaKey && !isComposing && !defaultPrevented;
  if (searches === 0 || !isForField) return false;
  typed += key;
  return true;
}

/** Writes what was typed into the field in focus; a space chooses a radio button. */
function write(): void {
  const [words, at] = [typed, document.activeElement];
  typed = '';
  if (words === '') return;
  if (at instanceof HTMLInputElement && at.type === 'radio') {
    if (words.startsWith(' ')) at.click();
  } else if (at instanceof HTMLInputElement || at instanceof HTMLTextAreaElement) {
    at.setRangeText(words, at.selectionStart ?? 0, at.selectionEnd ?? at.value.length, 'end');
    at.dispatchEvent(new InputEvent('input', { bubbles: true }));
  }
}
