import type { ActionMessage, ProblemMessage } from '../messages.ts';
import { citeFocused } from './cite.ts';
import { createFor, openFor } from './createInPlace.ts';
import { setField } from './editing.ts';
import { idOf, isSavedWith } from './fieldProblems.ts';
import { actionsFor } from './localNumber.ts';
import { partsOf } from './fieldWords.ts';
import { formNow, isEvidence } from './formFields.ts';
import { offeredToEnter } from './firstOffer.ts';
import { focusDrawn } from './focus.ts';
import { focused } from './state.ts';
import { placeOfTyped, takeDate } from './takeDate.ts';
import { goingOn } from './typedAhead.ts';

/** Problems of a field, with what a button can do about each. */
export function Problems({ list, pointer }: { readonly list: readonly ProblemMessage[]; readonly pointer: string }) {
  return (
    <ul class="problems" id={`${idOf(pointer)}-problems`} hidden={list.length === 0}>
      {list.map((problem) => (
        <li key={problem.rule + problem.message} class={isSavedWith(problem) ? '' : problem.severity}>
          <span>
            {isSavedWith(problem) ? 'Refers to a draft, which is saved with this record.' : <Said {...problem} />}
          </span>
          {actionsFor(problem.pointer, problem.actions)
            .filter(({ kind }) => kind !== 'replace' || !isEvidence(problem.pointer))
            .map((action, i, { length }) => (
              <button
                key={action.label}
                type="button"
                class="action"
                {...offeredToEnter(i > 0 || !isDate(action) ? undefined : length > 1 ? 'reaches' : 'takes')}
                onClick={() => act(action, problem.pointer)}
              >
                {action.label}
              </button>
            ))}
        </li>
      ))}
    </ul>
  );
}

/** Whether a button writes the date that the typed words mean: Enter does so too. */
function isDate(action: ActionMessage): boolean {
  return action.kind === 'replace' && action.resolution !== undefined;
}

/** What a problem says, and its hint. */
function Said({ message, hint, pointer }: ProblemMessage) {
  return (
    <>
      <Worded words={message} pointer={pointer} />
      {hint === undefined ? null : (
        <>
          {' ('}
          <Worded words={hint} pointer={pointer} />)
        </>
      )}
    </>
  );
}

/** A message that names fields by their titles; the names of the file are in tooltips. */
function Worded({ words, pointer }: { readonly words: string; readonly pointer: string }) {
  const parts = partsOf(words, pointer, formNow());
  return (
    <>
      {parts.map((part) =>
        typeof part === 'string' ? (
          part
        ) : (
          <b class="named" key={part.name} title={part.name}>
            {part.title}
          </b>
        ),
      )}
    </>
  );
}

function act(action: ActionMessage, pointer: string): void {
  if (action.kind === 'replace') {
    const { value, resolution } = action;
    if (resolution === undefined) setField(pointer, value);
    else takeDate(pointer, { ...resolution, date: value, words: placeOfTyped(pointer) });
    // the button goes away with the problem: the focus would be nowhere
    return void focusDrawn(pointer);
  }
  if (action.kind === 'create') {
    const { table, id } = action;
    return void goingOn(() => createFor(pointer, table, id === undefined ? {} : { id }));
  }
  if (action.kind === 'draft') {
    const { table, draftName } = action;
    return void goingOn(() => openFor(pointer, { table, draftName, id: '', label: '' }));
  }
  focused.value = pointer;
  citeFocused();
}
