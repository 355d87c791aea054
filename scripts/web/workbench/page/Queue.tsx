import { useEffect, useRef, useState } from 'preact/hooks';
import type { QueuedSource } from '../messages.ts';
import { ask } from './api.ts';
import { attempt } from './notice.ts';
import { drawn } from './drawn.ts';
import { openSource } from './openSource.ts';
import { queueFocus } from './state.ts';
import { stepByArrow } from './stepByArrow.ts';
import { goingOn } from './typedAhead.ts';

/** The progress of coding a source, in words. */
const statuses = {
  open: 'Not started',
  begun: 'In progress',
  recorded: 'Has records',
  coded: 'Coded',
  reviewed: 'Reviewed',
} as const;

/** All sources, and the progress of each. */
export function Queue() {
  const [sources, setSources] = useState<readonly QueuedSource[] | undefined>(undefined);
  const [isFailed, setFailed] = useState(false);
  const look = async (): Promise<void> => {
    const found = await attempt(() => ask('queue', {}));
    setSources(found);
    setFailed(found === undefined);
  };
  useEffect(() => void look(), []);
  const rows = useRef<HTMLTableSectionElement>(null);
  const wanted = queueFocus.value;
  useEffect(() => {
    if (wanted === undefined || sources === undefined) return;
    const all = namesIn(rows.current);
    (all.find((each) => each.dataset['source'] === wanted.source) ?? all[0])?.focus();
    queueFocus.value = undefined;
  }, [wanted, sources]);
  if (isFailed)
    return (
      <p class="empty">
        The sources could not be listed. <button onClick={() => void look()}>Try again</button>
      </p>
    );
  if (sources === undefined) return <p class="empty">Loading sources…</p>;
  if (sources.length === 0) return <p class="empty">There are no sources yet. Press Alt+I to add one.</p>;
  return (
    <div class="queue">
      <table>
        <caption>Sources</caption>
        <thead>
          <tr>
            <th scope="col">Source</th>
            <th scope="col">Status</th>
            <th scope="col" class="number">
              Records
            </th>
            <th scope="col" class="number">
              Sentences without a record
            </th>
          </tr>
        </thead>
        <tbody ref={rows} onKeyDown={stepByArrow}>
          {sources.map(({ id, label, state, review, records, sentences, uncovered }) => (
            <tr key={id}>
              <td>
                <button type="button" data-source={id} onClick={() => void goingOn(() => openText(id))}>
                  {label ?? id}
                </button>
                {label === undefined ? null : <p class="name">{id}</p>}
              </td>
              <td>{review === undefined ? statuses[state] : `Reviewed by ${review.by}, ${review.date}`}</td>
              <td class="number">{records}</td>
              <td class="number">{sentences === undefined ? 'no text here' : `${uncovered ?? 0} of ${sentences}`}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function namesIn(rows: HTMLElement | null): readonly HTMLElement[] {
  return [...(rows?.querySelectorAll<HTMLElement>('[data-source]') ?? [])];
}

/** Opens a source, and focuses its text unless the user has put the focus elsewhere. Returns whether it is open. */
async function openText(id: string): Promise<boolean> {
  if (!(await openSource(id))) return false;
  await drawn();
  if (document.activeElement === document.body) document.querySelector<HTMLElement>('#text')?.focus();
  return true;
}
