import { useRef, useState } from 'preact/hooks';
import type { Choice } from './choice.ts';
import { goingOn } from './typedAhead.ts';

/** Finds the choices that match the words; `later` gets them again if there are more. */
export type Find = (
  words: string,
  later: (choices: readonly Choice[]) => void,
) => readonly Choice[] | Promise<readonly Choice[]>;

/** The index of the choice that is meant without an arrow key: the first, unless it is new or only may be meant. */
export function firstMatch([first]: readonly Choice[]): number {
  return first === undefined || [first.isNew, first.isGuess, first.isOther].includes(true) ? -1 : 0;
}

/** The index of a choice, so that it stays active among others; that of the first match if it is gone. */
function indexAmong(choices: readonly Choice[], choice: Choice | undefined): number {
  const at = choices.findIndex(({ value }) => value === choice?.value);
  return at < 0 ? firstMatch(choices) : at;
}

/** The index of the next or previous choice, around the ends. ↓ passes over those that repeat another one. */
function stepIn(choices: readonly Choice[], at: number, by: 1 | -1): number {
  const { length } = choices;
  const all = choices.map((_, i) => (at < 0 ? (by > 0 ? i : length - 1 - i) : (at + by * (i + 1) + length) % length));
  return all.find((i) => by < 0 || choices[i]?.isRepeated !== true) ?? -1;
}

/** The same, but the first ↓ stays at the only match: nobody who means that should make a new record. */
function stepped(choices: readonly Choice[], at: number, by: 1 | -1, isFirst: boolean): number {
  const next = stepIn(choices, at, by);
  const isAtMatch = at >= 0 && choices[at]?.isNew !== true;
  return isFirst && by > 0 && isAtMatch && choices[next]?.isNew === true ? at : next;
}

/** Searches for choices. Only the answer to the latest search is used. */
export function useSearch(find: Find) {
  const [choices, setChoices] = useState<readonly Choice[]>([]);
  const [active, setActive] = useState(-1);
  const asked = useRef(0);
  // the search whose choices are shown
  const answered = useRef(0);
  const latest = useRef<Promise<readonly Choice[]>>(Promise.resolve([]));
  const listed = useRef<readonly Choice[]>([]);
  const hasStepped = useRef(false);
  const show = (found: readonly Choice[]): void => {
    listed.current = found;
    setChoices(found);
  };
  const look = async (words: string): Promise<readonly Choice[]> => {
    const number = ++asked.current;
    const found = await find(words, (all) => {
      if (number !== asked.current) return;
      const before = listed.current;
      setActive((at) => indexAmong(all, before[at]));
      show(all);
    });
    if (number !== asked.current) return [];
    answered.current = number;
    setActive(firstMatch(found));
    show(found);
    return found;
  };
  /** The choices that the latest search has not returned yet; undefined if it has. */
  const pending = () => (answered.current === asked.current ? undefined : latest.current);
  return {
    choices,
    active,
    pending,
    search: (words: string): void => {
      // a list that an arrow key has opened goes on with the next one
      hasStepped.current = words === '';
      latest.current = look(words);
    },
    step: (by: 1 | -1): void => {
      const isFirst = !hasStepped.current;
      hasStepped.current = true;
      const move = (list: readonly Choice[]): void => setActive((at) => stepped(list, at, by, isFirst));
      const coming = pending();
      if (coming === undefined) move(listed.current);
      else void goingOn(async () => move(await coming));
    },
    goTo: setActive,
    stop: (): void => {
      answered.current = ++asked.current;
      show([]);
    },
  };
}
