import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { datesInPart, datesInText } from '../../scripts/web/workbench/datesInText.ts';
import { meantDates } from '../../scripts/web/workbench/meantDates.ts';

type Kind = 'day' | 'other' | 'none' | 'same';

/** A Tuesday. */
const day = '2022-02-22';

/** The dates of the words for the same day in a text. */
function sameDays(language: string, text: string): readonly string[] {
  const found = datesInText(text, { languages: [language], day }).filter(
    ({ of, isApart }) => of !== undefined && isApart !== true,
  );
  return found.map(
    ({ start, end, readings }) => `${text.slice(start, end)}: ${readings.map(({ date }) => date).join()}`,
  );
}

describe('the same day is that of the date before it', () => {
  test.each([
    ['en', 'They met on 4 March 2022. The same day, she left.', ['The same day: 2022-03-04']],
    ['en', 'They met on 4 March 2022, and on the very same day in Kyiv.', ['on the very same day: 2022-03-04']],
    ['en', 'They met yesterday. Later that same evening it rained.', ['Later that same evening: 2022-02-21']],
    // hours are no other day
    ['en', 'They met on 4 March 2022 for two hours. The same day, she left.', ['The same day: 2022-03-04']],
    [
      'de',
      'Sie kam am 3. März 2022 an und sprach drei Stunden. Am selben Tag ging sie.',
      ['Am selben Tag: 2022-03-03'],
    ],
    ['de', 'Sie kam am 3. März 2022 an. Noch am selben Tag ging sie.', ['am selben Tag: 2022-03-03']],
    ['de', 'Sie kam gestern an und ging am gleichen Abend.', ['am gleichen Abend: 2022-02-21']],
    ['fr', 'Elle est venue le 3 mars 2022. Le même jour, elle est partie.', ['Le même jour: 2022-03-03']],
    ['fr', 'Elle est venue hier. Ce jour-là, il est parti.', ['Ce jour-là: 2022-02-21']],
    ['uk', 'Вона приїхала 3 березня 2022 року. Того ж дня він поїхав.', ['Того ж дня: 2022-03-03']],
    ['uk', 'Вона приїхала вчора, а в той самий день він поїхав.', ['в той самий день: 2022-02-21']],
    ['es', 'Llegó el 3 de marzo de 2022. Ese mismo día se fue.', ['Ese mismo día: 2022-03-03']],
    ['it', 'È arrivata il 3 marzo 2022. Lo stesso giorno è partita.', ['Lo stesso giorno: 2022-03-03']],
    ['pl', 'Przybyła 3 marca 2022. Tego samego dnia wyjechała.', ['Tego samego dnia: 2022-03-03']],
    ['ru', 'Она приехала 3 марта 2022 года. В тот же день он уехал.', ['В тот же день: 2022-03-03']],
    // what follows says nothing of another time
    ['en', 'They met on 4 March 2022. The same day, 4 March 2022, she left.', ['The same day: 2022-03-04']],
    ['en', 'They met on 4 March 2022. The same day she announced that 40 men had left.', ['The same day: 2022-03-04']],
    ['de', 'Sie kam am 4. März 2022 an. Am selben Tag, dem 4. März 2022, ging sie.', ['Am selben Tag: 2022-03-04']],
    ['fr', 'Elle est venue le 4 mars 2022. Le même jour, il a annoncé la paix.', ['Le même jour: 2022-03-04']],
    ['fr', 'Elle est venue le 4 mars 2022. Le même jour, le 4 mars 2022, il est parti.', ['Le même jour: 2022-03-04']],
    ['fr', 'Elle est venue le 4 mars 2022. Le même jour, le dernier bateau est parti.', ['Le même jour: 2022-03-04']],
    [
      'uk',
      'Вона приїхала 4 березня 2022 року. Того ж дня, 4 березня 2022 року, він поїхав.',
      ['Того ж дня: 2022-03-04'],
    ],
    ['uk', 'Вона приїхала 4 березня 2022 року. Того ж дня, тому що дощило, він поїхав.', ['Того ж дня: 2022-03-04']],
    // each day that a name can mean
    [
      'en',
      'They met on Thursday. On the same day she left.',
      ['On the same day: 2022-02-17,2022-02-24,[2022-02-17,2022-02-24]'],
    ],
    // one after another
    [
      'en',
      'On 4 March 2022 it rained. The same day he left. That very day she came.',
      ['The same day: 2022-03-04', 'That very day: 2022-03-04'],
    ],
  ])('%s: %s', (language, text, expected) => {
    expect(sameDays(language, text)).toEqual(expected);
  });

  test.each([
    ['no date before it', 'en', 'On the same day she left. They met on 4 March 2022.'],
    ['a month', 'en', 'They met in March 2022. On the same day she left.'],
    ['a day that is not certain', 'en', 'They met about 4 March 2022. On the same day she left.'],
    ['a deadline', 'en', 'They meet by 4 March 2022. On the same day she left.'],
    ['a first day', 'en', 'They meet no earlier than 4 March 2022. On the same day she left.'],
    ['an open end', 'en', 'They have met since 4 March 2022. On the same day she left.'],
    ['a range', 'en', 'They met from 3 March 2022 to 5 March 2022. On the same day she left.'],
    ['two days', 'en', 'They met on 3 and 4 March 2022. On the same day she left.'],
    ['two dates', 'en', 'They met on 3 March 2022 or on 4 March 2022. On the same day she left.'],
    ['two days', 'en', 'They met yesterday and today. On the same day she left.'],
    ['two days', 'de', 'Sie trafen sich am 3. oder 4. März 2022. Am selben Tag ging sie.'],
    ['a range', 'de', 'Sie trafen sich vom 3. bis zum 5. März 2022. Am selben Tag ging sie.'],
    ['another day between', 'en', 'They met on 4 March 2022. Two days later he came. On the same day she left.'],
    ['another day between', 'de', 'Sie kam am 3. März 2022. Am 24. kam er. Am selben Tag ging sie.'],
    ['another day between', 'de', 'Sie kam am 3. März 2022. Am Vortag kam er. Am selben Tag ging sie.'],
    ['another day between', 'fr', 'Elle est venue le 3 mars 2022. Le lendemain, lui. Le même jour, rien.'],
    ['another day between', 'uk', 'Вона приїхала 3 березня 2022 року. Напередодні дощило. Того ж дня він поїхав.'],
    ['an unknown year between', 'en', 'They met on 4 March 2022, as in 2014. On the same day she left.'],
    ['the day of what follows', 'en', 'They met on 4 March 2022, on the same day as the flood.'],
    ['the day of what follows', 'en', 'They met on 4 March 2022 and left the same day he came.'],
    ['the day of what follows', 'de', 'Sie kam am 3. März 2022 an, am selben Tag wie die anderen.'],
    ['the day of what follows', 'fr', 'Elle est venue le 3 mars 2022, le jour même de son départ.'],
    ['the day of what follows', 'fr', 'Elle est venue le 3 mars 2022, le même jour qu’elle.'],
    ['the day of what follows', 'uk', 'Вона приїхала 3 березня 2022 року, того ж дня, коли він поїхав.'],
    ['another time', 'en', 'They met on 4 March 2022. On the same day last year, it rained.'],
    ['another time', 'en', 'They met on 4 March 2022. On the same day in 2019, it rained.'],
    ['another time', 'en', 'They met on 4 March 2022. The same day next week, she left.'],
    ['another time', 'en', 'They met on 4 March 2022. On the same day a year earlier, it rained.'],
    ['another time', 'en', 'They met on 4 March 2022. On the same day two weeks later it rained.'],
    ['another time', 'de', 'Sie kam am 4. März 2022 an. Am selben Tag im Vorjahr regnete es.'],
    ['another time', 'de', 'Sie kam am 4. März 2022 an. Am selben Tag vor einem Jahr regnete es.'],
    ['another time', 'de', 'Sie kam am 4. März 2022 an. Am selben Tag 2014 regnete es.'],
    ['another time', 'de', 'Sie kam am 4. März 2022 an. Am selben Tag eine Woche später regnete es.'],
    ['another time', 'fr', 'Elle est venue le 4 mars 2022. Le même jour en 2014, il pleuvait.'],
    ['another time', 'fr', 'Elle est venue le 4 mars 2022. Le même jour l’an dernier, il pleuvait.'],
    ['another time', 'fr', 'Elle est venue le 4 mars 2022. Le même jour, un an plus tôt, il pleuvait.'],
    ['another time', 'uk', 'Вона приїхала 4 березня 2022 року. Того ж дня торік дощило.'],
    ['another time', 'uk', 'Вона приїхала 4 березня 2022 року. Того ж дня 2014 року дощило.'],
    ['another time', 'uk', 'Вона приїхала 4 березня 2022 року. Того ж дня минулого року дощило.'],
    ['another time', 'uk', 'Вона приїхала 4 березня 2022 року. Того ж дня рік тому дощило.'],
    ['another time', 'es', 'Llegó el 3 de marzo de 2022. Ese mismo día del año pasado llovió.'],
    ['another time', 'pl', 'Przybyła 3 marca 2022. Tego samego dnia rok wcześniej padało.'],
    ['another time', 'ru', 'Она приехала 3 марта 2022 года. В тот же день в прошлом году шёл дождь.'],
    ['another day between', 'en', 'They met on 4 March 2022. The next morning it rained. The same day she left.'],
    ['another day between', 'en', 'They met on 4 March 2022. The following evening it rained. The same day she left.'],
    ['another day between', 'en', 'They met on 4 March 2022. It rained overnight. The same day she left.'],
    ['another day between', 'en', 'They met on 4 March 2022. At midnight it rained. The same day she left.'],
    ['another day between', 'de', 'Sie kam am 4. März 2022 an. Am folgenden Abend regnete es. Am selben Tag ging sie.'],
    ['another day between', 'de', 'Sie kam am 4. März 2022 an. Anderntags regnete es. Am selben Tag ging sie.'],
    ['another day between', 'de', 'Sie kam am 4. März 2022 an. Über Nacht regnete es. Am selben Tag ging sie.'],
    ['another day between', 'de', 'Sie kam am 4. März 2022 an. Um Mitternacht regnete es. Am selben Tag ging sie.'],
    ['another day between', 'fr', 'Elle est venue le 4 mars 2022. Le matin suivant, il pleuvait. Le même jour, rien.'],
    ['another day between', 'fr', 'Elle est venue le 4 mars 2022. La nuit suivante, il pleuvait. Le même jour, rien.'],
    ['another day between', 'fr', 'Elle est venue le 4 mars 2022. À minuit, il pleuvait. Le même jour, rien.'],
    ['another day between', 'uk', 'Вона приїхала 4 березня 2022 року. Наступного ранку дощило. Того ж дня він поїхав.'],
    [
      'another day between',
      'uk',
      'Вона приїхала 4 березня 2022 року. Наступного вечора дощило. Того ж дня він поїхав.',
    ],
    ['another day between', 'uk', 'Вона приїхала 4 березня 2022 року. Наступної ночі дощило. Того ж дня він поїхав.'],
    ['no one day', 'en', 'It began on 4 March 2022; always on the same day, they meet.'],
    [
      'a date that is too far away',
      'en',
      `They met on 4 March 2022. ${'They talked. '.repeat(100)}The same day, she left.`,
    ],
  ])('it is not offered with %s (%s): %s', (_what, language, text) => {
    expect(sameDays(language, text)).toEqual([]);
  });

  /** In a language: what is one day, perhaps of several, what is none, and what says nothing of a day. */
  const sentences: Readonly<Record<string, Readonly<Record<Kind, readonly string[]>>>> = {
    en: {
      day: ['It was 3 May 2022.', 'They met on 12 April 2022.', 'It rained yesterday.', 'They met on Friday.'],
      other: ['It was in May 2022.', 'It was by 3 May 2022.', 'It was two days later.', 'In 2014.'],
      none: ['The ferry left.', 'They had 40 cars.'],
      same: ['The same day, they met.', 'On that very day it rained.', 'They left on the same day.'],
    },
    de: {
      day: ['Es war der 3. Mai 2022.', 'Sie kam am 12. April 2022.', 'Es hat gestern geregnet.', 'Sie kam am Freitag.'],
      other: ['Es war im Mai 2022.', 'Sie kam bis zum 3. Mai 2022.', 'Zwei Tage später.', 'Am 24. kam er.'],
      none: ['Die Fähre fuhr ab.', 'Es waren 40 Autos.'],
      same: ['Am selben Tag ging sie.', 'Sie ging am gleichen Tag.'],
    },
    fr: {
      day: ['C’était le 3 mai 2022.', 'Il est venu hier.', 'Il est venu vendredi.'],
      other: ['C’était en mai 2022.', 'Avant le 3 mai 2022.', 'Le lendemain.', 'Le 24, il est venu.'],
      none: ['Le ferry est parti.', 'Il avait 40 voitures.'],
      same: ['Le même jour, il est parti.', 'Elle est partie ce jour-là.'],
    },
    uk: {
      day: ['Це було 3 травня 2022 року.', 'Він приїхав учора.', 'Він приїхав у п’ятницю.'],
      other: ['Це було в травні 2022 року.', 'Не раніше 3 травня 2022 року.', 'Напередодні дощило.'],
      none: ['Пором вийшов.', 'Там було 40 машин.'],
      same: ['Того ж дня він поїхав.', 'Вона поїхала в той же день.'],
    },
  };

  test('of any sentences, the last one before it that can have a day decides', () => {
    const kinds = fc.constantFrom<Kind>('day', 'other', 'none', 'same', 'same');
    const datesIn = (text: string, language: string): readonly string[] =>
      datesInText(text, { languages: [language], day }).flatMap(({ readings }) => readings.map(({ date }) => date));
    for (const [language, of] of Object.entries(sentences))
      fc.assert(
        fc.property(fc.array(fc.tuple(kinds, fc.nat(9)), { maxLength: 8 }), (picked) => {
          const text = picked.map(([kind, i]) => [kind, of[kind][i % of[kind].length] ?? ''] as const);
          const expected: string[] = [];
          let last: string | undefined;
          for (const [kind, sentence] of text) {
            if (kind === 'day') last = datesIn(sentence, language).join();
            if (kind === 'other') last = undefined;
            if (kind === 'same' && last !== undefined) expected.push(last);
          }
          const whole = text.map(([, sentence]) => sentence).join(' ');
          const offered = sameDays(language, whole).map((each) => each.replace(/^.*: /s, ''));
          expect([whole, offered]).toEqual([whole, expected]);
        }),
        { numRuns: 300 },
      );
  });

  test('a part of a text has it from a date before the part', () => {
    const text = 'They met on 4 March 2022, in 3 towns. On the same day she left, and he came on 5 March 2022.';
    const from = text.indexOf('On the same');
    const found = datesInPart(text, from, text.length, { languages: ['en'], day }, 3);
    expect(found.map(({ start, end }) => text.slice(from + start, from + end))).toEqual([
      'On the same day',
      '5 March 2022',
    ]);
    expect(datesInPart(text, from, text.length, { languages: ['en'], day }, 1)).toEqual(found.slice(0, 1));
    // it says from which words it is, and was worked out
    const [same] = found;
    expect(same === undefined ? [] : meantDates('On the same day', same)).toEqual([
      {
        date: '2022-03-04',
        meaning: 'the day of “4 March 2022”',
        grounds: 'resolved',
        sentence: 'Read "On the same day" as the day of "4 March 2022" before it, Friday 4 March 2022.',
      },
    ]);
  });

  test.each([
    ['The same day', 'They met on 4 March 2022. The same day last year, she left.'],
    ['The same day', 'They met on 4 March 2022. The same day as the flood, she left.'],
    ['the same', 'They met on 4 March 2022, and the same day, she left.'],
    ['on the same day', 'They met on 4 March 2022; always on the same day, they meet.'],
  ])('what is around “%s” counts if it is selected alone: %s', (words, text) => {
    const from = text.indexOf(words);
    expect(datesInPart(text, from, from + words.length, { languages: ['en'], day }, 3)).toEqual([]);
  });

  test('it is the same in a part of a text that begins with a sentence as in the whole text', () => {
    const kinds = fc.constantFrom<Kind>('day', 'other', 'none', 'same', 'same');
    const sentence = (language: string): fc.Arbitrary<string> =>
      fc.tuple(kinds, fc.nat(9)).map(([kind, i]) => {
        const all = sentences[language]?.[kind] ?? [];
        return all[i % all.length] ?? '';
      });
    for (const language of Object.keys(sentences))
      fc.assert(
        fc.property(
          fc.array(sentence(language), { maxLength: 5 }),
          fc.array(sentence(language), { maxLength: 5 }),
          fc.integer({ min: 1, max: 4 }),
          (before, after, most) => {
            const context = { languages: [language], day };
            const text = [...before, ...after].join(' ');
            const from = before.join(' ').length;
            const whole = datesInText(text, context).filter(({ start }) => start >= from);
            const part = datesInPart(text, from, text.length, context, most);
            const dates = part.map((date) => ({ ...date, start: from + date.start, end: from + date.end }));
            expect([text, dates]).toEqual([text, whole.slice(0, most)]);
          },
        ),
        { numRuns: 200 },
      );
  });

  test('a text of such words alone takes no longer for each of them', () => {
    const text = `On 4 March 2022 it rained. ${'The same day, it rained. '.repeat(2000)}`;
    expect(sameDays('en', text)).toHaveLength(2000);
  });
});
