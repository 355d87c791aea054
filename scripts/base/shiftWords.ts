import { plainWords } from './plainWords.ts';

/** A number of days, weeks, months or years before (negative) or after a day. */
export interface Shift {
  readonly by: number;
  readonly unit: 'day' | 'week' | 'month' | 'year';
}

/** A period that has a name, and a start and end of its own. */
export type Period = Exclude<Shift['unit'], 'day'>;

/** Words before and after the number in such as `3 days ago`. */
export interface CountedShift extends Shift {
  readonly before: string;
  readonly after: string;
  /** Whether the words are those for one. */
  readonly isOne: boolean;
}

/** What in a language counts from a day. */
export interface ShiftWords {
  /** Wordings such as `yesterday` and `last week`. */
  readonly shifts: ReadonlyMap<string, Shift>;
  readonly counted: readonly CountedShift[];
  /** Names of weeks, months and years, some inflected. */
  readonly periods: ReadonlyMap<string, Period>;
}

/** Phrases that the data of the runtime lack, with the days that they are away. */
const lacking: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  en: {
    'the day before yesterday': -2,
    'day before yesterday': -2,
    'the day after tomorrow': 2,
    'day after tomorrow': 2,
    'this morning': 0,
    'this afternoon': 0,
    'this evening': 0,
    tonight: 0,
  },
  fr: { 'ce matin': 0, 'cet après-midi': 0, 'ce soir': 0 },
  it: { stamattina: 0, stamani: 0, stasera: 0 },
  es: { 'esta mañana': 0, 'esta tarde': 0, 'esta noche': 0 },
};

const units = ['day', 'week', 'month', 'year'] as const;

/**
 * The phrases of a language that count from a day, and the names of what they count.
 * @param daysBefore phrases for the day before that the data of the runtime lack
 */
export function shiftsIn(language: string, daysBefore: readonly string[] = []): ShiftWords {
  const [named, counts] = (['auto', 'always'] as const).map(
    (numeric) => new Intl.RelativeTimeFormat(`${language}-u-nu-latn`, { numeric }),
  );
  const shifts = new Map<string, Shift>(daysBefore.map((phrase) => [phrase, { unit: 'day', by: -1 }]));
  for (const [phrase, by] of Object.entries(lacking[language.split('-')[0] ?? ''] ?? {}))
    shifts.set(phrase, { unit: 'day', by });
  const counted: CountedShift[] = [];
  const add = (phrase: string, shift: Shift): void => {
    shifts.set(phrase, shift);
    // Ukrainian writes both, after the sound before
    if (language === 'uk' && phrase.startsWith('у')) shifts.set(`в${phrase.slice(1)}`, shift);
  };
  for (const unit of units) {
    for (const by of [-2, -1, 0, 1, 2]) {
      const parts = named?.formatToParts(by, unit) ?? [];
      if (parts.every(({ type }) => type === 'literal'))
        add(plainWords(parts.map(({ value }) => value).join('')).toLowerCase(), { unit, by });
    }
    for (const by of [-1, -2, -5, 1, 2, 5]) {
      const parts = counts?.formatToParts(by, unit) ?? [];
      const at = parts.findIndex(({ type }) => type === 'integer');
      if (at < 0) continue;
      const [before, after] = [parts.slice(0, at), parts.slice(at + 1)].map((some) =>
        plainWords(some.map(({ value }) => value).join('')),
      );
      counted.push({ before: before ?? '', after: after ?? '', unit, by: Math.sign(by), isOne: Math.abs(by) === 1 });
    }
  }
  return { shifts, counted, periods: periodsIn(language, shifts, counted) };
}

/** The names of periods: alone, and as they end the phrases that count them. */
function periodsIn(
  language: string,
  shifts: ReadonlyMap<string, Shift>,
  counted: readonly CountedShift[],
): ReadonlyMap<string, Period> {
  const names = new Intl.DisplayNames(language, { type: 'dateTimeField' });
  const wordings = [
    ...[...shifts].map(([phrase, { unit }]) => ({ phrase, unit })),
    ...counted.map(({ before, after, unit }) => ({ phrase: after || before, unit })),
  ];
  const periods = new Map<string, Period>();
  for (const unit of ['week', 'month', 'year'] as const) {
    const name = plainWords(names.of(unit === 'week' ? 'weekOfYear' : unit) ?? '').toLowerCase();
    if (name.length < shortestName || name.includes(' ')) continue;
    periods.set(name, unit);
    // `рік` and `року`
    const start = name.slice(0, name.length === shortestName ? 1 : 2);
    for (const { phrase, unit: of } of wordings)
      for (const word of phrase.toLowerCase().split(/[ ']/))
        if (of === unit && word.length >= shortestName && word.startsWith(start)) periods.set(word, unit);
  }
  return periods;
}

const shortestName = 3;
/** The most letters that differ at the end of an inflected name. */
const longestEnding = 2;

/** The period that a word names, in any case. */
export function periodOf({ periods }: Pick<ShiftWords, 'periods'>, word: string): Period | undefined {
  const exact = periods.get(word);
  if (exact !== undefined) return exact;
  const found = [...periods].find(
    ([name]) =>
      Math.abs(name.length - word.length) <= longestEnding &&
      word.startsWith(name.slice(0, Math.max(shortestName, name.length - longestEnding))),
  );
  return found?.[1];
}
