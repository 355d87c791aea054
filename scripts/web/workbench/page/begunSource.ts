import { signal } from '@preact/signals';
import type { GivenText } from '../messages.ts';
import type { Answers } from './asked.ts';

/** What was given to the dialog for a source. Closing it loses nothing: a source is gone from here once it is added. */
export interface BegunSource {
  /** The table of the source; undefined until one is chosen. */
  readonly table: string | undefined;
  readonly url: string;
  readonly id: string;
  /** The answers about the fields of each table. */
  readonly answers: ReadonlyMap<string, Answers>;
  /** The text, unless it is that of a file. */
  readonly typed: string | undefined;
  /** What a pasted page says about itself. */
  readonly pasted: GivenText['facts'];
}

const nothing: BegunSource = {
  table: undefined,
  url: '',
  id: '',
  answers: new Map(),
  typed: undefined,
  pasted: undefined,
};

export const begunSource = signal(nothing);

let lookedUp: Promise<unknown> = Promise.resolve();

/** Looks up what an answer means. The source is not added before that is known. */
export async function lookingUp<T>(work: Promise<T>): Promise<T> {
  lookedUp = Promise.allSettled([lookedUp, work]);
  return work;
}

/** Settles when all answers are known. */
export async function whenLookedUp(): Promise<void> {
  await lookedUp;
}

export function keepBegun(more: Partial<BegunSource>): void {
  begunSource.value = { ...begunSource.value, ...more };
}

export function forgetBegun(): void {
  begunSource.value = nothing;
}
