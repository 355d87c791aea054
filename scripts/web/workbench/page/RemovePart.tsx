import { useState } from 'preact/hooks';
import { Combobox } from './Combobox.tsx';
import { Dialog } from './Dialog.tsx';
import { drawn } from './drawn.ts';
import { fitting } from './fitting.ts';
import { type Removable, keepingFocus, removable } from './removing.ts';
import { dialog } from './state.ts';

/** Asks which words the field in focus no longer cites, or how much around it is removed. */
export function RemovePartDialog({ what }: { readonly what: keyof typeof removable }) {
  const [list] = useState(removable[what]);
  const choices = list.map(({ label }, i) => ({ value: String(i), label }));
  const title = what === 'spans' ? 'Remove evidence' : 'Remove a field or an entry';
  return (
    <Dialog label={title}>
      <h3>{title}</h3>
      <p>Enter removes what is marked. The arrow keys go to the others.</p>
      <Combobox
        label={what === 'spans' ? 'Words' : 'Field or entry'}
        shown=""
        opensAtOnce
        find={(words) => fitting(choices, words)}
        choose={(value) => {
          const chosen = list[Number(value)];
          dialog.value = undefined;
          if (chosen !== undefined) void remove(chosen, what);
        }}
      />
    </Dialog>
  );
}

async function remove(chosen: Removable, what: keyof typeof removable): Promise<void> {
  // the dialog returns the focus when it closes
  await drawn();
  if (what === 'spans') chosen.remove();
  else await keepingFocus(chosen.remove);
}
