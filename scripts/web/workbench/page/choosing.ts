import { useRef, useState } from 'preact/hooks';

/** Something that can be chosen. */
export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly description?: string | undefined;
}

export interface ComboboxProps {
  readonly id?: string;
  readonly label: string;
  /** What is chosen, as it is shown. */
  readonly shown: string;
  /** The choices that fit the words. */
  readonly find: (words: string) => readonly Choice[] | Promise<readonly Choice[]>;
  readonly choose: (value: string) => void;
  /** Called if the typed text is none of the choices. */
  readonly write?: (words: string) => void;
  readonly describedBy?: string;
  readonly isInvalid?: boolean;
  readonly isRequired?: boolean;
  readonly placeholder?: string;
  /** Whether the list is shown before anything is typed. */
  readonly opensAtOnce?: boolean;
}

/** What is typed into a combobox, and the choices that fit it. */
interface Choosing {
  /** Undefined while the list is closed. */
  readonly words: string | undefined;
  readonly choices: readonly Choice[];
  /** Index of the choice that Enter takes. */
  readonly active: number;
  readonly update: (words: string) => void;
  /** Shows all choices. The text stays: whoever only looks at the list and leaves has changed nothing. */
  readonly openList: () => void;
  readonly take: (choice: Choice) => void;
  /** Accepts the active choice; if the choices have not arrived yet, the first of them when they do. */
  readonly enter: () => void;
  /** Accepts the typed text when the field loses the focus. */
  readonly leave: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

/** The state of a combobox. Only the answer to the latest search is used. */
export function useChoosing(props: ComboboxProps): Choosing {
  const { shown, find, choose } = props;
  const [words, setWords] = useState<string | undefined>(undefined);
  const [choices, setChoices] = useState<readonly Choice[]>([]);
  const [active, setActive] = useState(0);
  const asked = useRef(0);
  // the search whose choices are shown, and whether Enter was pressed before they came
  const answered = useRef(0);
  const isAwaited = useRef(false);
  // a choice can move the focus before the typed text is cleared: do not make it twice
  const isTyping = useRef(false);
  const update = (next: string, sought = next): void => {
    isTyping.current = true;
    isAwaited.current = false;
    setWords(next);
    setActive(0);
    const number = ++asked.current;
    void (async () => {
      const found = await find(sought);
      if (number !== asked.current) return;
      answered.current = number;
      setChoices(found);
      if (isAwaited.current && found[0] !== undefined) take(found[0]);
    })();
  };
  const openList = (): void => update(shown, '');
  const close = (): void => {
    isTyping.current = false;
    isAwaited.current = false;
    answered.current = ++asked.current;
    setWords(undefined);
    setChoices([]);
  };
  const take = (choice: Choice): void => {
    close();
    choose(choice.value);
  };
  const leave = (): void => {
    if (words === undefined || !isTyping.current || isAwaited.current) return;
    close();
    accept(words.trim(), choices, props);
  };
  // choices for fewer letters may not match
  const enter = (): void => {
    const choice = choices[active];
    if (answered.current !== asked.current) isAwaited.current = true;
    else if (choice !== undefined) take(choice);
  };
  const known = { words, choices, active, update, openList, take, enter, leave };
  return { ...known, onKeyDown: (event) => chooseByKey(event, known, { close, setActive }) };
}

/** Accepts a text that was typed, unless it is what the field had before. */
function accept(words: string, choices: readonly Choice[], { shown, choose, write }: ComboboxProps): void {
  if (words === shown.trim()) return;
  const exact = choices.find(({ value, label }) => [value, label].includes(words));
  if (exact !== undefined) choose(exact.value);
  else write?.(words);
}

interface Setters {
  readonly close: () => void;
  readonly setActive: (active: number) => void;
}

/** Arrow keys move through the list, Enter accepts a choice, Escape closes the list. */
function chooseByKey(
  event: KeyboardEvent,
  { words, choices, active, openList, enter }: Omit<Choosing, 'onKeyDown'>,
  { close, setActive }: Setters,
): void {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const isOpen = words !== undefined;
  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    event.preventDefault();
    if (!isOpen) return openList();
    const step = event.key === 'ArrowDown' ? 1 : -1;
    return setActive((active + step + choices.length) % Math.max(1, choices.length));
  }
  if (event.key === 'Enter' && isOpen) {
    event.preventDefault();
    return enter();
  }
  if (event.key === 'Escape' && isOpen) {
    event.stopPropagation();
    close();
  }
}
