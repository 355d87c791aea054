import { batch } from '@preact/signals';
import { below, pointerSteps } from '../../../json/json.ts';
import type { MeantQuantity } from '../messages.ts';
import { ask } from './api.ts';
import { citing, isBlank, valueAt } from '../edit.ts';
import { edit, isCited } from './editing.ts';
import { summaryOf } from './elementSummary.ts';
import { isCitedElsewhere } from './citedElsewhere.ts';
import { offeredToEnter } from './firstOffer.ts';
import { focusDrawn } from './focus.ts';
import { needsEvidence, titleOf } from './formFields.ts';
import { fieldAt } from './left.ts';
import { say } from './notice.ts';
import { withValue } from './setValue.ts';
import { type Words, content, fields, focused, table } from './state.ts';
import { useMeaning } from './useMeaning.ts';
import { wordsMeantFor } from './wordsFor.ts';

/** The quantity that a field belongs to: the object around it, or a number alone; undefined if it belongs to none. */
function quantityOf(pointer: string): string | undefined {
  const steps = pointerSteps(pointer) ?? [];
  const root = table.value?.field ?? 0;
  const around = steps.map((_, i) => steps.slice(0, i));
  const object = around.findLast((each) => fieldAt(fields.value, root, each)?.isQuantity === true);
  if (object !== undefined && object.length > 0) return object.reduce(below, '');
  return fieldAt(fields.value, root, steps)?.kind === 'number' ? pointer : undefined;
}

/** A button that fills in the fields of a quantity as the words of the source have it: those that are still empty. */
export function QuantityOffers({ pointer }: { readonly pointer: string }) {
  const at = focused.value === pointer ? quantityOf(pointer) : undefined;
  const of = table.value?.name ?? '';
  const { meaning } = useMeaning(
    at === undefined ? [] : wordsMeantFor(pointer),
    `${of} ${at ?? ''}`,
    async (words) => (at === undefined ? undefined : ask('figures', { ...words, table: of, pointer: at })),
    ({ values }) => values.length > 0,
  );
  if (at === undefined || meaning === undefined) return null;
  const { found, from } = meaning;
  const value = content.value?.value ?? {};
  const empty = found.values.filter((each) => isBlank(valueAt(value, each.pointer)));
  if (empty.length === 0) return null;
  const number = { source: from.source, start: found.start, end: found.end };
  const numbers = found.values.map((each) => each.value).filter((each) => typeof each === 'number');
  return (
    <div class="builders" role="group" aria-label="Quantity in the text">
      <span>
        <q>{found.words}</q>:
      </span>
      <button
        type="button"
        {...offeredToEnter(isCitedElsewhere(number, at, numbers) ? 'reaches' : 'takes')}
        title="Fills in fields that are empty, and cites the words"
        onClick={() => {
          fillIn(empty, from);
          void focusDrawn(pointer);
        }}
      >
        Fill in {empty.map((each) => `${lastTitle(each.pointer)}: ${summaryOf(each.value)}`).join(', ')}
      </button>
    </div>
  );
}

/** The title of a field without those around it. */
function lastTitle(pointer: string): string {
  return titleOf(pointer).split(' › ').at(-1) ?? '';
}

/** Fills in fields in one step; those that need evidence cite the words. */
function fillIn(values: MeantQuantity['values'], from: Words): void {
  batch(() => {
    edit((before) => {
      const filled = values.reduce((to, { pointer, value }) => withValue(to, pointer, value), before);
      const pointers = values
        .map(({ pointer }) => pointer)
        .filter((each) => needsEvidence(each) && !isCited(filled, each));
      return pointers.length === 0 ? filled : citing(filled, from, pointers);
    });
    say(`Filled in: ${values.map(({ pointer }) => lastTitle(pointer)).join(', ')}. Ctrl+Z undoes it.`);
  });
}
