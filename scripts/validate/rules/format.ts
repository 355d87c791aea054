import type { Fault } from '../../base/problem.ts';
import type { ValidateOptions } from '../context.ts';
import { book, bookFile } from './example.ts';
import type { RuleDefinition } from './rule.ts';

/** In other people's records a format that fails is told, and no more: published data fails `uri` by the dozen. */
export function soften(fault: Fault, layout: ValidateOptions['layout']): Fault {
  return fault.rule === 'format' && layout === 'any' ? { ...fault, severity: 'warning' } : fault;
}

/** Found by the check of the schema: validate/ajv. */
export const rule = {
  name: 'format',
  phase: 'record',
  severity: 'error',
  description:
    'A text has the `format` that its schema asks for: a date of the calendar, an EDTF date, a URI, a JSON ' +
    'Pointer. With the layout `any` it is a warning: published data often fails it.',
  bad: { files: { [bookFile]: book({ published: '2022-02-30' }) }, at: `${bookFile}:4:16` },
  good: { [bookFile]: book({ published: '2022-02-28' }) },
} as const satisfies RuleDefinition;
