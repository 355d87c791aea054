import { type Control, attributesOf } from './control.ts';
import { editedText, shownText } from './editedText.ts';
import { fixedAttributes } from './fixed.ts';
import { isKeyOf } from './formFields.ts';
import { checked } from './state.ts';

/** The most lines of a text area, and the approximate number of characters in each. */
const [mostLines, lineLength] = [12, 60] as const;

/** A text: in one line, unless it has or can have several. */
export function TextField(control: Control) {
  const { pointer, field, text, value, write } = control;
  const isLine = isKeyOf(pointer) || !(field.hasLines || field.isLong || hasLines(text));
  if (!isLine) return <LongText {...control} />;
  return (
    <input
      {...attributesOf(control)}
      {...fixedAttributes(pointer, value)}
      type="text"
      autocomplete="off"
      {...(isKeyOf(pointer) ? { placeholder: checked.value?.id } : {})}
      value={shownText(text, 'line')}
      onInput={(event) => write(editedText(text, event.currentTarget.value, 'line'))}
    />
  );
}

/**
 * A text that has several lines, or can have them. Enter begins a line in a long text. In a short one, such as a name,
 * only Shift+Enter does.
 */
function LongText(control: Control) {
  const { field, text, write } = control;
  const canBreak = field.hasLines || hasLines(text);
  const isBroken = field.isLong || hasLines(text);
  return (
    <textarea
      {...attributesOf(control)}
      rows={rowsFor(text)}
      value={shownText(text, 'area')}
      onKeyDown={(event) => {
        const { key, shiftKey, isComposing } = event;
        if (key === 'Enter' && !isComposing && !(canBreak && (isBroken || shiftKey))) event.preventDefault();
      }}
      onInput={({ currentTarget: { value: typed } }) =>
        write(editedText(text, canBreak ? typed : typed.replaceAll('\n', ' '), 'area'))
      }
    />
  );
}

function hasLines(text: string): boolean {
  return /[\r\n]/.test(text);
}

function rowsFor(text: string): number {
  const lines = text.split(/\r\n?|\n/).map(({ length }) => 1 + Math.floor(length / lineLength));
  return Math.min(
    mostLines,
    lines.reduce((sum, rows) => sum + rows, 0),
  );
}
