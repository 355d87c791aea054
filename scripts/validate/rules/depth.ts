import { depthOffset } from '../../json/depth.ts';
import { mostDepth } from '../../base/limits.ts';
import type { Fault } from '../../base/problem.ts';
import { book, bookFile } from './example.ts';
import type { RuleDefinition } from './rule.ts';

/** Checks a text; the walk may already know that it is nested too deeply. */
function check(text: string, known = false): readonly Fault[] {
  const offset = depthOffset(text, mostDepth) ?? (known ? 0 : undefined);
  if (offset === undefined) return [];
  return [{ rule: 'depth', message: `nested deeper than ${mostDepth} levels`, pointer: '', offset }];
}

export const rule = {
  name: 'depth',
  phase: 'text',
  severity: 'error',
  description:
    `Arrays and objects are nested at most ${mostDepth} levels deep. ` +
    'Deeper nesting is nearly always a bug in a program, and many readers of JSON break on it.',
  bad: { files: { [bookFile]: `${'['.repeat(mostDepth + 1)}${']'.repeat(mostDepth + 1)}\n` }, at: `${bookFile}:1:201` },
  good: { [bookFile]: book() },
  check,
} as const satisfies RuleDefinition;
