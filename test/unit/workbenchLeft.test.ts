import { beforeEach, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../scripts/json/json.ts';
import type { Field } from '../../scripts/web/workbench/messages.ts';
import { anyField } from '../../scripts/web/workbench/page/anyField.ts';
import { begun } from '../../scripts/web/workbench/page/history.ts';
import { checked, open, start } from '../../scripts/web/workbench/page/state.ts';
import { left } from '../../scripts/web/workbench/page/toDo.ts';
import { emptyStart, emptyTable } from '../support/workbenchState.ts';

const named = (name: string, required: boolean, field: number) => ({ name, required, field });
const fields: readonly Field[] = [
  {
    ...anyField,
    kind: 'object',
    properties: [named('kind', true, 1), named('seen', false, 2), named('ship', true, 1)],
  },
  { ...anyField, kind: 'text' },
  { ...anyField, kind: 'object', properties: [named('day', true, 1), named('basis', true, 1)] },
];

/** Opens a record with a value, which the last check found to lack fields. */
function holding(value: JsonObject, missing: readonly string[]): readonly string[] {
  const record = { table: 'crossings', id: '', shown: '', digest: undefined, draftName: '~', draft: undefined };
  open.value = { record: { ...record, value: {}, spans: [] }, history: begun({ value, spans: [] }), form: 0 };
  checked.value = { problems: [], missing, id: undefined };
  return left.value.map(({ pointer }) => pointer);
}

describe('what is left to fill in', () => {
  beforeEach(() => {
    start.value = { ...emptyStart, tables: [emptyTable], fields };
  });

  test.each<readonly [string, JsonObject, readonly string[], readonly string[]]>([
    ['is in the order of the form', { kind: 'x' }, ['/ship', '/seen'], ['/seen', '/ship']],
    [
      'is in an object that was begun',
      { kind: 'x', seen: { day: '2022' } },
      ['/ship', '/seen'],
      ['/seen/basis', '/ship'],
    ],
    // the check was before the last keys
    [
      'is not an object that was filled in since',
      { kind: 'x', seen: { day: '2022', basis: 'a' } },
      ['/seen'],
      ['/ship'],
    ],
    ['is nothing in a complete record', { kind: 'x', ship: 'anna' }, [], []],
  ])('%s', (_, value, missing, found) => {
    expect(holding(value, missing)).toEqual(found);
  });
});
