import { describe, expect, test } from 'vitest';
import type { Field } from '../../scripts/web/workbench/messages.ts';
import { anyField } from '../../scripts/web/workbench/page/anyField.ts';
import { type Form, partsOf, worded } from '../../scripts/web/workbench/page/fieldWords.ts';

function object(title: string | undefined, members: Readonly<Record<string, number>>): Field {
  const properties = Object.entries(members).map(([name, field]) => ({ name, required: false, field }));
  return { ...anyField, kind: 'object', title, properties };
}

const fields: readonly Field[] = [
  object('Crossings', { seen_on: 1, kind: 2, calls: 4, load: 5 }),
  { ...anyField, kind: 'date', title: 'Day of report' },
  { ...anyField, kind: 'text', title: undefined },
  object('Call', { as_printed: 6 }),
  { ...anyField, kind: 'list', title: 'Ports of call', element: 3 },
  object('Load', { low: 7, high: 8 }),
  { ...anyField, kind: 'text', title: 'Name as printed' },
  { ...anyField, kind: 'number', title: 'At least' },
  { ...anyField, kind: 'number', title: 'At most' },
];
const form: Form = { fields, root: 0, value: { kind: 'seen_on', calls: [{}] } };

describe('a message in the form names fields by their titles', () => {
  test.each([
    ['"seen_on" is missing from the record', '', '“Day of report” is missing from the record'],
    ['"as_printed" is missing from "/calls/0"', '/calls/0', '“Name as printed” is missing from “Ports of call › 1”'],
    ['5 is more than 3 at /load/high', '/load/low', '5 is more than 3 at “Load › At most”'],
    ['"load" must not have "low" or "high" here', '/load', '“Load” must not have “At least” or “At most” here'],
    ['its keys are low, high', '/load', 'its fields are “At least”, “At most”'],
    ['the keys here are seen_on and kind', '/x', 'the fields here are “Day of report” and “kind”'],
    ['unknown key "x"', '/x', 'unknown field "x"'],
    ['say what is known, or leave the key out', '/seen_on', 'say what is known, or leave it empty'],
    // a value is no name, even if a field is called so
    ['"seen_on" is not one of the codes', '/kind', '"seen_on" is not one of the codes'],
    ['no ship "anna"', '/kind', 'no ship "anna"'],
    ['"he said \\"low\\"" is not in the passage', '/kind', '"he said \\"low\\"" is not in the passage'],
  ])('%s', (message, pointer, shown) => {
    expect(worded(message, pointer, form)).toBe(shown);
  });

  test('a message of the form keeps the name of the file beside each title', () => {
    expect(partsOf('"seen_on" is missing', '', form)).toContainEqual({ title: 'Day of report', name: 'seen_on' });
  });
});
