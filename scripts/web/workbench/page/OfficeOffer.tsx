import { pointerSteps } from '../../../json/json.ts';
import { citing, valueAt } from '../edit.ts';
import { ask } from './api.ts';
import type { Control } from './control.ts';
import { edit } from './editing.ts';
import { requiredBeside, siblingsOf } from './earlierDate.ts';
import { offeredToEnter } from './firstOffer.ts';
import { focusDrawn } from './focus.ts';
import { isForWords, tableNamed, titleOf } from './formFields.ts';
import { say } from './notice.ts';
import { withValue } from './setValue.ts';
import { content, focused } from './state.ts';
import { useMeaning } from './useMeaning.ts';
import { wordsFor } from './wordsFor.ts';

interface Person {
  readonly tables: readonly string[];
  readonly id: string;
}

/**
 * The person whom a text beside a reference can be about: the only required reference there, to a table of those who
 * are mentioned. Undefined if there is none, or if the text is not one of the source.
 */
function personBeside({ pointer, field }: Control): Person | undefined {
  if (!isForWords(pointer, field)) return undefined;
  const required = requiredBeside(pointer);
  const [only, other] = siblingsOf(pointer).filter(
    ({ pointer: at, field: { kind: of } }) => of === 'reference' && required.has(pointerSteps(at)?.at(-1) ?? ''),
  );
  const id = only === undefined ? undefined : valueAt(content.value?.value ?? {}, only.pointer);
  if (only === undefined || other !== undefined || typeof id !== 'string' || id === '') return undefined;
  const { tables } = only.field;
  return tables.every((of) => tableNamed(of)?.isAuthority === true) ? { tables, id } : undefined;
}

/** A button with the words of the source for the office of the person beside an empty field. */
export function OfficeOffer(control: Control) {
  const { pointer, text } = control;
  const person = text === '' && focused.value === pointer ? personBeside(control) : undefined;
  const { meaning } = useMeaning(
    person === undefined ? [] : wordsFor(pointer).slice(0, 1),
    JSON.stringify(person ?? ''),
    async (words) => (person === undefined ? undefined : ask('office', { ...words, ...person })),
    ({ words }) => words !== '',
  );
  if (person === undefined || meaning === undefined) return null;
  const { words, start, end } = meaning.found;
  const shown = words.replace(/\s+/gu, ' ');
  return (
    <div class="builders" role="group" aria-label="Office in the text">
      <button
        type="button"
        {...offeredToEnter(control.field.hasLines ? undefined : 'takes')}
        title="Fills in the field, and cites these words"
        onClick={() => {
          const cited = { source: meaning.from.source, start, end };
          edit((before) => citing(withValue(before, pointer, shown), cited, [pointer]));
          say(`Filled in and cited: ${titleOf(pointer)}. Ctrl+Z undoes it.`);
          void focusDrawn(pointer);
        }}
      >
        Use <q>{shown}</q>
      </button>
    </div>
  );
}
