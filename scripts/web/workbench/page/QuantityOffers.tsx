import { batch } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import { below, pointerSteps } from '../../../json/json.ts';
import type { MeantQuantity } from '../messages.ts';
import { ask } from './api.ts';
import { citing, isBlank, setAt, valueAt } from './edit.ts';
import { edit, isCited } from './editing.ts';
import { summaryOf } from './elementSummary.ts';
import { focusDrawn } from './focus.ts';
import { needsEvidence, titleOf } from './formFields.ts';
import { fieldAt } from './left.ts';
import { say } from './notice.ts';
import { type Words, content, fields, focused, table } from './state.ts';
import { wordsMeantFor } from './wordsFor.ts';

/** Milliseconds after which words count as selected. */
const pause = 100;

/** The quantity that a field belongs to: the object around it, or a number alone; undefined if it belongs to none. */
function quantityOf(pointer: string): string | undefined {
  const steps = pointerSteps(pointer) ?? [];
  const root = table.value?.field ?? 0;
  const around = steps.map((_, i) => steps.slice(0, i));
  const object = around.findLast((each) => fieldAt(fields.value, root, each)?.isQuantity === true);
  if (object !== undefined && object.length > 0) return object.reduce(below, '');
  return fieldAt(fields.value, root, steps)?.kind === 'number' ? pointer : undefined;
}

/** A quantity, and the words that it was read from. */
type Offered = MeantQuantity & { readonly from: Words };

async function firstMeant(all: readonly Words[], of: string, pointer: string): Promise<Offered | undefined> {
  for (const from of all) {
    const found = await ask('figures', { ...from, table: of, pointer }).catch(() => undefined);
    if (found === undefined) return undefined;
    if (found.values.length > 0) return { ...found, from };
  }
  return undefined;
}

/** A button that fills in the fields of a quantity as the words of the source have it: those that are still empty. */
export function QuantityOffers({ pointer }: { readonly pointer: string }) {
  const at = focused.value === pointer ? quantityOf(pointer) : undefined;
  const of = table.value?.name ?? '';
  const words = at === undefined ? [] : wordsMeantFor(pointer);
  const [meant, setMeant] = useState<Offered | undefined>(undefined);
  useEffect(() => {
    setMeant(undefined);
    let isCurrent = true;
    const show = (found: Offered | undefined): void => {
      if (isCurrent) setMeant(found);
    };
    const timer = setTimeout(() => at !== undefined && void firstMeant(words, of, at).then(show), pause);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [JSON.stringify(words), of, at]);
  if (at === undefined || meant === undefined) return null;
  const value = content.value?.value ?? {};
  const empty = meant.values.filter((each) => isBlank(valueAt(value, each.pointer)));
  if (empty.length === 0) return null;
  return (
    <div class="builders" role="group" aria-label="Quantity in the text">
      <span>
        <q>{meant.words}</q>:
      </span>
      <button
        type="button"
        title="Fills in fields that are empty, and cites the words"
        onClick={() => {
          fillIn(empty, meant.from);
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
      const filled = values.reduce((to, { pointer, value }) => setAt(to, pointer, value), before);
      const pointers = values
        .map(({ pointer }) => pointer)
        .filter((each) => needsEvidence(each) && !isCited(filled, each));
      return pointers.length === 0 ? filled : citing(filled, from, pointers);
    });
    say(`Filled in: ${values.map(({ pointer }) => lastTitle(pointer)).join(', ')}. Ctrl+Z undoes it.`);
  });
}
