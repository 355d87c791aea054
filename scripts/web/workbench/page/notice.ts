import { signal } from '@preact/signals';

/** What happened last, for everybody to read. */
export const notice = signal<{ readonly text: string; readonly isFault: boolean } | undefined>(undefined);

export function say(text: string): void {
  notice.value = { text, isFault: false };
}

/** Runs what can fail; the sentence of a failure is shown. */
export async function attempt<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    notice.value = { text: error instanceof Error ? error.message : String(error), isFault: true };
    return undefined;
  }
}
