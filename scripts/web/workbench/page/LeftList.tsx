import { focusField } from './focus.ts';
import { titleOf } from './formFields.ts';
import { checked, content } from './state.ts';
import type { Left } from './left.ts';
import { left, warnings } from './toDo.ts';

/** Everything that is left to do in the record, and what deserves a look. */
export function LeftList() {
  if (content.value === undefined) return null;
  return (
    <aside aria-label="Left to do">
      <h3>Left to do: {checked.value === undefined ? '…' : left.value.length}</h3>
      <Items list={left.value} />
      {warnings.value.length === 0 ? null : (
        <>
          <h3>Warnings: {warnings.value.length}</h3>
          <Items list={warnings.value} />
        </>
      )}
    </aside>
  );
}

function Items({ list }: { readonly list: readonly Left[] }) {
  return (
    <ul hidden={list.length === 0}>
      {list.map(({ pointer, what, words }) => (
        <li key={what + pointer + words}>
          <button type="button" class={what.replace(' ', '-')} onClick={() => focusField(pointer)}>
            {what}: {titleOf(pointer)}
            {words === '' ? '' : `: ${words}`}
          </button>
        </li>
      ))}
    </ul>
  );
}
