import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type PhraseMeaning, wordings } from '../../scripts/base/dateWordings.ts';
import { type DateContext, dateHint, meantIn } from '../../scripts/base/edtfHint.ts';
import { quantityWordings } from '../../scripts/base/quantityWordings.ts';
import { datesInPart, datesInText } from '../../scripts/web/workbench/datesInText.ts';
import { meantDates } from '../../scripts/web/workbench/meantDates.ts';

const languages = ['uk', 'ru', 'de', 'fr', 'en', 'es', 'pl'] as const;

/** Every day of 2022, at midnight in UTC. */
const aDay = fc.integer({ min: 0, max: 364 }).map((day) => new Date(Date.UTC(2022, 0, 1 + day)));

const printed: readonly (readonly [Intl.DateTimeFormatOptions, length: number])[] = [
  [{ dateStyle: 'full' }, 10],
  [{ dateStyle: 'long' }, 10],
  [{ day: 'numeric', month: 'short', year: 'numeric' }, 10],
  [{ weekday: 'short', day: 'numeric', month: 'long', year: 'numeric' }, 10],
  [{ month: 'long', year: 'numeric' }, 7],
  [{ month: 'short', year: 'numeric' }, 7],
];

describe('dates in the words of a language', () => {
  test('every date that the runtime prints is read back, also among other words', () => {
    for (const language of languages)
      for (const [options, length] of printed) {
        const format = new Intl.DateTimeFormat(language, { ...options, timeZone: 'UTC' });
        fc.assert(
          fc.property(aDay, (day) => {
            const text = format.format(day);
            const date = day.toISOString().slice(0, length);
            // a month in digits has no words
            if (!/\p{L}{2}/u.test(text)) return;
            expect([language, text, dateHint(text, 'edtf', { languages: [language] })]).toEqual([
              language,
              text,
              `write ${date}`,
            ]);
            const found = datesInText(`(${text}) 7 x`, { languages: [language] });
            expect([text, found.map(({ readings }) => readings.map((reading) => reading.date))]).toEqual([
              text,
              [[date]],
            ]);
          }),
          { numRuns: 365 },
        );
      }
  });

  test('where the language is not known, the date is read too, or is one of those that the words can mean', () => {
    for (const language of languages) {
      const format = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' });
      fc.assert(
        fc.property(aDay, (day) => {
          expect(dateHint(format.format(day), 'edtf')).toContain(day.toISOString().slice(0, 10));
        }),
      );
    }
  });

  test.each([
    ['uk', '12 березня 2022 року', '2022-03-12'],
    ['uk', '12-го березня 2022-го', undefined],
    ['uk', 'у березні 2022 року', '2022-03'],
    ['uk', '28 лю\u0301того 2022 р.', '2022-02-28'],
    ['uk', "п'ятниця, 4 березня 2022", '2022-03-04'],
    ['uk', 'на початку березня 2022', '2022-03-01~/2022-03-10~'],
    ['ru', 'в марте 2022 года', '2022-03'],
    ['ru', 'в конце мая 2022', '2022-05-21~/2022-05-31~'],
    ['de', '14. März 2022', '2022-03-14'],
    ['de', 'Anfang März 2022', '2022-03-01~/2022-03-10~'],
    ['de', 'am Dienstag, den 15. März 2022', '2022-03-15'],
    ['de', '12. März 2022 – 14. März 2022', '2022-03-12/2022-03-14'],
    ['fr', '1er mars 2022', '2022-03-01'],
    ['fr', 'mi-mars 2022', '2022-03-11~/2022-03-20~'],
    ['pl', 'w marcu 2022 r.', '2022-03'],
    ['hu', '2022. március 15., kedd', '2022-03-15'],
    ['tr', '15 Mart 2022 Salı', '2022-03-15'],
    ['ja', '2022年3月15日火曜日', '2022-03-15'],
    ['de', 'das Schiff März 2022', undefined],
    ['uk', '31 лютого 2022', undefined],
    ['not a language', '12 березня 2022', undefined],
  ])('%s: %s is %s', (language, text, date) => {
    expect(dateHint(text, 'edtf', { languages: [language] })).toBe(date === undefined ? undefined : `write ${date}`);
  });

  test('digits whose order is not known are refused with both readings, in every language', () => {
    const hint = 'write 2022-04-03 for 3 April 2022 or 2022-03-04 for 4 March 2022';
    for (const language of languages) expect(dateHint('03/04/2022', 'edtf', { languages: [language] })).toBe(hint);
  });

  test('a name of different months in two languages has both readings, until the language is known', () => {
    const both = 'write 2022-11 for November 2022 or 2022-10 for October 2022';
    expect(dateHint('listopad 2022', 'edtf')).toBe(both);
    expect(dateHint('listopad 2022', 'edtf', { languages: ['hr'] })).toBe('write 2022-10');
  });
});

/** A Monday. */
const day = '2022-03-14';
const tuesdays =
  'write 2022-03-08 for the Tuesday before, 2022-03-15 for the Tuesday after or [2022-03-08,2022-03-15] for one of these';

describe('dates relative to a day', () => {
  test.each([
    ['en', 'on Tuesday', tuesdays],
    ['de', 'am Dienstag', tuesdays],
    ['uk', 'у вівторок', tuesdays],
    ['fr', 'mardi', tuesdays],
    ['en', 'last Tuesday', 'write 2022-03-08'],
    ['uk', 'минулого вівторка', 'write 2022-03-08'],
    ['fr', 'mardi prochain', 'write 2022-03-15'],
    ['de', 'am letzten Mittwoch', 'write 2022-03-09'],
    [
      'pl',
      'w poniedziałek',
      'write 2022-03-14 for the same day, 2022-03-07 for the Monday before, 2022-03-21 for the Monday after or ' +
        '[2022-03-07,2022-03-14,2022-03-21] for one of these',
    ],
    ['en', 'yesterday', 'write 2022-03-13'],
    ['uk', 'учора', 'write 2022-03-13'],
    ['uk', 'вчора', 'write 2022-03-13'],
    ['de', 'vorgestern', 'write 2022-03-12'],
    [
      'ru',
      'на прошлой неделе',
      'write 2022-03-07/2022-03-13 for the whole week or [2022-03-07..2022-03-13] for one day of the week',
    ],
    ['en', 'next month', 'write 2022-04'],
    ['es', 'el año pasado', 'write 2021'],
    ['fr', 'il y a 3 jours', 'write 2022-03-11'],
    ['en', '2 weeks ago', 'write 2022-02-28~'],
    ['en', '3 months ago', 'write 2021-12~'],
    ['uk', '12 березня', 'write 2022-03-12'],
    ['de', 'Anfang April', 'write 2022-04-01~/2022-04-10~'],
    ['fr', 'depuis le 10 février', 'write 2022-02-10/..'],
    ['de', 'seit dem 1. März', 'write 2022-03-01/..'],
    ['uk', 'з 10 лютого', 'write 2022-02-10/..'],
    ['en', 'since 10 February', 'write 2022-02-10/..'],
    ['en', '14 September', 'write 2021-09-14 for 2021 or 2022-09-14 for 2022'],
    ['en', 'the ferry', undefined],
  ])('%s: %s: %s', (language, text, hint) => {
    const context: DateContext = { languages: [language], day };
    expect(dateHint(text, 'edtf', context)).toBe(hint === undefined ? undefined : `${hint}, relative to ${day}`);
    expect(dateHint(text, 'edtf', { languages: [language] })).toBe(undefined);
  });

  test('the day of the week that a date has is the one that its words lead back to', () => {
    for (const language of languages) {
      const format = new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' });
      fc.assert(
        fc.property(aDay, (other) => {
          const hint = dateHint(format.format(other), 'edtf', { languages: [language], day });
          const [first = ''] = /\d{4}-\d\d-\d\d/.exec(hint ?? '') ?? [];
          expect(new Date(first).getUTCDay()).toBe(other.getUTCDay());
          expect(first <= day).toBe(true);
        }),
      );
    }
  });
});

/** A Tuesday. */
const tuesday = '2022-02-15';

/** The dates that words can mean, seen from a Tuesday. */
function meant(language: string, text: string): readonly string[] {
  return meantIn(text, { languages: [language], day: tuesday }).readings.map(({ date }) => date);
}

describe('limits in words', () => {
  const untilFriday = ['../2022-02-18', '../2022-02-11'];
  const byFriday = ['[..2022-02-18]', '[..2022-02-11]'];
  const endOfMonth = ['../2022-02-28', '[..2022-02-28]'];
  const fromThursday = ['[2022-02-17..]', '[2022-02-10..]'];
  const twentieth = ['../2022-02-20', '[..2022-02-20]'];
  test.each([
    ['en', 'by the end of the month', ['[..2022-02-28]']],
    ['en', 'by the end of next month', ['[..2022-03-31]']],
    ['en', 'by the end of the week', ['[..2022-02-20]']],
    ['en', 'since the beginning of the year', ['2022-01-01/..']],
    ['en', 'at the end of the month', ['2022-02-21~/2022-02-28~']],
    ['en', 'until Friday', untilFriday],
    ['en', 'until Tuesday', ['../2022-02-22', '../2022-02-15', '../2022-02-08']],
    ['en', 'by Friday', byFriday],
    ['en', 'since Monday', ['2022-02-14/..']],
    ['en', 'since Tuesday', ['2022-02-15/..', '2022-02-08/..']],
    ['en', 'since last week', ['2022-02-07/..']],
    ['en', 'by 20 February', ['[..2022-02-20]']],
    ['en', 'before 1 March', ['[..2022-02-28]']],
    ['en', 'before the end of March 2022', ['[..2022-03-31]']],
    ['en', 'after Monday', ['[2022-02-15..]', '[2022-02-22..]']],
    ['en', 'no later than 20 February 2022', ['[..2022-02-20]']],
    ['en', 'not before Thursday', fromThursday],
    ['en', 'no earlier than 20 February', ['[2022-02-20..]']],
    ['en', 'no earlier than the end of the month', ['[2022-02-28~..]']],
    ['en', 'on Thursday at the earliest', fromThursday],
    ['en', 'on 20 February 2022 at the latest', ['[..2022-02-20]']],
    ['en', 'by 20 February at the latest', ['[..2022-02-20]']],
    ['en', 'since this past Friday', ['2022-02-11/..']],
    ['de', 'nicht vor Donnerstag', fromThursday],
    ['de', 'frühestens am 20. Februar', ['[2022-02-20..]']],
    ['de', 'frühestens Mitte März', ['[2022-03-11~..]']],
    ['de', 'am 20. Februar spätestens', ['[..2022-02-20]']],
    ['de', 'spätestens bis Freitag', byFriday],
    ['fr', 'pas avant jeudi', fromThursday],
    ['fr', 'au plus tôt le 20 février', ['[2022-02-20..]']],
    ['fr', 'le 20 février au plus tard', ['[..2022-02-20]']],
    ['uk', 'не раніше четверга', fromThursday],
    ['uk', 'не раніше, ніж у четвер', fromThursday],
    ['uk', 'не раніше 20 лютого', ['[2022-02-20..]']],
    ['uk', 'щонайпізніше 20 лютого', ['[..2022-02-20]']],
    ['ru', 'не раньше четверга', fromThursday],
    ['pl', 'nie wcześniej niż w czwartek', fromThursday],
    ['de', 'bis Ende des Monats', endOfMonth],
    ['de', 'bis Freitag', [...untilFriday, ...byFriday]],
    ['de', 'bis zum 20. Februar', twentieth],
    ['de', 'bis zum 20. Februar 2022', twentieth],
    ['de', 'vor dem 1. März', ['[..2022-02-28]']],
    ['de', 'seit Montag', ['2022-02-14/..']],
    ['de', 'seit Anfang der Woche', ['2022-02-14/..']],
    ['de', 'seit dem Ende des letzten Monats', ['2022-01-31~/..']],
    ['fr', 'avant la fin du mois', ['[..2022-02-28]']],
    ['fr', "d'ici à la fin de l'année", ['[..2022-12-31]']],
    ['fr', 'avant la fin du mois prochain', ['[..2022-03-31]']],
    ['fr', 'jusqu’au 20 février', ['../2022-02-20']],
    ['fr', "jusqu'à vendredi", untilFriday],
    ['fr', 'avant le 1er mars', ['[..2022-02-28]']],
    ['fr', 'avant-hier', ['2022-02-13']],
    ['fr', 'pas avant-hier', []],
    ['en', 'on 20 February, at the latest', ['[..2022-02-20]']],
    ['en', 'later than 20 February', ['[2022-02-21..]']],
    ['de', 'nicht später als am 20. Februar', ['[..2022-02-20]']],
    ['es', 'antes de fin de mes', ['[..2022-02-28]']],
    ['es', 'hasta el viernes', untilFriday],
    ['it', "entro la fine dell'anno", ['[..2022-12-31]']],
    ['it', 'fino a venerdì', untilFriday],
    ['pt', 'até ao fim do mês', endOfMonth],
    ['nl', 'voor het einde van de maand', ['[..2022-02-28]']],
    ['nl', 'tot vrijdag', untilFriday],
    ['pl', 'do końca miesiąca', endOfMonth],
    ['pl', 'do piątku', [...untilFriday, ...byFriday]],
    ['cs', 'do konce týdne', ['../2022-02-20', '[..2022-02-20]']],
    ['cs', 'do pátku', [...untilFriday, ...byFriday]],
    ['uk', 'до кінця місяця', endOfMonth],
    ['uk', 'до кінця року', ['../2022-12-31', '[..2022-12-31]']],
    ['uk', "до п'ятниці", [...untilFriday, ...byFriday]],
    ['uk', 'з понеділка', ['2022-02-14/..']],
    ['uk', 'після 1 березня', ['[2022-03-02..]']],
    ['uk', 'до середини року', []],
    ['ru', 'до конца этого года', ['../2022-12-31', '[..2022-12-31]']],
    ['ru', 'к 20 февраля', ['[..2022-02-20]']],
    ['be', 'да канца месяца', endOfMonth],
    // earlier and later than
    ['fr', 'pas plus tard que le 20 février', ['[..2022-02-20]']],
    ['fr', 'pas plus tard qu’en mars 2022', ['[..2022-03]']],
    ['fr', 'pas plus tôt que jeudi', fromThursday],
    ['fr', 'plus tôt que le 1er mars', ['[..2022-02-28]']],
    ['fr', 'plus tard que le 20 février', ['[2022-02-21..]']],
    ['fr', 'au plus tôt que le 20 février', ['[2022-02-20..]']],
    ['uk', 'раніше, ніж 1 березня', ['[..2022-02-28]']],
    ['uk', 'раніше за 1 березня', ['[..2022-02-28]']],
    ['uk', 'пізніше ніж 20 лютого', ['[2022-02-21..]']],
    ['uk', 'пізніше за 20 лютого', ['[2022-02-21..]']],
    ['uk', 'не пізніше за 20 лютого', ['[..2022-02-20]']],
    ['ru', 'не позже 20 февраля', ['[..2022-02-20]']],
    ['ru', 'не позже, чем в пятницу', byFriday],
    ['ru', 'раньше чем 1 марта', ['[..2022-02-28]']],
    ['ru', 'позже чем 20 февраля', ['[2022-02-21..]']],
    ['es', 'no más tarde del 20 de febrero', ['[..2022-02-20]']],
    ['es', 'más tarde del 20 de febrero', ['[2022-02-21..]']],
    ['it', 'non più tardi del 20 febbraio', ['[..2022-02-20]']],
    ['it', 'più tardi del 20 febbraio', ['[2022-02-21..]']],
    ['pl', 'wcześniej niż 1 marca', ['[..2022-02-28]']],
    ['pl', 'nie później niż w piątek', byFriday],
    ['cs', 'později než 20. února', ['[2022-02-21..]']],
    ['nl', 'niet later dan 20 februari', ['[..2022-02-20]']],
    ['be', 'пазней за 20 лютага', ['[2022-02-21..]']],
    ['de', 'frühestens in zwei Wochen', ['[2022-03-01~..]']],
    ['de', 'spätestens in zwei Wochen', ['[..2022-03-01~]']],
    ['en', 'no earlier than in two weeks', ['[2022-03-01~..]']],
    ['en', 'within a week', ['[2022-02-15..2022-02-22]']],
    ['en', 'within 10 days', ['[2022-02-15..2022-02-25]']],
    ['en', 'within a month', []],
    ['de', 'innerhalb einer Woche', ['[2022-02-15..2022-02-22]']],
    ['de', 'innerhalb von zwei Wochen', ['[2022-02-15..2022-03-01]']],
    ['de', 'binnen 14 Tagen', ['[2022-02-15..2022-03-01]']],
  ])('%s: %s', (language, text, dates) => {
    expect(meant(language, text)).toEqual(dates);
  });

  test.each([
    ['en', 'two days ago', '2022-02-13'],
    ['en', 'a week ago', '2022-02-08~'],
    ['de', 'vor zwei Tagen', '2022-02-13'],
    ['de', 'vor einer Woche', '2022-02-08~'],
    ['de', 'in zwei Wochen', '2022-03-01~'],
    ['fr', 'il y a deux jours', '2022-02-13'],
    ['es', 'hace dos días', '2022-02-13'],
    ['it', 'due giorni fa', '2022-02-13'],
    ['pt', 'há dois dias', '2022-02-13'],
    ['nl', 'twee dagen geleden', '2022-02-13'],
    ['pl', 'dwa dni temu', '2022-02-13'],
    ['cs', 'před dvěma dny', '2022-02-13'],
    ['uk', 'два дні тому', '2022-02-13'],
    ['uk', 'тиждень тому', '2022-02-08~'],
    ['ru', 'два дня назад', '2022-02-13'],
    ['be', 'два дні таму', '2022-02-13'],
  ])('a number in words: %s: %s', (language, text, date) => {
    expect(meant(language, text)).toEqual([date]);
  });

  test('each says how it follows from the words', () => {
    const said = (text: string): readonly (string | undefined)[] =>
      meantIn(text, { languages: ['en'], day: tuesday }).readings.map(({ as }) => as);
    expect(said('Monday')).toEqual([
      'the last Monday before 15 February 2022',
      'the first Monday after 15 February 2022',
      'one of the Mondays nearest to 15 February 2022',
    ]);
    expect(said('today')).toEqual(['15 February 2022']);
    expect(said('yesterday')).toEqual(['the day before 15 February 2022']);
    expect(said('two weeks ago')).toEqual(['about 2 weeks before 15 February 2022']);
    expect(said('last month')).toEqual(['the month before that of 15 February 2022']);
    expect(said('12 March')).toEqual(['Saturday 12 March 2022, in the year of 15 February 2022']);
    expect(said('early April')).toEqual(['the first third of April 2022, in the year of 15 February 2022']);
    expect(said('since Monday')).toEqual(['a time that begins with the last Monday before 15 February 2022']);
    expect(said('by the end of the month')).toEqual([
      'one date no later than the end of the month of 15 February 2022',
    ]);
  });
});

/** The languages of the laws below, with a day in words in a form that each limit can have behind it. */
const written = Object.keys(wordings).map((language) => {
  const format = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' });
  return [language, (of: Date) => format.format(of)] as const;
});

/** The phrases of a meaning, without those of a pattern. */
function phrasesOf(language: string, meaning: PhraseMeaning): readonly string[] {
  return (wordings[language]?.[meaning] ?? '').split('|').filter((phrase) => phrase !== '' && !/[[(?]/.test(phrase));
}

describe('what curators selected in an article of 22 February 2022', () => {
  const friday = '2022-02-18';
  const sunday = ['2022-02-20', '2022-02-27', '[2022-02-20,2022-02-27]'];
  const sameTuesday = ['2022-02-22', '2022-02-15', '2022-03-01', '[2022-02-15,2022-02-22,2022-03-01]'];
  const february = '2022-02-11~/2022-02-20~';
  test.each([
    ['de', 'Er kam vergangenen Freitag.', [friday]],
    ['de', 'Er kam am vergangenen Mittwoch.', ['2022-02-16']],
    ['de', 'Er ist seit vergangenem Freitag hier.', ['2022-02-18/..']],
    ['de', 'Er kommt noch vor Ende des Monats.', ['[..2022-02-28]']],
    ['de', 'Er kam am Sonntagnachmittag.', sunday],
    ['de', 'Er kommt spätestens am 4. März.', ['[..2022-03-04]']],
    ['de', 'Er kam Mitte Februar.', [february]],
    ['de', 'Er bleibt bis Mitte März.', ['../2022-03-20~', '[..2022-03-20~]']],
    ['de', 'Er kam am Dienstagabend.', sameTuesday],
    ['en', 'He came last Friday.', [friday]],
    ['en', 'He has been here since this past Friday.', ['2022-02-18/..']],
    ['en', 'He comes even before the end of the month.', ['[..2022-02-28]']],
    ['en', 'He came on Sunday afternoon.', sunday],
    ['en', 'He comes on 4 March at the latest.', ['[..2022-03-04]']],
    ['en', 'He came in mid-February.', [february]],
    ['en', 'He came in the middle of February.', [february]],
    ['en', 'He came in late-January.', ['2022-01-21~/2022-01-31~']],
    ['en', 'He stays until mid-March.', ['../2022-03-20~']],
    ['en', 'He came on Tuesday evening.', sameTuesday],
    ['fr', 'Il est venu vendredi dernier.', [friday]],
    ['fr', 'Il est là depuis vendredi dernier.', ['2022-02-18/..']],
    ['fr', 'Il viendra avant la fin du mois.', ['[..2022-02-28]', '[2022-02-22..2022-02-28]']],
    ['fr', 'Il est venu dimanche après-midi.', sunday],
    ['fr', 'Il viendra le 4 mars au plus tard.', ['[..2022-03-04]', '[2022-02-22..2022-03-04]']],
    ['fr', 'Il est venu à la mi-février.', [february]],
    ['fr', "Il reste jusqu'à la mi-mars.", ['../2022-03-20~']],
    ['fr', 'Il est venu mardi soir.', sameTuesday],
    ['uk', 'Він приїхав минулої п’ятниці.', [friday]],
    ['uk', 'Він тут з минулої п’ятниці.', ['2022-02-18/..']],
    ['uk', 'Він приїде ще до кінця місяця.', ['../2022-02-28', '[..2022-02-28]']],
    ['uk', 'Він приїхав у неділю після обіду.', sunday],
    ['uk', 'Він приїде щонайпізніше 4 березня.', ['[..2022-03-04]']],
    ['uk', 'Він приїхав у середині лютого.', [february]],
    ['uk', 'Він залишиться до середини березня.', ['../2022-03-20~', '[..2022-03-20~]']],
    ['uk', 'Він приїхав у вівторок увечері.', sameTuesday],
    // a year alone, but not the first number of a range
    ['de', 'Er ist seit 2017 hier.', ['2017/..']],
    ['en', 'He has been here since 2017.', ['2017/..']],
    ['fr', 'Il est là depuis 2017.', ['2017/..']],
    ['uk', 'Він тут з 2014 року.', ['2014/..']],
  ])('%s: %s', (language, text, dates) => {
    const found = datesInText(text, { languages: [language], day: '2022-02-22' });
    expect(found.map(({ readings }) => readings.map(({ date }) => date))).toEqual([dates]);
  });
});

test.each([
  ['en', 'The meeting planned for Thursday, and the one scheduled on Thursday.', 2],
  ['en', 'It was postponed to Thursday.', 1],
  ['de', 'Das für Donnerstag geplante Treffen wurde abgesagt.', 1],
  ['de', 'Das am Donnerstag stattfindende Treffen, angesetzt für den Donnerstag.', 2],
  ['fr', 'La rencontre prévue jeudi, ou prévue pour jeudi.', 2],
  ['es', 'La reunión prevista el jueves.', 1],
  ['it', 'La riunione prevista per giovedì.', 1],
  ['pl', 'Spotkanie zaplanowane na czwartek.', 1],
  ['uk', 'Зустріч, запланована на четвер.', 1],
  ['ru', 'Встреча назначена на четверг.', 1],
] as const)('what is planned for a day is first on the one to come (%s: %s)', (language, text, count) => {
  const found = datesInText(text, { languages: [language], day: '2022-02-22' });
  expect(found.map(({ readings }) => readings.map(({ date }) => date))).toEqual(
    Array.from({ length: count }, () => ['2022-02-24', '2022-02-17', '[2022-02-17,2022-02-24]']),
  );
});

test.each([
  ['en', 'Thursday', 'The meeting planned for Thursday was cancelled.'],
  ['de', 'am Donnerstag', 'Das am Donnerstag stattfindende Treffen wurde abgesagt.'],
])('so it is if the day is selected alone (%s: %s)', (language, words, text) => {
  const from = text.indexOf(words);
  const context = { languages: [language], day: '2022-02-22' };
  const [found] = datesInPart(text, from, from + words.length, context, 3);
  expect(found?.readings[0]?.date).toBe('2022-02-24');
});

test.each([
  ['en', 'The two are due to meet in Antalya on Thursday.'],
  ['en', 'Officials who arrived this week will travel to Kyiv on Thursday, he said.'],
  ['en', 'He said that the talks will begin on Thursday.'],
  ['en', 'The results will be announced on Thursday.'],
  ['en', 'The treaty is to be officially signed on Thursday.'],
  ['de', 'Das Treffen, das Roe ankündigte, soll am Donnerstag sein.'],
  ['en', 'On Thursday, the ministers will meet.'],
  ['de', 'Er soll am Donnerstag in Kiew eintreffen.'],
  ['de', 'Am Donnerstag wird er in Kiew erwartet.'],
  ['de', 'Der Minister, der am Donnerstag kommen soll, schweigt.'],
  ['fr', 'Les ministres doivent se rencontrer jeudi.'],
  ['fr', 'Il se rendra à Kiev jeudi.'],
  ['es', 'El ministro visitará Kiev el jueves.'],
  ['it', 'Il ministro incontrerà il collega giovedì.'],
  ['pl', 'Ministrowie mają spotkać się w czwartek.'],
  ['uk', 'Міністр має прибути до Києва у четвер.'],
  ['uk', 'Міністр планує зустріч у четвер.'],
  ['en', 'Smith is due to receive the Polish minister, Jane Roe, in Brussels on Thursday.'],
  ['uk', 'У четвер відбудеться зустріч.'],
  ['ru', 'Министр должен прибыть в Киев в четверг.'],
] as const)('the verb of its clause says that a day is still to come (%s: %s)', (language, text) => {
  const found = datesInText(text, { languages: [language], day: '2022-02-22' });
  expect(found.find(({ readings }) => readings.length === 3)?.readings[0]?.date).toBe('2022-02-24');
});

test.each([
  ['en', 'He is due to speak on Tuesday afternoon.'],
  ['de', 'Er soll am Dienstag sprechen.'],
  ['uk', 'Міністр має виступити у вівторок.'],
] as const)('what is planned for the day of the week of the source is first on that day (%s: %s)', (language, text) => {
  const [found] = datesInText(text, { languages: [language], day: '2022-02-22' });
  expect(found?.readings.map(({ date }) => date).slice(0, 3)).toEqual(['2022-02-22', '2022-03-01', '2022-02-15']);
});

test.each([
  ['en', 'The bridge will be finished by the end of March.', ['[..2022-03-31]', '[2022-02-22..2022-03-31]']],
  ['en', 'The talks are to end by 4 March 2022.', ['[..2022-03-04]', '[2022-02-22..2022-03-04]']],
  ['en', 'The bridge was finished by the end of January.', ['[..2022-01-31]']],
  ['en', 'The first part was to be finished by the end of January.', ['[..2022-01-31]']],
  ['de', 'Die Brücke soll bis Ende März fertig sein.', ['../2022-03-31', '[..2022-03-31]', '[2022-02-22..2022-03-31]']],
  ['uk', 'Міст мають збудувати до кінця березня.', ['../2022-03-31', '[..2022-03-31]', '[2022-02-22..2022-03-31]']],
] as const)('what is planned up to a day can also not be before the source (%s: %s)', (language, text, dates) => {
  const [found] = datesInText(text, { languages: [language], day: '2022-02-22' });
  expect(found?.readings.map(({ date }) => date)).toEqual(dates);
});

test('it says so', () => {
  const said = (text: string): unknown =>
    datesInText(text, { languages: ['en'], day: '2022-02-22' }).map((found) => meantDates('x', found).at(-1)?.sentence);
  expect(said('It will end by the end of the month.')).toEqual([
    'Read "x" as one date no later than the end of the month of 22 February 2022, and no earlier than ' +
      '22 February 2022, the date of the source.',
  ]);
  expect(said('It will end by 4 March 2022.')).toEqual([
    'Read "x" as one date, no later than 4 March 2022, and no earlier than 22 February 2022, the date of the source.',
  ]);
});

test.each([
  ['en', 'They met on Thursday.'],
  ['de', 'Sie kam am Donnerstag an.'],
  ['fr', 'Elle est venue jeudi.'],
  ['uk', 'Вона приїхала у четвер.'],
  ['en', 'He said on Thursday that the talks will go on.'],
  ['en', 'Canada will send soldiers, the minister announced in Warsaw on Thursday.'],
  ['de', 'Kanada wird Soldaten schicken, kündigte der Minister am Donnerstag an.'],
  ['es', 'Canadá enviará soldados, anunció el ministro el jueves.'],
  ['en', 'Officials who will attend the talks met on Thursday.'],
  ['en', 'The storm on Thursday will be remembered.'],
  ['en', 'Theresa May resigned on Thursday.'],
  ['en', 'He said that the Polish minister, Jane Roe, resigned on Thursday.'],
  ['en', 'Will Smith resigned on Thursday.'],
  ['en', 'The offensive of May stalled on Thursday.'],
  ['en', 'Residents could not leave the city on Thursday.'],
  ['es', 'Alexander Van der Bellen dimitió el jueves.'],
  ['en', 'He will resign after he met the president on Thursday.'],
  ['de', 'Er sagte am Donnerstag, er werde kommen.'],
  ['de', 'Das Treffen am Donnerstag soll nicht das letzte sein.'],
  ['fr', 'Il a dit jeudi qu’il viendra.'],
  ['es', 'Dijo el jueves que irá a Kiev.'],
  ['it', 'Ha detto giovedì che verrà.'],
  // `due` is two
  ['it', 'I due capitani a Kiev giovedì erano stanchi.'],
  ['pl', 'Minister, który ma odejść, powiedział w czwartek, że to prawda.'],
  ['uk', 'Він сказав у четвер, що зустріч відбудеться.'],
  ['uk', 'Має бути зустріч, сказав він у четвер.'],
  ['ru', 'Он сказал в четверг, что встреча состоится.'],
] as const)('what is not planned is first on the day before (%s: %s)', (language, text) => {
  const [found] = datesInText(text, { languages: [language], day: '2022-02-22' });
  expect(found?.readings[0]?.date).toBe('2022-02-17');
});

describe('words that count from another day than the date of the source', () => {
  const read = (language: string, text: string): readonly string[] =>
    datesInText(text, { languages: [language], day: tuesday }).flatMap(({ readings }) =>
      readings.map(({ date }) => date),
    );

  test.each([
    ['en', 'Twelve people died within two days of the attack.'],
    ['en', 'The town fell within a week after the siege.'],
    ['en', 'They left within a week from then.'],
    ['en', 'The bridge was open within 10 days following the flood.'],
    ['de', 'Die Stadt fiel innerhalb einer Woche nach dem Angriff.'],
    ['de', 'Er zahlte binnen 14 Tagen ab Rechnung.'],
    ['en', 'The army took the town within a week, and lost it.'],
    ['de', 'Die Stadt war innerhalb einer Woche verloren.'],
    ['en', 'The town fell within a week.'],
    ['de', 'Sie eroberten die Stadt binnen einer Woche.'],
    ['uk', 'Напередодні навали він виїхав.'],
    ['uk', 'Напередодні вистав він виїхав.'],
    ['uk', 'Напередодні, 14 лютого 2022 року, він виїхав.', '2022-02-14'],
    ['en', 'They met on the eve of the summit.'],
    ['uk', 'Вони зустрілися напередодні саміту.'],
  ])('are not read from there (%s: %s)', (language, text, ...dates) => {
    expect(read(language, text)).toEqual(dates);
  });

  test.each([
    ['en', 'He must leave within two days.', '[2022-02-15..2022-02-17]'],
    ['en', 'He was told to leave within two days.', '[2022-02-15..2022-02-17]'],
    ['en', 'The bridge could be finished within two days.', '[2022-02-15..2022-02-17]'],
    ['en', 'He must leave within a week from now.', '[2022-02-15..2022-02-22]'],
    ['de', 'Er muss innerhalb einer Woche gehen.', '[2022-02-15..2022-02-22]'],
    ['en', 'He had called on the eve.', '2022-02-14'],
    ['uk', 'Напередодні він дзвонив.', '2022-02-14'],
    ['uk', 'Напередодні заявила міністерка.', '2022-02-14'],
    ['uk', 'Про це він сказав напередодні.', '2022-02-14'],
  ])('are read from there without them (%s: %s)', (language, text, date) => {
    expect(read(language, text)).toEqual([date]);
  });

  test('so it is if they are selected alone', () => {
    const text = 'Twelve people died within two days of the attack.';
    const from = text.indexOf('within');
    expect(datesInPart(text, from, from + 'within two days'.length, { day: tuesday }, 3)).toEqual([]);
  });

  test.each([
    ['uk', 'Зустріч перенесли на наступний тиждень.'],
    ['uk', 'Зустріч відбудеться наступного тижня.'],
    ['ru', 'Встречу перенесли на следующую неделю.'],
    ['pl', 'Spotkanie przełożono na przyszły tydzień.'],
  ])('next week, in any case (%s: %s)', (language, text) => {
    expect(read(language, text)).toEqual(['2022-02-21/2022-02-27', '[2022-02-21..2022-02-27]']);
  });
});

describe('laws of limits', () => {
  const dateOf = (text: string, language: string): readonly string[] =>
    datesInText(text, { languages: [language], day }).flatMap(({ readings }) => readings.map(({ date }) => date));

  test('a date that is not before a day has that day as its first one, and no last one', () => {
    for (const [language, print] of written)
      fc.assert(
        fc.property(
          aDay,
          fc.constantFrom(
            ...phrasesOf(language, 'not before').map((phrase) => [phrase, ''] as const),
            ...phrasesOf(language, 'earliest').map((phrase) => ['', phrase] as const),
          ),
          (other, [before, after]) => {
            const text = `x ${before} ${print(other)} ${after}`;
            expect([text, dateOf(text, language)]).toEqual([text, [`[${other.toISOString().slice(0, 10)}..]`]]);
          },
        ),
      );
  });

  test('a date behind a word for a limit is a limit, and all words are its quote', () => {
    const bounds = ['since', 'until', 'by', 'before', 'after', 'not before', 'latest', 'earliest'] as const;
    for (const [language, print] of written) {
      const limit = fc.constantFrom(...bounds.flatMap((bound) => phrasesOf(language, bound)));
      fc.assert(
        fc.property(aDay, limit, (other, phrase) => {
          const text = `${phrase} ${print(other)}`;
          const [found] = datesInText(text, { languages: [language], day });
          expect([text, found?.start]).toEqual([text, 0]);
          for (const { date } of found?.readings ?? [])
            expect([text, date]).toEqual([text, expect.stringMatching(/\.\./)]);
        }),
      );
    }
  });

  test('a date at the latest has no first day, on either side of it', () => {
    const their = written.filter(([language]) => phrasesOf(language, 'latest').length > 0);
    for (const [language, print] of their)
      fc.assert(
        fc.property(
          aDay,
          fc.constantFrom(...phrasesOf(language, 'latest')),
          fc.boolean(),
          (other, phrase, isBefore) => {
            const text = isBefore ? `x ${phrase} ${print(other)}` : `x ${print(other)} ${phrase}`;
            expect([text, dateOf(text, language)]).toEqual([text, [`[..${other.toISOString().slice(0, 10)}]`]]);
          },
        ),
      );
  });

  test('a limit with a negation before it is never the limit without it', () => {
    let tried = 0;
    for (const [language, print] of written) {
      const negations = (quantityWordings[language]?.negations ?? '').split('|').filter((no) => /^\p{L}+$/u.test(no));
      for (const no of negations)
        for (const meaning of ['since', 'until', 'by', 'before', 'after', 'not before'] as const)
          for (const phrase of phrasesOf(language, meaning)) {
            const limit = `${phrase} ${print(new Date(Date.UTC(2022, 4, 12)))}`;
            const [plain, negated] = [dateOf(`x ${limit}`, language), dateOf(`x ${no} ${limit}`, language)];
            const [first, second] = quantityWordings[language]?.halves ?? ['(?!)', '(?!)'];
            const isOne = phrase.startsWith(`${second} `) && new RegExp(`^(?:${first})$`).test(no);
            tried++;
            for (const date of isOne ? [] : plain.filter((each) => each.includes('..')))
              expect([no, limit, negated]).not.toEqual([no, limit, expect.arrayContaining([date])]);
          }
    }
    expect(tried).toBeGreaterThan(200);
  });

  test('no phrase is hidden by a shorter one before it', () => {
    const hidden = Object.entries(wordings).flatMap(([language, its]) =>
      Object.values(its).flatMap((alternatives) => {
        const phrases = alternatives.split('|');
        return phrases
          .filter((phrase, i) => phrases.slice(0, i).some((each) => phrase.startsWith(`${each} `)))
          .map((phrase) => `${language}: ${phrase}`);
      }),
    );
    expect(hidden).toEqual([]);
  });
});

describe('dates in a text', () => {
  test.each([
    [
      'de',
      'Am Dienstag fuhr sie ab. Guten Morgen! Sie kommt morgen, am 3. März 2022 und vor 3 Tagen.',
      ['Am Dienstag', 'morgen', '3. März 2022', 'vor 3 Tagen'],
    ],
    [
      'ru',
      'Во вторник, 1 марта 2022 года, и в среду. Окружающая среда и среди людей; на прошлой неделе.',
      ['вторник, 1 марта 2022 года', 'в среду', 'на прошлой неделе'],
    ],
    ['en', 'They may 14 times march. In May 2022, after 14 March 2022.', ['May 2022', 'after 14 March 2022']],
    ['en', 'Those given in February, in May and this March may march.', ['in February', 'in May']],
    ['uk', 'Їх передали в лютому.', ['в лютому']],
    [
      'en',
      'The confidence in May fell. They had faith in April Jones. In May or June, in May last year.',
      ['last year'],
    ],
    ['it', 'Era nel Mar Nero.', []],
    ['es', 'Navegan en mar abierto.', []],
    ['uk', 'Минулої середи, 28 лютого 2022 року. Пором вийшов.', ['Минулої середи', '28 лютого 2022 року']],
    [
      'fr',
      'Le président est venu hier, mercredi dernier et le 1er mars 2022.',
      ['hier', 'mercredi dernier', '1er mars 2022'],
    ],
    [
      'fr',
      "Il part avant la fin du mois. D'ici à la fin de l'année, rien. Il y a deux jours, le mois de mai.",
      ['avant la fin du mois', "D'ici à la fin de l'année", 'Il y a deux jours'],
    ],
    [
      'en',
      'By the end of the month they leave. Since Monday; until Friday. The end of the war. Every month. A week ago.',
      ['By the end of the month', 'Since Monday', 'until Friday', 'A week ago'],
    ],
    ['de', 'Bis Ende des Monats; das Ende des Krieges. Vor zwei Tagen.', ['Bis Ende des Monats', 'Vor zwei Tagen']],
    ['uk', "До кінця місяця, до п'ятниці, до середини війни.", ['До кінця місяця', "до п'ятниці"]],
    [
      'en',
      'They will not leave before 14 March 2022, and are unlikely to come by Friday; no later than Tuesday, not on Monday.',
      ['no later than Tuesday', 'on Monday'],
    ],
    // a negation in English, in which dates are read too, or before words put into the clause
    ['de', 'The talks will not begin before Tuesday.', []],
    ['uk', 'The talks will not begin before Tuesday.', []],
    ['ru', 'They will never, officials said, meet before Tuesday.', []],
    ['en', 'They did not, officials said, meet until Tuesday.', []],
    [
      'en',
      'They did not meet (officials said) until Tuesday. It rained, officials said, until Friday.',
      ['until Friday'],
    ],
    [
      'de',
      'Am Montagabend rief er an; bis spätestens Ende März, wie Anfang Februar. Im März geht der Mai.',
      ['Am Montagabend', 'bis spätestens Ende März', 'Anfang Februar', 'Im März'],
    ],
    [
      'de',
      'In der vergangenen Woche, im vorigen Jahr; die letzten Jahre waren gut.',
      ['In der vergangenen Woche', 'im vorigen Jahr'],
    ],
    // the first word of a limit is none before its date
    [
      'en',
      'It began at the earliest on 4 March 2022, at the latest in May 2022, and at the earliest in June 2022.',
      ['at the earliest on 4 March 2022', 'at the latest in May 2022', 'at the earliest in June 2022'],
    ],
    [
      'fr',
      'Il vient au plus tôt le 4 mars 2022, au plus tard le 5 mai 2022.',
      ['au plus tôt le 4 mars 2022', 'au plus tard le 5 mai 2022'],
    ],
    ['fr', 'Il ne vient pas plus tard que le 4 mars 2022.', ['pas plus tard que le 4 mars 2022']],
    ['uk', 'Він приїхав раніше, ніж у березні 2022 року.', ['раніше, ніж у березні 2022 року']],
    // a preposition behind a date is none of its words
    ['en', 'On 4 March 2022, in 3 towns, and 5 May 2022 in Kyiv.', ['4 March 2022', '5 May 2022']],
    ['uk', '4 березня 2022, через 3 міста.', ['4 березня 2022']],
    ['en', 'In the previous month; in the past weeks, the last years.', ['In the previous month']],
    ['nl', 'Dinsdagavond, en begin maart.', ['Dinsdagavond', 'begin maart']],
    ['en', 'He said this morning that it rained; tonight it snows.', ['this morning', 'tonight']],
    ['fr', 'Ce matin, il a plu.', ['Ce matin']],
    ['it', 'Ha piovuto stamattina.', ['stamattina']],
    ['es', 'Esta tarde llovió.', ['Esta tarde']],
    // in the morning, not tomorrow
    ['de', 'Am Morgen regnete es. Er kommt morgen.', ['morgen']],
    // nor is an article that begins the next clause
    [
      'en',
      'By the end of the week, a ship left; on 7 March 2022, the ferry.',
      ['By the end of the week', '7 March 2022'],
    ],
    ['en', 'By 2 March 2022 the toll rose; on 4 March 2022 a ship left.', ['By 2 March 2022', '4 March 2022']],
    ['fr', 'Elle ne part pas avant mardi. Elle part avant mardi.', ['pas avant mardi', 'avant mardi']],
    ['fr', "Il n'est pas parti avant mardi. Elle ne part plus avant mardi.", []],
    ['de', 'Sie kommt nicht nicht vor Dienstag; er will nie, nicht vor Dienstag.', ['nicht vor Dienstag']],
    ['de', 'Sie kommt nicht vor Dienstag, spätestens am Freitag.', ['nicht vor Dienstag', 'spätestens am Freitag']],
    ['uk', "Навряд до п'ятниці, але до середи.", ['до середи']],
    ['ja', '彼は2022年3月15日に来た。2022年3月まで。', ['2022年3月15日', '2022年3月']],
    ['zh', '据2022年3月15日报道。', ['2022年3月15日']],
    ['ko', '그는 2022년 3월 15일에 왔다.', ['2022년 3월 15일']],
  ])('in %s: %s', (language, text, dates) => {
    const words = (context: DateContext): readonly string[] =>
      datesInText(text, { ...context, day }).map(({ start, end }) => text.slice(start, end));
    expect(words({ languages: [language] })).toEqual(dates);
  });

  test('the language of a text is known by its words', () => {
    const text = 'Die Fähre und die Autos und der Hafen. Gestern kam sie an, am Dienstag ist sie hier.';
    expect(datesInText(text, { day }).map(({ start, end }) => text.slice(start, end))).toEqual([
      'Gestern',
      'am Dienstag',
    ]);
    expect(datesInText('Hier kam sie an, und sie ging und kam.', { day })).toEqual([]);
  });
});

test('a number that can count something is no year', () => {
  for (const [language, text] of [
    ['uk', 'від 2000 до 3000 військових'],
    ['en', 'from 2000 to 2500 soldiers'],
    ['de', 'Es waren 1950 Soldaten.'],
  ] as const)
    expect(datesInText(text, { languages: [language], day: '2022-02-22' })).toEqual([]);
});
