import { expect, test } from 'vitest';
import { nearId } from '../../scripts/validate/rules/reference.ts';

const ids = [
  '2022-02-18-mayor-denies-evacuation',
  '2022-02-19-mayor-resigns',
  'anna-berg',
  'berg',
  'recep-tayyip-erdogan',
];

test.each([
  ['mayor-denies-evacuation', 'did you mean "2022-02-18-mayor-denies-evacuation"?'],
  ['ana-berg', 'did you mean "anna-berg"?'],
  ['b\u0435rg', 'the "\u0435" is Cyrillic U+0435, not Latin U+0065; did you mean "berg"?'],
  ['recep-erdogan', 'did you mean "recep-tayyip-erdogan"?'],
  ['Erdogan_recep', 'did you mean "recep-tayyip-erdogan"?'],
  ['president-recep.tayyip.erdogan-of-turkey', 'did you mean "recep-tayyip-erdogan"?'],
  ['anna-maria-sofia-berg', 'did you mean "anna-berg"?'],
  // two ids have both words
  ['2022-mayor', undefined],
  // only one word in common
  ['recep-somebody', undefined],
  ['somebody-else-altogether', undefined],
])('the suggestion for %s', (id, hint) => expect(nearId(id, ids)).toBe(hint));
