import { plusDays, plusMonths } from './dayArithmetic.ts';
import { dayInWords } from './edtfInWords.ts';
import type { Reading } from './reading.ts';
import { count } from './text.ts';

type Unit = 'hour' | 'day' | 'week' | 'month';

/** The words of a language for a time up to now, as patterns in lower case, with `#` for a number. */
type Wordings = Readonly<Record<Unit, string>> & {
  /** What is before the unit. */
  readonly before: string;
  /** The same without a number, and the units behind it: one of them. */
  readonly alone: string;
  readonly one: string;
  /** Other units of time. */
  readonly others: string;
  /** Words in them that no other date has. */
  readonly parts: string;
};

const words: Readonly<Record<string, Wordings>> = {
  en: {
    before: '(?:(?:over|in|during|within|for|throughout) )?(?:the )?(?:past|last|previous) #',
    alone: '(?:over|in|during|within|for) the past',
    one: 'hour|day|week|month',
    hour: 'hours?',
    day: 'days?',
    week: 'weeks?',
    month: 'months?',
    others: 'minutes?|seconds?|years?',
    parts: 'over|during|within|for|throughout|past|hours?',
  },
  de: {
    before: '(?:(?:in|während|innerhalb|binnen) )?(?:den|der|die) (?:letzten|vergangenen) #',
    alone: '(?:während|innerhalb) der (?:letzten|vergangenen)',
    one: 'stunde|woche|tag(?:es)?|monat(?:s)?',
    hour: 'stunden?',
    day: 'tagen?|tag',
    week: 'wochen?',
    month: 'monaten?|monat',
    others: 'minuten?|sekunden?|jahren?|jahre|jahr',
    parts: 'während|innerhalb|binnen|vergangenen|stunden?',
  },
  fr: {
    before:
      '(?:(?:au cours des|dans les|pendant les|durant les|lors des|ces|les) )?(?:derni[eè]re?s #|# derni[eè]re?s)',
    alone: '(?:au cours|lors) de la dernière|au cours du dernier',
    one: 'heure|jour|semaine|mois',
    hour: 'heures?',
    day: 'jours?',
    week: 'semaines?',
    month: 'mois',
    others: 'minutes?|secondes?|ans?|années?',
    parts: 'des|cours|pendant|durant|lors|ces|derni[eè]re?s|heures?',
  },
  es: {
    before: '(?:(?:en|durante) )?(?:los|las) (?:últim[oa]s #|# últim[oa]s)',
    alone: 'durante (?:la última|el último)',
    one: 'hora|día|semana|mes',
    hour: 'horas?',
    day: 'días?',
    week: 'semanas?',
    month: 'mes(?:es)?',
    others: 'minutos?|segundos?|años?',
    parts: 'durante|los|las|últim[oa]s?|horas?',
  },
  it: {
    before: '(?:(?:nelle|negli|nei|durante) )?(?:le |gli )?ultim[ei] #',
    alone: "(?:nell'|nell' )ultim[oa]",
    one: 'ora|giorno|settimana|mese',
    hour: 'or[ae]',
    day: 'giorn[oi]',
    week: 'settiman[ae]',
    month: 'mes[ei]',
    others: 'minut[oi]|second[oi]|ann[oi]',
    parts: 'nelle|negli|nei|durante|ultim[eioa]|or[ae]',
  },
  pl: {
    before: '(?:w ciągu|przez|w) ostatni(?:ch|e) #',
    alone: '(?:w ciągu|przez) ostatni(?:ego|ej|ą)?',
    one: 'godzin[yę]|dnia|tygodnia|tydzień|miesiąca|miesiąc',
    hour: 'godzin[ya]?|godzinę',
    day: 'dni|dnia',
    week: 'tygodni[ea]?|tydzień',
    month: 'miesi[ąę]c[ey]?|miesiąca',
    others: 'minut[ay]?|sekund[ay]?|lat[a]?|rok[u]?',
    parts: 'ciągu|przez|ostatni(?:ch|e|ego|ej|ą)?|godzin[ya]?|godzinę',
  },
  uk: {
    before: '(?:за|протягом|упродовж|впродовж) останн(?:і|іх) #',
    alone: '(?:за|протягом|упродовж|впродовж) останн(?:ю|ьої|ій|ього)',
    one: 'годин[иу]|день|дня|доб[иу]|тиждень|тижня|місяць|місяця',
    hour: 'годин[аиу]?',
    day: 'дн(?:і|ів|я)|день|доб[аиуі]|діб',
    week: 'тижн(?:і|ів|я)|тиждень',
    month: 'місяц(?:і|ів|я)|місяць',
    others: 'хвилин[аиу]?|секунд[аиу]?|рок(?:и|ів|у)|рік',
    parts: 'за|протягом|упродовж|впродовж|останн(?:і|іх|ю|ьої|ій|ього)|годин[аиу]?|доб[аиуі]|діб',
  },
  ru: {
    before: '(?:за|в течение) последни(?:е|х) #',
    alone: '(?:за|в течение) последн(?:ие|их|юю|ей|ий|его)',
    one: 'час|часа|день|дня|сутки|суток|недел[юи]|месяц|месяца',
    hour: 'час(?:а|ов)?',
    day: 'дн(?:я|ей|и)|день|сут(?:ки|ок)',
    week: 'недел(?:и|ь|ю)',
    month: 'месяц(?:а|ев)?',
    others: 'минут[аыу]?|секунд[аыу]?|лет|год[а]?',
    parts: 'за|течение|последн(?:ие|их|юю|ей|ий|его)|час(?:а|ов)?|сут(?:ки|ок)',
  },
};

/** A time up to now: so many hours, days, weeks or months. */
interface PastTime {
  readonly unit: Unit;
  readonly size: number;
}

/** Finds a time up to now in the words of a language, which are in the form that `plainWords` gives, in lower case. */
export interface PastTimeWords {
  /** Whether a word names a unit of time. */
  readonly isUnit: (word: string) => boolean;
  /** Whether a word names hours. */
  readonly isHours: (word: string) => boolean;
  /** Whether a word names any unit of time: a number before it counts nothing else. */
  readonly isTime: (word: string) => boolean;
  /** Whether a word can be beside it, and in no other date. */
  readonly isPart: (word: string) => boolean;
  /** The time that a phrase such as `over the past 24 hours` means; undefined if it means none. */
  readonly timeOf: (phrase: string) => PastTime | undefined;
}

/** Behind such a time, these make it one of something else: `the last three days of February`. */
const ofElse =
  /^\s+(?:(?:of|before|prior|leading|until|des|der|vom|vor|bis|de|du|d['’]|avant|di|del|della|dello|prima|przed|до|перед|від)(?![\p{L}])|(?:in|im|en|nel|w|[ву])\s+(?:\p{L}+\s+)?(?:\d{4}|\p{Lu}\p{L}*(?:uary|arch|pril|ay|une|uly|ugust|ber)(?!\p{L})))/u;

/** Whether what is behind a time makes it no time up to now. */
export function isTimeOfElse(after: string): boolean {
  return ofElse.test(after);
}

const units = ['hour', 'day', 'week', 'month'] as const;

/** The words of a language (`en`); undefined if they are not known. `numbers` are its words for numbers. */
export function pastTimeWordsIn(language: string, numbers: ReadonlyMap<string, number>): PastTimeWords | undefined {
  const own = Object.hasOwn(words, language) ? words[language] : undefined;
  if (own === undefined) return undefined;
  const number = String.raw`(?<number>\d{1,3}|${[...numbers.keys()].join('|') || 'x'})`;
  const isHours = new RegExp(`^(?:${own.hour})$`, 'u');
  const isUnit = new RegExp(`^(?:${units.map((unit) => own[unit]).join('|')})$`, 'u');
  const isOther = new RegExp(`^(?:${own.others})$`, 'u');
  const isPart = new RegExp(`^(?:${own.parts})$`, 'u');
  const patterns = units.map((unit) => {
    // a pattern has each group once, and some languages put the number in two places
    const counted = own.before.replace('#', number).replaceAll('#', number.replace('number', 'other'));
    return {
      unit,
      phrase: new RegExp(`^(?:(?:${counted})|(?:${own.alone}(?= (?:${own.one})$))) (?:${own[unit]})$`, 'u'),
    };
  });
  return {
    isUnit: (word) => isUnit.test(word),
    isHours: (word) => isHours.test(word),
    isTime: (word) => isUnit.test(word) || isOther.test(word),
    isPart: (word) => isPart.test(word),
    timeOf(phrase) {
      for (const each of patterns) {
        const found = each.phrase.exec(phrase);
        if (found === null) continue;
        const spelled = found.groups?.['number'] ?? found.groups?.['other'];
        const size = spelled === undefined ? 1 : /^\d/.test(spelled) ? Number(spelled) : (numbers.get(spelled) ?? 0);
        return size === 0 ? undefined : { unit: each.unit, size };
      }
      return undefined;
    },
  };
}

const hoursOfDay = 24;

/** The days of a time up to a day: all of them, or one. */
export function pastTimeReadings({ unit, size }: PastTime, day: string): readonly Reading[] {
  const days = { hour: Math.ceil(size / hoursOfDay), day: size, week: 7 * size };
  const from = unit === 'month' ? plusMonths(day, -size) : plusDays(day, -days[unit]);
  const as = `the ${count(size, unit)} up to ${dayInWords(day)}`;
  return [
    { date: `${from}/${day}`, meaning: 'the whole time', as },
    { date: `[${from}..${day}]`, meaning: 'one day of it', as: `one day of ${as}` },
  ];
}
