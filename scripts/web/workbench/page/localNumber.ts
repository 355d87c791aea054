import type { ActionMessage } from '../messages.ts';
import { valueAt } from '../edit.ts';
import { content } from './state.ts';

/** The actions for a problem at a field. Of what a comma can mean, the number of the browser's language is first. */
export function actionsFor(pointer: string, actions: readonly ActionMessage[]): readonly ActionMessage[] {
  const typed = valueAt(content.value?.value ?? {}, pointer);
  if (typeof typed !== 'string' || !typed.includes(',') || !hasDecimalComma()) return actions;
  return actions.toSorted((a, b) => Number(isFraction(b)) - Number(isFraction(a)));
}

function isFraction(action: ActionMessage): boolean {
  return action.kind === 'replace' && typeof action.value === 'number' && !Number.isInteger(action.value);
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
