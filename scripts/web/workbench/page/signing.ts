import { signal } from '@preact/signals';
import { start } from './state.ts';

/** What a person signs: all decisions in comparisons, or the review of one source. */
type Task = 'decisions' | { readonly reviewOf: string };

/** Names as typed since the page was opened, by what they sign. */
const typed = signal<ReadonlyMap<string, string>>(new Map());

function keyOf(task: Task): string {
  return JSON.stringify(task);
}

/** The name that somebody typed for a task; the user's name if they can do it, as they usually can. */
export function signerOf(task: Task, canBe: (user: string) => boolean = () => true): string {
  const user = start.value?.user ?? '';
  return typed.value.get(keyOf(task)) ?? (canBe(user) ? user : '');
}

/** Notes a name as typed: it stays for the next step of the same task. */
export function sign(task: Task, name: string): void {
  typed.value = new Map([...typed.value, [keyOf(task), name]]);
}

/** Today, as ISO 8601. */
export function today(): string {
  return new Date().toLocaleDateString('sv');
}
