import type { ActionMessage } from '../messages.ts';
import { valueAt } from './edit.ts';
import { content } from './state.ts';

/** What a comma and three digits can mean: 6,350 is six thousand in English, and six and a bit in German. */
const ambiguous = /^-?\d{1,3},\d{3}$/;

/** The actions for a problem at a field. Where the browser's language has a decimal comma, a number can have one. */
export function actionsFor(pointer: string, actions: readonly ActionMessage[]): readonly ActionMessage[] {
  const typed = valueAt(content.value?.value ?? {}, pointer);
  const isNumber = actions.some((action) => action.kind === 'replace' && typeof action.value === 'number');
  if (typeof typed !== 'string' || !isNumber || !ambiguous.test(typed) || !hasDecimalComma()) return actions;
  const value = Number(typed.replace(',', '.'));
  return [{ kind: 'replace', label: `Use ${value}`, value }, ...actions];
}

function hasDecimalComma(): boolean {
  const parts = formatOf(navigator.language).formatToParts(0.5);
  return parts.some(({ type, value }) => type === 'decimal' && value === ',');
}

/** A browser can name a language that is no BCP 47 tag, such as `en-US@posix`: it then has its own format. */
function formatOf(language: string): Intl.NumberFormat {
  try {
    return new Intl.NumberFormat(language);
  } catch {
    return new Intl.NumberFormat();
  }
}
