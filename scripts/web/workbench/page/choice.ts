/** Something that can be chosen. */
export interface Choice {
  readonly value: string;
  readonly label: string;
  /** The table of the record that it is, if it is one. */
  readonly table?: string;
  readonly description?: string | undefined;
  /** Other names, by which it is found. */
  readonly names?: readonly string[] | undefined;
  /** Whether it is a draft, which has to be saved before a record can refer to it. */
  readonly isDraft?: boolean;
  /** Whether it matches any words, because it makes something new. Enter takes it only after an arrow key. */
  readonly isNew?: boolean;
  /** Whether it is only similar to the words: taken after an arrow key, as what is new. */
  readonly isGuess?: boolean;
  /** Whether it is listed although nothing says that it is meant: taken after an arrow key too. */
  readonly isOther?: boolean;
  /** The key that takes it from anywhere in the list. */
  readonly key?: string;
  /** Whether it makes something that there is already: ↓ passes over it. */
  readonly isRepeated?: boolean;
}
