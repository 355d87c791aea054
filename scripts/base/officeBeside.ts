import { sayingVerbs } from './sayingWords.ts';
import { isTitle } from './titleWords.ts';

/** A range of a text, in code units. */
interface Range {
  readonly start: number;
  readonly end: number;
}

/** How far from a name the words for an office can be. Code units. */
const reach = 100;

/** The most words for an office: `first deputy foreign policy adviser of the Republic`. */
const mostWords = 8;

/** What is between the words for an office and other words. A full stop after one capital letter ends no sentence. */
const boundary = /[,;:!?()–—"„“”«»]|\n\s*\n|(?<!(?<!\p{L})\p{Lu})\.(?=\s|$)/gu;

const articles = new Set(
  ['the a an her his its their our', 'der die das den dem ein eine sein seine ihr ihre', 'le la les un une son sa leur']
    .join(' ')
    .split(' '),
);

/** Words that what is said of an office goes on with: `secretary of state`, `ambassador to Romania`. */
const ofOffice = new Set('of to for at in von für bei im in der des de du des d’ aux au en'.split(' '));

/** Words that no office begins with, besides articles. */
const others = new Set(
  [
    'and or but with by to from in on at for as of that this when while after before than into between met meets',
    'meeting called thanked told asked including is was were are had has have be who which then also will would could',
    'und oder aber mit von bei zu zum zur in im am an auf für als dass traf rief nannte ist war hat wie auch',
    'et ou mais avec par à au aux de du des dans en sur pour comme que qui est était avait',
    'і й та або але з із зі від у в на до за про як що який яка це був була',
  ]
    .join(' ')
    .split(' '),
);

const saying = new RegExp(`^(?:${Object.values(sayingVerbs).join('|')})$`, 'iu');

interface Word extends Range {
  readonly text: string;
}

/**
 * The words for the office of a person that stand before a name, `Dutch Defence Minister`, before the comma in front of
 * it, `the Kremlin's spokesman,`, or behind it between commas. Without an article. Undefined if there are none.
 * @param start where the name is, in code units
 */
export function officeBeside(text: string, start: number, end: number): Range | undefined {
  return officeBefore(text, start, end) ?? officeAfter(text, end);
}

function officeBefore(text: string, start: number, end: number): Range | undefined {
  const from = Math.max(0, start - reach);
  const [between = ''] = /,?\s+$/u.exec(text.slice(from, start)) ?? [];
  const isInCommas = between.startsWith(',');
  // `an ally of the minister, Anna Berg said`
  const isClosed = !isInCommas || /^\s*(?:[,.;:)"”]|$)/u.test(text.slice(end, end + reach));
  if (between === '' || /\n\s*\n/u.test(between) || !isClosed) return undefined;
  const last = start - between.length;
  const cut = [...text.slice(from, last).matchAll(boundary)].at(-1);
  const words = wordsIn(text, from + (cut === undefined ? 0 : cut.index + cut[0].length), last);
  const heads = [...words.keys()].filter((i) => isOffice(words[i]?.text ?? '') && goesOn(words.slice(i + 1), words[i]));
  // `the deputy head of the Office of the President, Anna Berg,`, but `the spokesman for President Anna Berg`
  const head = isInCommas ? heads[0] : heads.at(-1);
  if (head === undefined || (!isInCommas && head !== lastOffice(words))) return undefined;
  const at = firstOf(words, head);
  const first = words[at];
  // `an ally of the president, Anna Berg,`
  const isOfAnother = isInCommas && /^(?:of|to|for|des|der|de|du)$/iu.test(words[at - 2]?.text ?? '') && at > 1;
  if (first === undefined || isOfAnother || words.length - at > mostWords) return undefined;
  return { start: first.start, end: last };
}

function lastOffice(words: readonly Word[]): number {
  return words.findLastIndex(({ text: each }) => isOffice(each));
}

function officeAfter(text: string, end: number): Range | undefined {
  const [comma = ''] = /^,\s+/u.exec(text.slice(end, end + reach)) ?? [];
  if (comma === '') return undefined;
  const from = end + comma.length;
  const stretch = text.slice(from, from + reach);
  const [close] = stretch.matchAll(boundary);
  if (close === undefined && from + reach < text.length) return undefined;
  const all = wordsIn(text, from, from + (close?.index ?? stretch.trimEnd().length));
  const words = articles.has(all[0]?.text.toLowerCase() ?? '') ? all.slice(1) : all;
  const head = words.findIndex(({ text: each }) => isOffice(each));
  const before = words.slice(0, Math.max(head, 0));
  if (head < 0 || words.length > mostWords || !before.every(({ text: each }) => isOfOffice(each))) return undefined;
  const [first, last] = [words[0], words.at(-1)];
  if (!goesOn(words.slice(head + 1), words[head]) || first === undefined || last === undefined) return undefined;
  return { start: first.start, end: last.end };
}

/** Whether a word names an office. Some are also surnames with a capital. */
function isOffice(word: string): boolean {
  return isTitle(bare(word)) || /^(?:leader|head|captain|major|lawmaker|analyst)$/u.test(bare(word));
}

/** Whether words behind an office belong to it: none, or `of state`. Ukrainian has no preposition there. */
function goesOn(tail: readonly Word[], head: Word | undefined): boolean {
  const [first] = tail;
  if (first === undefined) return true;
  const isAttached = ofOffice.has(first.text.toLowerCase()) || /^\p{Script=Cyrillic}/u.test(head?.text ?? '');
  return isAttached && tail.every(({ text: each }) => !saying.test(each));
}

/** The index of the first word for an office: adjectives and names before it, to an owner such as `Ukraine's`. */
function firstOf(words: readonly Word[], head: number): number {
  const isCapital = /^\p{Lu}/u.test(words[head]?.text ?? '');
  let at = head;
  let isOwned = false;
  while (at > 0) {
    const before = words[at - 1]?.text ?? '';
    const isSmall = /^\p{Ll}/u.test(before);
    // `the United States' envoy`; `mocked President Berg`
    if (!isOfOffice(before) || (isSmall && (isOwned || (isCapital && !small.test(before))))) break;
    isOwned ||= /['’ʼ]s?$/u.test(before);
    at--;
  }
  return at;
}

/** Words with a small letter before an office with a capital: adjectives, in German of any kind. */
const small =
  /^(?:deputy|former|acting|vice|outgoing|first|then|\p{L}+(?:isch|lich|ig|tretend|ehemalig|früher|neu|amtierend|designiert)(?:e[nrsm]?)?|neue[nrsm]?|frühere[nrsm]?|ehemalige[nrsm]?)$/u;

/** Words with a capital that only begin a sentence, and names of days: `Later President Berg`. */
const begins =
  /^(?:later|earlier|then|yesterday|today|meanwhile|now|once|\p{L}+ly|(?:mon|tues|wednes|thurs|fri|satur|sun)day|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|gestern|heute|später|dann|hier|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|вчора|сьогодні|потім)$/iu;

function isOfOffice(word: string): boolean {
  const plain = word.toLowerCase();
  if (articles.has(plain) || others.has(plain) || begins.test(plain) || saying.test(word) || /\p{N}/u.test(word))
    return false;
  // a verb: `accused`; no adjective such as `retired` is needed often
  return !/^\p{Ll}.*(?:ed|ing)$/u.test(word);
}

function bare(word: string): string {
  return word.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
}

function wordsIn(text: string, start: number, end: number): readonly Word[] {
  return [...text.slice(start, end).matchAll(/\S+/gu)].map(({ 0: each, index }) => ({
    text: each,
    start: start + index,
    end: start + index + each.length,
  }));
}
