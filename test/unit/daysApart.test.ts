import { expect, test } from 'vitest';
import { datesInPart, datesInText } from '../../scripts/web/workbench/datesInText.ts';
import { meantDates } from '../../scripts/web/workbench/meantDates.ts';

/** A Tuesday. */
const day = '2022-02-22';

/** A sentence with a date in each language, which the words count from. */
const dated: Readonly<Record<string, string>> = {
  en: 'They met on 3 March 2022.',
  de: 'Sie kam am 3. März 2022 an.',
  fr: 'Elle est venue le 3 mars 2022.',
  es: 'Llegó el 3 de marzo de 2022.',
  it: 'È arrivata il 3 marzo 2022.',
  pl: 'Przybyła 3 marca 2022.',
  uk: 'Вона приїхала 3 березня 2022 року.',
  ru: 'Она приехала 3 марта 2022 года.',
};

/** The words that count from a date before them in a text, with their dates. */
function apart(language: string, text: string): readonly string[] {
  return datesInText(text, { languages: [language], day })
    .filter(({ isApart }) => isApart === true)
    .map(({ start, end, readings }) => `${text.slice(start, end)}: ${readings.map(({ date }) => date).join()}`);
}

test.each([
  ['en', 'A day earlier, he left.', 'A day earlier: 2022-03-02'],
  ['en', 'He left a day later.', 'a day later: 2022-03-04'],
  ['en', 'He had left two days earlier.', 'two days earlier: 2022-03-01'],
  ['en', 'Ten days later, 40 men left.', 'Ten days later: 2022-03-13'],
  ['en', 'He left 2 days later in Kyiv.', '2 days later: 2022-03-05'],
  ['en', 'He had left the day before.', 'the day before: 2022-03-02'],
  ['en', 'The day before, he had left.', 'The day before: 2022-03-02'],
  ['en', 'He had called the day before and left.', 'the day before: 2022-03-02'],
  ['en', 'He left the next day.', 'the next day: 2022-03-04'],
  ['en', 'On the following day it rained.', 'On the following day: 2022-03-04'],
  ['en', 'He had left on the previous day.', 'on the previous day: 2022-03-02'],
  ['en', 'The next morning it rained.', 'The next morning: 2022-03-04'],
  ['en', 'The previous evening it had rained.', 'The previous evening: 2022-03-02'],
  ['en', 'The evening before, it had rained.', 'The evening before: 2022-03-02'],
  ['en', 'But she called on the eve.', 'on the eve: 2022-03-02'],
  ['en', 'He said the next day that it had rained.', 'the next day: 2022-03-04'],
  ['en', 'He said two days later that it had rained.', 'two days later: 2022-03-05'],
  ['fr', 'Il a dit le lendemain qu’il pleuvait.', 'le lendemain: 2022-03-04'],
  ['es', 'Dijo al día siguiente que llovía.', 'al día siguiente: 2022-03-04'],
  ['uk', 'Він сказав наступного дня, що дощило.', 'наступного дня: 2022-03-04'],
  ['en', 'It was set for the following day.', 'the following day: 2022-03-04'],
  ['de', 'Am Tag zuvor ging er.', 'Am Tag zuvor: 2022-03-02'],
  ['de', 'Er war tags zuvor gegangen.', 'tags zuvor: 2022-03-02'],
  ['de', 'Am nächsten Morgen ging er.', 'Am nächsten Morgen: 2022-03-04'],
  ['de', 'Zwei Tage zuvor ging er.', 'Zwei Tage zuvor: 2022-03-01'],
  ['de', 'Er ging zwei Tage später.', 'zwei Tage später: 2022-03-05'],
  ['de', 'Einen Tag später ging er.', 'Einen Tag später: 2022-03-04'],
  ['de', 'Am Vortag ging er.', 'Am Vortag: 2022-03-02'],
  ['de', 'Tags darauf ging er.', 'Tags darauf: 2022-03-04'],
  ['de', 'Am übernächsten Tag ging er.', 'Am übernächsten Tag: 2022-03-05'],
  ['fr', 'La veille, il était parti.', 'La veille: 2022-03-02'],
  ['fr', 'Il est parti le lendemain matin.', 'le lendemain matin: 2022-03-04'],
  ['fr', 'Deux jours plus tôt, il est parti.', 'Deux jours plus tôt: 2022-03-01'],
  ['fr', 'Il est parti deux jours plus tard.', 'deux jours plus tard: 2022-03-05'],
  ['fr', 'Il est parti deux jours après.', 'deux jours après: 2022-03-05'],
  ['fr', 'L’avant-veille, il est parti.', 'L’avant-veille: 2022-03-01'],
  ['fr', 'Il est parti le surlendemain.', 'le surlendemain: 2022-03-05'],
  ['es', 'Al día siguiente se fue.', 'Al día siguiente: 2022-03-04'],
  ['es', 'Se fue dos días después.', 'dos días después: 2022-03-05'],
  ['es', 'El día anterior llovió.', 'El día anterior: 2022-03-02'],
  ['it', 'Il giorno dopo è partita.', 'Il giorno dopo: 2022-03-04'],
  ['it', 'È partita il giorno dopo.', 'il giorno dopo: 2022-03-04'],
  ['it', 'L’indomani è partita.', 'L’indomani: 2022-03-04'],
  ['it', 'Due giorni prima, pioveva.', 'Due giorni prima: 2022-03-01'],
  ['pl', 'Następnego dnia wyjechała.', 'Następnego dnia: 2022-03-04'],
  ['pl', 'Dwa dni wcześniej wyjechała.', 'Dwa dni wcześniej: 2022-03-01'],
  ['pl', 'Dzień później wyjechała.', 'Dzień później: 2022-03-04'],
  ['uk', 'Напередодні він дзвонив.', 'Напередодні: 2022-03-02'],
  ['uk', 'За день до того він поїхав.', 'За день до того: 2022-03-02'],
  ['uk', 'Наступного дня він поїхав.', 'Наступного дня: 2022-03-04'],
  ['uk', 'На наступний день він поїхав.', 'На наступний день: 2022-03-04'],
  ['uk', 'Через два дні після того він поїхав.', 'Через два дні після того: 2022-03-05'],
  ['uk', 'Двома днями раніше він поїхав.', 'Двома днями раніше: 2022-03-01'],
  ['uk', 'П’ятьма днями раніше він поїхав.', 'П’ятьма днями раніше: 2022-02-26'],
  ['uk', 'Він поїхав попереднього дня.', 'попереднього дня: 2022-03-02'],
  ['uk', 'Наступного вечора дощило.', 'Наступного вечора: 2022-03-04'],
  ['ru', 'Накануне он звонил.', 'Накануне: 2022-03-02'],
  ['ru', 'На следующий день он уехал.', 'На следующий день: 2022-03-04'],
  ['ru', 'Двумя днями ранее он уехал.', 'Двумя днями ранее: 2022-03-01'],
  ['ru', 'Спустя два дня он уехал.', 'Спустя два дня: 2022-03-05'],
  ['ru', 'За день до этого он уехал.', 'За день до этого: 2022-03-02'],
])('they count from the date before them (%s: %s)', (language, words, expected) => {
  expect(apart(language, `${dated[language] ?? ''} ${words}`)).toEqual([expected]);
});

test.each([
  ['en', 'It rained the day before the attack.'],
  ['en', 'The day before he left, it rained.'],
  ['en', 'He left two days after the meeting.'],
  ['en', 'He left a day later than planned.'],
  ['en', 'He left the next day when it rained.'],
  ['fr', 'Il est parti deux jours plus tard que prévu.'],
  ['en', 'He left one or two days later.'],
  ['en', 'He left 2-3 days later.'],
  ['en', 'He left about ten days later.'],
  ['en', 'He left less than a day later.'],
  ['en', 'He left half a day later.'],
  ['en', 'He stayed until the next day.'],
  ['en', 'Two people died in the previous day.'],
  ['en', 'They meet always on the next day.'],
  ['en', 'A day later in the week, he left.'],
  ['en', 'A day later, on 9 March 2022, he left.'],
  ['en', 'A few days later, he left.'],
  ['en', 'He left a hundred and two days later.'],
  ['en', 'Thirty-two days later, he left.'],
  ['en', 'A year and two days later, he left.'],
  ['en', 'He left two days later at the latest.'],
  ['en', 'The next day after the talks, he left.'],
  ['en', 'He left two, three days later.'],
  ['en', 'He left 1 1/2 days later.'],
  ['de', '1,5 Tage später ging er.'],
  ['de', 'Er ging spätestens am nächsten Tag.'],
  ['de', 'Am nächsten Tag seit dem Angriff ging er.'],
  ['fr', 'Il est parti au plus tard le lendemain.'],
  ['fr', 'Le jour suivant la réunion, il est parti.'],
  ['es', 'Se fue a más tardar al día siguiente.'],
  ['it', 'È partita il giorno successivo alle elezioni.'],
  ['pl', 'Wyjechała najpóźniej następnego dnia.'],
  ['uk', 'Не пізніше наступного дня він поїхав.'],
  ['ru', 'Не позднее следующего дня он уехал.'],
  ['de', 'Am Vorabend eines Treffens ging er.'],
  ['fr', 'Vingt et un jours plus tard, il est parti.'],
  ['fr', 'Quatre-vingt-deux jours plus tard, il est parti.'],
  ['es', 'Treinta y dos días después se fue.'],
  ['pl', 'Dwadzieścia dwa dni później wyjechała.'],
  ['uk', 'Двадцятьма двома днями раніше він поїхав.'],
  ['uk', 'Рік і два дні по тому він поїхав.'],
  ['ru', 'Двадцать два дня спустя он уехал.'],
  ['en', 'The next days were calm.'],
  ['de', 'Am Vortag der Wahl ging er.'],
  ['de', 'Er ging zwei Tage später als geplant.'],
  ['de', 'Er blieb bis zum nächsten Tag.'],
  ['fr', 'Il est parti la veille de l’attaque.'],
  ['fr', 'Il est parti deux jours avant la réunion.'],
  ['fr', 'Il est parti le lendemain du sommet.'],
  ['es', 'Se fue el día anterior a la reunión.'],
  ['es', 'Se fue dos días después de la reunión.'],
  ['it', 'È partita il giorno dopo la riunione.'],
  ['it', 'È partita due giorni prima della riunione.'],
  ['pl', 'Wyjechała dwa dni wcześniej niż on.'],
  ['uk', 'За день до того, як він поїхав, дощило.'],
  ['uk', 'Через два дні після того засідання він поїхав.'],
  ['uk', 'Напередодні саміту дощило.'],
  ['uk', 'Наступного дня після зустрічі він поїхав.'],
  ['ru', 'Накануне выборов шёл дождь.'],
  ['ru', 'Через два дня после того, как он уехал, шёл дождь.'],
  ['ru', 'Спустя два дня после встречи он уехал.'],
])('what is beside them makes them count from something else, or not exactly (%s: %s)', (language, words) => {
  expect(apart(language, `${dated[language] ?? ''} ${words}`)).toEqual([]);
});

test.each([
  ['no date', 'It rained. A day later, he left.'],
  ['a month', 'They met in March 2022. A day later, he left.'],
  ['a deadline', 'They meet by 4 March 2022. A day later, he left.'],
  ['another day between', 'They met on 4 March 2022. On Christmas Eve it snowed. A day later, he left.'],
  ['a date too far away', `They met on 4 March 2022. ${'They talked. '.repeat(100)}A day later, he left.`],
])('they are not read after %s: %s', (_what, text) => {
  expect(apart('en', text)).toEqual([]);
});

test.each([
  ['They met on 3 March 2022. He left the day before yesterday.', '2022-02-20'],
  ['He will leave the day after tomorrow.', '2022-02-24'],
])('two days before or after the source is no limit, and counts from there: %s', (text, date) => {
  const found = datesInText(text, { languages: ['en'], day }).at(-1);
  expect(found?.readings).toMatchObject([{ date }]);
});

test('of several, only the first one counts from a certain day; none is the same day', () => {
  const text = 'They met on 4 March 2022. A day later, he left. Two days later, she did. The same day it rained.';
  const found = datesInText(text, { languages: ['en'], day });
  expect(found.map(({ isGuess, readings }) => [isGuess === true, ...readings.map(({ date }) => date)])).toEqual([
    [false, '2022-03-04'],
    [false, '2022-03-05'],
    [true, '2022-03-07', '2022-03-06'],
  ]);
});

test.each([
  ['They met on 3 and 4 March 2022. A day later, he left.', ['the day after “4 March 2022”']],
  ['They met on the eve. A day later, he left.', ['the day after “on the eve”']],
  [
    'He came on Friday. She had come the day before. They will leave within ten days. A day earlier, it had rained.',
    ['the day before the day before “on Friday”: the Friday before', 'the day before “on Friday”: the Friday before'],
  ],
])('after dates of which each can be meant, the nearest one is first: %s', (text, meanings) => {
  const found = datesInText(text, { languages: ['en'], day }).at(-1);
  expect(found?.readings.map(({ meaning }) => meaning)).toEqual(meanings);
  expect(found?.isGuess).toBe(true);
});

test.each([
  // each of the days that the date before can be
  ['They met on Thursday. A day later, he left.', '2022-02-18,2022-02-25,[2022-02-18,2022-02-25]'],
  ['They met yesterday. The next day, he left.', '2022-02-22'],
  ['They met on 4 March 2022. The same day she came. A day later, he left.', '2022-03-05'],
])('they count from each day that the date before them can be: %s', (text, dates) => {
  expect(apart('en', text).map((each) => each.replace(/^.*: /, ''))).toEqual([dates]);
});

test.each([
  ['uk', 'Вона приїхала 3 березня 2022 року. Через два дні після зустрічі він поїхав.'],
  ['ru', 'Она приехала 3 марта 2022 года. Через два дня после встречи он уехал.'],
  ['uk', 'Через два дні після зустрічі він поїхав.'],
  ['en', 'He left in two days of talks.'],
  // the date before it is not one day
  ['de', 'Sie kam im März 2022 an. Am Morgen danach ging er.'],
  ['uk', 'Вона приїхала в березні 2022 року. Через два дні після того він поїхав.'],
])('neither do they count from the date of the source (%s: %s)', (language, text) => {
  const found = datesInText(text, { languages: [language], day });
  expect(found.filter(({ isRelative }) => isRelative)).toEqual([]);
});

test('they say from what they count', () => {
  const said = (text: string): unknown => {
    const found = datesInText(text, { languages: ['en'], day }).find(({ isApart }) => isApart === true);
    return found === undefined ? [] : meantDates(text.slice(found.start, found.end), found)[0];
  };
  expect(said('They met on 3 March 2022. A day earlier, he left.')).toEqual({
    date: '2022-03-02',
    meaning: 'the day before “3 March 2022”',
    grounds: 'resolved',
    sentence: 'Read "A day earlier" as the day before 3 March 2022, the day of "3 March 2022" before it.',
  });
  expect(said('They met on Thursday. Two days later, he left.')).toEqual({
    date: '2022-02-19',
    meaning: '2 days after “on Thursday”: the Thursday before',
    grounds: 'resolved',
    sentence:
      'Read "Two days later" as 2 days after 17 February 2022, the day of "on Thursday" before it, ' +
      'the last Thursday before 22 February 2022, the date of the source.',
  });
});

test.each([
  ['A day later', 'They met on 3 March 2022. A day later, he left.', ['2022-03-04']],
  ['The day before', 'They met on 3 March 2022. The day before the attack, he left.', []],
  ['two days later', 'They met on 3 March 2022. He left one or two days later.', []],
])('what is around “%s” counts if it is selected alone: %s', (words, text, dates) => {
  const from = text.indexOf(words);
  const found = datesInPart(text, from, from + words.length, { languages: ['en'], day }, 3);
  expect(found.flatMap(({ readings }) => readings.map(({ date }) => date))).toEqual(dates);
});
