import type { CommandHint, Hint } from '../../base/problem.ts';
import { worded } from '../../base/sentence.ts';
import { shellWord } from '../../base/text.ts';
import { flagOf } from '../flags.ts';

/** A hint as a sentence, with a command in the form that a user types. */
export function hintSentence(hint: Hint): string {
  if (typeof hint === 'string' || 'parts' in hint) return worded(hint, flagOf);
  const { before = '', after = '' } = hint;
  return `${before}\`${commandOf(hint).map(typed).join(' ')}\`${after}`;
}

/** A message with its hint in brackets. */
export function withHint(message: string, hint: Hint | undefined): string {
  return hint === undefined ? message : `${message} (${hintSentence(hint)})`;
}

/** A hint in JSON: the sentence, and the words of the command, if it has one. */
export function printedHint(hint: Hint | undefined): {
  readonly hint: string | null;
  readonly command?: readonly string[];
} {
  if (hint === undefined) return { hint: null };
  const command = typeof hint === 'object' && 'verb' in hint ? { command: commandOf(hint) } : {};
  return { hint: hintSentence(hint), ...command };
}

function commandOf({ verb, arguments: words }: CommandHint): readonly string[] {
  return ['npx', 'demarche', verb, ...words];
}

/** A quote that the user has to fill in is in quotation marks. */
function typed(word: string, i: number, words: readonly string[]): string {
  if (word === '…') return words[i - 1] === '--quote' ? '"…"' : word;
  return shellWord(word);
}
