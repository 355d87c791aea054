import type { Words } from './state.ts';

/** Whether two are the same words of a source. */
export function isSameWords(one: Words | undefined, other: Words | undefined): boolean {
  return one?.source === other?.source && one?.start === other?.start && one?.end === other?.end;
}
