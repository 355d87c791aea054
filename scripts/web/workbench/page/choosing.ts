import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Choice } from './choice.ts';
import { type Find, firstMatch, useSearch } from './choiceSearch.ts';
import { say } from './notice.ts';
import { doByDefault } from './pressKey.ts';
import { goingOn, holdFirst, isCommandKey } from './typedAhead.ts';

export interface ComboboxProps {
  readonly id?: string;
  readonly label: string;
  /** The chosen value, as shown. */
  readonly shown: string;
  /** The choices that match the words; `later` gets them again if there are more. */
  readonly find: Find;
  readonly choose: (value: string) => void;
  /** Called if the typed text is none of the choices. */
  readonly write?: (words: string) => void;
  readonly describedBy?: string;
  readonly isInvalid?: boolean;
  readonly isRequired?: boolean;
  readonly placeholder?: string;
  /** All of a value that the field may cut off. */
  readonly tooltip?: string | undefined;
  /** What to say if no choice matches the typed text, not even a similar one. */
  readonly unmatched?: string;
  /** Whether the value is none of the choices: then the list opens with those that match it. */
  readonly isNoChoice?: boolean;
  /** Whether a choice makes a new record: Shift+Enter takes it. */
  readonly creates?: boolean;
  /** Whether the list opens before anything is typed. */
  readonly opensAtOnce?: boolean;
}

/** The text typed into a combobox, and the choices that match it. */
interface Choosing {
  /** Undefined while the list is closed. */
  readonly words: string | undefined;
  readonly choices: readonly Choice[];
  /** Whether the whole list has been searched, and nothing matches. */
  readonly isUnknown: boolean;
  /** Index of the choice that Enter takes; -1 if it takes none. */
  readonly active: number;
  readonly update: (words: string) => void;
  /** Shows all choices, or those that match a value that is none. The text stays until one is taken. */
  readonly openList: () => void;
  readonly take: (choice: Choice) => void;
  /** Accepts the typed text when the field loses the focus. */
  readonly leave: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

/** What goes on in a combobox between two drawings. */
interface Typing {
  /** A choice can move the focus before the typed text is cleared: it must not be made twice. */
  isTyped: boolean;
  /** Whether Enter was pressed before the choices came. */
  isAwaited: boolean;
  /** Whether the field was left since. */
  isLeft: boolean;
}

function useTyping(): Typing {
  const typing = useRef<Typing>({ isTyped: false, isAwaited: false, isLeft: false });
  // a browser reports that a field loses the focus when it is removed: the page shows another record by then
  useLayoutEffect(() => () => void Object.assign(typing.current, { isTyped: false, isAwaited: false }), []);
  return typing.current;
}

/** The state of a combobox. */
export function useChoosing(props: ComboboxProps): Choosing {
  const { shown, find, choose, isNoChoice = false } = props;
  const { choices, active, search, pending, stop, step, goTo } = useSearch(find);
  const [words, setWords] = useState<string | undefined>(undefined);
  const typing = useTyping();
  const update = (next: string, sought = next): void => {
    Object.assign(typing, { isTyped: true, isAwaited: false });
    setWords(next);
    search(sought);
  };
  const openList = (): void => update(shown, isNoChoice ? shown : '');
  const close = (): void => {
    Object.assign(typing, { isTyped: false, isAwaited: false });
    setWords(undefined);
    stop();
  };
  const take = (choice: Choice): void => {
    close();
    choose(choice.value);
  };
  const takeTyped = (found: readonly Choice[]): void => {
    if (words === undefined || !typing.isTyped) return;
    close();
    accept(words, found, props);
  };
  const leave = (): void => {
    if (typing.isAwaited) typing.isLeft = true;
    else takeTyped(choices);
  };
  const enter = (): void => {
    const [coming, choice, isTyped] = [pending(), choices[active], words !== shown];
    // choices for fewer letters may not match; the next keys are meant for what the choice leads to
    if (coming !== undefined) void goingOn(() => takeFirst(coming, typing, { take, takeTyped, isTyped, step }));
    else if (choice !== undefined) take(choice);
    else if (!isTyped && choices.length > 0) goToUncertain(step);
  };
  const create = (): void => {
    const coming = pending();
    if (coming === undefined) takeNew(choices, { take, goTo }, choices[active]);
    else void goingOn(async () => takeNew(await coming, { take, goTo }));
  };
  const complete = (event: KeyboardEvent): void => {
    if (words !== undefined && words.trim() !== '' && typing.isTyped)
      completeAndGoOn(event, words.trim(), { choices, active, coming: pending(), take });
  };
  const isUnknown = words !== undefined && words !== shown && firstMatch(choices) < 0 && pending() === undefined;
  const steps = { openList, step, enter, create, close, complete };
  const onKeyDown = (event: KeyboardEvent): void => chooseByKey(event, stateOf(props, words), steps);
  return { words, choices, isUnknown, active, update, openList, take, leave, onKeyDown };
}

interface Takers {
  readonly take: (choice: Choice) => void;
  /** Takes the typed text, as when the field is left. */
  readonly takeTyped: (choices: readonly Choice[]) => void;
  readonly isTyped: boolean;
  readonly step: (by: 1) => void;
}

interface Going {
  readonly take: (choice: Choice) => void;
  readonly goTo: (index: number) => void;
}

/** Takes the choice that makes something new, if it is active or has the key; else goes to the first one. */
function takeNew(found: readonly Choice[], { take, goTo }: Going, active?: Choice): boolean {
  const all = found.filter(({ isNew }) => isNew === true);
  const isActive = active?.isNew === true && active.isRepeated !== true;
  const first = (isActive ? active : undefined) ?? all.find(({ key }) => key !== undefined) ?? all[0];
  if (first === undefined) return false;
  const isCertain = isActive || (first.key !== undefined && first.isRepeated !== true);
  if (isCertain) take(first);
  else goTo(found.findIndex((choice) => choice === first));
  return isCertain;
}

/**
 * Takes the first match; with nothing typed, goes to the first choice if none is meant. Returns false if there is none:
 * then the next keys were meant for something else.
 */
async function takeFirst(
  coming: Promise<readonly Choice[]>,
  typing: Typing,
  { take, takeTyped, isTyped, step }: Takers,
): Promise<boolean> {
  Object.assign(typing, { isAwaited: true, isLeft: false });
  const found = await coming;
  const first = found[firstMatch(found)];
  if (!typing.isAwaited) return false;
  typing.isAwaited = false;
  const isStep = first === undefined && !isTyped && !typing.isLeft && found.length > 0;
  if (first !== undefined) take(first);
  else if (typing.isLeft) takeTyped(found);
  else if (isStep) goToUncertain(step);
  return first !== undefined || isStep;
}

/** Goes to the first choice of those that only may be meant: a second Enter takes it. */
function goToUncertain(step: (by: 1) => void): void {
  step(1);
  say('Nothing is chosen yet: press Enter again to take what is highlighted.');
}

function isUndo({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): boolean {
  return (ctrlKey || metaKey) && !altKey && !shiftKey && key.toLowerCase() === 'z';
}

/** Whether a key is that of a command about the record. In a dialog, any text can be an answer. */
function isCommandOfForm(event: KeyboardEvent): boolean {
  const isInDialog = event.target instanceof Element && event.target.closest('dialog') !== null;
  return !isInDialog && !event.isComposing && isCommandKey(event) && !isRedo(event);
}

function isRedo({ key, ctrlKey, metaKey, shiftKey }: KeyboardEvent): boolean {
  return (ctrlKey || metaKey) && (key.toLowerCase() === 'y' || (shiftKey && key.toLowerCase() === 'z'));
}

interface Completing {
  readonly choices: readonly Choice[];
  readonly active: number;
  /** The choices if they have not arrived yet. */
  readonly coming: Promise<readonly Choice[]> | undefined;
  readonly take: (choice: Choice) => void;
}

/** Takes the choice that the typed text means. The key has its effect after that, once the choices are known. */
function completeAndGoOn(event: KeyboardEvent, words: string, { choices, active, coming, take }: Completing): void {
  const isTab = event.key === 'Tab';
  if (coming === undefined) {
    const match = meant(words, choices, choices[active]);
    if (match === undefined) return;
    take(match);
    if (isTab) return;
    // the command waits for what the choice brings
    event.preventDefault();
    event.stopPropagation();
    return void goingOn(() => Promise.resolve(holdFirst(event)));
  }
  event.preventDefault();
  event.stopPropagation();
  const field = event.currentTarget;
  void goingOn(async () => {
    const found = await coming;
    const match = meant(words, found, found[firstMatch(found)]);
    if (match !== undefined) take(match);
    if (!isTab) holdFirst(event);
    else if (field instanceof Element) doByDefault(field, event);
  });
}

/** The choice that a text means: the only match, or the active one if the text begins its name. */
function meant(words: string, choices: readonly Choice[], active: Choice | undefined): Choice | undefined {
  const matches = choices.filter(({ isNew, isGuess }) => isNew !== true && isGuess !== true);
  const [only, other] = matches;
  // of two codes that begin so, none is meant; a list of records has one that makes another
  const isCode = choices.every(({ isNew }) => isNew !== true);
  if (isCode && matches.filter((each) => startsWith(each, words)).length > 1) return undefined;
  const chosen = other === undefined ? only : active;
  if (chosen === undefined || chosen.isNew === true) return undefined;
  return other === undefined || (words.length > 1 && beginsWordOf(chosen, words)) ? chosen : undefined;
}

function startsWith({ label, value }: Choice, words: string): boolean {
  return [label, value].some((each) => each.toLowerCase().startsWith(words.toLowerCase()));
}

/** Whether a word of the names of a choice begins with a text. */
function beginsWordOf({ label, value, names = [] }: Choice, words: string): boolean {
  const sought = words.toLowerCase();
  return [label, value, ...names].some((name) => {
    const parts = name.toLowerCase().matchAll(/(?<![\p{L}\p{N}])[\p{L}\p{N}]/gu);
    return [...parts].some(({ index }) => name.toLowerCase().startsWith(sought, index));
  });
}

/** Accepts the typed text, unless the field already had it. Spaces around it count only if a choice has them. */
function accept(typed: string, choices: readonly Choice[], { shown, choose, write }: ComboboxProps): void {
  const words = typed.trim();
  // a space alone is a slip: it replaces no value
  if (typed === shown || words === shown.trim() || (words === '' && typed !== '')) return;
  const isCalled = (name: string): Choice | undefined =>
    choices.find(({ value, label }) => [value, label].includes(name)) ??
    choices.find(({ names = [] }) => names.some((each) => each.toLowerCase() === name.toLowerCase()));
  // half of a code that can be no other one; a name can be that of a new record, and other lists wait for a choice
  const codes = write === undefined || choices.some(({ isNew }) => isNew === true) ? [] : choices;
  const halves = codes.filter((choice) => beginsWordOf(choice, words));
  const begins = (text: string): boolean => text.toLowerCase().startsWith(words.toLowerCase());
  const begun = halves.filter(({ value }) => begins(value));
  // what a short code such as `PL` means is its name
  const named = codes.filter(({ label, description }) => label.length < words.length && begins(description ?? ''));
  const meantOne = [begun, halves, named].find((each) => each.length === 1)?.[0];
  const chosen = isCalled(typed) ?? isCalled(words) ?? meantOne;
  if (chosen !== undefined) choose(chosen.value);
  else write?.(words);
}

interface ListState {
  readonly isOpen: boolean;
  /** Whether text was typed that the record does not have yet. */
  readonly isTyped: boolean;
  /** Whether the field is empty, or its value is none of the choices. */
  readonly hasNone: boolean;
  readonly creates: boolean;
  /** Whether text that is no choice stays. Other lists wait for a choice. */
  readonly keepsText: boolean;
}

function stateOf(
  { shown, isNoChoice = false, creates = false, write }: ComboboxProps,
  words: string | undefined,
): ListState {
  const isOpen = words !== undefined;
  return {
    isOpen,
    isTyped: isOpen && (words !== shown || isNoChoice),
    hasNone: isNoChoice || shown === '',
    creates,
    keepsText: write !== undefined,
  };
}

/** What keys do in a combobox. */
interface Steps {
  readonly openList: () => void;
  /** Goes to the next or previous choice when the choices have arrived. */
  readonly step: (by: 1 | -1) => void;
  /** Accepts the active choice; if the choices have not arrived yet, the first of them when they do. */
  readonly enter: () => void;
  /** Makes the record that the last choice makes, or goes to it if there are several, or such a record exists. */
  readonly create: () => void;
  readonly close: () => void;
  /** Accepts the choice that the typed text means, before a key goes on from there. */
  readonly complete: (event: KeyboardEvent) => void;
}

/** Arrow keys move through the list, Enter accepts a choice, Escape and undo drop the typed text. */
function chooseByKey(event: KeyboardEvent, state: ListState, steps: Steps): void {
  const { isOpen, isTyped, hasNone, creates, keepsText } = state;
  const { openList, step, enter, create, close, complete } = steps;
  // the record does not have the typed text yet: the undo of the page would undo something else
  if (isTyped && isUndo(event)) {
    event.preventDefault();
    event.stopPropagation();
    return close();
  }
  if (isTyped && keepsText && isCommandOfForm(event)) return complete(event);
  // Enter and the arrow keys of an input method choose nothing
  if (event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return;
  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    event.preventDefault();
    if (!isOpen) return openList();
    return step(event.key === 'ArrowDown' ? 1 : -1);
  }
  if (event.key === 'Tab' && isTyped && !event.shiftKey) return complete(event);
  const isCreating = creates && event.shiftKey;
  if (event.key === 'Enter' && (isOpen || (hasNone && isCreating))) {
    event.preventDefault();
    if (!isOpen) openList();
    return isCreating ? create() : enter();
  }
  // a dialog around the list closes too
  if (event.key === 'Escape' && isOpen) close();
}
