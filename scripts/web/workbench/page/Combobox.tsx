import { useEffect, useId, useRef, useState } from 'preact/hooks';

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
  /** What is called when the words are none of the choices. */
  readonly write?: (words: string) => void;
  readonly describedBy?: string;
  readonly isInvalid?: boolean;
  readonly isRequired?: boolean;
  readonly placeholder?: string;
  /** Whether the list is shown before anything is typed. */
  readonly opensAtOnce?: boolean;
}

/** A text field with a list that follows what is typed (WAI-ARIA combobox). */
export function Combobox(props: ComboboxProps) {
  const { id, label, shown, find, choose, write, describedBy, isInvalid, isRequired, placeholder, opensAtOnce } = props;
  const [words, setWords] = useState<string | undefined>(undefined);
  const [choices, setChoices] = useState<readonly Choice[]>([]);
  const [active, setActive] = useState(0);
  const list = useId();
  const asked = useRef(0);
  const isOpen = words !== undefined;
  // a choice can take the focus away before the words are gone: it must not be made twice
  const isTyping = useRef(false);
  const update = (next: string): void => {
    isTyping.current = true;
    setWords(next);
    setActive(0);
    const number = ++asked.current;
    void (async () => {
      const found = await find(next);
      if (number === asked.current) setChoices(found);
    })();
  };
  const close = (): void => {
    isTyping.current = false;
    asked.current++;
    setWords(undefined);
    setChoices([]);
  };
  const take = (choice: Choice): void => {
    close();
    choose(choice.value);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!isOpen) return update('');
      const step = event.key === 'ArrowDown' ? 1 : -1;
      return setActive((active + step + choices.length) % Math.max(1, choices.length));
    }
    if (event.key === 'Enter' && isOpen) {
      event.preventDefault();
      const choice = choices[active];
      return choice === undefined ? undefined : take(choice);
    }
    if (event.key === 'Escape' && isOpen) {
      event.stopPropagation();
      close();
    }
  };
  const leave = (): void => {
    if (words === undefined || !isTyping.current) return;
    const exact = choices.find((choice) => [choice.value, choice.label].includes(words.trim()));
    close();
    if (exact !== undefined) choose(exact.value);
    else if (write !== undefined && words.trim() !== shown) write(words.trim());
  };
  useEffect(() => {
    if (opensAtOnce === true) update('');
  }, []);
  const option = `${list}-${active}`;
  useEffect(() => {
    if (isOpen) document.getElementById(option)?.scrollIntoView({ block: 'nearest' });
  }, [option, isOpen]);
  return (
    <div class="combobox">
      <input
        id={id}
        type="text"
        role="combobox"
        aria-label={label}
        aria-expanded={isOpen && choices.length > 0}
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={isOpen && choices.length > 0 ? option : undefined}
        aria-describedby={describedBy}
        aria-invalid={isInvalid}
        aria-required={isRequired}
        autocomplete="off"
        spellcheck={false}
        placeholder={placeholder}
        value={words ?? shown}
        onInput={(event) => update(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        onBlur={leave}
        onClick={(event) => {
          event.currentTarget.select();
          if (!isOpen) update('');
        }}
      />
      <ul id={list} role="listbox" aria-label={label} hidden={!isOpen || choices.length === 0}>
        {choices.map((choice, i) => (
          <li
            key={choice.value}
            id={`${list}-${i}`}
            role="option"
            aria-selected={i === active}
            // the field must not lose the focus first
            onMouseDown={(event) => {
              event.preventDefault();
              take(choice);
            }}
          >
            <b>{choice.label}</b>
            {choice.description === undefined ? null : <span>{choice.description}</span>}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The choices whose name, or else whose description, holds the words; those that begin with them first. */
export function fitting(choices: readonly Choice[], words: string): readonly Choice[] {
  const wanted = words.toLowerCase().trim();
  const rank = ({ label, description = '' }: Choice): number => {
    const name = label.toLowerCase();
    if (name.startsWith(wanted)) return 0;
    if (name.includes(wanted)) return 1;
    return description.toLowerCase().includes(wanted) ? 2 : 3;
  };
  return choices.filter((choice) => rank(choice) < 3).toSorted((a, b) => rank(a) - rank(b));
}
