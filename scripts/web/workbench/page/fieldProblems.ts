import { computed } from '@preact/signals';
import type { ProblemMessage } from '../messages.ts';
import { valueAt } from '../edit.ts';
import { checked, content, waiting } from './state.ts';

/** Elements that were added and not filled in: they are empty rather than wrong. */
export const blanks = computed<ReadonlySet<string>>(() => {
  const now = content.value?.value;
  const pointers = (checked.value?.problems ?? []).map(({ pointer }) => pointer);
  return new Set(now === undefined ? [] : pointers.filter((pointer) => valueAt(now, pointer) === ''));
});

/** Whether a problem says only that a member is missing: the empty field says that already. */
export function isMissingNote(message: string): boolean {
  return (checked.value?.missing ?? []).some((pointer) =>
    message.includes(JSON.stringify(pointer.slice(pointer.lastIndexOf('/') + 1))),
  );
}

/** Whether a problem goes away with the save: the record that a field refers to waits for this one, and goes first. */
export function isSavedWith({ actions }: ProblemMessage): boolean {
  return actions.some(
    (action) =>
      action.kind === 'draft' &&
      waiting.value.some(
        ({ open: { record } }) => record.table === action.table && record.draftName === action.draftName,
      ),
  );
}

/** The problems of a field. */
export function problemsAt(pointer: string): readonly ProblemMessage[] {
  if (blanks.value.has(pointer)) return [];
  return (checked.value?.problems ?? []).filter(
    (problem) => problem.pointer === pointer && problem.rule !== 'evidence-missing' && !isMissingNote(problem.message),
  );
}

export function idOf(pointer: string): string {
  return `field${pointer}`;
}
