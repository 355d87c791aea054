import { signal } from '@preact/signals';
import { useId, useLayoutEffect, useState } from 'preact/hooks';
import { pointerSteps } from '../../../json/json.ts';
import { ask } from './api.ts';
import { askForWords } from './cite.ts';
import type { Choice } from './choice.ts';
import { Combobox } from './Combobox.tsx';
import { fitting } from './fitting.ts';
import { Dialog } from './Dialog.tsx';
import { tableNamed } from './formFields.ts';
import { fieldAt } from './left.ts';
import { MainButton } from './MainButton.tsx';
import { attempt, say } from './notice.ts';
import { showAgain } from './showAgain.ts';
import { citingSelection, codes, marksOfSelection, wordsOf } from './sourceText.ts';
import { scrollToSelection } from './TextPane.tsx';
import { dialog, fields, inView, isChanged, open, selection, source, table } from './state.ts';
import { goingOn } from './typedAhead.ts';
import { withoutStop } from './withoutStop.ts';

/** Reasons given since the page was opened, offered again so that the same reason has the same words. */
const given = signal<readonly string[]>([]);

/** The schema's codes for reasons; none if a reason is any text. */
function codesOfReasons(): readonly Choice[] {
  const of = tableNamed(source.value?.table);
  if (of?.uncodedAt === undefined) return [];
  const list = fieldAt(fields.value, of.field, pointerSteps(of.uncodedAt) ?? []);
  const all = list?.element === undefined ? [] : (fields.value[list.element]?.codes ?? []);
  return all.flatMap(({ code, description }) =>
    typeof code === 'string' ? [{ value: code, label: code, description }] : [],
  );
}

/** Notes why the selected words need no record; undefined if they need one after all. */
async function passOver(reason: string | undefined): Promise<void> {
  const words = selection.value;
  const of = source.value;
  dialog.value = undefined;
  if (words === undefined || of === undefined) return askForWords();
  const isOpen = table.value?.name === of.table && open.value?.record.id === of.id;
  if (isOpen && isChanged.value) return say('Save the source’s own record first.');
  const answer = await attempt(() => ask('passOver', { ...words, ...(reason === undefined ? {} : { reason }) }));
  if (answer === undefined) return;
  if (!('saved' in answer)) return say('Not saved: the source’s own record has an error. Open it and fix it first.');
  if (reason !== undefined) given.value = [...new Set([reason, ...given.value])];
  await showAgain(of);
  const done = reason === undefined ? 'Removed from' : 'Saved in';
  say(`${done} the source’s record. Press Alt+U to go to the next sentence.`);
}

/** What is recorded of the selected words already. */
function Known() {
  const reasons = [...new Set(marksOfSelection.value.flatMap(({ reason }) => reason ?? []))];
  const citing = citingSelection.value.filter(({ table: of }) => codes(of) && of !== source.value?.table);
  return (
    <>
      {citing.length === 0 ? null : (
        <p>Cited by {citing.map(({ id, label }) => withoutStop(label ?? id)).join(', ')}.</p>
      )}
      {reasons.length === 0 ? null : (
        <p>
          Reason so far: {reasons.map(withoutStop).join(', ')}. A new one for the same words replaces it.{' '}
          <button type="button" onClick={() => void goingOn(() => passOver(undefined))}>
            They need a record after all
          </button>
        </p>
      )}
    </>
  );
}

/** Asks why the selected words need no record; the reason is saved in the source's record. */
export function PassOverDialog() {
  const [reason, setReason] = useState('');
  const known = useId();
  const choices = codesOfReasons();
  const words = inView(selection.value);
  useLayoutEffect(scrollToSelection, []);
  if (words === undefined)
    return (
      <Dialog label="No record needed">
        <h3>No record needed</h3>
        <p>First select the words that need no record. Alt+U goes to the next sentence without one.</p>
      </Dialog>
    );
  return (
    <Dialog label="No record needed">
      <h3>No record needed</h3>
      <blockquote class="quoted" dir="auto">
        {wordsOf(words)}
      </blockquote>
      <Known />
      {choices.length > 0 ? (
        <Combobox
          label="Why do the selected words need no record?"
          shown=""
          opensAtOnce
          find={(typed) => fitting(choices, typed)}
          choose={(code) => void goingOn(() => passOver(code))}
        />
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void goingOn(() => passOver(reason));
          }}
        >
          <label>
            Why do the selected words need no record?
            <input
              type="text"
              list={known}
              value={reason}
              placeholder="For example: background"
              onInput={(event) => setReason(event.currentTarget.value)}
            />
          </label>
          <datalist id={known}>
            {given.value.map((each) => (
              <option key={each} value={each} />
            ))}
          </datalist>
          <MainButton disabled={reason.trim() === ''}>Save</MainButton>
        </form>
      )}
    </Dialog>
  );
}
