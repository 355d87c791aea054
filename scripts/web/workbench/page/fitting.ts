import { beginsWord } from '../wordBounds.ts';
import type { Choice } from './choice.ts';

/** Fewer letters match only where a word begins: inside words, they match by chance. */
const leastInside = 3;

/**
 * The choices whose name or description contains the words, best first: those that begin with them, then those with a
 * word that does, then the others. The description of a code such as `PL` is its name in words. Of their other names,
 * those that begin with the words count.
 */
export function fitting(choices: readonly Choice[], words: string): readonly Choice[] {
  const wanted = words.toLowerCase().trim();
  const ranked = choices.map((choice) => ({ choice, rank: rankOf(choice, wanted) }));
  return ranked
    .filter(({ rank }) => rank < none)
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ choice }) => choice);
}

/**
 * The same for fields, whose choices are pointers: also those whose name in the file begins with the words. They come
 * first if the words are such a name. Coding rules use these names.
 * @param there fields to go to rather than to add: after those that match as well, unless the words are the whole
 * title, or begin that of a field around them
 */
export function fittingFields(
  choices: readonly Choice[],
  words: string,
  there: readonly Choice[] = [],
): readonly Choice[] {
  // as the list calls those to go to
  const wanted = words
    .toLowerCase()
    .trim()
    .replace(/^go to /, '');
  if (wanted === '') return fitting(choices, '');
  const all = [...choices, ...there];
  const nameOf = ({ value }: Choice): string => value.slice(value.lastIndexOf('/') + 1).toLowerCase();
  const named = all.filter((choice) => nameOf(choice).startsWith(wanted));
  const isName = wanted.includes('_') || named.some((choice) => nameOf(choice) === wanted);
  // titles count the entries of a list from one, pointers from zero
  const isMeant = ({ label, value }: Choice): boolean =>
    [label, ...(/ \d/.test(wanted) ? [] : [value.slice(1)])].some((each) => plain(each) === plain(wanted));
  // the end of a title: `1 actor` for `Participants › 1 › Actor`
  const isEnd = ({ label }: Choice): boolean => wanted.includes(' ') && plain(label).endsWith(` ${plain(wanted)}`);
  const meant = [
    choices.filter(isMeant),
    there.filter(isMeant),
    choices.filter(isEnd),
    there.filter(isEnd),
    firstAround(there, plain(wanted)),
  ].find((each) => each.length > 0);
  const fit = fitting(all, wanted);
  // one word is half of a title more often than it is the name of a field in another one
  const begun = wanted.includes('_') ? [] : fit.filter(({ label }) => label.toLowerCase().startsWith(wanted));
  const inOrder = isName ? [...begun, ...named, ...fit] : [...fit, ...named];
  return [...new Set([...(meant ?? []), ...inOrder])];
}

/** The first of some fields that is in one with a title, or else in one whose title begins so; neither is a list. */
function firstAround(there: readonly Choice[], title: string): readonly Choice[] {
  if (title === '') return [];
  const found = there.flatMap((choice) => {
    const titles = choice.label.split(' › ');
    const around = titles.slice(1).map((_, i) => plain(titles.slice(0, i + 1).join(' ')));
    const at = around.findIndex((each) => each.startsWith(title));
    // the title of a list is that of its next entry
    const isEntry = /^\d+$/.test(titles[at + 1] ?? '');
    return at < 0 || isEntry ? [] : [{ choice, isWhole: around[at] === title }];
  });
  const first = found.find(({ isWhole }) => isWhole) ?? found[0];
  return first === undefined ? [] : [first.choice];
}

function plain(text: string): string {
  return wordsIn(text.toLowerCase()).join(' ');
}

/** The rank of a choice that does not match. */
const none = 6;

function rankOf({ label, description = '', names = [] }: Choice, wanted: string): number {
  const [name, more] = [label.toLowerCase(), description.toLowerCase()];
  const others = names.map((each) => each.toLowerCase());
  if (name.startsWith(wanted) || others.includes(wanted)) return 0;
  if (beginsWord(name, wanted) || hasEach(name, wanted)) return 1;
  if (more.startsWith(wanted) || others.some((each) => each.startsWith(wanted))) return 2;
  const isLong = wanted.length >= leastInside;
  if (isLong && name.includes(wanted)) return 3;
  if (beginsWord(more, wanted)) return 4;
  return isLong && more.includes(wanted) ? 5 : none;
}

/** Whether each of several words begins a word of a text: "findings 2" means "Findings › 2". */
function hasEach(text: string, wanted: string): boolean {
  const [own, sought] = [wordsIn(text), wordsIn(wanted)];
  return sought.length > 1 && sought.every((word) => own.some((each) => each.startsWith(word)));
}

function wordsIn(text: string): readonly string[] {
  return text.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
}
