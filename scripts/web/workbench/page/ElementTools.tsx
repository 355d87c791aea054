import { below } from '../../../json/json.ts';
import { duplicate, move } from './edit.ts';
import { edit } from './editing.ts';
import { focusField } from './focus.ts';
import { titleOf } from './formFields.ts';
import { takeOut } from './removing.ts';

/** The position of an element in its list. */
export interface Place {
  /** Pointer of the list. */
  readonly list: string;
  readonly index: number;
  readonly count: number;
}

/** Moves an element with Alt and an arrow; it keeps the focus. */
export function moveByKey(event: KeyboardEvent, { list, index, count }: Place): void {
  const to = index + (event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0);
  if (!event.altKey || to === index || to < 0 || to >= count) return;
  event.preventDefault();
  event.stopPropagation();
  edit((before) => move(before, list, index, to));
  focusField(below(list, to));
}

/** Buttons that move and duplicate an element, and remove one that has no head of its own. */
export function ElementTools({ list, index, count, isRemovable = false }: Place & { readonly isRemovable?: boolean }) {
  const name = titleOf(below(list, index));
  const moveTo = (to: number): void => edit((before) => move(before, list, index, to));
  return (
    <span class="tools">
      <button
        type="button"
        class="small"
        tabIndex={-1}
        title="Move up (Alt+↑)"
        aria-label={`Move ${name} up`}
        disabled={index === 0}
        onClick={() => moveTo(index - 1)}
      >
        ↑
      </button>
      <button
        type="button"
        class="small"
        tabIndex={-1}
        title="Move down (Alt+↓)"
        aria-label={`Move ${name} down`}
        disabled={index === count - 1}
        onClick={() => moveTo(index + 1)}
      >
        ↓
      </button>
      <button
        type="button"
        class="small"
        tabIndex={-1}
        aria-label={`Duplicate ${name}`}
        onClick={() => edit((before) => duplicate(before, list, index))}
      >
        Duplicate
      </button>
      {isRemovable ? (
        <button
          type="button"
          class="small"
          tabIndex={-1}
          title="Remove (Alt+Shift+Delete)"
          aria-label={`Remove ${name}`}
          onClick={() => takeOut(below(list, index))}
        >
          ✕
        </button>
      ) : null}
    </span>
  );
}
