import type { Json } from '../../../json/json.ts';
import { isFixed } from './formFields.ts';
import { say } from './notice.ts';

const reason = 'Other records can refer to a saved record. Press “Change…” above to give it another identifier.';

/** Says why typing has no effect. */
function explain({ key, altKey, ctrlKey, metaKey }: KeyboardEvent): void {
  if (altKey || ctrlKey || metaKey) return;
  if (key.length === 1 || key === 'Backspace' || key === 'Delete') say(reason);
}

const fixed = { readOnly: true, title: reason, onKeyDown: explain, onPaste: () => say(reason) };

/** The attributes of a control whose value cannot be changed; none for any other control. */
export function fixedAttributes(pointer: string, value: Json | undefined): Partial<typeof fixed> {
  return isFixed(pointer, value) ? fixed : {};
}
