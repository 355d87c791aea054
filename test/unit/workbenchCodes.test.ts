import { beforeEach, expect, test } from 'vitest';
import { begun } from '../../scripts/web/workbench/page/history.ts';
import { withRepeated, withValue } from '../../scripts/web/workbench/page/setValue.ts';
import { open, start } from '../../scripts/web/workbench/page/state.ts';
import { museum } from '../support/museum.ts';
import { deskOf } from '../support/workbench.ts';

const person = { value: { id: 'ann', kind: 'person', name: 'Ann Lee' }, spans: [] };

beforeEach(() => {
  start.value = deskOf(museum()).start();
  const known = { table: 'guides', id: 'ann', shown: '', digest: undefined, draftName: 'ann', draft: undefined };
  open.value = { record: { ...known, ...person }, history: begun(person), form: 0 };
});

test('a code takes away what only other alternatives have, and nothing else', () => {
  expect(withValue(person, '/kind', 'leaflet').value).toEqual({ id: 'ann', kind: 'leaflet' });
  expect(withValue(person, '/kind', 'person')).toEqual(person);
  // a code that no alternative has is an error to correct, not a choice
  expect(withValue(person, '/kind', 'poster').value).toEqual({ ...person.value, kind: 'poster' });
});

test('a code that is adopted from other records does so, too', () => {
  const span = { source: 'gazette', start: 0, end: 5, supports: ['/kind'] };
  expect(withRepeated(person, [{ pointer: '/kind', value: 'leaflet', spans: [span], ofSource: false }])).toEqual({
    value: { id: 'ann', kind: 'leaflet' },
    spans: [{ ...span, origin: undefined }],
  });
});
