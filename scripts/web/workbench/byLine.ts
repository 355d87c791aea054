import type { TextFacts } from './messages.ts';
import { name } from './namesInText.ts';

/** The words before the names of authors, in the languages of newspapers; those with a colon can be before any name. */
const before = ['by', 'written by', 'von', 'par', 'por', 'di', 'door', 'av', 'af'];
const labels = String.raw`authors?|autor(?:in|innen|en|a|es|ka|zy|rzy)?|auteurs?|autore|autori|автор(?:и|ы|ка)?|text`;

const begin = new RegExp(String.raw`^(?:(?:${before.join('|')})\s+|(?:${labels})\s*:\s*(?:(?:by|von)\s+)?)`, 'iu');

const and = String.raw`\s*(?:&|,?\s(?:and|und|et|y|e|en|og|och|i|й|и|і|та)\s)\s*`;
const comma = String.raw`\s*,\s*`;

// what follows says that the names end there: otherwise they begin a sentence
const end = String.raw`(?=\s*(?:$|[,;|•·/(–—]|\.\s|\.$|-\s)|\s+(?:in|for|für|aus|à|pour|en|para|для)\s+\p{Lu})`;
// after a comma there can be a place or a newspaper: only in a list with an `and` is it another name
const names = new RegExp(String.raw`^${name}(?:(?:${comma}${name})*${and}${name})?${end}`, 'u');
const separator = new RegExp(`${and}|${comma}`, 'u');

/** A name at the start of a line that goes on with a place and a date: `Ida Berg, Berlin, 15 February 2022`. */
const dated = new RegExp(
  String.raw`^${name}(?=,\s\p{Lu}[\p{L}\s'’ʼ-]{1,40},[^,]*(?<!\d)(?:19|20)\d\d(?!\d)[^,]{0,10}$)`,
  'u',
);

/** A place and a date that a by-line can follow in its line: `KYIV, 10 February 2022. By Ida Berg`. */
const placeAndDate = new RegExp(
  String.raw`^\p{Lu}[\p{L}'’ -]{0,40},\s[^,]{0,20}(?<!\d)\d{1,2}(?!\d)[^,]{0,20}?(?:19|20)\d\d\D{0,4}?[.|•·:—–-]\s+` +
    String.raw`(?=(?:By|Von|Par|Por|Di|Door|Av|Af)\s+\p{Lu})`,
  'u',
);

/** The most characters of a line that are looked at: a text can be one long line. */
const mostLooked = 300;

/** The authors in the first by-line of some lines, with the words that name them. */
export function authorsIn(lines: readonly string[]): TextFacts['authors'] {
  for (const line of lines.map((each) => each.slice(0, mostLooked).replace(placeAndDate, ''))) {
    const begun = begin.exec(line)?.[0];
    const alone = begun === undefined ? dated.exec(line.trim())?.[0] : undefined;
    if (alone !== undefined) return [{ name: alone, words: alone }];
    const found = begun === undefined ? undefined : names.exec(line.slice(begun.length))?.[0];
    if (begun !== undefined && found !== undefined)
      return found.split(separator).map((each) => ({ name: each, words: `${begun}${found}` }));
  }
  return [];
}
