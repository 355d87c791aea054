import { type Json, codeName } from '../../../json/json.ts';
import type { Choice } from './choice.ts';
import { Combobox } from './Combobox.tsx';
import { fitting } from './fitting.ts';
import { type Control } from './control.ts';
import { setField } from './editing.ts';

/** A code of a long list: a list that follows the typed text. */
export function CodeField({ id, pointer, field, text, label, describedBy, isInvalid, isRequired, write }: Control) {
  const choices = field.codes.map(({ code, label: title, description, names }): Choice => ({
    value: codeName(code),
    label: title ?? codeName(code),
    description,
    names,
  }));
  const codeOf = (wanted: string): Json => field.codes.find(({ code }) => codeName(code) === wanted)?.code ?? wanted;
  return (
    <Combobox
      {...{ id, label, describedBy, isInvalid, isRequired, write }}
      shown={text}
      isNoChoice={text !== '' && !choices.some(({ value }) => value === text)}
      placeholder="Type, or press ↓ for the list"
      find={(words) => fitting(choices, words)}
      choose={(chosen) => setField(pointer, codeOf(chosen))}
    />
  );
}
