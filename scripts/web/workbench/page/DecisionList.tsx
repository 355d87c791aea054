import type { DecisionMessage } from '../codingMessages.ts';
import type { TableMessage } from '../messages.ts';
import { titleIn } from './fieldWords.ts';
import { shown } from './shown.ts';
import { fields } from './state.ts';

interface DecisionListProps {
  readonly decisions: readonly DecisionMessage[];
  readonly table: TableMessage;
}

/** What was decided on a difference, by whom, when and why. */
export function DecisionList({ decisions, table }: DecisionListProps) {
  if (decisions.length === 0) return null;
  return (
    <ul class="decisions" aria-label="Decisions">
      {decisions.map(({ field, chosen, reason, by, date, firstValue, secondValue }) => {
        const value = chosen === 'first' ? firstValue : secondValue;
        const title = field === '' ? '' : `${titleIn({ fields: fields.value, root: table.field }, field)}: `;
        const words = value === undefined ? '' : `${shown(value)}, `;
        return (
          <li key={field}>
            {title}
            <strong>
              {words}as in the {chosen} coding
            </strong>
            . {by}, {date}: <q>{reason}</q>
          </li>
        );
      })}
    </ul>
  );
}
