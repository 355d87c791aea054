import { list } from '../../../base/text.ts';
import { withoutStop } from './withoutStop.ts';

/** Says that words which a record now cites are marked as needing none: a sentence to add to a message, or nothing. */
export function alsoPassedOver(reasons: readonly string[]): string {
  if (reasons.length === 0) return '';
  const marked = `Words that it cites are also marked as needing no record: ${list(reasons.map(withoutStop))}.`;
  return ` ${marked} Alt+O on them takes that back.`;
}
