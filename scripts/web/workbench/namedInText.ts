import { isTitle } from '../../base/titleWords.ts';
import { withoutAccents } from '../../base/text.ts';
import type { RecordSummary } from './messages.ts';
import { endsWithParticle, genitives, hasParticle, isCommonWord, longNamesIn } from './namesInText.ts';
import { placeOf } from './wordBounds.ts';

/** Shorter names would match too often. Code units. */
const shortestName = 3;
const shortestSurname = 4;

/** What has names: a record, or a draft of one. */
export interface Named {
  readonly label: string | undefined;
  readonly aliases: readonly string[];
}

/** How a text names a record. */
export interface Naming {
  /** Code units from the beginning of the text. */
  readonly at: number;
  /** The name, or the last word of it that the text has. */
  readonly name: string;
  /**
   * Whether that is all of a name, or the last word of a person's that stands alone. With another word before it that
   * has a capital, it can be of another name: `John Smith` is not `Mary Smith`.
   */
  readonly isCertain: boolean;
  /**
   * Whether something else can be meant: what has something in the English genitive, or the country or capital by whose
   * name its government is called, which is another name of one word.
   */
  readonly isIndirect: boolean;
  /** Whether that is all of a name. */
  readonly isWhole: boolean;
}

/** A record that a text names, for the page. */
export interface NamedRecord extends RecordSummary {
  readonly naming: Naming;
}

/**
 * How a text names those of some records that it does, with or without the accents of Latin letters: whole names first,
 * then the certain ones, as in the text. The last word of a name that is a country's can mean that: `Port Sudan`.
 */
export function namedInText<T extends Named>(
  text: string,
  records: Iterable<T>,
  isCountry: (name: string) => boolean = () => false,
): readonly { readonly record: T; readonly naming: Naming }[] {
  const found: { readonly record: T; readonly naming: Naming }[] = [];
  const plain = withoutAccents(text);
  for (const record of records) {
    const label = withoutAccents(record.label ?? '');
    const aliases = record.aliases.map(withoutAccents);
    const own = namingOf(label, plain);
    const others = aliases.flatMap((name) => namingOf(name, plain) ?? []);
    const inSmall = aliases.flatMap((name) => inSmallLetters(name, plain) ?? []);
    const named = [
      ...(own === undefined ? [] : [own]),
      ...others.map((each) => asOther(each, label, isCountry)),
      ...inSmall,
    ];
    const [naming] = named.toSorted(byCertainty);
    if (naming === undefined) continue;
    const { at, name } = naming;
    found.push({ record, naming: { ...naming, name: text.slice(at, at + name.length) } });
  }
  return found.toSorted((a, b) => byCertainty(a.naming, b.naming));
}

/** How a text has another name that begins with a small letter, such as `reporters`: others can be called so. */
function inSmallLetters(name: string, text: string): Naming | undefined {
  const at = name.length >= shortestName && /^\p{Ll}/u.test(name) ? placeOf(name, text) : -1;
  return at < 0 ? undefined : { at, name, isCertain: true, isWhole: true, isIndirect: true };
}

/**
 * Another name of one word can mean something else, such as the place that it names: not the last word of a person's
 * name, nor initials.
 */
function asOther(naming: Naming, label: string, isCountry: (name: string) => boolean): Naming {
  const { name, isWhole } = naming;
  const words = label.split(' ');
  const isLast = words.length > 1 && words.at(-1) === name && !words.some(isCommonWord) && !isCountry(name);
  const isShort = name.length > 1 && name === initialsOf(words);
  return isWhole && !name.includes(' ') && !isLast && !isShort ? { ...naming, isIndirect: true } : naming;
}

/** The first letters of the words of a name that begin with a capital: `NATO`. */
function initialsOf(words: readonly string[]): string {
  return words.flatMap((word) => (/^\p{Lu}/u.test(word) ? [word.slice(0, 1)] : [])).join('');
}

function byCertainty(a: Naming, b: Naming): number {
  const rank = ({ isWhole, isCertain }: Naming): number => Number(isWhole) + Number(isCertain);
  return (
    rank(b) - rank(a) || Number(a.isIndirect) - Number(b.isIndirect) || a.at - b.at || b.name.length - a.name.length
  );
}

/** How a text has a name. One that begins with a small letter is a common word. */
function namingOf(name: string, text: string): Naming | undefined {
  const last = name.slice(name.lastIndexOf(' ') + 1);
  if (name.length < shortestName || !text.includes(last) || !/^\p{Lu}/u.test(name)) return undefined;
  const whole = placeOf(name, text);
  const isOneWord = last === name;
  if (whole >= 0) {
    const isWhole = !isOneWord || isOutsideOfOthers(name, text);
    return { at: whole, name, isCertain: isWhole, isWhole, isIndirect: isOwner(name, text) };
  }
  if (isOneWord || last.length < shortestSurname || !/^\p{Lu}[\p{L}\p{M}'’ʼ-]+$/u.test(last)) return undefined;
  const at = placeOf(last, text);
  if (at < 0) return undefined;
  const isOfPerson = !name.split(' ').some(isCommonWord);
  const isAlone = standsAlone(text.slice(0, at), text.slice(at + last.length));
  return { at, name: last, isCertain: isOfPerson && isAlone, isWhole: false, isIndirect: isOwner(last, text) };
}

/**
 * Whether a text has a name in the English genitive only, before an office, or behind people: `NATO spokesman`,
 * `delegations of Russia and Ukraine`.
 */
function isOwner(name: string, text: string): boolean {
  // `United States' envoy`
  const endings = name.endsWith('s') ? [...genitives, "' ", '’ ', 'ʼ '] : genitives;
  const others = endings.reduce((rest, ending) => rest.replaceAll(`${name}${ending}`, ' '), text);
  for (let from = 0, at = placeOf(name, others); at >= 0;) {
    const before = others.slice(Math.max(0, from + at - longestOf), from + at);
    from += at + name.length;
    const isOfOffice = isBeforeOffice(others.slice(from, from + longestOf)) && !placed.test(before);
    if (!ofWhat.test(before) && !isOfOffice) return false;
    at = placeOf(name, others.slice(from));
  }
  return true;
}

/** What is before the name of a place: `in Kyiv President Berg said`. */
const placed = /(?<!\p{L})(?:in|at|from|to|near|of|left|leaving|for|in|aus|nach|à|[ву]|до|з)\s+$/iu;

/** Whether what follows a name in its line is an office, such as `press secretary`. */
function isBeforeOffice(after: string): boolean {
  const [, first = '', second = ''] = /^[^\S\n]+(\p{L}+)(?:\s+(\p{L}+))?/u.exec(after) ?? [];
  return isTitle(first) || (isCommonWord(first) && isTitle(second));
}

/** What is before a name behind `of`, also the second of two. */
const ofWhat =
  /\b(?!(?:outskirts|suburbs|streets|districts|parts|borders|hours|days)\b)(?:\p{L}+s|government|army|ministry|parliament|delegation|people|minister|president|ambassador) of (?:(?:\p{Lu}[\p{L}\p{M}'’-]*[,\s]+)+(?:and\s+)?)?(?:the\s+)?$/u;
/** Code units of that. */
const longestOf = 80;

/** Whether a text has a word that is also outside of longer names: `South Sudan` is not `Sudan`. */
function isOutsideOfOthers(word: string, text: string): boolean {
  const longer = longNamesIn(text).filter((name) => placeOf(word, name) >= 0 && !hasParticle(name));
  const others = longer.reduce((rest, name) => rest.replaceAll(name, ' '), text);
  return placeOf(word, others) >= 0;
}

/** Whether what is around a last name is no other part of a name. */
function standsAlone(before: string, after: string): boolean {
  const isBefore = /(?:(?<![\p{L}\p{M}])(?:\p{Lu}\.|\p{Lu}[\p{L}\p{M}'’ʼ-]*)["”»)\]]?\s+|-)$/u.test(before);
  const isAfter = /^(?:-|[^\S\n]+\p{Lu})/u.test(after);
  return !isBefore && !isAfter && !endsWithParticle(before);
}
