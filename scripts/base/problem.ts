import { type Sentence, worded } from './sentence.ts';
import { compareText } from './text.ts';

/** The checks that a record or a release can fail. Each has a file in scripts/validate/rules. */
export type Rule =
  | 'file'
  | 'size'
  | 'depth'
  | 'encoding'
  | 'json'
  | 'duplicate-key'
  | 'number'
  | 'key'
  | 'canonical-form'
  | 'type'
  | 'required'
  | 'unknown-key'
  | 'enum'
  | 'pattern'
  | 'format'
  | 'length'
  | 'range'
  | 'unique-items'
  | 'alternatives'
  | 'excluded'
  | 'contains'
  | 'complexity'
  | 'schema-link'
  | 'at-most'
  | 'file-name'
  | 'unique-id'
  | 'reference'
  | 'withdrawal'
  | 'check'
  | 'version'
  | 'span-incomplete'
  | 'span-range'
  | 'span-digest'
  | 'span-words'
  | 'span-supports'
  | 'duplicate-span'
  | 'evidence-missing'
  | 'verbatim'
  | 'own-words'
  | 'quoted'
  | 'fewest'
  | 'duplicate'
  | 'document'
  | 'release';

/** A command that helps: its verb and arguments, with the words around it. `…` marks what only the user knows. */
export interface CommandHint {
  readonly verb: string;
  readonly arguments: readonly string[];
  readonly before?: string;
  readonly after?: string;
}

/** What to do: a sentence, or something worded where it is shown (a command, or a sentence that names options). */
export type Hint = string | CommandHint | Sentence;

/** An error fails a run. A warning does so only in strict mode. */
export type Severity = 'error' | 'warning';

/** A fault in a record, found by a check; `pointer` is the JSON Pointer (RFC 6901) of what is at fault. */
export interface Fault {
  readonly rule: Rule;
  readonly message: string;
  readonly pointer: string;
  /** Whether the fault is in the member's key rather than in its value. */
  readonly atKey?: boolean;
  /** What to do, if it is known. */
  readonly hint?: Hint | undefined;
  /** By default that of its rule. */
  readonly severity?: Severity;
  /** The key that the object at `pointer` must have and lacks. */
  readonly missing?: string;
  /** JSON Pointer of where the fault is shown, if not at `pointer`: the value that requires what is missing. */
  readonly shownAt?: string;
  /** The key that was meant by one that the schema does not know. */
  readonly meant?: string;
  /** Offset in UTF-16 units, for a fault without a pointer. */
  readonly offset?: number;
}

/** A fault with its place. Lines and columns count from 1, columns in UTF-16 units. */
export interface Problem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly pointer: string;
  readonly rule: Rule;
  readonly severity: Severity;
  readonly message: string;
  readonly hint: Hint | undefined;
}

/** By file in code-point order, then by position. */
export function compareProblems(a: Problem, b: Problem): number {
  return (
    compareText(a.file, b.file) ||
    a.line - b.line ||
    a.column - b.column ||
    compareText(a.rule, b.rule) ||
    compareText(a.message, b.message)
  );
}

/**
 * A run that cannot continue: wrong usage, environment, or a schema that does not load. Ends with exit status 2. Its
 * message names options as a program knows them; `words` is for callers that name them otherwise.
 */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly words: string | Sentence;

  constructor(words: string | Sentence) {
    super(worded(words));
    this.words = words;
  }
}
