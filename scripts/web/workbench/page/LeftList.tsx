import { focusField } from './focus.ts';
import { titleOf } from './formFields.ts';
import { checked, content } from './state.ts';
import { left } from './toDo.ts';

/** Everything that is left to do in the record. */
export function LeftList() {
  if (content.value === undefined) return null;
  const list = left.value;
  return (
    <aside aria-label="Left to do">
      <h3>Left to do: {checked.value === undefined ? '…' : list.length}</h3>
      <ul>
        {list.map(({ pointer, what, words }) => (
          <li key={what + pointer + words}>
            <button type="button" class={what.replace(' ', '-')} onClick={() => focusField(pointer)}>
              {what}: {titleOf(pointer)}
              {words === '' ? '' : `: ${words}`}
            </button>
          </li>
        ))}
      </ul>
    </aside>
  );
}
