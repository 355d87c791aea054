import { type DayWords, type DaysApartWords, daysApartIn, longestBeside } from './daysApart.ts';
import { quantityWordings } from './quantityWordings.ts';
import { languageOf } from './supported.ts';
import { spaced, wordEnd, wordStart } from './wordPatterns.ts';

/** The words of a language for the day of a date before them, as patterns; a space is any space. */
interface SameDay {
  /** Such as `on the same day`. */
  readonly wording: string;
  /** Behind them, also after a comma: they then mean the day of what follows, as in `the same day as the flood`. */
  readonly voids: string;
  /** Behind them inside a sentence, where the clause of such a day has no word before it: `the same day he left`. */
  readonly voidsInside?: string;
  /** Before them, if they mean no one day: `always on the same day`. */
  readonly always: string;
  /** Words for other days: `two days later`. */
  readonly days: string;
  /** Words for other weeks, months or years that the data of the runtime lack. */
  readonly periods?: string;
  /** Between the dates of several days. */
  readonly links: string;
}

const words: Readonly<Record<string, SameDay>> = {
  en: {
    wording:
      '(?:(?:later|earlier) )?(?:(?:on|during) )?(?:the|that|this) (?:very )?same (?:day|morning|afternoon|evening)|' +
      '(?:(?:later|earlier) )?(?:on that (?:very )?day|that very day)',
    voids: 'as|that|when|on which|in which|each|every|of',
    voidsInside:
      String.raw`(?!(?:and|but|or|in|at|on|with|by|to|for|from|after|before|near|during|while|since|because)(?!\p{L}))` +
      String.raw`\p{L}+`,
    always: 'always|every|each|usually|not|never',
    days:
      String.raw`days?|weekends?|eve|fortnight|(?:Christmas|Easter|Whit)\p{L}*|overnight|midnight|` +
      '(?:next|following|previous|preceding) (?:morning|afternoon|evening|night)|' +
      '(?:morning|afternoon|evening|night) (?:before|after)',
    periods: 'fortnight|decade|century',
    links: 'and|or|to|until|till|through',
  },
  de: {
    wording:
      '(?:am|an dem) (?:selben|gleichen|nämlichen) (?:Tage?|Morgen|Vormittag|Mittag|Nachmittag|Abend)|' +
      '(?:an )?(?:demselben|diesem selben) (?:Tage?|Morgen|Vormittag|Mittag|Nachmittag|Abend)|' +
      'an (?:diesem|jenem) Tage?|(?:desselben|selbigen) Tage?s',
    voids: 'wie|als|an dem|an welchem|da|wo|der|des',
    always: 'immer|stets|jeweils|jedes Jahr|nicht|nie',
    days:
      String.raw`(?:Vor|Folge|Feier|Geburts|Jahres)?tag(?:e|en|es|s)?|Vorabend\p{L}*|Wochenende\p{L}*|Heiligabend|` +
      String.raw`(?:Weihnacht|Oster|Pfingst)\p{L}*|ander(?:n|en)tags|über Nacht|Mitternacht|` +
      String.raw`(?:folgend|nächst|ander|vorig|vorherig|vorangegangen|vorangehend)e[nrs] ` +
      '(?:Morgens?|Vormittags?|Mittags?|Nachmittags?|Abends?|Nacht)|Nacht (?:auf|zu|zum)',
    periods: String.raw`(?:Vor|Folge)(?:jahr|monat|woche)\p{L}*|Jahrzehnt\p{L}*|Jahrhundert\p{L}*`,
    links: 'und|oder|bis|bis zum|sowie',
  },
  fr: {
    wording:
      '(?:le|ce) même (?:jour|matin|soir|après-midi)|ce (?:jour|matin|soir)-là|le jour même|dans la même journée',
    voids: String.raw`que|où|de|du|des|(?:qu|d)'\p{L}+`,
    always: 'toujours|chaque|pas|jamais',
    days:
      'jours?|journées?|lendemain|surlendemain|(?:avant-)?veille|week-ends?|Noël|Pâques|minuit|' +
      String.raw`(?:matin|soir|après-midi|nuit) (?:suivante?|précédente?|d'après|d'avant)|le \d{1,2}(?!\d)`,
    periods: 'décennie|siècle',
    links: 'et|ou|au|à',
  },
  es: {
    wording: '(?:(?:en )?el|ese|este) mismo día|ese día',
    voids: 'que|en que|en el que|de|del|cuando',
    always: 'siempre|cada|no|nunca',
    days:
      'días?|víspera|fin de semana|Navidad|medianoche|(?:mañana|tarde|noche) (?:siguiente|anterior)|' +
      String.raw`siguiente (?:mañana|tarde|noche)|el \d{1,2}(?!\d)`,
    links: 'y|e|o|a|al|hasta',
  },
  it: {
    wording: '(?:nello|lo|quello|questo) stesso giorno|quel giorno',
    voids: 'in cui|che|di|del|della|dei|quando',
    always: 'sempre|ogni|non|mai',
    days:
      'giorn[oi]|giornat[ae]|vigilia|indomani|Natale|Pasqua|mezzanotte|' +
      '(?:mattin[ao]|pomeriggio|sera|notte) (?:seguente|successiv[oa]|precedente|dopo|prima)|' +
      String.raw`il \d{1,2}(?!\d)`,
    links: 'e|ed|o|a|al',
  },
  pl: {
    wording: 'tego (?:samego )?dnia|w (?:tym samym|tym) dniu',
    voids: 'co|w którym|kiedy|gdy|kiedy',
    always: 'zawsze|nie|nigdy',
    days:
      String.raw`dzień|dnia|dni|dniach|dniami|dniu|przeddzień|nazajutrz|weekend\p{L}*|świąt\p{L}*|[op]o? północy|` +
      '(?:następnego|kolejnego|poprzedniego) (?:ranka|wieczoru|popołudnia)|(?:następnej|kolejnej|poprzedniej) nocy',
    links: 'i|oraz|lub|albo|do',
  },
  uk: {
    wording:
      '(?:того|цього) (?:ж|же|самого|ж самого|же самого) (?:дня|ранку|вечора)|' +
      '[ув] (?:той|цей) (?:же|самий|же самий|самісінький) день|того дня',
    voids: 'коли|що|як|в який|у який|в якому',
    always: 'завжди|щоразу|не|ніколи',
    days:
      String.raw`день|дня|дні|днів|днями|днях|днем|напередодні|назавтра|вихідн\p{L}+|Різдв\p{L}+|` +
      String.raw`Велик\p{L}*д[не]\p{L}*|опівночі|(?:о|після|до) півночі|[ву] ніч (?:на|проти)|` +
      '(?:наступного|попереднього) (?:ранку|вечора)|(?:наступної|попередньої) ночі',
    periods: String.raw`торік|торішн\p{L}+|позаторік|десятилітт\p{L}+|столітт\p{L}+`,
    links: 'і|й|та|або|чи|до|по',
  },
  ru: {
    wording: '(?:того|этого) же (?:самого )?(?:дня|утра|вечера)|в (?:тот|этот) (?:же|самый|же самый) день|в тот день',
    voids: 'когда|что|как|в который',
    always: 'всегда|каждый раз|не|никогда',
    days:
      String.raw`день|дня|дней|дни|днях|днями|днем|днём|накануне|назавтра|выходн\p{L}+|Рождеств\p{L}+|` +
      String.raw`полноч\p{L}*|полуноч\p{L}*|в ночь на|следующ(?:его|им|ее|ей) (?:утр\p{L}|вечер\p{L}*|ноч\p{L}*)`,
    periods: String.raw`прошлогодн\p{L}+|десятилети\p{L}+|столети\p{L}+`,
    links: 'и|или|до|по',
  },
};

/** Finds words for the day of a date before them, or a day that counts from it, in some languages. */
export interface SameDayWords {
  /**
   * The words that begin at a place in a text, if they mean a day that a date before them tells. `isFirst` says whether
   * they begin a sentence.
   */
  readonly at: (text: string, start: number, isFirst: () => boolean) => DayWords | undefined;
  /** Whether a text has words for another week, month or year that are not in the data of the runtime. */
  readonly hasOtherPeriod: (text: string) => boolean;
  /** Whether a text has words for a day that is not the one before. */
  readonly hasOtherDay: (text: string) => boolean;
  /** Whether a text ends with another day or its number, and a word that joins it to the next one. */
  readonly endsWithLink: (text: string) => boolean;
  /** Whether a text only joins two days. */
  readonly isLink: (text: string) => boolean;
}

/** Numbers that can be those of a day, a date or a year. */
const numbers = String.raw`\d{1,2}[./-]\d{1,2}(?:[./-]\d{2,4})?|(?:1[5-9]|20)\d\d`;

/** The words of some languages, given as BCP 47 tags. */
export function sameDayWords(tags: readonly string[]): SameDayWords {
  const languages = [...new Set(tags.map(languageOf))].filter((language) => Object.hasOwn(words, language));
  const all = languages.flatMap((language) => patternsIn(language));
  const any = anyOf(languages.join(), all);
  return {
    at(text, start, isFirst) {
      // most words begin neither, and this tells so for all languages at once
      any.lastIndex = start;
      if (!any.test(text)) return undefined;
      for (const patterns of all) {
        const found = wordsAt(patterns, text, start, isFirst);
        if (found !== undefined) return found;
      }
      return undefined;
    },
    hasOtherPeriod: (text) => all.some(({ period }) => period.test(text)),
    hasOtherDay: (text) => all.some(({ other }) => other.test(text)),
    endsWithLink: (text) => all.some(({ joined }) => joined.test(text)),
    isLink: (text) => all.some(({ link }) => link.test(text)),
  };
}

function wordsAt(
  { phrase, voids, voidsInside, always, apart }: Patterns,
  text: string,
  start: number,
  isFirst: () => boolean,
): DayWords | undefined {
  phrase.lastIndex = start;
  const found = phrase.exec(text)?.[0];
  if (found === undefined) return apart.at(text, start);
  const end = start + found.length;
  const [before, after] = [text.slice(Math.max(0, start - longestBeside), start), text.slice(end, end + longestBeside)];
  const isOther = voids.test(after) || always.test(before) || (voidsInside.test(after) && !isFirst());
  return isOther ? undefined : { end, by: 0 };
}

interface Patterns {
  readonly phrase: RegExp;
  /** Words for a day that counts from a date before them. */
  readonly apart: DaysApartWords;
  readonly period: RegExp;
  readonly voids: RegExp;
  readonly voidsInside: RegExp;
  readonly always: RegExp;
  readonly other: RegExp;
  readonly joined: RegExp;
  readonly link: RegExp;
}

const known = new Map<string, Patterns>();
const knownAny = new Map<string, RegExp>();

/** Any of the words of some languages, without what is beside them. */
function anyOf(languages: string, all: readonly Patterns[]): RegExp {
  const made =
    knownAny.get(languages) ??
    new RegExp(`(?:${all.flatMap(({ phrase, apart }) => [phrase.source, apart.any]).join('|')})`, 'iuy');
  knownAny.set(languages, made);
  return made;
}

function patternsIn(language: string): readonly Patterns[] {
  const own = words[language];
  if (own === undefined) return [];
  const { wording, voids, voidsInside = '(?!)', always, days, periods = '(?!)', links } = own;
  const before = known.get(language);
  if (before !== undefined) return [before];
  const { ordinals = '(?!)' } = quantityWordings[language] ?? {};
  const between = String.raw`(?:\s*[-–—]\s*|,?\s+(?:${spaced(links)})\s+)(?:\p{L}{1,4}\.?\s+){0,2}`;
  const made: Patterns = {
    phrase: new RegExp(`${wordStart}(?:${spaced(wording)})${wordEnd}`, 'iuy'),
    apart: daysApartIn(language, always, links),
    period: new RegExp(`${wordStart}(?:${spaced(periods)})${wordEnd}`, 'iu'),
    voids: new RegExp(String.raw`^,?\s+(?:${spaced(voids)})${wordEnd}`, 'iu'),
    voidsInside: new RegExp(String.raw`^\s+(?:${voidsInside})`, 'iu'),
    always: new RegExp(String.raw`${wordStart}(?:${spaced(always)})\s+(?:\p{L}{1,3}\s+)?$`, 'iu'),
    other: new RegExp(
      `${wordStart}(?:${spaced(days)}|${spaced(periods)}|${numbers}|\\d{1,2}(?:${ordinals}))${wordEnd}`,
      'iu',
    ),
    joined: new RegExp(String.raw`\d\.?(?:\s+\p{L}+){0,2}${between}$`, 'iu'),
    link: new RegExp(`^${between}$`, 'iu'),
  };
  known.set(language, made);
  return [made];
}
