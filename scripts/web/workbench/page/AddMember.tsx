import { useState } from 'preact/hooks';
import { below } from '../../../json/json.ts';
import { setField } from './editing.ts';
import { focusField } from './focus.ts';

/** A member whose name the schema leaves open. */
export function AddMember({ pointer }: { readonly pointer: string }) {
  const [name, setName] = useState('');
  return (
    <div class="more">
      <input
        aria-label="Name of the new field"
        placeholder="Field name"
        value={name}
        onInput={(event) => setName(event.currentTarget.value)}
      />
      <button
        type="button"
        class="add"
        disabled={name === ''}
        onClick={() => {
          setField(below(pointer, name), '');
          focusField(below(pointer, name));
          setName('');
        }}
      >
        + Add
      </button>
    </div>
  );
}
