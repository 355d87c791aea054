import type { Choice } from './choice.ts';

/** Fewer letters match only where a word begins: inside words, they match by chance. */
const leastInside = 3;

/** The choices whose name or description contains the words; those that begin with them come first. */
export function fitting(choices: readonly Choice[], words: string): readonly Choice[] {
  const wanted = words.toLowerCase().trim();
  const rank = ({ label, description = '' }: Choice): number => {
    const name = label.toLowerCase();
    if (name.startsWith(wanted)) return 0;
    if (holds(name, wanted) || hasEach(name, wanted)) return 1;
    return holds(description.toLowerCase(), wanted) ? 2 : 3;
  };
  return choices.filter((choice) => rank(choice) < 3).toSorted((a, b) => rank(a) - rank(b));
}

function holds(text: string, wanted: string): boolean {
  if (wanted.length >= leastInside) return text.includes(wanted);
  return wordsIn(text).some((word) => word.startsWith(wanted));
}

/** Whether each of several words begins a word of a text: "findings 2" means "Findings › 2". */
function hasEach(text: string, wanted: string): boolean {
  const [own, sought] = [wordsIn(text), wordsIn(wanted)];
  return sought.length > 1 && sought.every((word) => own.some((each) => each.startsWith(word)));
}

function wordsIn(text: string): readonly string[] {
  return text.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
}
