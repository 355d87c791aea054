import { languageOf } from './supported.ts';

/** Words that count from a day, and what is behind them if that is another day than the date of the source. */
interface Rule {
  readonly own: RegExp;
  readonly after: RegExp;
}

const speaks = '(?:заяви|повідоми|наголоси|підтверди|уточни|сказа|розпові)(?:в|ла|ли)';
const beginsClause = `він|вона|вони|ми|я|[ву]вечері|[ву]ранці|[ву]день|[ву]ночі|${speaks}|відбу(?:вся|лася|лися)`;

const rules: Readonly<Record<string, readonly Rule[]>> = {
  en: [
    { own: /^within\s/i, after: /^\s+(?:of|from(?!\s+(?:now|today)(?!\p{L}))|after|following|since)(?!\p{L})/iu },
    { own: /\seve$/i, after: /^\s+(?:of|before)(?!\p{L})/iu },
    {
      own: /^in\s.*\s(?:day|week|month|year)s?$/i,
      after: /^\s+(?:of|after|from(?!\s+(?:now|today)(?!\p{L})))(?!\p{L})/iu,
    },
  ],
  de: [{ own: /^(?:innerhalb|binnen)\s/i, after: /^\s+(?:nach|ab|seit|von|vor)(?!\p{L})/iu }],
  // `напередодні зустрічі` is the eve of the meeting, and `напередодні, 23 лютого` that day: only words that can begin
  // a clause, and verbs that are no noun in another case, are told apart
  uk: [
    {
      own: /напередодні$/iu,
      after: new RegExp(String.raw`^(?:,?\s*\d|\s+(?!(?:${beginsClause})(?!\p{L}))\p{L})`, 'iu'),
    },
    { own: /^через\s/iu, after: /^\s+(?:після|від)(?!\p{L})/iu },
  ],
  ru: [{ own: /^через\s/iu, after: /^\s+(?:после|от)(?!\p{L})/iu }],
};

/** Whether words mean the day before another one, which is that of the source only if the text has none before. */
export function isEve(words: string): boolean {
  return /(?:^напередодні|\seve)$/iu.test(words);
}

/** Whether words give a time in which something happens, such as `within a week`. */
export function isDuration(words: string): boolean {
  return /^(?:within|innerhalb|binnen)\s/iu.test(words);
}

/** Whether what is behind words says that they are about another day, in languages given as BCP 47 tags. */
export function isOfAnotherDay(words: string, after: string, tags: readonly string[]): boolean {
  return tags.some((tag) => {
    const language = languageOf(tag);
    const own = Object.hasOwn(rules, language) ? rules[language] : undefined;
    return own?.some((rule) => rule.own.test(words) && rule.after.test(after)) === true;
  });
}
