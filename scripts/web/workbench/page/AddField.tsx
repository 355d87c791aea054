import { addable } from './addable.ts';
import { addElement } from './addElement.ts';
import { Combobox } from './Combobox.tsx';
import { fittingFields } from './fitting.ts';
import { Dialog } from './Dialog.tsx';
import { drawn } from './drawn.ts';
import { focusField } from './focus.ts';
import { dialog } from './state.ts';

/** The fields that the record can have but lacks, to be added by name. */
export function AddDialog() {
  const choices = addable.value.map(({ pointer, title, description }) => ({
    value: pointer,
    label: title,
    description,
  }));
  return (
    <Dialog label="Add a field">
      <h3>Add a field</h3>
      <Combobox
        label="Field"
        shown=""
        opensAtOnce
        placeholder="Type a part of its name"
        find={(words) => fittingFields(choices, words)}
        choose={(pointer) => {
          dialog.value = undefined;
          void add(pointer);
        }}
      />
    </Dialog>
  );
}

async function add(pointer: string): Promise<void> {
  const list = addable.value.find((each) => each.pointer === pointer)?.list;
  // the dialog returns the focus when it closes
  await drawn();
  if (list === undefined) focusField(pointer);
  else addElement(list);
}
