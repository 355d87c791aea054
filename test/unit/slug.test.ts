import { expect, test } from 'vitest';
import { doubtfulSlug, romanisationOf, slug } from '../../scripts/verbs/slug.ts';

test.each([
  ['Jördis Groß-Ångström', 'joerdis-gross-angstroem'],
  ['Під’їзди до Маріуполя', 'pidizdy-do-mariupolia'],
  ['В’ячеслав Дуб’яга', 'viacheslav-dubiaha'],
  ["Лук'ян Ґедзь", 'lukian-gedz'],
  ['Розгін у Києві', 'rozghin-u-kyievi'],
  ['Юлія Щербак', 'yuliia-shcherbak'],
  ['Съёмка в Гагарине', 'syomka-v-gagarine'],
  ['Ђурић', ''],
])('%s as a slug is %s', (text, expected) => expect(slug(text)).toBe(expected));

test.each([
  ['її село, „крыша“', 'ukrainian'],
  ['гэты ў Мінску', 'other'],
  ['объект „Київ“ подъехал', 'other'],
  ['Гай', undefined],
  ['Berlin', undefined],
])('the letters of %s are those of: %s', (text, expected) => expect(romanisationOf(text)).toBe(expected));

test('a text is in doubt only if the languages write it differently', () => {
  expect(doubtfulSlug('Гай')).toEqual(['hai', 'gay']);
  expect(doubtfulSlug('Донбас')).toBeUndefined();
  expect(doubtfulSlug('Київ')).toBeUndefined();
});
