import { DraftList } from './Drafts.tsx';
import { focusField } from './focus.ts';
import { titleOf } from './formFields.ts';
import { checked, content, isChanged, otherDrafts } from './state.ts';
import type { Left } from './left.ts';
import { left, warnings } from './toDo.ts';

/** Everything that is left to do in the record, what deserves a look, and the records that are not saved yet. */
export function LeftList() {
  const isOpen = content.value !== undefined;
  if (!isOpen && otherDrafts.value.length === 0) return null;
  return (
    <aside aria-label="Left to do">
      {isOpen ? (
        <>
          <h3>Left to do: {checked.value === undefined ? '…' : left.value.length}</h3>
          <Items list={left.value} />
        </>
      ) : null}
      {isOpen && warnings.value.length > 0 ? (
        <>
          <h3>Warnings: {warnings.value.length}</h3>
          <Items list={warnings.value} />
        </>
      ) : null}
      {otherDrafts.value.length === 0 ? null : (
        <>
          <h3>
            {isChanged.value ? 'Other drafts' : 'Drafts'} to finish and save: {otherDrafts.value.length}
          </h3>
          <DraftList drafts={otherDrafts.value} />
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
