import type { Field } from '../messages.ts';

/** A field that the schema does not describe. */
export const anyField: Field = {
  kind: 'any',
  title: undefined,
  description: undefined,
  unit: undefined,
  whole: false,
  format: undefined,
  isLong: false,
  hasLines: false,
  codes: [],
  tables: [],
  properties: [],
  branches: [],
  told: undefined,
  scalars: [],
  element: undefined,
  canBeEmpty: false,
  members: undefined,
  isQuantity: false,
  atMost: [],
  bounds: [],
  evidence: false,
  verbatim: false,
  distinct: false,
  grounds: undefined,
};
