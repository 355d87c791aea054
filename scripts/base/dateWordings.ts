/** What a phrase says of the date or day after it. */
export type PhraseMeaning = 'at' | 'since' | 'early' | 'middle' | 'late' | 'last' | 'next';

/** Alternatives for a regular expression; a space is never in a group. */
type Wordings = Readonly<Record<PhraseMeaning, string>>;

/**
 * Words around dates that the data of the runtime lack, by language: prepositions (`at`, `since`), parts of a month, and what
 * says which Tuesday is meant.
 */
export const wordings: Readonly<Record<string, Wordings>> = {
  en: {
    at: 'on|in',
    since: 'since',
    early: 'early|beginning of|start of',
    middle: 'mid|middle|middle of',
    late: 'late|end of',
    last: 'last|past|previous',
    next: 'next|coming|following',
  },
  de: {
    at: 'am|im|den|vom|der|dem',
    since: 'seit',
    early: 'anfang|beginn|zu beginn',
    middle: 'mitte',
    late: 'ende',
    last: 'letzte[nmrs]?|vergangene[nmrs]?|vorige[nmrs]?',
    next: 'nächste[nmrs]?|kommende[nmrs]?',
  },
  fr: {
    at: 'le|en|au|du',
    since: 'depuis',
    early: 'début',
    middle: 'mi|milieu',
    late: 'fin',
    last: 'derniere?|dernière?|passée?',
    next: 'prochaine?',
  },
  es: {
    at: 'el|en|del?',
    since: 'desde',
    early: 'a (?:principios|comienzos|inicios) de|(?:principios|comienzos|inicios) de',
    middle: 'a mediados de|mediados de',
    late: 'a (?:finales|fines) de|(?:finales|fines) de',
    last: 'pasad[oa]|últim[oa]',
    next: 'próxim[oa]',
  },
  it: {
    at: "il|l'|in|a|del|nel",
    since: "dal|dallo|dalla|dall'|da",
    early: "all'inizio di|inizio|inizi di|agli inizi di",
    middle: 'a metà|metà',
    late: 'alla fine di|fine',
    last: 'scors[oa]|ultim[oa]|passat[oa]',
    next: 'prossim[oa]',
  },
  pt: {
    at: 'em|no|na|a|de',
    since: 'desde',
    early: 'no início de|início de|começo de',
    middle: 'meados de|em meados de',
    late: 'no (?:fim|final) de|(?:fim|final) de',
    last: 'passad[oa]|últim[oa]',
    next: 'próxim[oa]',
  },
  nl: {
    at: 'op|in',
    since: 'sinds|vanaf',
    early: 'begin',
    middle: 'half|midden',
    late: 'eind|einde',
    last: 'afgelopen|vorige',
    next: 'volgende|komende',
  },
  pl: {
    at: 'we?|dnia',
    since: 'od',
    early: 'na początku|początku|początek',
    middle: 'w połowie|połowie|połowa',
    late: 'pod koniec|koniec|w końcu|końcu',
    last: 'zeszł(?:y|ą|ego|ej|ym)|ubiegł(?:y|ą|ego|ej|ym)|ostatni(?:ą|ego|ej|m)?',
    next: 'przyszł(?:y|ą|ego|ej|ym)|następn(?:y|ą|ego|ej|ym)|najbliższ(?:y|ą|ego|ej|ym)',
  },
  cs: {
    at: 've?|dne',
    since: 'od',
    early: 'na začátku|začátku|začátkem|počátkem',
    middle: 'v polovině|polovině|uprostřed',
    late: 'na konci|konci|koncem',
    last: 'minul(?:ý|ou|ého|é)|uplynul(?:ý|ou|ého|é)',
    next: 'příští|následující',
  },
  uk: {
    at: 'в|у|во|на',
    since: 'з|із|від',
    early: 'на початку|початку|початок',
    middle: '[ву] середині|середині|середина',
    late: '(?:на|у|в|під) кін(?:ці|ець)|наприкінці|кінець',
    last: 'минул(?:ий|у|ого|ої|а|е|ій)|попередн(?:ій|ю|ього|ьої)',
    next: 'наступн(?:ий|у|ого|ої|а|е|ій)',
  },
  ru: {
    at: 'во?|на',
    since: 'со?',
    early: 'в начал[еоа]|начал[еоа]',
    middle: 'в середин[еаы]|середин[еаы]',
    late: 'в конц[еа]|конц[еа]|конец|(?:под )конец',
    last: 'прошл(?:ый|ую|ого|ой|ое|ом)|минувш(?:ий|ую|его|ей)',
    next: 'следующ(?:ий|ую|его|ей|ее|ем)|ближайш(?:ий|ую|его|ей)',
  },
  be: {
    at: 'у|ў|в|на',
    since: 'з|ад',
    early: 'у пачатку|ў пачатку|пачатку|пачатак',
    middle: 'у сярэдзіне|ў сярэдзіне|сярэдзіне',
    late: 'у канцы|ў канцы|канцы|канец',
    last: 'мінул(?:ы|ую|ага|ай)',
    next: 'наступн(?:ы|ую|ага|ай)',
  },
};
