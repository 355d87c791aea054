import type { Field } from '../messages.ts';

/** What the schema says nothing of. */
export const anyField: Field = {
  kind: 'any',
  title: undefined,
  description: undefined,
  unit: undefined,
  whole: false,
  format: undefined,
  longest: undefined,
  codes: [],
  tables: [],
  properties: [],
  element: undefined,
  members: undefined,
  evidence: false,
  verbatim: false,
};
