import { count } from '../../base/text.ts';
import type { Validation } from '../../verbs/validate.ts';
import { type Report, tally } from './problems.ts';

/** What was checked, and what was found. */
export function describeChecked(checked: Validation, report: Report): string {
  const { records, tables, spansChecked, spansUnchecked, documentsMissing, unchanged, checksSkipped } = checked;
  const spans = spansChecked + spansUnchecked;
  const parts = [`${count(records, 'record')} in ${count(tables, 'table')}`];
  if (spans > 0) {
    const missing = documentsMissing === 0 ? 'their documents are' : count(documentsMissing, 'document');
    parts.push(
      spansUnchecked === 0
        ? `all ${count(spans, 'span')} compared with the sources`
        : `${spansChecked} of ${count(spans, 'span')} compared with the sources, ` +
            `${spansUnchecked} not checked: ${missing} not available`,
    );
  }
  parts.push(tally(report));
  if (unchanged !== undefined) parts.push(`${count(unchanged, 'unchanged record')} skipped`);
  if (checksSkipped > 0) parts.push(`${count(checksSkipped, 'check')} not run because of the errors`);
  return parts.join('; ');
}
