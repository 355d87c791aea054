import { quantityWordings, wordingsOf } from './quantityWordings.ts';
import { languageOf } from './supported.ts';

/** What words behind a number multiply it by. */
export interface Scale {
  readonly factor: number;
  /** Of the words, with the space or hyphen before them, in code units. */
  readonly length: number;
}

const none: Scale = { factor: 1, length: 0 };

/** The scale in the words behind a number; undefined if they can multiply it by what is not known. */
export function scaleAfter(after: string, tag: string, isMoney: boolean): Scale | undefined {
  const [letters] = /^[\p{L}\p{M}]+\.?/u.exec(after) ?? [];
  const first = letters === undefined ? none : attached(letters, tag, isMoney);
  if (first === undefined) return undefined;
  let [{ factor, length }, last] = [first, first.factor];
  for (;;) {
    const [whole = '', gap = '', word = ''] = /^([-\s‐‑])([\p{L}\p{M}]+\.?)/u.exec(after.slice(length)) ?? [];
    const next = scaleOf(word, tag);
    if (next === undefined) {
      const isPaid = isMoney || currency.test(after.slice(length + whole.length));
      // 5 m is a length, and $5 m can be millions
      const isUnknown = isUnknownScale(word, gap, tag) || (isPaid && /^[mb]\.?$/iu.test(word));
      return isUnknown ? undefined : { factor, length };
    }
    // hundred thousand, but not thousand hundred
    if (next.factor <= last) return undefined;
    [factor, length, last] = [factor * next.factor, length + whole.length - word.length + next.length, next.factor];
  }
}

/** A currency behind the words for a number. */
const currency = /^\s?(?:[€$£¥₴₽]|(?:euros?|dollars?|pounds?|EUR|USD|GBP)(?!\p{L}))/iu;

/** Letters directly behind a number: a short form of a scale, or else a unit or an unknown one. */
function attached(letters: string, tag: string, isMoney: boolean): Scale | undefined {
  const short = letters.replace(/\.$/, '').toLowerCase();
  if (short === 'k') return { factor: 1000, length: 1 };
  // 5 m is a length
  if (isMoney && languageOf(tag) === 'en' && short === 'm') return { factor: 1e6, length: 1 };
  if (isMoney && languageOf(tag) === 'en' && short === 'b') return { factor: 1e9, length: 1 };
  return scaleOf(letters, tag);
}

function scaleOf(word: string, tag: string): Scale | undefined {
  const scales = scalesOf(tag);
  const bare = word.toLowerCase().replace(/\.$/, '');
  const abbreviated = scales.get(`${bare}.`);
  if (abbreviated !== undefined) return { factor: abbreviated, length: word.length };
  const factor = scales.get(bare);
  return factor === undefined ? undefined : { factor, length: bare.length };
}

/** Whether a word scales numbers, or looks like a form of one that does. */
export function isScale(word: string, tag: string): boolean {
  return scaleOf(word, tag) !== undefined || isUnknownForm(word, tag);
}

/** Whether a word looks like a scale with another ending, such as `тисячками`. */
function isUnknownForm(word: string, tag: string): boolean {
  return formsOf(tag).test(word);
}

/** The most letters of the ending of a scale, behind the stem. */
const longestEnding = 4;

const vowels = 'aeiouyęąаеєиіїоуыэюя';

const forms = new Map<string, RegExp>();

/** The forms that scales of a language can have: with more letters, or with other vowels in place of the last one. */
function formsOf(tag: string): RegExp {
  const before = forms.get(tag);
  if (before !== undefined) return before;
  const stems = [...scalesOf(tag).keys()].flatMap((scale) => {
    const [, stem = '', vowel = ''] = new RegExp(String.raw`^(.*?)([${vowels}]?)\.?$`, 'u').exec(scale) ?? [];
    if (stem.length < shortestStem || !/^[\p{L}\p{M}\s]+$/u.test(stem)) return [];
    return [vowel === '' ? stem : `${stem}(?![^${vowels}è.])`];
  });
  const made = new RegExp(String.raw`^(?:${stems.join('|') || '(?!)'})[\p{L}\p{M}]{0,${longestEnding}}\.?$`, 'iu');
  forms.set(tag, made);
  return made;
}

/**
 * Whether a word scales numbers in another language, is one that does with an ending that is not known, or is made of
 * one, such as `-тисячний`.
 */
function isUnknownScale(word: string, gap: string, tag: string): boolean {
  if (word === '') return false;
  if (/^[MB]$/.test(word)) return true;
  if (wordingsOf(tag).units?.split('|').includes(word.toLowerCase().replace(/\.$/, '')) === true) return false;
  const others = Object.keys(quantityWordings).filter((language) => language !== languageOf(tag));
  const isPart = gap !== '' && !/\s/.test(gap);
  const begun = word.toLowerCase().slice(0, shortestStem);
  const isCompound = [...scalesOf(tag).keys()].some(
    (scale) => begun.length === shortestStem && scale.startsWith(begun),
  );
  return (
    (isPart && isCompound) ||
    isUnknownForm(word, tag) ||
    others.some((language) => scaleOf(word, language) !== undefined)
  );
}

/** The letters that a compound has in common with a scale. */
const shortestStem = 4;

const known = new Map<string, ReadonlyMap<string, number>>();

/** Words such as `thousand` and `mio.`, in the forms that follow different numbers. */
function scalesOf(tag: string): ReadonlyMap<string, number> {
  const before = known.get(tag);
  if (before !== undefined) return before;
  const made = new Map<string, number>();
  for (const compactDisplay of ['long', 'short'] as const) {
    const format = new Intl.NumberFormat(tag, { notation: 'compact', compactDisplay, numberingSystem: 'latn' });
    for (const size of [1e3, 1e6, 1e9, 1e12])
      // a fraction has a form of its own: `1,5 мільйона`
      for (const count of [1, 1.5, 2, 5, 21]) {
        const parts = format.formatToParts(count * size);
        const [whole = '0', fraction = '0'] = ['integer', 'fraction'].map(
          (each) => parts.find(({ type }) => type === each)?.value,
        );
        const digits = Number(`${whole}.${fraction}`);
        const word = parts.find(({ type }) => type === 'compact')?.value ?? '';
        // a single letter can be the symbol of a unit; a million can be 100 of something
        if (word.length > 1 && digits > 0) made.set(word.toLowerCase(), (count * size) / digits);
      }
  }
  for (const [factor, words] of Object.entries(wordingsOf(tag).scales))
    for (const word of words.split('|')) made.set(word.toLowerCase(), Number(factor));
  known.set(tag, made);
  return made;
}
