/**
 * An error of the operating system, or of DuckDB, as a sentence: where, what is wrong, what to do. Undefined for
 * anything else.
 */
export function systemSentence(error: unknown): string | undefined;

/** See systemErrors.mjs. */
export function systemCause(error: unknown): string | undefined;
