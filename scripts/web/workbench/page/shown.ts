import { type Json, codeName } from '../../../json/json.ts';

/** The value of a field in a dialog or a list. */
export function shown(value: Json | undefined): string {
  return value === undefined ? '(empty)' : codeName(value);
}
