import { expect, test } from 'vitest';
import { namedInText } from '../../scripts/web/workbench/namedInText.ts';

test.each<readonly [string, readonly string[], readonly string[]]>([
  ['the Anna met Bore', ['Bore', 'Anna'], ['Anna', 'Bore']],
  ['the Annabel met Bore', ['Anna'], []],
  ['Anna Berg met Nord', ['Jane Nord', 'Anna Berg'], ['Anna Berg', 'Nord of Jane Nord']],
  // another first name, or a title
  ['John Smith came', ['Mary Smith'], ['perhaps Smith of Mary Smith']],
  ['Minister Nord met John Smith', ['Jane Nord', 'John Smith'], ['John Smith', 'perhaps Nord of Jane Nord']],
  ['Thomas Cook said', ['Michael Thomas'], ['perhaps Thomas of Michael Thomas']],
  ['Mary\nSmith said', ['John Smith'], ['perhaps Smith of John Smith']],
  ['Maria da Silva said', ['Lula Silva'], ['perhaps Silva of Lula Silva']],
  ['said Jean-Pierre', ['Marie Pierre'], ['perhaps Pierre of Marie Pierre']],
  ['Jean "Jo" Smith said', ['John Smith'], ['perhaps Smith of John Smith']],
  ['In Kyiv. Smith said', ['John Smith'], ['Smith of John Smith']],
  // one word of a longer name
  ['Troops in South Sudan fled', ['Sudan'], ['perhaps Sudan of Sudan']],
  ['Troops from Sudan are in South Sudan', ['Sudan'], ['Sudan']],
  ['The Northern Ireland Secretary fled', ['Ireland'], ['perhaps owner Ireland of Ireland']],
  ['Der Hafen von Ystad', ['Ystad'], ['Ystad']],
  // a country is not its government, nor other ones
  [
    'Ukraine said no',
    ['States other than Ukraine', 'Government of Ukraine', 'Ukraine', 'Jean de Ukraine'],
    [
      'Ukraine',
      'Ukraine of Jean de Ukraine',
      'perhaps Ukraine of States other than Ukraine',
      'perhaps Ukraine of Government of Ukraine',
    ],
  ],
  // what has something is mostly not meant
  ["Ukraine's minister met Nord’s envoy", ['Ukraine', 'Jane Nord'], ['owner Ukraine', 'owner Nord of Jane Nord']],
  ['United States’ envoy', ['United States'], ['owner United States']],
  ["Ukraine's minister left Ukraine", ['Ukraine'], ['Ukraine']],
  [
    'the delegations of Russia and Ukraine met in Oslo',
    ['Russia', 'Ukraine', 'Oslo'],
    ['Oslo', 'owner Russia', 'owner Ukraine'],
  ],
  // nor who has a spokesman
  ['NATO spokesman Anna Berg left', ['NATO', 'Anna Berg'], ['Anna Berg', 'owner NATO']],
  ['Nord press secretary Anna Berg left', ['Nord', 'Anna Berg'], ['Anna Berg', 'owner Nord']],
  ['NATO troops of President Berg left', ['NATO'], ['NATO']],
  ['Nord Präsident Anna Berg ging', ['Nord', 'Anna Berg'], ['Anna Berg', 'owner Nord']],
  ['In Kyiv President Berg met them', ['Kyiv'], ['Kyiv']],
  ['He flew to Berlin\n\nPresident Berg stayed', ['Berlin'], ['Berlin']],
  // with and without accents
  ['Recep Erdogan left', ['Recep Erdoğan'], ['Recep Erdogan']],
  ['Lech Wałęsa left', ['Lech Walesa'], ['Lech Wałęsa']],
  ['Пішов Білий', ['Білии'], []],
  ['in the city of Kyiv', ['Kyiv'], ['Kyiv']],
  ['north of Kyiv', ['Kyiv'], ['Kyiv']],
  ['on the outskirts of Kyiv', ['Kyiv'], ['Kyiv']],
  ['the armies of the Netherlands', ['Netherlands'], ['owner Netherlands']],
  ['the ministers of Norway, Estonia and Latvia left Latvia', ['Estonia', 'Latvia'], ['Latvia', 'owner Estonia']],
  ['He came. Nord left', ['Jane Nord'], ['Nord of Jane Nord']],
  ['Nord left before John Nord', ['Jane Nord'], ['Nord of Jane Nord']],
  ['a port of the port', ['port'], []],
  ['', ['Anna'], []],
])('“%s” names of %j: %j', (text, labels, expected) => {
  const records = labels.map((label) => ({ label, aliases: [] }));
  const found = namedInText(text, records).map(
    ({ record: { label }, naming: { name, isCertain, isWhole, isIndirect } }) =>
      [isCertain ? '' : 'perhaps ', isIndirect ? 'owner ' : '', name, isWhole ? '' : ` of ${label}`].join(''),
  );
  expect(found).toEqual(expected);
});

test('another name of a record counts as its own', () => {
  const record = { label: 'Джейн Роу', aliases: ['Jane Nord'] };
  expect(namedInText('the ferry Jane Nord left', [record])).toEqual([
    { record, naming: { at: 10, name: 'Jane Nord', isCertain: true, isWhole: true, isIndirect: false } },
  ]);
});

test('another name that is the last word of a name, or its initials, is no other thing', () => {
  const naming = (label: string, alias: string): unknown =>
    namedInText(`They left ${alias}.`, [{ label, aliases: [alias] }], (name) => name === 'Sudan').map(
      (found) => found.naming.isIndirect,
    );
  expect(naming('Ben Wallace', 'Wallace')).toEqual([false]);
  expect(naming('International Port Authority', 'IPA')).toEqual([false]);
  expect(naming('Republic of Ireland', 'Ireland')).toEqual([true]);
  expect(naming('International Port Authority', 'IP')).toEqual([]);
  expect(naming('International Port Authority', 'Harbour')).toEqual([true]);
  expect(naming('Port Sudan', 'Sudan')).toEqual([true]);
});

test('another name with a small letter can be that of others', () => {
  const record = { label: 'Reporters', aliases: ['reporters', 'the media'] };
  const naming = (text: string): unknown => namedInText(text, [record]).map((found) => found.naming);
  expect(naming('He told reporters so.')).toMatchObject([{ name: 'reporters', isCertain: true, isIndirect: true }]);
  expect(naming('The mediation failed.')).toEqual([]);
});

test('another name of one word can be that of a place', () => {
  const record = { label: 'Government of Russia', aliases: ['Moscow', 'Russian Government'] };
  const naming = (text: string): unknown => namedInText(text, [record]).map((found) => found.naming);
  expect(naming('He left Moscow.')).toMatchObject([{ name: 'Moscow', isCertain: true, isIndirect: true }]);
  expect(naming('The Russian Government left.')).toMatchObject([{ isCertain: true, isIndirect: false }]);
  expect(naming('The Government of Russia left Moscow.')).toMatchObject([{ isCertain: true, isIndirect: false }]);
});
