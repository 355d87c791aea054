/** Which weekend words mean: `any` is the last one or the next one. */
export type WhichWeekend = 'any' | 'last' | 'this' | 'next';

/** The words of a language for a weekend, as patterns in lower case, with `#` for its name. */
type Wordings = Readonly<Record<WhichWeekend, string>> & {
  readonly name: string;
  /** Words in them that no other date has. */
  readonly parts: string;
};

const words: Readonly<Record<string, Wordings>> = {
  en: {
    name: 'weekend|week-end',
    any: '(?:over|at|on|during) the #',
    last: '(?:(?:over|at|on|during) )?(?:the |this )?(?:last|past) #',
    this: '(?:(?:over|at|on|during) )?this #',
    next: '(?:(?:over|at|on|during) )?(?:the |this )?(?:next|coming) #',
    parts: 'over|during',
  },
  de: {
    name: 'wochenende',
    any: '(?:am|übers|über das) #',
    last: '(?:(?:am|an dem|übers|über das) )?(?:letzte|vergangene|vorige)[nms]? #',
    this: '(?:(?:an|über) )?diese[ms]? #',
    next: '(?:(?:am|an dem|übers|über das) )?(?:nächste|kommende)[nms]? #',
    parts: 'an|über|übers',
  },
  fr: {
    name: 'week-end|weekend',
    any: '(?:(?:pendant|durant) le|au cours du|lors du) #',
    last: '(?:(?:pendant|durant|au cours|lors) )?(?:(?:le|du|ce) )?# (?:dernier|passé)|le dernier #',
    this: '(?:(?:pendant|durant) )?ce #',
    next: '(?:(?:le|du|ce) )?# prochain|le prochain #',
    parts: 'pendant|durant|cours|lors',
  },
  es: {
    name: 'fin de semana',
    any: '(?:durante|en) el #',
    last: '(?:(?:durante|en) )?(?:(?:el|este) )?(?:# pasado|(?:pasado|último) #)',
    this: '(?:(?:durante|en) )?este #',
    next: '(?:(?:durante|en) )?(?:(?:el|este) )?(?:# próximo|próximo #)',
    parts: 'durante',
  },
  it: {
    name: 'fine settimana|weekend|week-end',
    any: '(?:nel|durante il) #',
    last: '(?:(?:nel|nello|durante il|durante lo|il|lo) )?(?:# scorso|scorso #)',
    this: '(?:in )?questo #',
    next: '(?:(?:nel|il) )?(?:# prossimo|prossimo #)',
    parts: 'durante|nello',
  },
  pl: {
    name: 'weekend|weekendu',
    any: '(?:w|na|podczas|przez) #',
    last: '(?:w )?(?:zeszły|ubiegły|ostatni|miniony|zeszłego|ubiegłego) #',
    this: '(?:(?:w|na) )?(?:ten|tego) #',
    next: '(?:(?:w|na) )?(?:przyszły|następny|najbliższy|nadchodzący) #',
    parts: 'na|podczas|przez|miniony|nadchodzący',
  },
  uk: {
    name: 'вихідні|вихідних|вихідними',
    any: '(?:[ву]|на|за) вихідні|на вихідних|(?:протягом|упродовж|впродовж) вихідних',
    last: '(?:(?:[ву]|на|за) )?минул(?:і|их|ими) #',
    this: '(?:(?:[ву]|на|за) )?(?:ці|цих|цими) #',
    next: '(?:(?:[ву]|на) )?(?:наступн|найближч)(?:і|их|ими) #',
    parts: 'за|протягом|упродовж|впродовж|минул(?:і|их|ими)|ці|цих|цими|(?:наступн|найближч)(?:і|их|ими)',
  },
  ru: {
    name: 'выходные|выходных|выходными',
    any: '(?:в|на|за) выходные|на выходных|в течение выходных',
    last: '(?:(?:в|на|за) )?(?:прошл|минувш|прошедш)(?:ые|ых|ыми|ие|их|ими) #',
    this: '(?:(?:в|на|за) )?эт(?:и|их|ими) #',
    next: '(?:(?:в|на) )?(?:следующ|ближайш|предстоящ)(?:ие|их|ими) #',
    parts: 'за|течение|эти|этих|этими|прошл(?:ые|ых|ыми)|(?:минувш|прошедш|следующ|ближайш|предстоящ)(?:ие|их|ими)',
  },
};

/** Before the words for a weekend, without any other that joins them: it is then only a limit, `vor dem Wochenende`. */
export const limitsWeekend = new RegExp(
  String.raw`(?<!\p{L})(?:before|after|by|until|till|since|vor|nach|bis|seit|ab|avant|après|depuis|antes del?|después del?|hasta|` +
    String.raw`desde|prima del|dopo|entro|fino al|przed|po|do|od|до|після|перед|з|після|после|с|от|від)\s+(?:\p{L}{1,4}\s+)?$`,
  'iu',
);

/** Finds a weekend in the words of a language, which are in the form that `plainWords` gives, in lower case. */
export interface WeekendWords {
  /** Whether a word is the last one of its name. */
  readonly isName: (word: string) => boolean;
  /** Whether a word can be beside its name, and in no other date. */
  readonly isPart: (word: string) => boolean;
  /** Which weekend a phrase means; undefined if it means none. */
  readonly which: (phrase: string) => WhichWeekend | undefined;
}

/** The words of a language (`en`); undefined if they are not known. */
export function weekendWordsIn(language: string): WeekendWords | undefined {
  const own = Object.hasOwn(words, language) ? words[language] : undefined;
  if (own === undefined) return undefined;
  const { name, parts, ...wordings } = own;
  const last = name
    .split('|')
    .map((each) => each.split(' ').at(-1))
    .join('|');
  const [isName, isPart, hasName] = [
    new RegExp(`^(?:${last})$`, 'u'),
    new RegExp(`^(?:${parts})$`, 'u'),
    new RegExp(last, 'u'),
  ];
  const all = (['last', 'next', 'this', 'any'] as const).map((which) => ({
    which,
    phrase: new RegExp(`^(?:${wordings[which].replaceAll('#', `(?:${name})`)})$`, 'u'),
  }));
  return {
    isName: (word) => isName.test(word),
    isPart: (word) => isPart.test(word),
    which: (phrase) => (hasName.test(phrase) ? all.find((each) => each.phrase.test(phrase))?.which : undefined),
  };
}
