import { sayingVerbs } from './sayingWords.ts';
import { languageOf } from './supported.ts';
import { spaced, wordEnd, wordStart } from './wordPatterns.ts';

/** Words that count from a day, and what is behind them if that is another day than the date of the source. */
interface Rule {
  readonly own: RegExp;
  readonly after: RegExp;
}

const beginsClause = `він|вона|вони|ми|я|[ву]вечері|[ву]ранці|[ву]день|[ву]ночі|${sayingVerbs.uk}|відбу(?:вся|лася|лися)`;

/** The rule for a weekend, given by the end of its words and the words behind it, as patterns. */
function weekend(own: string, after: string): Rule {
  return {
    own: new RegExp(String.raw`${wordStart}(?:${spaced(own)})$`, 'iu'),
    after: new RegExp(String.raw`^\s+(?:${spaced(after)})${wordEnd}`, 'iu'),
  };
}

/** What is of a weekend, and on no certain one. */
const withWeekends = 'editions?|issues?|papers?|supplements?|shows?|markets?|breaks?|trips?|curfews?|shifts?';
const monthsInEnglish = '(?:January|February|March|April|May|June|July|August|September|October|November|December)';
const monthsInPolish =
  'stycznia|lutego|marca|kwietnia|maja|czerwca|lipca|sierpnia|września|października|listopada|grudnia';

const rules: Readonly<Record<string, readonly Rule[]>> = {
  en: [
    weekend(
      'weekend',
      `of|after|before|following|when|that (?:followed|follows|began|ended|saw|preceded|came)|in ${monthsInEnglish}|${withWeekends}`,
    ),
    { own: /^within\s/i, after: /^\s+(?:of|from(?!\s+(?:now|today)(?!\p{L}))|after|following|since)(?!\p{L})/iu },
    { own: /\seve$/i, after: /^\s+(?:of|before)(?!\p{L})/iu },
    {
      own: /^in\s.*\s(?:day|week|month|year)s?$/i,
      after: /^\s+(?:of|after|from(?!\s+(?:now|today)(?!\p{L})))(?!\p{L})/iu,
    },
  ],
  de: [
    weekend('wochenende', String.raw`des|der|vom|von|vor|nach|zum|im \p{L}+`),
    { own: /^(?:innerhalb|binnen)\s/i, after: /^\s+(?:nach|ab|seit|von|vor)(?!\p{L})/iu },
  ],
  // `напередодні зустрічі` is the eve of the meeting, and `напередодні, 23 лютого` that day: only words that can begin
  // a clause, and verbs that are no noun in another case, are told apart
  uk: [
    {
      own: /напередодні$/iu,
      after: new RegExp(String.raw`^(?:,?\s*\d|\s+(?!(?:${beginsClause})(?!\p{L}))\p{L})`, 'iu'),
    },
    { own: /^через\s/iu, after: /^\s+(?:після|від)(?!\p{L})/iu },
    weekend(String.raw`вихідн\p{L}+`, String.raw`дн\p{L}+|після|перед|(?:та|і|й) святков\p{L}+`),
  ],
  ru: [
    { own: /^через\s/iu, after: /^\s+(?:после|от)(?!\p{L})/iu },
    weekend(String.raw`выходны\p{L}+`, String.raw`дн\p{L}+|после|перед|и праздничн\p{L}+`),
  ],
  fr: [
    weekend(String.raw`week-?end(?: \p{L}+)?`, String.raw`de|du|des|d'\p{L}+|où|qui|que|suivant|précédent|avant|après`),
  ],
  es: [weekend(String.raw`fin de semana(?: \p{L}+)?`, 'de|del|que|anterior|siguiente|antes|después')],
  it: [
    weekend(
      String.raw`(?:fine settimana|week-?end)(?: \p{L}+)?`,
      'di|del|della|che|precedente|seguente|successivo|prima|dopo',
    ),
  ],
  pl: [weekend('weekendu?', `po|przed|${monthsInPolish}`)],
};

/** Whether words mean the day before another one, which is that of the source only if the text has none before. */
export function isEve(words: string): boolean {
  return /(?:^напередодні|\seve)$/iu.test(words);
}

/** Whether words give a time in which something happens, such as `within a week`. */
export function isDuration(words: string): boolean {
  return /^(?:within|innerhalb|binnen)\s(?!(?:the|der|den)\s(?:past|last|previous|letzten|vergangenen)\s)/iu.test(
    words,
  );
}

/** Whether what is behind words says that they are about another day, in languages given as BCP 47 tags. */
export function isOfAnotherDay(words: string, after: string, tags: readonly string[]): boolean {
  return tags.some((tag) => {
    const language = languageOf(tag);
    const own = Object.hasOwn(rules, language) ? rules[language] : undefined;
    return own?.some((rule) => rule.own.test(words) && rule.after.test(after)) === true;
  });
}
