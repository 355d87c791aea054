import { expect, test } from 'vitest';
import { proposedMessage } from '../../scripts/web/workbench/page/commitMessage.ts';

const names = {
  tableTitle: (table: string) => table.toUpperCase(),
  sourceTitle: (source: string) => `The ${source}`,
};

function changes(
  ...all: readonly (readonly [table: string, change: string, ...sources: string[]])[]
): Parameters<typeof proposedMessage>[0] {
  return all.map(([table, change, ...sources], i) => ({ table, id: `record-${i}`, label: undefined, change, sources }));
}

test.each([
  ['nothing', [], ''],
  [
    'one source',
    changes(['events', 'added', 'gazette'], ['events', 'added', 'gazette'], ['actors', 'changed', 'gazette']),
    'Code The gazette: add 2 records, change 1\n\n- EVENTS: 2 added\n- ACTORS: 1 changed',
  ],
  [
    'one source and a record that cites none',
    changes(['events', 'changed', 'gazette'], ['places', 'removed']),
    'Code The gazette: change 1 record, remove 1\n\n- EVENTS: 1 changed\n- PLACES: 1 removed',
  ],
  [
    'several sources',
    changes(['events', 'added', 'post', 'gazette'], ['events', 'withdrawn', 'post'], ['places', 'removed']),
    'Add 1 record, remove 1, withdraw 1\n\n' +
      '- The gazette: 1 added\n- The post: 1 added, 1 withdrawn\n- Without a source: 1 removed',
  ],
  ['no source', changes(['places', 'added'], ['places', 'added']), 'Add 2 records\n\n- PLACES: 2 added'],
] as const)('the message of a commit with %s', (_, records, message) => {
  expect(proposedMessage(records, names)).toBe(message);
});

test('what was done is in the subject, however long the name of the source is', () => {
  const long = { ...names, sourceTitle: () => 'The ferry leaves '.repeat(9) };
  const [subject = ''] = proposedMessage(changes(['events', 'added', 'a']), long).split('\n');
  expect(subject).toMatch(/^Code The ferry leaves .*…: add 1 record$/);
  expect(subject.length).toBeLessThanOrEqual(72);
});

test('a name that ends with a full stop has no second mark after it', () => {
  const stopped = { ...names, sourceTitle: (source: string) => `The ${source} left.` };
  const records = changes(['events', 'added', 'ferry']);
  expect(proposedMessage(records, stopped)).toBe('Code The ferry left: add 1 record\n\n- EVENTS: 1 added');
  const both = proposedMessage(changes(['events', 'added', 'a', 'b']), stopped);
  expect(both).toBe('Add 1 record\n\n- The a left: 1 added\n- The b left: 1 added');
});
