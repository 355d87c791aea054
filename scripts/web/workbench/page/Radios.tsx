import type { TargetedEvent } from 'preact';
import { useRef } from 'preact/hooks';
import { type Json, codeName } from '../../../json/json.ts';
import type { CodeMessage } from '../messages.ts';
import { type Control, type FieldProps } from './control.ts';
import { setField } from './editing.ts';

/** What typing chooses: the first value that begins with all that was typed, or else with its last sign. */
function typedChoice(words: readonly string[], typed: string): { readonly index: number; readonly typed: string } {
  const beginning = (start: string): number => words.findIndex((word) => word.toLowerCase().startsWith(start));
  const index = beginning(typed);
  const last = typed.slice(-1);
  return index < 0 ? { index: beginning(last), typed: last } : { index, typed };
}

function wordOf({ code, label }: CodeMessage): string {
  if (label !== undefined) return label;
  return code === true ? 'yes' : code === false ? 'no' : codeName(code);
}

function isChosen(value: Json | undefined, code: Json): boolean {
  return JSON.stringify(value) === JSON.stringify(code);
}

/** What each value of a choice means. */
export function Meanings({ field, value }: Pick<FieldProps, 'field' | 'value'>) {
  return (
    <div class="meanings">
      {field.codes.map((each) =>
        each.description === undefined ? null : (
          <span key={codeName(each.code)} class="meaning">
            {isChosen(value, each.code) ? <b>{wordOf(each)}</b> : wordOf(each)}: {each.description}
          </span>
        ),
      )}
    </div>
  );
}

/** A choice of a few values: with the mouse, the arrow keys, or the first letters. */
export function Radios({ id, pointer, field, value, label, describedBy }: Control) {
  const typed = useRef('');
  const type = (event: TargetedEvent<HTMLElement, KeyboardEvent>): void => {
    const { key, altKey, ctrlKey, metaKey } = event;
    if (key.length !== 1 || key === ' ' || altKey || ctrlKey || metaKey) return;
    const found = typedChoice(field.codes.map(wordOf), typed.current + key.toLowerCase());
    typed.current = found.typed;
    const chosen = field.codes[found.index];
    if (chosen === undefined) return;
    setField(pointer, chosen.code);
    event.currentTarget.querySelectorAll('input')[found.index]?.focus();
  };
  const forget = ({ currentTarget, relatedTarget }: TargetedEvent<HTMLElement, FocusEvent>): void => {
    if (!(relatedTarget instanceof Node && currentTarget.contains(relatedTarget))) typed.current = '';
  };
  return (
    <div
      class="radios"
      role="radiogroup"
      aria-label={label}
      aria-describedby={describedBy}
      onKeyDown={type}
      onFocusOut={forget}
    >
      {field.codes.map((each, i) => (
        <label key={codeName(each.code)} title={each.description}>
          <input
            id={i === 0 ? id : undefined}
            type="radio"
            name={id}
            checked={isChosen(value, each.code)}
            onChange={() => setField(pointer, each.code)}
          />
          {wordOf(each)}
        </label>
      ))}
    </div>
  );
}
