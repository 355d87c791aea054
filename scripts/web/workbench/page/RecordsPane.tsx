import { Records } from './Records.tsx';
import { dialog, opening } from './state.ts';

/** The place of the text in a dataset without sources: its records, and a button for a new one. */
export function RecordsPane() {
  if (opening.value) return <p class="empty">Opening…</p>;
  return (
    <div class="records-pane">
      <button type="button" class="primary" onClick={() => (dialog.value = 'new')}>
        New record <kbd>Alt+N</kbd>
      </button>
      <Records />
    </div>
  );
}
