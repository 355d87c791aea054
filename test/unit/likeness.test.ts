import { expect, test } from 'vitest';
import { likeIn, likenesses, likenessOf } from '../../scripts/web/workbench/likeness.ts';

test.each([
  ['Румунія', 'Romania', 'translated'],
  ['Румунії', 'Government of Romania', 'translated'],
  ['Великої Британії', 'United Kingdom', 'translated'],
  ['Сполучених Штатів', 'United States', 'translated'],
  ['США', 'United States', 'translated'],
  ['России', 'Russia', 'translated'],
  ['Rumänien', 'Romania', 'translated'],
  ['Deutschlands', 'Germany', 'translated'],
  ['Germany', 'Deutschland', 'translated'],
  ['Ірану', 'Iran', 'translated'],
  ['Ірану', 'Iraq', undefined],
  ['Росія', 'Romania', undefined],
  ['Кірбі', 'John Kirby', 'sounds'],
  ['Джон Кірбі', 'John Kirby', 'sounds'],
  ['Джон Кірбі', 'James Kirby', undefined],
  ['Бухаресті', 'Bucharest', 'sounds'],
  ['Шойгу', 'Sergei Shoigu', 'sounds'],
  ['Воллес', 'Ben Wallace', 'sounds'],
  ['Selenskyj', 'Volodymyr Zelenskyy', 'sounds'],
  ['Kirby', 'Джон Кірбі', 'sounds'],
  ['Кірбі', 'Romania', undefined],
  ['Я', 'Jo', undefined],
  ['', 'Jo', undefined],
])('“%s” for “%s”: %s', (typed, name, like) => {
  const folded = name.toLowerCase();
  expect(likenesses[likeIn([folded], likenessOf(typed))]).toBe(like);
});
