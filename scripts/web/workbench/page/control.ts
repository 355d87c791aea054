import { type Json } from '../../../json/json.ts';
import type { Field } from '../messages.ts';
import { setField } from './editing.ts';
import { idOf, isSavedWith, problemsAt } from './fieldProblems.ts';

/** A field of the form. */
export interface FieldProps {
  readonly pointer: string;
  readonly name: string;
  readonly field: Field;
  readonly value: Json | undefined;
  readonly required: boolean;
}

/** The properties of every control. */
export interface Control {
  readonly id: string;
  readonly pointer: string;
  readonly field: Field;
  readonly value: Json | undefined;
  /** The value as a text; empty if there is none, or null. */
  readonly text: string;
  readonly label: string;
  readonly describedBy: string;
  readonly isInvalid: boolean;
  readonly isRequired: boolean;
  /** Sets the field to the typed text; an empty text removes it. */
  readonly write: (words: string) => void;
}

/** The control of a field. */
export function controlOf({ pointer, name, field, value, required }: FieldProps): Control {
  const id = idOf(pointer);
  return {
    id,
    pointer,
    field,
    value,
    text: typeof value === 'string' ? value : value === undefined || value === null ? '' : JSON.stringify(value),
    label: field.title ?? name,
    describedBy: `${aboutId(pointer)} ${id}-problems`,
    isInvalid: problemsAt(pointer).some((problem) => problem.severity === 'error' && !isSavedWith(problem)),
    isRequired: required,
    write: (words) => setField(pointer, words === '' ? undefined : words),
  };
}

/** The identifier of the description of a field. */
export function aboutId(pointer: string): string {
  return `${idOf(pointer)}-about`;
}

/** The attributes of a control that is one element. */
export function attributesOf({ id, value, label, describedBy, isInvalid, isRequired }: Control) {
  return {
    id,
    ...(value === null ? { placeholder: 'null' } : {}),
    'aria-label': label,
    'aria-describedby': describedBy,
    'aria-invalid': isInvalid,
    'aria-required': isRequired,
  };
}
