import { isOwnPrint, print, printCanonical } from '../json/canonical.ts';
import type { NumberRule } from '../json/number.ts';
import { placeJson } from '../json/positions.ts';
import type { Fault } from '../base/problem.ts';
import type { Findings, Structure } from '../schema/walk.ts';
import type { Placed, ValidateOptions } from './context.ts';
import { explainForm } from './rules/canonical-form.ts';
import { rule as duplicateKey } from './rules/duplicate-key.ts';
import { misspelt } from './rules/number.ts';

/** Whether the text is its own print; only otherwise is it examined more closely. */
export function checkForm(
  { raw, value, members }: Pick<Placed, 'raw' | 'value' | 'members'>,
  structure: Structure,
  found: Pick<Findings, 'inOrder' | 'members'>,
  layout: ValidateOptions['layout'],
): readonly Fault[] {
  const { inOrder } = found;
  // a converted text has been checked in its own notation
  if (raw.written !== undefined) return raw.written.faults;
  const form = raw.line === 0 ? 'file' : 'line';
  if (members === found.members && (inOrder || layout === 'any')) return [];
  if (layout === 'any')
    return print(value, form) === raw.text || isOwnPrint(raw.text, value) ? [] : hiddenFaults(raw.text, 'value');
  if ((inOrder ? print(value, form) : printCanonical(value, structure, form)) === raw.text) return [];
  const hidden = hiddenFaults(raw.text);
  if (hidden.length > 0) return hidden;
  const fault = explainForm(raw.text, value, structure, form);
  // a file with several records is not rewritten
  return [raw.file.select === undefined ? fault : { ...fault, hint: undefined }];
}

/**
 * What JSON.parse hides: keys that occur twice, and numbers that would change when written. The rule `value` allows any
 * spelling of a number, as in other people's records.
 */
export function hiddenFaults(text: string, rule: NumberRule = 'spelling'): readonly Fault[] {
  const placed = placeJson(text);
  if ('message' in placed) return [];
  return [...duplicateKey.check(placed), ...misspelt(placed, rule)];
}
