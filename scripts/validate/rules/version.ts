import { datasetOf } from './exampleProject.ts';
import type { RuleDefinition } from './rule.ts';

/** Found before a release is published, by the command `release`. */
export const rule = {
  name: 'version',
  phase: 'release',
  severity: 'error',
  description:
    'No release has the version in `dataset.json` yet, and the version has increased enough for what has changed: a ' +
    'field or record that is gone is a major change, a new one is minor, a corrected value is a patch.',
  bad: { files: { 'raw/authors/eva.json': { id: 'eva', name: 'Eva' } }, at: 'schema/dataset.json:3:14' },
  good: {
    'schema/dataset.json': datasetOf('1.1.0'),
    'raw/authors/eva.json': { id: 'eva', name: 'Eva' },
  },
} as const satisfies RuleDefinition;
