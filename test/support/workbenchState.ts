import type { Start, TableMessage } from '../../scripts/web/workbench/messages.ts';

/** What the workbench knows of a table that has nothing, to be changed by a test. */
export const emptyTable: TableMessage = {
  name: 'crossings',
  title: 'Crossings',
  description: undefined,
  key: 'id',
  label: { pointers: [], isWhole: false },
  field: 0,
  spansAt: undefined,
  isSource: false,
  isAuthority: false,
  uncodedAt: undefined,
  hasDocument: false,
  hidden: [],
  asked: [],
};

/** What the workbench knows of a dataset that has nothing, to be changed by a test. */
export const emptyStart: Start = {
  title: '',
  tables: [],
  fields: [],
  source: undefined,
  record: undefined,
  git: false,
  drafts: [],
  coding: undefined,
  user: undefined,
  incoming: undefined,
};
