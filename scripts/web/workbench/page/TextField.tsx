import { type Control, attributesOf } from './control.ts';
import { fixedAttributes } from './fixed.ts';
import { isKeyOf } from './formFields.ts';
import { checked } from './state.ts';

/** The longest text that has one line. */
const longestLine = 100;

export function TextField(control: Control) {
  const { pointer, field, text, value, write } = control;
  if (field.longest !== undefined && field.longest > longestLine)
    return (
      <textarea
        {...attributesOf(control)}
        {...fixedAttributes(pointer, value)}
        rows={Math.min(6, 1 + Math.floor(text.length / 60))}
        value={text}
        onInput={(event) => write(event.currentTarget.value.replaceAll('\n', ' '))}
      />
    );
  return (
    <input
      {...attributesOf(control)}
      {...fixedAttributes(pointer, value)}
      type="text"
      autocomplete="off"
      placeholder={isKeyOf(pointer) ? checked.value?.id : undefined}
      value={text}
      onInput={(event) => write(event.currentTarget.value)}
    />
  );
}
