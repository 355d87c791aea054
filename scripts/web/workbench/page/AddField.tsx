import { useState } from 'preact/hooks';
import { type Addable, addable, fieldsInForm } from './addable.ts';
import { addField } from './addField.ts';
import type { Choice } from './choice.ts';
import { Combobox } from './Combobox.tsx';
import { fittingFields } from './fitting.ts';
import { Dialog } from './Dialog.tsx';
import { drawn } from './drawn.ts';
import { focusField } from './focus.ts';
import { dialog } from './state.ts';

function choiceOf({ pointer, title, description }: Addable): Choice {
  return { value: pointer, label: title, description };
}

/** The fields that the record can have but lacks, to be added by name; those that it has, to go to. */
export function AddDialog() {
  const [there] = useState(() => fieldsInForm().map(choiceOf));
  const find = (words: string): readonly Choice[] =>
    fittingFields(addable.value.map(choiceOf), words, there).map((choice) =>
      there.includes(choice) ? { ...choice, label: `Go to ${choice.label}` } : choice,
    );
  return (
    <Dialog label="Add a field">
      <h3>Add a field, or go to one</h3>
      <Combobox
        label="Field"
        shown=""
        opensAtOnce
        placeholder="Type a part of its name"
        find={find}
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
  if (addable.value.some((each) => each.pointer === pointer)) addField(pointer, list);
  else focusField(pointer);
}
