/** Something that can be chosen. */
export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly description?: string | undefined;
  /** Whether it matches any words, because it makes something new. Enter takes it only after an arrow key. */
  readonly isNew?: boolean;
}
