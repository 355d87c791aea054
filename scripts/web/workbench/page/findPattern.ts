/** Signs that a keyboard has one of, and a text any of. */
const alike: readonly (readonly string[])[] = [
  ['"', '„', '“', '”', '‟', '«', '»'],
  ["'", '’', '‘', '‚', '‛', 'ʼ', '`'],
  ['-', '‐', '‑', '–', '—', '−'],
];

/** What can follow a letter in a text without being typed: a mark of stress, a place to hyphenate. */
const unseen = String.raw`[\u0301\u00ad]*`;

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/**
 * What finds words in a text as a person types them: capitals, white space, the form of quotation marks, apostrophes
 * and dashes, marks of stress, and whether a letter is one sign or two make no difference. Undefined of no words.
 */
export function patternOf(words: string): RegExp | undefined {
  const parts = words.split(/\s+/u).filter((word) => word !== '');
  if (parts.length === 0) return undefined;
  const sources = parts.map((word) => [...graphemes.segment(word)].map(({ segment }) => sourceOf(segment)).join(''));
  return new RegExp(sources.join(String.raw`\s+`), 'giu');
}

function sourceOf(character: string): string {
  const signs = alike.find((each) => each.includes(character));
  const forms = signs === undefined ? ['NFC', 'NFD'].map((form) => character.normalize(form)) : signs;
  return `(?:${[...new Set([character, ...Array.from(forms)])].map(escaped).join('|')})${unseen}`;
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
}
