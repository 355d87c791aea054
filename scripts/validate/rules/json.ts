import type { Fault } from '../../base/problem.ts';
import { syntaxFault } from '../../json/syntaxFault.ts';
import { bookFile } from './example.ts';
import type { RuleDefinition } from './rule.ts';

/** `judged` is the message of JSON.parse. */
function check(
  text: string,
  judged: { readonly message: string; readonly offset: number | undefined },
): readonly Fault[] {
  return [{ rule: 'json', pointer: '', ...syntaxFault(text, judged, 'record') }];
}

export const rule = {
  name: 'json',
  phase: 'text',
  severity: 'error',
  description:
    'A text is JSON as RFC 8259 defines it: no comments, no comma before a closing bracket, straight double ' +
    'quotes. The message says what is most often meant there. Under the layout `any` a file can ' +
    'be YAML 1.2 or JSON5 too.',
  bad: { files: { [bookFile]: '{\n  "id": "ferry",\n  "title": "The Ferry",\n}\n' }, at: `${bookFile}:4:1` },
  good: { [bookFile]: '{\n  "id": "ferry",\n  "title": "The Ferry"\n}\n' },
  check,
} as const satisfies RuleDefinition;
