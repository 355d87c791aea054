import type { DifferingRecords, NeededRecord, ResolveMessage } from '../codingMessages.ts';
import { compareAgain, showNeeded } from './comparing.ts';
import { titleIn } from './fieldWords.ts';
import { tableNamed, tableTitle } from './formFields.ts';
import { toldApart } from './recordName.ts';
import { Referrers } from './RemoveRecord.tsx';
import { fields } from './state.ts';
import { goingOn } from './typedAhead.ts';

/** What prevented a decision. */
export type Hindrance = Exclude<ResolveMessage, { readonly unreviewed: unknown }>;

interface NotDecidedProps {
  readonly hindrance: Hindrance;
  readonly difference: DifferingRecords;
  readonly withdraw: () => void;
}

/** Why nothing was decided, at which place, and what can be done. */
export function NotDecided({ hindrance, difference, withdraw }: NotDecidedProps) {
  if ('changed' in hindrance)
    return (
      <p class="fault" role="alert">
        Not decided: a record has changed since it was compared.{' '}
        <button type="button" onClick={() => void goingOn(() => compareAgain(difference))}>
          Compare again
        </button>
      </p>
    );
  if ('refused' in hindrance) return <Refused {...hindrance} table={difference.table} />;
  if ('referrers' in hindrance) return <Referrers list={hindrance.referrers} />;
  const { version, withdrawalAt } = hindrance;
  return (
    <p class="fault" role="alert">
      Not deleted: the record is published in version {version}. Published records are withdrawn instead
      {withdrawalAt === undefined ? ', but the schema of this table has no field for that.' : '. '}
      {withdrawalAt === undefined ? null : (
        <button type="button" onClick={withdraw}>
          Withdraw it
        </button>
      )}
    </p>
  );
}

function Refused({ refused, needed, table }: Extract<Hindrance, { readonly refused: unknown }> & { table: string }) {
  const root = tableNamed(table)?.field ?? 0;
  return (
    <div class="fault" role="alert">
      <p>Not decided: with these values, the record has errors.</p>
      <ul>
        {refused.map(({ pointer, rule, message }) => (
          <li key={`${pointer} ${rule} ${message}`}>
            {pointer === '' ? '' : `${titleIn({ fields: fields.value, root }, pointer)}: `}
            {message}
          </li>
        ))}
      </ul>
      {needed.map((each) => (
        <Needed key={`${each.table} ${each.id}`} {...each} />
      ))}
    </div>
  );
}

function Needed({ table, id, name }: NeededRecord) {
  return (
    <button type="button" onClick={() => void goingOn(() => showNeeded(table, id))}>
      Decide on {tableTitle(table)}: {toldApart(name ?? id, id)} first
    </button>
  );
}
