import { describe, expect, test } from 'vitest';
import { quantityIn } from '../../scripts/base/quantityWords.ts';

/** The limit and the numbers that a text has; undefined if it has no single quantity. */
function read(text: string, ...tags: readonly string[]): string | undefined {
  const found = tags.length === 0 ? quantityIn(text) : quantityIn(text, tags);
  if (found === undefined) return undefined;
  return `${found.limit} ${found.least ?? ''}..${found.most ?? ''}: ${text.slice(found.start, found.end)}`;
}

describe('the quantity in a text', () => {
  test.each([
    ['about 130,000 troops', 'en', 'about 130000..130000: about 130,000'],
    ['There were 40 cars.', 'en', 'exactly 40..40: 40'],
    ['more than 100,000 soldiers', 'en', 'more than 100000..: more than 100,000'],
    ['not more than 100 soldiers', 'en', 'at most ..100: not more than 100'],
    ['between 100 and 150 tanks', 'en', 'between 100..150: between 100 and 150'],
    ['100–150 tanks', 'en', 'between 100..150: 100–150'],
    ['100 to 150 thousand men', 'en', 'between 100000..150000: 100 to 150 thousand'],
    ['1.2 million people', 'en', 'exactly 1200000..1200000: 1.2 million'],
    ['100k troops', 'en', 'exactly 100000..100000: 100k'],
    ['100 soldiers or more', 'en', 'at least 100..: 100 soldiers or more'],
    ['100,000+ troops', 'en', 'at least 100000..: 100,000+'],
    ['rund 3.000 Soldaten', 'de', 'about 3000..3000: rund 3.000'],
    ['bis zu 1,5 Millionen Menschen', 'de', 'at most ..1500000: bis zu 1,5 Millionen'],
    ['plus de 10 000 hommes', 'fr', 'more than 10000..: plus de 10 000'],
    ['plus d’1 million d’hommes', 'fr', 'more than 1000000..: plus d’1 million'],
    ['entre 5 000 et 8 000 soldats', 'fr', 'between 5000..8000: entre 5 000 et 8 000'],
    ['понад 100 тисяч військових', 'uk', 'more than 100000..: понад 100 тисяч'],
    ['до 30 тис. осіб', 'uk', 'at most ..30000: до 30 тис.'],
    ['не менее 12,5 тысячи человек', 'ru', 'at least 12500..: не менее 12,5 тысячи'],
    ['3’000 Personen', 'de-CH', 'exactly 3000..3000: 3’000'],
  ])('“%s” (%s)', (text, tag, expected) => {
    expect(read(text, tag)).toBe(expected);
  });

  test.each([
    ['no number at all', 'en'],
    ['40 of 100 cars', 'en'],
    ['on 24 February, 100,000 troops', 'en'],
    ['version 1.2.3', 'en'],
    ['the T72 tanks', 'en'],
    ['between 150 and 100', 'en'],
  ])('is missing in “%s”', (text, tag) => {
    expect(read(text, tag)).toBeUndefined();
  });

  test('is not guessed where languages differ in how they read it', () => {
    expect(read('3.000 men')).toBeUndefined();
    expect(read('more than 3000 men')).toBe('more than 3000..: more than 3000');
  });
});
