import type { Json } from '../../../json/json.ts';
import type { RecordContent, RecordMessage } from '../messages.ts';
import { checkSoon } from './checking.ts';
import { citing, removeAt, setAt } from './edit.ts';
import { needsEvidence } from './formFields.ts';
import { redone, stepped, undone } from './history.ts';
import { keepSoon } from './keeping.ts';
import { spansOfField } from './left.ts';
import { conflict, pinned, open } from './state.ts';

function changed(): void {
  checkSoon();
  keepSoon();
}

/** Changes the record in one step of its history; steps of one name in a row are one. */
export function edit(change: (before: RecordContent) => RecordContent, name?: string): void {
  const now = open.value;
  if (now === undefined) return;
  const next = change(now.history.now);
  if (next === now.history.now) return;
  open.value = { ...now, history: stepped(now.history, next, name) };
  changed();
}

export function undo(): void {
  const now = open.value;
  if (now === undefined) return;
  open.value = { ...now, history: undone(now.history) };
  changed();
}

export function redo(): void {
  const now = open.value;
  if (now === undefined) return;
  open.value = { ...now, history: redone(now.history) };
  changed();
}

/** Sets a field; undefined takes it out. Words in hand become its evidence. */
export function setField(pointer: string, value: Json | undefined): void {
  edit((before) => {
    if (value === undefined) return removeAt(before, pointer, isKept);
    const after = setAt(before, pointer, value);
    const words = pinned.value;
    return words !== undefined && needsEvidence(pointer) && !isCited(after, pointer)
      ? citing(after, words, [pointer])
      : after;
  }, pointer);
}

/** Whether what is empty stays: an object or list that the schema requires is shown anyway, and is missed where absent. */
function isKept(): boolean {
  return false;
}

/** Whether words support a field, or what it is in. */
export function isCited(of: Pick<RecordContent, 'spans'>, pointer: string): boolean {
  const { own, above } = spansOfField(of, pointer);
  return own.length + above.length > 0;
}

/** Goes on from what is on the disk now, with another content. */
export function rebase(onto: RecordMessage, next: RecordContent): void {
  const now = open.value;
  if (now === undefined) return;
  // the indices of spans are those of the file as it was: nothing may be taken for one of its own
  const spans = next.spans.map((span) => ({ ...span, origin: undefined }));
  open.value = { record: onto, history: stepped(now.history, { ...next, spans }) };
  conflict.value = undefined;
  changed();
}
