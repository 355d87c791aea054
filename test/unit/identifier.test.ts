import { expect, test } from 'vitest';
import { openProject } from '../../scripts/index.ts';
import { proposeId } from '../../scripts/verbs/identifier.ts';
import { ports } from '../support/fleet.ts';
import { freshFolder, writeFiles } from '../support/run.ts';

test('a table that is numbered gets the next number, however many records it has', () => {
  const folder = freshFolder();
  writeFiles(folder, {
    ...ports,
    'schema/entries.schema.json': {
      type: 'object',
      properties: { id: { type: 'integer' } },
      required: ['id'],
      additionalProperties: false,
    },
    'raw/entries/1.json': { id: 1 },
  });
  const type = openProject({ folder }).types.find(({ name }) => name === 'entries');
  if (type === undefined) throw new Error('there is no table');
  const many = new Set(Array.from({ length: 200_000 }, (_, i) => String(i)));
  expect(proposeId(type, [], many)).toBe('200000');
  expect(proposeId(type, [], new Set())).toBe('1');
});
