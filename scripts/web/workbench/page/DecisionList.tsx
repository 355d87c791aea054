import { Fragment } from 'preact';
import type { DecisionMessage } from '../codingMessages.ts';
import type { TableMessage } from '../messages.ts';
import { linesOf } from './comparedRows.ts';
import { InSmall } from './DifferenceName.tsx';
import { titleIn } from './fieldWords.ts';
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
      {decisions.map(({ field, chosen, reason, by, date, firstValue, secondValue, names }) => {
        const value = chosen === 'first' ? firstValue : secondValue;
        const title = field === '' ? '' : `${titleIn({ fields: fields.value, root: table.field }, field)}: `;
        const lines = value === undefined ? [] : linesOf(value, field, names, { fields: fields.value, table });
        return (
          <li key={field}>
            {title}
            <strong>
              {lines.map(({ text, id }) => (
                <Fragment key={`${text} ${id}`}>
                  <bdi>{text}</bdi>
                  <InSmall id={id} />,{' '}
                </Fragment>
              ))}
              as in the {chosen} coding
            </strong>
            . {by}, {date}: <q>{reason}</q>
          </li>
        );
      })}
    </ul>
  );
}
