/** How words limit a number. */
export type Limit = 'exactly' | 'about' | 'at least' | 'more than' | 'at most' | 'less than';

/** The words of a language for limits. */
interface Wordings {
  /** Before the number, by what they mean; the words of one meaning are separated by `|`. */
  readonly before: Readonly<Partial<Record<Limit, string>>>;
  /** After the number or what is counted. */
  readonly after?: Readonly<Partial<Record<Limit, string>>>;
  /** Before, and between the numbers of a range: `between` and `and`. */
  readonly ranges: readonly (readonly [before: string, between: string])[];
}

/** Words that limit numbers, by language. Curators can extend them: what is missing is not offered. */
export const quantityWordings: Readonly<Record<string, Wordings>> = {
  en: {
    before: {
      exactly: 'exactly|precisely',
      about: 'about|around|approximately|roughly|some|nearly|almost|close to|circa|ca.|an estimated|estimated',
      'at least': 'at least|no fewer than|not fewer than|no less than|not less than|a minimum of',
      'more than': 'more than|over|above|upwards of|in excess of|well over',
      'at most': 'at most|up to|no more than|not more than|as many as|a maximum of',
      'less than': 'less than|fewer than|under|below',
    },
    after: { 'at least': 'or more|and more', 'at most': 'or fewer|or less', about: 'or so' },
    ranges: [
      ['between', 'and'],
      ['from', 'to'],
      ['', 'to'],
      ['', 'or'],
    ],
  },
  de: {
    before: {
      exactly: 'genau|exakt',
      about: 'etwa|rund|ungefähr|circa|ca.|zirka|an die|fast|nahezu|gut|schätzungsweise',
      'at least': 'mindestens|wenigstens|zumindest|nicht weniger als',
      'more than': 'mehr als|über',
      'at most': 'höchstens|bis zu|maximal|nicht mehr als',
      'less than': 'weniger als|unter|knapp',
    },
    after: { 'at least': 'oder mehr|und mehr', 'at most': 'oder weniger' },
    ranges: [
      ['zwischen', 'und'],
      ['von', 'bis'],
      ['', 'bis'],
      ['', 'oder'],
    ],
  },
  fr: {
    before: {
      exactly: 'exactement|précisément',
      about: 'environ|près de|quelque|autour de|à peu près|presque|approximativement|une estimation de',
      'at least': "au moins|au minimum|pas moins de|pas moins d'",
      'more than': "plus de|plus d'|au-delà de",
      'at most': "jusqu'à|au plus|au maximum|pas plus de",
      'less than': "moins de|moins d'",
    },
    after: { about: 'environ', 'at least': 'ou plus|au moins', 'at most': 'au plus|au maximum' },
    ranges: [
      ['entre', 'et'],
      ['de', 'à'],
      ['', 'à'],
      ['', 'ou'],
    ],
  },
  es: {
    before: {
      exactly: 'exactamente',
      about: 'unos|unas|cerca de|alrededor de|aproximadamente|casi|en torno a',
      'at least': 'al menos|por lo menos|como mínimo|no menos de',
      'more than': 'más de',
      'at most': 'hasta|como máximo|no más de',
      'less than': 'menos de',
    },
    ranges: [
      ['entre', 'y'],
      ['de', 'a'],
      ['', 'a'],
    ],
  },
  it: {
    before: {
      exactly: 'esattamente',
      about: 'circa|quasi|intorno a|all’incirca',
      'at least': 'almeno|non meno di',
      'more than': 'più di|oltre',
      'at most': 'fino a|al massimo|non più di',
      'less than': 'meno di',
    },
    after: { about: 'circa' },
    ranges: [
      ['tra', 'e'],
      ['fra', 'e'],
      ['da', 'a'],
    ],
  },
  pl: {
    before: {
      exactly: 'dokładnie',
      about: 'około|ok.|blisko|prawie|mniej więcej',
      'at least': 'co najmniej|przynajmniej|nie mniej niż',
      'more than': 'ponad|więcej niż|powyżej',
      'at most': 'do|co najwyżej|najwyżej|nie więcej niż',
      'less than': 'mniej niż|poniżej',
    },
    ranges: [
      ['od', 'do'],
      ['między', 'a'],
    ],
  },
  uk: {
    before: {
      exactly: 'рівно|точно',
      about: 'близько|приблизно|біля|майже|орієнтовно|десь',
      'at least': 'щонайменше|не менше|не менше ніж|не менш як|принаймні|мінімум',
      'more than': 'понад|більше|більше ніж|більш як|більш ніж|більше за',
      'at most': 'до|щонайбільше|не більше|не більше ніж|максимум',
      'less than': 'менше|менше ніж|менш як|менш ніж',
    },
    ranges: [
      ['від', 'до'],
      ['між', 'і'],
      ['між', 'та'],
      ['', 'до'],
    ],
  },
  ru: {
    before: {
      exactly: 'ровно|точно',
      about: 'около|примерно|приблизительно|порядка|почти',
      'at least': 'не менее|не меньше|по меньшей мере|как минимум|минимум',
      'more than': 'более|больше|свыше|более чем',
      'at most': 'до|не более|не больше|максимум',
      'less than': 'менее|меньше|менее чем',
    },
    ranges: [
      ['от', 'до'],
      ['между', 'и'],
      ['', 'до'],
    ],
  },
};
