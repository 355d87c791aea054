import { type Control, attributesOf } from './control.ts';
import { editedText, shownText } from './editedText.ts';
import { setField } from './editing.ts';
import { fixedAttributes } from './fixed.ts';
import { numberIn } from './numberIn.ts';

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
