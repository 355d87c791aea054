/** Characters that texts write in several ways, and keyboards in one. */
const alike: readonly (readonly string[])[] = [
  ['"', '„', '“', '”', '‟', '«', '»'],
  ["'", '’', '‘', '‚', '‛', 'ʼ', '`'],
  ['-', '‐', '‑', '–', '—', '−'],
];

/** Characters in a text that people do not type: stress marks, soft hyphens. */
const unseen = String.raw`[\u0301\u00ad]*`;

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/**
 * A pattern that finds words as a person types them. It ignores case, white space, stress marks, the form of quotation
 * marks, apostrophes and dashes, and whether a letter is one code point or two. Undefined if there are no words.
 */
export function patternOf(words: string): RegExp | undefined {
  const parts = words.split(/\s+/u).filter((word) => word !== '');
  if (parts.length === 0) return undefined;
  const sources = parts.map((word) => [...graphemes.segment(word)].map(({ segment }) => sourceOf(segment)).join(''));
  return new RegExp(sources.join(String.raw`\s+`), 'giu');
}

/** The same, but not inside of longer words. */
export function wholeWords(words: string): RegExp | undefined {
  const pattern = patternOf(words);
  return pattern && new RegExp(String.raw`(?<![\p{L}\p{M}\p{N}])${pattern.source}(?![\p{L}\p{M}\p{N}])`, 'giu');
}

function sourceOf(character: string): string {
  const signs = alike.find((each) => each.includes(character));
  const forms = signs === undefined ? ['NFC', 'NFD'].map((form) => character.normalize(form)) : signs;
  return `(?:${[...new Set([character, ...Array.from(forms)])].map(escaped).join('|')})${unseen}`;
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
}
