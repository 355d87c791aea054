import { useState } from 'preact/hooks';
import { below } from '../../../json/json.ts';
import { focusField } from './focus.ts';
import { revealAdded } from './reveal.ts';

/** A member whose name the schema leaves open: Enter adds it, and so does leaving the field. */
export function AddMember({ pointer }: { readonly pointer: string }) {
  const [name, setName] = useState('');
  const add = (): string | undefined => {
    if (name === '') return undefined;
    const at = below(pointer, name);
    setName('');
    revealAdded(at);
    return at;
  };
  const addAndGo = (): void => {
    const at = add();
    if (at !== undefined) focusField(at);
  };
  return (
    <div class="more">
      <input
        class="member"
        type="text"
        aria-label="Name of the new field"
        placeholder="Field name"
        autocomplete="off"
        value={name}
        onInput={(event) => setName(event.currentTarget.value)}
        onBlur={() => void add()}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.isComposing) return;
          event.preventDefault();
          addAndGo();
        }}
      />
      <button
        type="button"
        class="add"
        disabled={name === ''}
        // the field must not lose the focus first: the button would be gone
        onMouseDown={(event) => event.preventDefault()}
        onClick={addAndGo}
      >
        + Add
      </button>
    </div>
  );
}
