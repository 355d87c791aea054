import { openRecord } from './openRecords.ts';
import { alike } from './state.ts';
import { goingOn } from './typedAhead.ts';
import { withoutStop } from './withoutStop.ts';

const agreement = {
  'values and words': 'same values, and cites the same words',
  values: 'same values',
  name: 'same name',
  'other name': 'same other name',
  words: 'cites the same words',
} as const;

/** Records that this one may repeat. */
export function AlikeList() {
  if (alike.value.length === 0) return null;
  return (
    <aside aria-label="Possible duplicates">
      <h3>Possible duplicates</h3>
      <ul>
        {alike.value.map(({ table: of, id, label, why }) => (
          <li key={id}>
            <button type="button" onClick={() => void goingOn(() => openRecord(of, id))}>
              {withoutStop(label ?? id)}: {agreement[why]}
            </button>
          </li>
        ))}
      </ul>
    </aside>
  );
}
