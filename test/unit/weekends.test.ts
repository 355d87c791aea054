import { describe, expect, test } from 'vitest';
import { datesInText } from '../../scripts/web/workbench/datesInText.ts';
import { meantDates } from '../../scripts/web/workbench/meantDates.ts';

/** A Tuesday, a Saturday and a Sunday. */
const [tuesday, saturday, sunday] = ['2022-02-22', '2022-02-26', '2022-02-27'];

const [before, now, after] = ['2022-02-19/2022-02-20', '2022-02-26/2022-02-27', '2022-03-05/2022-03-06'];

/** The weekends in a text, of which each is followed by one day of it. */
function weekends(language: string, text: string, day = tuesday): readonly string[] {
  const dates = datesInText(text, { languages: [language], day }).flatMap(({ readings }) =>
    readings.map(({ date }) => date),
  );
  const whole = dates.filter((_, i) => i % 2 === 0);
  expect(dates).toEqual(whole.flatMap((date) => [date, `[${date.replace('/', '..')}]`]));
  return whole;
}

describe('a weekend', () => {
  test.each([
    ['en', 'They met over the weekend.'],
    ['en', 'Two men were killed at the weekend.'],
    ['en', 'They met this weekend.'],
    ['en', 'He had said over the weekend that they were late.'],
    ['de', 'Sie trafen sich am Wochenende.'],
    ['de', 'Er kam dieses Wochenende.'],
    ['fr', 'Ils se sont rencontrés ce week-end.'],
    ['fr', 'Ils sont venus pendant le week-end.'],
    ['es', 'Se reunieron este fin de semana.'],
    ['it', 'Si sono incontrati nel fine settimana.'],
    ['pl', 'Spotkali się w weekend.'],
    ['uk', 'Вони зустрілися у вихідні.'],
    ['uk', 'Вони зустрілися на вихідних.'],
    ['ru', 'Они встретились в выходные.'],
    ['ru', 'Они встретились на выходных.'],
  ])('is the last one first, if nothing says that it is to come (%s: %s)', (language, text) => {
    expect(weekends(language, text)).toEqual([before, now]);
  });

  test.each([
    ['en', 'They will meet at the weekend.'],
    ['en', 'They are to meet this weekend.'],
    ['de', 'Sie sollen sich am Wochenende treffen.'],
    ['fr', 'Ils vont se rencontrer ce week-end.'],
    ['pl', 'Spotkają się na weekend.'],
    ['uk', 'Вони зустрінуться на вихідні.'],
    ['uk', 'Вони мають зустрітися у вихідні.'],
    ['ru', 'Они будут встречаться в выходные.'],
  ])('is the next one first if it is to come (%s: %s)', (language, text) => {
    expect(weekends(language, text)).toEqual([now, before]);
  });

  test.each([
    ['en', 'They met last weekend.', before],
    ['en', 'They met over the past weekend.', before],
    ['en', 'They will meet next weekend.', now],
    ['en', 'They will meet this coming weekend.', now],
    ['de', 'Sie trafen sich am vergangenen Wochenende.', before],
    ['de', 'Sie trafen sich vergangenes Wochenende.', before],
    ['de', 'Sie treffen sich am kommenden Wochenende.', now],
    ['fr', 'Ils se sont rencontrés le week-end dernier.', before],
    ['fr', 'Ils vont se rencontrer le week-end prochain.', now],
    ['es', 'Se reunieron el fin de semana pasado.', before],
    ['es', 'Se reunirán el próximo fin de semana.', now],
    ['it', 'Si sono incontrati lo scorso fine settimana.', before],
    ['it', 'Si incontreranno il prossimo fine settimana.', now],
    ['pl', 'Spotkali się w miniony weekend.', before],
    ['pl', 'Spotkają się w przyszły weekend.', now],
    ['uk', 'Вони зустрілися минулими вихідними.', before],
    ['uk', 'Вони зустрінуться наступними вихідними.', now],
    ['ru', 'Они встретились в прошлые выходные.', before],
    ['ru', 'Они встретятся на следующих выходных.', now],
  ])('is the one that the words say (%s: %s)', (language, text, date) => {
    expect(weekends(language, text)).toEqual([date]);
  });

  test.each([
    ['They met at the weekend.', [now, after]],
    ['They will meet at the weekend.', [after, now]],
    ['They met this weekend.', [now]],
    ['They met last weekend.', [before]],
    ['They will meet next weekend.', [after]],
  ])('can be the one of the day: %s', (text, dates) => {
    for (const day of [saturday, sunday]) expect(weekends('en', text, day)).toEqual(dates);
  });

  test.each([
    ['en', 'They read the weekend edition.'],
    ['en', 'The weekend was calm.'],
    ['en', 'They meet on weekends.'],
    ['en', 'They met at the weekend market.'],
    ['en', 'They met over the weekend of 5 days.'],
    ['en', 'They meet on the last weekend in March.'],
    ['de', 'Das Wochenende war ruhig.'],
    ['de', 'Sie trafen sich am Wochenende nach der Wahl.'],
    ['de', 'Sie trafen sich am letzten Wochenende im März.'],
    ['fr', 'Le week-end, il pleut.'],
    ['fr', 'Ils se voient le dernier week-end de mars.'],
    ['es', 'Llueve el fin de semana.'],
    ['pl', 'Spotkali się w ostatni weekend marca.'],
    ['uk', 'У вихідних даних помилка.'],
    ['uk', 'Пором не ходить у вихідні та святкові дні.'],
    ['ru', 'Паром не ходит в выходные дни.'],
  ])('is none without words for when it is (%s: %s)', (language, text) => {
    expect(weekends(language, text)).toEqual([]);
  });

  test('says which one it is', () => {
    const said = (text: string, day: string): unknown =>
      datesInText(text, { languages: ['en'], day }).flatMap((found) =>
        meantDates('x', found).map(({ meaning, sentence }) => [meaning, sentence]),
      );
    expect(said('They met at the weekend.', tuesday)).toEqual([
      ['the whole weekend before', 'Read "x" as the last weekend before 22 February 2022, the date of the source.'],
      [
        'one day of the weekend before',
        'Read "x" as one day of the last weekend before 22 February 2022, the date of the source.',
      ],
      ['the whole weekend after', 'Read "x" as the first weekend after 22 February 2022, the date of the source.'],
      [
        'one day of the weekend after',
        'Read "x" as one day of the first weekend after 22 February 2022, the date of the source.',
      ],
    ]);
    expect(said('They met at the weekend.', sunday)).toContainEqual([
      'the whole weekend of that day',
      'Read "x" as the weekend of 27 February 2022, the date of the source.',
    ]);
    expect(said('They met this weekend.', sunday)).toEqual([
      ['the whole weekend', 'Read "x" as the weekend of 27 February 2022, the date of the source.'],
      ['one day of the weekend', 'Read "x" as one day of the weekend of 27 February 2022, the date of the source.'],
    ]);
  });
});

test.each([
  ['de', 'Sie kommen vor dem kommenden Wochenende.'],
  ['de', 'Sie kamen nach dem letzten Wochenende.'],
])('as a limit, it is none (%s: %s)', (language, text) => {
  expect(datesInText(text, { languages: [language], day: '2022-02-22' })).toEqual([]);
});
