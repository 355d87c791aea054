import { type Control, attributesOf } from './control.ts';
import { isFixed, isKeyOf } from './formFields.ts';
import { checked } from './state.ts';

/** The longest text that has one line. */
const longestLine = 100;

export function TextField(control: Control) {
  const { pointer, field, text, value, write } = control;
  if (field.longest !== undefined && field.longest > longestLine)
    return (
      <textarea
        {...attributesOf(control)}
        rows={Math.min(6, 1 + Math.floor(text.length / 60))}
        value={text}
        onInput={(event) => write(event.currentTarget.value.replaceAll('\n', ' '))}
      />
    );
  return (
    <input
      {...attributesOf(control)}
      type="text"
      autocomplete="off"
      placeholder={isKeyOf(pointer) ? checked.value?.id : undefined}
      readOnly={isFixed(pointer, value)}
      value={text}
      onInput={(event) => write(event.currentTarget.value)}
    />
  );
}
