import type { TargetedEvent } from 'preact';
import { type Json, below } from '../../../json/json.ts';
import { addElement } from './addElement.ts';
import { duplicate, move } from '../edit.ts';
import { edit } from './editing.ts';
import { isEnterAlone } from './enterKey.ts';
import { focusDrawn, focusField } from './focus.ts';
import { titleOf } from './formFields.ts';
import { moveOpened, reveal } from './reveal.ts';
import { takeOut } from './removing.ts';
import { isTextControl } from './textControl.ts';

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
  moveTo(list, index, to);
  focusField(below(list, to));
}

/** Enter in an element that has a value adds another one. Returns whether it did. */
export function addByKey(event: TargetedEvent<HTMLElement, KeyboardEvent>, { list }: Place, value: Json): boolean {
  const { target } = event;
  if (!isEnterAlone(event) || value === '') return false;
  // in a field with a list, Enter chooses; in a text with lines, it begins one
  const isFree = target instanceof HTMLTextAreaElement ? event.defaultPrevented : !event.defaultPrevented;
  if (!isFree || !(target instanceof HTMLElement) || !isTextControl(target)) return false;
  event.preventDefault();
  addElement(list);
  return true;
}

function moveTo(list: string, index: number, to: number): void {
  edit((before) => move(before, list, index, to));
  moveOpened(list, (i) => {
    if (i === index) return to;
    if (index < to) return i > index && i <= to ? i - 1 : i;
    return i >= to && i < index ? i + 1 : i;
  });
}

function copy(list: string, index: number): void {
  edit((before) => duplicate(before, list, index));
  moveOpened(list, (i) => (i > index ? i + 1 : i));
  const twin = below(list, index + 1);
  reveal(twin);
  // the control that is there now is that of the element after it
  void focusDrawn(twin);
}

/** Buttons that move and duplicate an element, and remove one that has no head of its own. */
export function ElementTools({ list, index, count, isRemovable = false }: Place & { readonly isRemovable?: boolean }) {
  const name = titleOf(below(list, index));
  return (
    <span class="tools">
      <button
        type="button"
        class="small"
        tabIndex={-1}
        title="Move up (Alt+↑)"
        aria-label={`Move ${name} up`}
        disabled={index === 0}
        onClick={() => moveTo(list, index, index - 1)}
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
        onClick={() => moveTo(list, index, index + 1)}
      >
        ↓
      </button>
      <button
        type="button"
        class="small"
        tabIndex={-1}
        aria-label={`Duplicate ${name}`}
        onClick={() => copy(list, index)}
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
