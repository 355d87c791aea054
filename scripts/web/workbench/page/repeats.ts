import { batch, computed } from '@preact/signals';
import { below, pointerSteps } from '../../../json/json.ts';
import type { RecordContent, RepeatedMessage } from '../messages.ts';
import { valueAt } from '../edit.ts';
import { leavesOf } from '../differences.ts';
import { isOfReported } from './limitOf.ts';
import { inOneParagraph } from '../offsets.ts';
import { edit, isCited } from './editing.ts';
import { fieldOf, hiddenNames, titleOf } from './formFields.ts';
import { fieldAt } from './left.ts';
import { say } from './notice.ts';
import { lookedForRepeated } from './openRecords.ts';
import { withRepeated } from './setValue.ts';
import { offsets } from './sourceText.ts';
import { content, dialog, fields, inHand, repeated, selection, source, table } from './state.ts';

/**
 * The values that the other records of the source repeat and this one can adopt: in fields that are empty, or that a
 * copy has without evidence.
 */
export const offers = computed<readonly RepeatedMessage[]>(() => {
  const [of, now] = [table.value, content.value];
  if (of === undefined || now === undefined) return [];
  return repeated.value.filter(({ pointer, value, spans }) => {
    // the words must be in view
    if (spans.some((span) => span.source !== source.value?.id)) return false;
    const steps = pointerSteps(pointer) ?? [];
    const isKnown = fieldAt(fields.value, of.field, steps) !== undefined && !hiddenNames().includes(steps[0] ?? '');
    const own = valueAt(now.value, pointer);
    const isCopied = JSON.stringify(own) === JSON.stringify(value);
    const isLeft = spans.some(({ supports }) => supports.some((at) => !isCited(now, at)));
    if (isPartOfGrounded(pointer, now)) return false;
    return isKnown && (own === undefined || (isCopied && isLeft));
  });
});

/** Whether a field is a part of a value that the record has, and that says what it rests on: words of another one. */
function isPartOfGrounded(pointer: string, { value }: RecordContent): boolean {
  const above = (pointerSteps(pointer) ?? []).slice(0, -1);
  const around = fieldOf(above);
  const hasGrounds = around?.properties.some(({ field }) => fields.value[field]?.grounds !== undefined) === true;
  return hasGrounds && valueAt(value, above.reduce(below, '')) !== undefined;
}

/**
 * The offers that the record is likely to share: those of the source itself, such as its date, and of the paragraph
 * that the record is about. What is said elsewhere in the text can be of another speaker.
 */
export const likely = computed<readonly RepeatedMessage[]>(() => {
  const words = inHand.value ?? selection.value;
  const text = source.value?.text;
  const isOfSource = (offer: RepeatedMessage): boolean => offer.ofSource && !isOfEvent(offer);
  // without words, nothing tells what else the record is about than what a copy has already
  const isThere = ({ pointer }: RepeatedMessage): boolean => valueAt(content.value?.value ?? {}, pointer) !== undefined;
  if (text === undefined || words === undefined)
    return offers.value.filter((offer) => isOfSource(offer) || isThere(offer));
  const unitOf = (point: number): number => offsets.value.toUnit(point - (source.value?.first ?? 0));
  const isNear = (at: number): boolean => inOneParagraph(text, unitOf(at), unitOf(words.start));
  return offers.value.filter((offer) => isOfSource(offer) || offer.spans.every(({ start }) => isNear(start)));
});

/** Whether a value has the time of what was reported, such as of a statement: each has its own. */
function isOfEvent({ pointer, value }: RepeatedMessage): boolean {
  return leavesOf(value, pointer).some((at) => {
    const field = fieldOf(at);
    return field?.kind === 'date' && isOfReported(at, field);
  });
}

/** Shows what can be adopted, before anything is. */
export async function showOffers(): Promise<void> {
  await lookedForRepeated();
  if (offers.value.length === 0) say('Most records of this source share no value that cites the same words.');
  else dialog.value = 'repeats';
}

/** Fills in fields as the other records of the source have them, and cites the same words. */
export function takeOver(list: readonly RepeatedMessage[]): void {
  batch(() => {
    edit((before) => withRepeated(before, list));
    say(`Filled in and cited: ${list.map(({ pointer }) => titleOf(pointer)).join(', ')}. Ctrl+Z undoes it.`);
  });
}
