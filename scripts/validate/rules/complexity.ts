import type { Fault } from '../../base/problem.ts';
import type { JsonObject } from '../../json/json.ts';
import type { ExampleFiles, RuleDefinition } from './rule.ts';

/** A record that may be valid, but takes too many steps to check. */
export const tooManySteps: Fault = {
  rule: 'complexity',
  message:
    'the record takes too many steps to check: schemas that refer to each other under alternatives multiply the work ' +
    'at each level of nesting; use a "const" or a "type" to decide between the alternatives, or nest less',
  pointer: '',
};

/** A text that a pattern takes too long to match; `message` names both. */
export function slowPattern(message: string): Fault {
  const hint = 'the schema needs a pattern in which no repetition is inside another that can match the same';
  return { rule: 'complexity', message, pointer: '', hint };
}

const boxes = (...anyOf: readonly JsonObject[]): ExampleFiles => ({
  'schema/boxes.schema.json': {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    type: 'object',
    properties: { id: { type: 'string' }, width: { type: 'integer' }, weight: { type: 'integer' } },
    required: ['id'],
    anyOf,
  },
  'raw/boxes/a.json': { id: 'a', width: 1 },
});

/** Found by the check of the schema: validate/ajv. */
export const rule = {
  name: 'complexity',
  phase: 'record',
  severity: 'error',
  description:
    'A record can be checked in a bounded number of steps. Recursive schemas with alternatives can take forever, ' +
    'and so can a pattern with a repetition inside another.',
  bad: { files: boxes({ required: ['width'] }, { $ref: '#' }), at: 'raw/boxes/a.json:1:1' },
  good: boxes({ required: ['width'] }, { required: ['weight'] }),
} as const satisfies RuleDefinition;
