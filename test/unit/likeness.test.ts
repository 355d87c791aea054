import { expect, test } from 'vitest';
import { likenessTo, likenesses } from '../../scripts/web/workbench/likeness.ts';

const [region, like, sound] = likenesses;

test.each<readonly [string, string, string | undefined]>([
  ['Румунія', 'Romania', region],
  ['Румунії', 'Government of Romania', like],
  ['Великої Британії', 'United Kingdom', like],
  ['Сполучених Штатів', 'United States', like],
  ['США', 'United States', region],
  ['России', 'Russia', like],
  ['Rumänien', 'Romania', region],
  ['Deutschlands', 'Germany', like],
  ['Germany', 'Deutschland', region],
  ['Ірану', 'Iran', like],
  ['Румунія', 'Government of Romania', like],
  // surnames that look like names of countries
  ['Malik', 'Mali', like],
  ['Frank', 'France', like],
  ['Roman', 'Romania', like],
  ['Malik', 'Embassy of Mali', like],
  ['Ірану', 'Iraq', undefined],
  ['Росія', 'Romania', undefined],
  ['Кірбі', 'John Kirby', sound],
  ['Джон Кірбі', 'John Kirby', sound],
  ['Джон Кірбі', 'James Kirby', undefined],
  ['Бухаресті', 'Bucharest', sound],
  ['Шойгу', 'Sergei Shoigu', sound],
  ['Воллес', 'Ben Wallace', sound],
  ['Selenskyj', 'Volodymyr Zelenskyy', sound],
  ['Kirby', 'Джон Кірбі', sound],
  ['Кірбі', 'Romania', undefined],
  ['Я', 'Jo', undefined],
  ['', 'Jo', undefined],
])('“%s” for “%s”: %s', (typed, name, expected) => {
  expect(likenesses[likenessTo(typed)([name.toLowerCase()])]).toBe(expected);
});
