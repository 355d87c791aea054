import { signal } from '@preact/signals';

/** The last message, shown in the header. */
export const notice = signal<{ readonly text: string; readonly isFault: boolean } | undefined>(undefined);

export function say(text: string, isFault = false): void {
  notice.value = { text, isFault };
}

/** Runs a task, and shows the message if it fails. */
export async function attempt<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    notice.value = { text: error instanceof Error ? error.message : String(error), isFault: true };
    return undefined;
  }
}
