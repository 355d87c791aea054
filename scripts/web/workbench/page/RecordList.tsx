import { useState } from 'preact/hooks';
import type { RecordSummary } from '../messages.ts';
import { colourOf } from './colours.ts';
import { goToRecord } from './openRecords.ts';
import { citations, hasSources, recordNow, source, start } from './state.ts';
import { goingOn } from './typedAhead.ts';

/** The records of the source, by table. */
export function RecordList() {
  if (!hasSources.value) return null;
  const tables = start.value?.tables ?? [];
  const records = citations.value?.records ?? [];
  return (
    <nav aria-label="Records of the source">
      {source.value === undefined || citations.value?.isComplete === true ? null : (
        <p class="empty">{citations.value === undefined ? 'Loading records…' : 'Loading more records…'}</p>
      )}
      {tables.map(({ name, title }) => {
        const own = records.filter((record) => record.table === name);
        if (own.length === 0) return null;
        return <RecordGroup key={name} {...{ title, colour: colourOf(tables, name), records: own }} />;
      })}
    </nav>
  );
}

interface RecordGroupProps {
  readonly title: string;
  readonly colour: number;
  readonly records: readonly RecordSummary[];
}

/** The most records of a table that are listed without a click. */
const mostShown = 12;

/** The records of one table. A closed list is not drawn: there may be thousands of records. */
function RecordGroup({ title, colour, records }: RecordGroupProps) {
  const [isOpen, setOpen] = useState(records.length <= mostShown);
  return (
    <details open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <span class={`swatch colour-${colour}`}>{title}</span> {records.length}
      </summary>
      {isOpen ? (
        <ul>
          {records.map((record) => (
            <li key={record.id}>
              <RecordButton record={record} />
            </li>
          ))}
        </ul>
      ) : null}
    </details>
  );
}

function RecordButton({ record: { table: of, id, label } }: { readonly record: RecordSummary }) {
  const now = recordNow.value;
  return (
    <button
      type="button"
      aria-current={now?.table === of && now.id === id}
      title={id}
      // also by mouse, the work goes on in the form
      onClick={() => void goingOn(() => goToRecord(of, id))}
    >
      {label ?? id}
    </button>
  );
}
