/** The words of a language for a day that counts from a date before them, as patterns; a space is any space. */
export interface DaysApart {
  /** Words for a day that is so many days after that date. */
  readonly wordings: Readonly<Record<number, string>>;
  /** Words for a number of days before it, with `#` for the number: `# days? earlier`. */
  readonly earlier: string;
  readonly later: string;
  /** Forms of numbers that only such words have. */
  readonly numbers?: Readonly<Record<string, number>>;
  /** Behind them, also after a comma: they then count from something else, as in `a day later than planned`. */
  readonly voids: string;
  /** Behind a number of days: they then compare, where the word can also begin what somebody said the next day. */
  readonly compares?: string;
  /** Directly behind them: what follows is what they count from, as in `the next day after the talks`. */
  readonly from?: string;
  /** Their last word if any word behind it is what they count from: `the day before the attack`. */
  readonly opens?: string;
  /** What can be behind that word all the same. */
  readonly free?: string;
  /** Before them, if they then mean no one day: `until the next day`. */
  readonly limits: string;
}

const inEnglish = '(?:day|morning|afternoon|evening)';
const inGerman = '(?:Tage?|Morgen|Vormittag|Mittag|Nachmittag|Abend)';

/** These words, by language. */
export const daysApartWords: Readonly<Record<string, DaysApart>> = {
  en: {
    wordings: {
      [-1]: `(?:on )?the ${inEnglish} before|(?:on )?the (?:previous|preceding|prior) ${inEnglish}|on the eve`,
      1: `(?:on )?the ${inEnglish} after|(?:on )?the (?:very )?(?:next|following) ${inEnglish}`,
    },
    earlier: '# days? (?:earlier|previously|before)',
    later: '# days? (?:later|afterwards?|after)',
    voids: 'than|of|when|on which|in which|or|at the (?:latest|earliest)',
    opens: 'before|after',
    from: 'after|before|following|since',
    free: 'and|but|in|at|on|with|by|from|near|during|while|because',
    limits: 'in|over|within|during|until|till|by|before|after|since|from|through|throughout|half|than',
  },
  de: {
    wordings: {
      [-1]:
        `am (?:Vortag|Vorabend)|am ${inGerman} (?:zuvor|davor|vorher)|tags (?:zuvor|davor)|` +
        `(?:am|an dem) (?:vorigen|vorherigen|vorangegangenen|vorangehenden) ${inGerman}`,
      1:
        `am Folgetag|am ${inGerman} (?:darauf|danach)|tags (?:darauf|danach)|anderntags|` +
        `(?:am|an dem) (?:nächsten|folgenden|darauffolgenden) ${inGerman}`,
      2: `am übernächsten ${inGerman}`,
    },
    earlier: '# Tage? (?:zuvor|davor|vorher|früher)',
    later: '# Tage? (?:später|darauf|danach)',
    voids: 'als|der|des|(?:ein|sein|ihr|dies|jen|jed)e[rs]|spätestens|frühestens|seit|vor|von|vom|nach|oder|bis',
    limits: 'bis|seit|vor|nach|ab|spätestens|frühestens',
  },
  fr: {
    wordings: {
      [-2]: "l'avant-veille",
      [-1]:
        "la veille(?: au soir| au matin| dans la soirée)?|le (?:jour|matin|soir) (?:précédent|d'avant)|" +
        'la journée précédente',
      1:
        "(?:dès )?le lendemain(?: matin| soir| après-midi)?|le (?:jour|matin|soir) (?:suivant|d'après)|" +
        'la journée suivante',
      2: '(?:dès )?le surlendemain',
    },
    earlier: '# jours? (?:plus tôt|auparavant|avant)',
    later: '# jours? (?:plus tard|après)',
    voids: String.raw`où|de|du|des|ou|d'\p{L}+`,
    compares: String.raw`que|qu'\p{L}+`,
    opens: 'jours? avant|jours? après',
    free: 'et|mais|à|en|dans|sur|par|pour|avec|près',
    from: String.raw`l'\p{L}+|las?|les?|son|sa|ses|leurs?|cet(?:te)?|ce`,
    limits: 'avant|après|depuis|dès|à|au plus (?:tard|tôt)',
  },
  es: {
    wordings: {
      [-1]: '(?:en )?la víspera|(?:en )?el día (?:anterior|previo)|la (?:mañana|tarde) anterior',
      1: '(?:al|el) día siguiente|(?:a )?la (?:mañana|tarde) siguiente',
    },
    earlier: '# días? antes',
    later: '# días? (?:después|más tarde)',
    voids: 'del?|al?|o|cuando',
    compares: 'que',
    limits: 'hasta|desde|antes del?|después del?|para|a más tardar|como (?:muy tarde|pronto)',
  },
  it: {
    wordings: {
      [-1]: 'il giorno (?:prima|precedente)|(?:la mattina|la sera|il pomeriggio) precedente|la sera prima|alla vigilia',
      1: "il giorno (?:dopo|seguente|successivo)|l'indomani|(?:la mattina|la sera) (?:seguente|successiva)|la mattina dopo",
    },
    earlier: '# giorn[oi] prima',
    later: '# giorn[oi] (?:dopo|più tardi)',
    voids: String.raw`di|del|dello|della|dei|degli|delle|al?|all[aeo]|agli|ai|in cui|o|quando|(?:d|dell|all)'\p{L}+`,
    compares: 'che',
    opens: 'dopo',
    free: 'e|ma|a|in|nel|nella|con|da|per|su|è|ha|era|sono|hanno',
    from: 'la|il|lo|le|gli|i|una?',
    limits: 'fino al?|entro|dal?|dopo|prima|al più (?:tardi|presto)',
  },
  pl: {
    wordings: {
      [-1]: 'poprzedniego (?:dnia|ranka|popołudnia|wieczoru)|dzień wcześniej',
      1: '(?:następnego|kolejnego) (?:dnia|ranka|popołudnia|wieczoru)|nazajutrz|dzień później',
    },
    earlier: '# dni wcześniej',
    later: '# dni później',
    voids: 'niż|po|przed|od|lub|albo|kiedy|gdy|jak',
    limits: 'do|od|przed|po|ani|najpóźniej|najwcześniej',
  },
  uk: {
    wordings: {
      [-1]:
        'напередодні|за (?:один )?день до (?:того|цього)|днем раніше|попереднього (?:дня|ранку|вечора)|' +
        '[ув] попередній день',
      1:
        'наступного (?:дня|ранку|вечора)|на наступний (?:день|ранок|вечір)|днем пізніше|день по тому|' +
        'через (?:один )?день після (?:того|цього)',
    },
    earlier: 'за # (?:дні|днів) до (?:того|цього)|# (?:днями|дні|днів) раніше',
    later: 'через # (?:дні|днів) після (?:того|цього)|# (?:днями|дні|днів) (?:пізніше|по тому|потому)',
    numbers: { двома: 2, трьома: 3, чотирма: 4, "п'ятьма": 5, шістьма: 6, сьома: 7, вісьма: 8, "дев'ятьма": 9 },
    voids: 'ніж|за|після|від|перед|до|або|чи|як|коли|[ув] який|[ув] якому',
    opens: 'того|цього',
    free: 'він|вона|воно|вони|ми|я|[ву]|на|до|з|із|й|і|та|а|але|бо|було|був|була|були|[ву]ранці|[ву]вечері',
    limits: 'до|від|з|після|перед|аніж|ніж|не (?:пізніше|раніше)',
  },
  ru: {
    wordings: {
      [-1]:
        'накануне|за (?:один )?день до (?:того|этого)|дн[её]м (?:раньше|ранее)|предыдущим (?:днем|днём|утром|вечером)|' +
        'в предыдущий день',
      1:
        'на следующ(?:ий день|ее утро|ий вечер)|следующ(?:им утром|им вечером|его дня)|дн[её]м (?:позже|позднее)|' +
        'день спустя|(?:через|спустя) (?:один )?день после (?:того|этого)|спустя день',
    },
    earlier: 'за # (?:дня|дней) до (?:того|этого)|# (?:днями|дня|дней) (?:раньше|ранее)',
    later:
      'через # (?:дня|дней) после (?:того|этого)|спустя # (?:дня|дней)(?: после (?:того|этого))?|' +
      '# (?:днями|дня|дней) (?:позже|позднее|спустя)',
    numbers: { двумя: 2, тремя: 3, четырьмя: 4, пятью: 5, шестью: 6, семью: 7, восемью: 8, девятью: 9, десятью: 10 },
    voids: 'чем|после|до|от|перед|или|как|когда|в который',
    opens: 'того|этого|накануне',
    free: 'он|она|оно|они|мы|я|во?|на|до|со?|и|а|но|было|был|была|были|утром|вечером|днем|днём',
    limits: 'до|с|после|перед|к|чем|не (?:позднее|позже|раньше|ранее)',
  },
};

/** Words before a number of which it is only the last part, in all of these languages: `twenty`, `a hundred and`. */
export const tens = [
  'twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand',
  'vingts?|trente|quarante|cinquante|soixante|septante|huitante|nonante|cents?|mille',
  'treinta|cuarenta|cincuenta|sesenta|setenta|ochenta|noventa|ciento|mil',
  'venti|trenta|quaranta|cinquanta|sessanta|settanta|ottanta|novanta|cento',
  String.raw`\p{L}+dzie(?:ści|stu|się|si)\p{L}*|sto|stu`,
  String.raw`(?:двадц|тридц)\p{L}+|сорок\p{L}*|\p{L}+десят\p{L}*|дев.?яност\p{L}|ст[оа]`,
].join('|');
/** Longer times than days: `a year and two days`. */
export const periods = [
  '(?:year|month|week|hour)s?|(?:Jahr|Monat)e?|(?:Woche|Stunde)n?|ans?|années?|mois|semaines?|heures?',
  'años?|mes(?:es)?|semanas?|horas?|ann[oi]|mes[ei]|settiman[ae]|or[ae]|lat[aom]?',
  String.raw`(?:rok|miesi|tyd[zg]|tygod|рік|рок|місяц|тижд|тижн|год|месяц|недел)\p{L}*|лет`,
].join('|');
/** Between such words and the number. */
export const and = 'and|und|et|y|e|i|і|й|та|и';
