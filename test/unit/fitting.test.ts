import { expect, test } from 'vitest';
import { fitting } from '../../scripts/web/workbench/page/fitting.ts';

const choices = [
  { value: 'against', label: 'against', description: 'Directed at somebody.' },
  { value: 'moved_in', label: 'moved_in', description: 'Came from elsewhere.' },
  { value: 'inside', label: 'inside' },
  { value: 'held', label: 'held', description: 'In a place.' },
];

test.each([
  ['in', ['inside', 'moved_in', 'held']],
  ['gai', ['against']],
  ['ga', []],
  ['AT', ['against']],
  ['', ['against', 'moved_in', 'inside', 'held']],
  ['moved_', ['moved_in']],
])('%s is found where a word begins, or with three letters inside one', (words, found) => {
  expect(fitting(choices, words).map(({ value }) => value)).toEqual(found);
});

test.each([
  ['lo', ['LO', 'SL', 'SG']],
  ['low', ['SL', 'SG']],
  ['nor', ['NL', 'SG', 'BN']],
])('%s: what begins with it comes first, then what has a word that does, then by order', (words, found) => {
  const codes = [
    { value: 'SG', label: 'SG', description: 'Great Northern Lowland' },
    { value: 'BN', label: 'BN', description: 'Honor Bay' },
    { value: 'SL', label: 'SL', description: 'Lowland' },
    { value: 'NL', label: 'NL', description: 'Northern Land' },
    { value: 'LO', label: 'LO', description: 'Ash' },
  ];
  expect(fitting(codes, words).map(({ value }) => value)).toEqual(found);
});
