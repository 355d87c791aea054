/** A key and its action. Alt works while a field has the focus. */
export interface Key {
  /** The key as shown. */
  readonly shown: string;
  readonly label: string;
  readonly matches: (event: KeyboardEvent) => boolean;
  readonly run: () => void;
  /** Whether it works in a dialog too: it changes nothing in the record behind. */
  readonly inDialogs?: boolean;
  /** Only for datasets with sources, or only for those without; for all, if undefined. */
  readonly sources?: boolean;
  /** What has to be open. */
  readonly needs?: 'record' | 'source';
}

/** Keys for datasets with sources. */
export function ofSources(...keys: readonly Key[]): readonly Key[] {
  return keys.map((key) => ({ ...key, sources: true }));
}

/** A key that acts on what is open. */
export function needing(needs: 'record' | 'source', key: Key): Key {
  return { ...key, needs };
}

/** A key with Alt, by its position on the keyboard: with Alt, some systems produce other characters. */
export function alt(letter: string, label: string, run: () => void, shift = false): Key {
  const code = letter.length === 1 ? `Key${letter}` : letter;
  return {
    shown: `Alt+${shift ? 'Shift+' : ''}${letter}`,
    label,
    run,
    matches: (event) =>
      event.altKey && !event.ctrlKey && !event.metaKey && event.shiftKey === shift && event.code === code,
  };
}

/** A key with Alt that opens a dialog: also from another one. */
export function opens(letter: string, label: string, run: () => void): Key {
  return { ...alt(letter, label, run), inDialogs: true };
}

/** A key with Ctrl, or with Cmd on a Mac. */
export function control(letter: string, label: string, run: () => void, shift = false): Key {
  return {
    shown: `Ctrl+${shift ? 'Shift+' : ''}${letter}`,
    label,
    run,
    matches: (event) =>
      (event.ctrlKey || event.metaKey) &&
      !event.altKey &&
      event.shiftKey === shift &&
      event.key.toUpperCase() === letter.toUpperCase(),
  };
}
