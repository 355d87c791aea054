import { expect, test } from 'vitest';
import { regionsInText } from '../../scripts/base/regionsInText.ts';

test.each([
  ['Government of the Netherlands', 'NL'],
  ['the Dutch defence ministry', 'NL'],
  ['The Russians and Ukraine’s army', 'RU UA'],
  ['die polnische Regierung und der US-Präsident', 'PL'],
  ['le ministre polonais', 'PL'],
  ['Румунія', 'RO'],
  ['the US said, and it told us', 'US'],
  ['the U.S. and the UK', 'US GB'],
  ['South Sudan and Sudan', 'SS SD'],
  ['Turkey, Türkiye', 'TR'],
  ['French and German', 'FR DE'],
  ["Turkey's president left Britain for the Czech Republic", 'TR GB CZ'],
  // somebody's first name
  ['Jordan Smith', 'JO?'],
  ['Jordan’s King and the US President', 'JO US'],
  ['They met Michael Jordan in New Mexico and New Jersey.', 'JO? MX? JE?'],
  ['the Indian Ocean', 'IN?'],
  ['the Northern Irish police', 'IE?'],
  // several have this name
  ['the Congolese army', 'CD? CG?'],
  ['the Congo', 'CD? CG?'],
  ['Anatole France', 'FR?'],
  // a verb, and a bird
  ['They polish the floor, and eat turkey.', ''],
  ['Mr Malik', ''],
  ['', ''],
])('%s: %s', (text, codes) => {
  const found = regionsInText(text).map(({ code, isCertain }) => `${code}${isCertain ? '' : '?'}`);
  expect(found.join(' ')).toBe(codes);
});
