import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compoundNumbers } from '../../scripts/base/compoundNumbers.ts';
import { numbersIn } from '../../scripts/base/numberWords.ts';
import { quantityIn } from '../../scripts/base/quantityWords.ts';
import { quantityWordings } from '../../scripts/base/quantityWordings.ts';

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
    // a word for "up to" that only means "to"
    ['щонайменше до 2000 бійців', 'uk', 'at least 2000..: щонайменше до 2000'],
    ['майже до 300', 'uk', 'about 300..300: майже до 300'],
    ['co najmniej do 40 osób', 'pl', 'at least 40..: co najmniej do 40'],
    ['не більше до 300', 'uk', 'at most ..300: не більше до 300'],
    // a negation that turns a limit round
    ['не менш ніж 5', 'uk', 'at least 5..: не менш ніж 5'],
    ['не більш ніж 5', 'uk', 'at most ..5: не більш ніж 5'],
    ['не більше як 5', 'uk', 'at most ..5: не більше як 5'],
    ['не понад 5', 'uk', 'at most ..5: не понад 5'],
    ['не менее чем 5', 'ru', 'at least 5..: не менее чем 5'],
    ['не более чем 5', 'ru', 'at most ..5: не более чем 5'],
    ['не свыше 5', 'ru', 'at most ..5: не свыше 5'],
    ['nicht unter 5', 'de', 'at least 5..: nicht unter 5'],
    ['nicht über 5', 'de', 'at most ..5: nicht über 5'],
    ['not under 5', 'en', 'at least 5..: not under 5'],
    ['not over 5', 'en', 'at most ..5: not over 5'],
    ['non oltre 5', 'it', 'at most ..5: non oltre 5'],
    ["pas plus d'1 000", 'fr', "at most ..1000: pas plus d'1 000"],
    ['no más de 5', 'es', 'at most ..5: no más de 5'],
    ['nie więcej niż 5', 'pl', 'at most ..5: nie więcej niż 5'],
    ['Il ne compte pas plus de 5 chars', 'fr', 'at most ..5: pas plus de 5'],
    ['It did not rain, and 5 came', 'en', 'exactly 5..5: 5'],
    // a comma before `than`, or around words put in
    ['не більше, ніж 100 танків', 'uk', 'at most ..100: не більше, ніж 100'],
    ['не менше, ніж 100', 'uk', 'at least 100..: не менше, ніж 100'],
    ['не менш, ніж 100', 'uk', 'at least 100..: не менш, ніж 100'],
    ['більше, ніж 100', 'uk', 'more than 100..: більше, ніж 100'],
    ['менше, як 100', 'uk', 'less than ..100: менше, як 100'],
    ['не более, чем 100', 'ru', 'at most ..100: не более, чем 100'],
    ['более, чем 100', 'ru', 'more than 100..: более, чем 100'],
    ['nicht mehr, als 5', 'de', 'at most ..5: nicht mehr, als 5'],
    ['100 soldiers, or more', 'en', 'at least 100..: 100 soldiers, or more'],
    // signs
    ['-5', 'en', 'exactly -5..-5: -5'],
    ['−5 °C', 'de', 'exactly -5..-5: −5'],
    ['fell to -12 degrees', 'en', 'exactly -12..-12: -12'],
    ['below –12', 'en', 'less than ..-12: below –12'],
    ['-12 to -5', 'en', 'between -12..-5: -12 to -5'],
    ['+5 °C', 'en', 'exactly 5..5: +5'],
    ['men - 5', 'en', 'exactly 5..5: 5'],
    ['.5 per cent', 'en', 'exactly 0.5..0.5: .5'],
    ['≥ 40', 'en', 'at least 40..: ≥ 40'],
    ['<40', 'en', 'less than ..40: <40'],
    // scales and currencies
    ['€3bn', 'en', 'exactly 3000000000..3000000000: €3bn'],
    ['5 bn', 'en', 'exactly 5000000000..5000000000: 5 bn'],
    ['more than $1.2m', 'en', 'more than 1200000..: more than $1.2m'],
    ['$5bn–$10bn', 'en', 'between 5000000000..10000000000: $5bn–$10bn'],
    ['5 miles', 'en', 'exactly 5..5: 5'],
    ['5 miles de soldados', 'es', 'exactly 5000..5000: 5 miles'],
    ['In the third quarter 40 tanks', 'en', 'exactly 40..40: 40'],
    ['hepatitis A in 5 people', 'en', 'exactly 5..5: 5'],
    ['au moins 5', 'fr', 'at least 5..: au moins 5'],
    ['por lo menos 5', 'es', 'at least 5..: por lo menos 5'],
    ['3 mille euros', 'fr', 'exactly 3000..3000: 3 mille'],
    ['5 m of rope', 'en', 'exactly 5..5: 5'],
    ['-€3bn', 'en', 'exactly -3000000000..-3000000000: -€3bn'],
    ['5 hundred thousand', 'en', 'exactly 500000..500000: 5 hundred thousand'],
    ['5 mil millones', 'es', 'exactly 5000000000..5000000000: 5 mil millones'],
    ['5 Mrd. Euro', 'de', 'exactly 5000000000..5000000000: 5 Mrd.'],
    ['It cost 5 million.', 'en', 'exactly 5000000..5000000: 5 million'],
    ['2 трлн', 'uk', 'exactly 2000000000000..2000000000000: 2 трлн'],
    ['5 сотень', 'uk', 'exactly 500..500: 5 сотень'],
    ['1,5 мільйона осіб', 'uk', 'exactly 1500000..1500000: 1,5 мільйона'],
    ['2,5 мільярда', 'uk', 'exactly 2500000000..2500000000: 2,5 мільярда'],
    ['1,5 миллиона', 'ru', 'exactly 1500000..1500000: 1,5 миллиона'],
    ['1,5 tysiąca', 'pl', 'exactly 1500..1500: 1,5 tysiąca'],
    ['6,5 млн человек', 'ru', 'exactly 6500000..6500000: 6,5 млн'],
    ['10-ти осіб', 'uk', 'exactly 10..10: 10'],
    ['a 5-million-dollar ship', 'en', 'exactly 5000000..5000000: 5-million'],
    // words
    ['близько ста осіб', 'uk', 'about 100..100: близько ста'],
    ['майже двісті машин', 'uk', 'about 200..200: майже двісті'],
    ['приблизно з тридцяти машин', 'uk', 'about 30..30: приблизно з тридцяти'],
    ['дев’яносто тисяч', 'uk', 'exactly 90000..90000: дев’яносто тисяч'],
    ['roughly sixty men', 'en', 'about 60..60: roughly sixty'],
    ['about a hundred cars', 'en', 'about 100..100: about a hundred'],
    ['more than twelve men', 'en', 'more than 12..: more than twelve'],
    ['two hundred thousand men', 'en', 'exactly 200000..200000: two hundred thousand'],
    ['At least two dozen', 'en', 'at least 24..: At least two dozen'],
    ['Zwei Dutzend Panzer', 'de', 'exactly 24..24: Zwei Dutzend'],
    ['mehr als zwei Dutzend', 'de', 'more than 24..: mehr als zwei Dutzend'],
    ['rund dreißig Wagen', 'de', 'about 30..30: rund dreißig'],
    ['plus d’une centaine de chars', 'fr', 'more than 100..: plus d’une centaine'],
    ['une trentaine d’hommes', 'fr', 'about 30..30: une trentaine'],
    ['two brigades with 500 men', 'en', 'exactly 500..500: 500'],
    // of several parts
    ['sixty-five men', 'en', 'exactly 65..65: sixty-five'],
    ['more than Ninety‑nine thousand men', 'en', 'more than 99000..: more than Ninety‑nine thousand'],
    ['nineteen men', 'en', 'exactly 19..19: nineteen'],
    ['one and a half million men', 'en', 'exactly 1500000..1500000: one and a half million'],
    ['fünfundsechzig Panzer', 'de', 'exactly 65..65: fünfundsechzig'],
    ['knapp dreizehn Panzer', 'de', 'about 13..13: knapp dreizehn'],
    ['anderthalb Dutzend', 'de', 'exactly 18..18: anderthalb Dutzend'],
    ['anderthalb Millionen', 'de', 'exactly 1500000..1500000: anderthalb Millionen'],
    ['soixante-cinq chars', 'fr', 'exactly 65..65: soixante-cinq'],
    ['vingt et un chars', 'fr', 'exactly 21..21: vingt et un'],
    ['soixante et onze', 'fr', 'exactly 71..71: soixante et onze'],
    ['soixante-dix', 'fr', 'exactly 70..70: soixante-dix'],
    ['quatre-vingts', 'fr', 'exactly 80..80: quatre-vingts'],
    ['quatre-vingt-dix-sept mille', 'fr', 'exactly 97000..97000: quatre-vingt-dix-sept mille'],
    ['nonante-trois', 'fr', 'exactly 93..93: nonante-trois'],
    ['двадцять один', 'uk', 'exactly 21..21: двадцять один'],
    ['шістдесят п’ять танків', 'uk', 'exactly 65..65: шістдесят п’ять'],
    ['близько тридцяти п’яти', 'uk', 'about 35..35: близько тридцяти п’яти'],
    ['півтора мільйона', 'uk', 'exactly 1500000..1500000: півтора мільйона'],
    ['In May twenty-five men', 'en', 'exactly 25..25: twenty-five'],
    ['At that point twenty-five men left', 'en', 'exactly 25..25: twenty-five'],
    ['7 docentes', 'es', 'exactly 7..7: 7'],
    // scales in other cases
    ['двадцять одну тисячу солдатів', 'uk', 'exactly 21000..21000: двадцять одну тисячу'],
    ['21 тисячу', 'uk', 'exactly 21000..21000: 21 тисячу'],
    ['51 тисячею', 'uk', 'exactly 51000..51000: 51 тисячею'],
    ['понад 2 мільйонами', 'uk', 'more than 2000000..: понад 2 мільйонами'],
    ['у 1,5 мільйонах', 'uk', 'exactly 1500000..1500000: 1,5 мільйонах'],
    ['3 мільярдам', 'uk', 'exactly 3000000000..3000000000: 3 мільярдам'],
    ['5 сотнями', 'uk', 'exactly 500..500: 5 сотнями'],
    ['21 тысячу солдат', 'ru', 'exactly 21000..21000: 21 тысячу'],
    ['более чем 5 миллионами', 'ru', 'more than 5000000..: более чем 5 миллионами'],
    ['ponad 2 milionami', 'pl', 'more than 2000000..: ponad 2 milionami'],
    ['5 tysiącach', 'pl', 'exactly 5000..5000: 5 tysiącach'],
    ['5 lakhs', 'en', 'exactly 500000..500000: 5 lakhs'],
    // a limit behind it
    ['двадцять п’ять з гаком', 'uk', 'more than 25..: двадцять п’ять з гаком'],
    ['20 тисяч з лишком', 'uk', 'more than 20000..: 20 тисяч з лишком'],
    ['20 тысяч с лишним', 'ru', 'more than 20000..: 20 тысяч с лишним'],
    ['100 z górą', 'pl', 'more than 100..: 100 z górą'],
    // names and ordinal numbers
    ['40 T-34 tanks', 'en', 'exactly 40..40: 40'],
    ['the 72nd Brigade lost 40 men', 'en', 'exactly 40..40: 40'],
    ['72-га бригада втратила 40 танків', 'uk', 'exactly 40..40: 40'],
    ['die 72. Brigade verlor 40 Panzer', 'de', 'exactly 40..40: 40'],
    ['No. 5 had 40 cars', 'en', 'exactly 40..40: 40'],
    ['40 km2', 'en', 'exactly 40..40: 40'],
  ])('“%s” (%s)', (text, tag, expected) => {
    expect(read(text, tag)).toBe(expected);
  });

  test.each([
    ['en', 'nearly', 'almost', 'close to', 'close on', 'just short of', 'just shy of'],
    ['de', 'knapp', 'fast', 'beinahe', 'beinah', 'nahezu', 'annähernd'],
    ['fr', 'près de', 'presque', 'quasiment'],
    ['es', 'casi', 'cerca de', 'prácticamente'],
    ['it', 'quasi'],
    ['pl', 'prawie', 'blisko', 'niemal', 'niemalże', 'bez mała'],
    ['uk', 'майже', 'без малого'],
    ['ru', 'почти', 'без малого'],
  ])('is about a number that it is nearly (%s)', (tag, ...phrases) => {
    for (const phrase of phrases) expect(read(`${phrase} 300 x`, tag)).toBe(`about 300..300: ${phrase} 300`);
  });

  test.each([
    ['no number at all', 'en'],
    ['40 of 100 cars', 'en'],
    ['on 24 February, 100,000 troops', 'en'],
    ['version 1.2.3', 'en'],
    ['the T72 tanks', 'en'],
    ['dozens of cars', 'en'],
    ['one of them', 'en'],
    ['a hundred and five', 'en'],
    ['a hundred sixty-five', 'en'],
    ['one sixty-five', 'en'],
    ['nineteen sixty-five', 'en'],
    ['sixty-five-year-old', 'en'],
    ['sixty - five', 'en'],
    ['sixty, five', 'en'],
    ['two and a half million', 'en'],
    ['hundertfünfundsechzig', 'de'],
    ['fünfundsechzigste', 'de'],
    ['vingt et un autres', 'fr'],
    ['cent quatre-vingts', 'fr'],
    ['mille neuf cent quatre-vingt-quatre', 'fr'],
    ['двадцять п’ята бригада', 'uk'],
    ['сто двадцять п’ять', 'uk'],
    ['двадцяти п’ятьма', 'uk'],
    ['nineteen sixty', 'en'],
    ['two thousand sixty', 'en'],
    ['the twenty-first', 'en'],
    ['not sixty', 'en'],
    ['six of seven', 'en'],
    ['cent vingt', 'fr'],
    ['тридцять восьма бригада', 'uk'],
    ['сто шістдесят', 'uk'],
    ['zweitausend achtzig', 'de'],
    ['the T-34', 'en'],
    ['MH-17', 'en'],
    ['№ 5', 'uk'],
    ['not even 5', 'en'],
    ['not significantly more than 5', 'en'],
    ['didn’t count 5', 'en'],
    ['not 5 or more', 'en'],
    ['не до 5', 'uk'],
    ['kaum 5', 'de'],
    ['il n’y a plus de 5', 'fr'],
    ['5x', 'en'],
    ['40km', 'en'],
    ['5 mln', 'es'],
    ['5 Millionen', 'en'],
    ['20-тисячний контингент', 'uk'],
    ['5 M', 'en'],
    ['5 mille', 'de'],
    ['3½', 'en'],
    ['3 ½', 'en'],
    ['1/2', 'en'],
    ['at 10:30', 'en'],
    ['10²', 'en'],
    ['±5', 'en'],
    ['5,5 of all', 'en'],
    ['5 thousand hundred', 'en'],
    ['5万', 'ja'],
    ['٥ of 40', 'en'],
    ['between 150 and 100', 'en'],
    ['5 miles', 'fr'],
    ['$5 m', 'en'],
    ['€5 b', 'en'],
    ['5 m euros', 'en'],
    ['They did not, officials said, lose 100 tanks', 'en'],
    ['тисячу двадцять п’ять', 'uk'],
    ['сотню двадцять п’ять', 'uk'],
    ['двадцять з лишком тисяч', 'uk'],
    ['понад 20 з гаком тисяч', 'uk'],
    ['20 с лишним тысяч', 'ru'],
    ['100 or more thousand', 'en'],
    ['le quatorze juillet', 'fr'],
    ['le dix-sept mars', 'fr'],
    ['dreizehn Mai', 'de'],
    ['les années quatre-vingt', 'fr'],
    ['point twenty-five', 'en'],
    ['zero point 25', 'en'],
    ['null Komma fünfundzwanzig', 'de'],
    ['zéro virgule vingt-cinq', 'fr'],
  ])('is missing in “%s”', (text, tag) => {
    expect(read(text, tag)).toBeUndefined();
  });

  test.each([
    ['en', 'several hundred tanks', 'a few hundred', 'a couple of hundred', 'several dozen', 'a few dozen', 'many 100'],
    ['en', 'well short of 300 men', 'shy of 300 men'],
    ['de', 'mehrere hundert', 'einige hundert', 'mehrere Dutzend', 'ein paar hundert', 'ein halbes Dutzend'],
    ['fr', 'quelques 100 chars', 'plusieurs 100 chars'],
    ['uk', 'кілька 100', 'декілька сто'],
    ['ru', 'несколько 100'],
    ['en', 'one or two dozen', 'one in five', 'one of 100 tanks', 'five or 6'],
    ['de', 'ein oder zwei Dutzend', 'einer von fünf'],
    ['fr', 'un sur cinq', 'une ou deux douzaines'],
    ['uk', 'один з п’яти'],
    [
      'en',
      '5 and a half million',
      '2 and a half million',
      '2-and-a-half million',
      'five and a half',
      'five times',
      '5 times as many',
    ],
    ['en', 'two thirds', '2 thirds', '2-thirds', 'three tenths', '3 quarters', '100-odd tanks'],
    ['en', 'twice as many as 100', 'double 100', 'hundreds to 1000'],
    ['de', 'anderthalb 100', 'zweieinhalb Dutzend'],
    ['ru', 'полтора 100'],
    ['de', 'drei Viertel', '2 Drittel', '5 und eine halbe Million', '5 Mal'],
    ['fr', 'deux tiers', '5 et demi', 'trois quarts', 'cinq fois'],
    ['uk', '5 з половиною тисяч', 'дві третини', '5 разів'],
    ['ru', '5 с половиной тысяч', '2 трети'],
    ['en', 'half of the 200 tanks', 'half the 200 tanks', 'half of about 200 tanks', 'a third of the 200 tanks'],
    ['de', 'die Hälfte der 200 Panzer'],
    ['fr', 'la moitié des 200 chars'],
    ['uk', 'половина з 200 танків'],
    [
      'en',
      'minus 5 degrees',
      '5 degrees below zero',
      '5 °C below freezing',
      '5°C below zero',
      'minus about 5',
      'minus five',
    ],
    ['de', 'minus 5 Grad', '5 Grad unter Null', '5 Grad minus'],
    ['uk', 'мінус 5 градусів', '5 градусів морозу'],
    ['ru', 'минус 5 градусов', '5 градусов ниже нуля'],
    ['fr', 'moins 5 degrés', '5 degrés sous zéro'],
    ['es', 'menos 5 grados', '5 grados bajo cero'],
    ['it', 'meno 5 gradi', '5 gradi sotto zero'],
    ['pl', 'minus 5 stopni', '5 stopni poniżej zera'],
  ])('is missing if words beside it make it another one (%s)', (tag, ...texts) => {
    expect(texts.map((text) => read(text, tag))).toEqual(texts.map(() => undefined));
  });

  const languages = fc.constantFrom(...Object.keys(quantityWordings), 'de-CH', 'de-AT', 'fr-CH', 'pt', 'sv', 'cs');

  test('is the number that a language writes', () => {
    const numbers = fc.oneof(fc.integer({ min: -1e9, max: 1e9 }), fc.double({ min: -1e6, max: 1e6, noNaN: true }));
    fc.assert(
      fc.property(numbers, languages, (number, language) => {
        const value = Math.round(number * 1000) / 1000;
        const text = new Intl.NumberFormat(language, { maximumFractionDigits: 3 }).format(value);
        expect(quantityIn(text, [language])).toMatchObject({ least: value || 0, start: 0, end: text.length });
      }),
    );
  });

  test('is the number that a language writes with a word for thousands, millions and so on', () => {
    const sizes = fc.constantFrom(1e3, 1e6, 1e9, 1e12);
    const counts = fc.oneof(
      fc.integer({ min: 1, max: 999 }),
      fc.integer({ min: 1, max: 9 }).map((n) => n + 0.5),
    );
    fc.assert(
      fc.property(counts, sizes, languages, (count, size, language) => {
        const format = new Intl.NumberFormat(language, { notation: 'compact', compactDisplay: 'long' });
        // Italian has one word for 1000, without a digit
        fc.pre(/\d/.test(format.format(count * size)));
        expect(quantityIn(`${format.format(count * size)} men`, [language])?.least).toBe(count * size);
      }),
    );
  });

  test('is in words only if it is no part of a longer number', () => {
    const spelt = 'one two six ten twenty thirty hundred thousand first fifteen twenty-six thirtieth'.split(' ');
    const words = fc.constantFrom(...spelt, 'and', 'a', 'men');
    const number = /^(?:a |one )?(?:two|six|ten|fifteen|twenty|twenty-six|thirty|hundred)(?: hundred| thousand)*$/;
    const longer = new RegExp(`(?:${spelt.join('|')})(?: and)? #|# (?:and )?(?:${spelt.join('|')})`);
    fc.assert(
      fc.property(fc.array(words, { minLength: 1, maxLength: 4 }), (list) => {
        const text = list.join(' ');
        const found = quantityIn(text, ['en']);
        const [own, rest] =
          found === undefined
            ? ['ten', '#']
            : [text.slice(found.start, found.end), `${text.slice(0, found.start)}#${text.slice(found.end)}`];
        expect(own).toMatch(number);
        expect(rest).not.toMatch(longer);
      }),
      { numRuns: 500 },
    );
  });

  test('in words is each number of several parts, and two of them are none or one number', () => {
    for (const language of ['en', 'de', 'fr', 'uk']) {
      const all = compoundNumbers(language);
      expect(new Set(all.map(([, value]) => value)).size).toBeGreaterThan(75);
      for (const [words, value] of all)
        expect([words, quantityIn(`${words} x`, [language])?.least]).toEqual([words, value]);
      const number = fc.constantFrom(...[...numbersIn(language), ...all].map(([words]) => words));
      fc.assert(
        fc.property(number, number, fc.constantFrom(' ', '-', ' x '), (one, other, between) => {
          const text = `${one}${between}${other}`;
          const found = quantityIn(text, [language]);
          // a word for one can be an article
          const isArticle = numbersIn(language).get(one) === 1 || numbersIn(language).get(other) === 1;
          return found === undefined || isArticle || (found.start === 0 && found.end === text.length);
        }),
        { numRuns: 2000 },
      );
    }
  });

  test('is missing beside a word that looks like a scale in a form that is not known', () => {
    const vowels = /[aeiouyęąаеєиіїоуыэюя]$/u;
    for (const [language, { scales }] of Object.entries(quantityWordings)) {
      const forms = Object.values(scales)
        .flatMap((all) => all.split('|'))
        .filter((form) => /^\p{L}{4,}$/u.test(form.replace(vowels, '')));
      const inflected = fc.constantFrom(...forms).chain((form) => {
        const endings = vowels.test(form) ? ['у', 'ею', 'ами', 'en', 'ami'] : ['у', 'ками', 's', 'th', 'ami'];
        return fc.constantFrom('', ...endings).map((ending) => form.replace(vowels, '') + ending);
      });
      fc.assert(
        fc.property(inflected, (word) => {
          const [behind, before] = [`25 ${word} x`, `x ${word} 25`];
          expect([behind, quantityIn(behind, [language])?.least]).not.toEqual([behind, 25]);
          expect([before, quantityIn(before, [language])]).toEqual([before, undefined]);
        }),
      );
    }
  });

  const phrases = Object.entries(quantityWordings).flatMap(([language, { before, after = {}, negations }]) => {
    const words = negations.split('|').filter((word) => /^\p{L}+$/u.test(word));
    const known = (sides: Readonly<Partial<Record<string, string>>>): readonly string[] =>
      Object.values(sides).flatMap((all) => all?.split('|') ?? []);
    const positive = (phrase: string): boolean => !phrase.split(' ').some((word) => words.includes(word));
    return words.flatMap((no) => [
      ...known(before)
        .filter(positive)
        .map((phrase) => [language, `${phrase} 5`, `${no} ${phrase} 5`] as const),
      ...known(after)
        .filter(positive)
        .map((phrase) => [language, `5 ${phrase}`, `5 ${no} ${phrase}`] as const),
      ...known(after)
        .filter(positive)
        .map((phrase) => [language, `5 ${phrase}`, `${no} 5 ${phrase}`] as const),
    ]);
  });

  test('has another limit with a negation than without, or none', () => {
    expect(phrases.length).toBeGreaterThan(500);
    for (const [language, phrase, negated] of phrases) {
      const [one, other] = [quantityIn(phrase, [language]), quantityIn(negated, [language])];
      expect([negated, other?.limit]).not.toEqual([negated, one?.limit]);
    }
  });

  test('is not guessed where languages differ in how they read it', () => {
    expect(read('3.000 men')).toBeUndefined();
    expect(read('more than 3000 men')).toBe('more than 3000..: more than 3000');
    for (const unknown of ['', 'en_US', 'xx', 'x-ours']) expect(read('3.000 men', unknown)).toBeUndefined();
  });
});
