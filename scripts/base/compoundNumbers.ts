/** The words of a number, with a space or `-` between them, and its value. */
type Spelling = readonly [words: string, value: number];

/** The same number in several forms, separated by `|`. */
function formsOf(value: number, forms: string): readonly Spelling[] {
  return forms.split('|').map((form) => [form, value] as const);
}

/** Numbers that follow one another, separated by spaces. */
function counted(from: number, words: string): readonly Spelling[] {
  return words.split(' ').flatMap((forms, i) => formsOf(from + i, forms));
}

/** Each of some tens with each of some numbers. */
function added(
  tens: readonly Spelling[],
  units: readonly Spelling[],
  join: (ten: string, unit: string) => string,
): readonly Spelling[] {
  return tens.flatMap(([ten, value]) => units.map(([unit, more]) => [join(ten, unit), value + more] as const));
}

/** Tens from 20 on, separated by spaces. */
function tensOf(words: string): readonly Spelling[] {
  return counted(0, words).map(([word, i]) => [word, 20 + 10 * i] as const);
}

function english(): readonly Spelling[] {
  const tens = tensOf('twenty thirty forty fifty sixty seventy eighty ninety');
  const units = counted(1, 'one two three four five six seven eight nine');
  return [
    ...counted(13, 'thirteen fourteen fifteen sixteen seventeen eighteen nineteen'),
    ...added(tens, units, (ten, unit) => `${ten}-${unit}`),
    ...formsOf(1.5, 'one and a half|one-and-a-half'),
  ];
}

function german(): readonly Spelling[] {
  const tens = tensOf('zwanzig dreißig|dreissig vierzig fünfzig sechzig siebzig achtzig neunzig');
  const units = counted(1, 'ein zwei drei vier fünf sechs sieben acht neun');
  return [
    ...counted(13, 'dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn'),
    ...added(tens, units, (ten, unit) => `${unit}und${ten}`),
    ...formsOf(1.5, 'anderthalb|eineinhalb'),
  ];
}

function french(): readonly Spelling[] {
  const units = counted(2, 'deux trois quatre cinq six sept huit neuf');
  const teens = counted(10, 'dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf');
  const hyphen = (ten: string, unit: string): string => `${ten}-${unit}`;
  const tens = [...tensOf('vingt trente quarante cinquante soixante septante huitante|octante nonante')];
  const [sixty, eighty] = [counted(60, 'soixante'), counted(80, 'quatre-vingt')];
  const [one, eleven] = [counted(1, 'un|une'), counted(11, 'onze')];
  const and = (ten: string, unit: string): string => `${ten} et ${unit}`;
  const andHyphen = (ten: string, unit: string): string => `${ten}-et-${unit}`;
  return [
    ...counted(13, 'treize quatorze quinze seize dix-sept dix-huit dix-neuf'),
    ...tens.filter(([, value]) => value > 60),
    ...added(tens, units, hyphen),
    ...[and, andHyphen].flatMap((join) => [...added(tens, one, join), ...added(sixty, eleven, join)]),
    ...added(
      sixty,
      teens.filter(([, value]) => value !== 11),
      hyphen,
    ),
    ...formsOf(80, 'quatre-vingts|quatre-vingt'),
    ...added(eighty, [...one, ...units, ...teens], hyphen),
    ...formsOf(1.5, 'un et demi|une et demie'),
  ];
}

function ukrainian(): readonly Spelling[] {
  const space = (ten: string, unit: string): string => `${ten} ${unit}`;
  const nominative = added(
    tensOf("двадцять тридцять сорок п'ятдесят шістдесят сімдесят вісімдесят дев'яносто"),
    counted(1, "один|одна|одне|одну два|дві три чотири п'ять шість сім вісім дев'ять"),
    space,
  );
  const genitive = added(
    tensOf("двадцяти тридцяти сорока п'ятдесяти шістдесяти сімдесяти вісімдесяти дев'яноста"),
    counted(1, "одного|однієї|одної двох трьох чотирьох п'яти шести семи восьми дев'яти"),
    space,
  );
  return [
    ...counted(
      13,
      "тринадцять|тринадцяти чотирнадцять|чотирнадцяти п'ятнадцять|п'ятнадцяти шістнадцять|шістнадцяти " +
        "сімнадцять|сімнадцяти вісімнадцять|вісімнадцяти дев'ятнадцять|дев'ятнадцяти",
    ),
    ...nominative,
    ...genitive,
    ...formsOf(1.5, 'півтора|півтори'),
  ];
}

const languages: Readonly<Record<string, () => readonly Spelling[]>> = {
  en: english,
  de: german,
  fr: french,
  uk: ukrainian,
};

/** The numbers of a language from 13 to 99 that are not round, and one and a half; in French also 70, 80 and 90. */
export function compoundNumbers(language: string): readonly Spelling[] {
  return Object.hasOwn(languages, language) ? (languages[language]?.() ?? []) : [];
}

/** The most words of such a number: `quatre-vingt-dix-sept` has four. */
export const mostWordsOfNumber = 4;
