import { useRef, useState } from 'preact/hooks';
import { Dialog } from './Dialog.tsx';
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
          const field = document.querySelector('#form')?.contains(before.current) === true;
          dialog.value = undefined;
          setTimeout(() => {
            findInText(words);
            // the browser moves the focus to what is selected
            if (field && focused.value !== undefined) focusField(focused.value);
          }, 20);
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
