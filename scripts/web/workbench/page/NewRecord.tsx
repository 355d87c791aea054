import { firstSentence } from '../../../base/text.ts';
import { Combobox } from './Combobox.tsx';
import { fitting } from './fitting.ts';
import { Dialog } from './Dialog.tsx';
import { next } from './next.ts';
import { beginRecord } from './openRecords.ts';
import { wordsOf } from './sourceText.ts';
import { inHand, dialog, selection, source, start } from './state.ts';
import { goingOn } from './typedAhead.ts';

/** The number of tables that have a key. */
const numberKeys = 9;

/** What the fields of the new record will cite. */
function Citing() {
  const words = selection.value ?? inHand.value;
  if (source.value === undefined) return null;
  if (words === undefined)
    return <p class="citing">No words are selected: the fields that you fill in cite nothing at first.</p>;
  return (
    <p class="citing">
      The fields that you fill in will cite{' '}
      {selection.value === undefined ? 'the same words again' : 'the selected words'}: <q>{wordsOf(words)}</q>
    </p>
  );
}

export function NewDialog() {
  const tables = start.value?.tables ?? [];
  const choices = tables.map(({ name, title, description }) => ({ value: name, label: title, description }));
  const choose = (name: string): void => {
    dialog.value = undefined;
    void goingOn(async () => {
      if (!(await beginRecord(name, selection.value ?? inHand.value))) return false;
      await next();
      return true;
    });
  };
  return (
    <Dialog label="New record">
      <h3>New record</h3>
      <div
        onKeyDown={(event) => {
          const chosen = /^[1-9]$/.test(event.key) ? tables[Number(event.key) - 1] : undefined;
          if (chosen === undefined) return;
          event.preventDefault();
          choose(chosen.name);
        }}
      >
        <Citing />
        <p id="new-record-hint">Which table is it for? Type a part of its name and press Enter, or press its number.</p>
        <Combobox
          label="Table"
          describedBy="new-record-hint"
          shown=""
          find={(words) => fitting(choices, words)}
          choose={choose}
        />
        <ul class="choices numbered">
          {tables.map(({ name, title, description }, i) => (
            <li key={name}>
              {i < numberKeys ? <kbd>{i + 1}</kbd> : null}
              <button type="button" tabIndex={-1} title={description} onClick={() => choose(name)}>
                {title}
                <span class="meaning">{firstSentence(description ?? '')}</span>
              </button>
            </li>
          ))}
        </ul>
      </div>
    </Dialog>
  );
}
