import type { Choice } from './choosing.ts';

/** The choices whose name or description contains the words; those that begin with them come first. */
export function fitting(choices: readonly Choice[], words: string): readonly Choice[] {
  const wanted = words.toLowerCase().trim();
  const rank = ({ label, description = '' }: Choice): number => {
    const name = label.toLowerCase();
    if (name.startsWith(wanted)) return 0;
    if (name.includes(wanted)) return 1;
    return description.toLowerCase().includes(wanted) ? 2 : 3;
  };
  return choices.filter((choice) => rank(choice) < 3).toSorted((a, b) => rank(a) - rank(b));
}
