import type { PartChecker } from '../../scripts/verbs/threads/checkPart.ts';
import type { PartFindings, Pool } from '../../scripts/verbs/threads/pool.ts';

/** Threads that work at once in this thread, except for tasks that they leave. */
export function poolHere({ know, check }: PartChecker, isTaken: (task: number) => boolean): Pool {
  const answers = new Map<number, PartFindings | undefined>();
  return {
    know,
    begin(task) {
      if (!isTaken(task.number)) return false;
      answers.set(task.number, check(task));
      return true;
    },
    wait(number) {
      return answers.get(number);
    },
    end: () => {},
  };
}
