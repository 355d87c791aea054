import { count } from '../../base/text.ts';
import { book, bookFile } from './example.ts';
import { type Explain, type KeywordRule, descriptionIn } from './failedKeyword.ts';
import type { RuleDefinition } from './rule.ts';

const explain: Explain = ({ pointer, name, params, wanted }) => {
  const { minContains = 1, maxContains } = params;
  const most = maxContains === undefined ? '' : ` and at most ${Number(maxContains)}`;
  return {
    message:
      `${name} needs at least ${count(Number(minContains), 'element')}${most} of the form that its schema ` +
      'requires',
    pointer,
    hint: descriptionIn(wanted),
  };
};

export const rule = {
  name: 'contains',
  phase: 'record',
  severity: 'error',
  description:
    'A list has as many elements of a certain form as the `contains` of its schema requires. The message shows the ' +
    'description of that form.',
  bad: { files: { [bookFile]: book({ tags: ['new'] }) }, at: `${bookFile}:4:11` },
  good: { [bookFile]: book({ tags: ['new', 'novel'] }) },
  keywords: ['contains', 'minContains', 'maxContains'],
  explain,
} as const satisfies RuleDefinition & KeywordRule;
