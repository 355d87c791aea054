import type { ProblemMessage } from '../messages.ts';
import { checked } from './state.ts';

/** Whether a problem says only that a member is missing: the empty field says that already. */
export function isMissingNote(message: string): boolean {
  return (checked.value?.missing ?? []).some((pointer) =>
    message.includes(JSON.stringify(pointer.slice(pointer.lastIndexOf('/') + 1))),
  );
}

export function problemsAt(pointer: string): readonly ProblemMessage[] {
  return (checked.value?.problems ?? []).filter(
    (problem) => problem.pointer === pointer && problem.rule !== 'evidence-missing' && !isMissingNote(problem.message),
  );
}

export function idOf(pointer: string): string {
  return `field${pointer}`;
}
