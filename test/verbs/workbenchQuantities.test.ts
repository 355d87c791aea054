import { describe, expect, test } from 'vitest';
import { withLoads } from '../support/loads.ts';
import { deskOf } from '../support/workbench.ts';

/** The fields that words of a source fill in, by their names. */
function filled(text: string, language: string, pointer = '/load'): object {
  const desk = deskOf(withLoads(text, language));
  const { values } = desk.figures({ source: 'herald', start: 0, end: [...text].length }, 'crossings', pointer);
  return Object.fromEntries(values.map(({ pointer: at, value }) => [at.slice(at.lastIndexOf('/') + 1), value]));
}

describe('the quantity in words of a source', () => {
  test.each<readonly [string, string, object]>([
    [
      'about 1,200 cars',
      'en',
      { low: 1200, best: 1200, high: 1200, of: 'cars', limit: 'about', words: 'about 1,200 cars' },
    ],
    [
      'A first group of over 800 Dutch military lorries arrived at the harbour in the east.',
      'en',
      { low: 800, of: 'lorries', limit: 'more_than', words: 'over 800 Dutch military lorries' },
    ],
    [
      'Over 800 were seen at the harbour in the east, which has several quays, it was said.',
      'en',
      { low: 800, limit: 'more_than', words: 'Over 800' },
    ],
    ['over 800 lorries.', 'en', { low: 800, of: 'lorries', limit: 'more_than', words: 'over 800 lorries' }],
    [
      'The harbour office said on Thursday that up to 900 additional lorries would cross to Ystad.',
      'en',
      { high: 900, of: 'lorries', limit: 'at_most', words: 'up to 900 additional lorries' },
    ],
    [
      'up to 900 day trippers',
      'en',
      { high: 900, of: 'day_trippers', limit: 'at_most', words: 'up to 900 day trippers' },
    ],
    [
      'entre 1 000 et 1 500 voitures',
      'fr',
      { low: 1000, high: 1500, limit: 'between', words: 'entre 1 000 et 1 500 voitures' },
    ],
    ['40', 'en', { low: 40, best: 40, high: 40, limit: 'exactly', words: '40' }],
    [
      'The ferry left the harbour of Ystad on a cold morning with about 1,200 cars and their drivers.',
      'en',
      { low: 1200, best: 1200, high: 1200, of: 'cars', limit: 'about', words: 'about 1,200 cars' },
    ],
    [
      'The minister said in the evening that the country would get more than 4 F-16s and later some others too.',
      'en',
      { low: 4, limit: 'more_than', words: 'more than 4 F-16s' },
    ],
    [
      'The minister said in the evening that the country would get up to 40 aircraft carriers and later others.',
      'en',
      { high: 40, limit: 'at_most', words: 'up to 40 aircraft carriers' },
    ],
    [
      'The minister said in the evening that the country would get up to 40 aircraft this week and later others.',
      'en',
      { high: 40, limit: 'at_most', words: 'up to 40 aircraft' },
    ],
    [
      'The minister said in the evening that the storm had driven about 200 people across the east of the country.',
      'en',
      { low: 200, best: 200, high: 200, limit: 'about', words: 'about 200 people' },
    ],
    // of a long selection: what is counted, and no verb
    [
      'An den Grenzen des Landes standen Mitte des Monats zwischen 150 und 170 schwedische Autos aus Ystad.',
      'de',
      { low: 150, high: 170, limit: 'between', words: 'zwischen 150 und 170 schwedische Autos' },
    ],
    [
      'Die Zahl der schwedischen Autos in Ystad werde sich bald auf mindestens 48 verdoppeln, sagte sie.',
      'de',
      { low: 48, limit: 'at_least', words: 'mindestens 48' },
    ],
    [
      'The ferry left the harbour of Ystad on a cold morning with about 1,200 Swedish cars and their drivers.',
      'en',
      { low: 1200, best: 1200, high: 1200, of: 'cars', limit: 'about', words: 'about 1,200 Swedish cars' },
    ],
    // a number without a word for what is counted
    ['A contingent of 500', 'en', { low: 500, best: 500, high: 500, limit: 'exactly', words: 'A contingent of 500' }],
    ['не менш ніж 40 машин', 'uk', { low: 40, limit: 'at_least', words: 'не менш ніж 40 машин' }],
    ['€3bn', 'en', { low: 3e9, best: 3e9, high: 3e9, limit: 'exactly', words: '€3bn' }],
    ['5km', 'en', {}],
    ['not even 40 cars', 'en', {}],
    // a time counts nothing else
    ['24 hours', 'en', {}],
    ['It took two days', 'en', {}],
    ['It took 1 000 days', 'en', {}],
    ['It took 40 to 48 hours', 'en', {}],
    ['It took two or three days', 'en', {}],
    ['Es dauerte zwei bis drei Tage', 'de', {}],
    ['Cela dura deux à trois jours', 'fr', {}],
    [
      'It brought 40 cars in 24 hours',
      'en',
      { low: 40, best: 40, high: 40, of: 'cars', limit: 'exactly', words: 'It brought 40 cars in 24 hours' },
    ],
    [
      'two cars over the past 24 hours',
      'en',
      { low: 2, best: 2, high: 2, of: 'cars', limit: 'exactly', words: 'two cars over the past 24 hours' },
    ],
    // half a car is no whole number
    ['2.5 cars', 'en', {}],
    ['40 of 100 cars', 'en', {}],
    // the number of a date counts nothing
    ['12 лютого', 'uk', {}],
    ['On 12 February the ferry left', 'en', {}],
    [
      'On 12 February 40 cars',
      'en',
      { low: 40, best: 40, high: 40, of: 'cars', limit: 'exactly', words: 'On 12 February 40 cars' },
    ],
  ])('“%s” (%s)', (text, language, expected) => {
    expect(filled(text, language)).toEqual(expected);
  });

  test('is none if the selected words are a part of a date', () => {
    const desk = deskOf(withLoads('They left on 12 February 2022 with 40 cars.', 'en'));
    const valuesIn = (start: number, end: number): number =>
      desk.figures({ source: 'herald', start, end }, 'crossings', '/load').values.length;
    expect([valuesIn(13, 15), valuesIn(25, 29), valuesIn(35, 37)]).toEqual([0, 0, 5]);
  });

  test('has the numbers that are suggested', async () => {
    const text = 'Über 1,234 km fuhr die T-34 bei -5 °C mit 40 % und 5 Mrd. Euro Last, 12km weit. Minus 7 Grad, 3 Mal.';
    const found = await deskOf(withLoads(text, 'de')).suggest('herald');
    const numbers = found.flatMap(({ kind, meaning, value }) => (kind === 'number' ? [[meaning, value]] : []));
    expect(numbers).toEqual([
      ['1,234', 1.234],
      ['-5 °C', -5],
      ['40 %', 40],
      ['5 Mrd.', 5e9],
    ]);
    // English and German read it differently, and nothing says which it is
    const unknown = await deskOf(withLoads('Perhaps 1,234 of 40.', '')).suggest('herald');
    expect(unknown.map(({ meaning, value }) => [meaning, value])).toEqual([
      ['1,234', undefined],
      ['40', 40],
    ]);
  });

  test('is a number for a number alone, if the words do not only limit it', () => {
    expect(filled('about 40 cars', 'en', '/cars')).toEqual({ cars: 40 });
    expect(filled('172.5 m', 'en', '/length')).toEqual({ length: 172.5 });
    expect(filled('172,5 m', 'de', '/length')).toEqual({ length: 172.5 });
    expect(filled('more than 40 cars', 'en', '/cars')).toEqual({});
    expect(filled('40 cars', 'en', '/port')).toEqual({});
  });
});
