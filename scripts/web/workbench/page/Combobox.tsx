import { useEffect, useId, useLayoutEffect, useRef } from 'preact/hooks';
import type { Choice } from './choice.ts';
import { type ComboboxProps, useChoosing } from './choosing.ts';
import { placeList } from './placeList.ts';

/** A text field with a list that follows the typed text (WAI-ARIA combobox). */
export function Combobox(props: ComboboxProps) {
  const { id, label, shown, describedBy, isInvalid, isRequired, placeholder } = props;
  const list = useId();
  const { words, choices, isUnknown, active, update, openList, take, leave, onKeyDown } = useChoosing(props);
  const isOpen = words !== undefined;
  const isListed = isOpen && choices.length > 0;
  const option = `${list}-${active}`;
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (isListed && box.current !== null) placeList(box.current);
  }, [isListed, choices]);
  // before the first key press, whose text it would replace
  useLayoutEffect(() => {
    if (props.opensAtOnce === true) openList();
  }, []);
  // what is typed after a choice replaces it
  useLayoutEffect(() => {
    const input = box.current?.querySelector('input');
    if (!isOpen && input === document.activeElement) input?.select();
  }, [isOpen]);
  useEffect(() => {
    if (isOpen) document.getElementById(option)?.scrollIntoView({ block: 'nearest' });
  }, [option, isOpen]);
  return (
    <div class="combobox" ref={box}>
      <input
        id={id}
        type="text"
        role="combobox"
        aria-label={label}
        aria-expanded={isListed}
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={isListed && active >= 0 ? option : undefined}
        aria-describedby={describedBy}
        aria-invalid={isInvalid}
        aria-required={isRequired}
        autocomplete="off"
        spellcheck={false}
        placeholder={placeholder}
        title={isOpen ? undefined : props.tooltip}
        value={words ?? shown}
        onInput={(event) => update(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        onBlur={leave}
        // the form can move when the field before it loses the focus: the click might end elsewhere
        onMouseDown={(event) => {
          if (isOpen || event.button !== 0) return;
          event.preventDefault();
          event.currentTarget.focus();
          event.currentTarget.select();
          openList();
        }}
        onClick={() => {
          if (!isOpen) openList();
        }}
      />
      {/* before the list, which would cover it */}
      <p class="no-choice" role="status">
        {isUnknown && words !== '' ? unmatchedText(choices, props) : ''}
      </p>
      <ul id={list} role="listbox" aria-label={label} hidden={!isListed}>
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
            {choice.key === undefined ? null : <kbd>{choice.key}</kbd>}
            <Note {...choice} />
            {choice.description === undefined ? null : <span>{choice.description}</span>}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** What to say if no choice is certain. */
function unmatchedText(choices: readonly Choice[], { unmatched }: ComboboxProps): string {
  if (choices.some(({ isGuess }) => isGuess === true)) return 'Only similar ones: ↓ goes to them.';
  return unmatched ?? 'No choice has these words. Delete some to see more.';
}

/** What to know of a choice before it is taken. */
function Note({ isGuess = false, isDraft = false }: Choice) {
  const words = isGuess ? 'similar' : isDraft ? 'draft: save it first' : '';
  return words === '' ? null : <em>{words}</em>;
}
