import { printable } from '../comment/printable.mjs';

export { printable };

/** Code-point order, so that a release never depends on the builder's locale. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return surrogatesLast(x) - surrogatesLast(y);
  }
  return a.length - b.length;
}

/** Identifiers in order: numbers by size, texts by code points. */
export function compareIds(a: string | number, b: string | number): number {
  return typeof a === 'number' && typeof b === 'number' ? a - b : compareText(String(a), String(b));
}

/**
 * The form in which ids are compared: lower case, and composed Unicode (NFC), since a file system can treat two ids
 * that differ in either as one name.
 */
export function foldedId(id: string): string {
  // most are in that form
  if (!/[^\0-@[-\x7f]/.test(id)) return id;
  const lower = id.toLowerCase();
  return /[^\0-\x7f]/.test(lower) ? lower.normalize('NFC') : lower;
}

/** A name as people compare it: in lower case, without the accents of Latin, Greek and Cyrillic letters. */
export function foldedName(name: string): string {
  return name
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/[\u0300-\u036f]/g, '')
    .normalize();
}

/** Latin letters with a stroke or a dot, which no accent makes. */
const struck: Readonly<Record<string, string>> = { ł: 'l', Ł: 'L', ø: 'o', Ø: 'O', đ: 'd', Đ: 'D', ı: 'i', İ: 'I' };

/**
 * A text with plain Latin letters in place of those with accents, each of the same length: `Erdoğan` as `Erdogan`. In
 * other scripts, such as Cyrillic, `й` is no `и`.
 */
export function withoutAccents(text: string): string {
  return text.replaceAll(/[\u00c0-\u024f\u1e00-\u1eff]/g, (letter) => {
    const plain = struck[letter] ?? letter.normalize('NFD').replaceAll(/\p{M}/gu, '');
    return plain.length === letter.length ? plain : letter;
  });
}

/** UTF-16 units in the order of code points: surrogates come after the rest of the plane. */
function surrogatesLast(unit: number): number {
  return unit >= 0xd800 && unit < 0xe000 ? unit + 0x10000 : unit;
}

/** The Unicode number of a character: `U+00E9`. */
export function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** The same for each line of a text. */
export function printableLines(text: string): string {
  return text.split('\n').map(printable).join('\n');
}

/** The code points of a text; offsets in documents count these. */
export function codePoints(text: string): string[] {
  return Array.from(text);
}

/** A short quotation of a value from data, for a message. */
export function quoted(text: string, most = 60): string {
  const points = codePoints(text);
  const cut = points.length > most ? `${points.slice(0, most).join('')}…` : text;
  return `"${printable(cut)}"`;
}

/** A text to be written exactly: as JSON writes it, uncut. */
export function written(text: string): string {
  return printable(JSON.stringify(text));
}

/** Groups by a key, in the order in which the keys first appear. */
export function groupBy<T, K>(values: Iterable<T>, keyOf: (value: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const value of values) {
    const key = keyOf(value);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [value]);
    else group.push(value);
  }
  return groups;
}

/** `1 file`, `2 files`; thousands are not separated. */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`;
}

/** A text up to the end of its first sentence. */
export function firstSentence(text: string): string {
  return /^.*?[.!?](?=\s|$)/s.exec(text)?.[0] ?? text;
}

/** `a`, `a and b`, `a, b and c`. */
export function list(words: readonly string[], last = 'and'): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`;
}

/** A word quoted for a shell. */
export function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** Latin letters that no Unicode form decomposes, without their marks. */
const plainLetters: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
};

/** A text as a slug: lower-case words with hyphens between them. Empty if it has letters of another alphabet. */
export function latinSlug(text: string): string {
  const plain = text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[ßæœøłđðþı]/g, (letter) => plainLetters[letter] ?? '');
  if (/[^a-z\P{L}]/u.test(plain)) return '';
  return plain
    .replace(/[’']/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
}

/** How the lines of a paragraph begin, and the most characters in one. */
interface Layout {
  readonly first?: string;
  readonly others?: string;
  readonly width?: number;
}

/** A paragraph in lines that are no longer than the width, where its words allow. */
export function wrapped(text: string, { first = '', others = '', width = 120 }: Layout = {}): string {
  const lines: string[] = [];
  let words: string[] = [];
  let length = first.length;
  for (const word of text.split(' ')) {
    if (words.length > 0 && length + word.length > width) {
      lines.push(words.join(' '));
      words = [];
      length = others.length;
    }
    words.push(word);
    length += word.length + 1;
  }
  return first + [...lines, words.join(' ')].join(`\n${others}`);
}
