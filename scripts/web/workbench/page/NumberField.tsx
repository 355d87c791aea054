import type { Json } from '../../../json/json.ts';
import { type Control, attributesOf } from './control.ts';
import { setField } from './editing.ts';

export function NumberField(control: Control) {
  return (
    <input
      {...attributesOf(control)}
      type="text"
      inputMode={control.field.whole ? 'numeric' : 'decimal'}
      autocomplete="off"
      value={control.text}
      onInput={(event) => {
        const { value: words } = event.currentTarget;
        setField(control.pointer, words === '' ? undefined : numberIn(words));
      }}
    />
  );
}

/** A number as it is typed; what is none yet stays a text, and the check says so. */
function numberIn(words: string): Json {
  return /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(words) && String(Number(words)) === words ? Number(words) : words;
}
