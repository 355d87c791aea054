import { expect, test } from 'vitest';
import { authorsIn } from '../../scripts/web/workbench/byLine.ts';

test.each<readonly [string, readonly string[]]>([
  ['Von Katrin Ahlers, Berlin, 15. Februar 2022', ['Katrin Ahlers']],
  ['Von Ida Berg, The Post. Aus: Harbour Gazette.', ['Ida Berg']],
  ['By Jane Roe', ['Jane Roe']],
  ['by JANE ROE | 15 February 2022', ['JANE ROE']],
  ['By Jane Roe in Berlin and John Doe in Kyiv', ['Jane Roe']],
  [
    'By Jane Roe, Ann-Marie O’Neill and J. K. van der Poel, Kyiv',
    ['Jane Roe', 'Ann-Marie O’Neill', 'J. K. van der Poel'],
  ],
  ['Written by Jane Roe for The Post', ['Jane Roe']],
  ['Автор: Оксана Петренко', ['Оксана Петренко']],
  ['Автори: Оксана Петренко та Іван Коваль', ['Оксана Петренко', 'Іван Коваль']],
  ['Авторы: Анна Белова и Пётр Сыч, Москва', ['Анна Белова', 'Пётр Сыч']],
  ['Autorin: Katrin Ahlers', ['Katrin Ahlers']],
  ['Text: Katrin Ahlers', ['Katrin Ahlers']],
  ['Par Éric Le Gall et Zoé Petit, à Paris', ['Éric Le Gall', 'Zoé Petit']],
  ['Por Ana de la Cruz', ['Ana de la Cruz']],
  ['Олена Гнатюк, Бухарест, 10 лютого 2022 року', ['Олена Гнатюк']],
  ['Marten Vogt, Tallinn, 22. Februar 2022', ['Marten Vogt']],
  ['KYIV, 10 February 2022. By Paula Brandt, European Desk', ['Paula Brandt']],
  ['Berlin, 15.02.2022 | Von Katrin Ahlers', ['Katrin Ahlers']],
  ['Paris, le 10 février 2022 — Par Éric Petit', ['Éric Petit']],
  ['The war began in 2022. By President Zelensky', []],
  ['Paris a perdu en 2022. Par Emmanuel Macron, rien', []],
  ['He left on 10 February 2022. By Monday he was back', []],
  // a place and a date alone, and a sentence with a year
  ['Tallinn, 22. Februar 2022', []],
  ['Marten Vogt, Tallinn, kam am 22. Februar 2022 in Kiew an', []],
  // words that begin a sentence or a headline
  ['Von Berlin nach Kiew', []],
  ['Von Olaf Scholz erwartet Kiew mehr', []],
  ['Von der Leyen sagt ab', []],
  ['By Land and Sea', []],
  ['By Monday, the ferries had left', []],
  ['Text: paste it here', []],
  ['Byron Smith writes', []],
  ['', []],
])('the authors in “%s”', (line, authors) => {
  expect(authorsIn(['Fähre verlässt Ystad', line, 'By Late Comer']).map(({ name }) => name)).toEqual(
    authors.length > 0 ? authors : ['Late Comer'],
  );
});

test('the words of a by-line are those that name its authors', () => {
  expect(authorsIn(['Von Katrin Ahlers und Jo Ek, Berlin'])).toEqual([
    { name: 'Katrin Ahlers', words: 'Von Katrin Ahlers und Jo Ek' },
    { name: 'Jo Ek', words: 'Von Katrin Ahlers und Jo Ek' },
  ]);
});
