import { lazy } from '../../base/lazy.ts';

/** Languages whose months are abbreviated with a full stop. */
const languages = [
  'en',
  'de',
  'fr',
  'es',
  'it',
  'pt',
  'nl',
  'sv',
  'da',
  'nb',
  'pl',
  'cs',
  'ro',
  'uk',
  'ru',
  'be',
  'bg',
];

/** The names of the months in full, in lower case, in the forms that they have alone and in a date. */
const months = lazy(() => {
  const names = new Set<string>();
  for (const language of languages)
    for (const day of [undefined, 'numeric'] as const) {
      const format = new Intl.DateTimeFormat(language, { month: 'long', ...(day && { day }), timeZone: 'UTC' });
      for (let month = 0; month < 12; month++)
        for (const { type, value } of format.formatToParts(Date.UTC(2001, month, 1)))
          if (type === 'month') names.add(value.toLowerCase());
    }
  return names;
});

/** The least and the most letters of an abbreviated month. */
const [shortest, longest] = [3, 5];

/** Beginnings of months' names that are English words too: these often end a sentence, as "two days ago." does. */
const ordinary = new Set(['ago', 'out', 'set', 'sett', 'led', 'list', 'lip', 'pro']);

/** Whether a word is the beginning of a month's name, such as "sept", and no such name itself, as "may" is. */
function isShortMonth(word: string): boolean {
  if (word.length < shortest || word.length > longest || ordinary.has(word)) return false;
  return !months().has(word) && [...months()].some((name) => name.startsWith(word));
}

/** Abbreviations that a number follows, in lower case. Other short words often end a sentence: "He ran. 4 fell." */
const numbered = new Set(
  [
    'no nos nr núm num art arts sec par para ch chap vol fig pt pp ed app approx ca cca',
    'abs abb kap bd ziff tel str čl č čís poz ust pkt rozdz wyd cap pag pág',
    'ст п пп ч розд рис табл вип т с стор абз гл бл прибл буд кв каб тел оф пер корп',
  ].flatMap((words) => words.split(' ')),
);

/** Whether a text ends with an abbreviation such as "Feb." or "No.", so that a number behind it goes on with it. */
export function abbreviates(text: string): boolean {
  const word = /(?<![\p{L}\p{N}.])(\p{L}+)\.\s*$/u.exec(text)?.[1]?.toLowerCase();
  return word !== undefined && (numbered.has(word) || isShortMonth(word));
}
