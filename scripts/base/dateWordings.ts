/** What a phrase says of the date or day after it. */
export type PhraseMeaning =
  | 'at'
  | Bound
  | 'latest'
  | 'earliest'
  | 'duration'
  | 'day before'
  | 'early'
  | 'middle'
  | 'late'
  | 'last'
  | 'this'
  | 'next'
  | 'of';

/** What a date can be the limit of: a time (`since`, `until`), or one date (`by`, `before`, `after`, `not before`). */
export type Bound = 'since' | 'until' | 'by' | 'before' | 'after' | 'not before';

/** Alternatives for a regular expression, longer ones first; a space is never in a group. */
type Wordings = Readonly<Partial<Record<PhraseMeaning, string>>>;

/**
 * Words around dates that the data of the runtime lack, by language: prepositions, parts of a month, what says which
 * Tuesday is meant, and the words between such as `end` and `month` (`of`). The words of `latest` and `earliest` can
 * also be after a date, which they limit as `by` and `not before` do.
 */
export const wordings: Readonly<Record<string, Wordings>> = {
  en: {
    at: 'on|in|at',
    since: 'since',
    until: 'until|till|up to',
    by: 'no later than|not later than|at the latest on|by',
    before: 'before|prior to|earlier than',
    after: 'after|later than',
    'not before':
      'not before|no earlier than|not earlier than|no sooner than|not sooner than|at the earliest on|at the earliest',
    latest: 'at the latest',
    earliest: 'at the earliest',
    duration: 'within the next|within',
    'day before': 'on the eve',
    early: 'early|beginning of|beginning|start of|start',
    middle: 'mid|middle of|middle',
    late: 'late|end of|end',
    last: 'this past|last|previous',
    this: 'this|the current|current',
    next: 'next|coming|following',
    of: 'of the|of|the',
  },
  de: {
    at: 'in der|in dem|am|im|den|vom|der|dem',
    since: 'seit',
    until: 'bis zur|bis zum|bis',
    by:
      'bis spätestens zum|bis spätestens|spätestens bis zum|spätestens bis|spätestens am|spätestens zum|spätestens|' +
      'nicht später als|bis zur|bis zum|bis',
    before: 'vor|früher als',
    after: 'nach|später als',
    'not before': 'nicht vor|nicht früher als|frühestens am|frühestens ab|frühestens zum|frühestens im|frühestens',
    latest: 'spätestens',
    earliest: 'frühestens',
    duration: 'innerhalb von|innerhalb|binnen',
    early: 'anfang|beginn|zu beginn',
    middle: 'mitte',
    late: 'ende',
    last: 'letzte[nmrs]?|vergangene[nmrs]?|vorige[nmrs]?',
    this: 'diese[nmrs]?|laufende[nmrs]?',
    next: 'nächste[nmrs]?|kommende[nmrs]?',
    of: 'des|der|dem|den|das|die',
  },
  fr: {
    at: 'le|en|au|du|à',
    since: 'depuis',
    until: "jusqu'au|jusqu'à|jusqu'en",
    by:
      "pas plus tard que|pas plus tard qu'en|pas plus tard qu'au|pas plus tard qu'à|" +
      "d'ici au|d'ici à|d'ici|au plus tard",
    before: "avant|plus tôt que|plus tôt qu'en|plus tôt qu'au|plus tôt qu'à",
    after: "après|plus tard que|plus tard qu'en|plus tard qu'au|plus tard qu'à",
    'not before':
      "pas avant|pas plus tôt que|pas plus tôt qu'en|pas plus tôt qu'au|pas plus tôt qu'à|" +
      'au plus tôt que|au plus tôt',
    latest: 'au plus tard',
    earliest: 'au plus tôt',
    early: 'début',
    middle: 'mi|milieu',
    late: 'fin',
    last: 'derniere?|dernière?|passée?',
    this: 'cet|cette|ce|en cours',
    next: 'prochaine?',
    of: "du|de la|de l'|de|la|le|les|l'",
  },
  es: {
    at: 'el|en|del?',
    since: 'desde',
    until: 'hasta',
    by: 'a más tardar|no más tarde del|no más tarde de|no más tarde que|no después del|no después de|para',
    before: 'antes del|antes de|antes que|más temprano que',
    after: 'después del|después de|más tarde del|más tarde de|más tarde que|tras',
    'not before': 'no antes del|no antes de|no antes que|no más temprano que|como muy pronto|como pronto',
    latest: 'a más tardar|como muy tarde|como tarde',
    earliest: 'como muy pronto|como pronto',
    early:
      'a (?:principios|comienzos|inicios) de|(?:principios|comienzos|inicios|principio|comienzo|inicio) de|(?:principio|comienzo|inicio)',
    middle: 'a mediados de|mediados de',
    late: 'a (?:finales|fines) de|(?:finales|fines|final|fin) de|(?:finales|fines|final|fin)',
    last: 'pasad[oa]|últim[oa]',
    this: 'est[ea]|en curso',
    next: 'próxim[oa]',
    of: 'del|de la|de|el|la',
  },
  it: {
    at: "il|l'|in|a|del|nel",
    since: "dal|dallo|dalla|dall'|da",
    until: 'fino alla|fino al|fino a|fino',
    by: 'entro|non più tardi della|non più tardi del|non più tardi di|non oltre',
    before: 'prima della|prima del|prima di|prima',
    after: 'dopo|più tardi della|più tardi del|più tardi di|oltre',
    'not before': 'non prima della|non prima del|non prima di|al più presto',
    latest: 'al più tardi',
    earliest: 'al più presto',
    early: "all'inizio di|inizio|inizi di|agli inizi di",
    middle: 'a metà|metà',
    late: 'alla fine di|fine di|fine',
    last: 'scors[oa]|ultim[oa]|passat[oa]',
    this: 'quest[oa]|in corso',
    next: 'prossim[oa]',
    of: "della|dello|dell'|del|di|il|la|lo|l'",
  },
  pt: {
    at: 'em|no|na|a|de',
    since: 'desde',
    until: 'até ao|até à|até',
    by: 'o mais tardar|até ao|até à|até',
    before: 'antes de|antes do|antes da',
    after: 'depois de|depois do|depois da|após',
    'not before': 'não antes da|não antes do|não antes de',
    latest: 'o mais tardar|no mais tardar',
    earliest: 'o mais cedo|no mais cedo',
    early: 'no início de|início de|começo de|início|começo',
    middle: 'meados de|em meados de',
    late: 'no (?:fim|final) de|(?:fim|final) de|(?:fim|final)',
    last: 'passad[oa]|últim[oa]',
    this: 'est[ea]|deste|desta',
    next: 'próxim[oa]',
    of: 'do|da|de|o|a',
  },
  nl: {
    at: 'op|in',
    since: 'sinds|vanaf',
    until: 'tot en met|tot',
    by: 'uiterlijk op|uiterlijk|niet later dan|tegen',
    before: 'voor|vóór|eerder dan|vroeger dan',
    after: 'na|later dan',
    'not before': 'niet voor|niet vóór|niet eerder dan|niet vroeger dan|op zijn vroegst op|op zijn vroegst',
    latest: 'op zijn laatst|uiterlijk',
    earliest: 'op zijn vroegst',
    early: 'begin van|begin',
    middle: 'half|midden',
    late: 'eind van|einde van|eind|einde',
    last: 'afgelopen|vorige',
    this: 'deze|dit|lopende',
    next: 'volgende|komende',
    of: 'van de|van het|van|de|het',
  },
  pl: {
    at: 'we?|dnia',
    since: 'od',
    until: 'aż do|do',
    by: 'najpóźniej do|najpóźniej|nie później, niż|nie później niż|do',
    before: 'przed|wcześniej, niż|wcześniej niż',
    after: 'po|później, niż|później niż',
    'not before': 'nie przed|nie wcześniej, niż|nie wcześniej niż|najwcześniej',
    latest: 'najpóźniej',
    earliest: 'najwcześniej',
    early: 'na początku|początku|początek',
    middle: 'w połowie|połowie|połowa',
    late: 'na końcu|pod koniec|koniec|w końcu|końcu|końca|końcem',
    last: 'zeszł(?:y|ą|ego|ej|ym)|ubiegł(?:y|ą|ego|ej|ym)|ostatni(?:ą|ego|ej|m)?',
    this: 't(?:ego|ym|en|ej)|bieżącego',
    next: 'przyszł(?:y|ą|ego|ej|ym)|następn(?:y|ą|ego|ej|ym)|najbliższ(?:y|ą|ego|ej|ym)',
  },
  cs: {
    at: 've?|dne',
    since: 'od',
    until: 'až do|do',
    by: 'nejpozději do|nejpozději|ne později než|do',
    before: 'před|dříve než',
    after: 'po|později než',
    'not before': 'ne před|ne dříve než|nejdříve',
    latest: 'nejpozději',
    earliest: 'nejdříve',
    early: 'na začátku|začátku|začátkem|počátkem',
    middle: 'v polovině|polovině|uprostřed',
    late: 'na konci|konci|koncem|konce',
    last: 'minul(?:ý|ou|ého|é)|uplynul(?:ý|ou|ého|é)',
    this: 't(?:ohoto|ento|omto|éto)',
    next: 'příští|následující',
  },
  uk: {
    at: 'в|у|во|на',
    since: 'з|із|від',
    until: 'аж до|до',
    by:
      'не пізніше, ніж|не пізніше ніж|не пізніше, як|не пізніше як|не пізніше за|не пізніше|щонайпізніше до|' +
      'щонайпізніше|до',
    before: 'перед|раніше, ніж|раніше ніж|раніше, як|раніше як|раніше за',
    after: 'після|пізніше, ніж|пізніше ніж|пізніше, як|пізніше як|пізніше за',
    'not before':
      'не раніше, ніж|не раніше ніж|не раніше, як|не раніше як|не раніше за|не раніше|не перед|щонайраніше|найраніше',
    latest: 'щонайпізніше|найпізніше',
    'day before': 'напередодні',
    earliest: 'щонайраніше|найраніше',
    early: 'на початку|початку|початок',
    middle: '[ву] середині|середин[аиі]',
    late: '(?:на|у|в|під) кін(?:ці|ець)|наприкінці|кінець|кінця|кінцем',
    last: 'минул(?:ий|у|ого|ої|а|е|ій)|попередн(?:ій|ю|ього|ьої)',
    this: 'ц(?:ього|ей|ієї|ьому)|поточного',
    next: 'наступн(?:ий|у|ого|ої|а|е|ій)',
  },
  ru: {
    at: 'во?|на',
    since: 'со?',
    until: 'вплоть до|до|по',
    by: 'не позднее, чем|не позднее чем|не позднее|не позже, чем|не позже чем|не позже|до|к',
    before: 'перед|раньше, чем|раньше чем|ранее, чем|ранее чем',
    after: 'после|позже, чем|позже чем|позднее, чем|позднее чем',
    'not before': 'не раньше, чем|не раньше чем|не раньше|не ранее, чем|не ранее чем|не ранее|самое раннее',
    latest: 'самое позднее',
    earliest: 'самое раннее',
    early: 'в начал[еоа]|начал[еоа]',
    middle: 'в середин[еаы]|середин[еаы]',
    late: 'под конец|в конце|в конец|концом|конц[еау]|конец',
    last: 'прошл(?:ый|ую|ого|ой|ое|ом)|минувш(?:ий|ую|его|ей)',
    this: 'эт(?:ого|от|ой|ом)|текущего',
    next: 'следующ(?:ий|ую|его|ей|ее|ем)|ближайш(?:ий|ую|его|ей)',
  },
  be: {
    at: 'у|ў|в|на',
    since: 'з|ад',
    until: 'аж да|да',
    by: 'не пазней, чым|не пазней чым|не пазней за|не пазней|да',
    before: 'перад|раней, чым|раней чым|раней за',
    after: 'пасля|пазней, чым|пазней чым|пазней за',
    'not before': 'не раней, чым|не раней чым|не раней за|не раней',
    early: 'у пачатку|ў пачатку|пачатку|пачатак',
    middle: 'у сярэдзіне|ў сярэдзіне|сярэдзіне',
    late: 'у канцы|ў канцы|канцы|канец|канца',
    last: 'мінул(?:ы|ую|ага|ай)',
    this: 'гэт(?:ага|ы|ай|ым)',
    next: 'наступн(?:ы|ую|ага|ай)',
  },
};
