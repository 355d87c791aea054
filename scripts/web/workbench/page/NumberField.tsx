import type { Json } from '../../../json/json.ts';
import { type Control, attributesOf } from './control.ts';
import { editedText, shownText } from './editedText.ts';
import { setField } from './editing.ts';
import { fixedAttributes } from './fixed.ts';

export function NumberField(control: Control) {
  return (
    <input
      {...attributesOf(control)}
      {...fixedAttributes(control.pointer, control.value)}
      type="text"
      inputMode={control.field.whole ? 'numeric' : 'decimal'}
      autocomplete="off"
      value={shownText(control.text, 'line')}
      onInput={(event) => {
        const words = editedText(control.text, event.currentTarget.value, 'line');
        setField(control.pointer, words === '' ? undefined : numberIn(words));
      }}
    />
  );
}

/** A number from typed text. A text that is not a number yet stays a text, and the check reports it. */
function numberIn(words: string): Json {
  return /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(words) && String(Number(words)) === words ? Number(words) : words;
}
