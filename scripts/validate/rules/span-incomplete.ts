import { sentence } from '../../base/sentence.ts';
import { type JsonObject, below, isArray, isObject, member, resolvePointer } from '../../json/json.ts';
import type { Fault, Hint } from '../../base/problem.ts';
import { list, quoted } from '../../base/text.ts';
import { citeHint } from '../../evidence/compare.ts';
import { completeSpan, computed, isComplete, isUnplaced } from '../../evidence/complete.ts';
import { type SeenRecord, nameOf } from '../context.ts';
import { bookFile, bookOf, bookSpan } from './example.ts';
import type { RuleDefinition } from './rule.ts';

/**
 * One fault for a span with several missing members, with the way to fill them in. A span that is still blank is one
 * fault, whatever else it lacks.
 */
function check(seen: SeenRecord, faults: readonly Fault[]): readonly Fault[] {
  if (faults.length === 0) return faults;
  const { value: record, found } = seen;
  const incomplete = new Map<string, JsonObject>();
  for (const at of found.spans) {
    const elements = resolvePointer(record, at);
    if (!isArray(elements)) continue;
    for (const [i, span] of elements.entries())
      if (isObject(span) && !isComplete(span)) incomplete.set(below(at, i), span);
  }
  if (incomplete.size === 0) return faults;
  const isPart = ({ pointer, missing }: Fault): boolean =>
    [...incomplete].some(([at, span]) =>
      isUnplaced(span) ? pointer === at || pointer.startsWith(`${at}/`) : missing !== undefined && pointer === at,
    );
  const joined = [...incomplete].map(([pointer, span]): Fault => {
    const missing = computed.filter((field) => member(span, field) === undefined);
    const lacks = `the span lacks ${list(missing.map((field) => quoted(field)))}`;
    return {
      rule: 'span-incomplete',
      message: isUnplaced(span) ? 'the span is blank' : lacks,
      pointer,
      hint: completionHint(span, seen),
    };
  });
  return [...faults.filter((fault) => !isPart(fault)), ...joined];
}

/** How to complete a span: with `fix` if possible, otherwise what prevents it. */
function completionHint(span: JsonObject, seen: SeenRecord): Hint {
  const { documentOf, documents } = seen.run.options;
  const source = member(span, 'source');
  const supports = member(span, 'supports');
  const fields = isArray(supports) ? supports.filter((field) => typeof field === 'string') : [];
  if (isUnplaced(span))
    return citeHint(nameOf(seen), typeof source === 'string' ? [source] : [], fields.length === 0 ? ['/…'] : fields);
  const completed = completeSpan(span, documentOf, documents);
  if (!('reason' in completed)) return { verb: 'fix', arguments: [], after: ' fills it in' };
  const { reason, hint } = completed;
  return hint === undefined ? reason : sentence`${reason}; ${hint}`;
}

export const rule = {
  name: 'span-incomplete',
  phase: 'record',
  severity: 'error',
  description:
    'A span of evidence has its offsets, its digest and its first and last words. `fix` fills in what can be ' +
    'worked out from the text; the message says so, or what prevents it.',
  bad: {
    files: { [bookFile]: bookOf({ source: 'review', begins: 'has', ends: 'pages.', supports: ['/pages'] }) },
    at: `${bookFile}:6:5`,
  },
  good: { [bookFile]: bookOf(bookSpan) },
  check,
} as const satisfies RuleDefinition;
