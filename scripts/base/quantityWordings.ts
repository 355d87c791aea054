import { languageOf } from './supported.ts';

/** How words limit a number. */
export type Limit = 'exactly' | 'about' | 'at least' | 'more than' | 'at most' | 'less than';

/** The words of a language for limits. */
export interface Wordings {
  /** Before the number, by what they mean; the words of one meaning are separated by `|`. */
  readonly before: Readonly<Partial<Record<Limit, string>>>;
  /** After the number or what is counted. */
  readonly after?: Readonly<Partial<Record<Limit, string>>>;
  /** Before, and between the numbers of a range: `between` and `and`. */
  readonly ranges: readonly (readonly [before: string, between: string])[];
  /** Words that turn the phrase behind them round, unless it is known with them. */
  readonly negations: string;
  /** Of a negation in two words, the first one, and the second one: `ne … pas`. */
  readonly halves?: readonly [first: string, second: string];
  /** Words that multiply the number before them, besides those of the runtime. */
  readonly scales: Readonly<Record<number, string>>;
  /** Units that are words for a scale in another language. */
  readonly units?: string;
  /** What follows the digits of an ordinal number, as a pattern. */
  readonly ordinals: string;
}

/** Signs before a number that limit it, in any language. */
export const limitSigns: Readonly<Record<string, Limit>> = {
  '<': 'less than',
  '>': 'more than',
  '≤': 'at most',
  '≥': 'at least',
  '~': 'about',
  '≈': 'about',
};

/**
 * Words that limit numbers, by language. `nearly` says no more than that the number is about right, in each of them:
 * whoever writes it has rounded. Curators can extend them: what is missing is not offered. */
export const quantityWordings: Readonly<Record<string, Wordings>> = {
  en: {
    before: {
      exactly: 'exactly|precisely',
      about:
        'about|around|approximately|roughly|some|nearly|almost|close to|close on|just short of|just shy of|circa|ca.|' +
        'an estimated|estimated',
      'at least': 'at least|no fewer than|not fewer than|no less than|not less than|not under|not below|a minimum of',
      'more than': 'more than|over|above|upwards of|in excess of|well over',
      'at most': 'at most|up to|no more than|not more than|not over|not above|not exceeding|as many as|a maximum of',
      'less than': 'less than|fewer than|under|below',
    },
    after: {
      'at least': 'or more|and more|at least',
      'at most': 'or fewer|or less|at most|and no more|but no more',
      about: 'or so',
    },
    ranges: [
      ['between', 'and'],
      ['from', 'to'],
      ['', 'to'],
      ['', 'or'],
    ],
    negations: "not|no|never|none|nor|neither|cannot|nothing|hardly|barely|scarcely|unlikely|\\p{L}+n[’']t",
    scales: {
      12: 'dozen|dozens',
      100: 'hundred|hundreds',
      1e5: 'lakh|lakhs',
      1e6: 'mn|mln',
      1e7: 'crore|crores',
      1e9: 'bn',
      1e12: 'tn',
    },
    units: 'miles',
    ordinals: 'st|nd|rd|th',
  },
  de: {
    before: {
      exactly: 'genau|exakt',
      about: 'etwa|rund|ungefähr|circa|ca.|zirka|an die|fast|beinahe|beinah|nahezu|annähernd|knapp|gut|schätzungsweise',
      'at least': 'mindestens|wenigstens|zumindest|nicht weniger als|nicht unter',
      'more than': 'mehr als|über',
      'at most': 'höchstens|bis zu|maximal|nicht mehr als|nicht über',
      'less than': 'weniger als|unter',
    },
    after: { 'at least': 'oder mehr|und mehr', 'at most': 'oder weniger' },
    ranges: [
      ['zwischen', 'und'],
      ['von', 'bis'],
      ['', 'bis'],
      ['', 'oder'],
    ],
    negations: 'nicht|nichts|nie|niemals|weder|kaum|unwahrscheinlich|kein\\p{L}*',
    scales: { 12: 'Dutzend', 100: 'Hundert', 1e3: 'Tsd.', 1e6: 'Mill.', 1e9: 'Mia.' },
    ordinals: String.raw`\.(?=\s+\p{L})`,
  },
  fr: {
    before: {
      exactly: 'exactement|précisément',
      about:
        "environ|près de|près d'|quelque|autour de|à peu près|presque|quasiment|approximativement|une estimation de",
      'at least': "au moins|au minimum|pas moins de|pas moins d'",
      'more than': "plus de|plus d'|au-delà de",
      'at most': "jusqu'à|au plus|au maximum|pas plus de|pas plus d'|pas au-delà de",
      'less than': "moins de|moins d'",
    },
    after: { about: 'environ', 'at least': 'ou plus|au moins', 'at most': 'au plus|au maximum' },
    ranges: [
      ['entre', 'et'],
      ['de', 'à'],
      ['', 'à'],
      ['', 'ou'],
    ],
    halves: ["ne|n[’']\\p{L}+", 'pas'],
    negations: "pas|ne|non|ni|jamais|guère|peu|n[’']\\p{L}+|aucun\\p{L}*",
    scales: {
      10: 'dizaine|dizaines',
      12: 'douzaine|douzaines',
      100: 'centaine|centaines',
      1e3: 'millier|milliers',
      1e9: 'Mds|Mrd',
    },
    ordinals: 'ers?|res?|nde?s?|i?[eè]mes?|es?',
  },
  es: {
    before: {
      exactly: 'exactamente',
      about: 'unos|unas|cerca de|alrededor de|aproximadamente|casi|prácticamente|en torno a',
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
    negations: 'no|ni|nunca|jamás|tampoco|apenas|improbable',
    scales: { 10: 'decenas', 12: 'docena|docenas', 100: 'cientos', 1e3: 'miles' },
    ordinals: String.raw`\.?[ªº]`,
  },
  it: {
    before: {
      exactly: 'esattamente',
      about: 'circa|quasi|intorno a|all’incirca',
      'at least': 'almeno|non meno di',
      'more than': 'più di|oltre',
      'at most': 'fino a|al massimo|non più di|non oltre',
      'less than': 'meno di',
    },
    after: { about: 'circa' },
    ranges: [
      ['tra', 'e'],
      ['fra', 'e'],
      ['da', 'a'],
    ],
    negations: 'non|né|mai|nemmeno|neanche|improbabile',
    scales: {
      10: 'decine',
      12: 'dozzina|dozzine',
      100: 'centinaia',
      1e3: 'mille|migliaia',
      1e6: 'mln',
      1e9: 'mld|mrd',
    },
    ordinals: '[ªº°](?!C)',
  },
  pl: {
    before: {
      exactly: 'dokładnie',
      about: 'około|ok.|blisko|prawie|niemal|niemalże|bez mała|mniej więcej',
      'at least': 'co najmniej|przynajmniej|nie mniej niż|nie poniżej',
      'more than': 'ponad|więcej niż|powyżej',
      'at most': 'do|co najwyżej|najwyżej|nie więcej niż|nie ponad|nie powyżej',
      'less than': 'mniej niż|poniżej',
    },
    after: { 'more than': 'z górą|z okładem|z hakiem|z czymś' },
    ranges: [
      ['od', 'do'],
      ['między', 'a'],
    ],
    negations: 'nie|ani|nigdy|ledwie|ledwo',
    scales: {
      10: 'dziesiątek',
      12: 'tuzinów',
      100: 'setka|setkę|setką|setki|setek|setkom|setkami|setkach',
      1e3: 'tys.|tysiącowi|tysiącem|tysiącom|tysiącami|tysiącach',
      1e6: 'mln|milionowi|milionem|milionom|milionami|milionach',
      1e9: 'mld|miliardowi|miliardem|miliardom|miliardami|miliardach',
    },
    ordinals: String.raw`\.(?=\s+\p{L})`,
  },
  uk: {
    before: {
      exactly: 'рівно|точно',
      about: 'близько|приблизно|приблизно з|біля|майже|без малого|орієнтовно|десь',
      'at least':
        'щонайменше|не менше|не менш|не менше ніж|не менш ніж|не менше як|не менш як|не менше за|не нижче|принаймні|мінімум',
      'more than': 'понад|більше|більше ніж|більше як|більш як|більш ніж|більше за|вище',
      'at most':
        'до|щонайбільше|не більше|не більш|не більше ніж|не більш ніж|не більше як|не більш як|не більше за|не понад|не вище|максимум',
      'less than': 'менше|менше ніж|менше як|менш як|менш ніж|менше за|нижче',
    },
    after: { 'more than': 'з гаком|із гаком|з лишком|із лишком|з лишнім|із лишнім' },
    ranges: [
      ['від', 'до'],
      ['між', 'і'],
      ['між', 'та'],
      ['', 'до'],
    ],
    negations: 'не|ні|ані|ніколи|навряд|малоймовірно|ледве|ледь',
    scales: {
      10: 'десяток|десятки|десятків',
      100: 'сотня|сотню|сотнею|сотні|сотень|сотням|сотнями|сотнях',
      1e3: 'тис.|тисячу|тисячею|тисячам|тисячами|тисячах',
      1e6: 'млн|мільйону|мільйонові|мільйоном|мільйонам|мільйонами|мільйонах',
      1e9: 'млрд|мільярду|мільярдові|мільярдом|мільярдам|мільярдами|мільярдах',
    },
    ordinals: '-(?:[аеєїйюя]|го|му|ої|га|ша|та|тя)',
  },
  ru: {
    before: {
      exactly: 'ровно|точно',
      about: 'около|примерно|приблизительно|порядка|почти|без малого',
      'at least': 'не менее|не меньше|не менее чем|не меньше чем|не ниже|по меньшей мере|как минимум|минимум',
      'more than': 'более|больше|свыше|более чем|больше чем|выше',
      'at most': 'до|не более|не больше|не более чем|не больше чем|не свыше|не выше|максимум',
      'less than': 'менее|меньше|менее чем|меньше чем|ниже',
    },
    after: { 'more than': 'с лишним|с лишком|с гаком' },
    ranges: [
      ['от', 'до'],
      ['между', 'и'],
      ['', 'до'],
    ],
    negations: 'не|ни|никогда|вряд|маловероятно|едва',
    scales: {
      10: 'десяток|десятка|десятков',
      100: 'сотня|сотню|сотней|сотни|сотен|сотням|сотнями|сотнях',
      1e3: 'тыс.|тысячу|тысячей|тысячью|тысячам|тысячами|тысячах',
      1e6: 'млн|миллиону|миллионом|миллионе|миллионам|миллионами|миллионах',
      1e9: 'млрд|миллиарду|миллиардом|миллиарде|миллиардам|миллиардами|миллиардах',
    },
    ordinals: '-(?:[аеийюя]|го|му|ой|ый|ая|ое)',
  },
};

const noWordings: Wordings = { before: {}, ranges: [], negations: '(?!)', scales: {}, ordinals: '(?!)' };

/** The wordings of the language of a BCP 47 tag. */
export function wordingsOf(tag: string): Wordings {
  const language = languageOf(tag);
  return Object.hasOwn(quantityWordings, language) ? (quantityWordings[language] ?? noWordings) : noWordings;
}
