import { expect, test } from 'vitest';
import { fitting, fittingFields } from '../../scripts/web/workbench/page/fitting.ts';

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

test('what people write instead of a code finds it, after names that begin with the words', () => {
  const codes = [
    { value: 'SL', label: 'SL', description: 'Southern Island', names: ['Norland', 'Great Norland'] },
    { value: 'NR', label: 'NR', description: 'Norway' },
    { value: 'XN', label: 'XN', description: 'Of the nor' },
  ];
  expect(fitting(codes, 'nor').map(({ value }) => value)).toEqual(['SL', 'NR', 'XN']);
  expect(fitting(codes, 'great').map(({ value }) => value)).toEqual(['SL']);
  expect(fitting(codes, 'nor great')).toEqual([]);
  // what is written in full comes first
  const norland = { value: 'NN', label: 'NN', description: 'Norland and more' };
  expect(fitting([norland, ...codes], 'norland').map(({ value }) => value)).toEqual(['SL', 'NN']);
});

test.each([
  ['co_sp', ['Further speakers']],
  ['occurs', ['Time of the event', 'What occurs then']],
  ['time', ['Time of the event', 'Time of saying']],
  ['refers', ['Times spoken of']],
  ['', ['Further speakers', 'Time of the event', 'Times spoken of', 'Time of saying', 'What occurs then']],
])('a field is found by its title, and by its name in the file: %s', (words, expected) => {
  const addable = [
    { value: '/co_speakers', label: 'Further speakers' },
    { value: '/when/occurs', label: 'Time of the event' },
    { value: '/refers_to', label: 'Times spoken of' },
    { value: '/said', label: 'Time of saying' },
    { value: '/effect', label: 'What occurs then' },
  ];
  expect(fittingFields(addable, words).map(({ label }) => label)).toEqual(expect.arrayContaining(expected));
  expect(fittingFields(addable, words)[0]?.label).toBe(expected[0]);
});

test.each([
  ['name', ['Name', 'Named after', 'Other names']],
  ['nam', ['Named after', 'Name', 'Other names']],
  ['note', ['Note', 'Notes › 1']],
  ['source_name', ['Source']],
  ['', ['Other names', 'Named after', 'Note']],
])('a field that the record has is after those that match as well, unless it is called so: %s', (words, expected) => {
  const addable = [
    { value: '/others/1', label: 'Other names' },
    { value: '/namesake', label: 'Named after' },
    { value: '/note', label: 'Note' },
  ];
  const there = [
    { value: '/label', label: 'Name' },
    { value: '/notes/0', label: 'Notes › 1' },
    { value: '/source_name', label: 'Source' },
  ];
  const found = fittingFields(addable, words, there).map(({ label }) => label);
  expect(found.filter((label) => expected.includes(label))).toEqual(expected);
  expect(found[0]).toBe(expected[0]);
});

test.each([
  // a group that is there, before what is to be added in another one, or beside it
  ['plac', '/meeting_place/city'],
  ['place', '/meeting_place/city'],
  ['place of', '/meeting_place/city'],
  // a group to add
  ['host', '/hosts'],
  ['hos', '/hosts'],
  // the name of a field in the file
  ['place_of_issue', '/report/place_of_issue'],
  ['venue', '/venue'],
  ['deep', '/report/deep'],
  // the end of a title that is there
  ['1 name', '/guests/0/name'],
  ['guests 1 name', '/guests/0/name'],
  // an entry is added rather than gone to
  ['gue', '/guests/1'],
  ['›', '/report/host'],
])('half the title of a group leads to it: %s', (words, found) => {
  const addable = [
    { value: '/report/host', label: 'Report › Named host' },
    { value: '/report/place', label: 'Report › Place' },
    { value: '/report/place_of_issue', label: 'Report › Printed in' },
    { value: '/report/deep', label: 'Report › Depth' },
    { value: '/guests/1', label: 'Guests › 2' },
    { value: '/guests/0/printed', label: 'Guests › 1 › Name as printed' },
    { value: '/hosts', label: 'Hosts of the meeting' },
    { value: '/venues', label: 'Venue before' },
    { value: '/venue', label: 'Building' },
  ];
  const there = [
    { value: '/guests/0/name', label: 'Guests › 1 › Name' },
    { value: '/meeting_place/city', label: 'Place of the meeting › City' },
  ];
  expect(fittingFields(addable, words, there)[0]?.value).toBe(found);
});

test.each([
  ['speaker actor', '/speaker/actor'],
  ['speaker', '/speaker/actor'],
  ['time of saying', '/said/date'],
  ['go to time of saying › basis', '/said/basis'],
  ['speaker actor as', '/speaker/actor_as_printed'],
])('a field that is there comes before those whose titles are longer, if its own is typed: %s', (words, found) => {
  const addable = [
    { value: '/speaker/actor_as_printed', label: 'Speaker › Actor as printed' },
    { value: '/said/as_written', label: 'Time of saying › Words for the time' },
    { value: '/said_in', label: 'Place of saying' },
  ];
  const there = [
    { value: '/speaker/actor', label: 'Speaker › Actor' },
    { value: '/said/date', label: 'Time of saying › Date' },
    { value: '/said/basis', label: 'Time of saying › Basis' },
  ];
  expect(fittingFields(addable, words, there)[0]?.value).toBe(found);
});

test.each(['Places', 'pla', 'places'])('the title of a list adds its next entry, and leads to none: %s', (words) => {
  const there = [{ value: '/places/0/place', label: 'Places › 1 › Place' }];
  const [first] = fittingFields([{ value: '/places/1', label: 'Places › 2' }], words, there);
  expect(first?.value).toBe('/places/1');
});

test('the whole title of a group leads to it, before one whose title begins so', () => {
  const there = [
    { value: '/place_of_issue/city', label: 'Place of issue › City' },
    { value: '/place/city', label: 'Place › City' },
  ];
  const firstFor = (words: string) => fittingFields([], words, there)[0]?.value;
  expect(firstFor('place')).toBe('/place/city');
  expect(firstFor('plac')).toBe('/place_of_issue/city');
});

test('the number of an entry is that of its title', () => {
  const there = [{ value: '/subjects/1', label: 'Subjects › 2' }];
  const add = [{ value: '/subjects/2', label: 'Subjects › 3' }];
  const firstFor = (words: string) => fittingFields(add, words, there)[0]?.value;
  expect(firstFor('subjects 2')).toBe('/subjects/1');
  expect(firstFor('subjects 3')).toBe('/subjects/2');
  expect(firstFor('subjects/2')).toBe('/subjects/2');
});
