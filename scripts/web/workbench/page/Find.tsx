import { useRef, useState } from 'preact/hooks';
import { Dialog } from './Dialog.tsx';
import { drawn } from './drawn.ts';
import { focusField } from './focus.ts';
import { dialog, focused } from './state.ts';
import { findInText } from './TextPane.tsx';

export function FindDialog() {
  const [words, setWords] = useState('');
  const before = useRef(document.activeElement);
  return (
    <Dialog label="Find in the text">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const isInField = document.querySelector('#form')?.contains(before.current) === true;
          dialog.value = undefined;
          void find(words, isInField);
        }}
      >
        <label>
          Words to find
          <input type="text" value={words} onInput={(event) => setWords(event.currentTarget.value)} />
        </label>
      </form>
    </Dialog>
  );
}

/** Selects the words when the dialog has returned the focus. */
async function find(words: string, isInField: boolean): Promise<void> {
  await drawn();
  findInText(words);
  // the browser moves the focus to the selection
  if (isInField && focused.value !== undefined) focusField(focused.value);
}
