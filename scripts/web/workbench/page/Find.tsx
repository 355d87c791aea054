import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { count } from '../../../base/text.ts';
import { Dialog } from './Dialog.tsx';
import { drawn } from './drawn.ts';
import { focusField } from './focus.ts';
import { MainButton } from './MainButton.tsx';
import { type Words, dialog, focused, open, selection } from './state.ts';
import { findInText, hideFound, moveByKey, showFound } from './TextPane.tsx';
import { goingOn } from './typedAhead.ts';
import { isSameWords } from './sameWords.ts';

/** The words that were sought last: Enter alone finds them again. */
let lastSought = '';

export function FindDialog() {
  const [words, setWords] = useState(lastSought);
  const before = useRef(document.activeElement);
  const [matches, setMatches] = useState(0);
  useLayoutEffect(() => setMatches(showFound(words)), [words]);
  const isSubmitted = useRef(false);
  const isInField = document.querySelector('#form')?.contains(before.current) === true;
  useLayoutEffect(
    () => () => {
      hideFound();
      if (!isSubmitted.current && isInField) extendAgain();
    },
    [],
  );
  return (
    <Dialog label="Find in the text">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          isSubmitted.current = true;
          dialog.value = undefined;
          lastSought = words;
          void goingOn(() => find(words, isInField));
        }}
      >
        <label>
          Words to find
          <input
            type="text"
            value={words}
            onFocus={(event) => event.currentTarget.select()}
            onInput={(event) => setWords(event.currentTarget.value)}
          />
        </label>
        <p class="empty" role="status">
          {words.trim() === ''
            ? ''
            : matches === 0
              ? 'The text does not have these words.'
              : count(matches, 'match', 'matches')}
        </p>
        <MainButton disabled={words === ''}>Find</MainButton>
      </form>
    </Dialog>
  );
}

/** Selects the words when the dialog has returned the focus. Returns whether the text has them. */
async function find(words: string, isInField: boolean): Promise<boolean> {
  await drawn();
  const isFound = findInText(words);
  const field = isInField ? focused.value : undefined;
  if (field === undefined) return isFound;
  // the browser moves the focus to the selection
  focusField(field);
  if (isFound) extendByKeys(field);
  return isFound;
}

/** What was found last with a field in focus, as the keys have extended it since. */
let extended: { readonly field: string; readonly words: Words | undefined } | undefined;

/**
 * Until anything else is pressed, except to look at a list, Shift with an arrow extends what was found, although a
 * field has the focus.
 */
function extendByKeys(field: string): void {
  const form = open.value?.form;
  extended = { field, words: selection.value };
  const ended = new AbortController();
  const listening = { capture: true, signal: ended.signal };
  document.addEventListener(
    'keydown',
    (event) => {
      // the focus can be at another field or record since
      if (focused.value !== field || open.value?.form !== form) return ended.abort();
      if (event.key === 'Shift' || isAboutList(event)) return;
      if (!event.shiftKey || dialog.value !== undefined || !moveByKey(event)) return ended.abort();
      event.preventDefault();
      event.stopPropagation();
      extended = { field, words: selection.value };
      focusField(field);
    },
    listening,
  );
  document.addEventListener('pointerdown', () => ended.abort(), listening);
}

/** Whether a key opens a list, goes through it or closes it. */
function isAboutList({ key, target, altKey, ctrlKey, metaKey, shiftKey }: KeyboardEvent): boolean {
  const isList = target instanceof Element && target.getAttribute('role') === 'combobox';
  const list = isList ? target.getAttribute('aria-expanded') : null;
  if (list === null || altKey || ctrlKey || metaKey) return false;
  // an open list shows what the words name: it would be wrong about others
  return shiftKey ? list === 'true' && key.startsWith('Arrow') : ['ArrowDown', 'ArrowUp', 'Escape'].includes(key);
}

/** The same after a search that was cancelled, if what was found before is still selected for the field. */
function extendAgain(): void {
  if (extended === undefined || extended.words === undefined) return;
  const { field, words } = extended;
  if (field === focused.value && isSameWords(selection.value, words)) extendByKeys(field);
}
