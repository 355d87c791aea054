import fc from 'fast-check';
import { expect, test } from 'vitest';
import { codePoints } from '../../scripts/base/text.ts';
import { offsetsOf } from '../../scripts/base/offsets.ts';
import { patternOf } from '../../scripts/web/workbench/page/findPattern.ts';
import {
  inOneParagraph,
  sentencesOf,
  toSentenceEnd,
  snapped,
  wordAbove,
  wordBefore,
  wordBelow,
  wordFrom,
} from '../../scripts/web/workbench/offsets.ts';
import { cutAt, longestSubject } from '../../scripts/web/workbench/page/cutAt.ts';

const texts = [
  ['line ends of Windows', 'Erste Zeile.\r\nZweite Zeile.\r\n'],
  ['letters with marks of their own', 'Cafe\u0301 Ąo\u0328 e\u0301te\u0301'],
  ['emoji made of several', 'Die Fähre 🛳️ und 👩🏽‍🚀 fuhren 🇺🇦 ab.'],
  ['right to left', 'السفينة غادرت الميناء يوم الاثنين 🛳 أخرى'],
  ['a byte order mark', '\ufeffThe ferry 🛳 left.'],
  ['half a pair', 'a\ud83d b 🛳 c\udea2'],
] as const;

test.each(texts)('offsets in %s: units and points lead to the same characters', (_name, text) => {
  const { toPoint, toUnit } = offsetsOf(text);
  let unit = 0;
  for (const [point, character] of Array.from(text).entries()) {
    expect([toUnit(point), toPoint(unit)]).toEqual([unit, point]);
    unit += character.length;
  }
  expect([toUnit(Array.from(text).length), toPoint(text.length)]).toEqual([text.length, Array.from(text).length]);
});

test('any range of code points is the same after conversion to units and back', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), fc.nat(40), fc.nat(40), (text, a, b) => {
      const points = codePoints(text);
      const [start, end] = [Math.min(a, points.length), Math.min(b, points.length)].toSorted((x, y) => x - y);
      const { toPoint, toUnit } = offsetsOf(text);
      const [from = 0, to = 0] = [start ?? 0, end ?? 0].map(toUnit);
      expect([toPoint(from), toPoint(to)]).toEqual([start, end]);
      expect(text.slice(from, to)).toBe(points.slice(start, end).join(''));
    }),
  );
});

test.each([
  ['a letter with its mark', 'xe\u0301y', { start: 2, end: 3 }, 'e\u0301'],
  ['an emoji of several', 'a👩🏽‍🚀b', { start: 3, end: 5 }, '👩🏽‍🚀'],
  ['a flag', 'a🇺🇦b', { start: 2, end: 4 }, '🇺🇦'],
  ['white space and line ends', 'one \r\n two\r\n', { start: 3, end: 12 }, 'two'],
])('a selection extends to the whole of %s', (_name, text, units, words) => {
  const found = snapped(text, units);
  expect(found === undefined ? undefined : text.slice(found.start, found.end)).toBe(words);
});

test('a selection of white space is empty', () => {
  expect(snapped('a \r\n b', { start: 1, end: 5 })).toBeUndefined();
});

test('any selection snaps to a part of the text that cuts no character', () => {
  const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  const unit = fc.constantFrom('a', ' ', '\r\n', 'e\u0301', '🛳', '👩🏽‍🚀', '🇺🇦', 'ش', '.');
  fc.assert(
    fc.property(fc.array(unit, { maxLength: 60 }), fc.nat(200), fc.nat(200), (parts, a, b) => {
      const text = parts.join('');
      const [start = 0, end = 0] = [a, b].map((each) => Math.min(each, text.length)).toSorted((x, y) => x - y);
      const found = snapped(text, { start, end });
      const edges = [...segmenter.segment(text)].map(({ index }) => index).concat(text.length);
      expect(edges).toEqual(expect.arrayContaining(found === undefined ? [] : [found.start, found.end]));
    }),
  );
});

test('words are found forwards and backwards, in any script', () => {
  const text = 'Корабель вийшов, з порту. 船が出た。';
  const forwards: string[] = [];
  for (let word = wordFrom(text, 0); word !== undefined; word = wordFrom(text, word.end))
    forwards.push(text.slice(word.start, word.end));
  const backwards: string[] = [];
  for (let word = wordBefore(text, text.length); word !== undefined; word = wordBefore(text, word.start))
    backwards.unshift(text.slice(word.start, word.end));
  expect(forwards.slice(0, 4)).toEqual(['Корабель', 'вийшов', 'з', 'порту']);
  expect(backwards).toEqual(forwards);
});

test.each([
  ['Пором "Anna"', 'Поро\u0301м «Anna» вийшов', 'Поро\u0301м «Anna»'],
  ['вийшов', 'Поро\u0301м ви\u0438\u0306шов', 'ви\u0438\u0306шов'],
  ["об'єкт", 'на обʼєкті', 'обʼєкт'],
  ["об'єкт", 'на об’єкті', 'об’єкт'],
  ['"so"', 'er sagte: „So“, dann', '„So“'],
  ['donaudampf', 'die Donau\u00addampfschiffe', 'Donau\u00addampf'],
  ['28-30 (C++)', '28–30\n(C++) a', '28–30\n(C++)'],
  ['Ўзо́р', 'узор', undefined],
])('a search for %j finds what is meant', (words, text, found) => {
  expect(patternOf(words)?.exec(text)?.[0]).toBe(found);
});

test('a search finds words in each form of Unicode, and none where there are none', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (words) => {
      fc.pre(words.trim() !== '');
      const isFound = (text: string): boolean => patternOf(words)?.test(text) === true;
      return [words, words.normalize('NFC'), words.normalize('NFD')].every((form) => isFound(`a ${form} b`));
    }),
  );
  expect(patternOf(' \n')).toBe(undefined);
});

test('sentences end with punctuation or an empty line, and contain a letter or digit', () => {
  const text = 'Titel\n\nAm 28. Februar 2022. Die Fähre fuhr um 8 Uhr ab. „Wohin?“ fragte er.\r\n\r\n***\r\n\r\nEnde';
  expect(sentencesOf(text).map(({ start, end }) => text.slice(start, end))).toEqual([
    'Titel',
    'Am 28. Februar 2022.',
    'Die Fähre fuhr um 8 Uhr ab.',
    '„Wohin?“ fragte er.',
    'Ende',
  ]);
});

test('initials and titles end no sentence', () => {
  const text = 'M. Stoychev a parlé. „Mme. Dr. Anna J. Berg kam.“ Sie ging.';
  expect(sentencesOf(text).map(({ start, end }) => text.slice(start, end))).toEqual([
    'M. Stoychev a parlé.',
    '„Mme. Dr. Anna J. Berg kam.“',
    'Sie ging.',
  ]);
});

test.each([
  [['They met in Ankara on Feb. 4 and again two days ago.', 'He left.']],
  [['They met in Ankara on Feb.\n4 and again two days ago.', 'He left.']],
  [['They met in Ankara on Feb. 4, Anna said.', 'He left.']],
  [['On Sept. 12 it sank.', 'See No. 5, Nr. 6 and Art. 7 there.']],
  [['Згідно зі ст. 5, суд відбувся січ. 2022.', 'Він пішов.']],
  [['En févr. 2022, Anna est partie.', 'Sie kam im Okt. 2021 an Bord.']],
  // a month in full, and any other short word, can end a sentence
  [['He came in May.', '4 Swedes left.', 'Twelve ran.', '14 Danes stayed in Kyiv.', '3 Finns died.']],
  [['It sank two days ago.', '14 Danes got out.', '3 Finns died.']],
])('a number behind an abbreviation starts no sentence: %j', (sentences) => {
  const text = sentences.join(' ');
  expect(sentencesOf(text).map(({ start, end }) => text.slice(start, end))).toEqual(sentences);
});

test('a paragraph of any length has its sentences, and a long one takes no longer for each', () => {
  const sentences = fc.array(
    fc.constantFrom(
      'Die Fähre 🛳 „Anna“ fuhr ab.',
      'Пором вийшов!',
      `It ${'sailed and '.repeat(120)}sank.`,
      'Why? “No.”',
    ),
    { minLength: 1, maxLength: 60 },
  );
  fc.assert(
    fc.property(sentences, (list) => {
      const text = list.join(' ');
      const found = sentencesOf(text).map(({ start, end }) => text.slice(start, end));
      expect(found).toEqual(list.flatMap((each) => sentencesOf(each).map(({ start, end }) => each.slice(start, end))));
    }),
    { numRuns: 30 },
  );
});

test('the first words of lines are found upwards as downwards, over empty lines and lines without words', () => {
  const text = 'One 1\n\nTwo 2\n\n---\r\n\r\nThree 3\nFour 4\n';
  const first = ['One', 'Two', 'Three', 'Four'];
  const at = first.map((word) => text.indexOf(word));
  const down = at.slice(0, -1).map((each) => wordBelow(text, each)?.start);
  const up = at.slice(1).map((each) => wordAbove(text, each)?.start);
  expect({ down, up }).toEqual({ down: at.slice(1), up: at.slice(0, -1) });
  expect([0, 4].map((each) => wordAbove(text, each)?.start)).toEqual([0, 0]);
  // from the middle of a line too
  expect(wordAbove(text, text.indexOf('4'))?.start).toBe(text.indexOf('Three'));
});

test.each([
  ['Code a short title', 'Code a short title'],
  [`Code ${'word '.repeat(13)}and on`, `Code ${'word '.repeat(13).trim()}…`],
  [`Code ${'word-'.repeat(20)}end`, `Code ${'word-'.repeat(13).slice(0, -1)}…`],
  [`Code ${'x'.repeat(65)} 🛳🛳`, `Code ${'x'.repeat(65)}…`],
])('the subject of %s ends with a whole word', (text, subject) => {
  expect(cutAt(text, longestSubject)).toBe(subject);
});

test.each([
  ['Er kommt', 'am 4. März an.'],
  ['Er kommt am 4.', 'März an.'],
  ['Er kommt am 4. März an.', 'Dann geht er.'],
  ['Er kommt am 4. März an. Dann', 'geht er.'],
])('a selection grows to the end of a sentence as Alt+U knows it: after %s', (before, added) => {
  const text = 'Er kommt am 4. März an. Dann geht er.';
  const words = toSentenceEnd(sentencesOf(text), before.length);
  expect(text.slice(words?.start, words?.end).trim()).toBe(added);
});

test('an empty line ends a paragraph, and so does a line break behind a sentence', () => {
  const isOne = (text: string): boolean => inOneParagraph(text, text.indexOf('Ona'), text.length);
  expect(isOne('Ona left.\r\n\r\nHe came.')).toBe(false);
  expect(isOne('ONE: Ona left.\nTWO: He came.')).toBe(false);
  expect(isOne('Ona left on a ferry\nwith forty cars. He came.')).toBe(true);
});
