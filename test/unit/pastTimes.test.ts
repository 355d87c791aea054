import { expect, test } from 'vitest';
import { datesInText } from '../../scripts/web/workbench/datesInText.ts';
import { meantDates } from '../../scripts/web/workbench/meantDates.ts';

const day = '2022-03-30';

test.each([
  ['en', 'They left over the past 24 hours.', 'over the past 24 hours', '2022-03-29'],
  ['en', 'In the last two days in Kyiv, they left.', 'In the last two days', '2022-03-28'],
  ['en', 'They left during the previous 36 hours.', 'during the previous 36 hours', '2022-03-28'],
  ['en', 'They left within the past week.', 'within the past week', '2022-03-23'],
  ['en', 'They left in the past three months.', 'in the past three months', '2021-12'],
  ['de', 'In den vergangenen 24 Stunden zogen sie ab.', 'In den vergangenen 24 Stunden', '2022-03-29'],
  ['de', 'Während der letzten zwei Tage zogen sie ab.', 'Während der letzten zwei Tage', '2022-03-28'],
  ['fr', 'Ils sont partis au cours des dernières 24 heures.', 'au cours des dernières 24 heures', '2022-03-29'],
  ['fr', 'Ils sont partis ces deux derniers jours.', 'ces deux derniers jours', '2022-03-28'],
  ['es', 'Se fueron en las últimas 24 horas.', 'en las últimas 24 horas', '2022-03-29'],
  ['it', 'Sono partiti nelle ultime 24 ore.', 'nelle ultime 24 ore', '2022-03-29'],
  ['pl', 'Odeszli w ciągu ostatnich 24 godzin.', 'w ciągu ostatnich 24 godzin', '2022-03-29'],
  ['uk', 'За останні 24 години вони відійшли.', 'За останні 24 години', '2022-03-29'],
  ['uk', 'Вони відійшли за останню добу.', 'за останню добу', '2022-03-29'],
  ['ru', 'Они ушли за последние 24 часа.', 'за последние 24 часа', '2022-03-29'],
])('a time up to now is one from a day on, or one day of it (%s: %s)', (language, text, words, from) => {
  const found = datesInText(text, { languages: [language], day });
  expect(found.map(({ start, end, readings }) => [text.slice(start, end), readings.map(({ date }) => date)])).toEqual([
    [words, [`${from}/${day}`, `[${from}..${day}]`]],
  ]);
});

test.each([
  ['en', 'They left 24 hours before the talks.'],
  ['en', 'It lasted 24 hours.'],
  ['en', 'It took the next 24 hours.'],
  ['en', 'They left in the last three days of February.'],
  ['en', 'They left in the last two days before the war.'],
  ['en', 'They left in the last 10 days in February.'],
  ['de', 'Sie gingen in den letzten zwei Wochen des Februars.'],
  ['fr', 'Ils sont partis les trois derniers mois de 2021.'],
  ['de', 'Es dauerte 24 Stunden.'],
  ['uk', 'Це тривало 24 години.'],
])('a time that is not up to now is none (%s: %s)', (language, text) => {
  const dates = datesInText(text, { languages: [language], day }).flatMap(({ readings }) => readings);
  expect(dates.filter(({ date }) => date.endsWith(day) || date.endsWith(`${day}]`))).toEqual([]);
});

test('how it was worked out is said in a sentence', () => {
  const [found] = datesInText('They left over the past 24 hours.', { languages: ['en'], day });
  expect(found === undefined ? [] : meantDates('over the past 24 hours', found)).toMatchObject([
    {
      meaning: 'the whole time',
      sentence: 'Read "over the past 24 hours" as the 24 hours up to 30 March 2022, the date of the source.',
    },
    { meaning: 'one day of it' },
  ]);
});
